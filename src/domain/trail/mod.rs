//! The audit trail: the log replayed, each change described against the register just before it.

mod alone;
mod gathered;
mod made;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use chrono::{DateTime, FixedOffset};

use super::actions::Actions;
use super::change::{Batch, Cause, Change, Kind, Op};
use super::describe::{self, Quoting, Shape, TrailLine};
use super::id::Id;
use super::register::Register;
use super::slots::Slot;
pub use alone::{SomeChanges, of_action};
pub use made::{Makers, Making, made};

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

/// How many actions a replay keeps: a large board's. Making each again for every page of a short log takes several times as long.
pub const KEPT: usize = 1_024;

/// The log, described change by change as it is read.
#[derive(Default)]
pub struct Replay {
    before: Before,
    makers: Option<Arc<dyn Makers>>,
}

impl Replay {
    /// One that can let go of actions, because these make them again.
    pub fn with(makers: Arc<dyn Makers>) -> Replay {
        let mut replay = Replay::default();
        replay.before.register.actions = Actions::one_by_one(Arc::clone(&makers).source());
        Replay { makers: Some(makers), ..replay }
    }

    /// Whether actions could not be made again: then what was told since may lack something.
    pub fn is_lost(&self) -> bool {
        self.before.register.actions.watch().is_lost()
    }

    /// Takes the actions out of memory once there are more than so many, if they can be made again.
    pub fn let_go(&mut self, most: usize) {
        if self.makers.is_some() {
            self.before.register.actions.let_go(most);
        }
    }

    /// The next change in the log's order; none where its words are withheld: nothing can be said of it. Of its batch, what it
    /// may name must be at hand.
    pub fn next(&mut self, batch: &Batch, change: &Change) -> Option<TrailEntry> {
        self.next_in(batch, change, Quoting::Beginning)
    }

    fn next_in(&mut self, batch: &Batch, change: &Change, quoting: Quoting) -> Option<TrailEntry> {
        let told = (change.op != Op::Absent).then(|| self.before.tell(batch, change, quoting));
        if let Some(makers) = self.makers.as_ref().filter(|_| told.is_some()) {
            made::note(makers.as_ref(), &self.before.register, change);
        }
        told
    }
}

/// Every change in the log's order.
pub fn entries(batches: &[Batch]) -> Vec<TrailEntry> {
    entries_in(batches, Quoting::Beginning)
}

/// The same with every word that was written, for reports: what is sent or filed is never cut.
pub fn entries_in_full(batches: &[Batch]) -> Vec<TrailEntry> {
    entries_in(batches, Quoting::Whole)
}

fn entries_in(batches: &[Batch], quoting: Quoting) -> Vec<TrailEntry> {
    let mut replay = Replay::default();
    in_order(batches).into_iter().filter_map(|(batch, change)| replay.next_in(batch, change, quoting)).collect()
}

/// The history of one subject in the log's order, with every word that was written. Changes that are left out cost no more than being applied.
pub fn history(batches: &[Batch], subject: Subject) -> Vec<TrailEntry> {
    match subject {
        Subject::Action(id) => of_action_in(batches, id, Quoting::Whole),
        Subject::Register => of_register(batches),
    }
}

/// The history of one action in a whole log.
pub fn of_action_in(batches: &[Batch], action: Id, quoting: Quoting) -> Vec<TrailEntry> {
    told(batches, action, quoting, |_, _, _| ())
}

/// What batches say of one action. `prepare` may see to the register before each change.
fn told(
    batches: &[Batch],
    action: Id,
    quoting: Quoting,
    prepare: impl Fn(&mut Register, &Batch, &Change),
) -> Vec<TrailEntry> {
    let (mut before, mut entries) = (Before::default(), Vec::new());
    for (batch, change) in in_order(batches) {
        prepare(&mut before.register, batch, change);
        if is_about(&before.register, change, action) {
            entries.push(before.tell(batch, change, quoting));
        } else {
            before.register.apply_change(batch, change);
        }
    }
    entries
}

fn of_register(batches: &[Batch]) -> Vec<TrailEntry> {
    let (mut before, mut entries) = (Before::default(), Vec::new());
    for (batch, change) in in_order(batches) {
        if !matches!(batch.cause, Cause::Import { .. }) {
            entries.push(before.tell(batch, change, Quoting::Whole));
            continue;
        }
        if change.id == batch.id {
            entries.push(import(&before.register, batch));
        }
        before.register.apply_change(batch, change);
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

/// The register before each change, as the log is told.
#[derive(Debug, Default)]
struct Before {
    register: Register,
    /// The shape of the batch that was last told.
    shape: Option<(Id, Shape)>,
}

impl Before {
    fn tell(&mut self, batch: &Batch, change: &Change, quoting: Quoting) -> TrailEntry {
        let shape = match self.shape {
            Some((id, shape)) if id == batch.id => shape,
            Some(_) | None => Shape::of(batch),
        };
        self.shape = Some((batch.id, shape));
        let line = describe::change_in(&self.register, (batch, shape), change, quoting);
        self.register.apply_change(batch, change);
        entry(batch, change.id, about(&self.register, change), line)
    }
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
    match register.slot(on)? {
        Slot::Entry(action, _) => register.actions.get(action).map(|action| action.id),
        Slot::Minute(meeting, at) => register.meetings.get(meeting)?.minutes.get(at)?.said.action,
        Slot::Plan(_)
        | Slot::Party(_)
        | Slot::Finding(_)
        | Slot::Recommendation(_)
        | Slot::Action(_)
        | Slot::Meeting(_) => Some(on),
    }
}
