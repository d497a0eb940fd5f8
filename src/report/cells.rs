//! How the parts of an action are worded in every report.

use chrono::NaiveDate;

use super::document::{Cell, Merge};
use crate::domain::action::{Action, Closure};
use crate::domain::form;
pub use crate::domain::form::{entry, latest, leads, names, targets};
use crate::domain::query;
use crate::domain::register::Register;

/// `7.2`, or `adult-c:7.2` where the register holds several plans.
pub fn reference(register: &Register, action: &Action) -> String {
    let reference = register.reference(action);
    match register.plan(action.plan) {
        Some(plan) if register.visible_plans().nth(1).is_some() => format!("{}:{reference}", plan.slug()),
        Some(_) | None => reference,
    }
}

/// Letter and word on the colour, never colour alone.
pub fn rating(register: &Register, action: &Action) -> Cell {
    let hue = action.rating().and_then(|_| register.level(action)).map(|level| level.hue);
    Cell { text: form::rating(register, action), hue, merge: Merge::Alone }
}

/// Each entry on a separate line, with its date and party.
pub fn progress(action: &Action) -> String {
    action.progress().map(entry).collect::<Vec<_>>().join("\n")
}

/// The state of the closure, if closing has begun.
pub fn closure(action: &Action) -> Option<String> {
    let said = match action.closure.get()? {
        Closure::Open => None,
        Closure::Proposed { evidence } => Some(with_reason("Proposed for closure", evidence)),
        Closure::Closed { evidence } => Some(with_reason("Closed", evidence)),
        Closure::NotImplemented { reason } => Some(with_reason("Not implemented", reason)),
    };
    let at = Some(action.evidence_at()).filter(|at| !at.is_empty());
    said.map(|said| at.map_or(said.clone(), |at| format!("{said} (evidence at: {at})")))
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
