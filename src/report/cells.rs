//! How the parts of an action are worded in every report.

use chrono::NaiveDate;

use super::document::{Cell, Merge};
use crate::domain::action::{Action, Closure, Lead};
use crate::domain::date_words;
use crate::domain::progress::Entry;
use crate::domain::query;
use crate::domain::rating::Hue;
use crate::domain::register::Register;
use crate::domain::target::Target;

/// `7.2`, or `adult-c:7.2` where the register holds several plans.
pub fn reference(register: &Register, action: &Action) -> String {
    let reference = register.reference(action);
    match register.plan(action.plan) {
        Some(plan) if register.visible_plans().nth(1).is_some() => format!("{}:{reference}", plan.slug()),
        Some(_) | None => reference,
    }
}

/// "AFRS / Larkfield Housing via POS".
pub fn leads(register: &Register, action: &Action) -> String {
    let via = names(register, action.via());
    let leads = names(register, action.leads());
    if via.is_empty() { leads } else { format!("{leads} via {via}").trim_start().to_owned() }
}

pub fn names(register: &Register, leads: &[Lead]) -> String {
    leads.iter().map(|lead| register.party_name(lead.party)).collect::<Vec<_>>().join(" / ")
}

/// The targets as written.
pub fn targets(targets: &[Target]) -> String {
    targets.iter().map(|target| target.raw.as_str()).collect::<Vec<_>>().join("\n")
}

/// Letter and word on the colour, never colour alone.
pub fn rating(register: &Register, action: &Action) -> Cell {
    match (action.rating(), register.level(action)) {
        (Some(_), Some(level)) => shaded(format!("{} {}", level.letter, level.word), level.hue),
        (Some(word), None) => Cell::new(word),
        (None, _) => Cell::new("– not rated"),
    }
}

pub fn shaded(text: String, hue: Hue) -> Cell {
    Cell { text, hue: Some(hue), merge: Merge::Alone }
}

/// Each entry on a separate line, with its date and party.
pub fn progress(action: &Action) -> String {
    action.progress().map(entry).collect::<Vec<_>>().join("\n")
}

/// The latest entry.
pub fn latest(action: &Action) -> String {
    action.progress().max_by_key(|entry| entry.said.date).map(entry).unwrap_or_default()
}

/// "16 Dec 2021 (CFT): text".
pub fn entry(entry: &Entry) -> String {
    let said = &entry.said;
    let by = said.by.as_ref().map(|by| format!("({by})"));
    let head = [said.date.map(date_words::partial), by].into_iter().flatten().collect::<Vec<_>>().join(" ");
    if head.is_empty() { said.text.clone() } else { format!("{head}: {}", said.text) }
}

/// The state of the closure, if closing has begun.
pub fn closure(action: &Action) -> Option<String> {
    match action.closure.get()? {
        Closure::Open => None,
        Closure::Proposed { evidence } => Some(with_reason("Proposed for closure", evidence)),
        Closure::Closed { evidence } => Some(with_reason("Closed", evidence)),
        Closure::NotImplemented { reason } => Some(with_reason("Not implemented", reason)),
    }
}

fn with_reason(what: &str, why: &str) -> String {
    if why.is_empty() { format!("{what}.") } else { format!("{what}: {why}") }
}

/// "3 months 2 days late", "in 12 days"; empty without a date or for a settled action.
pub fn lateness(register: &Register, action: &Action, today: NaiveDate) -> String {
    match action.due() {
        Some(due) if query::is_overdue(register, action, today) => format!("{} late", query::late_by(due, today)),
        Some(due) if !query::is_done(register, action) => query::due_in(due, today),
        Some(_) | None => String::new(),
    }
}
