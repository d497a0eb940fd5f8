//! Settles a conflict: one of the values that were recorded separately is in force, and the others are replaced.

use super::super::change::Op;
use super::super::conflict;
use super::super::id::Id;
use super::super::register::Register;
use crate::problem::Problem;

/// `change` is the one that wrote the value to keep.
pub fn settle(register: &Register, on: Id, change: Id) -> Result<Vec<Op>, Problem> {
    let conflicts = register.thing(on).map(|thing| conflict::of(thing, on)).unwrap_or_default();
    let kept = conflicts.iter().find_map(|conflict| {
        let head = conflict.heads.iter().find(|head| head.id == change)?;
        let replaces = conflict.heads.iter().map(|head| head.id).collect();
        Some(Op::Set { on, value: head.value.clone(), replaces })
    });
    let settled = || Problem::new("There is nothing to settle", "the field has one value now", "");
    kept.map(|op| vec![op]).ok_or_else(settled)
}
