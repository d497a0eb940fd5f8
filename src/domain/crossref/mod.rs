//! What an action's words refer to: "As per recommendation 1", "see 4.2", "as above", looked up in the same plan.
//!
//! Only a reference with one possible meaning is looked up. A number in another review, a recommendation that does not
//! exist, or "as above" after other words of the same entry refers to nothing, and is shown as unclear.

mod grammar;
#[cfg(test)]
mod tests;

use super::action::Action;
use super::id::Id;
use super::recommendation::Recommendation;
use super::register::Register;
use crate::text::one_line;
pub(super) use grammar::{Found, find};
use grammar::{Noun, To};

/// Words that refer elsewhere, and what they mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pointer {
    /// As written: "As per recommendation 1".
    pub words: String,
    /// Actions of the same plan, in its order; none where it is unclear.
    pub meant: Vec<Id>,
}

/// How many "as above" are followed in a row.
const CHAIN: usize = 20;

/// How many references in a text are followed; no one reads more.
const MOST: usize = 8;

/// What an action's progress and text, and its recommendation, refer to; each once.
pub fn pointers(register: &Register, action: &Action) -> Vec<Pointer> {
    let rec = action.recommendation.and_then(|id| register.recommendation(id));
    let said = action.progress().map(|entry| entry.said.text.as_str());
    let texts = said.chain([action.text(), rec.map_or("", Recommendation::text)]);
    let mut all: Vec<Pointer> = Vec::new();
    for text in texts {
        for found in find(text).into_iter().take(MOST) {
            let meant = meant(register, action, text, &found);
            let words = one_line(text.get(found.at..found.at + found.len).unwrap_or(""));
            if !all.iter().any(|known| known.meant == meant && (!meant.is_empty() || known.words == words)) {
                all.push(Pointer { words, meant });
            }
        }
    }
    all
}

/// The actions that one reference means, without the action itself; none where that is uncertain.
pub(super) fn meant(register: &Register, action: &Action, text: &str, found: &Found) -> Vec<Id> {
    let mut meant = match &found.to {
        To::Above if is_first(text, found) => above(register, action).into_iter().collect(),
        To::Above | To::Elsewhere => Vec::new(),
        To::Numbers(noun, numbers) => {
            let each: Vec<Vec<Id>> = numbers.iter().map(|number| numbered(register, action, *noun, number)).collect();
            if each.iter().any(Vec::is_empty) { Vec::new() } else { each.concat() }
        }
    };
    meant.retain(|id| *id != action.id);
    meant.dedup();
    meant
}

/// Whether no sentence of the text comes before the reference, which "above" could mean.
fn is_first(text: &str, found: &Found) -> bool {
    let before = text.get(..found.at).unwrap_or("").trim();
    !before.contains(['\n', ';']) && !before.contains(". ") && !before.ends_with('.')
}

/// The previous action; where that also says only "as above", the one before it, and so on.
fn above(register: &Register, action: &Action) -> Option<Id> {
    let plan = register.plan(action.plan)?;
    let before: Vec<&Action> = register.actions_of(plan).take_while(|other| other.id != action.id).collect();
    let goes_on = |other: &&&Action| other.progress().all(|entry| says_above(&entry.said.text)) && has_progress(other);
    let skipped = before.iter().rev().take(CHAIN).take_while(goes_on).count();
    before.iter().rev().nth(skipped).map(|other| other.id)
}

fn has_progress(action: &Action) -> bool {
    action.progress().next().is_some()
}

fn says_above(text: &str) -> bool {
    find(text).first().is_some_and(|found| found.to == To::Above && found.is_all_of(text))
}

fn numbered(register: &Register, action: &Action, noun: Noun, number: &str) -> Vec<Id> {
    let Some(plan) = register.plan(action.plan) else { return Vec::new() };
    let actions = || register.actions_of(plan);
    let is_rec = |other: &&Action| {
        let rec = other.recommendation.and_then(|id| register.recommendation(id));
        rec.is_some_and(|rec| rec.number().eq_ignore_ascii_case(number))
    };
    let is_called = |other: &&Action| register.reference(other).eq_ignore_ascii_case(number);
    let of_rec: Vec<Id> = actions().filter(is_rec).map(|other| other.id).collect();
    let called: Vec<Id> = actions().filter(is_called).map(|other| other.id).collect();
    match noun {
        Noun::Recommendation if !of_rec.is_empty() => of_rec,
        Noun::Recommendation | Noun::Action if called.len() == 1 => called,
        // "Action 3" of a plan with one action a recommendation: its number is the recommendation's.
        Noun::Action if of_rec.len() == 1 && siblings(register, action) == 1 => of_rec,
        Noun::Recommendation | Noun::Action => Vec::new(),
    }
}

/// How many actions are under the same recommendation, including this one.
fn siblings(register: &Register, action: &Action) -> usize {
    action.recommendation.and_then(|id| register.recommendation(id)).map_or(0, |rec| rec.actions.len())
}
