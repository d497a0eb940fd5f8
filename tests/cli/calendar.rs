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

/// The statuses of the events, by the UID of each; none where it stands.
fn statuses(calendar: &str) -> Vec<(String, Option<String>)> {
    let events = calendar.split("BEGIN:VEVENT").skip(1);
    events
        .map(|event| (all(event, "UID")[0].to_owned(), all(event, "STATUS").first().map(ToString::to_string)))
        .collect()
}

#[test]
fn what_is_done_closed_or_withdrawn_is_cancelled_where_it_was_imported_before_and_comes_back() {
    let desk = board();
    let number = |text: &str| all(text, "SEQUENCE")[0].parse::<u32>().unwrap();
    for (done, again) in
        [(&["rate", "1", "green"][..], &["rate", "1", "red"][..]), (&["withdraw", "1", "--reason", "Twice"], &["undo"])]
    {
        let before = calendar(&desk, &["ref:1"]);
        desk.run(done).expect_done();
        // A reference finds nothing that is withdrawn.
        let whole = calendar(&desk, &[]);
        let uid = all(&before, "UID")[0];
        let (_, own) = whole.split_once(&format!("UID:{uid}")).unwrap_or_else(|| panic!("{done:?}: {whole}"));
        let event = format!("UID:{uid}{}", own.split("END:VEVENT").next().unwrap());
        let (start, _) = whole.split_once(&event).unwrap();
        let event = format!("{}{event}", start.rsplit("BEGIN:VEVENT").next().unwrap());
        assert_eq!(all(&event, "STATUS"), ["CANCELLED"], "{done:?}: {event}");
        assert!(number(&event) > number(&before), "{done:?}: {before}{event}");
        let title = all(&event, "SUMMARY")[0];
        assert!(title.starts_with("Done: ") || title.starts_with("No longer due: "), "{title}");
        assert!(
            !desk.run(&["report", "calendar"]).expect_done().out.contains("Mend the lamps"),
            "the table has what is due"
        );
        desk.run(again).expect_done();
        let back = calendar(&desk, &["ref:1"]);
        assert_eq!(statuses(&back), [(uid.to_owned(), None)], "{again:?}");
    }
    // What was done as it was imported was never in a calendar, and what is long past has gone from it.
    assert!(!calendar(&desk, &[]).contains("tide tables"));
    desk.run(&["rate", "1", "green"]).expect_done();
    assert!(!calendar(&desk, &["--today", "2028-06-01"]).contains("Mend the lamps"));
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
