//! The audit trail: the log replayed, each change told on the register as it was just before it.

use chrono::{DateTime, FixedOffset};

use super::change::{Batch, Cause, Change, Op};
use super::describe::{self, Line};
use super::id::Id;
use super::register::{Register, Slot};

/// One change of the log, told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    pub at: DateTime<FixedOffset>,
    pub author: String,
    pub meeting: Option<Id>,
    pub cause: Cause,
    pub batch: Id,
    pub change: Id,
    /// The plan, party, finding, recommendation or action that the change is about; a progress entry is about its
    /// action.
    pub about: Option<Id>,
    pub line: Line,
}

/// Every change in the log's order.
pub fn tell(batches: &[Batch]) -> Vec<Told> {
    let mut all: Vec<(&Batch, &Change)> =
        batches.iter().flat_map(|batch| batch.changes.iter().map(move |change| (batch, change))).collect();
    all.sort_by_key(|(_, change)| (change.lamport, change.id));
    let mut register = Register::default();
    all.into_iter().map(|(batch, change)| next(&mut register, batch, change)).collect()
}

fn next(register: &mut Register, batch: &Batch, change: &Change) -> Told {
    let line = describe::change(register, batch, change);
    register.apply_change(batch, change);
    Told {
        at: batch.at,
        author: batch.author.clone(),
        meeting: batch.meeting,
        cause: batch.cause.clone(),
        batch: batch.id,
        change: change.id,
        about: about(register, change),
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
        Op::Unknown { .. } => return None,
    };
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
