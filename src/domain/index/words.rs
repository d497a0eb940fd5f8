//! Which actions of a list hold a word or a part of one, found without reading their texts.
//!
//! Every different word is kept once, with the actions that hold it: a search looks through the words, of which a large
//! register has no more than a small one.

use std::collections::{BTreeMap, HashMap};

use memchr::memmem::Finder;

use super::super::bits::Bits;

#[derive(Clone, Debug, Default)]
pub struct Words {
    /// All different words, each ended by a line break.
    spelled: String,
    known: HashMap<Box<str>, usize>,
    kept: Vec<Word>,
    /// Actions that were changed after they were taken in, with their present texts.
    changed: BTreeMap<usize, String>,
}

#[derive(Clone, Debug)]
struct Word {
    /// Where it ends among all words.
    end: usize,
    /// The last action that holds it.
    last: usize,
    holders: Holders,
}

/// The actions that hold a word.
#[derive(Clone, Debug)]
enum Holders {
    Few(Vec<u32>),
    Many(Bits),
}

impl Words {
    /// Takes in the searchable text of the next action.
    pub fn add(&mut self, place: usize, text: &str) {
        for word in text.split([' ', '\n']).filter(|word| !word.is_empty()) {
            let at = self.known.get(word).copied().unwrap_or_else(|| self.new_word(word));
            if let Some(word) = self.kept.get_mut(at) {
                word.hold(place);
            }
        }
    }

    fn new_word(&mut self, word: &str) -> usize {
        let at = self.kept.len();
        self.spelled.push_str(word);
        self.spelled.push('\n');
        self.known.insert(word.into(), at);
        self.kept.push(Word { end: self.spelled.len(), last: usize::MAX, holders: Holders::Few(Vec::new()) });
        at
    }

    /// The text of an action is now this.
    pub fn replace(&mut self, place: usize, text: String) {
        self.changed.insert(place, text);
    }

    /// The actions whose text holds this, as [`query::search_text`](super::super::query::search_text) spells it. Where it is
    /// several words, `read` gives the texts of those that hold each.
    pub fn holding(&self, count: usize, part: &Finder<'_>, read: impl Fn(usize) -> String) -> Bits {
        let Ok(wanted) = std::str::from_utf8(part.needle()) else { return Bits::default() };
        if wanted.is_empty() {
            return Bits::all(count);
        }
        let is_in = |text: &str| part.find(text.as_bytes()).is_some();
        let mut found = if wanted.contains([' ', '\n']) {
            let mut found = Bits::all(count);
            let parts = wanted.split([' ', '\n']).filter(|part| !part.is_empty());
            parts.for_each(|part| found.keep(&self.having(&Finder::new(part.as_bytes()))));
            found.iter().filter(|place| is_in(&read(*place))).collect()
        } else {
            self.having(part)
        };
        for (place, text) in &self.changed {
            found.remove(*place);
            if is_in(text) {
                found.insert(*place);
            }
        }
        found
    }

    /// The actions that hold a word with this in it.
    fn having(&self, part: &Finder<'_>) -> Bits {
        let mut found = Bits::default();
        let (all, mut words, mut from) = (self.spelled.as_bytes(), self.kept.iter(), 0);
        while let Some(at) = all.get(from..).and_then(|rest| part.find(rest)).map(|at| from + at) {
            let Some(word) = words.find(|word| word.end > at) else { break };
            word.holders.add_to(&mut found);
            from = word.end;
        }
        found
    }
}

impl Word {
    fn hold(&mut self, place: usize) {
        if self.last != place {
            self.last = place;
            self.holders.insert(place);
        }
    }
}

impl Holders {
    fn insert(&mut self, place: usize) {
        match self {
            Holders::Few(places) => {
                places.extend(u32::try_from(place));
                // From here on a bit for each action takes less room.
                if places.len() > 16 + place / 32 {
                    *self = Holders::Many(places.iter().map(|place| *place as usize).collect());
                }
            }
            Holders::Many(places) => places.insert(place),
        }
    }

    fn add_to(&self, found: &mut Bits) {
        match self {
            Holders::Few(places) => places.iter().for_each(|place| found.insert(*place as usize)),
            Holders::Many(places) => found.add(places),
        }
    }
}
