//! Closing an action: open → proposed → closed → open.

use super::super::action::{Closure, Follows, Targets};
use super::super::change::{Kind, Op, Value};
use super::super::intent::{Closing, ClosingStep};
use super::super::recommendation::Recommendation;
use super::super::target::Target;
use super::{Subject, filled};
use crate::problem::Problem;

/// Proposes to close an action, or agrees to, and says where the evidence is. Whether evidence may be missing was asked.
pub fn close(on: &Subject<'_>, closing: &Closing) -> Result<Vec<Op>, Problem> {
    let mut ops = match closing.step {
        ClosingStep::Propose => proposed(on, closing.evidence.trim())?,
        ClosingStep::Agree => agree(on, &closing.evidence)?,
    };
    ops.extend(placed(on, &closing.at));
    if let (ClosingStep::Agree, Some(target)) = (closing.step, &closing.again) {
        ops.push(next(on, target));
    }
    Ok(ops)
}

/// The action to be done again: its words and who does it, by the new date, in the same place.
fn next(on: &Subject<'_>, target: &Target) -> Op {
    let (register, action) = (on.register, on.action);
    let (plan, recommendation) = (action.plan, action.recommendation);
    let number = recommendation.and_then(|id| register.recommendation(id)).map(Recommendation::number);
    let reference = register.references(plan, []).next(recommendation, number);
    let dates = vec![target.clone()];
    let mut values = vec![Value::Text(action.text().into()), Value::Reference(reference)];
    values.push(Value::Targets(Targets { dates, reason: String::new() }));
    values.extend((!action.leads().is_empty()).then(|| Value::Leads(action.leads().to_vec())));
    values.extend((!action.via().is_empty()).then(|| Value::Via(action.via().to_vec())));
    values.push(Value::Follows(Follows(Some(action.id))));
    Op::Add { kind: Kind::Action { plan, recommendation }, values }
}

/// Says where the evidence is.
pub fn place(on: &Subject<'_>, at: &str) -> Result<Vec<Op>, Problem> {
    let set = placed(on, at).ok_or_else(|| match filled(at) {
        Some(at) => on.problem(&format!("already has its evidence at {at}"), "", ""),
        None => on.problem("has no place of its evidence", "", "Give a link, or the name of a file."),
    })?;
    Ok(vec![set])
}

fn placed(on: &Subject<'_>, at: &str) -> Option<Op> {
    let is_new = on.action.evidence_at() != at.trim() || on.action.evidence_at.in_conflict();
    is_new.then(|| on.set(&on.action.evidence_at, Value::EvidenceAt(at.trim().into())))
}

/// Proposes that an open action be closed.
pub fn propose(on: &Subject<'_>, evidence: &str) -> Result<Vec<Op>, Problem> {
    match filled(evidence) {
        Some(evidence) => proposed(on, evidence),
        None => Err(on.problem("was not proposed", "there is no evidence", "Say what shows that it is done.")),
    }
}

fn proposed(on: &Subject<'_>, evidence: &str) -> Result<Vec<Op>, Problem> {
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
