//! Several programs on one register at once.

use std::fs;
use std::process::{Child, Command, Stdio};

use super::parts;
use crate::kit::desk::{Desk, Said, fixture};

fn started(mut command: Command) -> Child {
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

#[test]
fn eight_imports_at_once_are_all_saved() {
    for is_new in [true, false] {
        let desk = Desk::empty();
        if !is_new {
            desk.run(&["import", &fixture("dhr9.txt")]).expect_done();
        }
        let text = fs::read_to_string(fixture("adult-m.txt")).unwrap();
        let names: Vec<String> = (0..8).map(|at| format!("plan-{at}.txt")).collect();
        for name in &names {
            fs::write(desk.path(name), &text).unwrap();
        }
        let children: Vec<Child> = names.iter().map(|name| started(desk.command(&["import", "--new", name]))).collect();
        for child in children {
            let said = Said::from(child.wait_with_output().unwrap()).expect_done();
            assert!(said.out.contains("saved"), "{said:?}");
        }
        let plans = desk.json(&["plans", "--json"]);
        assert_eq!(plans.as_array().unwrap().len(), if is_new { 8 } else { 9 });
        desk.run(&["check"]).expect_done();
    }
}

/// All of them make the backup that precedes the first change of a run, and most of them the same one.
#[test]
fn sixteen_writers_at_once_are_all_saved_and_none_complains_of_its_backup() {
    let desk = Desk::with_plans();
    let command = |at: usize| {
        let note = format!("Entry {at}.");
        started(desk.command(&["progress", "adult-m:1.1", &note]))
    };
    let children: Vec<Child> = (0..16).map(command).collect();
    for child in children {
        Said::from(child.wait_with_output().unwrap()).expect_done();
    }
    let shown = desk.run(&["show", "adult-m:1.1"]).expect_done().out;
    assert!((0..16).all(|at| shown.contains(&format!("Entry {at}."))), "{shown}");
    desk.run(&["check"]).expect_done();
}

#[test]
fn a_newer_minor_version_with_a_planted_trigger_is_not_called_intact() {
    let desk = Desk::with_plans();
    let db = rusqlite::Connection::open(desk.register()).unwrap();
    db.execute_batch(
        "PRAGMA user_version = 10900;
         CREATE TRIGGER planted AFTER INSERT ON change BEGIN INSERT INTO draft (key, text) VALUES ('a', new.body); END;",
    )
    .unwrap();
    drop(db);
    let said = desk.run(&["check"]);
    assert!(said.code == 1 && !said.out.contains("intact"), "{said:?}");
    assert!(said.err.contains("could not be checked in full"), "{said:?}");
}

#[test]
fn another_registers_backup_is_not_restored_without_force() {
    let (desk, other) = (Desk::with_plans(), Desk::with_plans());
    other.run(&["backup", "-o", "other.sqlite"]).expect_done();
    let backup = other.path("other.sqlite").display().to_string();
    let before = fs::read(desk.register()).unwrap();
    desk.run(&["restore", &backup]).expect_refused(&["a different register"]);
    assert_eq!(fs::read(desk.register()).unwrap(), before);
    assert_eq!(desk.run(&["restore", &backup, "--force"]).code, 0);
}

#[test]
fn minutes_and_the_audit_trail_cite_a_state_that_check_finds_again() {
    let desk = Desk::with_plans();
    desk.run(&["meeting", "start", "OPS", "--chair", "Pat Lee"]);
    let cited = |report: &str| -> String {
        let said = desk.run(&["report", report, "--format", "txt"]).expect_done();
        let text = said.out.split_whitespace().collect::<Vec<_>>().join(" ");
        let (_, code) = text.split_once("Record: ").unwrap_or_else(|| panic!("{text}"));
        code.chars().take(24).collect()
    };
    let (minutes, audit) = (cited("minutes"), cited("audit"));
    assert_eq!(minutes, audit);
    for format in ["docx", "xlsx", "html", "json", "md"] {
        let name = format!("minutes.{format}");
        desk.run(&["report", "minutes", "--format", format, "-o", &name]).expect_done();
        let parts = parts(&fs::read(desk.path(&name)).unwrap());
        assert!(parts.iter().any(|(_, text)| text.contains(&minutes)), "{name}");
    }
    desk.run(&["meeting", "end"]);
    let said = desk.run(&["check", "--fingerprint", &minutes]).expect_done();
    assert!(said.out.contains("It had that fingerprint after"), "{}", said.out);
    desk.run(&["check", "--fingerprint", "0000-0000-0000-0000-0000"]).expect_refused(&["never had that fingerprint"]);
}
