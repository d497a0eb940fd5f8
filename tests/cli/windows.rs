//! The command line on Windows: the ways to write a path, and what a console or a pipe is given.

use std::fs;

use crate::kit::desk::{Desk, fixture};

/// The folder's path without its disk, and the disk's letter.
fn parts(desk: &Desk) -> (String, String) {
    let path = desk.folder().canonicalize().unwrap().display().to_string();
    let (letter, rest) = path.trim_start_matches(r"\\?\").split_once(':').unwrap();
    (letter.to_owned(), rest.to_owned())
}

#[test]
fn a_register_is_the_same_however_its_path_is_written() {
    let desk = Desk::with_plans();
    let (letter, rest) = parts(&desk);
    let count = desk.references(&[]).len();
    let slashes = rest.replace('\\', "/");
    let other_case = rest.to_uppercase();
    for path in [
        format!(r"\\?\{letter}:{rest}\board.sqlite"),
        format!(r"\\.\{letter}:{rest}\board.sqlite"),
        format!("{letter}:{slashes}/board.sqlite"),
        format!(r"{letter}:{other_case}\BOARD.SQLITE"),
        format!("{letter}:board.sqlite"),
        format!(r"{rest}\board.sqlite"),
        r".\board.sqlite.".into(),
        "board.sqlite ".into(),
        r"data\..\board.sqlite. .".into(),
    ] {
        let said = desk.run(&["--register", &path, "list", "--json"]).expect_done();
        let list: serde_json::Value = serde_json::from_str(&said.out).unwrap();
        assert_eq!(list.as_array().map(Vec::len), Some(count), "{path}");
        let rated = desk.run(&["--register", &path, "progress", "7.1", "Met the lead"]).expect_done();
        assert!(rated.out.contains("saved"), "{path}: {}", rated.out);
    }
    assert_eq!(fs::read_dir(desk.path("data").join("backups")).unwrap().count(), 1, "one shelf of backups");
}

#[test]
fn a_share_is_a_path_like_any_other() {
    let desk = Desk::with_plans();
    let (letter, rest) = parts(&desk);
    let share = format!(r"\\localhost\{letter}${rest}\board.sqlite");
    if !std::path::Path::new(&share).exists() {
        println!("skipped: this system shares no disk ({share})");
        return;
    }
    for path in [share, format!(r"\\?\UNC\localhost\{letter}${rest}\board.sqlite")] {
        desk.run(&["--register", &path, "list"]).expect_done();
    }
}

#[test]
fn a_share_that_cannot_be_reached_is_refused_in_a_sentence() {
    let desk = Desk::empty();
    for path in [r"\\no-such-server\plans\board.sqlite", r"\\?\UNC\no-such-server\plans\board.sqlite"] {
        let said = desk.run(&["--register", path, "list"]);
        assert_eq!((said.code, said.err.lines().count()), (1, 1), "{said:?}");
        let said = desk.run(&["import", &path.replace("sqlite", "docx")]);
        assert_eq!((said.code, said.err.lines().count()), (1, 1), "{said:?}");
    }
}

#[test]
fn a_name_that_windows_keeps_for_a_device_is_refused_everywhere() {
    let desk = Desk::with_plans();
    let why = ["choose another name"];
    for name in ["nul", "con", "NUL.docx", "Com1.docx", "aux .docx", "plan:2.docx"] {
        desk.run(&["report", "plan", "-o", name]).expect_refused(&why);
        desk.run(&["backup", "-o", name]).expect_refused(&why);
        desk.run(&["--register", name, "import", &fixture("dhr9.txt")]).expect_refused(&why);
        let said = desk.run(&["import", name]);
        assert_eq!((said.code, said.err.lines().count()), (1, 1), "{said:?}");
    }
}

#[test]
fn a_report_three_hundred_characters_deep_is_written_and_read() {
    let desk = Desk::with_plans();
    let deep =
        (0..6).fold(desk.folder().to_owned(), |path, _| path.join("a folder of fifty characters for a board's papers"));
    fs::create_dir_all(&deep).unwrap();
    let report = deep.join("plan.docx").display().to_string();
    assert!(report.len() > 300);
    desk.run(&["report", "plan", "-o", &report]).expect_done();
    desk.run(&["import", "--new", "--dry-run", &report]).expect_done();
    desk.run(&["backup", "-o", &deep.join("copy.sqlite").display().to_string()]).expect_done();
    let copy = deep.join("copy.sqlite").display().to_string();
    desk.run(&["--register", &copy, "list"]).expect_done();
}

#[test]
fn a_pattern_means_the_documents_that_fit() {
    let desk = Desk::empty();
    for (name, from) in [("one.txt", "adult-m.txt"), ("two.TXT", "dhr9.txt")] {
        fs::copy(fixture(from), desk.path(name)).unwrap();
    }
    fs::write(desk.path("~$one.txt"), "a lock file").unwrap();
    desk.run(&["import", "*.txt"]).expect_done();
    let both = Desk::with_plans();
    assert_eq!(desk.references(&[]).len(), both.references(&[]).len());
    desk.run(&["import", "*.docx"]).expect_refused(&["*.docx"]);
}

#[test]
fn a_pipe_gets_utf_8_without_colours() {
    let desk = Desk::with_plans();
    desk.run(&["progress", "7.1", "Café in Ŵrexham: £5 and “€6”"]).expect_done();
    let mut command = desk.command(&["show", "7.1"]);
    let said = command.env_remove("TERM").output().unwrap();
    let text = String::from_utf8(said.stdout).expect("UTF-8");
    assert!(text.contains("Café in Ŵrexham: £5 and “€6”"), "{text}");
    assert!(!text.contains('\u{1b}'), "{text:?}");
}
