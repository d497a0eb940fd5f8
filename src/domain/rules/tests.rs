use super::super::change::{Cause, Kind, Value};
use super::super::fixture::{Import, Log, day, harbour, partial, target, today};
use super::super::intent::{Intent, PartyChoice};
use super::super::party::PartyKind;
use super::super::query;

fn new(name: &str) -> PartyChoice {
    PartyChoice::New(name.into())
}

fn assign(log: &Log, reference: &str, leads: &[PartyChoice]) -> Intent {
    Intent::Assign { action: log.action(reference), leads: leads.to_vec() }
}

fn retarget(log: &Log, reference: &str, dates: &[&str]) -> Intent {
    let dates = dates.iter().map(|raw| target(raw)).collect();
    Intent::Retarget { action: log.action(reference), dates, reason: " funding ".into() }
}

fn leads(log: &Log, reference: &str) -> Vec<String> {
    let action = log.register.action(log.action(reference)).unwrap();
    action.leads().iter().map(|lead| log.register.party_name(lead.party).into()).collect()
}

#[test]
fn a_rating_is_set_by_word_or_letter_and_cleared() {
    let mut log = harbour();
    assert_eq!(log.say(&log.rate("7.1", "a")), "7.1 Green → Amber");
    assert_eq!(log.say(&log.rate("7.1", "RED")), "7.1 Amber → Red");
    assert_eq!(log.say(&log.rate("7.1", "-")), "7.1 Red → not rated");
    assert_eq!(log.say(&log.rate("7.1", "-")), "7.1 is already not rated.");
}

#[test]
fn setting_the_present_rating_writes_only_the_note() {
    let mut log = harbour();
    assert_eq!(log.say(&log.rate("7.1", "green")), "7.1 is already Green.");
    let noted =
        |text: &str| Intent::Rate { action: log.action("7.1"), rating: Some("g".into()), note: Some(text.into()) };
    let (blank, full) = (noted("  "), noted("Confirmed"));
    assert_eq!(log.say(&blank), "7.1 is already Green.");
    assert_eq!(log.say(&full), "7.1 progress added: “Confirmed”");
}

#[test]
fn a_rating_with_a_note_is_one_batch() {
    let mut log = harbour();
    let intent = Intent::Rate { action: log.action("7.1"), rating: Some("a".into()), note: Some("Slipped".into()) };
    assert_eq!(log.say(&intent), "7.1 Green → Amber, progress added: “Slipped”");
    assert_eq!(log.batches.last().unwrap().changes.len(), 2);
}

#[test]
fn an_unknown_rating_names_the_plans_ratings() {
    let mut log = harbour();
    let said = log.say(&log.rate("7.1", "purple"));
    assert_eq!(
        said,
        "7.1 was not rated: this plan has no rating “purple”. It has R Red, A Amber, G Green, B Blue, and - for not rated."
    );
}

#[test]
fn progress_needs_text_and_a_date_that_is_not_in_the_future() {
    let mut log = harbour();
    let entry = |date, text: &str| Intent::Progress { action: log.action("7.1"), date, text: text.into(), by: None };
    let cases = [
        (entry(None, " \n"), "7.1 was not updated: there is no text. Type what was said."),
        (entry(partial("2026-11-22"), "x"), "is in the future"),
        (entry(partial("2027"), "x"), "is in the future"),
        (entry(partial("2026-13"), "x"), "there is no such date as 2026-13"),
        (entry(partial("2026"), "x"), "7.1 progress added: “x”"),
    ];
    for (intent, wanted) in cases {
        let said = log.say(&intent);
        assert!(said.contains(wanted), "{said}");
    }
    let entry = log.register.action(log.action("7.1")).unwrap().entries.last().unwrap().clone();
    assert_eq!(entry.said.date, partial("2026"));
    log.say(&log.note("7.1", "no date is today"));
    let entry = log.register.action(log.action("7.1")).unwrap().entries.last().unwrap().clone();
    assert_eq!(entry.said.date, Some(today().into()));
}

#[test]
fn a_target_is_moved_with_its_reason_and_removed() {
    let mut log = harbour();
    assert_eq!(log.say(&retarget(&log, "7.1", &["2027-03"])), "7.1 target 2021-07 → 2027-03 (funding)");
    assert_eq!(log.say(&retarget(&log, "7.1", &["2027-03", " "])), "7.1 already has 2027-03. Type the new date.");
    assert_eq!(
        log.say(&retarget(&log, "7.1", &["when funded"])),
        "7.1 target 2027-03 → when funded, no date recognised (funding)"
    );
    assert_eq!(log.say(&retarget(&log, "7.1", &[])), "7.1 target when funded → none (funding)");
    assert_eq!(log.say(&retarget(&log, "7.1", &[])), "7.1 already has no target. Type the new date.");
    assert_eq!(
        log.register.action(log.action("7.1")).unwrap().original_targets.clone().unwrap().dates,
        [target("2021-07")]
    );
}

#[test]
fn a_typed_name_that_is_known_means_that_party() {
    let mut log = harbour();
    let before = log.register.parties.len();
    assert_eq!(
        log.say(&assign(&log, "7.1", &[new("police"), new("Operations")])),
        "7.1 leads Saltmarsh Police → Saltmarsh Police · OPS"
    );
    assert_eq!(log.register.parties.len(), before);
}

#[test]
fn a_new_name_makes_one_party_of_the_kind_it_says() {
    let mut log = harbour();
    let choices = [new("Lantern Charity"), new("lantern  charity."), new("Learning Sub-Group")];
    assert_eq!(
        log.say(&assign(&log, "7.1", &choices)),
        "7.1 leads Saltmarsh Police → Lantern Charity · Learning Sub-Group"
    );
    let kind = |log: &Log, name| log.register.party(log.party(name)).unwrap().kind();
    assert_eq!(kind(&log, "Lantern Charity"), PartyKind::Agency);
    assert_eq!(kind(&log, "Learning Sub-Group"), PartyKind::Subgroup);
    let via = Intent::Oversee { action: log.action("7.1"), via: vec![new("Quality")] };
    assert_eq!(log.say(&via), "7.1 via OPS → Quality");
    assert_eq!(kind(&log, "Quality"), PartyKind::Subgroup);
}

#[test]
fn leads_without_change_or_without_a_name_are_refused() {
    let mut log = harbour();
    let same = [PartyChoice::Known(log.party("Saltmarsh Police")), new("Police")];
    assert_eq!(log.say(&assign(&log, "7.1", &same)), "7.1 is already led by Saltmarsh Police.");
    assert!(log.say(&assign(&log, "7.1", &[new("?!")])).contains("“?!” is not a name"));
    assert_eq!(log.say(&assign(&log, "7.1", &[])), "7.1 leads Saltmarsh Police → none");
    assert_eq!(log.say(&assign(&log, "7.1", &[])), "7.1 already has no lead.");
    let unknown = [PartyChoice::Known(log.action("7.1"))];
    assert!(log.say(&assign(&log, "7.2", &unknown)).contains("not in the register"));
}

#[test]
fn a_lead_that_stays_keeps_the_documents_wording() {
    let mut log = harbour();
    log.say(&assign(&log, "7.1", &[new("POLICE, the")]));
    log.say(&assign(&log, "7.1", &[new("Police"), new("OPS")]));
    assert_eq!(leads(&log, "7.1"), ["Saltmarsh Police", "OPS"]);
}

#[test]
fn text_is_changed_to_other_text_only() {
    let mut log = harbour();
    let reword = |log: &Log, text: &str| Intent::Reword { action: log.action("7.1"), text: text.into() };
    assert_eq!(log.say(&reword(&log, " Do it ")), "7.1 reworded: “Do it”");
    assert_eq!(log.say(&reword(&log, "Do it")), "7.1 already says that.");
    assert!(log.say(&reword(&log, " ")).contains("there is no text"));
}

#[test]
fn an_action_is_added_with_its_lead_and_its_target() {
    let mut log = harbour();
    let (plan, rec) = (log.register.plans[0].id, log.register.recommendations[0].id);
    let dates = vec![crate::domain::date_text::target("Mar 2027", None)];
    let (leads, text) = (vec![new("Bell Founders"), new("bell founder")], "Ring the bell".into());
    let said = log.say(&Intent::AddAction { plan, recommendation: Some(rec), text, leads, dates });
    assert_eq!(said, "7.4 added: “Ring the bell”");
    let action = log.register.action(log.action("7.4")).unwrap();
    assert_eq!(action.leads().len(), 1);
    assert_eq!(log.register.party_name(action.leads()[0].party), "Bell Founders");
    assert_eq!((action.targets()[0].raw.as_str(), action.slips), ("Mar 2027", 0));
    log.undo().unwrap();
    assert!(!log.register.visible_actions().any(|action| action.text() == "Ring the bell"));
}

#[test]
fn an_action_is_added_under_a_recommendation() {
    let mut log = harbour();
    let plan = log.register.plans[0].id;
    let rec = log.register.recommendations[0].id;
    let add = |recommendation, text: &str| Intent::AddAction {
        plan,
        recommendation,
        text: text.into(),
        leads: Vec::new(),
        dates: Vec::new(),
    };
    assert_eq!(log.say(&add(Some(rec), "Ring the bell")), "7.4 added: “Ring the bell”");
    assert!(log.say(&add(Some(rec), " ")).contains("there is no text"));
    assert!(log.say(&add(None, "x")).contains("an action belongs to one"));
    assert!(log.say(&add(Some(plan), "x")).contains("no such recommendation"));
    assert!(
        log.say(&Intent::AddAction {
            plan: rec,
            recommendation: None,
            text: "x".into(),
            leads: Vec::new(),
            dates: Vec::new()
        })
        .contains("no such plan")
    );
}

#[test]
fn closing_is_proposed_then_agreed_and_can_be_reopened() {
    let mut log = harbour();
    let action = log.action("7.1");
    let propose = |evidence: &str| Intent::ProposeClosure { action, evidence: evidence.into() };
    let agree = |evidence: &str| Intent::AgreeClosure { action, evidence: evidence.into() };
    let reopen = |reason: &str| Intent::Reopen { action, reason: reason.into() };
    let steps = [
        (agree("done"), "7.1 was not closed: its closure has not been proposed. Propose it, with the evidence."),
        (reopen(""), "7.1 is already open."),
        (propose(" "), "7.1 was not proposed: there is no evidence. Say what shows that it is done."),
        (propose("Minutes of June"), "7.1 proposed for closure: “Minutes of June”"),
        (propose("again"), "7.1 is already proposed for closure. Agree it, or reopen it."),
        (agree(""), "7.1 closed: “Minutes of June”"),
        (agree(""), "7.1 is already closed."),
        (propose("x"), "7.1 is already closed. Reopen it first."),
        (reopen("The audit failed"), "7.1 reopened, progress added: “Reopened: The audit failed”"),
        (propose("Audit passed"), "7.1 proposed for closure: “Audit passed”"),
        (reopen(""), "7.1 reopened"),
    ];
    for (intent, wanted) in steps {
        assert_eq!(log.say(&intent), wanted);
    }
}

#[test]
fn a_closed_action_is_not_overdue() {
    let mut log = harbour();
    let action = log.action("7.3");
    let is_overdue = |log: &Log| query::is_overdue(&log.register, log.register.action(action).unwrap(), today());
    assert!(is_overdue(&log));
    log.act(&Intent::ProposeClosure { action, evidence: "seen".into() }).unwrap();
    assert!(is_overdue(&log));
    log.act(&Intent::AgreeClosure { action, evidence: String::new() }).unwrap();
    assert!(!is_overdue(&log));
}

#[test]
fn what_is_withdrawn_cannot_be_changed() {
    let mut log = harbour();
    let withdraw = |reason: &str| Intent::Withdraw { action: log.action("7.1"), reason: reason.into() };
    let (blank, full) = (withdraw(""), withdraw("Merged into 8.1"));
    assert!(log.say(&blank).contains("there is no reason"));
    assert_eq!(log.say(&full), "7.1 withdrawn: Merged into 8.1");
    assert_eq!(log.say(&log.rate("7.1", "a")), "7.1 is withdrawn: Merged into 8.1. Undo the withdrawal first.");
    assert_eq!(log.register.visible_actions().count(), 6);
    let nothing = Intent::Withdraw { action: log.party("OPS"), reason: "x".into() };
    assert_eq!(log.say(&nothing), "There is no such action. Press Esc and choose it again.");
}

#[test]
fn nothing_of_a_withdrawn_plan_can_be_changed() {
    let mut log = harbour();
    log.undo().unwrap();
    assert_eq!(log.say(&log.rate("7.1", "a")), "7.1 cannot be changed: its plan is withdrawn.");
    let add = Intent::AddAction {
        plan: log.register.plans[0].id,
        recommendation: None,
        text: "x".into(),
        leads: Vec::new(),
        dates: Vec::new(),
    };
    assert!(log.say(&add).contains("there is no such plan, or it is withdrawn"));
}

#[test]
fn in_a_log_without_recommendations_actions_are_numbered_alone() {
    let mut log = Log::new();
    let mut import = Import::default();
    let plan = import.plan("minutes", None);
    import.add(Kind::Action { plan, recommendation: None }, vec![Value::Text("Ring".into())]);
    log.write(Cause::Import { file: "minutes.txt".into() }, import.ops);
    let add = Intent::AddAction {
        plan: log.register.plans[0].id,
        recommendation: None,
        text: "Knock".into(),
        leads: Vec::new(),
        dates: Vec::new(),
    };
    assert_eq!(log.say(&add), "2 added: “Knock”");
    assert_eq!(log.say(&log.rate("2", "b")), "2 not rated → Blue");
}

#[test]
fn a_doubt_is_settled_once() {
    let mut log = harbour();
    let settle = |index| Intent::SettleFlag { action: log.action("8.1"), index };
    let (first, second) = (settle(0), settle(1));
    assert!(log.say(&second).contains("no longer has that doubt"));
    assert_eq!(log.say(&first), "8.1 doubt about the target settled: this is no whole date");
    assert!(log.say(&first).contains("no longer has that doubt"));
}

#[test]
fn setting_a_field_settles_the_doubt_about_it() {
    let mut log = harbour();
    let flags = |log: &Log| log.register.action(log.action("8.1")).unwrap().flags().len();
    log.act(&retarget(&log, "8.1", &["when funded"])).unwrap();
    assert_eq!(flags(&log), 1, "still no date");
    let said = log.say(&retarget(&log, "8.1", &["2027-01"]));
    assert_eq!(
        said,
        "8.1 target when funded → 2027-01 (funding), doubt about the target settled: this is no whole date"
    );
    assert_eq!(flags(&log), 0);
    log.undo().unwrap();
    assert_eq!(flags(&log), 1);
}

#[test]
fn a_target_that_moved_and_moved_back_has_slipped_twice_and_undo_takes_that_back() {
    let mut log = harbour();
    let slips = |log: &Log| log.register.action(log.action("7.2")).unwrap().slips;
    for date in ["2027-01", "2026-12"] {
        log.act(&retarget(&log, "7.2", &[date])).unwrap();
    }
    assert_eq!(slips(&log), 2);
    log.undo().unwrap();
    log.undo().unwrap();
    assert_eq!(slips(&log), 0);
}

#[test]
fn setting_the_value_in_force_settles_a_conflict() {
    let mut log = harbour();
    let mut other = log.copy(9, "Ben");
    log.act(&log.rate("7.1", "a")).unwrap();
    other.act(&other.rate("7.1", "r")).unwrap();
    log.merge(&other);
    let action = log.action("7.1");
    let rating = |log: &Log| log.register.action(action).unwrap().rating.clone();
    assert!(rating(&log).in_conflict());
    let now = rating(&log).get().cloned().flatten().unwrap();
    log.act(&log.rate("7.1", &now)).unwrap();
    assert!(!rating(&log).in_conflict());
    assert_eq!(rating(&log).get().cloned().flatten(), Some(now));
}

#[test]
fn an_import_is_not_a_change_and_an_edit_is() {
    let mut log = harbour();
    assert_eq!(log.register.action(log.action("7.1")).unwrap().changed, None);
    log.today = day("2026-10-02");
    log.act(&log.note("7.1", "heard")).unwrap();
    assert_eq!(log.register.action(log.action("7.1")).unwrap().changed, Some(day("2026-10-02")));
}
