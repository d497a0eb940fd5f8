//! The calendar as a file that other calendars import.

use super::*;

#[test]
fn an_action_that_is_closed_or_given_up_is_cancelled() {
    let mut desk = demo();
    let item = action(desk.register(), "2.1");
    let events = |desk: &Desk| {
        let calendar = text(desk, "calendar", "ics").replace("\r\n ", "");
        let of = calendar.split("BEGIN:VEVENT").filter(|event| event.contains(&format!("UID:{item}-1@")));
        of.map(|event| event.contains("STATUS:CANCELLED")).collect::<Vec<bool>>()
    };
    assert_eq!(events(&desk), [false]);
    act(&mut desk, &Intent::ProposeClosure { action: item, evidence: "Signed".into() });
    assert_eq!(events(&desk), [false], "a proposal changes nothing");
    act(&mut desk, &Intent::AgreeClosure { action: item, evidence: String::new() });
    assert_eq!(events(&desk), [true]);
    desk.undo(&env()).unwrap();
    assert_eq!(events(&desk), [false]);
    act(&mut desk, &Intent::Abandon { action: item, reason: "The service closed".into() });
    assert_eq!(events(&desk), [true]);
    assert!(text(&desk, "calendar", "ics").contains("SUMMARY:No longer due: 2.1 due"));
}
