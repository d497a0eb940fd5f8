//! The past from the command line: the plan as it stood, and what differs between two dates or meetings.

use crate::kit::desk::{Desk, Said, fixture};
use crate::kit::published;
use serde_json::Value;

impl Desk {
    fn on(&self, day: &str, arguments: &[&str]) -> Said {
        let mut command = self.command(arguments);
        Said::from(command.env("ARISING_TODAY", day).output().unwrap()).expect_done()
    }

    /// A meeting on a day, in which these are rated.
    fn meet(&self, day: &str, body: &str, rated: &[(&str, &str)]) {
        self.on(day, &["meeting", "start", body, "--chair", "A. Chair"]);
        for (reference, rating) in rated {
            self.on(day, &["rate", reference, rating]);
        }
        self.on(day, &["meeting", "end"]);
    }
}

/// What `list --json` says, but for what every change leaves behind.
fn listed(desk: &Desk, arguments: &[&str]) -> Vec<Value> {
    let list = desk.json(&[&["list", "--json", "--today", "2026-06-01"], arguments].concat());
    list.as_array().unwrap().clone()
}

fn as_at_the_day_before_is_as_imported(document: &str, rated: &[(&str, &str)]) {
    let desk = Desk::empty();
    desk.on("2026-06-01", &["import", document]);
    let imported = listed(&desk, &[]);
    desk.meet("2026-09-10", "Practice Group", rated);
    assert_ne!(listed(&desk, &[]), imported);
    assert_eq!(listed(&desk, &["--as-at", "2026-09-09"]), imported);
    let said = desk.on("2026-09-12", &["compare", "2026-06-01", "2026-09-09"]);
    assert!(said.out.ends_with("no differences\n"), "{}", said.out);
    let said = desk.on("2026-09-12", &["compare", "Practice"]);
    for (reference, _) in rated {
        assert_eq!(said.out.matches(&format!("  {reference} ")).count(), 1, "{}", said.out);
    }
}

#[test]
fn as_at_the_day_before_a_meeting_is_the_plan_as_imported() {
    as_at_the_day_before_is_as_imported(&fixture("review/harbour.csv"), &[("1.1", "green"), ("1.2", "amber")]);
}

#[test]
fn as_at_the_day_before_a_meeting_is_the_real_plan_as_imported() {
    if let Some(plan) = published::path("adult-c.docx") {
        as_at_the_day_before_is_as_imported(&plan.display().to_string(), &[("7.1", "red"), ("8.1", "amber")]);
    }
}

#[test]
fn two_meetings_are_compared_and_a_filter_narrows_the_comparison() {
    let desk = Desk::empty();
    desk.on("2026-06-01", &["import", &fixture("review/harbour.csv")]);
    desk.meet("2026-07-01", "Practice Group", &[("1.1", "red")]);
    desk.on("2026-08-01", &["rate", "2.1", "red"]);
    desk.meet("2026-09-10", "Practice Group", &[("1.1", "green"), ("1.2", "amber")]);
    let between = desk.on("2026-09-12", &["compare", "practice 2026-07-01", "practice 2026-09-10", "rec:1"]).out;
    assert!(between.starts_with("from the beginning of the meeting of Practice Group, 1 Jul 2026 to the end of"));
    assert!(between.contains("  1.1 Amber → Green\n") && !between.contains("2.1"), "{between}");
    let found = desk.json(&["compare", "2026-07-31", "rating:red", "--json"]);
    let sentences: Vec<&str> = found.as_array().unwrap().iter().map(|one| one["sentence"].as_str().unwrap()).collect();
    assert!(sentences.iter().any(|sentence| sentence.starts_with("2.1 ")), "{sentences:?}");
    assert!(!sentences.iter().any(|sentence| sentence.starts_with("meeting")), "{sentences:?}");
    desk.run(&["compare", "practice"]).expect_refused(&["could be", "10 Sep 2026", "1 Jul 2026"]);
    desk.run(&["compare", "2027-01-01"]).expect_refused(&["in the future"]);
}

#[test]
fn the_changes_report_starts_at_the_last_meeting_by_default() {
    let desk = Desk::empty();
    desk.on("2026-06-01", &["import", &fixture("review/harbour.csv")]);
    desk.meet("2026-07-01", "Practice Group", &[("1.1", "red")]);
    desk.on("2026-08-01", &["rate", "2.1", "red"]);
    let since = desk.on("2026-09-12", &["report", "changes", "--format", "txt"]).out;
    assert!(since.contains("the end of the meeting of Practice Group, 1 Jul 2026"), "{since}");
    assert!(since.contains("1 difference, in 1 action."), "{since}");
    let all = desk.on("2026-09-12", &["report", "changes", "--from", "2026-06-01", "--format", "csv"]).out;
    assert!(all.contains("1.1") && all.contains("2.1"), "{all}");
}

/// `show` reads only what is about the action, and `log` reads it all: they say the same.
#[test]
fn the_history_of_an_action_is_what_the_log_says_of_it() {
    let desk = Desk::with_plans();
    for arguments in [
        &["rate", "adult-m:1.1", "green", "--note", "seen"][..],
        &["lead", "adult-m:1.1", "Coastguard", "--new"],
        &["undo"],
        &["meeting", "start", "Practice Group", "--chair", "A. Chair"],
        &["rate", "adult-m:1.1", "red"],
        &["progress", "adult-m:2.1", "heard"],
        &["meeting", "end"],
        &["withdraw", "adult-m:2.2", "--reason", "double"],
        &["undo"],
        &["redo"],
        &["undo"],
        &["number", "adult-m:1.1", "1.9"],
        &["party", "rename", "Wexmere Police", "Wexmere Constabulary"],
        &["join", "adult-m:2.1", "2.2"],
    ] {
        desk.run(arguments).expect_done();
    }
    let log = desk.json(&["log", "--json"]);
    let references: Vec<String> = desk.references(&["plan:adult-m"]);
    assert!(references.contains(&"1.9".to_owned()), "{references:?}");
    for reference in references {
        let whole = format!("adult-m:{reference}");
        let shown = desk.action(&whole)["history"].clone();
        assert_eq!(shown, desk.json(&["log", "--json", &format!("ref:{reference}"), "plan:adult-m"]), "{reference}");
        let rows = log.as_array().unwrap();
        assert!(shown.as_array().unwrap().iter().all(|row| rows.contains(row)), "{reference}");
    }
}
