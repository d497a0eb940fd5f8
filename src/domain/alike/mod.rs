//! Near-duplicates: actions that ask for much the same, in one plan or in several.
//!
//! Two actions are compared by the words that they and their recommendations share. The fewer actions have a
//! word, the more it weighs, so that "MARAC" counts and "ensure" does not; the measure is the cosine of the two lists of
//! weights. Suggestions only: nothing is ever joined (product rule 7).

mod stem;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use chrono::NaiveDate;

use super::action::Action;
use super::challenge::{challenges, is_dismissed};
use super::id::Id;
use super::plan::Plan;
use super::recommendation::Recommendation;
use super::register::Register;
use crate::text::{one_line, truncate};

/// A register with more actions is not compared: it would take longer than the time between two keys.
const MOST: usize = 5_000;
/// From this likeness up, two actions of different plans are alike.
const BETWEEN_PLANS: f32 = 0.20;
/// From this likeness up, two actions of one plan are: a plan repeats its own words.
const WITHIN_PLAN: f32 = 0.30;
/// From this likeness up, two shared words are enough, for short actions; otherwise it takes three.
const FEW_WORDS: f32 = 0.35;
/// The weight of a word that is only in the recommendation.
const FROM_ABOVE: f32 = 0.6;
/// How many are suggested.
const SUGGESTED: usize = 3;
/// How many of the shared words are named.
const NAMED: usize = 4;

/// Another action that asks for much the same.
#[derive(Clone, Debug, PartialEq)]
pub struct Like {
    pub action: Id,
    /// The weightiest words that both have, as this action writes them.
    pub words: Vec<String>,
    /// 1 is the same.
    pub score: f32,
}

/// The words of all visible actions of a register, ready to be compared.
#[derive(Clone, Debug, Default)]
pub struct Likeness {
    items: Vec<Item>,
    places: HashMap<Id, usize>,
    /// Every item that has a word, with its weight there.
    having: Vec<Vec<(usize, f32)>>,
}

#[derive(Clone, Debug)]
struct Item {
    action: Id,
    plan: Id,
    recommendation: Option<Id>,
    /// The changes that wrote the words: different ones mean that it must be read again.
    written: Vec<Id>,
    words: Vec<Word>,
}

#[derive(Clone, Debug)]
struct Word {
    id: usize,
    weight: f32,
    /// Whether it is in the action's own text.
    is_own: bool,
    spelled: String,
}

impl Likeness {
    /// Reads all visible actions.
    pub fn of(register: &Register) -> Likeness {
        let mut likeness = Likeness::default();
        if register.actions.len() > MOST {
            return likeness;
        }
        let mut known = HashMap::new();
        for action in register.visible_actions() {
            let item = read(register, action, &mut known);
            likeness.places.insert(action.id, likeness.items.len());
            likeness.items.push(item);
        }
        likeness.weigh(known.len());
        likeness
    }

    /// Whether it is up to date with these actions.
    pub fn is_fresh(&self, register: &Register, actions: &[Id]) -> bool {
        actions.iter().filter_map(|id| register.action(*id)).all(|action| {
            let item = self.places.get(&action.id).and_then(|place| self.items.get(*place));
            item.is_some_and(|item| item.written == written(register, action))
        })
    }

    /// The actions most like this one, the most alike first; none that was dismissed.
    pub fn like(&self, register: &Register, action: &Action) -> Vec<Like> {
        let Some(own) = self.places.get(&action.id).and_then(|place| self.items.get(*place)) else { return Vec::new() };
        let mut found: Vec<Like> = self.scores(own).filter_map(|(other, score)| likened(own, other, score)).collect();
        found.sort_by(|a, b| b.score.total_cmp(&a.score));
        found.retain(|like| !is_dismissed(action, &sentence(register, action, like)));
        found.truncate(SUGGESTED);
        found
    }

    /// The actions that have a near-duplicate.
    pub fn alike(&self, register: &Register) -> Vec<Id> {
        let actions = self.items.iter().filter_map(|item| register.action(item.action));
        actions.filter(|action| !self.like(register, action).is_empty()).map(|action| action.id).collect()
    }

    /// Gives each word its weight in each action: rare words weigh more, and all actions together weigh the same.
    fn weigh(&mut self, words: usize) {
        let mut count = vec![0_u16; words];
        let all = self.items.iter().flat_map(|item| &item.words);
        all.for_each(|word| count.get_mut(word.id).into_iter().for_each(|count| *count += 1));
        let many = f32::from(u16::try_from(self.items.len()).unwrap_or(u16::MAX));
        self.having = vec![Vec::new(); words];
        for (place, item) in self.items.iter_mut().enumerate() {
            for word in &mut item.words {
                let having = f32::from(count.get(word.id).copied().unwrap_or(1).max(1));
                word.weight *= (1.0 + many / having).ln();
            }
            let length = item.words.iter().map(|word| word.weight * word.weight).sum::<f32>().sqrt().max(f32::EPSILON);
            for word in &mut item.words {
                word.weight /= length;
                self.having.get_mut(word.id).into_iter().for_each(|having| having.push((place, word.weight)));
            }
        }
    }

    /// Every other action that shares a word, and how alike it is; not those under the same recommendation.
    fn scores<'a>(&'a self, own: &'a Item) -> impl Iterator<Item = (&'a Item, f32)> {
        let mut scores = vec![0.0_f32; self.items.len()];
        for word in &own.words {
            for (place, weight) in self.having.get(word.id).into_iter().flatten() {
                scores.get_mut(*place).into_iter().for_each(|score| *score += word.weight * weight);
            }
        }
        let is_sibling = |other: &Item| own.recommendation.is_some() && other.recommendation == own.recommendation;
        let others = self.items.iter().zip(scores);
        others.filter(move |(other, _)| other.action != own.action && !is_sibling(other))
    }
}

/// The other action's rating and leads: "Amber, Sussex Police / NPS".
pub fn standing(register: &Register, like: &Like) -> String {
    let Some(other) = register.action(like.action) else { return String::new() };
    let leads: Vec<&str> = other.leads().iter().map(|lead| register.party_name(lead.party)).collect();
    let rating = other.rating().unwrap_or("not rated").to_owned();
    if leads.is_empty() { rating } else { format!("{rating}, {}", leads.join(" / ")) }
}

/// Everything about an action that can be dismissed: its challenges, then its near-duplicates. Reads the whole register.
pub fn dismissible(register: &Register, action: &Action, today: NaiveDate) -> Vec<String> {
    let mut all = challenges(register, action, today);
    let likes = Likeness::of(register).like(register, action);
    all.extend(likes.iter().map(|like| sentence(register, action, like)));
    all
}

/// "Much like dhrs4:5.1: “Train all …”", in the words in which it can be dismissed.
pub fn sentence(register: &Register, action: &Action, like: &Like) -> String {
    let Some(other) = register.action(like.action) else { return String::new() };
    let slug = register.plan(other.plan).filter(|plan| plan.id != action.plan).map(Plan::slug);
    let slug = slug.map(|slug| format!("{slug}:")).unwrap_or_default();
    format!("Much like {slug}{}: “{}”", register.reference(other), truncate(&one_line(other.text()), 64))
}

fn read(register: &Register, action: &Action, known: &mut HashMap<String, usize>) -> Item {
    let rec = action.recommendation.and_then(|id| register.recommendation(id));
    let mut words: Vec<Word> = Vec::new();
    for (text, weight, is_own) in
        [(action.text(), 1.0, true), (rec.map_or("", Recommendation::text), FROM_ABOVE, false)]
    {
        for (stem, spelled) in stem::words(text) {
            let next = known.len();
            let word = *known.entry(stem).or_insert(next);
            if words.iter().all(|known| known.id != word) {
                words.push(Word { id: word, weight, is_own, spelled: spelled.to_owned() });
            }
        }
    }
    let (written, recommendation) = (written(register, action), action.recommendation);
    Item { action: action.id, plan: action.plan, recommendation, written, words }
}

/// The changes that wrote an action's words.
fn written(register: &Register, action: &Action) -> Vec<Id> {
    let rec = action.recommendation.and_then(|id| register.recommendation(id));
    action.text.ids().into_iter().chain(rec.into_iter().flat_map(|rec| rec.text.ids())).collect()
}

/// Two actions as near-duplicates, where they are alike enough and share words in their own texts.
fn likened(own: &Item, other: &Item, score: f32) -> Option<Like> {
    let enough = if own.plan == other.plan { WITHIN_PLAN } else { BETWEEN_PLANS };
    if score < enough {
        return None;
    }
    let theirs: HashMap<usize, &Word> = other.words.iter().map(|word| (word.id, word)).collect();
    let mut shared: Vec<(&Word, &Word)> =
        own.words.iter().filter_map(|word| Some((word, *theirs.get(&word.id)?))).collect();
    let of_both = shared.iter().filter(|(mine, theirs)| mine.is_own && theirs.is_own).count();
    let wanted = if score < FEW_WORDS { 3 } else { 2 };
    if of_both < 2 || shared.len() < wanted {
        return None;
    }
    shared.sort_by(|a, b| (b.0.weight * b.1.weight).total_cmp(&(a.0.weight * a.1.weight)));
    let words = shared.iter().take(NAMED).map(|(mine, _)| mine.spelled.clone()).collect();
    Some(Like { action: other.action, words, score })
}
