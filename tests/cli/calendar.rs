//! `arising report calendar`: dates that other calendars import, and import again when they have moved.

use std::fs;

use crate::kit::desk::Desk;

const PLAN: &str = "No,Action,Lead,Target date,RAG,Progress\n\
1,Mend the lamps on the north steps,Harbour Office,31/01/2027,Red,\n\
2,Train the ferry crews in rescue,Pier Trust,31/05/2027,Amber,\n\
3,Print the tide tables for every shop,Harbour Office,30/06/2027,Green,\n";

fn board() -> Desk {
    let desk = Desk::empty();
    fs::write(desk.path("quay.csv"), PLAN).unwrap();
    desk.run(&["import", "quay.csv"]).expect_done();
    desk
}

fn calendar(desk: &Desk, more: &[&str]) -> String {
    desk.run(&[&["report", "calendar", "--format", "ics"], more].concat()).expect_done().out
}

/// The values of a property, in the order of the events.
fn all<'a>(calendar: &'a str, name: &str) -> Vec<&'a str> {
    calendar.lines().filter_map(|line| line.strip_prefix(name)?.strip_prefix(':')).collect()
}

#[test]
fn a_target_that_moves_keeps_its_identity_and_gets_a_higher_number() {
    let desk = board();
    let before = calendar(&desk, &["ref:1"]);
    desk.run(&["target", "1", "2027-03-31"]).expect_done();
    let after = calendar(&desk, &["ref:1"]);
    assert_eq!(all(&before, "DTSTART;VALUE=DATE"), ["20270131"]);
    assert_eq!(all(&after, "DTSTART;VALUE=DATE"), ["20270331"]);
    assert_eq!(all(&before, "UID"), all(&after, "UID"));
    let number = |text: &str| all(text, "SEQUENCE")[0].parse::<u32>().unwrap();
    assert!(number(&after) > number(&before), "{before}{after}");
    assert_eq!(calendar(&desk, &["ref:1"]), after, "the same register and day give the same file");
}

#[test]
fn open_actions_and_next_meetings_are_in_it_for_all_or_for_one_party() {
    let desk = board();
    desk.run(&["meeting", "start", "Quay Board", "--agenda", "everything", "--of", "all"]).expect_done();
    desk.run(&["meeting", "end", "--next", "2026-12-01"]).expect_done();
    let whole = calendar(&desk, &[]);
    let titles = all(&whole, "SUMMARY");
    assert_eq!(titles[0], "Quay Board meets");
    assert!(titles[1].starts_with("1 due: Mend") && titles[2].starts_with("2 due: Train"), "{titles:?}");
    assert_eq!(titles.len(), 3, "what is done is not due: {titles:?}");
    let own = calendar(&desk, &["--for", "Pier Trust"]);
    assert_eq!(all(&own, "SUMMARY"), ["2 due: Train the ferry crews in rescue"]);
    let table = desk.run(&["report", "calendar"]).expect_done().out;
    assert!(table.contains("| 1 Dec 2026 | Quay Board meets |"), "{table}");
    desk.run(&["report", "plan", "--format", "ics"]).expect_refused(&["ics is for a calendar"]);
}
