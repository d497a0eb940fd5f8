//! A meeting from scripts: what belongs to it, and what the list of meetings says.

use crate::kit::desk::{Desk, fixture};
use serde_json::{Value, json};

fn desk() -> Desk {
    let desk = Desk::empty();
    desk.run(&["import", &fixture("review/harbour.csv")]).expect_done();
    desk
}

fn read(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn changes_made_while_a_meeting_is_open_belong_to_it() {
    let desk = desk();
    let start = ["meeting", "start", "Practice Group", "--chair", "A. Chair", "--present", "Harbour Police=B. Officer"];
    let said =
        desk.run(&[&start[..], &["--apologies", "HBFT", "--agenda", "everything", "--next", "2027-02-01"]].concat());
    let said = said.expect_done();
    assert!(said.out.contains("saved: meeting of Practice Group"), "{}", said.out);
    assert!(said.out.contains("agenda, 6 items"), "{}", said.out);
    desk.run(&["rate", "1.1", "green"]).expect_done();
    desk.run(&["meeting", "discuss", "1.1"]).expect_done();
    desk.run(&["meeting", "carry", "1.2", "--reason", "No report"]).expect_done();
    desk.run(&["meeting", "decide", "Write to the chief", "--about", "3.1"]).expect_done();
    let open = read(&desk.run(&["meetings", "--json"]).expect_done().out);
    assert_eq!((&open[0]["stage"], &open[0]["discussed"], &open[0]["agenda"]), (&json!("open"), &json!(2), &json!(6)));
    desk.run(&["meeting", "end"]).expect_done();
    desk.run(&["rate", "1.2", "amber"]).expect_done();
    let log = read(&desk.run(&["log", "--json"]).expect_done().out);
    let of_meeting = |what: &str| {
        let lines = log.as_array().unwrap().iter();
        lines
            .filter(|line| line["sentence"].as_str().unwrap().contains(what))
            .map(|line| !line["meeting"].is_null())
            .collect()
    };
    let (inside, after): (Vec<bool>, Vec<bool>) = (of_meeting("1.1 Amber → Green"), of_meeting("1.2 Red → Amber"));
    assert_eq!((inside, after), (vec![true], vec![false]));
    let again = desk.run(&["meeting", "end"]);
    assert!(again.err.contains("No meeting is open"), "{}", again.err);
}

#[test]
fn the_next_agenda_holds_what_was_carried_forward() {
    let desk = desk();
    desk.run(&["meeting", "start", "Practice Group", "--agenda", "everything"]).expect_done();
    desk.run(&["meeting", "carry", "2.1"]).expect_done();
    desk.run(&["meeting", "end"]).expect_done();
    desk.run(&["meeting", "agree"]).expect_done();
    let said = desk.run(&["meeting", "start", "Practice Group", "--agenda", "carried forward"]).expect_done();
    assert!(said.out.contains("agenda, 1 item: 2.1"), "{}", said.out);
    assert!(said.out.contains("taken as read: 5"), "{}", said.out);
}

#[test]
fn reports_carry_the_plans_marking_unless_another_is_given() {
    let desk = desk();
    let headed = |marking: &[&str]| {
        let report = desk.run(&[&["report", "plan"], marking].concat()).expect_done().out;
        report.lines().nth(2).unwrap_or_default().to_owned()
    };
    assert_eq!(desk.run(&["marking"]).expect_done().out, "harbour: OFFICIAL-SENSITIVE\n");
    assert!(headed(&[]).starts_with("*OFFICIAL-SENSITIVE ·"), "{}", headed(&[]));
    let said = desk.run(&["marking", "harbour", "Private", "to the board"]).expect_done().out;
    assert!(said.contains("saved: harbour marking OFFICIAL-SENSITIVE → Private to the board"), "{said}");
    assert!(headed(&[]).starts_with("*Private to the board ·"), "{}", headed(&[]));
    assert!(headed(&["--marking", "OFFICIAL"]).starts_with("*OFFICIAL ·"));
    assert!(!headed(&["--marking", ""]).contains("Private"));
    desk.run(&["import", &fixture("dhr9.txt")]).expect_done();
    assert!(headed(&[]).starts_with("*Private to the board · OFFICIAL-SENSITIVE ·"), "{}", headed(&[]));
    assert!(headed(&["plan:dhr9"]).starts_with("*OFFICIAL-SENSITIVE ·"));
    desk.run(&["marking", "harbour", "none"]).expect_done();
    assert!(headed(&[]).starts_with("*OFFICIAL-SENSITIVE ·"), "{}", headed(&[]));
    assert!(headed(&["plan:harbour"]).starts_with('*') && !headed(&["plan:harbour"]).contains("OFFICIAL"));
    desk.run(&["marking", "nobody", "OFFICIAL"]).expect_refused(&["No plan is called"]);
}
