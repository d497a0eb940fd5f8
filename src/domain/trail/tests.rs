use std::sync::Mutex;

use proptest::prelude::*;

use super::super::action::Action;
use super::super::actions::RunSource;
use super::super::alike::Worded;
use super::super::change::{Cause, Value};
use super::super::fixture::{Log, harbour, some_act};
use super::super::intent::{Begin, Intent, PartyChoice};
use super::super::meeting::Agenda;
use super::*;
use crate::problem::Problem;

/// An action's history is what the whole trail says about it, and an import is one line of the register's history.
#[test]
fn a_history_is_the_part_of_the_audit_trail_about_its_subject() {
    let mut log = harbour();
    for at in 0..40 {
        // What the rules refuse is not part of any history.
        drop(log.act(&some_act(&log, (u8::try_from(at % 10).unwrap(), at % 3, at % 4))));
        if at % 5 == 4 {
            log.undo().unwrap();
        }
    }
    let trail = entries(&log.batches);
    let changes = |entries: &[TrailEntry]| entries.iter().map(|entry| entry.change).collect::<Vec<_>>();
    for action in log.register.actions.iter().map(|action| action.id) {
        let own: Vec<TrailEntry> = trail.iter().filter(|entry| entry.about == Some(action)).cloned().collect();
        assert_eq!(changes(&history(&log.batches, Subject::Action(action))), changes(&own));
    }
    let is_shown = |entry: &TrailEntry| !matches!(entry.cause, Cause::Import { .. }) || entry.change == entry.batch;
    let shown: Vec<TrailEntry> = trail.into_iter().filter(is_shown).collect();
    let whole = history(&log.batches, Subject::Register);
    assert_eq!(changes(&whole), changes(&shown));
    assert_eq!(whole[0].line.sentence, "harbour imported from harbour.docx: 3 recommendations, 7 actions");
}

/// A log in memory, of which single changes are read.
struct Memory<'a>(&'a Log);

impl SomeChanges for Memory<'_> {
    fn change(&self, id: Id) -> Result<Option<Batch>, Problem> {
        let all = self.0.batches.iter().flat_map(|batch| batch.changes.iter().map(move |change| (batch, change)));
        let found = all.into_iter().find(|(_, change)| change.id == id);
        Ok(found.map(|(batch, change)| Batch { changes: vec![change.clone()], ..batch.clone() }))
    }

    fn regrouping(&self, batch: Id) -> Result<Vec<Change>, Problem> {
        let batch = self.0.batches.iter().find(|known| known.id == batch).unwrap();
        let is_sign = |change: &&Change| match &change.op {
            Op::Add { kind, .. } => matches!(kind, Kind::Action { .. }),
            Op::Set { value, .. } => matches!(value, Value::Text(_) | Value::Raw(_) | Value::Withdrawn(_)),
            _ => false,
        };
        Ok(batch.changes.iter().filter(is_sign).cloned().collect())
    }
}

/// What happens in one of two copies; the numbers choose what and where.
fn happen(log: &mut Log, (kind, place, word): (u8, usize, usize)) {
    let actions = &log.register.actions;
    let action = actions[(place * 5 + word) % actions.len()].id;
    let text = ["Lantern", "OPS", "police", "Beacon Subgroup"][word % 4].to_owned();
    let intent = match kind {
        0..13 => some_act(log, (kind, place, word)),
        13 => Intent::Renumber { action, reference: format!("{}.{}", 7 + place, word + 1) },
        14 => Intent::Move { action, to: log.register.recommendations[place].id, reference: None },
        15 => Intent::BeginMeeting(Begin {
            body: PartyChoice::Known(log.register.parties[4].id),
            day: log.today,
            chair: text,
            attendance: Vec::new(),
            agenda: Agenda { items: vec![action], ..Agenda::default() },
            next: None,
        }),
        16 => Intent::Discuss { action },
        17 => Intent::CarryForward { action, reason: text },
        18 => Intent::SplitAction { action, texts: vec![format!("{text} to write"), "To read".into()] },
        19 => {
            let others =
                [place + 1, place + 2].map(|at| log.register.actions[(at * 3 + word) % log.register.actions.len()].id);
            Intent::JoinActions { into: action, others: others.to_vec() }
        }
        20 => Intent::Withdraw { action, reason: text },
        21 => {
            drop(log.undo());
            return;
        }
        22 => {
            drop(log.redo());
            return;
        }
        23 => Intent::RenameParty { party: log.register.parties[place * 2].id, name: text },
        _ => {
            let rec = &log.register.recommendations[place];
            let (on, replaces) = (rec.id, rec.number.ids());
            log.write(Cause::Edit, vec![Op::Set { on, value: Value::Number(format!("{}", 7 + word)), replaces }]);
            return;
        }
    };
    // What the rules refuse is not part of any history.
    drop(log.act(&intent));
}

/// What was done in two copies, some of it merged on the way and all of it at the end.
fn merged(acts: Vec<(bool, u8, usize, usize)>, merges: &[usize]) -> Log {
    let mut copies = [harbour(), harbour().copy(8, "Bo")];
    for (at, (is_other, kind, place, word)) in acts.into_iter().enumerate() {
        // Where an action that is named was renumbered, there is nothing to do.
        let is_there = ["7.1", "7.2", "8.2"].iter().all(|name| {
            let register = &copies[usize::from(is_other)].register;
            register.actions.iter().any(|action| register.reference(action) == *name)
        });
        if kind >= 13 || is_there {
            happen(&mut copies[usize::from(is_other)], (kind, place, word));
        }
        if merges.contains(&at) {
            let other = copies[1].clone();
            copies[0].merge(&other);
        }
    }
    let [mut log, other] = copies;
    log.merge(&other);
    log
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(96) })]

    /// From the changes that matter to it, the history of each action is word for word what the whole log says.
    #[test]
    fn a_history_alone_says_what_the_whole_log_says(
        acts in prop::collection::vec((any::<bool>(), 0u8..25, 0usize..3, 0usize..4), 0..40),
        merges in prop::collection::vec(0usize..40, 0..4),
    ) {
        let log = merged(acts, &merges);
        let mut alone = 0;
        for action in log.register.actions.iter().map(|action| action.id) {
            for quoting in [Quoting::Beginning, Quoting::Whole] {
                let whole = of_action_in(&log.batches, action, quoting);
                if let Some(found) = of_action(&log.register, action, &Memory(&log), quoting).unwrap() {
                    prop_assert_eq!(found, whole);
                    alone += 1;
                }
            }
        }
        prop_assert!(alone > 0, "none was told alone");
    }

    /// An action that is made again is what it was, in every word that the log says of it.
    #[test]
    fn a_log_that_keeps_no_action_in_memory_is_told_word_for_word(
        acts in prop::collection::vec((any::<bool>(), 0u8..25, 0usize..3, 0usize..4), 0..40),
        merges in prop::collection::vec(0usize..40, 0..4),
    ) {
        let log = merged(acts, &merges);
        let mut replay = Replay::with(Arc::new(Workshop { log: log.clone(), making: Mutex::default() }));
        let mut told = Vec::new();
        for (batch, change) in in_order(&log.batches) {
            told.extend(replay.next(batch, change));
            replay.let_go(0);
        }
        prop_assert_eq!(told, entries(&log.batches));
        prop_assert!(replay.before.register.actions == Register::fold(&log.batches).actions);
    }
}

/// Makes actions again from a log in memory.
struct Workshop {
    log: Log,
    making: Mutex<Making>,
}

impl Makers for Workshop {
    fn note(&self, at: usize, ordinal: u32, change: Id) {
        self.making.lock().unwrap().note(at, ordinal, change);
    }

    fn source(self: Arc<Self>) -> Arc<dyn RunSource> {
        self
    }
}

impl RunSource for Workshop {
    fn run(&self, at: usize) -> Option<Vec<Action>> {
        let (ordinal, ids) = self.making.lock().unwrap().of(at)?;
        let change = |id: Id| {
            let batch = Memory(&self.log).change(id).unwrap().unwrap();
            let change = batch.changes[0].clone();
            (batch, change)
        };
        let changes: Vec<(Batch, Change)> = ids.into_iter().map(change).collect();
        Some(vec![made(ordinal, &changes).unwrap()])
    }

    fn words(&self, _: usize) -> Option<Worded> {
        None
    }

    fn is_lost(&self) -> bool {
        false
    }
}

/// Only where one action is joined with another that it does not reword, the whole log must be read.
#[test]
fn what_is_split_and_joined_is_told_alone() {
    let mut log = harbour();
    let action = log.action("7.1");
    let texts = vec!["Revise the model".into(), "Train in triage".into()];
    log.act(&Intent::SplitAction { action, texts }).unwrap();
    let part = log.register.actions.iter().last().unwrap().id;
    log.act(&Intent::JoinActions { into: part, others: vec![log.action("7.2")] }).unwrap();
    log.undo().unwrap();
    log.redo().unwrap();
    for action in [action, part, log.register.actions[1].id] {
        let told = of_action(&log.register, action, &Memory(&log), Quoting::Whole).unwrap().unwrap();
        assert_eq!(told, of_action_in(&log.batches, action, Quoting::Whole));
    }
    let told = of_action(&log.register, part, &Memory(&log), Quoting::Whole).unwrap().unwrap();
    assert!(told[0].line.sentence.contains("split from 7.1"), "{}", told[0].line.sentence);
    assert!(told[1].line.sentence.contains("joined with 7.2"), "{}", told[1].line.sentence);
}

/// What the register has no place for is in no field of it, so it is looked for in the whole log.
#[test]
fn a_register_with_changes_that_it_has_no_place_for_is_not_told_alone() {
    let mut log = harbour();
    let on = log.action("7.1");
    log.write(Cause::Edit, vec![Op::Set { on, value: Value::Slug("x".into()), replaces: Vec::new() }]);
    assert_eq!(of_action(&log.register, on, &Memory(&log), Quoting::Whole).unwrap(), None);
}
