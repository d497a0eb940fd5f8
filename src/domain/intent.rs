//! What a person wants to do, before the rules have looked at it.

use super::id::Id;
use super::target::{PartialDate, Target};

/// A party as picked from a list, or as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PartyChoice {
    Known(Id),
    /// A name; where a party is already called that, it is meant.
    New(String),
}

/// One act. Ids name the action (or the plan) it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Intent {
    /// A level of the plan's scheme by its word or letter; `None` is "not rated". The note becomes a progress entry.
    Rate {
        action: Id,
        rating: Option<String>,
        note: Option<String>,
    },
    /// No date is today. `by` is the party whose update it is, as named.
    Progress {
        action: Id,
        date: Option<PartialDate>,
        text: String,
        by: Option<String>,
    },
    /// No dates: the target is taken away.
    Retarget {
        action: Id,
        dates: Vec<Target>,
        reason: String,
    },
    /// No leads: nobody leads it any more.
    Assign {
        action: Id,
        leads: Vec<PartyChoice>,
    },
    /// No parties: nobody oversees it any more.
    Oversee {
        action: Id,
        via: Vec<PartyChoice>,
    },
    Reword {
        action: Id,
        text: String,
    },
    /// Without a recommendation only in a plan that has none.
    AddAction {
        plan: Id,
        recommendation: Option<Id>,
        text: String,
    },
    ProposeClosure {
        action: Id,
        evidence: String,
    },
    /// Blank evidence keeps that of the proposal.
    AgreeClosure {
        action: Id,
        evidence: String,
    },
    /// Takes back a proposal or a closure. A reason becomes a progress entry.
    Reopen {
        action: Id,
        reason: String,
    },
    Withdraw {
        action: Id,
        reason: String,
    },
    /// The doubt with this place in `Action::flags` is settled.
    SettleFlag {
        action: Id,
        index: usize,
    },
}
