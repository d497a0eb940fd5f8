//! Extensions: a lead asks for a later target; moving the target answers the request, and so does declining it.

use super::super::action::Extension;
use super::super::change::{Op, Value};
use super::super::target::Target;
use super::{Subject, filled};
use crate::problem::Problem;

/// Records that a later target is asked for.
pub fn request(on: &Subject<'_>, dates: &[Target], reason: &str, by: &str) -> Result<Vec<Op>, Problem> {
    let dates: Vec<Target> = dates.iter().filter(|date| filled(&date.raw).is_some()).cloned().collect();
    if dates.is_empty() {
        return Err(on.problem("has no new request", "there is no date", "Type the date that is asked for."));
    }
    let asked = Extension { dates, reason: reason.trim().into(), by: by.trim().into() };
    if on.action.targets() == asked.dates {
        return Err(on.problem(&format!("already has the target {}", asked.wanted()), "", "Type a later date."));
    }
    if on.action.extension() == Some(&asked) && !on.action.extension.in_conflict() {
        return Err(on.problem("already has that request", "", "Accept or decline it."));
    }
    Ok(vec![on.set(&on.action.extension, Value::Extension(Some(asked)))])
}

/// Declines the request: the target stays.
pub fn decline(on: &Subject<'_>, reason: &str) -> Result<Vec<Op>, Problem> {
    let Some(set) = answered(on) else {
        return Err(on.problem("has no extension request", "", "There is nothing to decline."));
    };
    let entry = filled(reason).map(|reason| on.entry(&format!("Extension declined: {reason}")));
    Ok(std::iter::once(set).chain(entry).collect())
}

/// What closes an open request.
pub fn answered(on: &Subject<'_>) -> Option<Op> {
    on.action.extension().map(|_| on.set(&on.action.extension, Value::Extension(None)))
}
