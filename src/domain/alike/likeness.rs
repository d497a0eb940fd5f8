//! The words of a register's actions, weighed and ready to be compared.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::super::action::Action;
use super::super::id::{Id, IdHasher};
use super::super::recommendation::Recommendation;
use super::super::register::Register;
use super::search::Search;
use super::{Like, stem};

/// How many actions are read in one step: about a millisecond's worth.
const READ_AT_A_TIME: usize = 100;
/// How many words of actions are weighed in one step.
const WEIGHED_AT_A_TIME: usize = 200_000;
/// The weight of a word that is only in the recommendation.
const FROM_ABOVE: f32 = 0.6;

/// The words of all visible actions of a register.
#[derive(Clone, Debug, Default)]
pub struct Likeness {
    pub(super) items: Vec<Item>,
    places: HashMap<Id, usize, BuildHasherDefault<IdHasher>>,
    /// What the forms of each word have in common, and its number.
    stems: HashMap<String, usize>,
    /// The actions that have each word.
    having: Vec<Vec<Having>>,
    stage: Stage,
}

#[derive(Clone, Debug)]
pub(super) struct Item {
    pub action: Id,
    pub plan: Id,
    pub recommendation: Option<Id>,
    /// The changes that wrote the words, as one number: another one means that it must be read again.
    written: u64,
    /// The square root of the sum of the squares of its words' weights; the sum itself until all are weighed.
    pub length: f32,
}

/// An action that has a word.
#[derive(Clone, Copy, Debug)]
pub(super) struct Having {
    pub place: u32,
    /// Whether the word is in the action's own text.
    pub is_own: bool,
}

/// A word of one action.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word<'a> {
    pub id: usize,
    pub is_own: bool,
    pub spelled: &'a str,
}

/// What the next step does.
#[derive(Clone, Copy, Debug)]
enum Stage {
    /// Reads on from this action of the register.
    Read(usize),
    /// Weighs on from this word.
    Weigh(usize),
    Done,
}

impl Default for Stage {
    fn default() -> Stage {
        Stage::Read(0)
    }
}

impl Likeness {
    /// Reads all visible actions.
    pub fn of(register: &Register) -> Likeness {
        let mut likeness = Likeness::default();
        while !likeness.is_complete() {
            likeness.go_on(register);
        }
        likeness
    }

    /// Whether actions can be compared.
    pub fn is_complete(&self) -> bool {
        matches!(self.stage, Stage::Done)
    }

    /// Takes one small step.
    pub fn go_on(&mut self, register: &Register) {
        self.stage = match self.stage {
            Stage::Read(from) => self.read_from(from, register),
            Stage::Weigh(from) => self.weigh_from(from),
            Stage::Done => Stage::Done,
        }
    }

    /// Whether it is up to date with these actions, as far as it has read them.
    pub fn is_fresh(&self, register: &Register, actions: &[Id]) -> bool {
        actions.iter().filter_map(|id| register.action(*id)).all(|action| {
            let item = self.places.get(&action.id).and_then(|place| self.items.get(*place));
            item.map_or(!self.is_complete(), |item| item.written == written(register, action))
        })
    }

    /// The actions most like this one, the most alike first; none that was dismissed.
    pub fn like(&self, register: &Register, action: &Action) -> Vec<Like> {
        let mut search = Search::new(action.id);
        loop {
            if let Some(found) = search.go_on(self, register) {
                return found;
            }
        }
    }

    /// The actions that have a near-duplicate.
    pub fn alike(&self, register: &Register) -> Vec<Id> {
        let actions = self.items.iter().filter_map(|item| register.action(item.action));
        actions.filter(|action| !self.like(register, action).is_empty()).map(|action| action.id).collect()
    }

    /// The nth action read, if it is complete.
    pub fn nth(&self, at: usize) -> Option<Id> {
        self.items.get(at).filter(|_| self.is_complete()).map(|item| item.action)
    }

    pub(super) fn place(&self, action: Id) -> Option<usize> {
        self.places.get(&action).copied()
    }

    pub(super) fn having(&self, word: usize) -> &[Having] {
        self.having.get(word).map_or(&[], Vec::as_slice)
    }

    /// What a word weighs: the fewer actions have it, the more.
    pub(super) fn rarity(&self, word: usize) -> f32 {
        (1.0 + number(self.items.len()) / number(self.having(word).len().max(1))).ln()
    }

    /// The words of an action that has been read, each once.
    pub(super) fn words<'a>(&self, register: &'a Register, action: &'a Action) -> Vec<Word<'a>> {
        let mut words: Vec<Word<'a>> = Vec::new();
        for (stem, spelled, is_own) in stems(register, action) {
            if let Some(id) = self.stems.get(&stem).copied()
                && words.iter().all(|known| known.id != id)
            {
                words.push(Word { id, is_own, spelled });
            }
        }
        words
    }

    fn read_from(&mut self, from: usize, register: &Register) -> Stage {
        let rest = register.actions.run_from(from);
        let next = rest.get(..READ_AT_A_TIME).unwrap_or(rest);
        next.iter().filter(|action| is_visible(register, action)).for_each(|action| self.read(register, action));
        if next.is_empty() { Stage::Weigh(0) } else { Stage::Read(from + next.len()) }
    }

    fn read(&mut self, register: &Register, action: &Action) {
        let at = self.items.len();
        let Ok(place) = u32::try_from(at) else { return };
        for (stem, _, is_own) in stems(register, action) {
            let next = self.having.len();
            let word = *self.stems.entry(stem).or_insert(next);
            if word == next {
                self.having.push(Vec::new());
            }
            let Some(having) = self.having.get_mut(word) else { continue };
            if having.last().is_none_or(|last| last.place != place) {
                having.push(Having { place, is_own });
            }
        }
        self.places.insert(action.id, at);
        self.items.push(Item {
            action: action.id,
            plan: action.plan,
            recommendation: action.recommendation,
            written: written(register, action),
            length: 0.0,
        });
    }

    fn weigh_from(&mut self, from: usize) -> Stage {
        let (mut word, mut weighed) = (from, 0);
        while weighed < WEIGHED_AT_A_TIME {
            let rarity = self.rarity(word);
            let Some(having) = self.having.get(word) else {
                self.items.iter_mut().for_each(|item| item.length = item.length.sqrt().max(f32::EPSILON));
                return Stage::Done;
            };
            for one in having {
                if let Some(item) = self.items.get_mut(one.place as usize) {
                    item.length += (one.share() * rarity).powi(2);
                }
            }
            weighed += having.len() + 1;
            word += 1;
        }
        Stage::Weigh(word)
    }
}

impl Having {
    pub fn share(self) -> f32 {
        share(self.is_own)
    }
}

/// What a word counts for, by whether it is in the action's own text.
pub(super) fn share(is_own: bool) -> f32 {
    if is_own { 1.0 } else { FROM_ABOVE }
}

/// The words that say what an action is about: of its own text first, then of its recommendation's.
fn stems<'a>(register: &'a Register, action: &'a Action) -> impl Iterator<Item = (String, &'a str, bool)> {
    let rec = action.recommendation.and_then(|id| register.recommendation(id));
    let above = stem::words(rec.map_or("", Recommendation::text)).map(|(stem, spelled)| (stem, spelled, false));
    stem::words(action.text()).map(|(stem, spelled)| (stem, spelled, true)).chain(above)
}

fn is_visible(register: &Register, action: &Action) -> bool {
    let above = [Some(action.id), Some(action.plan), action.recommendation];
    above.into_iter().flatten().all(|id| !register.is_hidden(id))
}

/// The changes that wrote an action's words.
fn written(register: &Register, action: &Action) -> u64 {
    let rec = action.recommendation.and_then(|id| register.recommendation(id));
    let mut hasher = IdHasher::default();
    for id in action.text.ids().into_iter().chain(rec.into_iter().flat_map(|rec| rec.text.ids())) {
        hasher.write_u64(id.origin.0);
        hasher.write_u64(id.seq);
    }
    hasher.finish()
}

/// A count as a number that can be divided.
fn number(count: usize) -> f32 {
    let part = |count: usize| f32::from(u16::try_from(count).unwrap_or(u16::MAX));
    part(count / 65_536) * 65_536.0 + part(count % 65_536)
}
