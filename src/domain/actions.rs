//! All actions of a register, in runs: read from the file when something is asked of them, and never moved as a whole.

use std::fmt;
use std::ops::Index;
use std::sync::{Arc, OnceLock};

use super::action::Action;
use super::id::Id;
use super::outline::{Outline, Outlines};

/// How many actions a run holds: few enough to be read or written within a frame.
pub const RUN: usize = 256;

/// Where actions are read from that are not in memory.
pub trait RunSource: Send + Sync {
    /// The actions of a run. None if they can no longer be read.
    fn run(&self, at: usize) -> Option<Vec<Action>>;

    /// Whether that has happened: then what is shown may lack actions.
    fn is_lost(&self) -> bool;
}

/// A list in runs of [`RUN`] actions, the last of which may be shorter.
#[derive(Clone, Default)]
pub struct Actions {
    runs: Vec<Run>,
    len: usize,
    /// Of the first actions; those of the others, and of the changed, are read off the actions themselves.
    outlines: Outlines,
    source: Option<Arc<dyn RunSource>>,
}

#[derive(Clone, Default)]
struct Run {
    actions: OnceLock<Vec<Action>>,
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
    /// Actions of which only the outlines are in memory.
    pub fn outlined(outlines: Outlines, source: Arc<dyn RunSource>) -> Actions {
        let len = outlines.len();
        let runs = vec![Run::default(); len.div_ceil(RUN)];
        Actions { runs, len, outlines, source: Some(source) }
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
        let Some(Run { actions, .. }) = self.runs.get(at) else { return &[] };
        if actions.get().is_none()
            && let Some(read) = self.source.as_ref().and_then(|source| source.run(at))
        {
            // Where another thread was faster, its reading is the same.
            actions.set(read).ok();
        }
        actions.get().map_or(&[], Vec::as_slice)
    }

    /// Whether a run is in memory.
    pub fn is_read(&self, at: usize) -> bool {
        self.runs.get(at).is_none_or(|run| run.actions.get().is_some())
    }

    /// Those from that place on, as far as its run goes.
    pub fn run_from(&self, at: usize) -> &[Action] {
        self.run(at / RUN).get(at % RUN..).unwrap_or_default()
    }

    pub fn get(&self, at: usize) -> Option<&Action> {
        self.run(at / RUN).get(at % RUN)
    }

    pub fn get_mut(&mut self, at: usize) -> Option<&mut Action> {
        self.run(at / RUN);
        self.outlines.forget(at);
        let run = self.runs.get_mut(at / RUN)?;
        run.is_own = true;
        run.actions.get_mut()?.get_mut(at % RUN)
    }

    pub fn push(&mut self, action: Action) {
        if self.len.is_multiple_of(RUN) {
            self.runs.push(Run::default());
        }
        let last = self.len / RUN;
        self.run(last);
        let Some(run) = self.runs.get_mut(last) else { return };
        run.actions.get_or_init(Vec::new);
        run.is_own = true;
        // A run that can no longer be read is not begun again: its source tells.
        if let Some(actions) = run.actions.get_mut().filter(|actions| actions.len() == self.len % RUN) {
            actions.push(action);
            self.len += 1;
        }
    }

    /// Keeps no more than so many runs in memory that can be read again.
    pub fn spare(&mut self, most: usize) {
        let is_spare = |run: &&mut Run| !run.is_own && run.actions.get().is_some();
        if self.source.is_some() && self.runs.iter_mut().filter(is_spare).count() > most {
            self.runs.iter_mut().filter(is_spare).for_each(|run| drop(run.actions.take()));
        }
    }

    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Action> {
        (0..self.runs.len()).flat_map(|at| self.run(at))
    }

    /// The entries of the action at that place.
    pub fn entries(&self, at: usize) -> Vec<Id> {
        let read = || self.get(at).into_iter().flat_map(|action| &action.entries).map(|entry| entry.id).collect();
        self.outlines.entries(at).map_or_else(read, <[Id]>::to_vec)
    }

    /// Whether the action at that place is withdrawn, or there is none.
    pub fn is_hidden(&self, at: usize) -> bool {
        let read = || self.get(at).is_none_or(Action::is_hidden);
        self.outlines.get(at).map_or_else(read, |outline| outline.is_hidden)
    }

    /// The outline of the action at that place.
    pub fn outline(&self, at: usize) -> Option<Outline<'_>> {
        self.outlines.get(at).or_else(|| self.get(at).map(Outline::of))
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
        &self.run(at / RUN)[at % RUN]
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

        fn is_lost(&self) -> bool {
            self.lacks.is_some()
        }
    }

    fn shelved(count: usize, lacks: Option<usize>) -> (Actions, Arc<Shelf>) {
        let all = pushed(count);
        let mut outlines = Outlines::default();
        assert!(all.iter().all(|action| outlines.push(&Outline::of(action), &[])));
        let shelf = Arc::new(Shelf { all, read: AtomicUsize::new(0), lacks });
        (Actions::outlined(outlines, shelf.clone()), shelf)
    }

    #[test]
    fn they_are_the_list_of_what_was_pushed() {
        assert!(Actions::default().is_empty() && Actions::default().get(0).is_none());
        let actions = pushed(2 * RUN + 3);
        let numbers = || 0..2 * RUN + 3;
        assert!(actions.iter().map(|action| action.id.seq).eq(numbers().map(|seq| seq as u64)));
        assert!(actions.iter().rev().map(|action| action.id.seq).eq(numbers().rev().map(|seq| seq as u64)));
        assert!(numbers().all(|at| actions[at].id.seq == at as u64) && actions.get(2 * RUN + 3).is_none());
        assert_eq!((actions.runs(), actions.run_from(RUN + 250).len(), actions.run_from(2 * RUN + 3).len()), (3, 6, 0));
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
        assert_eq!((0..5).filter(|run| actions.is_read(*run)).collect::<Vec<_>>(), [1, 4]);
        assert_eq!((actions[RUN].slips, actions[0].id.seq, actions.iter().count()), (7, 0, 4 * RUN + 4));
        assert_eq!(shelf.read.load(Ordering::Relaxed), 5 + 3);
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
