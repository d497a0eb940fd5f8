//! Where a report is about several plans, each is named once: beside all of its rows, or above its items. Where it is about one,
//! no reference repeats it.

use super::document::{Cell, Document, Merge, Table};
use crate::domain::action::Action;
use crate::domain::id::Id;
use crate::domain::plan::Plan;
use crate::domain::register::Register;

/// A row, and the plan of what it is about.
pub type PlanRow = (Option<Id>, Vec<Cell>);

/// The plan of all these actions; if there are several, none.
pub fn only<'a>(register: &'a Register, actions: &[&Action]) -> Option<&'a Plan> {
    let first = actions.first()?.plan;
    register.plan(first).filter(|_| actions.iter().all(|action| action.plan == first))
}

/// Says which plan a report is about, where that is only one of the register's.
pub fn name(document: &mut Document, register: &Register, only: Option<&Plan>) {
    if let Some(plan) = only.filter(|_| register.visible_plans().nth(1).is_some()) {
        document.labelled("Plan", plan.title());
    }
}

/// A table of such rows; with a column for the plan, unless there is only this one.
pub fn table(
    register: &Register,
    only: Option<&Plan>,
    (title, columns): (&str, &[(&str, usize)]),
    rows: Vec<PlanRow>,
) -> Table {
    if only.is_some() {
        let mut table = Table::new(title, columns.iter().copied());
        table.rows = rows.into_iter().map(|(_, cells)| cells).collect();
        return table;
    }
    let mut table = Table::new(title, std::iter::once(("Plan", 14)).chain(columns.iter().copied()));
    let plans: Vec<Option<Id>> = rows.iter().map(|(plan, _)| *plan).collect();
    let cell = |at: usize, plan: Option<Id>| {
        let title = plan.and_then(|id| register.plan(id)).map_or("General", Plan::title);
        Cell { merge: merge(&plans, at), ..Cell::new(title) }
    };
    let row = |(at, (plan, cells)): (usize, PlanRow)| std::iter::once(cell(at, plan)).chain(cells).collect();
    table.rows = rows.into_iter().enumerate().map(row).collect();
    table
}

fn merge(plans: &[Option<Id>], at: usize) -> Merge {
    let plan = plans.get(at).copied().flatten();
    let is_same = |other: Option<&Option<Id>>| plan.is_some() && other == Some(&plan);
    match (at.checked_sub(1).is_some_and(|before| is_same(plans.get(before))), is_same(plans.get(at + 1))) {
        (true, _) => Merge::GoesOn,
        (false, true) => Merge::Begins,
        (false, false) => Merge::Alone,
    }
}
