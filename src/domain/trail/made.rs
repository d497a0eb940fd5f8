//! Actions made again from their own changes, so that a log can be told without keeping all its actions.
//!
//! What an action is depends on no other: on the changes that add it and its entries and that set something on either, and on how many
//! came before it in its place, which is noted.

use std::sync::Arc;

use super::super::action::Action;
use super::super::actions::RunSource;
use super::super::change::{Batch, Change, Kind, Op};
use super::super::id::{Id, Origin};
use super::super::register::Register;
use super::super::slots::Slot;

/// Makes actions again from the changes that it was told of.
pub trait Makers: RunSource {
    /// The next change that makes the action at that place in the list, which was counted as the nth in its own.
    fn note(&self, at: usize, ordinal: u32, change: Id);

    /// What the actions are read from.
    fn source(self: Arc<Self>) -> Arc<dyn RunSource>;
}

/// Tells of a change that has just been applied.
pub fn note(makers: &dyn Makers, register: &Register, change: &Change) {
    let about = match &change.op {
        Op::Add { .. } => change.id,
        Op::Set { on, .. } => *on,
        Op::Unknown { .. } | Op::Erase { .. } | Op::Absent => return,
    };
    if let Some(Slot::Action(at) | Slot::Entry(at, _)) = register.slot(about) {
        let is_new = matches!(change.op, Op::Add { kind: Kind::Action { .. }, .. });
        let action = is_new.then(|| register.actions.get(at)).flatten();
        makers.note(at, action.map_or(0, |action| action.ordinal), change.id);
    }
}

/// The action that these changes make, each in its batch.
pub fn made(ordinal: u32, changes: &[(Batch, Change)]) -> Option<Action> {
    let mut alone = Register::default();
    for (at, (batch, change)) in changes.iter().enumerate() {
        alone.apply_change(batch, change);
        if at == 0 {
            alone.actions.get_mut(0)?.ordinal = ordinal;
        }
    }
    alone.actions.get(0).cloned()
}

/// Which changes make each of many actions, in a few bytes each.
#[derive(Debug, Default)]
pub struct Making {
    origins: Vec<Origin>,
    /// Every change, with the one before it that makes the same action.
    changes: Vec<Link>,
    actions: Vec<Last>,
}

#[derive(Clone, Copy, Debug)]
struct Link {
    origin: u32,
    /// Its place among all changes, from 1; 0 for none.
    before: u32,
    seq: u64,
}

#[derive(Clone, Copy, Debug, Default)]
struct Last {
    ordinal: u32,
    /// As in [`Link`].
    change: u32,
}

impl Making {
    pub fn note(&mut self, at: usize, ordinal: u32, change: Id) {
        if self.actions.len() <= at {
            self.actions.resize(at + 1, Last::default());
        }
        let origin = self.origins.iter().position(|origin| *origin == change.origin).unwrap_or_else(|| {
            self.origins.push(change.origin);
            self.origins.len() - 1
        });
        let Some(last) = self.actions.get_mut(at) else { return };
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        last.ordinal = last.ordinal.max(ordinal);
        self.changes.push(Link { origin: number(origin), before: last.change, seq: change.seq });
        last.change = number(self.changes.len());
    }

    /// The changes that make the action at that place, in order, and as the nth it was counted.
    pub fn of(&self, at: usize) -> Option<(u32, Vec<Id>)> {
        let last = self.actions.get(at)?;
        let link = |place: u32| self.changes.get(place.checked_sub(1)? as usize);
        let links = std::iter::successors(link(last.change), |one| link(one.before));
        let id = |one: &Link| Some(Id { origin: *self.origins.get(one.origin as usize)?, seq: one.seq });
        let mut ids: Vec<Id> = links.map(id).collect::<Option<_>>()?;
        ids.reverse();
        Some((last.ordinal, ids))
    }
}
