//! The audit trail: the log replayed, each change described against the register just before it.

use chrono::{DateTime, FixedOffset};

use super::change::{Batch, Cause, Change, Kind, Op};
use super::describe::{self, TrailLine};
use super::id::Id;
use super::register::{Register, Slot};

/// One change of the log, described.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrailEntry {
    pub at: DateTime<FixedOffset>,
    pub author: String,
    pub meeting: Option<Id>,
    pub cause: Cause,
    pub batch: Id,
    pub change: Id,
    /// The plan, party, finding, recommendation or action that the change is about; a progress entry is about its
    /// action.
    pub about: Option<Id>,
    pub line: TrailLine,
}

/// Whose history is described.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// An action with its progress entries and minutes.
    Action(Id),
    /// Everything; an import, which makes hundreds of changes, is one line.
    Register,
}

/// Every change in the log's order.
pub fn entries(batches: &[Batch]) -> Vec<TrailEntry> {
    let mut register = Register::default();
    let entry = |(batch, change)| next(&mut register, batch, change, describe::change);
    in_order(batches).into_iter().map(entry).collect()
}

/// The history of one subject in the log's order, with every word that was written. Changes that are left out cost no more than being applied.
pub fn history(batches: &[Batch], subject: Subject) -> Vec<TrailEntry> {
    let mut register = Register::default();
    let mut entries = Vec::new();
    for (batch, change) in in_order(batches) {
        match (subject, &batch.cause) {
            (Subject::Action(id), _) if is_about(&register, change, id) => {
                entries.push(next(&mut register, batch, change, describe::whole_change));
                continue;
            }
            (Subject::Register, Cause::Import { .. }) if change.id == batch.id => {
                entries.push(import(&register, batch));
            }
            (Subject::Register, Cause::Edit | Cause::Undo { .. } | Cause::Redo { .. } | Cause::Erasure) => {
                entries.push(next(&mut register, batch, change, describe::whole_change));
                continue;
            }
            (Subject::Action(_), _) | (Subject::Register, Cause::Import { .. }) => {}
        }
        register.apply_change(batch, change);
    }
    entries
}

/// Without those that are withheld from this copy: nothing can be said of them.
fn in_order(batches: &[Batch]) -> Vec<(&Batch, &Change)> {
    let every = batches.iter().flat_map(|batch| batch.changes.iter().map(move |change| (batch, change)));
    let mut all: Vec<(&Batch, &Change)> = every.filter(|(_, change)| change.op != Op::Absent).collect();
    all.sort_by_key(|(_, change)| (change.lamport, change.id));
    all
}

/// A whole import, described against the register before it.
fn import(register: &Register, batch: &Batch) -> TrailEntry {
    let plan = batch.changes.iter().find_map(|change| describe::change(register, batch, change).plan);
    let sentence = describe::batch(register, batch);
    let line = TrailLine { plan, what: "import".into(), sentence, ..TrailLine::default() };
    entry(batch, batch.id, plan, line)
}

/// Whether a change that is not applied yet is about that action.
fn is_about(register: &Register, change: &Change, action: Id) -> bool {
    match &change.op {
        Op::Add { kind: Kind::Entry { action: of, .. }, .. } => *of == action,
        Op::Add { kind: Kind::Minute { said, .. }, .. } => said.action == Some(action),
        Op::Add { .. } => change.id == action,
        Op::Set { on, .. } => about_thing(register, *on) == Some(action),
        Op::Unknown { .. } | Op::Erase { .. } | Op::Absent => false,
    }
}

fn next(
    register: &mut Register,
    batch: &Batch,
    change: &Change,
    describe: fn(&Register, &Batch, &Change) -> TrailLine,
) -> TrailEntry {
    let line = describe(register, batch, change);
    register.apply_change(batch, change);
    entry(batch, change.id, about(register, change), line)
}

fn entry(batch: &Batch, change: Id, about: Option<Id>, line: TrailLine) -> TrailEntry {
    TrailEntry {
        at: batch.at,
        author: batch.author.clone(),
        meeting: batch.meeting,
        cause: batch.cause.clone(),
        batch: batch.id,
        change,
        about,
        line,
    }
}

/// The action that a change is about, or one of its progress entries or minutes.
pub fn about_action(register: &Register, change: &Change) -> Option<Id> {
    about(register, change).filter(|id| register.action(*id).is_some())
}

fn about(register: &Register, change: &Change) -> Option<Id> {
    let on = match &change.op {
        Op::Add { .. } => change.id,
        Op::Set { on, .. } => *on,
        Op::Unknown { .. } | Op::Erase { .. } | Op::Absent => return None,
    };
    about_thing(register, on)
}

fn about_thing(register: &Register, on: Id) -> Option<Id> {
    match register.slots.get(&on)? {
        Slot::Entry(action, _) => register.actions.get(*action).map(|action| action.id),
        Slot::Minute(meeting, at) => register.meetings.get(*meeting)?.minutes.get(*at)?.said.action,
        Slot::Plan(_)
        | Slot::Party(_)
        | Slot::Finding(_)
        | Slot::Recommendation(_)
        | Slot::Action(_)
        | Slot::Meeting(_) => Some(on),
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{harbour, some_act};
    use super::*;

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
}
