//! `arising chase`: drafts that a mail program opens, the form in each, and the record of who was asked.

use std::fs;

use mail_parser::{Message, MessageParser, MimeHeaders};

use crate::kit::desk::Desk;

const PLAN: &str = "No,Action,Lead,Target date,RAG,Progress\n\
1,Mend the lamps on the north steps,Harbour Office,31/01/2026,Red,\n\
2,Count the life belts each spring,Harbour Office,30/09/2026,Amber,\n\
3,Train the ferry crews in rescue,Pier Trust,31/05/2027,Amber,\n\
4,Print the tide tables for every shop,Harbour Office,30/06/2026,Green,\n";

fn board() -> Desk {
    let desk = Desk::empty();
    fs::write(desk.path("quay.csv"), PLAN).unwrap();
    desk.run(&["import", "quay.csv"]).expect_done();
    desk.run(&["party", "address", "Harbour Office", "office@example.org"]).expect_done();
    desk
}

fn draft(desk: &Desk, name: &str) -> Message<'static> {
    let bytes = fs::read(desk.path(name)).unwrap();
    MessageParser::default().parse(&bytes).unwrap().into_owned()
}

#[test]
fn a_lead_gets_one_draft_with_what_is_overdue_or_due_and_the_form() {
    let desk = board();
    let said = desk.run(&["chase", "-o", "out", "--return-by", "2026-10-01", "--contact", "sab@example.org"]);
    let said = said.expect_done().out;
    assert!(said.contains("Harbour Office: 2 actions, out"), "{said}");
    assert!(said.contains("saved: 1 lead asked about 2 actions, to answer by 1 Oct 2026"), "{said}");
    let names: Vec<_> = fs::read_dir(desk.path("out")).unwrap().map(|file| file.unwrap().file_name()).collect();
    assert_eq!(names, ["chase-harbour-office-2026-09-12.eml"]);
    let mail = draft(&desk, "out/chase-harbour-office-2026-09-12.eml");
    assert_eq!(mail.to().unwrap().first().unwrap().address(), Some("office@example.org"));
    let subject = "[OFFICIAL-SENSITIVE] Harbour Office: 2 actions, 1 overdue, answer by 1 Oct 2026";
    assert_eq!(mail.subject(), Some(subject));
    assert_eq!(mail.header_raw("X-Unsent").map(str::trim), Some("1"));
    assert!(mail.date().is_none() && mail.from().is_none() && mail.message_id().is_none());
    let body = mail.body_text(0).unwrap();
    for words in
        ["Mend the lamps", "overdue by 7 months", "Count the life belts", "Red", "1 Oct 2026", "sab@example.org"]
    {
        assert!(body.contains(words), "{words} in {body}");
    }
    assert!(!body.contains("tide tables") && !body.contains("ferry"), "{body}");
    let form = mail.attachment(0).unwrap();
    assert_eq!(form.attachment_name(), Some("return-harbour-office-2026-09-12.docx"));
    fs::write(desk.path("return.docx"), form.contents()).unwrap();
    let said = desk.run(&["import", "return.docx", "--dry-run"]).expect_done().out;
    assert!(said.contains("return"), "{said}");
}

#[test]
fn who_was_asked_is_remembered_until_something_is_heard() {
    let desk = board();
    desk.run(&["chase", "-o", "out"]).expect_done();
    assert_eq!(desk.references(&["unanswered"]), ["1", "2"]);
    assert!(desk.run(&["show", "1"]).out.contains("asked 12 Sep 2026 (Harbour Office), no answer"));
    desk.run(&["progress", "1", "Two lamps are mended."]).expect_done();
    assert_eq!(desk.references(&["unanswered"]), ["2"]);
    assert!(desk.run(&["show", "1"]).out.contains("answered since"));
    desk.run(&["undo"]).expect_done();
    assert_eq!(desk.references(&["unanswered"]), ["1", "2"], "what was taken back is no answer");
    desk.run(&["rate", "2", "green"]).expect_done();
    assert_eq!(desk.references(&["unanswered"]), ["1"]);
    desk.run(&["undo"]).expect_done();
    desk.run(&["undo"]).expect_done();
    assert!(desk.references(&["unanswered"]).is_empty(), "one undo takes back what was asked");
    assert!(!desk.run(&["show", "1"]).out.contains("asked 12 Sep"));
}

#[test]
fn what_was_asked_and_not_answered_is_asked_again_though_it_is_not_due() {
    let desk = board();
    desk.run(&["chase", "--for", "Pier Trust", "--due", "900d", "-o", "out"]).expect_done();
    let said = desk.run(&["chase", "--for", "Pier Trust", "--dry-run"]).expect_done().out;
    assert!(said.contains("asked 12 Sep 2026 (Pier Trust), no answer"), "{said}");
    assert!(said.contains("no address is known"), "{said}");
    desk.run(&["progress", "3", "Six crews are trained."]).expect_done();
    desk.run(&["chase", "--for", "Pier Trust", "--dry-run"]).expect_refused(&["Nobody is to be asked", "Pier Trust"]);
}

#[test]
fn no_draft_is_overwritten_and_a_dry_run_writes_nothing() {
    let desk = board();
    let dry = desk.run(&["chase", "--dry-run"]).expect_done().out;
    assert!(dry.contains("Harbour Office, 2 actions (office@example.org)"), "{dry}");
    assert!(desk.references(&["unanswered"]).is_empty());
    desk.run(&["chase", "-o", "out"]).expect_done();
    let name = "out/chase-harbour-office-2026-09-12.eml";
    fs::write(desk.path(name), "altered by hand").unwrap();
    desk.run(&["chase", "-o", "out"]).expect_refused(&["Nothing was written", "altered by hand"]);
    assert_eq!(fs::read(desk.path(name)).unwrap(), b"altered by hand");
}

#[test]
fn to_be_asked_is_not_to_be_changed() {
    let desk = board();
    let before = desk.references(&["changed:2026-09-12"]);
    desk.run(&["chase", "-o", "out"]).expect_done();
    assert_eq!(desk.references(&["changed:2026-09-12"]), before);
}
