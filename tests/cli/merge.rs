//! Two copies of a register from the command line: shared, edited apart, merged, and the conflict settled.

use std::fs;

use crate::kit::desk::{Desk, Said, fixture};
use crate::kit::folder::{Forger, rechain, without_triggers};
use serde_json::Value;

/// The board manager's register, and what is needed for the chair's.
fn board() -> Desk {
    let desk = Desk::empty();
    desk.run(&["import", &fixture("adult-m.txt")]).expect_done();
    desk.run(&["share", "--to", "chair", "-o", "chair.arising"]).expect_done();
    chair(&desk, &["merge", "chair.arising"]).expect_done();
    desk
}

fn chair(desk: &Desk, arguments: &[&str]) -> Said {
    on_the_chairs_laptop(desk, "D. Okoro", arguments)
}

fn on_the_chairs_laptop(desk: &Desk, author: &str, arguments: &[&str]) -> Said {
    let path = desk.path("chair.sqlite");
    let arguments = [&["--register", path.to_str().unwrap(), "--author", author], arguments].concat();
    // The chair's laptop remembers other copies than the manager's.
    Said::from(desk.command(&arguments).env("ARISING_DATA", desk.path("chair's laptop")).output().unwrap())
}

fn chairs(desk: &Desk, arguments: &[&str]) -> Value {
    serde_json::from_str(&chair(desk, arguments).expect_done().out).unwrap()
}

/// Both rate 1.1, and the chair's bundle comes back.
fn rated_apart() -> Desk {
    let desk = board();
    desk.run(&["rate", "1.1", "amber"]).expect_done();
    chair(&desk, &["rate", "1.1", "red"]).expect_done();
    chair(&desk, &["progress", "2.1", "Agreed by all."]).expect_done();
    chair(&desk, &["share", "-o", "back.arising"]).expect_done();
    desk
}

#[test]
fn a_first_bundle_makes_the_second_copy_and_both_then_hold_the_same() {
    let desk = board();
    let own = desk.json(&["list", "--json"]);
    assert_eq!(chairs(&desk, &["list", "--json"]), own);
    assert_eq!(chairs(&desk, &["check", "--json"])["head"], desk.json(&["check", "--json"])["head"]);
}

#[test]
fn what_a_merge_brings_is_said_with_both_sides_of_each_conflict_and_a_dry_run_writes_nothing() {
    let desk = rated_apart();
    let before = desk.json(&["check", "--json"])["head"].clone();
    let dry = desk.run(&["merge", "back.arising", "--dry-run"]).expect_done().out;
    assert!(dry.contains("Would merge 2 changes by D. Okoro"), "{dry}");
    assert_eq!(desk.json(&["check", "--json"])["head"], before);
    let said = desk.run(&["merge", "back.arising"]).expect_done().out;
    for words in [
        "Merged 2 changes by D. Okoro (",
        "1 rating, 1 progress entry; 1 conflict",
        "≠ 1.1 rating: ",
        "Amber, by Ann Other",
        "Red, by D. Okoro",
    ] {
        assert!(said.contains(words), "no “{words}” in {said}");
    }
    let again = desk.run(&["merge", "back.arising"]).expect_done().out;
    assert!(again.contains("Nothing new"), "{again}");
}

#[test]
fn json_says_who_wrote_what() {
    let desk = rated_apart();
    let said = desk.json(&["merge", "back.arising", "--json"]);
    assert_eq!((said["changes"].as_u64(), said["dry_run"].as_bool()), (Some(2), Some(false)));
    let conflict = &said["conflicts"][0];
    assert_eq!((conflict["ref"].as_str(), conflict["field"].as_str()), (Some("1.1"), Some("rating")));
    let sides = conflict["values"].as_array().unwrap().iter();
    let mut by: Vec<_> = sides.map(|side| side["by"].as_str().unwrap()).collect();
    by.sort_unstable();
    assert_eq!(by, ["Ann Other", "D. Okoro"]);
}

#[test]
fn a_conflict_is_found_by_a_filter_and_settled_by_the_next_change_on_every_copy() {
    let desk = rated_apart();
    desk.run(&["merge", "back.arising"]).expect_done();
    assert_eq!(desk.references(&["conflict"]), ["1.1"]);
    assert!(desk.run(&["list", "conflict"]).expect_done().out.contains("≠ recorded separately"));
    let shown = desk.run(&["show", "1.1"]).expect_done().out;
    assert!(shown.contains("≠ Conflict") && shown.contains("Amber ("), "{shown}");
    desk.run(&["rate", "1.1", "green"]).expect_done();
    assert!(desk.references(&["conflict"]).is_empty());
    desk.run(&["share", "--to", "chair", "-o", "second.arising"]).expect_done();
    chair(&desk, &["merge", "second.arising"]).expect_done();
    assert_eq!(chairs(&desk, &["list", "conflict", "--json"]), Value::Array(vec![]));
    assert_eq!(chairs(&desk, &["list", "--json"]), desk.json(&["list", "--json"]));
    let log = chair(&desk, &["log"]).expect_done().out;
    for words in ["Amber", "Red", "recorded separately from", "→ Green"] {
        assert!(log.contains(words), "both sides stay in the history: {log}");
    }
}

#[test]
fn two_that_wrote_the_same_agree() {
    let desk = board();
    desk.run(&["rate", "1.1", "amber"]).expect_done();
    chair(&desk, &["rate", "1.1", "amber"]).expect_done();
    chair(&desk, &["share", "-o", "back.arising"]).expect_done();
    desk.run(&["merge", "back.arising"]).expect_done();
    assert!(desk.references(&["conflict"]).is_empty());
}

#[test]
fn undo_takes_back_ones_own_last_change_and_not_what_was_merged_after_it() {
    let desk = board();
    desk.run(&["rate", "2.1", "red"]).expect_done();
    chair(&desk, &["rate", "1.1", "amber"]).expect_done();
    chair(&desk, &["rate", "1.1", "red"]).expect_done();
    chair(&desk, &["share", "-o", "back.arising"]).expect_done();
    desk.run(&["merge", "back.arising"]).expect_done();
    let said = desk.run(&["undo"]).expect_done().out;
    assert!(said.contains("undone: 2.1 Amber → Red"), "{said}");
    assert_eq!(desk.action("1.1")["rating"]["word"], "Red");
    desk.run(&["undo"]).expect_refused(&["the rating of 1.1 has changed since"]);
}

#[test]
fn a_folder_is_merged_whatever_the_order_and_without_the_register_itself() {
    let desk = rated_apart();
    chair(&desk, &["rate", "2.1", "red"]).expect_done();
    chair(&desk, &["share", "-o", "a-later.arising"]).expect_done();
    let folder = desk.folder().display().to_string();
    let said = desk.json(&["merge", &folder, "--json"]);
    assert_eq!(said["changes"], 3);
    assert_eq!(desk.action("2.1")["rating"]["word"], "Red");
}

#[test]
fn a_copied_data_folder_that_continued_is_merged_as_a_new_copy_when_asked() {
    let desk = board();
    let second = |arguments: &[&str]| {
        let path = desk.path("second.sqlite");
        let arguments = [&["--register", path.to_str().unwrap(), "--author", "D. Okoro"], arguments].concat();
        Said::from(desk.command(&arguments).env("ARISING_DATA", desk.path("second laptop")).output().unwrap())
    };
    fs::copy(desk.path("board.sqlite"), desk.path("second.sqlite")).unwrap();
    // The second laptop takes itself for the first: the same name, and the same key.
    second(&["check"]).expect_done();
    second(&["rate", "1.1", "amber"]).expect_done();
    let origins = |folder: &str| {
        let inside = fs::read_dir(desk.path(folder).join("origins")).unwrap().flatten().map(|file| file.path());
        let mut files: Vec<_> = inside.filter(|path| path.to_str().unwrap().contains('-')).collect();
        files.sort();
        files
    };
    assert_eq!(origins("second laptop").len(), 4, "a note, its key, how the file was left, and what was saved since");
    second(&["share", "-o", "before.arising"]).expect_done();
    desk.run(&["merge", "before.arising"]).expect_done();
    fs::copy(desk.path("second.sqlite"), desk.path("third.sqlite")).unwrap();
    let kept = desk.path("third laptop");
    fs::create_dir_all(kept.join("origins")).unwrap();
    for file in origins("second laptop") {
        fs::copy(&file, kept.join("origins").join(file.file_name().unwrap())).unwrap();
    }
    second(&["progress", "2.1", "Said on the second."]).expect_done();
    fs::rename(desk.path("second.sqlite"), desk.path("second kept.sqlite")).unwrap();
    fs::rename(desk.path("third.sqlite"), desk.path("second.sqlite")).unwrap();
    fs::rename(desk.path("second laptop"), desk.path("second laptop kept")).unwrap();
    fs::rename(kept, desk.path("second laptop")).unwrap();
    second(&["progress", "3.1", "Said on the restored."]).expect_done();
    let file = "second kept.sqlite";
    second(&["merge", file]).expect_refused(&["two different histories: here 1 change since", "--as-new-copy"]);
    let dry = second(&["merge", file, "--as-new-copy", "--dry-run"]).expect_done().out;
    assert!(dry.contains("Would merge 1 change by D. Okoro"), "{dry}");
    second(&["merge", file, "--as-new-copy"]).expect_done();
    let again = second(&["merge", file, "--as-new-copy"]).expect_done().out;
    assert!(again.contains("Nothing new"), "{again}");
    second(&["check"]).expect_done();
    let log = second(&["log"]).expect_done().out;
    assert!(log.contains("Said on the second.") && log.contains("Said on the restored."), "{log}");
}

#[test]
fn what_cannot_be_merged_is_refused_in_one_sentence() {
    let desk = board();
    desk.run(&["merge", "nothing.arising"]).expect_refused(&["there is no file nothing.arising"]);
    desk.run(&["merge", &fixture("adult-m.txt")])
        .expect_refused(&["neither a register nor a bundle", "arising import"]);
    desk.run(&["merge", "board.sqlite"]).expect_refused(&["that is the register itself"]);
    desk.run(&["import", "chair.arising"]).expect_refused(&["a bundle of changes", "arising merge \"chair.arising\""]);
    desk.run(&["share", "-o", "chair.arising"]).expect_refused(&["chair.arising exists"]);
    let bytes = fs::read(desk.path("chair.arising")).unwrap();
    fs::write(desk.path("cut.arising"), &bytes[..bytes.len() / 2]).unwrap();
    desk.run(&["merge", "cut.arising"]).expect_refused(&["it is damaged or incomplete", "unchanged"]);
    fs::create_dir(desk.path("empty")).unwrap();
    desk.run(&["merge", "empty"]).expect_refused(&["no register and no bundle in"]);
}

#[test]
fn a_bundle_that_cannot_be_merged_leaves_no_register_where_there_was_none() {
    let desk = board();
    desk.run(&["progress", "1.1", "More."]).expect_done();
    desk.run(&["share", "--to", "chair", "-o", "second.arising"]).expect_done();
    let third = desk.path("third.sqlite");
    let merge = |file: &str| desk.run(&["--register", third.to_str().unwrap(), "merge", file]);
    merge("second.arising").expect_refused(&["continues changes that are not here yet"]);
    assert!(!third.exists());
    merge("chair.arising").expect_done();
    merge("second.arising").expect_done();
    assert!(third.exists());
}

#[test]
fn copies_met_for_the_first_time_are_named_with_their_keys_and_listed_by_check() {
    let desk = rated_apart();
    let dry = desk.json(&["merge", "back.arising", "--dry-run", "--json"]);
    let key = dry["first"][0]["key"].as_str().unwrap().to_owned();
    assert_eq!(key.len(), 24, "{key}");
    let said = desk.run(&["merge", "back.arising"]).expect_done().out;
    assert!(said.contains("First changes from ") && said.contains(&format!("key {key}.")), "{said}");
    let checked = desk.json(&["check", "--trust", "--json"]);
    let copies = checked["copies"].as_array().unwrap();
    assert_eq!(copies.len(), 2, "{copies:?}");
    let chairs = copies.iter().find(|copy| copy["key"] == key.as_str()).unwrap();
    assert_eq!(chairs["authors"], serde_json::json!(["D. Okoro"]));
    assert_eq!((chairs["changes"].as_u64(), chairs["signed"].as_bool()), (Some(2), Some(true)));
    assert!(chairs["met"].is_string(), "{chairs}");
    let said = desk.run(&["check", "--trust"]).expect_done().out;
    assert!(said.contains(&format!("key {key}: 2 changes by D. Okoro; began ")), "{said}");
    assert!(said.contains(", first met here "), "{said}");
    assert!(desk.json(&["check", "--json"]).get("copies").is_none());
}

#[test]
fn what_was_written_before_there_were_keys_is_unsigned_for_trust() {
    let desk = Desk::empty();
    fs::copy(fixture("formats/0.3.sqlite"), desk.register()).unwrap();
    let slug = desk.json(&["plans", "--json"])[0]["plan"].as_str().unwrap().to_owned();
    desk.run(&["marking", &slug, "OFFICIAL"]).expect_done();
    let said = desk.run(&["check", "--trust"]).expect_done().out;
    let lines: Vec<&str> = said.lines().filter(|line| line.contains(" by ")).collect();
    assert!(lines[0].starts_with("Unsigned, from a build before 1.0: 13 changes by "), "{said}");
    assert!(lines[1].contains(", key ") && lines[1].contains(": 1 change by Ann Other; began "), "{said}");
    let copies = desk.json(&["check", "--trust", "--json"])["copies"].clone();
    let unsigned = (&copies[0]["signed"], &copies[0]["key"], &copies[0]["computer"], &copies[0]["changes"]);
    assert_eq!(unsigned, (&false.into(), &Value::Null, &Value::Null, &13.into()));
    assert_eq!(copies[1]["signed"], true);
}

#[test]
fn check_fails_where_the_file_names_another_key_for_a_copy_that_was_met() {
    let desk = board();
    desk.run(&["check"]).expect_done();
    let db = rusqlite::Connection::open(desk.path("board.sqlite")).unwrap();
    without_triggers(&db, |db| rechain(db, Forger::WithAnotherKey));
    drop(db);
    desk.run(&["check"]).expect_refused(&[
        "This is not the register that was here",
        "another key for the copy on",
        "met here on",
    ]);
}

#[test]
fn check_notices_a_copy_beside_the_register_until_it_is_merged() {
    let desk = rated_apart();
    let beside = desk.path("board (conflicted copy 2026-09-12).sqlite");
    fs::copy(desk.path("chair.sqlite"), &beside).unwrap();
    let said = desk.run(&["check"]);
    assert_eq!(said.code, 0, "it is a note, and no failure");
    assert!(said.err.contains("board (conflicted copy 2026-09-12).sqlite beside it has 2 changes"), "{}", said.err);
    desk.run(&["merge", beside.to_str().unwrap()]).expect_done();
    assert_eq!(desk.run(&["check"]).expect_done().err, "");
}

#[test]
fn two_meetings_open_on_two_copies_stay_apart() {
    let desk = board();
    desk.run(&["meeting", "start", "OPS", "--chair", "A. Chair"]).expect_done();
    chair(&desk, &["meeting", "start", "PQA", "--chair", "D. Okoro"]).expect_done();
    chair(&desk, &["progress", "2.1", "Said at PQA."]).expect_done();
    chair(&desk, &["share", "-o", "back.arising"]).expect_done();
    desk.run(&["merge", "back.arising"]).expect_done();
    desk.run(&["progress", "1.1", "Said at OPS."]).expect_done();
    desk.run(&["meeting", "end"]).expect_done();
    desk.run(&["share", "-o", "second.arising"]).expect_done();
    chair(&desk, &["merge", "second.arising"]).expect_done();
    chair(&desk, &["progress", "3.1", "Said at PQA later."]).expect_done();
    chair(&desk, &["meeting", "end"]).expect_done();
    let minutes = |body: &str| chair(&desk, &["report", "minutes", "--meeting", body]).expect_done().out;
    let (ops, pqa) = (minutes("OPS"), minutes("PQA"));
    assert!(ops.contains("Said at OPS.") && !ops.contains("Said at PQA"), "{ops}");
    assert!(
        pqa.contains("Said at PQA.") && pqa.contains("Said at PQA later.") && !pqa.contains("Said at OPS"),
        "{pqa}"
    );
}

#[test]
fn two_actions_that_copies_gave_one_number_are_told_apart_until_one_gets_another() {
    let desk = board();
    let split = ["split", "1.1", "--at"];
    desk.run(&[&split[..], &["that the harbour"]].concat()).expect_done();
    chair(&desk, &[&split[..], &["harbour office"]].concat()).expect_done();
    chair(&desk, &["share", "-o", "back.arising"]).expect_done();
    desk.run(&["merge", "back.arising"]).expect_done();
    assert_eq!(desk.references(&["rec:1"]), ["1.1", "1.2", "1.2′"]);
    desk.run(&["rate", "1.2'", "red"]).expect_done();
    assert_eq!(desk.action("1.2′")["rating"]["word"], "Red");
    desk.run(&["number", "1.2'", "1.3"]).expect_done();
    assert_eq!(desk.references(&["rec:1"]), ["1.1", "1.2", "1.3"]);
}

#[test]
fn a_party_that_both_sides_added_is_named_and_made_one_on_every_copy() {
    let desk = board();
    desk.run(&["lead", "1.1", "Saltmarsh Hive CIC"]).expect_done();
    chair(&desk, &["lead", "2.1", "Saltmarsh Hive CIC"]).expect_done();
    chair(&desk, &["share", "-o", "back.arising"]).expect_done();
    let said = desk.run(&["merge", "back.arising"]).expect_done().out;
    assert!(said.contains("1 agency added twice"), "{said}");
    assert!(said.contains("arising party same \"Saltmarsh Hive CIC\" \"Saltmarsh Hive CIC\""), "{said}");
    let called = |desk: &Desk| {
        let parties = desk.json(&["parties", "--json"]);
        let named = parties.as_array().unwrap().iter().filter(|party| party["name"] == "Saltmarsh Hive CIC");
        named.count()
    };
    assert_eq!(called(&desk), 2);
    desk.run(&["party", "same", "Saltmarsh Hive CIC", "Saltmarsh Hive CIC"]).expect_done();
    assert_eq!(called(&desk), 1);
    let led = desk.references(&["lead:\"Saltmarsh Hive CIC\""]);
    assert_eq!(led[..2], ["1.1", "2.1"], "then what is for all agencies");
    desk.run(&["party", "same", "Saltmarsh Hive CIC", "Saltmarsh Hive CIC"]).expect_refused(&["already mean"]);
}

#[test]
fn a_merge_is_one_line_of_the_history_here_and_no_part_of_the_record() {
    let desk = rated_apart();
    let before = desk.json(&["log", "--json"]).as_array().unwrap().len();
    assert_eq!(desk.run(&["log", "--merges"]).expect_done().out, "no merges\n");
    desk.run(&["merge", "back.arising"]).expect_done();
    desk.run(&["merge", "back.arising"]).expect_done();
    let log = desk.run(&["log"]).expect_done().out;
    let lines: Vec<&str> = log.lines().filter(|line| line.contains("Merged ")).collect();
    assert!(matches!(lines.as_slice(), [one] if one.ends_with("Merged 2 changes from back.arising")), "{log}");
    assert!(lines[0].contains("Ann Other"), "{log}");
    let merges = desk.json(&["log", "--merges", "--json"]);
    let told = (&merges[0]["source"], &merges[0]["author"], &merges[0]["changes"], merges.as_array().unwrap().len());
    assert_eq!(told, (&"back.arising".into(), &"Ann Other".into(), &2.into(), 1));
    assert_eq!(
        desk.json(&["log", "--json"]).as_array().unwrap().len(),
        before + 2,
        "two changes, and no line for the merge"
    );
    assert!(!desk.run(&["log", "lead:police"]).out.contains("Merged"));
    desk.run(&["check"]).expect_done();
}

#[test]
fn undo_leaves_alone_what_the_same_name_wrote_on_another_laptop() {
    let desk = board();
    let there = |arguments: &[&str]| on_the_chairs_laptop(&desk, "Ann Other", arguments);
    desk.run(&["rate", "2.1", "red"]).expect_done();
    there(&["rate", "1.1", "amber"]).expect_done();
    there(&["rate", "2.2", "green"]).expect_done();
    there(&["undo"]).expect_done();
    there(&["share", "-o", "back.arising"]).expect_done();
    desk.run(&["merge", "back.arising"]).expect_done();
    desk.run(&["redo"]).expect_refused(&["you have undone nothing on this computer"]);
    let said = desk.run(&["undo"]).expect_done().out;
    assert!(said.contains("undone: 2.1"), "{said}");
    assert_eq!(desk.action("1.1")["rating"]["word"], "Amber");
    desk.run(&["redo"]).expect_done();
    desk.run(&["share", "--to", "chair", "-o", "there.arising"]).expect_done();
    there(&["merge", "there.arising"]).expect_done();
    assert!(there(&["undo"]).expect_done().out.contains("undone: 1.1"));
    there(&["undo"]).expect_refused(&["Nothing more to undo"]);
}

#[test]
fn undo_reaches_back_past_a_restore_and_a_copy_opened_beside_the_register() {
    let desk = board();
    desk.run(&["rate", "2.1", "red"]).expect_done();
    desk.run(&["backup", "-o", "kept.sqlite"]).expect_done();
    desk.run(&["rate", "2.1", "green"]).expect_done();
    let kept = desk.path("kept.sqlite").display().to_string();
    desk.run(&["restore", "--anyway", &kept]).expect_done();
    assert!(
        desk.run(&["--register", &kept, "undo"]).expect_done().out.contains("undone: 2.1"),
        "the user's own, in a copy"
    );
    desk.run(&["rate", "1.1", "amber"]).expect_done();
    for wanted in ["undone: 1.1", "undone: 2.1"] {
        let said = desk.run(&["undo"]).expect_done().out;
        assert!(said.contains(wanted), "{wanted} in {said}");
    }
}
