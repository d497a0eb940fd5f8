//! All actions of a register, in runs: read from the file when something is asked of them, and never moved as a whole.

use std::fmt;
use std::ops::Index;
use std::sync::{Arc, OnceLock};

use super::action::Action;
use super::alike::Worded;
use super::id::Id;
use super::outline::{Outline, Outlines};
use super::recommendation::Recommendation;
use super::slots::Slot;

/// How many actions a run holds: few enough to be read or written within a frame.
pub const RUN: usize = 256;

/// How many actions have their outlines in one block: 64 runs.
pub const OUTLINED: usize = 64 * RUN;

/// From how many entries on an action is dear to make again.
const DEAR: usize = 64;

/// Where actions are read from that are not in memory.
pub trait RunSource: Send + Sync {
    /// The actions of a run. None if they can no longer be read.
    fn run(&self, at: usize) -> Option<Vec<Action>>;

    /// The actions at these places of a run, where others need not be read for them.
    fn some(&self, at: usize, places: &[usize]) -> Option<Vec<Action>> {
        let all = self.run(at)?;
        places.iter().map(|place| all.get(*place).cloned()).collect()
    }

    /// The outlines of a block of actions, which are so many. None if they cannot be had; they can be read from the actions.
    fn outlines(&self, _block: usize, _count: usize) -> Option<Outlines> {
        None
    }

    /// The recommendations of a block, which are so many. None if they can no longer be read.
    fn recommendations(&self, _block: usize, _count: usize) -> Option<Vec<Recommendation>> {
        None
    }

    /// The words by which the actions of a run are compared, as they were when it was last written. None if they cannot be had; they
    /// can be read from the actions.
    fn words(&self, at: usize) -> Option<Worded>;

    /// Whether that has happened: then what is shown may lack actions.
    fn is_lost(&self) -> bool;
}

/// A list in runs of [`RUN`] actions, the last of which may be shorter.
#[derive(Clone, Default)]
pub struct Actions {
    runs: Vec<Run>,
    len: usize,
    /// Of the first actions, in blocks; those of the others, and of the changed, are read off the actions themselves.
    outlines: Vec<OnceLock<Outlines>>,
    /// How many those first actions are.
    outlined: usize,
    source: Option<Arc<dyn RunSource>>,
    /// The run after the last that was taken out of memory.
    next_spared: usize,
    /// Whether each run is one action, for whoever looks at a few of very many and lets go of them again.
    are_single: bool,
}

/// A run that is not in memory takes as little room as can be: there may be one for each of very many actions.
type Run = OnceLock<Box<Held>>;

/// A run in memory.
#[derive(Clone, Default)]
struct Held {
    actions: Vec<Action>,
    /// Whether it is not as in the source.
    is_own: bool,
}

/// Tells whether some of a register's actions could no longer be read.
#[derive(Clone, Default)]
pub struct Watch(Option<Arc<dyn RunSource>>);

impl Watch {
    pub fn is_lost(&self) -> bool {
        self.0.as_ref().is_some_and(|source| source.is_lost())
    }
}

impl fmt::Debug for Watch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Watch").field("is_lost", &self.is_lost()).finish()
    }
}

impl Actions {
    /// So many actions, which the source has, and their outlines.
    pub fn kept(len: usize, source: Arc<dyn RunSource>) -> Actions {
        let runs = vec![Run::default(); len.div_ceil(RUN)];
        let outlines = vec![OnceLock::new(); len.div_ceil(OUTLINED)];
        Actions { runs, len, outlines, outlined: len, source: Some(source), ..Actions::default() }
    }

    /// None yet. Those that are pushed are read from `source` one by one, once they have been let go of.
    pub fn one_by_one(source: Arc<dyn RunSource>) -> Actions {
        Actions { are_single: true, source: Some(source), ..Actions::default() }
    }

    /// Takes actions out of memory once there are more than `most` runs of them, also those that have changed: for a source that knows
    /// of every change. Those with so many entries that making them again is dear stay.
    pub fn let_go(&mut self, most: usize) {
        if self.runs.iter().filter(|run| run.get().is_some()).count() <= most {
            return;
        }
        let is_dear = |action: &Action| action.entries.len() > DEAR;
        let may_go = |run: &&mut Run| run.get().is_some_and(|held| !held.actions.iter().any(is_dear));
        self.runs.iter_mut().filter(may_go).for_each(|run| *run = Run::default());
    }

    /// How many actions a run of these holds.
    fn each(&self) -> usize {
        if self.are_single { 1 } else { RUN }
    }

    /// What tells, after reading, whether anything was lacking.
    pub fn watch(&self) -> Watch {
        Watch(self.source.clone())
    }

    pub fn len(&self) -> usize {
        self.len
    }

    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// How many runs there are.
    pub fn runs(&self) -> usize {
        self.runs.len()
    }

    /// The actions of a run; none where there is no such run, or it can no longer be read.
    pub fn run(&self, at: usize) -> &[Action] {
        let Some(run) = self.runs.get(at) else { return &[] };
        if run.get().is_none()
            && let Some(actions) = self.source.as_ref().and_then(|source| source.run(at))
        {
            // Where another thread was faster, its reading is the same.
            run.set(Box::new(Held { actions, is_own: false })).ok();
        }
        run.get().map_or(&[], |held| &held.actions)
    }

    /// The actions at these places of a run, which does not stay in memory; fewer where it can no longer be read.
    pub fn some(&self, at: usize, places: &[usize]) -> Vec<Action> {
        if !self.is_read(at)
            && let Some(source) = &self.source
        {
            return source.some(at, places).unwrap_or_default();
        }
        let run = self.run(at);
        places.iter().filter_map(|place| run.get(*place).cloned()).collect()
    }

    /// The words of a run as its source has them. What has no outline kept has changed since.
    pub fn words(&self, at: usize) -> Option<Worded> {
        self.source.as_ref().and_then(|source| source.words(at))
    }

    /// The outlines of a block as the source has them, without those of actions that have changed since.
    pub fn outlines(&self, block: usize) -> Option<&Outlines> {
        let outlines = self.outlines.get(block)?;
        if outlines.get().is_none()
            && let count = self.outlined.saturating_sub(block * OUTLINED).min(OUTLINED)
            && let Some(read) = self.source.as_ref().and_then(|source| source.outlines(block, count))
        {
            // Where another thread was faster, its reading is the same.
            outlines.set(read).ok();
        }
        outlines.get()
    }

    /// How many blocks of outlines the source has.
    pub fn blocks(&self) -> usize {
        self.outlines.len()
    }

    /// Whether the outlines of a block are in memory.
    pub fn is_outlined(&self, block: usize) -> bool {
        self.outlines.get(block).is_none_or(|outlines| outlines.get().is_some())
    }

    /// Where everything of a block of outlines is: its actions and their entries, as the source has them.
    pub fn slots_of(&self, block: usize) -> impl Iterator<Item = (Id, Slot)> {
        let actions = (block * OUTLINED..).zip(self.outlines(block).into_iter().flat_map(Outlines::each));
        actions.flat_map(|(at, (id, entries))| {
            let entries = (0..).zip(entries).map(move |(place, entry)| (*entry, Slot::Entry(at, place)));
            std::iter::once((id, Slot::Action(at))).chain(entries)
        })
    }

    /// The outline of the action at that place, where the action is as in the source.
    pub fn kept_outline(&self, at: usize) -> Option<Outline<'_>> {
        self.outlines(at / OUTLINED)?.get(at % OUTLINED)
    }

    /// Whether a run is in memory.
    pub fn is_read(&self, at: usize) -> bool {
        self.runs.get(at).is_none_or(|run| run.get().is_some())
    }

    /// Whether the action at that place is in memory.
    pub fn has(&self, at: usize) -> bool {
        self.is_read(at / self.each())
    }

    pub fn get(&self, at: usize) -> Option<&Action> {
        self.run(at / self.each()).get(at % self.each())
    }

    pub fn get_mut(&mut self, at: usize) -> Option<&mut Action> {
        let each = self.each();
        self.run(at / each);
        self.outlines(at / OUTLINED);
        if let Some(outlines) = self.outlines.get_mut(at / OUTLINED).and_then(OnceLock::get_mut) {
            outlines.forget(at % OUTLINED);
        }
        let held = self.runs.get_mut(at / each)?.get_mut()?;
        held.is_own = true;
        held.actions.get_mut(at % each)
    }

    pub fn push(&mut self, action: Action) {
        let each = self.each();
        let last = self.len / each;
        if self.len.is_multiple_of(each) {
            // The first run of a register is often its only one, with few actions.
            let actions = Vec::with_capacity(if last == 0 { 0 } else { each });
            self.runs.push(Run::from(Box::new(Held { actions, is_own: true })));
        }
        self.run(last);
        let Some(held) = self.runs.get_mut(last).and_then(OnceLock::get_mut) else { return };
        // A run that can no longer be read is not begun again: its source tells.
        if held.actions.len() == self.len % each {
            held.is_own = true;
            held.actions.push(action);
            self.len += 1;
        }
    }

    /// Keeps no more than so many runs in memory that can be read again. As few as need be go each time, in turn: freeing many at
    /// once would hold up a key.
    pub fn spare(&mut self, most: usize) {
        let is_spare = |run: &&mut Run| run.get().is_some_and(|held| !held.is_own);
        let count = self.source.as_ref().map_or(0, |_| self.runs.iter_mut().filter(is_spare).count());
        let first = self.next_spared.min(self.runs.len());
        let (before, after) = self.runs.split_at_mut(first);
        let in_turn = (first..).zip(after).chain((0..).zip(before));
        for (at, run) in in_turn.filter(|(_, run)| is_spare(run)).take(count.saturating_sub(most)) {
            drop(run.take());
            self.next_spared = at + 1;
        }
    }

    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Action> {
        (0..self.runs.len()).flat_map(|at| self.run(at))
    }

    /// The entries of the action at that place.
    pub fn entries(&self, at: usize) -> Vec<Id> {
        let read = || self.get(at).into_iter().flat_map(|action| &action.entries).map(|entry| entry.id).collect();
        let kept = self.outlines(at / OUTLINED).and_then(|outlines| outlines.entries(at % OUTLINED));
        kept.map_or_else(read, <[Id]>::to_vec)
    }

    /// Whether the action at that place is withdrawn, or there is none.
    pub fn is_hidden(&self, at: usize) -> bool {
        let read = || self.get(at).is_none_or(Action::is_hidden);
        self.kept_outline(at).map_or_else(read, |outline| outline.is_hidden)
    }

    /// The outline of the action at that place.
    pub fn outline(&self, at: usize) -> Option<Outline<'_>> {
        self.kept_outline(at).or_else(|| self.get(at).map(Outline::of))
    }
}

impl fmt::Debug for Actions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl PartialEq for Actions {
    fn eq(&self, other: &Actions) -> bool {
        self.len == other.len && self.iter().eq(other.iter())
    }
}

impl Eq for Actions {}

/// For tests; the program itself asks with [`Actions::get`].
impl Index<usize> for Actions {
    type Output = Action;

    #[allow(
        clippy::indexing_slicing,
        reason = "as with any list, a place that is not there is a mistake of the caller"
    )]
    fn index(&self, at: usize) -> &Action {
        &self.run(at / self.each())[at % self.each()]
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;
    use crate::domain::id::Origin;

    fn action(seq: usize) -> Action {
        Action::new(Id { origin: Origin(1), seq: seq as u64 }, Id { origin: Origin(1), seq: 0 }, None, 1)
    }

    fn pushed(count: usize) -> Actions {
        let mut actions = Actions::default();
        for seq in 0..count {
            assert_eq!(actions.len(), seq);
            actions.push(action(seq));
        }
        actions
    }

    /// Counts how often it is read.
    struct Shelf {
        all: Actions,
        read: AtomicUsize,
        lacks: Option<usize>,
    }

    impl RunSource for Shelf {
        fn run(&self, at: usize) -> Option<Vec<Action>> {
            self.read.fetch_add(1, Ordering::Relaxed);
            (self.lacks != Some(at)).then(|| self.all.run(at).to_vec())
        }

        fn outlines(&self, block: usize, _: usize) -> Option<Outlines> {
            let mut outlines = Outlines::default();
            let all = self.all.iter().skip(block * OUTLINED).take(OUTLINED);
            all.map(Outline::of).all(|outline| outlines.push(&outline, &[])).then_some(outlines)
        }

        fn words(&self, _: usize) -> Option<Worded> {
            None
        }

        fn is_lost(&self) -> bool {
            self.lacks.is_some()
        }
    }

    fn shelved(count: usize, lacks: Option<usize>) -> (Actions, Arc<Shelf>) {
        let shelf = Arc::new(Shelf { all: pushed(count), read: AtomicUsize::new(0), lacks });
        (Actions::kept(count, shelf.clone()), shelf)
    }

    #[test]
    fn they_are_the_list_of_what_was_pushed() {
        assert!(Actions::default().is_empty() && Actions::default().get(0).is_none());
        let actions = pushed(2 * RUN + 3);
        let numbers = || 0..2 * RUN + 3;
        assert!(actions.iter().map(|action| action.id.seq).eq(numbers().map(|seq| seq as u64)));
        assert!(actions.iter().rev().map(|action| action.id.seq).eq(numbers().rev().map(|seq| seq as u64)));
        assert!(numbers().all(|at| actions[at].id.seq == at as u64) && actions.get(2 * RUN + 3).is_none());
        assert_eq!(actions.runs(), 3);
    }

    #[test]
    fn an_outline_needs_no_reading_and_a_run_is_read_once() {
        let (mut actions, shelf) = shelved(2 * RUN + 3, None);
        assert!((0..2 * RUN + 3).all(|at| actions.outline(at).is_some_and(|outline| outline.id.seq == at as u64)));
        assert_eq!((shelf.read.load(Ordering::Relaxed), actions.len()), (0, 2 * RUN + 3));
        assert_eq!((actions[RUN].id.seq, actions[RUN + 1].id.seq), (256, 257));
        assert_eq!(shelf.read.load(Ordering::Relaxed), 1);
        actions.push(action(2 * RUN + 3));
        assert_eq!((actions[2 * RUN + 3].id.seq, actions.len()), (515, 516));
        actions.get_mut(0).unwrap().changed = chrono::NaiveDate::from_ymd_opt(2026, 11, 30);
        assert_eq!(
            actions.outline(0).unwrap().changed,
            actions[0].changed,
            "the outline is that of the changed action"
        );
        assert!(actions.iter().map(|action| action.id.seq).eq(0..516));
    }

    #[test]
    fn what_can_be_read_again_is_spared_and_what_was_changed_is_not() {
        let (mut actions, shelf) = shelved(4 * RUN + 3, None);
        actions.get_mut(RUN).unwrap().slips = 7;
        actions.push(action(4 * RUN + 3));
        assert_eq!(actions.iter().count(), 4 * RUN + 4);
        actions.spare(3);
        assert!((0..5).all(|run| actions.is_read(run)), "three are no more than three");
        actions.spare(2);
        assert_eq!((0..5).filter(|run| actions.is_read(*run)).collect::<Vec<_>>(), [1, 2, 3, 4], "one is enough");
        assert_eq!((actions[RUN].slips, actions[0].id.seq, actions.iter().count()), (7, 0, 4 * RUN + 4));
        assert_eq!(shelf.read.load(Ordering::Relaxed), 5 + 1);
        actions.spare(2);
        assert_eq!((0..5).filter(|run| actions.is_read(*run)).collect::<Vec<_>>(), [0, 1, 3, 4], "the next in turn");
        actions.spare(0);
        assert_eq!((0..5).filter(|run| actions.is_read(*run)).collect::<Vec<_>>(), [1, 4]);
        let mut own = pushed(3 * RUN);
        own.spare(0);
        assert_eq!(own.iter().count(), 3 * RUN, "without a source nothing can be read again");
    }

    #[test]
    fn a_run_that_cannot_be_read_is_not_begun_again() {
        let (mut actions, _) = shelved(RUN + 3, Some(1));
        actions.push(action(RUN + 3));
        assert!(actions.watch().is_lost() && actions.len() == RUN + 3 && actions.get(RUN).is_none());
        assert_eq!(actions.iter().count(), RUN);
    }
}
