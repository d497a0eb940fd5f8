use proptest::prelude::*;

use super::super::fixture::{Log, harbour, some_act, visible};
use super::super::intent::{Intent, PartyChoice};
use super::super::register::Register;

fn rating(log: &Log) -> String {
    log.register.action(log.action("7.1")).unwrap().rating().unwrap_or("-").into()
}

#[test]
fn undo_walks_back_and_redo_forward() {
    let mut log = harbour();
    for letter in ["a", "r", "b"] {
        log.act(&log.rate("7.1", letter)).unwrap();
    }
    assert_eq!(log.undo().unwrap(), "undone: 7.1 Red → Blue");
    assert_eq!(log.undo().unwrap(), "undone: 7.1 Amber → Red");
    assert_eq!(rating(&log), "Amber");
    assert_eq!(log.redo().unwrap(), "redone: 7.1 Amber → Red");
    assert_eq!(log.redo().unwrap(), "redone: 7.1 Red → Blue");
    assert_eq!(log.redo().unwrap_err().what, "Nothing to redo");
    for wanted in ["Red", "Amber", "Green"] {
        log.undo().unwrap();
        assert_eq!(rating(&log), wanted);
    }
}

#[test]
fn a_new_edit_ends_redo_and_is_what_undo_takes_next() {
    let mut log = harbour();
    log.act(&log.rate("7.1", "a")).unwrap();
    log.act(&log.rate("7.1", "r")).unwrap();
    log.undo().unwrap();
    log.act(&log.note("7.2", "said")).unwrap();
    assert!(log.redo().is_err());
    assert_eq!(log.undo().unwrap(), "undone: 7.2 progress added: “said”");
    assert_eq!(log.undo().unwrap(), "undone: 7.1 Green → Amber");
    assert_eq!(log.redo().unwrap(), "redone: 7.1 Green → Amber");
    assert_eq!(log.redo().unwrap(), "redone: 7.2 progress added: “said”");
}

#[test]
fn one_author_does_not_undo_or_end_the_redo_of_another() {
    let mut log = harbour();
    log.act(&log.rate("7.1", "a")).unwrap();
    log.author = "Ben".into();
    log.act(&log.rate("7.2", "g")).unwrap();
    log.author = "Ada".into();
    assert_eq!(log.undo().unwrap(), "undone: 7.1 Green → Amber");
    log.author = "Ben".into();
    log.act(&log.rate("7.3", "g")).unwrap();
    log.author = "Ada".into();
    assert_eq!(log.redo().unwrap(), "redone: 7.1 Green → Amber");
}

#[test]
fn undo_is_refused_where_another_user_has_changed_the_value_since() {
    let mut log = harbour();
    log.act(&log.rate("7.1", "a")).unwrap();
    log.author = "Ben".into();
    log.act(&log.rate("7.1", "r")).unwrap();
    log.author = "Ada".into();
    let problem = log.undo().unwrap_err();
    assert_eq!(problem.why, "the rating of 7.1 has changed since, on 21 Nov 2026, to Red");
    assert_eq!(rating(&log), "Red");
}

#[test]
fn undoing_one_side_of_a_conflict_leaves_the_other() {
    let mut log = harbour();
    let mut other = log.copy(9, "Ben");
    log.act(&log.rate("7.1", "a")).unwrap();
    other.act(&other.rate("7.1", "r")).unwrap();
    other.merge(&log);
    assert_eq!(rating(&other), "Red");
    other.undo().unwrap();
    assert_eq!(rating(&other), "Amber");
    assert!(!other.register.action(other.action("7.1")).unwrap().rating.in_conflict());
}

#[test]
fn undoing_a_settlement_brings_the_conflict_back_and_redoing_it_settles_it() {
    let mut log = harbour();
    let mut other = log.copy(9, "Ben");
    log.act(&log.rate("7.1", "a")).unwrap();
    other.act(&other.rate("7.1", "r")).unwrap();
    other.merge(&log);
    other.act(&other.rate("7.1", "b")).unwrap();
    other.undo().unwrap();
    let values = |log: &Log| -> Vec<Option<String>> {
        let action = log.register.action(log.action("7.1")).unwrap();
        action.rating.heads().iter().map(|head| head.value.clone()).collect()
    };
    assert_eq!(values(&other), [Some("Amber".into()), Some("Red".into())]);
    other.redo().unwrap();
    assert_eq!(values(&other), [Some("Blue".into())]);
}

#[test]
fn an_added_action_goes_and_comes_back_with_all_it_had() {
    let mut log = harbour();
    let add = Intent::AddAction {
        plan: log.register.plans[0].id,
        recommendation: Some(log.register.recommendations[1].id),
        text: "Ring the bell".into(),
        leads: Vec::new(),
        dates: Vec::new(),
    };
    log.act(&add).unwrap();
    log.act(&log.rate("8.3", "g")).unwrap();
    let before = visible(&log.register);
    log.undo().unwrap();
    assert_eq!(log.undo().unwrap(), "undone: 8.3 added: “Ring the bell”");
    assert_eq!(log.register.visible_actions().count(), 7);
    assert_eq!(log.redo().unwrap(), "redone: 8.3 added: “Ring the bell”");
    log.redo().unwrap();
    assert_eq!(visible(&log.register), before);
}

#[test]
fn an_added_action_stays_if_it_has_been_worked_on() {
    let mut log = harbour();
    let rec = log.register.recommendations[1].id;
    let plan = log.register.plans[0].id;
    log.act(&Intent::AddAction {
        plan,
        recommendation: Some(rec),
        text: "Ring".into(),
        leads: Vec::new(),
        dates: Vec::new(),
    })
    .unwrap();
    log.author = "Ben".into();
    log.act(&log.note("8.3", "rung")).unwrap();
    log.author = "Ada".into();
    assert_eq!(log.undo().unwrap_err().why, "8.3 has had a progress entry added since");
}

#[test]
fn a_new_party_goes_unless_it_is_used_elsewhere() {
    let mut log = harbour();
    let assign = |log: &Log, reference: &str| Intent::Assign {
        action: log.action(reference),
        leads: vec![PartyChoice::New("Lantern".into())],
    };
    let before = visible(&log.register);
    log.act(&assign(&log, "7.1")).unwrap();
    let with_lantern = visible(&log.register);
    assert_eq!(log.undo().unwrap(), "undone: 7.1 leads Saltmarsh Police → Lantern");
    assert_eq!(visible(&log.register), before);
    log.redo().unwrap();
    assert_eq!(visible(&log.register), with_lantern);
    log.author = "Ben".into();
    log.act(&assign(&log, "7.2")).unwrap();
    log.author = "Ada".into();
    log.undo().unwrap();
    assert!(visible(&log.register).iter().any(|line| line.starts_with("Lantern")));
}

#[test]
fn a_withdrawal_is_undone_and_done_again() {
    let mut log = harbour();
    log.act(&Intent::Withdraw { action: log.action("7.1"), reason: "a slip".into() }).unwrap();
    assert_eq!(log.undo().unwrap(), "undone: 7.1 withdrawn: a slip");
    assert_eq!(log.register.visible_actions().count(), 7);
    assert_eq!(log.redo().unwrap(), "redone: 7.1 withdrawn: a slip");
    assert_eq!(log.register.visible_actions().count(), 6);
}

#[test]
fn an_import_is_undone_as_a_whole_unless_it_has_been_worked_on() {
    let mut log = harbour();
    let before = visible(&log.register);
    assert_eq!(log.undo().unwrap(), "undone: harbour imported from harbour.docx: 3 recommendations, 7 actions");
    assert!(visible(&log.register).is_empty());
    assert_eq!(log.redo().unwrap(), "redone: harbour imported from harbour.docx: 3 recommendations, 7 actions");
    assert_eq!(visible(&log.register), before);
    log.author = "Ben".into();
    log.act(&log.rate("7.1", "a")).unwrap();
    log.author = "Ada".into();
    assert!(log.undo().unwrap_err().why.starts_with("the rating of 7.1 has changed since"));
}

#[test]
fn what_was_withdrawn_since_is_not_brought_back_by_undoing_an_edit() {
    let mut log = harbour();
    log.act(&log.rate("7.1", "a")).unwrap();
    log.author = "Ben".into();
    log.act(&Intent::Withdraw { action: log.action("7.1"), reason: "double".into() }).unwrap();
    log.author = "Ada".into();
    assert_eq!(log.undo().unwrap_err().why, "7.1 has been withdrawn since");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(128) })]

    #[test]
    fn undoing_everything_gives_back_the_import_and_redoing_everything_the_end(
        acts in prop::collection::vec((0u8..13, 0usize..3, 0usize..4), 0..14)
    ) {
        let mut log = harbour();
        log.batches[0].author = "Importer".into();
        let mut seen = vec![visible(&log.register)];
        for one in acts {
            if log.act(&some_act(&log, one)).is_ok() {
                seen.push(visible(&log.register));
                prop_assert_ne!(seen.last(), seen.get(seen.len() - 2), "what changes nothing is refused");
            }
        }
        let end = seen.len() - 1;
        for step in (0..end).rev() {
            log.undo().unwrap();
            prop_assert_eq!(&visible(&log.register), &seen[step]);
        }
        prop_assert!(log.undo().is_err());
        for step in 0..end {
            log.redo().unwrap();
            prop_assert_eq!(&visible(&log.register), &seen[step + 1]);
        }
        prop_assert!(log.redo().is_err());
    }

    #[test]
    fn any_mixture_of_undo_and_redo_stays_on_earlier_states(
        acts in prop::collection::vec((0u8..15, 0usize..3, 0usize..4), 0..24)
    ) {
        let mut log = harbour();
        log.batches[0].author = "Importer".into();
        let mut states = vec![visible(&log.register)];
        let mut at = 0;
        for one in acts {
            match one.0 {
                13 if at > 0 => {
                    log.undo().unwrap();
                    at -= 1;
                }
                14 if at + 1 < states.len() => {
                    log.redo().unwrap();
                    at += 1;
                }
                13 => prop_assert!(log.undo().is_err()),
                14 => prop_assert!(log.redo().is_err()),
                _ => if log.act(&some_act(&log, one)).is_ok() {
                    states.truncate(at + 1);
                    states.push(visible(&log.register));
                    at += 1;
                },
            }
            prop_assert_eq!(&visible(&log.register), &states[at]);
        }
        prop_assert_eq!(Register::fold(&log.batches), log.register, "the log alone makes the same register");
    }
}

#[test]
fn undoing_a_move_or_a_number_gives_back_the_number_that_was_not_stored() {
    let mut log = harbour();
    let (action, before) = (log.action("7.2"), log.register.clone());
    let to = log.register.recommendations[1].id;
    assert!(log.register.action(action).unwrap().reference.get().is_none(), "an action of an earlier build");
    for act in [
        Intent::Renumber { action, reference: "R7".into() },
        Intent::Move { action, to, reference: None },
        Intent::Move { action, to, reference: Some("8.9".into()) },
    ] {
        log.act(&act).unwrap();
        log.undo().unwrap();
        let undone = log.register.action(action).unwrap();
        assert_eq!(log.register.reference(undone), "7.2", "{act:?}");
        assert_eq!(undone.recommendation, before.action(action).unwrap().recommendation);
    }
}
