//! Near-duplicates: actions that ask for much the same, in one plan or in several.
//!
//! Two actions are compared by the words that they and their recommendations share. The fewer actions have a
//! word, the more it weighs, so that "MARAC" counts and "ensure" does not; the measure is the cosine of the two lists of
//! weights. Suggestions only: nothing is ever joined (product rule 7).
//!
//! Both the reading of a register and the search for one action's near-duplicates can be done in small steps, so that
//! no key waits for them, however many actions there are.

mod likeness;
mod search;
mod stem;
#[cfg(test)]
mod tests;
mod worded;
#[cfg(test)]
mod worded_tests;

use chrono::NaiveDate;

use super::action::Action;
use super::challenge::{self, challenges};
use super::id::Id;
use super::plan::Plan;
use super::register::Register;
use crate::text::{one_line, truncate};

pub use likeness::Likeness;
pub use search::Search;
pub use worded::{Lists, Worded};

/// Another action that asks for much the same.
#[derive(Clone, Debug, PartialEq)]
pub struct Like {
    pub action: Id,
    /// The weightiest words that both have, as this action writes them.
    pub words: Vec<String>,
    /// 1 is the same.
    pub score: f32,
}

/// The other action's rating and leads: "Amber, Sussex Police / NPS".
pub fn standing(register: &Register, like: &Like) -> String {
    let Some(other) = register.action(like.action) else { return String::new() };
    let leads: Vec<&str> = other.leads().iter().map(|lead| register.party_name(lead.party)).collect();
    let rating = other.rating().unwrap_or("not rated").to_owned();
    if leads.is_empty() { rating } else { format!("{rating}, {}", leads.join(" / ")) }
}

/// Everything about an action that can be dismissed: its challenges, then its near-duplicates.
pub fn dismissible(register: &Register, action: &Action, likes: &[Like], today: NaiveDate) -> Vec<String> {
    let mut all = challenges(register, action, today);
    all.extend(likes.iter().map(|like| sentence(register, action, like)));
    all
}

/// Whether a near-duplicate of an action was dismissed.
pub fn is_dismissed(register: &Register, action: &Action, like: &Like) -> bool {
    challenge::is_dismissed(action, &sentence(register, action, like))
}

/// "Much like dhrs4:5.1: “Train all …”", in the words in which it can be dismissed.
pub fn sentence(register: &Register, action: &Action, like: &Like) -> String {
    let Some(other) = register.action(like.action) else { return String::new() };
    let slug = register.plan(other.plan).filter(|plan| plan.id != action.plan).map(Plan::slug);
    let slug = slug.map(|slug| format!("{slug}:")).unwrap_or_default();
    format!("Much like {slug}{}: “{}”", register.reference(other), truncate(&one_line(other.text()), 64))
}
