//! An agency copy: what is given to one agency, what it does with it, and what comes back to the board's meeting.

use std::collections::BTreeSet;
use std::fs;
use std::io::Read;

use crate::kit::desk::{Desk, Said, fixture};
use flate2::read::DeflateDecoder;
use serde_json::Value;

use arising::domain::action::Action;
use arising::domain::intent::Intent;
use arising::env::Env;
use arising::store::{Access, Places};

/// Names that stand only in what Wexmere Police may not see.
const SECRETS: [&str; 7] =
    ["Zephyrine", "Quillfeather", "Marmaduke", "Thistlewood", "Xanthippe", "Peregrine", "Wolverhampton"];

/// A register in which every kind of text that is none of the police's business has a name of its own.
fn board() -> Desk {
    let desk = Desk::empty();
    desk.run(&["import", &fixture("adult-m.txt")]).expect_done();
    desk.run(&["progress", "2.2", "Zephyrine rang about the mooring."]).expect_done();
    reword(&desk, "1.1", "Quillfeather to write the form.");
    // A slip on the police's own action, taken back; and its earlier wording.
    desk.run(&["progress", "5.1", "Thistlewood was meant, on another action."]).expect_done();
    desk.run(&["undo"]).expect_done();
    reword(&desk, "5.1", "Xanthippe to listen to fifty calls, police to report.");
    reword(&desk, "5.1", "Listen to fifty calls and report to the Board.");
    desk.run(&["meeting", "start", "OPG", "--chair", "Peregrine", "--agenda", "everything", "--of", "all"])
        .expect_done();
    desk.run(&["meeting", "decide", "Marmaduke to be told.", "--about", "1.1"]).expect_done();
    desk.run(&["meeting", "end"]).expect_done();
    desk.run(&["party", "rename", "PROB", "Wolverhampton Probation"]).expect_done();
    desk.run(&["party", "address", "OPG", "Thistlewood <thistlewood@example.org>"]).expect_done();
    desk.run(&["rate", "5.1", "red"]).expect_done();
    desk.run(&["progress", "5.1", "Forty calls heard so far."]).expect_done();
    desk
}

/// As on the screen.
fn reword(desk: &Desk, reference: &str, text: &str) {
    let env = Env {
        author: "Ann Other".into(),
        now: "2026-09-12T10:00:00+00:00".parse().unwrap(),
        today: "2026-09-12".parse().unwrap(),
    };
    let places = Places::default();
    let mut register = arising::desk::Desk::open_in(&desk.register(), Access::ReadWrite, &places).unwrap();
    let named = |action: &&Action| register.register().reference(action) == reference;
    let action = register.register().visible_actions().find(named).unwrap().id;
    register.write(&Intent::Reword { action, text: text.into() }, &env).unwrap();
}

/// The agency's laptop.
fn police(desk: &Desk, arguments: &[&str]) -> Said {
    let path = desk.path("police.sqlite");
    let arguments = [&["--register", path.to_str().unwrap(), "--author", "D. Okoro"], arguments].concat();
    Said::from(desk.command(&arguments).env("ARISING_DATA", desk.path("police laptop")).output().unwrap())
}

fn polices(desk: &Desk, arguments: &[&str]) -> Value {
    serde_json::from_str(&police(desk, arguments).expect_done().out).unwrap()
}

fn given() -> Desk {
    let desk = board();
    desk.run(&["share", "--for", "Wexmere Police", "-o", "police.sqlite"]).expect_done();
    desk
}

/// What the police write, merged by the board.
fn given_back() -> Desk {
    let desk = given();
    police(&desk, &["rate", "5.1", "amber"]).expect_done();
    police(&desk, &["progress", "4.2", "An inspector has attended since May."]).expect_done();
    police(&desk, &["share", "-o", "back.arising"]).expect_done();
    desk.run(&["merge", "back.arising"]).expect_done();
    desk
}

/// What a bundle holds, unpacked.
fn unpacked(path: &std::path::Path) -> String {
    let bytes = fs::read(path).unwrap();
    let packed = bytes.splitn(3, |byte| *byte == b'\n').nth(2).unwrap();
    let mut text = String::new();
    DeflateDecoder::new(packed).read_to_string(&mut text).unwrap();
    text
}

/// The words of five letters and more in everything that JSON says. What may be hexadecimal is no
/// word: identifiers and digests hold any such letters by chance.
fn words(value: &Value) -> BTreeSet<String> {
    let text = value.to_string();
    let runs = text.split(|c: char| !c.is_alphanumeric()).filter(|run| run.chars().count() >= 5);
    let words = runs.filter(|run| run.chars().all(char::is_alphabetic) && !run.chars().all(|c| c.is_ascii_hexdigit()));
    words.map(str::to_owned).collect()
}

#[test]
fn no_word_that_is_withheld_is_in_the_bytes_of_the_copy() {
    let desk = given();
    desk.run(&["share", "--for", "Wexmere Police", "-o", "police.arising"]).expect_done();
    let full = String::from_utf8_lossy(&fs::read(desk.register()).unwrap()).into_owned();
    let copies = [
        String::from_utf8_lossy(&fs::read(desk.path("police.sqlite")).unwrap()).into_owned(),
        unpacked(&desk.path("police.arising")),
    ];
    for secret in SECRETS {
        assert!(full.contains(secret), "{secret} is in the register");
        assert!(copies.iter().all(|copy| !copy.contains(secret)), "{secret} is in the copy");
    }
    // Whatever is said of the actions of others, and not also of the police's.
    let theirs: BTreeSet<String> = polices(&desk, &["list", "--json"])
        .as_array()
        .unwrap()
        .iter()
        .map(|action| action["ref"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(theirs.iter().map(String::as_str).collect::<Vec<_>>(), ["4.1", "4.2", "5.1", "6.2"]);
    let all = desk.references(&[]);
    let (own, others): (Vec<_>, Vec<_>) = all.into_iter().partition(|reference| theirs.contains(reference));
    let mut known: BTreeSet<String> = own.iter().flat_map(|reference| words(&desk.action(reference))).collect();
    known.extend(words(&polices(&desk, &["plans", "--json"])));
    let withheld: BTreeSet<String> = others.iter().flat_map(|reference| words(&desk.action(reference))).collect();
    let schema = fs::read_to_string("assets/schema/1.0.sql").unwrap();
    let secret: Vec<&String> =
        withheld.iter().filter(|word| !known.contains(*word) && !schema.contains(*word)).collect();
    assert!(secret.len() > 30, "{secret:?}");
    for word in secret {
        assert!(copies.iter().all(|copy| !copy.contains(word.as_str())), "{word} is in the copy");
    }
}

#[test]
fn the_agency_walks_its_own_actions_under_the_boards_numbers_with_their_progress_and_slips() {
    let desk = given();
    for reference in ["4.1", "4.2", "5.1", "6.2"] {
        let (own, full) = (polices(&desk, &["show", reference, "--json"]), desk.action(reference));
        for field in ["ref", "text", "rating", "leads", "via", "targets", "progress", "recommendation", "findings"] {
            assert_eq!(own[field], full[field], "{reference} {field}");
        }
    }
    let said = police(&desk, &["check"]).expect_done().out;
    assert!(said.contains("Agency copy for Wexmere Police: 4 of 9 actions."), "{said}");
    let report = police(&desk, &["report", "plan"]).expect_done().out;
    assert!(report.contains("Agency copy for Wexmere Police: 4 of 9 actions."), "{report}");
    let log = police(&desk, &["log"]).expect_done().out;
    assert!(log.contains("Forty calls") && !log.contains("withheld") && !log.contains("1970"), "{log}");
}

#[test]
fn a_bundle_becomes_the_copy_and_the_views_show_what_the_program_shows() {
    let desk = board();
    desk.run(&["share", "--for", "Wexmere Police", "-o", "police.arising"]).expect_done();
    let bundle = desk.path("police.arising");
    let opened = desk.command(&["--register", bundle.to_str().unwrap(), "list"]).output().unwrap();
    Said::from(opened).expect_refused(&["it is a bundle from another copy", "arising merge police.arising"]);
    police(&desk, &["merge", "police.arising"]).expect_done();
    police(&desk, &["check"]).expect_done();
    assert!(police(&desk, &["plans"]).expect_done().out.contains("4 actions"));
    let db = rusqlite::Connection::open(desk.path("police.sqlite")).unwrap();
    let count =
        |view: &str| -> i64 { db.query_row(&format!("SELECT count(*) FROM {view}"), [], |row| row.get(0)).unwrap() };
    assert_eq!(["action", "plan", "meeting"].map(count), [4, 1, 0]);
    let listed = polices(&desk, &["list", "--json"]);
    let entries: usize =
        listed.as_array().unwrap().iter().map(|action| action["progress"].as_array().map_or(0, Vec::len)).sum();
    assert!(entries > 0);
    assert_eq!(count("progress"), i64::try_from(entries).unwrap());
}

#[test]
fn what_the_board_decides_is_refused_in_an_agency_copy_with_what_to_do_instead() {
    let desk = given();
    for refused in [
        &["lead", "5.1", "PROB"][..],
        &["withdraw", "5.1", "--reason", "Done"],
        &["meeting", "start", "OPG"],
        &["import", &fixture("adult-m.txt")],
        &["target", "5.1", "Dec 2026"],
        &["erase", "5.1", "--ground", "Request", "--yes"],
    ] {
        let said = police(&desk, refused);
        assert!(said.code == 1 && said.err.contains("the agency copy for Wexmere Police"), "{refused:?}: {}", said.err);
    }
    police(&desk, &["share", "--for", "Wexmere Police", "-o", "other.sqlite"])
        .expect_refused(&["this is itself the agency copy"]);
}

#[test]
fn what_the_agency_gives_back_holds_only_its_own_changes_and_merges_to_the_full_record() {
    let desk = given_back();
    let back = unpacked(&desk.path("back.arising"));
    assert_eq!(back.matches("\"batch\"").count(), 2, "{back}");
    assert_eq!(desk.action("5.1")["rating"]["word"], "Amber");
    assert_eq!(desk.references(&[]).len(), 9, "nothing of the full register is lost");
    let again = desk.run(&["merge", "back.arising"]).expect_done().out;
    assert!(again.contains("Nothing new"), "{again}");
    // The copy itself, as it is, brings the same.
    let other = given();
    police(&other, &["rate", "5.1", "amber"]).expect_done();
    let said = other.run(&["merge", "police.sqlite"]).expect_done().out;
    assert!(said.contains("Merged 1 change by D. Okoro"), "{said}");
    other.run(&["check"]).expect_done();
}

#[test]
fn the_board_accepts_updates_into_its_meeting_or_sets_them_back_and_the_minutes_say_both() {
    let desk = given_back();
    let listed = desk.run(&["updates"]).expect_done().out;
    for words in
        ["2 updates from Wexmere Police since", "1  5.1 Red → Amber · Wexmere Police (D. Okoro), ", "An inspector"]
    {
        assert!(listed.contains(words), "no “{words}” in {listed}");
    }
    desk.run(&["updates", "--accept", "all"]).expect_refused(&["No meeting is open"]);
    desk.run(&["meeting", "start", "OPG"]).expect_done();
    let said = desk.run(&["updates", "--accept", "1"]).expect_done().out;
    assert!(said.contains("accepted 1 update from Wexmere Police"), "{said}");
    desk.run(&["updates", "--decline", "7", "--reason", "No"]).expect_refused(&["there is no update 7 among 1 update"]);
    desk.run(&["updates", "--decline", "1", "--reason", "No evidence was attached."]).expect_done();
    assert!(desk.run(&["updates"]).expect_done().out.contains("No agency has sent anything"));
    assert_eq!(desk.json(&["updates", "--json"]), Value::Array(Vec::new()));
    let minutes = desk.run(&["report", "minutes"]).expect_done().out;
    for words in [
        "Received from Wexmere Police (D. Okoro)",
        "Rating Red → Amber",
        "not accepted: No evidence was attached.",
        "Update from Wexmere Police (D. Okoro)",
    ] {
        assert!(minutes.contains(words), "no “{words}” in {minutes}");
    }
    assert!(!desk.action("4.2")["progress"].to_string().contains("inspector"));
    desk.run(&["undo"]).expect_done();
    assert!(desk.action("4.2")["progress"].to_string().contains("inspector"), "one undo brings it back to be decided");
    assert!(desk.run(&["updates"]).expect_done().out.contains("1 update from Wexmere Police"));
}

#[test]
fn a_newer_copy_brings_what_the_agency_may_now_know_and_keeps_what_it_wrote() {
    let desk = given_back();
    desk.run(&["lead", "1.1", "Wexmere Police"]).expect_done();
    desk.run(&["progress", "5.1", "All fifty are heard."]).expect_done();
    desk.run(&["share", "--for", "Wexmere Police", "-o", "newer.arising"]).expect_done();
    police(&desk, &["progress", "5.1", "Not yet given back."]).expect_done();
    let said = police(&desk, &["merge", "newer.arising"]).expect_done().out;
    assert!(said.contains("withheld from this copy until now"), "{said}");
    assert_eq!(polices(&desk, &["show", "1.1", "--json"])["text"], desk.action("1.1")["text"]);
    let progress = polices(&desk, &["show", "5.1", "--json"])["progress"].to_string();
    assert!(progress.contains("All fifty") && progress.contains("Not yet given back"), "{progress}");
    let said = police(&desk, &["check"]).expect_done().out;
    assert!(said.contains("5 of 9 actions"), "{said}");
    assert!(police(&desk, &["merge", "newer.arising"]).expect_done().out.contains("Nothing new"));
    police(&desk, &["share", "-o", "later.arising"]).expect_done();
    let merged = desk.run(&["merge", "later.arising"]).expect_done().out;
    assert!(merged.contains("Merged 1 change by D. Okoro"), "{merged}");
}

#[test]
fn a_newer_copy_says_what_no_longer_concerns_the_agency_and_what_was_not_accepted() {
    let desk = given_back();
    desk.run(&["meeting", "start", "OPG"]).expect_done();
    desk.run(&["updates", "--decline", "2", "--reason", "No evidence was attached."]).expect_done();
    desk.run(&["lead", "4.1", "Harbours & Quays"]).expect_done();
    desk.run(&["withdraw", "6.2", "--reason", "Merged with 6.1."]).expect_done();
    desk.run(&["progress", "4.1", "Zephyrine will see to it."]).expect_done();
    desk.run(&["share", "--for", "Wexmere Police", "-o", "newer.arising"]).expect_done();
    assert!(!unpacked(&desk.path("newer.arising")).contains("Zephyrine"));
    police(&desk, &["merge", "newer.arising"]).expect_done();
    let shown = |reference| police(&desk, &["show", reference]).expect_done().out;
    assert!(shown("4.1").contains("another agency"), "{}", shown("4.1"));
    assert!(shown("4.2").contains("not accepted: No evidence was attached."), "{}", shown("4.2"));
    let listed = police(&desk, &["list"]).expect_done().out;
    assert!(!listed.contains("6.2"), "{listed}");
    // Who was never given 4.1 is not told of it.
    police(&desk, &["check"]).expect_done();
    desk.run(&["share", "--for", "Wexmere Police", "-o", "fresh.sqlite"]).expect_done();
    let fresh = desk.command(&["--register", "fresh.sqlite", "list"]).output().unwrap();
    let fresh = Said::from(fresh).expect_done().out;
    assert!(!fresh.contains("4.1") && fresh.contains("2 actions"), "{fresh}");
}

#[test]
fn an_erasure_reaches_the_agencys_copy_with_the_next_one() {
    let desk = given();
    desk.run(&["erase", "5.1", "--ground", "Request of 3 Nov", "--yes"]).expect_done();
    desk.run(&["share", "--for", "Wexmere Police", "-o", "newer.arising"]).expect_done();
    assert!(!unpacked(&desk.path("newer.arising")).contains("Forty calls"));
    let held = || String::from_utf8_lossy(&fs::read(desk.path("police.sqlite")).unwrap()).contains("Forty calls");
    assert!(held());
    police(&desk, &["merge", "newer.arising"]).expect_done();
    assert!(!held(), "the words are gone from the agency's file");
    police(&desk, &["check"]).expect_done();
    assert!(police(&desk, &["show", "5.1"]).expect_done().out.contains("[erased]"));
}

#[test]
fn an_erasure_reaches_the_agencys_copy_even_of_an_entry_that_was_taken_back_before() {
    let desk = board();
    desk.run(&["progress", "5.1", "Philomena Hartwright rang."]).expect_done();
    desk.run(&["share", "--for", "Wexmere Police", "-o", "police.sqlite"]).expect_done();
    let held = |file: &str| String::from_utf8_lossy(&fs::read(desk.path(file)).unwrap()).contains("Philomena");
    assert!(held("police.sqlite"));
    desk.run(&["undo"]).expect_done();
    desk.run(&["erase", "--words", "Philomena Hartwright", "--ground", "Request of 3 Nov", "--yes"]).expect_done();
    desk.run(&["share", "--for", "Wexmere Police", "-o", "newer.arising"]).expect_done();
    police(&desk, &["merge", "newer.arising"]).expect_done();
    assert!(!held("police.sqlite"), "the words are gone from the agency's file");
    police(&desk, &["check"]).expect_done();
    // In the history it was added and undone, without its words; among the progress it is not, neither there nor in a new copy.
    desk.run(&["share", "--for", "Wexmere Police", "-o", "fresh.sqlite"]).expect_done();
    let fresh = desk.command(&["--register", "fresh.sqlite", "show", "5.1"]).output().unwrap();
    for shown in [police(&desk, &["show", "5.1"]), Said::from(fresh)] {
        let shown = shown.expect_done().out;
        let (now, history) = shown.split_once("History").unwrap();
        assert!(now.contains("Forty calls") && !now.contains("[erased]") && !history.contains("rang"), "{shown}");
    }
}

#[test]
fn only_a_copy_for_the_same_agency_is_merged_into_an_agency_copy() {
    let desk = given();
    desk.run(&["share", "-o", "all.arising"]).expect_done();
    desk.run(&["share", "--for", "Harbours & Quays", "-o", "harbours.arising"]).expect_done();
    police(&desk, &["merge", "all.arising"]).expect_refused(&["it is the whole register, and this is the agency copy"]);
    police(&desk, &["merge", "harbours.arising"]).expect_refused(&["it is an agency copy for Harbours & Quays"]);
    // Another copy of the register cannot learn from it what is withheld there.
    let other = desk.path("other.sqlite");
    let other = other.to_str().unwrap();
    desk.run(&["backup", "-o", other]).expect_done();
    desk.run(&["progress", "2.2", "Said later."]).expect_done();
    desk.run(&["share", "--for", "Wexmere Police", "-o", "second.sqlite"]).expect_done();
    let merge = ["--register", other, "merge", "second.sqlite"];
    let said = Said::from(desk.command(&merge).env("ARISING_DATA", desk.path("elsewhere")).output().unwrap());
    said.expect_refused(&["withheld"]);
    let restored = desk.run(&["restore", "second.sqlite"]);
    restored.expect_refused(&["it is the agency copy for Wexmere Police, and the full register is there"]);
}

#[test]
fn a_party_that_nothing_concerns_or_that_is_unknown_gets_no_copy() {
    let desk = board();
    desk.run(&["share", "--for", "Nobody", "-o", "x.sqlite"]).expect_refused(&["there is no agency called Nobody"]);
    assert!(!desk.path("x.sqlite").exists());
    let said = desk.json(&["share", "--for", "Wexmere Police", "-o", "police.arising", "--json"]);
    assert_eq!((said["actions"].as_u64(), said["of"].as_u64()), (Some(4), Some(9)));
    let once = fs::read(desk.path("police.arising")).unwrap();
    desk.run(&["share", "--for", "Wexmere Police", "-o", "again.arising"]).expect_done();
    assert_eq!(once, fs::read(desk.path("again.arising")).unwrap(), "the same to the byte for the same record");
}

#[test]
fn what_all_agencies_of_another_plan_do_is_no_business_of_an_agency() {
    let desk = Desk::empty();
    let plan = |lead: &str| {
        format!(
            "No,Action,Lead,Target date,RAG,Progress\n1,Mend the lamps,{lead},31/01/2027,Red,\n2,Read the report,All agencies,31/01/2027,Red,\n"
        )
    };
    std::fs::write(desk.path("quay.csv"), plan("Harbour Office")).unwrap();
    std::fs::write(desk.path("hill.csv"), plan("Hill Trust")).unwrap();
    desk.run(&["import", "quay.csv", "hill.csv"]).expect_done();
    let listed = desk.references(&["lead:\"Hill Trust\""]);
    let said = desk.json(&["share", "--for", "Hill Trust", "-o", "hill.sqlite", "--json"]);
    assert_eq!((said["actions"].as_u64(), listed.len()), (Some(2), 2), "{said} {listed:?}");
    let copy = desk.path("hill.sqlite");
    let held = desk.run(&["--register", copy.to_str().unwrap(), "list"]).expect_done().out;
    assert!(!held.contains("quay"), "{held}");
}

#[test]
fn before_what_the_board_gives_again_an_agency_copy_is_copied_whole() {
    let desk = board();
    desk.run(&["share", "--for", "Wexmere Police", "-o", "first.arising"]).expect_done();
    police(&desk, &["merge", "first.arising"]).expect_done();
    police(&desk, &["backup"]).expect_done();
    police(&desk, &["rate", "5.1", "amber"]).expect_done();
    let backups = || {
        let files = crate::kit::folder::walk(&desk.path("police laptop")).into_iter().filter(|path| path.is_file());
        let ending = |path: &std::path::PathBuf| path.extension().map(|ending| ending.to_string_lossy().into_owned());
        files
            .filter_map(|path| ending(&path))
            .filter(|ending| ending == "sqlite" || ending == "point")
            .collect::<Vec<_>>()
    };
    desk.run(&["rate", "5.1", "red", "--note", "Thirty calls were of one week."]).expect_done();
    desk.run(&["share", "--for", "Wexmere Police", "-o", "second.arising"]).expect_done();
    police(&desk, &["merge", "second.arising"]).expect_done();
    let kept = backups();
    assert!(kept.len() >= 2 && kept.iter().all(|ending| ending == "sqlite"), "{kept:?}");
}

#[test]
fn what_all_agencies_only_oversee_is_not_given_to_each_of_them() {
    let desk = Desk::empty();
    let plan = "No,Action,Lead,Overseen by,Target date\n1,Mend the lamps,Hill Trust,,31/01/2027\n\
                2,Paint the wall,Harbour Office,All agencies,31/01/2027\n";
    std::fs::write(desk.path("hill.csv"), plan).unwrap();
    desk.run(&["import", "hill.csv"]).expect_done();
    let listed = desk.references(&["lead:\"Hill Trust\""]);
    let said = desk.json(&["share", "--for", "Hill Trust", "-o", "hill.sqlite", "--json"]);
    assert_eq!((said["actions"].as_u64(), listed.len()), (Some(1), 1), "{said} {listed:?}");
}
