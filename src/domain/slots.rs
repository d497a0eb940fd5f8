//! Where everything is in the register's lists, by its id.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::sync::OnceLock;

use super::actions::OUTLINED;
use super::id::{Id, IdHasher, Origin};
use super::recommendations;

/// The position of a thing in the register's lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    Plan(usize),
    Party(usize),
    Finding(usize),
    Recommendation(usize),
    Action(usize),
    /// The action, and the entry's position in it.
    Entry(usize, usize),
    Meeting(usize),
    /// The meeting, and the minute's position in it.
    Minute(usize, usize),
}

/// The position of everything. It is looked up some ten times for every action listed. The numbers of an origin have no gaps,
/// so of each origin there is a list by number.
#[derive(Clone, Debug, Default)]
pub struct Slots {
    origins: Vec<(Origin, Vec<Packed>)>,
    /// What is too far from the others of its origin to be in its list, as only a damaged or hostile log has it.
    far: HashMap<Id, Slot, BuildHasherDefault<IdHasher>>,
    /// What is in each block, whether that has been read or not.
    pub actions: Vec<Span>,
    pub recommendations: Vec<Span>,
    /// The blocks that have not been read: what is in them is not in the lists.
    unread: Vec<(Block, OnceLock<Places>)>,
}

/// Where everything in a block is.
pub type Places = HashMap<Id, Slot, BuildHasherDefault<IdHasher>>;

/// A block of a register's lists, which is read as one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Block {
    /// Actions in outline, with their entries.
    Actions(usize),
    Recommendations(usize),
}

/// Between which numbers of each origin all things of a block lie, both included. There may be others between.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Span(pub Vec<(Origin, u64, u64)>);

impl Span {
    fn has(&self, id: Id) -> bool {
        self.0.iter().any(|(origin, first, last)| *origin == id.origin && (*first..=*last).contains(&id.seq))
    }

    fn take_in(&mut self, id: Id) {
        match self.0.iter_mut().find(|(origin, ..)| *origin == id.origin) {
            Some((_, first, last)) => (*first, *last) = ((*first).min(id.seq), (*last).max(id.seq)),
            None => self.0.push((id.origin, id.seq, id.seq)),
        }
    }

    /// The same in one order, whichever way it came to be.
    #[must_use]
    pub fn in_order(&self) -> Span {
        let mut spans = self.0.clone();
        spans.sort_unstable();
        Span(spans)
    }
}

/// How many numbers of one origin may lie between two things without the list being left.
const GAP: usize = 1 << 20;

/// A slot in eight bytes: its kind, and its positions; 0 is none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Packed(u64);

const KIND: u32 = 60;
const INNER: u32 = 24;

impl Packed {
    /// None if a position is larger than fits.
    fn of(slot: Slot) -> Option<Packed> {
        let (kind, at, inner) = match slot {
            Slot::Plan(at) => (1, at, 0),
            Slot::Party(at) => (2, at, 0),
            Slot::Finding(at) => (3, at, 0),
            Slot::Recommendation(at) => (4, at, 0),
            Slot::Action(at) => (5, at, 0),
            Slot::Entry(at, inner) => (6, at, inner),
            Slot::Meeting(at) => (7, at, 0),
            Slot::Minute(at, inner) => (8, at, inner),
        };
        let (at, inner) = (at as u64, inner as u64);
        let fits = at < 1 << (KIND - INNER) && inner < 1 << INNER;
        fits.then_some(Packed(kind << KIND | at << INNER | inner))
    }

    fn slot(self) -> Option<Slot> {
        let at = usize::try_from(self.0 << (64 - KIND) >> (64 - KIND + INNER)).ok()?;
        let inner = usize::try_from(self.0 & ((1 << INNER) - 1)).ok()?;
        Some(match self.0 >> KIND {
            1 => Slot::Plan(at),
            2 => Slot::Party(at),
            3 => Slot::Finding(at),
            4 => Slot::Recommendation(at),
            5 => Slot::Action(at),
            6 => Slot::Entry(at, inner),
            7 => Slot::Meeting(at),
            8 => Slot::Minute(at, inner),
            _ => return None,
        })
    }
}

impl Slots {
    /// What is not in memory yet but in so many blocks of actions and of recommendations, with the spans of all.
    pub fn unread((of_actions, actions): (usize, Vec<Span>), (of_recs, recommendations): (usize, Vec<Span>)) -> Slots {
        let blocks = (0..of_actions).map(Block::Actions).chain((0..of_recs).map(Block::Recommendations));
        let unread = blocks.map(|block| (block, OnceLock::new())).collect();
        Slots { actions, recommendations, unread, ..Slots::default() }
    }

    /// Where something is that is in a block not taken in yet: `read` says where everything in one is, and is asked only
    /// once for each block that may have it.
    pub fn among_unread(&self, id: Id, read: impl Fn(Block) -> Places) -> Option<Slot> {
        let span = |block: Block| match block {
            Block::Actions(at) => self.actions.get(at),
            Block::Recommendations(at) => self.recommendations.get(at),
        };
        let mut may_have = self.unread.iter().filter(|(block, _)| span(*block).is_some_and(|span| span.has(id)));
        may_have.find_map(|(block, places)| places.get_or_init(|| read(*block)).get(&id).copied())
    }

    /// Takes in what is in the blocks that had not been read.
    pub fn take_in<I: Iterator<Item = (Id, Slot)>>(&mut self, of_block: impl Fn(Block) -> I) {
        for (block, _) in std::mem::take(&mut self.unread) {
            of_block(block).for_each(|(id, slot)| self.insert(id, slot));
        }
    }

    pub fn get(&self, id: &Id) -> Option<Slot> {
        let near = self.list(id.origin).zip(usize::try_from(id.seq).ok());
        let near = near.and_then(|(list, at)| list.get(at)).and_then(|packed| packed.slot());
        near.or_else(|| self.far.get(id).copied())
    }

    pub fn contains_key(&self, id: &Id) -> bool {
        self.get(id).is_some()
    }

    pub fn insert(&mut self, id: Id, slot: Slot) {
        self.note_block(id, slot);
        let place = usize::try_from(id.seq).ok().zip(Packed::of(slot));
        if self.list(id.origin).is_none() {
            self.origins.push((id.origin, Vec::new()));
        }
        let list = self.origins.iter_mut().find(|(origin, _)| *origin == id.origin).map(|(_, list)| list);
        match list.zip(place).filter(|(list, (at, _))| *at < list.len().saturating_add(GAP)) {
            Some((list, (at, packed))) => {
                list.resize(list.len().max(at + 1), Packed::default());
                if let Some(place) = list.get_mut(at) {
                    *place = packed;
                }
            }
            None => drop(self.far.insert(id, slot)),
        }
    }

    fn note_block(&mut self, id: Id, slot: Slot) {
        let (spans, at) = match slot {
            Slot::Action(at) | Slot::Entry(at, _) => (&mut self.actions, at / OUTLINED),
            Slot::Recommendation(at) => (&mut self.recommendations, at / recommendations::EACH),
            Slot::Plan(_) | Slot::Party(_) | Slot::Finding(_) | Slot::Meeting(_) | Slot::Minute(..) => return,
        };
        if spans.len() <= at {
            spans.resize_with(at + 1, Span::default);
        }
        if let Some(span) = spans.get_mut(at) {
            span.take_in(id);
        }
    }

    /// An origin or two write most of a register, so they are found soonest one after another.
    fn list(&self, origin: Origin) -> Option<&Vec<Packed>> {
        self.origins.iter().find(|(other, _)| *other == origin).map(|(_, list)| list)
    }
}

/// What is where, however it came there.
impl PartialEq for Slots {
    fn eq(&self, other: &Slots) -> bool {
        let held = |slots: &Slots| {
            let near = slots.origins.iter().flat_map(|(origin, list)| {
                let ids = (0..).map(|seq| Id { origin: *origin, seq });
                ids.zip(list).filter_map(|(id, packed)| Some((id, packed.slot()?))).collect::<Vec<_>>()
            });
            let mut all: Vec<(Id, Slot)> = near.chain(slots.far.iter().map(|(id, slot)| (*id, *slot))).collect();
            all.sort_unstable_by_key(|(id, _)| *id);
            all
        };
        held(self) == held(other)
    }
}

impl Eq for Slots {}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(origin: u64, seq: u64) -> Id {
        Id { origin: Origin(origin), seq }
    }

    #[test]
    fn what_is_put_somewhere_is_found_there_and_nothing_else_is() {
        let all = [
            (id(1, 1), Slot::Plan(0)),
            (id(1, 7), Slot::Action(100_000)),
            (id(1, 8), Slot::Entry(100_000, 16_777_215)),
            (id(2, 3), Slot::Minute(4, 5)),
            (id(2, u64::MAX), Slot::Party(9)),
            (id(2, 4), Slot::Entry(1, 1 << 30)),
            (id(3, 1), Slot::Finding(1)),
            (id(3, 2), Slot::Recommendation(2)),
            (id(3, 3), Slot::Meeting(3)),
        ];
        let mut slots = Slots::default();
        for (id, slot) in all {
            slots.insert(id, slot);
        }
        assert!(all.iter().all(|(id, slot)| slots.get(id) == Some(*slot)));
        assert!([id(1, 0), id(1, 2), id(1, 9), id(4, 1)].iter().all(|id| !slots.contains_key(id)));
        let mut others = Slots::default();
        for (id, slot) in all.into_iter().rev() {
            others.insert(id, slot);
        }
        assert_eq!(slots, others);
        others.insert(id(1, 2), Slot::Plan(1));
        assert_ne!(slots, others);
    }

    #[test]
    fn a_number_far_away_takes_no_room_for_those_between() {
        let mut slots = Slots::default();
        slots.insert(id(1, 1 << 40), Slot::Plan(0));
        assert!(slots.list(Origin(1)).is_none_or(|list| list.len() < GAP));
        assert_eq!(slots.get(&id(1, 1 << 40)), Some(Slot::Plan(0)));
    }
}
