//! An action as one sentence, to be pasted into a mail or a paper.

use chrono::NaiveDate;

use super::super::action::{Action, Closure, Lead};
use super::super::meeting::{Meeting, MinuteText};
use super::super::query;
use super::super::register::Register;
use super::minute_word;

/// `7.1 “Review the model”: led by Sussex Police, overseen by OPS; target Jul 2021, overdue by 5 years; rated Amber.`
pub fn action(register: &Register, action: &Action, today: NaiveDate) -> String {
    let text = action.text().trim().trim_end_matches('.');
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let parts = [leads(register, action), target(register, action, today), rating(register, action)];
    format!("{} “{text}”: {}.", register.reference(action), parts.join("; "))
}

fn leads(register: &Register, action: &Action) -> String {
    let names = |leads: &[Lead]| {
        let names: Vec<&str> = leads.iter().map(|lead| register.party_name(lead.party)).collect();
        names.join(", ")
    };
    let leads = if action.leads().is_empty() { "no lead".into() } else { format!("led by {}", names(action.leads())) };
    if action.via().is_empty() { leads } else { format!("{leads}, overseen by {}", names(action.via())) }
}

fn target(register: &Register, action: &Action, today: NaiveDate) -> String {
    let written: Vec<&str> = action.targets().iter().map(|target| target.raw.as_str()).collect();
    let late = action.due().filter(|_| query::is_overdue(register, action, today));
    let late = late.map(|due| format!(", overdue by {}", query::late_by(due, today))).unwrap_or_default();
    if written.is_empty() { "no target".into() } else { format!("target {}{late}", written.join(" and ")) }
}

/// "rated Amber", "not rated".
pub fn rating(register: &Register, action: &Action) -> String {
    let word = register.level(action).map_or_else(|| action.rating().unwrap_or("").to_owned(), |level| level.word);
    if word.is_empty() { "not rated".into() } else { format!("rated {word}") }
}

/// An action without a rating.
pub const NOT_RATED: &str = "not rated";

/// How an action stands, in a word or two: its rating, or how it was closed.
pub fn state(action: &Action) -> &str {
    match action.closure.get() {
        Some(Closure::Closed { .. }) => "closed",
        Some(Closure::NotImplemented { .. }) => "closed as not implemented",
        Some(Closure::Open | Closure::Proposed { .. }) | None => action.rating().unwrap_or(NOT_RATED),
    }
}

/// The closure of an action with its evidence or reason; none while it is open.
pub fn closure(action: &Action) -> Option<String> {
    match action.closure.get() {
        Some(Closure::Proposed { evidence }) => Some(with_words("Proposed for closure", evidence)),
        Some(Closure::Closed { evidence }) => Some(with_words("Closed", evidence)),
        Some(Closure::NotImplemented { reason }) => Some(with_words("Not implemented", reason)),
        Some(Closure::Open) | None => None,
    }
}

/// "Closed: the audit is done"; where nothing was written, "Closed".
fn with_words(what: &str, words: &str) -> String {
    if words.is_empty() { what.to_owned() } else { format!("{what}: {words}") }
}

/// What a meeting recorded of an item: "decided: Write to the chief".
pub fn minuted(said: &MinuteText) -> String {
    let between = if said.text.is_empty() { "" } else { ": " };
    format!("{}{between}{}", minute_word(said.kind), said.text)
}

/// Why there is no next item.
pub fn nothing_left(meeting: &Meeting) -> &'static str {
    if meeting.items().is_empty() { "No items on the agenda" } else { "Every item on the agenda has been dealt with" }
}
