//! What the outline of an action says of a filter: so that those that cannot match are not read.

use chrono::NaiveDate;

use super::super::outline::Outline;
use super::super::register::Register;
use super::matches::{is_rated, of_party};
use super::{Filter, Flag, Test};

impl Filter {
    /// Whether an action may match, as far as its outline says: what does not is no [`Filter::matches`].
    pub fn may_match(&self, register: &Register, action: Outline<'_>, today: NaiveDate) -> bool {
        let passes = |test: &Test| said(test, register, action, today);
        self.terms.iter().all(|term| passes(&term.test).is_none_or(|passes| passes != term.is_not))
    }
}

/// Whether the action passes a test; none where its outline does not say.
fn said(test: &Test, register: &Register, action: Outline<'_>, today: NaiveDate) -> Option<bool> {
    match test {
        Test::Party(role, wanted) => Some(of_party(*role, wanted, action.plan, action.parties).is_some()),
        Test::Rating(words) => Some(is_rated(action.rating, words)),
        Test::Flag(Flag::Overdue) => Some(action.is_overdue(register, today)),
        Test::Flag(Flag::Conflict) => Some(action.in_conflict),
        Test::Flag(Flag::Closed) => Some(action.is_closed),
        Test::Flag(Flag::Open) => Some(!action.is_closed),
        Test::Flag(
            Flag::Challenge
            | Flag::Doubt
            | Flag::Gone
            | Flag::Proposed
            | Flag::Extension
            | Flag::Unanswered
            | Flag::Agenda
            | Flag::Discussed,
        )
        | Test::Due(_)
        | Test::Changed(_)
        | Test::Finding(_)
        | Test::Recommendation(_)
        | Test::Reference(_)
        | Test::Plan(_)
        | Test::Particular(..)
        | Test::Duplicate(_)
        | Test::Text(_)
        | Test::Found(..) => None,
    }
}
