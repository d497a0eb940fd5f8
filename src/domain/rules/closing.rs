//! Closing an action: open → proposed → closed → open.

use super::super::action::Closure;
use super::super::change::{Op, Value};
use super::{Subject, filled};
use crate::problem::Problem;

/// Proposes that an open action be closed.
pub fn propose(on: &Subject<'_>, evidence: &str) -> Result<Vec<Op>, Problem> {
    let Some(evidence) = filled(evidence) else {
        return Err(on.problem("was not proposed", "there is no evidence", "Say what shows that it is done."));
    };
    let set = on.set(&on.action.closure, Value::Closure(Closure::Proposed { evidence: evidence.into() }));
    match now(on) {
        Closure::Open => Ok(vec![set]),
        Closure::Proposed { .. } | Closure::Closed { .. } | Closure::NotImplemented { .. }
            if on.action.closure.in_conflict() =>
        {
            Ok(vec![set])
        }
        Closure::Proposed { .. } => Err(on.problem("is already proposed for closure", "", "Agree it, or reopen it.")),
        Closure::Closed { .. } => Err(on.problem("is already closed", "", "Reopen it first.")),
        Closure::NotImplemented { .. } => {
            Err(on.problem("is recorded as not to be implemented", "", "Reopen it first."))
        }
    }
}

/// Agrees a proposal; new evidence replaces that of the proposal.
pub fn agree(on: &Subject<'_>, evidence: &str) -> Result<Vec<Op>, Problem> {
    let given = filled(evidence).map(ToOwned::to_owned);
    let agreed = |evidence| Ok(vec![on.set(&on.action.closure, Value::Closure(Closure::Closed { evidence }))]);
    match now(on) {
        Closure::Proposed { evidence } => agreed(given.unwrap_or(evidence)),
        Closure::Closed { evidence } if on.action.closure.in_conflict() => agreed(given.unwrap_or(evidence)),
        Closure::Closed { .. } | Closure::NotImplemented { .. } => Err(on.problem("is already closed", "", "")),
        Closure::Open => {
            Err(on.problem("was not closed", "its closure has not been proposed", "Propose it, with the evidence."))
        }
    }
}

/// Records that an action will not be done, and why (Care Act 2014, Schedule 2, paragraph 4(1)(f)).
pub fn abandon(on: &Subject<'_>, reason: &str) -> Result<Vec<Op>, Problem> {
    let Some(reason) = filled(reason) else {
        return Err(on.problem("is unchanged", "there is no reason", "Say why it will not be implemented."));
    };
    match now(on) {
        Closure::NotImplemented { .. } if !on.action.closure.in_conflict() => {
            Err(on.problem("is already recorded as not to be implemented", "", "Reopen it first."))
        }
        Closure::Open | Closure::Proposed { .. } | Closure::Closed { .. } | Closure::NotImplemented { .. } => {
            let value = Value::Closure(Closure::NotImplemented { reason: reason.into() });
            Ok(vec![on.set(&on.action.closure, value)])
        }
    }
}

/// Opens what is proposed or closed.
pub fn reopen(on: &Subject<'_>, reason: &str) -> Result<Vec<Op>, Problem> {
    if now(on) == Closure::Open && !on.action.closure.in_conflict() {
        return Err(on.problem("is already open", "", ""));
    }
    let set = on.set(&on.action.closure, Value::Closure(Closure::Open));
    let entry = filled(reason).map(|reason| on.entry(&format!("Reopened: {reason}")));
    Ok(std::iter::once(set).chain(entry).collect())
}

fn now(on: &Subject<'_>) -> Closure {
    on.action.closure.get().cloned().unwrap_or_default()
}
