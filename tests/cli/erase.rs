//! Erasing from the command line: the words are nowhere in the files, the record is whole, and other copies follow.

use std::fs;

use crate::kit::desk::{Desk, Said, fixture};
use crate::kit::folder;

const NAME: &str = "Philomena Hartwright";

/// A board whose chair has a copy; both hold an entry that names a person, and so does the note of a rating.
fn board() -> Desk {
    let desk = Desk::empty();
    desk.run(&["import", &fixture("adult-m.txt")]).expect_done();
    desk.run(&["progress", "1.1", &format!("{NAME} rang to say that she was not asked.")]).expect_done();
    desk.run(&["rate", "1.1", "amber"]).expect_done();
    desk.run(&["rate", "2.1", "red", "--note", &format!("As {NAME} told us.")]).expect_done();
    desk.run(&["share", "-o", "chair.arising"]).expect_done();
    chair(&desk, &["merge", "chair.arising"]).expect_done();
    desk
}

fn chair(desk: &Desk, arguments: &[&str]) -> Said {
    let path = desk.path("chair.sqlite");
    desk.run(&[&["--register", path.to_str().unwrap(), "--author", "D. Okoro"], arguments].concat())
}

fn holds(desk: &Desk, name: &str, words: &str) -> bool {
    memchr::memmem::find(&fs::read(desk.path(name)).unwrap(), words.as_bytes()).is_some()
}

const ERASE: [&str; 6] = ["erase", "--words", NAME, "--ground", "Request of 3 Nov", "--yes"];

#[test]
fn erased_words_are_gone_from_the_file_and_the_record_is_whole() {
    let desk = board();
    assert!(holds(&desk, "board.sqlite", NAME));
    let said = desk.run(&ERASE).expect_done().out;
    assert!(said.contains("in 2 changes") && said.contains("still hold"), "{said}");
    assert!(!holds(&desk, "board.sqlite", NAME) && !holds(&desk, "board.sqlite", "Hartwright"));
    desk.run(&["check"]).expect_done();
    let shown = desk.run(&["show", "1.1"]).expect_done().out;
    assert!(shown.contains("[erased] rang to say that she was not asked."), "{shown}");
    assert_eq!(desk.action("1.1")["rating"]["word"], "Amber", "what is no text stays");
    let log = desk.run(&["log"]).expect_done().out;
    assert!(log.contains("erased: some words wherever they stood (Request of 3 Nov)"), "{log}");
    assert!(!log.contains(NAME), "{log}");
}

#[test]
fn the_backups_that_hold_the_words_are_named_and_removed_when_asked() {
    let desk = board();
    desk.run(&["backup"]).expect_done();
    desk.run(&["backup", "-o", "given.sqlite"]).expect_done();
    let said = desk.run(&[&ERASE[..], &["--backups"]].concat()).expect_done().out;
    assert!(said.contains("Removed"), "{said}");
    assert!(said.contains("Other copies") && said.contains("given.sqlite") && said.contains("chair.sqlite"), "{said}");
    let data = folder::walk(desk.folder()).into_iter().filter(|path| path.is_file());
    let holding = data.filter(|path| memchr::memmem::find(&fs::read(path).unwrap(), NAME.as_bytes()).is_some());
    let mut names: Vec<_> = holding.map(|path| path.file_name().unwrap().to_string_lossy().into_owned()).collect();
    names.sort();
    assert_eq!(names, ["chair.sqlite", "given.sqlite"], "another copy, and one that the user put elsewhere");
    desk.run(&["check"]).expect_done();
}

#[test]
fn the_restore_points_go_with_the_words() {
    let desk = board();
    desk.run(&["backup"]).expect_done();
    desk.run(&["progress", "1.1", &format!("{NAME} rang again.")]).expect_done();
    desk.run(&["import", &fixture("dhr9.txt")]).expect_done();
    let points = || {
        let files = folder::walk(desk.folder()).into_iter();
        files.filter(|path| path.extension().is_some_and(|ending| ending == "point" || ending == "since")).count()
    };
    assert_eq!(points(), 2, "both hold the words, compressed");
    desk.run(&ERASE).expect_done();
    assert_eq!(points(), 0);
    assert!(!desk.run(&["restore"]).expect_done().out.contains(".point"));
}

#[test]
fn a_copy_that_was_left_half_made_counts_as_one() {
    let desk = board();
    desk.run(&["backup"]).expect_done();
    let backups = folder::walk(desk.folder()).into_iter();
    let backup = backups.filter(|path| path.to_string_lossy().contains("backups")).find(|path| path.is_file()).unwrap();
    let part = backup.with_file_name(".arising-abc.part");
    fs::copy(desk.register(), &part).unwrap();
    desk.run(&[&ERASE[..], &["--backups"]].concat()).expect_done();
    assert!(!part.exists());
}

#[test]
fn an_erasure_travels_and_wins_over_words_that_arrive_later() {
    let desk = board();
    desk.run(&ERASE).expect_done();
    // The chair's copy still has them, and gives them back before it knows.
    chair(&desk, &["progress", "2.1", "Something else."]).expect_done();
    chair(&desk, &["share", "-o", "back.arising"]).expect_done();
    desk.run(&["merge", "back.arising"]).expect_done();
    assert!(!holds(&desk, "board.sqlite", NAME));
    desk.run(&["share", "-o", "second.arising"]).expect_done();
    chair(&desk, &["merge", "second.arising"]).expect_done();
    assert!(!holds(&desk, "chair.sqlite", NAME));
    let lists = [desk.run(&["list", "--json"]).out, chair(&desk, &["list", "--json"]).out];
    assert_eq!(lists[0], lists[1]);
    for copy in [&desk.run(&["check"]), &chair(&desk, &["check"])] {
        assert_eq!((copy.code, copy.err.as_str()), (0, ""));
    }
    // A third copy never sees them, in whatever order it receives what there is.
    let third = desk.path("third.sqlite");
    let third = third.to_str().unwrap();
    desk.run(&["--register", third, "merge", "chair.arising", "second.arising"]).expect_done();
    assert!(!holds(&desk, "third.sqlite", NAME));
    desk.run(&["--register", third, "check"]).expect_done();
}

#[test]
fn one_entry_is_erased_with_what_the_document_said_of_it_and_another_later() {
    let desk = board();
    let entries = |desk: &Desk| desk.action("3.1")["progress"].as_array().map_or(0, Vec::len);
    let before = entries(&desk);
    desk.run(&["progress", "3.1", "First words of a person."]).expect_done();
    desk.run(&["progress", "3.1", "Second words of a person."]).expect_done();
    let shown = desk.run(&["show", "3.1"]).expect_done().out;
    let place = |words: &str| {
        let lines = shown.lines().filter(|line| line.starts_with("  20") || line.starts_with("  undated"));
        (lines.take_while(|line| !line.contains(words)).count() + 1).to_string()
    };
    let erase = |number: &str| desk.run(&["erase", "3.1", "--entry", number, "--ground", "Request", "--yes"]);
    erase(&place("First words")).expect_done();
    assert!(!holds(&desk, "board.sqlite", "First words of a person") && holds(&desk, "board.sqlite", "Second words"));
    erase(&place("Second words")).expect_done();
    assert!(!holds(&desk, "board.sqlite", "words of a person"));
    assert_eq!(entries(&desk), before + 2, "that there were entries stays");
    desk.run(&["check"]).expect_done();
    erase("99").expect_refused(&["no progress entry 99"]);
}

#[test]
fn every_text_about_an_action_goes_and_it_can_still_be_rated() {
    let desk = board();
    let text = desk.action("1.1")["text"].as_str().unwrap().to_owned();
    desk.run(&["erase", "1.1", "--ground", "Not ours to keep", "--yes"]).expect_done();
    assert!(!holds(&desk, "board.sqlite", &text));
    let action = desk.action("1.1");
    assert_eq!((action["text"].as_str(), action["rating"]["word"].as_str()), (Some("[erased]"), Some("Amber")));
    desk.run(&["rate", "1.1", "green"]).expect_done();
    desk.run(&["check"]).expect_done();
    // Words in what was restated are erased like any others.
    desk.run(&["erase", "--words", "Not ours to keep", "--ground", "Said too much", "--yes"]).expect_done();
    assert!(!holds(&desk, "board.sqlite", "Not ours to keep"));
    desk.run(&["check"]).expect_done();
    assert_eq!(desk.action("1.1")["text"], "[erased]");
}

#[test]
fn nothing_is_erased_unasked_without_a_ground_or_twice() {
    let desk = board();
    let before = desk.json(&["check", "--json"])["head"].clone();
    desk.run(&["erase", "--words", NAME, "--ground", "Request"]).expect_refused(&["no terminal to ask at", "--yes"]);
    desk.run(&["erase", "--words", NAME, "--ground", " ", "--yes"]).expect_refused(&["needs its ground"]);
    desk.run(&["erase", "--words", "abc", "--ground", "x", "--yes"]).expect_refused(&["too short"]);
    assert_eq!(desk.json(&["check", "--json"])["head"], before);
    desk.run(&ERASE).expect_done();
    desk.run(&ERASE).expect_refused(&["stand nowhere in the register"]);
    let undone = desk.run(&["undo"]).expect_done().out;
    assert!(undone.contains("undone: 2.1"), "an erasure is passed over: {undone}");
    assert!(!holds(&desk, "board.sqlite", NAME));
}

#[test]
fn erased_words_put_back_by_hand_are_found() {
    let desk = board();
    desk.run(&ERASE).expect_done();
    let db = rusqlite::Connection::open(desk.register()).unwrap();
    folder::without_triggers(&db, |db| {
        db.execute_batch("UPDATE erased SET body = replace(body, '[erased]', 'Somebody')").unwrap();
    });
    drop(db);
    let said = desk.run(&["check"]);
    assert!(said.code == 1 && said.err.contains("not what its erasure says"), "{said:?}");
}

#[test]
fn the_views_say_what_the_program_says_after_an_erasure() {
    let desk = board();
    desk.run(&ERASE).expect_done();
    let db = rusqlite::Connection::open(desk.register()).unwrap();
    let read = |sql: &str| -> Vec<String> {
        db.prepare(sql).unwrap().query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    };
    let erased = read("SELECT text FROM progress WHERE text LIKE '%[erased]%' ORDER BY text");
    assert_eq!(erased, ["As [erased] told us.", "[erased] rang to say that she was not asked."]);
    assert_eq!(read("SELECT ref FROM action").len(), desk.references(&[]).len());
}

#[test]
fn two_erasures_that_did_not_know_of_each_other_both_count() {
    let desk = board();
    desk.run(&["erase", "--words", "not asked", "--ground", "One", "--yes"]).expect_done();
    chair(&desk, &["erase", "--words", NAME, "--ground", "Two", "--yes"]).expect_done();
    chair(&desk, &["share", "-o", "back.arising"]).expect_done();
    let said = desk.run(&["merge", "back.arising"]).expect_done().out;
    assert!(said.contains("1 erasure"), "an erasure is no surprise: {said}");
    desk.run(&["share", "-o", "second.arising"]).expect_done();
    chair(&desk, &["merge", "second.arising"]).expect_done();
    let shown = [desk.run(&["show", "1.1"]).out, chair(&desk, &["show", "1.1"]).out];
    assert!(!shown[0].contains(NAME) && !shown[0].contains("not asked"), "{}", shown[0]);
    assert_eq!(shown[0], shown[1]);
    desk.run(&["check"]).expect_done();
    chair(&desk, &["check"]).expect_done();
    // Each erasure still quotes what it did not erase; erasing the words once more reaches that too.
    desk.run(&["erase", "--words", NAME, "--ground", "Two", "--yes"]).expect_done();
    assert!(!holds(&desk, "board.sqlite", NAME));
    desk.run(&["check"]).expect_done();
}
