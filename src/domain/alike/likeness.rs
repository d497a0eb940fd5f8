//! The words of a register's actions, weighed and ready to be compared.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;

use super::super::action::Action;
use super::super::actions::RUN;
use super::super::id::{Id, IdHasher};
use super::super::outline::Outline;
use super::super::recommendation::Recommendation;
use super::super::register::Register;
use super::super::slots::Slot;
use super::search::Search;
use super::worded::Worded;
use super::{Like, stem};

/// How many words of actions are weighed in one step.
const WEIGHED_AT_A_TIME: usize = 200_000;
/// The weight of a word that is only in the recommendation.
const FROM_ABOVE: f32 = 0.6;

/// The words of all visible actions of a register.
#[derive(Clone, Debug, Default)]
pub struct Likeness {
    pub(super) items: Vec<Item>,
    /// For each action of the register, its place among the items, from 1; 0 for one that is not visible.
    places: Vec<u32>,
    /// The place of each word, by what stands for it.
    stems: HashMap<u64, u32, BuildHasherDefault<IdHasher>>,
    /// The actions that have each word.
    having: Vec<Vec<Having>>,
    stage: Stage,
}

#[derive(Clone, Debug)]
pub(super) struct Item {
    pub action: Id,
    pub plan: Id,
    pub recommendation: Option<Id>,
    /// What stands for its words, all together: another number means that it must be read again.
    worded: u64,
    /// The square root of the sum of the squares of its words' weights; the sum itself until all are weighed.
    pub length: f32,
}

/// An action that has a word: its place among the items, and whether the word is in its own text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Having(u32);

/// A word of one action.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word<'a> {
    pub id: u32,
    pub is_own: bool,
    pub spelled: &'a str,
}

/// What the next step does.
#[derive(Clone, Copy, Debug)]
enum Stage {
    /// Reads on from this run of the register's actions.
    Read(usize),
    /// Weighs on from this word.
    Weigh(u32),
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
        Likeness::default().completed(register)
    }

    /// Reads those of some runs. What is read of the runs after them is [`append`](Likeness::append)ed.
    pub fn of_runs(register: &Register, runs: Range<usize>) -> Likeness {
        let mut likeness = Likeness { stage: Stage::Read(runs.end), ..Likeness::default() };
        runs.for_each(|run| likeness.take((run, Worded::now(register, run)), register));
        likeness
    }

    /// Takes in what has been read of the runs after its own.
    pub fn append(&mut self, next: Likeness) {
        let before = u32::try_from(self.items.len()).unwrap_or(u32::MAX);
        self.places.extend(next.places.iter().map(|place| if *place == 0 { 0 } else { before + place }));
        self.items.extend(next.items);
        let mut stems: Vec<(u32, u64)> = next.stems.into_iter().map(|(stem, id)| (id, stem)).collect();
        stems.sort_unstable();
        for ((_, stem), having) in stems.into_iter().zip(next.having) {
            let id = self.id(stem);
            if let Some(all) = self.having.get_mut(id as usize) {
                all.extend(having.iter().map(|one| one.after(before)));
            }
        }
        self.stage = next.stage;
    }

    /// Reads and weighs what is left.
    #[must_use]
    pub fn completed(mut self, register: &Register) -> Likeness {
        while !self.is_complete() {
            self.go_on(register);
        }
        self
    }

    /// Whether actions can be compared.
    pub fn is_complete(&self) -> bool {
        matches!(self.stage, Stage::Done)
    }

    /// Takes one small step.
    pub fn go_on(&mut self, register: &Register) {
        self.stage = match self.stage {
            Stage::Read(run) => self.read_run(run, register),
            Stage::Weigh(from) => self.weigh_from(from),
            Stage::Done => Stage::Done,
        }
    }

    /// Whether it is up to date with these actions, as far as it has read them.
    pub fn is_fresh(&self, register: &Register, actions: &[Id]) -> bool {
        actions.iter().filter_map(|id| register.action(*id)).all(|action| {
            let item = self.place(register, action.id).and_then(|place| self.items.get(place));
            item.map_or(!self.is_complete(), |item| item.worded == all_words(register, action))
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

    pub(super) fn place(&self, register: &Register, action: Id) -> Option<usize> {
        let Slot::Action(at) = register.slot(action)? else { return None };
        usize::try_from(self.places.get(at)?.checked_sub(1)?).ok()
    }

    pub(super) fn having(&self, word: u32) -> &[Having] {
        self.having.get(word as usize).map_or(&[], Vec::as_slice)
    }

    /// What a word weighs: the fewer actions have it, the more.
    pub(super) fn rarity(&self, word: u32) -> f32 {
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

    /// The words of an action, each once, without reading the action for it, and whether each is in its own text.
    pub(super) fn words_only(&self, register: &Register, action: Id) -> HashMap<u32, bool> {
        let mut words = HashMap::new();
        let Some(Slot::Action(at)) = register.slot(action) else { return words };
        let mut note = |stem: u64, is_own: bool| {
            if let Some(id) = self.stems.get(&stem) {
                words.entry(*id).or_insert(is_own);
            }
        };
        if register.actions.has(at) {
            let action = register.actions.get(at);
            action.iter().flat_map(|action| stems(register, action)).for_each(|(stem, _, is_own)| note(stem, is_own));
        } else {
            let run = Worded::now(register, at / RUN);
            let stem = |place: u32| run.known.get(place as usize).copied();
            run.words(at % RUN).for_each(|(place, is_own)| stem(place).into_iter().for_each(|one| note(one, is_own)));
        }
        words
    }

    fn read_run(&mut self, run: usize, register: &Register) -> Stage {
        if run >= register.actions.runs() {
            return Stage::Weigh(0);
        }
        self.take((run, Worded::now(register, run)), register);
        Stage::Read(run + 1)
    }

    /// Takes the words of the next run.
    fn take(&mut self, (run, worded): (usize, Worded), register: &Register) {
        let ids: Vec<u32> = worded.known.iter().map(|word| self.id(*word)).collect();
        let mut above = Above::default();
        for at in 0..worded.len() {
            let outline = register.actions.outline(run * RUN + at);
            self.read(
                outline.filter(|outline| !outline.is_hidden && above.is_visible(register, outline)),
                &mut worded.words(at).filter_map(|(place, is_own)| {
                    Some((*ids.get(place as usize)?, *worded.known.get(place as usize)?, is_own))
                }),
            );
        }
        self.stage = Stage::Read(run + 1);
    }

    fn id(&mut self, word: u64) -> u32 {
        let next = u32::try_from(self.having.len()).unwrap_or(u32::MAX);
        let id = *self.stems.entry(word).or_insert(next);
        if id == next {
            self.having.push(Vec::new());
        }
        id
    }

    /// Takes the words of an action; without an outline, of one that is not visible.
    fn read(&mut self, outline: Option<Outline<'_>>, words: &mut dyn Iterator<Item = (u32, u64, bool)>) {
        let place = u32::try_from(self.items.len()).unwrap_or(u32::MAX);
        self.places.push(outline.map_or(0, |_| place + 1));
        let Some(outline) = outline else { return };
        let mut sum = IdHasher::default();
        for (id, word, is_own) in words {
            let Some(having) = self.having.get_mut(id as usize) else { continue };
            if having.last().is_none_or(|last| last.place() != place as usize) {
                having.push(Having::of(place, is_own));
                sum.write_u64(word.wrapping_add(u64::from(is_own)));
            }
        }
        self.items.push(Item {
            action: outline.id,
            plan: outline.plan,
            recommendation: outline.recommendation,
            worded: sum.finish(),
            length: 0.0,
        });
    }

    fn weigh_from(&mut self, from: u32) -> Stage {
        let (mut word, mut weighed) = (from, 0);
        while weighed < WEIGHED_AT_A_TIME {
            let rarity = self.rarity(word);
            let Some(having) = self.having.get(word as usize) else {
                self.items.iter_mut().for_each(|item| item.length = item.length.sqrt().max(f32::EPSILON));
                return Stage::Done;
            };
            for one in having {
                if let Some(item) = self.items.get_mut(one.place()) {
                    item.length += (one.share() * rarity).powi(2);
                }
            }
            weighed += having.len() + 1;
            word += 1;
        }
        Stage::Weigh(word)
    }
}

/// What is above an action, most often the same as above the one before.
#[derive(Default)]
struct Above {
    ids: Option<(Id, Option<Id>)>,
    is_visible: bool,
}

impl Above {
    fn is_visible(&mut self, register: &Register, action: &Outline<'_>) -> bool {
        let ids = (action.plan, action.recommendation);
        if self.ids != Some(ids) {
            let mut each = [Some(ids.0), ids.1].into_iter().flatten();
            *self = Above { ids: Some(ids), is_visible: each.all(|id| !register.is_hidden(id)) };
        }
        self.is_visible
    }
}

impl Having {
    fn of(place: u32, is_own: bool) -> Having {
        Having(place << 1 | u32::from(is_own))
    }

    /// The same, where so many items come before.
    fn after(self, before: u32) -> Having {
        Having(self.0 + (before << 1))
    }

    pub fn place(self) -> usize {
        (self.0 >> 1) as usize
    }

    pub fn share(self) -> f32 {
        share(self.0 & 1 == 1)
    }
}

/// What a word counts for, by whether it is in the action's own text.
pub(super) fn share(is_own: bool) -> f32 {
    if is_own { 1.0 } else { FROM_ABOVE }
}

/// The words that say what an action is about: of its own text first, then of its recommendation's.
fn stems<'a>(register: &'a Register, action: &'a Action) -> impl Iterator<Item = (u64, &'a str, bool)> {
    let rec = action.recommendation.and_then(|id| register.recommendation(id));
    let above = stem::words(rec.map_or("", Recommendation::text)).map(|(stem, spelled)| (stem, spelled, false));
    stem::words(action.text()).map(|(stem, spelled)| (stem, spelled, true)).chain(above)
}

/// What stands for all words of an action, and for which of them are its own.
fn all_words(register: &Register, action: &Action) -> u64 {
    let (mut sum, mut known) = (IdHasher::default(), Vec::new());
    for (stem, _, is_own) in stems(register, action) {
        if !known.contains(&stem) {
            sum.write_u64(stem.wrapping_add(u64::from(is_own)));
            known.push(stem);
        }
    }
    sum.finish()
}

/// A count as a number that can be divided.
fn number(count: usize) -> f32 {
    let part = |count: usize| f32::from(u16::try_from(count).unwrap_or(u16::MAX));
    part(count / 65_536) * 65_536.0 + part(count % 65_536)
}
