//! Some changes of a log, with the heads of their batches.

use std::collections::{HashMap, HashSet};

use super::super::change::{Batch, Change, Op};
use super::super::id::Id;
use super::super::register::Register;
use super::super::thing::Thing;
use super::alone::SomeChanges;
use crate::problem::Problem;

/// Batches with those of their changes that were read.
pub struct Gathered<'a, L> {
    register: &'a Register,
    log: &'a L,
    followed: HashSet<Id>,
    batches: HashMap<Id, Batch>,
}

impl<'a, L: SomeChanges> Gathered<'a, L> {
    pub fn new(register: &'a Register, log: &'a L) -> Self {
        Gathered { register, log, followed: HashSet::new(), batches: HashMap::new() }
    }

    /// Reads every change of a thing. Each value names those that it replaced, so from the values in force all earlier ones are
    /// reached: one that no later change replaced is in force.
    pub fn follow(&mut self, thing: Id) -> Result<(), Problem> {
        if !self.followed.insert(thing) {
            return Ok(());
        }
        let mut next = self.register.thing(thing).map(Thing::written).unwrap_or_default();
        next.push(thing);
        let mut met = HashSet::new();
        while let Some(id) = next.pop() {
            if met.insert(id) {
                next.extend(self.read(thing, id)?);
            }
        }
        Ok(())
    }

    /// The same of an action and its progress entries.
    pub fn follow_action(&mut self, action: Id) -> Result<(), Problem> {
        let entries = self.register.action(action).map(|action| action.entries.as_slice()).unwrap_or_default();
        let entries: Vec<Id> = entries.iter().map(|entry| entry.id).collect();
        std::iter::once(action).chain(entries).try_for_each(|id| self.follow(id))
    }

    /// Reads only the change that added a thing.
    pub fn only_added(&mut self, thing: Id) -> Result<(), Problem> {
        self.read(thing, thing).map(drop)
    }

    /// Reads a change if it is about the thing; returns those that it replaced.
    fn read(&mut self, thing: Id, id: Id) -> Result<Vec<Id>, Problem> {
        let Some(batch) = self.log.change(id)? else { return Ok(Vec::new()) };
        let replaced = match batch.changes.first().map(|change| &change.op) {
            Some(Op::Set { on, replaces, .. }) if *on == thing => replaces.clone(),
            Some(Op::Add { .. }) if id == thing => Vec::new(),
            Some(Op::Add { .. } | Op::Set { .. } | Op::Unknown { .. } | Op::Erase { .. } | Op::Absent) | None => {
                return Ok(Vec::new());
            }
        };
        self.keep(batch);
        Ok(replaced)
    }

    /// Adds changes of a batch to those at hand.
    pub fn keep(&mut self, batch: Batch) {
        let header = Batch { changes: Vec::new(), ..batch.clone() };
        let known = &mut self.batches.entry(batch.id).or_insert(header).changes;
        for change in batch.changes {
            if let Err(place) = known.binary_search_by_key(&change.id, |known| known.id) {
                known.insert(place, change);
            }
        }
    }

    pub fn changes(&self) -> impl Iterator<Item = (&Batch, &Change)> {
        self.batches.values().flat_map(|batch| batch.changes.iter().map(move |change| (batch, change)))
    }

    pub fn into_batches(self) -> Vec<Batch> {
        self.batches.into_values().collect()
    }
}
