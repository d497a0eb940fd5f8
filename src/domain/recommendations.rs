//! All recommendations of a register, in blocks: read from the file when something is asked of them.

use std::fmt;
use std::ops::Index;
use std::sync::{Arc, OnceLock};

use super::actions::RunSource;
use super::id::Id;
use super::recommendation::Recommendation;
use super::slots::Slot;

/// How many recommendations a block holds: most plans have several actions for one.
pub const EACH: usize = 4096;

/// A list in blocks of [`EACH`] recommendations, the last of which may be shorter.
#[derive(Clone, Default)]
pub struct Recommendations {
    blocks: Vec<Block>,
    len: usize,
    /// How many of the first ones the source has.
    of_source: usize,
    source: Option<Arc<dyn RunSource>>,
}

#[derive(Clone, Default)]
struct Block {
    held: OnceLock<Vec<Recommendation>>,
    /// Goes up whenever one of them may have changed.
    version: u64,
}

impl Recommendations {
    /// So many that the source has, in whole blocks if there is a rest, and the rest. None if they are not.
    pub fn kept(of_source: usize, rest: Vec<Recommendation>, source: Arc<dyn RunSource>) -> Option<Recommendations> {
        if !rest.is_empty() && !of_source.is_multiple_of(EACH) {
            return None;
        }
        let blocks = vec![Block::default(); of_source.div_ceil(EACH)];
        let mut all = Recommendations { blocks, len: of_source, of_source, source: Some(source) };
        for rec in rest {
            all.push(rec);
        }
        Some(all)
    }

    pub fn len(&self) -> usize {
        self.len
    }

    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// How many blocks there are.
    pub fn blocks(&self) -> usize {
        self.blocks.len()
    }

    /// The recommendations of a block; none where there is no such block, or it can no longer be read.
    pub fn block(&self, at: usize) -> &[Recommendation] {
        let Some(block) = self.blocks.get(at) else { return &[] };
        if block.held.get().is_none()
            && let count = self.of_source.saturating_sub(at * EACH).min(EACH)
            && let Some(read) = self.source.as_ref().and_then(|source| source.recommendations(at, count))
        {
            // Where another thread was faster, its reading is the same.
            block.held.set(read).ok();
        }
        block.held.get().map_or(&[], Vec::as_slice)
    }

    /// Where everything of a block is.
    pub fn slots_of(&self, block: usize) -> impl Iterator<Item = (Id, Slot)> {
        (block * EACH..).zip(self.block(block)).map(|(at, rec)| (rec.id, Slot::Recommendation(at)))
    }

    /// Whether a block is in memory.
    pub fn is_read(&self, block: usize) -> bool {
        self.blocks.get(block).is_none_or(|block| block.held.get().is_some())
    }

    /// A number that is another whenever a recommendation of the block may have changed.
    pub fn version(&self, block: usize) -> u64 {
        self.blocks.get(block).map_or(0, |block| block.version)
    }

    pub fn get(&self, at: usize) -> Option<&Recommendation> {
        self.block(at / EACH).get(at % EACH)
    }

    pub fn get_mut(&mut self, at: usize) -> Option<&mut Recommendation> {
        self.block_mut(at / EACH)?.get_mut(at % EACH)
    }

    pub fn push(&mut self, rec: Recommendation) {
        if self.len.is_multiple_of(EACH) {
            self.blocks.push(Block { held: OnceLock::from(Vec::new()), version: 0 });
        }
        let last = self.len / EACH;
        let within = self.len % EACH;
        // A block that can no longer be read is not begun again: its source tells.
        if let Some(block) = self.block_mut(last).filter(|block| block.len() == within) {
            block.push(rec);
            self.len += 1;
        }
    }

    fn block_mut(&mut self, at: usize) -> Option<&mut Vec<Recommendation>> {
        self.block(at);
        let block = self.blocks.get_mut(at)?;
        block.version += 1;
        block.held.get_mut()
    }

    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Recommendation> {
        (0..self.blocks.len()).flat_map(|at| self.block(at))
    }
}

impl fmt::Debug for Recommendations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl PartialEq for Recommendations {
    fn eq(&self, other: &Recommendations) -> bool {
        self.len == other.len && self.iter().eq(other.iter())
    }
}

impl Eq for Recommendations {}

/// For tests; the program itself asks with [`Recommendations::get`].
impl Index<usize> for Recommendations {
    type Output = Recommendation;

    #[allow(
        clippy::indexing_slicing,
        reason = "as with any list, a place that is not there is a mistake of the caller"
    )]
    fn index(&self, at: usize) -> &Recommendation {
        &self.block(at / EACH)[at % EACH]
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::super::action::Action;
    use super::super::alike::Worded;
    use super::super::id::Origin;
    use super::*;

    fn rec(seq: usize) -> Recommendation {
        let id = |seq: usize| Id { origin: Origin(1), seq: seq as u64 };
        Recommendation::new(id(seq), id(0))
    }

    fn pushed(count: usize) -> Recommendations {
        let mut all = Recommendations::default();
        (0..count).for_each(|seq| all.push(rec(seq)));
        all
    }

    /// Counts how often it is read.
    struct Shelf {
        all: Recommendations,
        read: AtomicUsize,
        lacks: Option<usize>,
    }

    impl RunSource for Shelf {
        fn run(&self, _: usize) -> Option<Vec<Action>> {
            None
        }

        fn recommendations(&self, block: usize, _: usize) -> Option<Vec<Recommendation>> {
            self.read.fetch_add(1, Ordering::Relaxed);
            (self.lacks != Some(block)).then(|| self.all.block(block).to_vec())
        }

        fn words(&self, _: usize) -> Option<Worded> {
            None
        }

        fn is_lost(&self) -> bool {
            self.lacks.is_some()
        }
    }

    fn shelved(count: usize, lacks: Option<usize>) -> (Recommendations, Arc<Shelf>) {
        let shelf = Arc::new(Shelf { all: pushed(count), read: AtomicUsize::new(0), lacks });
        (Recommendations::kept(count, Vec::new(), shelf.clone()).unwrap(), shelf)
    }

    #[test]
    fn they_are_the_list_of_what_was_pushed() {
        assert!(Recommendations::default().is_empty() && Recommendations::default().get(0).is_none());
        let all = pushed(EACH + 3);
        assert!(all.iter().map(|rec| rec.id.seq).eq(0..EACH as u64 + 3));
        assert!((0..EACH + 3).all(|at| all[at].id.seq == at as u64) && all.get(EACH + 3).is_none());
        assert_eq!((all.blocks(), all.len()), (2, EACH + 3));
    }

    #[test]
    fn a_block_is_read_once_and_only_when_it_is_asked_for() {
        let (mut all, shelf) = shelved(EACH + 3, None);
        assert_eq!((all.len(), shelf.read.load(Ordering::Relaxed)), (EACH + 3, 0));
        all.push(rec(EACH + 3));
        assert_eq!((all[EACH + 1].id.seq, all[EACH + 3].id.seq), (EACH as u64 + 1, EACH as u64 + 3));
        assert_eq!(shelf.read.load(Ordering::Relaxed), 1);
        assert_eq!(all, pushed(EACH + 4));
        assert_eq!(shelf.read.load(Ordering::Relaxed), 2);
    }

    #[test]
    fn only_the_block_that_may_have_changed_has_another_version() {
        let mut all = pushed(2 * EACH);
        let versions = |all: &Recommendations| [0, 1].map(|block| all.version(block));
        let before = versions(&all);
        all.get_mut(EACH + 7).unwrap().actions.push(rec(9).id);
        assert_eq!(all.get(EACH + 7).unwrap().actions.len(), 1);
        let after = versions(&all);
        assert_eq!((before[0] == after[0], before[1] == after[1]), (true, false));
    }

    #[test]
    fn a_block_that_cannot_be_read_is_not_begun_again() {
        let (mut all, _) = shelved(EACH + 3, Some(1));
        all.push(rec(EACH + 3));
        assert_eq!((all.len(), all.iter().count()), (EACH + 3, EACH));
        assert!(all.get(EACH).is_none() && all.get_mut(EACH).is_none());
    }

    #[test]
    fn what_is_not_from_the_source_follows_whole_blocks() {
        let shelf = || Arc::new(Shelf { all: pushed(EACH), read: AtomicUsize::new(0), lacks: None });
        let all = Recommendations::kept(EACH, vec![rec(EACH), rec(EACH + 1)], shelf()).unwrap();
        assert_eq!(all, pushed(EACH + 2));
        assert!(Recommendations::kept(EACH - 1, vec![rec(EACH), rec(EACH + 1)], shelf()).is_none());
    }
}
