//! The words by which the actions of one run are compared: what is kept with a register, so that its texts need not be read for it.

use super::super::action::Action;
use super::super::actions::RUN;
use super::super::id::{Id, IdHasher};
use super::super::recommendation::Recommendation;
use super::super::register::Register;
use super::stem;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// The words of a run of actions and of the recommendations over them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Worded {
    /// What stands for each different word, in the order in which they come.
    pub known: Vec<u64>,
    /// What stands for each recommendation with its text.
    pub above: Vec<u64>,
    /// The words of each recommendation, by their places among those known.
    pub of_above: Lists,
    /// For each action, which recommendation is over it, from 1; 0 for none.
    pub under: Vec<u32>,
    /// The words of each action's own text.
    pub own: Lists,
}

/// Lists of numbers, one after another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lists {
    ends: Vec<usize>,
    all: Vec<u32>,
}

impl Lists {
    pub fn push(&mut self, list: impl IntoIterator<Item = u32>) {
        self.all.extend(list);
        self.ends.push(self.all.len());
    }

    pub fn get(&self, at: usize) -> &[u32] {
        let start = at.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied());
        let range = start.zip(self.ends.get(at)).and_then(|(start, end)| self.all.get(start..*end));
        range.unwrap_or_default()
    }

    /// Where each list ends, and all of them.
    pub fn into_parts(self) -> (Vec<usize>, Vec<u32>) {
        (self.ends, self.all)
    }

    pub fn of_parts((ends, all): (Vec<usize>, Vec<u32>)) -> Lists {
        Lists { ends, all }
    }
}

impl Worded {
    /// The words of the actions of a run, read from their texts.
    pub fn of(register: &Register, run: usize) -> Worded {
        Worded::mended(register, run, None)
    }

    /// The words of the actions of a run as they are now: as the register's file has them, where nothing has changed since.
    pub fn now(register: &Register, run: usize) -> Worded {
        match register.actions.words(run) {
            Some(kept) if (0..places(register, run).len()).all(|at| kept.holds(register, run, at)) => kept,
            kept => Worded::mended(register, run, kept.as_ref()),
        }
    }

    /// How many actions they are of.
    pub fn len(&self) -> usize {
        self.under.len()
    }

    pub fn is_empty(&self) -> bool {
        self.under.is_empty()
    }

    /// Each word of an action, and whether it is in its own text: those first, and each once in either.
    pub fn words(&self, at: usize) -> impl Iterator<Item = (u32, bool)> {
        let above = self.under.get(at).and_then(|above| above.checked_sub(1));
        let above = above.map_or(&[][..], |above| self.of_above.get(above as usize));
        self.own.get(at).iter().map(|word| (*word, true)).chain(above.iter().map(|word| (*word, false)))
    }

    /// Whether the words of an action are still those that were kept.
    fn holds(&self, register: &Register, run: usize, at: usize) -> bool {
        let Some(outline) = register.actions.kept_outline(run * RUN + at) else { return false };
        let under = self.under.get(at).map(|under| under.checked_sub(1).and_then(|at| self.above.get(at as usize)));
        under == Some(over(register, outline.recommendation).map(named).as_ref())
    }

    /// Takes from those kept what holds, and reads the rest.
    fn mended(register: &Register, run: usize, kept: Option<&Worded>) -> Worded {
        let mut making = Making::default();
        for (at, place) in places(register, run).enumerate() {
            match kept.filter(|kept| kept.holds(register, run, at)) {
                Some(kept) => making.take(kept, at),
                // Where it can no longer be read, the register's source tells.
                None => register.actions.get(place).into_iter().for_each(|action| making.read(register, action)),
            }
        }
        making.worded
    }
}

fn places(register: &Register, run: usize) -> std::ops::Range<usize> {
    let start = (run * RUN).min(register.actions.len());
    start..(start + RUN).min(register.actions.len())
}

fn over(register: &Register, recommendation: Option<Id>) -> Option<&Recommendation> {
    recommendation.and_then(|id| register.recommendation(id))
}

/// What stands for a recommendation and the changes that wrote its text.
fn named(rec: &Recommendation) -> u64 {
    let mut hasher = IdHasher::default();
    for id in [rec.id].into_iter().chain(rec.text.ids()) {
        hasher.write_u64(id.origin.0);
        hasher.write_u64(id.seq);
    }
    hasher.finish()
}

/// The words of a run while they are gathered.
#[derive(Default)]
struct Making {
    worded: Worded,
    places: HashMap<u64, u32, BuildHasherDefault<IdHasher>>,
}

impl Making {
    fn read(&mut self, register: &Register, action: &Action) {
        let over = over(register, action.recommendation);
        let own: Vec<u64> = stem::words(action.text()).map(|(word, _)| word).collect();
        let above = over.map(|rec| (named(rec), stem::words(rec.text()).map(|(word, _)| word)));
        self.add(own, above);
    }

    fn take(&mut self, kept: &Worded, at: usize) {
        let word = |place: &u32| kept.known.get(*place as usize).copied();
        let own: Vec<u64> = kept.own.get(at).iter().filter_map(word).collect();
        let above = kept.under.get(at).and_then(|under| under.checked_sub(1)).map(|at| at as usize);
        let above = above.and_then(|at| Some((*kept.above.get(at)?, kept.of_above.get(at).iter().filter_map(word))));
        self.add(own, above);
    }

    fn add(&mut self, own: Vec<u64>, above: Option<(u64, impl Iterator<Item = u64>)>) {
        let own = self.each_once(own);
        self.worded.own.push(own);
        let under = above.map_or(0, |(named, words)| {
            let known = self.worded.above.iter().rposition(|other| *other == named);
            let at = known.unwrap_or_else(|| {
                let words = self.each_once(words);
                self.worded.of_above.push(words);
                self.worded.above.push(named);
                self.worded.above.len() - 1
            });
            u32::try_from(at + 1).unwrap_or(0)
        });
        self.worded.under.push(under);
    }

    /// The places of words, each once, in the order in which they come.
    fn each_once(&mut self, words: impl IntoIterator<Item = u64>) -> Vec<u32> {
        let mut places: Vec<u32> = Vec::new();
        for word in words {
            let next = u32::try_from(self.worded.known.len()).unwrap_or(u32::MAX);
            let place = *self.places.entry(word).or_insert(next);
            if place == next {
                self.worded.known.push(word);
            }
            if !places.contains(&place) {
                places.push(place);
            }
        }
        places
    }
}
