//! What a board sees of two moments: each net change once, and nothing of what was taken back.

use proptest::prelude::*;

use super::super::change::Batch;
use super::super::fixture::{Log, day, harbour, some_act, target};
use super::super::intent::{Attendee, Begin, Intent, PartyChoice, Rest};
use super::super::meeting::{Agenda, Presence};
use super::super::moment::{Moment, Side};
use super::super::register::Register;
use super::between;

fn sentences(then: &Register, now: &Register) -> Vec<String> {
    between(then, now).into_iter().map(|found| found.line.sentence).collect()
}

/// What the acts change, in sentences.
fn changed_by(acts: impl FnOnce(&mut Log)) -> Vec<String> {
    let mut log = harbour();
    let then = log.register.clone();
    acts(&mut log);
    sentences(&then, &log.register)
}

fn retarget(log: &Log, reference: &str, raw: &str, reason: &str) -> Intent {
    Intent::Retarget { action: log.action(reference), dates: vec![target(raw)], reason: reason.into() }
}

#[test]
fn each_change_is_reported_once_by_its_outcome() {
    let found = changed_by(|log| {
        log.act(&log.rate("7.2", "Red")).unwrap();
        log.act(&log.rate("7.2", "Green")).unwrap();
        log.act(&retarget(log, "7.2", "2027-01", "no venue")).unwrap();
        log.act(&retarget(log, "7.2", "2027-03", "still no venue")).unwrap();
        let leads = vec![PartyChoice::Known(log.party("OPS"))];
        log.act(&Intent::Assign { action: log.action("7.3"), leads }).unwrap();
        log.act(&log.note("8.1", "A draft is out")).unwrap();
    });
    assert_eq!(
        found,
        [
            "7.2 Amber → Green",
            "7.2 target 2026-12 → 2027-03 (still no venue), 3 months later in 2 moves",
            "7.3 leads Duty Desk → OPS",
            "8.1 progress added, 21 Nov 2026: “A draft is out”",
        ]
    );
}

#[test]
fn what_was_changed_and_changed_back_does_not_appear() {
    let found = changed_by(|log| {
        log.act(&log.rate("7.2", "Red")).unwrap();
        log.act(&log.rate("7.2", "Amber")).unwrap();
        log.act(&log.note("8.1", "A slip")).unwrap();
        log.undo().unwrap();
        log.act(&retarget(log, "7.2", "2027-01", "too soon")).unwrap();
        log.act(&retarget(log, "7.2", "2026-12", "after all")).unwrap();
    });
    assert_eq!(found, [""; 0]);
}

#[test]
fn closing_rewording_adding_and_withdrawing_are_reported_in_full() {
    let long = "The evidence is so long that the message line on the screen would never show the whole of it at once";
    let found = changed_by(|log| {
        log.act(&Intent::ProposeClosure { action: log.action("7.1"), evidence: long.into() }).unwrap();
        log.act(&Intent::Reword { action: log.action("7.2"), text: long.into() }).unwrap();
        let (plan, rec) = (log.register.plans[0].id, log.register.recommendations[0].id);
        log.act(&Intent::AddAction {
            plan,
            recommendation: Some(rec),
            text: "Ask again".into(),
            leads: Vec::new(),
            dates: Vec::new(),
        })
        .unwrap();
        log.act(&log.rate("7.4", "Red")).unwrap();
        log.act(&Intent::Withdraw { action: log.action("9.2"), reason: "twice in the plan".into() }).unwrap();
    });
    assert_eq!(
        found,
        [
            format!("7.1 proposed for closure: “{long}”").as_str(),
            format!("7.2 reworded: “{long}”").as_str(),
            "7.4 added: “Ask again”; Red",
            "9.2 withdrawn: twice in the plan",
        ]
    );
}

#[test]
fn an_imported_plan_is_one_sentence() {
    let log = harbour();
    let found = sentences(&Register::default(), &log.register);
    assert_eq!(found, ["harbour imported from harbour.docx: 3 recommendations, 7 actions"]);
}

/// A meeting of the audit subgroup in which 7.2 turns red, with changes before and after it.
fn met() -> Log {
    let mut log = harbour();
    log.today = day("2026-10-01");
    log.act(&log.rate("7.1", "Amber")).unwrap();
    log.today = day("2026-11-05");
    let body = PartyChoice::Known(log.party("Audit Subgroup"));
    let items = vec![log.action("7.2"), log.action("8.1")];
    let there = Attendee { party: Some(body.clone()), name: String::new(), presence: Presence::Present };
    let begin = Begin {
        body,
        day: log.today,
        chair: "A. Chair".into(),
        attendance: vec![there],
        agenda: Agenda { rules: Vec::new(), items, of: None },
        next: None,
    };
    log.act(&Intent::BeginMeeting(begin)).unwrap();
    let meeting = log.register.meetings[0].id;
    let acts = [
        log.rate("7.2", "Red"),
        Intent::Discuss { action: log.action("7.2") },
        Intent::Decide { action: Some(log.action("8.1")), text: "Write to both".into() },
        Intent::EndMeeting { next: None, rest: Rest::Left },
    ];
    for act in acts {
        log.act(&act).unwrap();
        log.batches.last_mut().unwrap().meeting = Some(meeting);
    }
    log.today = day("2026-11-20");
    log.act(&log.rate("7.3", "Green")).unwrap();
    log
}

#[test]
fn a_meeting_is_compared_from_its_start_to_its_end() {
    let log = met();
    let at = |words: &str, side: Side| {
        Moment::named(words, side, &log.batches, day("2026-11-21")).unwrap().register(&log.batches)
    };
    let during = sentences(&at("audit", Side::Begin), &at("audit", Side::End));
    assert_eq!(
        during,
        [
            "7.2 Amber → Red",
            "meeting of Audit Subgroup, 5 Nov 2026 held, chaired by A. Chair: 2 of 2 items discussed",
            "8.1 decided: “Write to both”",
        ]
    );
    assert_eq!(sentences(&at("audit 2026-11-05", Side::End), &at("now", Side::End)), ["7.3 Red → Green"]);
    assert_eq!(sentences(&at("30 sep 2026", Side::End), &at("2026-11-04", Side::End)), ["7.1 Green → Amber"]);
}

#[test]
fn an_impossible_moment_is_refused_in_a_sentence() {
    let log = met();
    let refused = |words: &str| Moment::named(words, Side::End, &log.batches, day("2026-11-21")).unwrap_err().why;
    assert_eq!(refused("2026-12-01"), "1 Dec 2026 is in the future");
    assert!(refused("plenary").contains("no meeting of that name"));
}

fn acted(acts: &[(u8, usize, usize)]) -> Log {
    let mut log = harbour();
    for (at, act) in acts.iter().enumerate() {
        // What the rules refuse is refused; every fourth act is taken back.
        if log.act(&some_act(&log, *act)).is_ok() && at % 4 == 3 {
            log.undo().unwrap();
        }
    }
    log
}

fn last(batches: &[Batch]) -> Moment {
    batches.last().map_or(Moment::now(day("2026-11-21")), |batch| Moment::after(batch.id, batch.at))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn the_register_at_any_batch_is_the_log_folded_up_to_it(acts in prop::collection::vec((0u8..11, 0usize..3, 0usize..4), 1..12)) {
        let log = acted(&acts);
        for count in 1..=log.batches.len() {
            let up_to = &log.batches[..count];
            prop_assert_eq!(last(up_to).register(&log.batches), Register::fold(up_to));
        }
    }

    #[test]
    fn nothing_differs_from_itself_and_nothing_is_reported_twice(
        acts in prop::collection::vec((0u8..11, 0usize..3, 0usize..4), 1..12),
        from in 0usize..12,
    ) {
        let log = acted(&acts);
        let then = last(&log.batches[..=from % log.batches.len()]).register(&log.batches);
        prop_assert_eq!(between(&log.register, &log.register), []);
        let found = between(&then, &log.register);
        for (at, one) in found.iter().enumerate() {
            let again = found[at + 1..].iter().find(|other| {
                other.action == one.action && other.line.what == one.line.what && one.line.what != "progress"
            });
            prop_assert!(again.is_none(), "{:?} and {:?}", one, again);
        }
        for action in log.register.visible_actions() {
            let Some(was) = then.action(action.id).filter(|was| !then.is_hidden(was.id)) else { continue };
            let told = found.iter().any(|one| one.action == Some(action.id) && one.line.what == "rating");
            prop_assert_eq!(told, was.rating() != action.rating());
        }
    }
}
