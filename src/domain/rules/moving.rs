//! Moving an action to another recommendation of its plan.

use super::super::action::Above;
use super::super::change::{Op, Value};
use super::super::id::Id;
use super::{Subject, renumber};
use crate::problem::Problem;

/// Moves an action. It keeps its number, by which papers and minutes call it, unless it is given another.
pub fn to(on: &Subject<'_>, rec: Id, reference: Option<&str>) -> Result<Vec<Op>, Problem> {
    let no = |why: String, hint: &str| Err(on.problem("was not moved", &why, hint));
    let register = on.register;
    let Some(rec) = register.recommendation(rec).filter(|rec| !register.is_hidden(rec.id)) else {
        return no("there is no such recommendation, or it is withdrawn".into(), "");
    };
    if rec.plan != on.action.plan {
        let hint = "An action can be moved within its plan. In another plan, add it anew and withdraw this one.";
        return no(format!("recommendation {} is of another plan", rec.number()), hint);
    }
    let number = reference.filter(|number| number.trim() != on.reference);
    if on.action.recommendation == Some(rec.id) && !on.action.above.in_conflict() {
        return no(format!("it is under recommendation {} already", rec.number()), "");
    }
    let numbered = match number {
        Some(number) => renumber(on, number)?,
        None if on.action.stored_reference().is_none() => {
            // Its number was its place, which is another now.
            vec![on.set(&on.action.reference, Value::Reference(on.reference.clone()))]
        }
        None => Vec::new(),
    };
    let home = Some(rec.id).filter(|_| on.action.added_under != Some(rec.id));
    let moved = on.set(&on.action.above, Value::Above(Above(home)));
    Ok(std::iter::once(moved).chain(numbered).collect())
}
