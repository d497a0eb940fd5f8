//! Questions about a register that only read it: what is overdue, how many, and where words occur.

pub(super) mod parties;
mod spans;
mod tally;
#[cfg(test)]
mod tests;
mod words;

use chrono::{Days, NaiveDate};

use super::action::{Action, Closure, RatingMove};
use super::id::Id;
use super::rating::is_settled_in_brag;
use super::register::Register;
use crate::text;

pub use super::alike::dismissible;
pub use super::challenge::{challenges, is_challenged};
pub use parties::{
    PartyCount, chain, concerns, is_of_agency, leads, listed, parties_of, party_counts, party_counts_in, plans_where,
    plans_with,
};
pub use spans::{due_in, late_by};
pub use tally::{Standing, Tally, tally, tally_plan};
pub use words::{folded, search_text};

/// How many days ahead "due soon" looks.
pub const SOON: u64 = 30;

/// Whether the scheme calls the action's rating settled (product rule 2).
pub fn is_settled(register: &Register, action: &Action) -> bool {
    settles(register, action.plan, action.rating())
}

/// Whether a plan's scheme calls a rating settled.
pub fn settles(register: &Register, plan: Id, rating: Option<&str>) -> bool {
    let scheme = register.plan(plan).and_then(|plan| plan.scheme.get());
    rating.is_some_and(|word| match scheme {
        Some(scheme) => scheme.is_settled(word),
        None => is_settled_in_brag(word),
    })
}

/// Whether nothing remains to be done: settled by its rating, or closed.
pub fn is_done(register: &Register, action: &Action) -> bool {
    action.is_closed() || is_settled(register, action)
}

/// Whether it has been done: nothing remains, and it was not given up. What every report calls completed.
pub fn is_completed(register: &Register, action: &Action) -> bool {
    is_done(register, action) && not_implemented(action).is_none()
}

/// Why it will not be done, where that was decided.
pub fn not_implemented(action: &Action) -> Option<&str> {
    match action.closure.get()? {
        Closure::NotImplemented { reason } => Some(reason),
        Closure::Open | Closure::Proposed { .. } | Closure::Closed { .. } => None,
    }
}

/// The day it was closed or, failing that, came to be rated as done; unknown for what was done already as it was imported.
pub fn done_on(register: &Register, action: &Action) -> Option<NaiveDate> {
    let closed = action.is_closed().then(|| action.closure.head().map(|head| head.day)).flatten();
    let scheme = register.scheme(action.plan);
    let is_first = |moved: &&RatingMove| moved.from.as_deref().is_none_or(|word| !scheme.is_settled(word));
    let rated = || action.rating_move.as_ref().filter(|_| is_settled(register, action)).filter(is_first);
    closed.or_else(|| rated().map(|moved| moved.day))
}

/// Whether it was completed from that day on; without a day, at any time, also before it was imported.
pub fn is_completed_since(register: &Register, action: &Action, since: Option<NaiveDate>) -> bool {
    is_completed(register, action) && is_since(done_on(register, action), since)
}

/// Whether something happened from a day on; without one everything counts, whenever it was.
pub fn is_since(day: Option<NaiveDate>, since: Option<NaiveDate>) -> bool {
    since.is_none_or(|since| day.is_some_and(|day| day >= since))
}

/// Its last possible day is past, and it is neither settled nor closed (product rules 1 and 2).
pub fn is_overdue(register: &Register, action: &Action, today: NaiveDate) -> bool {
    action.due().is_some_and(|due| due < today) && !is_done(register, action)
}

/// Still to be done, and its last possible day is one of the next `days` days, today included.
pub fn is_due_within(register: &Register, action: &Action, today: NaiveDate, days: u64) -> bool {
    let until = today.checked_add_days(Days::new(days)).unwrap_or(NaiveDate::MAX);
    action.due().is_some_and(|due| (today..=until).contains(&due)) && !is_done(register, action)
}

/// Whether there is a doubt about the action or its recommendation.
pub fn is_flagged(register: &Register, action: &Action) -> bool {
    let rec = action.recommendation.and_then(|id| register.recommendation(id));
    !action.flags().is_empty() || rec.is_some_and(|rec| rec.flags.get().is_some_and(|flags| !flags.is_empty()))
}

/// "moved twice", of a target that was moved.
pub fn times_moved(action: &Action) -> Option<String> {
    match action.slips {
        0 => None,
        1 => Some("moved once".into()),
        2 => Some("moved twice".into()),
        more => Some(format!("moved {more} times")),
    }
}

/// "moved twice; first target Jul 2021", of a target that was moved.
pub fn slips(action: &Action) -> Option<String> {
    let moved = times_moved(action)?;
    let first = action.original_targets.as_ref().map_or(&[][..], |targets| &targets.dates);
    let first: Vec<String> = first.iter().map(|target| text::flat(&target.raw)).collect();
    Some(if first.is_empty() { moved } else { format!("{moved}; first target {}", first.join(" · ")) })
}

/// Whether its closure is proposed.
pub fn is_proposed(action: &Action) -> bool {
    matches!(action.closure.get(), Some(Closure::Proposed { .. }))
}
