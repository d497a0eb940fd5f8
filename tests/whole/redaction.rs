//! Names of people leave a redacted report, in every format, and nothing else does.

use std::fs;

use super::parts;
use crate::kit::desk::{Desk, Said};

/// A meeting chaired by May and attended by Text, with a lead who was typed, a post with a name in it, and a long action in
/// which a name stands where a heading is cut.
fn board() -> Desk {
    let desk = Desk::with_plans();
    let reference = "adult-m:1.1";
    desk.run(&["meeting", "start", "OPS", "--chair", "May", "--present", "CFT=Text"]);
    desk.run(&["lead", reference, "--new", "Zelda Quimby"]).expect_done();
    desk.run(&["lead", "adult-m:2.1", "--new", "Designated nurse (Yorick Plum)"]).expect_done();
    for text in ["By May 2021 Zelda Quimby had met Yorick Plum.", "Xavier Oddname wrote in May and on 1 May."] {
        desk.run(&["progress", reference, text, "--by", "Xavier Oddname"]);
    }
    desk.run(&["progress", reference, "The nurse agreed.", "--by", "Zelda"]);
    desk.run(&["meeting", "end"]);
    desk
}

fn redacted(desk: &Desk, report: &str, format: &str) -> (String, Said) {
    let name = format!("{report}.{format}");
    let said = desk.run(&["report", report, "--redact", "--format", format, "-o", &name]);
    let text = fs::read(desk.path(&name)).map(|bytes| parts(&bytes)).unwrap_or_default();
    (text.into_iter().map(|(_, text)| text).collect(), said)
}

#[test]
fn who_leads_chairs_attends_or_writes_is_a_person_in_every_report() {
    let desk = board();
    let shown = desk.run(&["report", "plan", "--format", "txt"]).out;
    for name in ["Quimby", "Plum", "Oddname"] {
        assert!(shown.contains(name), "{name} is there unless redacted: {shown}");
    }
    // Names are replaced before a format sees them, so every format of one report and one of every report are tried.
    let formats = ["docx", "xlsx", "html", "csv", "json", "md"].map(|format| ("plan", format));
    let reports = ["plan", "overdue", "exceptions", "minutes", "dashboard", "annual", "changes", "audit"];
    for (report, format) in reports.map(|report| (report, "txt")).into_iter().chain(formats) {
        let (text, said) = redacted(&desk, report, format);
        assert_eq!(said.code, 0, "{report} {format}: {said:?}");
        for name in ["Zelda Quimb", "Quimby", "Yorick", "Plum", "Xavier", "Oddname"] {
            assert!(!text.contains(name), "{name} in {report} as {format}");
        }
    }
    let plan = redacted(&desk, "plan", "txt").0;
    assert!(plan.contains("Z.Q.") && plan.contains("Designated nurse") && plan.contains("X.O."), "{plan}");
}

#[test]
fn a_month_stays_a_month_and_a_key_stays_a_key() {
    let desk = board();
    let plan = redacted(&desk, "plan", "txt").0;
    assert!(plan.contains("By May 2021 Z.Q. had met") && plan.contains("wrote in May and on 1 May"), "{plan}");
    let minutes = redacted(&desk, "minutes", "txt").0;
    assert!(minutes.contains("Chair: M.") && !minutes.contains("Text"), "{minutes}");
    let keys = |redact: bool| {
        let arguments: &[&str] = if redact { &["--redact"] } else { &[] };
        let said = desk.run(&[&["report", "plan", "--format", "json"], arguments].concat());
        let rows: Vec<serde_json::Map<String, serde_json::Value>> = serde_json::from_str(&said.out).unwrap();
        rows.iter().map(|row| row.keys().cloned().collect::<Vec<_>>()).collect::<Vec<_>>()
    };
    assert_eq!(keys(true), keys(false));
}

#[test]
fn what_is_left_to_a_human_eye_is_listed_beside_the_report() {
    let desk = board();
    let (_, said) = redacted(&desk, "plan", "txt");
    assert!(said.err.contains("“Zelda Quimby” was taken for a person"), "{}", said.err);
    assert!(said.err.contains("Check by eye") && said.err.contains("By May 2021"), "{}", said.err);
    let shown = desk.run(&["report", "plan", "--format", "txt"]);
    assert!(!shown.err.contains("Check by eye"), "{}", shown.err);
}

#[test]
fn the_marking_is_redacted_too_and_a_filter_still_finds_its_actions() {
    let desk = board();
    let arguments =
        ["report", "plan", "Quimby", "--redact", "--format", "txt", "--marking", "OFFICIAL: for Zelda Quimby"];
    let said = desk.run(&arguments);
    assert!(said.out.contains("OFFICIAL: for Z.Q.") && said.out.contains("short referral form"), "{said:?}");
    assert!(!said.out.contains("Quimby"), "{}", said.out);
    let dashboard = desk.run(&["report", "dashboard", "lead:\"Zelda Quimby\"", "--redact", "--format", "txt"]).out;
    assert!(dashboard.contains("Z.Q.") && !dashboard.contains("Quimby"), "{dashboard}");
}

#[test]
fn a_plan_named_after_a_person_is_not() {
    let desk = board();
    fs::copy(crate::kit::desk::fixture("dhr9.txt"), desk.path("Zelda Quimby review.txt")).unwrap();
    desk.run(&["import", "Zelda Quimby review.txt", "--new"]).expect_done();
    for report in ["plan", "overdue", "audit", "dashboard"] {
        let (text, said) = redacted(&desk, report, "txt");
        assert!(!text.to_lowercase().contains("quimby") && said.code == 0, "{report}: {text}");
    }
    let chosen = ["report", "overdue", "plan:zelda-quimby-review", "--redact", "--format", "json"];
    let rows: serde_json::Value = serde_json::from_str(&desk.run(&chosen).out).unwrap();
    assert!(!rows.as_array().unwrap().is_empty() && !rows.to_string().to_lowercase().contains("quimby"), "{rows}");
}
