//! Registers given back: what would be lost is counted before anything is replaced, and what was replaced can be restored.

use std::fs;

use crate::kit::desk::{Desk, fixture};

/// A register of two plans, a copy of it, and two changes made after the copy.
fn two_changes_later() -> Desk {
    let desk = Desk::with_plans();
    desk.run(&["backup", "-o", "copy.sqlite"]).expect_done();
    desk.run(&["rate", "adult-m:1.1", "red"]).expect_done();
    desk.run(&["progress", "adult-m:1.1", "The rota was agreed."]).expect_done();
    desk
}

fn rating(desk: &Desk) -> String {
    desk.action("adult-m:1.1")["rating"]["word"].as_str().unwrap().to_owned()
}

/// The name of the register that the only restore so far has replaced.
fn replaced(desk: &Desk) -> String {
    let files = fs::read_dir(desk.folder()).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
    files.filter(|name| name.starts_with("board before ") && name.ends_with(".sqlite")).max().unwrap()
}

#[test]
fn an_older_copy_replaces_nothing_until_its_losses_are_accepted_and_all_can_be_brought_back() {
    let desk = two_changes_later();
    let (register, copy) = (fs::read(desk.register()).unwrap(), fs::read(desk.path("copy.sqlite")).unwrap());
    let words = ["2 changes made today by Ann Other are not in it: ", "1.1 Green → Red", "progress added", "--anyway"];
    desk.run(&["restore", "copy.sqlite"]).expect_refused(&words);
    desk.run(&["restore", "copy.sqlite", "--force"]).expect_refused(&words);
    assert_eq!(fs::read(desk.register()).unwrap(), register, "nothing was replaced");

    let said = desk.run(&["restore", "--anyway", "copy.sqlite"]).expect_done().out;
    assert!(said.contains("2 changes made today by Ann Other are not in it."), "{said}");
    assert_eq!(rating(&desk), "Green");
    let kept = replaced(&desk);
    assert!(said.contains(&format!("arising restore \"{kept}\"")), "{said}");
    assert_eq!(fs::read(desk.path(&kept)).unwrap(), register, "it is kept as it was");
    let list = desk.run(&["restore"]).expect_done().out;
    let row = list.lines().find(|line| line.contains(&kept)).unwrap_or_else(|| panic!("{list}"));
    assert!(row.starts_with("2026-09-12 ") && row.ends_with("replaced when copy.sqlite was restored"), "{row}");

    let said = desk.run(&["restore", &kept]).expect_done().out;
    assert!(said.contains("Nothing that was here is missing from it."), "{said}");
    assert!(said.contains("2 changes made today by Ann Other that the previous register did not have."), "{said}");
    assert_eq!(rating(&desk), "Red");
    assert_eq!(fs::read(desk.path("copy.sqlite")).unwrap(), copy, "the copy is never written to");
    desk.run(&["check"]).expect_done();
}

#[test]
fn a_register_that_is_gone_comes_back_with_its_last_change_by_the_name_in_the_list() {
    let desk = two_changes_later();
    let shown = desk.run(&["list", "--json"]).expect_done().out;
    fs::remove_file(desk.register()).unwrap();
    let name = "the newest with the changes since";
    desk.run(&["list"]).expect_refused(&["There is no register: ", "is no longer there, but a backup of ", ".since"]);
    let list = desk.run(&["restore"]).expect_done().out;
    assert!(list.lines().next().unwrap().ends_with(name), "{list}");
    let said = desk.run(&["restore", name]).expect_done().out;
    assert!(said.starts_with(&format!("Restored {name}, ")), "{said}");
    assert_eq!(desk.run(&["list", "--json"]).expect_done().out, shown);
    desk.run(&["check"]).expect_done();
}

#[test]
fn an_import_is_taken_back_by_the_name_of_the_restore_point_before_it() {
    let desk = two_changes_later();
    desk.run(&["backup"]).expect_done();
    desk.run(&["rate", "adult-m:1.1", "amber"]).expect_done();
    let all = |desk: &Desk| [["list", "--json"], ["log", "--json"]].map(|what| desk.run(&what).expect_done().out);
    let before = all(&desk);
    desk.run(&["import", &fixture("rows_findings.txt")]).expect_done();
    let after = all(&desk);
    assert_ne!(after, before);
    let list = desk.run(&["restore"]).expect_done().out;
    let points: Vec<&str> = list.lines().filter(|line| line.contains(".point")).collect();
    assert_eq!((points.len(), points[0].starts_with("2026-09-12 ")), (1, true), "{list}");
    let at = points[0].rfind("2026-09-12T").unwrap();
    let name = &points[0][at..];
    let said = desk.run(&["restore", "--anyway", name]).expect_done().out;
    assert!(said.starts_with(&format!("Restored {name}, ")) && said.contains("not in it."), "{said}");
    assert_eq!(all(&desk), before);
    desk.run(&["check"]).expect_done();
    desk.run(&["restore", &replaced(&desk)]).expect_done();
    assert_eq!(all(&desk), after);
}

#[test]
fn what_is_kept_is_found_by_name_from_any_folder() {
    let desk = two_changes_later();
    desk.run(&["restore", "--anyway", "copy.sqlite"]).expect_done();
    let kept = replaced(&desk);
    fs::create_dir(desk.path("elsewhere")).unwrap();
    let mut command = desk.command(&["restore", &kept]);
    let done = command.current_dir(desk.path("elsewhere")).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    assert_eq!(rating(&desk), "Red");
}

#[test]
fn changes_on_both_sides_are_counted() {
    let desk = two_changes_later();
    let copy = desk.path("copy.sqlite");
    let rate = ["--register", copy.to_str().unwrap(), "--author", "Jo Bell", "rate", "adult-m:1.1", "amber"];
    desk.run(&rate).expect_done();
    let words = ["2 changes made today by Ann Other are not in it", "1 change made today by Jo Bell that is not here"];
    desk.run(&["restore", "copy.sqlite"]).expect_refused(&words);
    desk.run(&["import", "copy.sqlite"]).expect_refused(&[
        "copy.sqlite was not imported: it is a copy of this register",
        words[0],
        words[1],
        "To bring its changes in: arising merge",
    ]);
}

#[test]
fn a_copy_is_recognised_whatever_its_name_and_not_imported() {
    let desk = two_changes_later();
    let copy = fs::read(desk.path("copy.sqlite")).unwrap();
    let register = fs::read(desk.register()).unwrap();
    for name in ["copy.sqlite", "notes.db", "plan.docx"] {
        fs::write(desk.path(name), &copy).unwrap();
        for more in [&[][..], &["--dry-run"]] {
            let said = desk.run(&[&["import", name], more].concat());
            said.expect_refused(&[name, "2 changes made today by Ann Other are not in it", "arising restore \""]);
        }
        let said = desk.run(&["import", "--json", name]);
        let row: serde_json::Value = serde_json::from_str(&said.out).unwrap();
        assert_eq!((&row["register"], &row["here_only"], &row["there_only"]), (&"copy".into(), &2.into(), &0.into()));
        assert_eq!((said.code, fs::read(desk.path(name)).unwrap() == copy), (1, true));
    }
    assert_eq!(fs::read(desk.register()).unwrap(), register);
    desk.run(&["restore", "--anyway", "copy.sqlite"]).expect_done();
    desk.run(&["import", "copy.sqlite"]).expect_refused(&["both hold the same changes"]);
}

#[test]
fn another_register_is_named_with_its_plans() {
    let (desk, other) = (Desk::with_plans(), Desk::with_plans());
    other.run(&["backup", "-o", "other.sqlite"]).expect_done();
    let path = other.path("other.sqlite").display().to_string();
    let words =
        ["it is another register, with the plans adult-m, dhr9", "arising --register", "import the plan's document"];
    desk.run(&["import", &path]).expect_refused(&words);
    let said = desk.run(&["import", "--json", &path]);
    let row: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!((&row["register"], &row["plans"][1]), (&"another".into(), &"dhr9".into()));
    let none = Desk::empty();
    none.run(&["import", &path]).expect_refused(&["there is none here yet", "arising restore \""]);
    assert!(!none.register().exists());
    none.run(&["restore", &path]).expect_done();
}

#[test]
fn a_damaged_or_newer_copy_is_refused_and_a_text_is_only_a_text() {
    let desk = two_changes_later();
    let copy = fs::read(desk.path("copy.sqlite")).unwrap();
    let mut damaged = copy.clone();
    let at = memchr::memmem::find(&copy, b"Write a short referral form").unwrap();
    damaged[at] ^= 1;
    fs::write(desk.path("damaged.sqlite"), damaged).unwrap();
    fs::write(desk.path("cut.sqlite"), &copy[..copy.len() / 2]).unwrap();
    fs::write(desk.path("newer.sqlite"), &copy).unwrap();
    rusqlite::Connection::open(desk.path("newer.sqlite"))
        .unwrap()
        .execute_batch("PRAGMA user_version = 20000")
        .unwrap();
    let register = fs::read(desk.register()).unwrap();
    for command in ["import", "restore"] {
        for name in ["damaged.sqlite", "cut.sqlite"] {
            desk.run(&[command, name]).expect_refused(&[name, "it is damaged", "The register in use is unchanged."]);
        }
        desk.run(&[command, "newer.sqlite"]).expect_refused(&["newer.sqlite cannot be used: it has format 2.0"]);
    }
    assert_eq!(fs::read(desk.register()).unwrap(), register);
    fs::copy(fixture("dhr9.txt"), desk.path("plain.sqlite")).unwrap();
    let said = desk.run(&["import", "--new", "--dry-run", "plain.sqlite"]).expect_done();
    assert!(said.out.contains("8 recommendations, 9 actions"), "{}", said.out);
}

#[test]
fn a_register_that_is_being_written_is_not_replaced_unseen() {
    let desk = two_changes_later();
    let before = fs::read(desk.register()).unwrap();
    let other = rusqlite::Connection::open(desk.register()).unwrap();
    other.execute_batch("BEGIN EXCLUSIVE").unwrap();
    let said = desk.run(&["restore", "copy.sqlite"]);
    other.execute_batch("ROLLBACK").unwrap();
    assert_eq!(said.code, 1, "{said:?}");
    assert_eq!(fs::read(desk.register()).unwrap(), before);
}

#[test]
#[cfg(unix)]
fn a_pipe_and_a_database_that_is_no_register_are_refused_in_a_sentence() {
    let desk = two_changes_later();
    let made = std::process::Command::new("mkfifo").arg(desk.path("pipe.docx")).status().unwrap();
    assert!(made.success());
    desk.run(&["import", "pipe.docx"]).expect_refused(&["pipe.docx"]);
    let other = rusqlite::Connection::open(desk.path("other.db")).unwrap();
    other.execute_batch("CREATE TABLE notes (words TEXT)").unwrap();
    drop(other);
    desk.run(&["import", "other.db"]).expect_refused(&["other.db", "it is a database and not a document"]);
}
