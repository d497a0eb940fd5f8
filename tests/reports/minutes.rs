//! The minutes of a meeting.

use super::*;

#[test]
fn minutes_show_the_record_as_at_the_end_of_the_meeting() {
    let mut desk = met();
    let before = text(&desk, "minutes", "md");
    let item = action(desk.register(), "2.1");
    act(&mut desk, &Intent::Reword { action: item, text: "Something else".into() });
    act(&mut desk, &Intent::Assign { action: item, leads: vec![PartyChoice::New("Larkfield Fire Service".into())] });
    act(&mut desk, &Intent::Retarget { action: item, dates: Vec::new(), reason: "later".into() });
    assert_eq!(text(&desk, "minutes", "md"), before);
}

/// What another user changed while the meeting was open belongs to it, but must not be shown as discussed.
#[test]
fn changes_outside_the_discussion_are_listed_separately() {
    let mut desk = met();
    let meeting = desk.register().meetings[0].id;
    act(&mut desk, &Intent::ReopenMeeting { meeting });
    let other = action(desk.register(), "1.1");
    act(&mut desk, &Intent::Progress { action: other, date: None, text: "Sent in by mail".into(), by: None });
    let minutes = text(&desk, "minutes", "md");
    let (discussed, rest) = minutes.split_once("## Also changed while the meeting was open").unwrap();
    assert!(discussed.contains("Rating Amber → Green") && !discussed.contains("Sent in by mail"), "{minutes}");
    assert!(rest.contains("Sent in by mail"), "{minutes}");
}

#[test]
fn minutes_for_programs_hold_the_meeting_and_a_filter_is_refused() {
    let desk = met();
    let minutes: serde_json::Value = serde_json::from_str(&text(&desk, "minutes", "json")).unwrap();
    assert_eq!(minutes["meeting"]["body"], "POS");
    assert_eq!(minutes["attendance"][1]["attendance"], "apologies");
    assert_eq!(minutes["items"][0]["points"][0], "Rating Amber → Green");
    assert_eq!(minutes["decisions"][0]["ref"], "2.1");
    assert_eq!(minutes["carried_forward"][0]["why"], "nobody from the police");
    assert_eq!(minutes["not_reached"][0], "8.2");
    // Formats that hold only tables say what was said of each item too.
    let table = text(&desk, "minutes", "csv");
    assert!(table.contains("Discussion") && table.contains("Rating Amber → Green"), "{table}");
    let (told, today, log) = (desk.log().unwrap(), env().today, desk.store().log().unwrap());
    let filter = Filter::parse("overdue", desk.register(), today).unwrap();
    let options = options();
    let material =
        Material { register: desk.register(), log: &log, told: &told, today, filter: &filter, options: &options };
    let problem = Report::named("minutes").unwrap().document(&material).unwrap_err().to_string();
    assert!(problem.contains("minutes cover the whole meeting"), "{problem}");
}

#[test]
fn what_is_written_after_the_end_is_a_correction() {
    let mut desk = met();
    let meeting = desk.register().meetings[0].id;
    let item = action(desk.register(), "8.2");
    act(&mut desk, &Intent::ReopenMeeting { meeting });
    act(&mut desk, &Intent::Rate { action: item, rating: Some("Amber".into()), note: None });
    let minutes = text(&desk, "minutes", "md");
    assert!(minutes.contains("- Correction of 21 Nov 2026: Rating Red → Amber"), "{minutes}");
    assert_eq!(minutes.matches("Correction").count(), 1);
}

#[test]
fn minutes_are_written_by_the_command_of_meetings_too() {
    let desk = crate::kit::desk::Desk::with_plans();
    desk.run(&["meeting", "start", "OPS", "--chair", "Pat Lee, Independent Chair", "--present", "CFT=Bo Less"])
        .expect_done();
    desk.run(&["meeting", "end"]).expect_done();
    let (one, other) = (desk.run(&["meeting", "minutes", "OPS"]), desk.run(&["report", "minutes", "--meeting", "OPS"]));
    assert_eq!((one.code, &one.out), (0, &other.out));
    assert!(one.out.contains("Minutes: OPS") && one.out.contains("Bo Less"));
    let redacted = desk.run(&["meeting", "minutes", "--redact"]).out;
    assert!(redacted.contains("Independent Chair") && !redacted.contains("Pat Lee") && !redacted.contains("Bo Less"));
    let minutes = desk.json(&["meeting", "minutes", "--format", "json"]);
    assert_eq!(minutes["meeting"]["stage"], "ended");
    let refused = desk.run(&["report", "minutes", "overdue"]);
    assert!(refused.code == 1 && refused.err.contains("whole meeting"), "{refused:?}");
}
