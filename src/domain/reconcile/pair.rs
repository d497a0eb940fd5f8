//! Which action of a draft is which action of the register: by number and by words.

use std::collections::hash_map::DefaultHasher;
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, BuildHasherDefault};

use super::rows;
use crate::domain::action::{Action, Closure};
use crate::domain::date_text;
use crate::domain::draft::{Draft, DraftAction, DraftRecommendation};
use crate::domain::flag::{self, RawCell};
use crate::domain::id::Id;
use crate::domain::plan::Plan;
use crate::domain::rating::level_in_brag;
use crate::domain::recommendation::Recommendation;
use crate::domain::register::Register;
use crate::text::{composed, words};

/// Texts with this share of their words in common (in hundredths) are the same text, reworded.
const REWORDED: usize = 60;

/// The things found in both. Places point into the draft's lists.
#[derive(Clone, Debug, Default)]
pub struct Pairs {
    pub recommendations: HashMap<usize, Id>,
    /// By the recommendation's place (if any) and the action's place under it.
    pub actions: HashMap<(Option<usize>, usize), Id>,
    /// The actions that a paired one was split into, itself among them; by the paired one.
    pub parts: HashMap<Id, Vec<Id>>,
    /// How many new actions are like one that is done: the next of a kind that recurs.
    pub recurring: usize,
    /// Imported actions that have no pair.
    pub gone: Vec<Id>,
}

/// Pairs the draft with the plan.
pub fn pair(draft: &Draft, plan: &Plan, register: &Register) -> Pairs {
    let mut pairs = Pairs::default();
    pair_recommendations(draft, plan, register, &mut pairs);
    for (at, rec) in draft.recommendations.iter().enumerate() {
        let own = pairs.recommendations.get(&at).and_then(|id| register.recommendation(*id));
        let ids = own.map_or(&[][..], |own| own.actions.as_slice());
        pair_actions((draft, Some(at)), &rec.actions, ids, register, &mut pairs);
    }
    let loose = |id: &&Id| register.action(**id).is_some_and(|action| action.recommendation.is_none());
    let ids: Vec<Id> = plan.actions.iter().filter(loose).copied().collect();
    pair_actions((draft, None), &draft.actions, &ids, register, &mut pairs);
    pairs.parts = rows::parts_of(plan, register, &rows_of(draft, &pairs));
    let paired: HashSet<Id> = pairs.actions.values().chain(pairs.parts.values().flatten()).copied().collect();
    let is_gone = |id: &&Id| {
        let is_imported = register.action(**id).is_some_and(|action| action.source.get().is_some());
        is_imported && !paired.contains(id) && !register.is_hidden(**id)
    };
    pairs.gone = plan.actions.iter().filter(is_gone).copied().collect();
    pairs
}

/// The row of the draft for each action that has one.
fn rows_of<'a>(draft: &'a Draft, pairs: &Pairs) -> HashMap<Id, &'a DraftAction> {
    let row = |((rec, place), own): (&(Option<usize>, usize), &Id)| {
        let under = rec.and_then(|at| draft.recommendations.get(at)).map(|rec| rec.actions.as_slice());
        let actions = if rec.is_some() { under.unwrap_or_default() } else { draft.actions.as_slice() };
        actions.get(*place).map(|action| (*own, action))
    };
    pairs.actions.iter().filter_map(row).collect()
}

/// Two texts' common words, in hundredths of all.
pub fn likeness(a: &str, b: &str) -> usize {
    Wording::of(a).likeness(&Wording::of(b))
}

/// Whether it is the same text as written, however its accents are coded.
pub fn is_as_written(a: &str, b: &str) -> bool {
    a == b || composed(a) == composed(b)
}

/// The same of all texts of two lists.
pub fn are_as_written<'a>(a: impl IntoIterator<Item = &'a String>, b: impl IntoIterator<Item = &'a String>) -> bool {
    a.into_iter().map(|text| composed(text)).eq(b.into_iter().map(|text| composed(text)))
}

/// Whether a row says in each cell what it said before, as written.
pub fn is_row_unchanged(own: Option<&Vec<RawCell>>, new: &[RawCell]) -> bool {
    let is_cell = |(a, b): (&RawCell, &RawCell)| is_as_written(&a.column, &b.column) && is_as_written(&a.text, &b.text);
    own.is_some_and(|own| own.len() == new.len() && own.iter().zip(new).all(is_cell))
}

/// Whether they say the same apart from case, spaces and punctuation.
pub fn is_same(a: &str, b: &str) -> bool {
    a == b || words(a) == words(b)
}

/// A text's words, counted once: when much of a document is new, each text is compared with every other.
struct Wording {
    words: Vec<String>,
    /// The words as numbers in ascending order, each once.
    keys: Vec<u64>,
}

impl Wording {
    fn of(text: &str) -> Wording {
        let words = words(text);
        let hasher = BuildHasherDefault::<DefaultHasher>::default();
        let mut keys: Vec<u64> = words.iter().map(|word| hasher.hash_one(word)).collect();
        keys.sort_unstable();
        keys.dedup();
        Wording { words, keys }
    }

    /// Whether the two say the same but for which it is of a kind that recurs: "the third meeting", "quarter 2", "May 2026".
    fn counts_on(&self, other: &Wording) -> bool {
        let without = |words: &[String]| words.iter().filter(|word| !is_count(word)).cloned().collect::<Vec<_>>();
        self.words != other.words && without(&self.words) == without(&other.words)
    }

    fn likeness(&self, other: &Wording) -> usize {
        let (mut own, mut others) = (self.keys.as_slice(), other.keys.as_slice());
        let mut common = 0;
        while let ([first, rest @ ..], [other_first, other_rest @ ..]) = (own, others) {
            common += usize::from(first == other_first);
            (own, others) =
                (if first <= other_first { rest } else { own }, if other_first <= first { other_rest } else { others });
        }
        (common * 200).checked_div(self.keys.len() + other.keys.len()).unwrap_or(100)
    }
}

const ORDINALS: [&str; 14] = [
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "last", "next",
    "spring", "autumn",
];

/// Whether a word says which of several: a number, "third", "q2", a month.
fn is_count(word: &str) -> bool {
    let is_short = word.len() <= 3 && word.starts_with('q');
    let is_figure =
        word.chars().any(|c| c.is_ascii_digit()) && (is_short || word.starts_with(|c: char| c.is_ascii_digit()));
    is_figure || ORDINALS.contains(&word) || date_text::month(word).is_some()
}

/// Whether a thing of the register, with its words, is one of the draft's.
type Fits<'a, Own, New> = &'a dyn Fn(&(&Own, Wording), &New, &Wording) -> bool;

fn pair_recommendations(draft: &Draft, plan: &Plan, register: &Register, pairs: &mut Pairs) {
    let own = plan.recommendations.iter().filter_map(|id| register.recommendation(*id));
    let mut left: Vec<(&Recommendation, Wording)> = own.map(|own| (own, Wording::of(own.text()))).collect();
    let new: Vec<Wording> = draft.recommendations.iter().map(|rec| Wording::of(&rec.text)).collect();
    let mut take = |fits: Fits<'_, Recommendation, DraftRecommendation>| {
        for (at, (rec, wording)) in draft.recommendations.iter().zip(&new).enumerate() {
            if pairs.recommendations.contains_key(&at) {
                continue;
            }
            if let Some(found) = left.iter().position(|own| fits(own, rec, wording)) {
                pairs.recommendations.insert(at, left.remove(found).0.id);
            }
        }
    };
    take(&|(own, here), rec, wording| own.number() == rec.number && here.likeness(wording) >= 30);
    take(&|(_, here), _, wording| here.likeness(wording) >= REWORDED);
}

fn pair_actions(
    (draft, at): (&Draft, Option<usize>),
    actions: &[DraftAction],
    ids: &[Id],
    register: &Register,
    pairs: &mut Pairs,
) {
    let own = ids.iter().filter_map(|id| register.action(*id));
    let mut left: Vec<(&Action, Wording)> = own.map(|own| (own, Wording::of(own.text()))).collect();
    let new: Vec<Wording> = actions.iter().map(|action| Wording::of(&action.text)).collect();
    let mut take = |fits: Fits<'_, Action, DraftAction>| {
        for (place, (action, wording)) in actions.iter().zip(&new).enumerate() {
            if pairs.actions.contains_key(&(at, place)) {
                continue;
            }
            if let Some(found) = left.iter().position(|own| fits(own, action, wording)) {
                pairs.actions.insert((at, place), left.remove(found).0.id);
            }
        }
    };
    // Done work never turns into open work by rewording: notes of the fourth meeting are not those of the third.
    let reopens = |own: &Action, new: &DraftAction| is_done(own, register) && !is_done_in(draft, new);
    let says = |here: &Wording, wording: &Wording| here.words == wording.words;
    take(&|(own, here), action, wording| is_row_unchanged(own.raw.get(), &action.raw) && says(here, wording));
    take(&|(own, here), action, wording| says(here, wording) && Headings::of(own, action) == Headings::Same);
    take(&|(_, here), _, wording| says(here, wording));
    // Reworded, split or joined here: the document still has the words that were read.
    take(&|(own, _), action, _| !action.raw.is_empty() && is_row_unchanged(own.raw.get(), &action.raw));
    take(&|(own, _), action, _| rows::as_read(own, action).is_some_and(|(then, now)| is_same(then, now)));
    take(&|(own, here), action, wording| {
        let is_numbered = action.number.is_some() && own.number.get() == action.number.as_ref();
        is_numbered
            && here.likeness(wording) >= 30
            && Headings::of(own, action) != Headings::Others
            && !reopens(own, action)
    });
    take(&|(own, here), action, wording| {
        here.likeness(wording) >= REWORDED && !here.counts_on(wording) && !reopens(own, action)
    });
    take(&|(own, _), action, _| {
        let read = rows::as_read(own, action).map(|(then, now)| (Wording::of(then), Wording::of(now)));
        let is_it = read.is_some_and(|(then, now)| then.likeness(&now) >= REWORDED && !then.counts_on(&now));
        is_it && !reopens(own, action)
    });
    let is_like = |wording: &Wording| left.iter().any(|(_, here)| here.likeness(wording) >= REWORDED);
    let new = new.iter().enumerate().filter(|(place, _)| !pairs.actions.contains_key(&(at, *place)));
    pairs.recurring += new.filter(|(_, wording)| is_like(wording)).count();
}

/// Whether an action stands under the same heading in both: a heading is part of what an action is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Headings {
    Same,
    Others,
    /// At least one of them stands under none.
    Unknown,
}

impl Headings {
    fn of(own: &Action, new: &DraftAction) -> Headings {
        match (own.raw.get().and_then(|raw| flag::heading(raw)), flag::heading(&new.raw)) {
            (Some(here), Some(there)) if is_same(here, there) => Headings::Same,
            (Some(_), Some(_)) => Headings::Others,
            (None, _) | (_, None) => Headings::Unknown,
        }
    }
}

/// Whether it is closed, or rated as settled.
pub fn is_done(own: &Action, register: &Register) -> bool {
    own.is_closed() || register.level(own).is_some_and(|level| level.settled)
}

/// Whether the document says that it is done.
fn is_done_in(draft: &Draft, action: &DraftAction) -> bool {
    let level = action.rating.as_deref().and_then(|word| match &draft.scheme {
        Some(scheme) => scheme.level(word).cloned(),
        None => level_in_brag(word),
    });
    action.closure != Closure::Open || level.is_some_and(|level| level.settled)
}
