//! Tables of the minutes: where the meeting was about several plans, each is named once, beside all of its rows.

use super::super::cells;
use super::super::document::{Cell, Table};
use super::super::plans::{self, PlanRow};
use super::record::Record;
use crate::domain::id::Id;

/// What is said of an action, a recommendation or the meeting as a whole.
pub struct Row {
    /// The plan of what it is about; none for the meeting as a whole.
    pub plan: Option<Id>,
    pub action: Option<Id>,
    /// What follows the reference.
    pub said: Vec<String>,
}

impl Row {
    pub fn of(record: &Record, action: Option<Id>, said: Vec<String>) -> Row {
        let plan = action.and_then(|id| record.register.action(id)).map(|action| action.plan);
        Row { plan, action, said }
    }
}

/// A table of rows that begin with a reference.
pub fn by_reference(record: &Record, title: &str, columns: &[(&str, usize)], rows: Vec<Row>) -> Table {
    let columns: Vec<(&str, usize)> = std::iter::once(("Ref", 10)).chain(columns.iter().copied()).collect();
    let row = |row: Row| {
        let reference = row.action.and_then(|id| record.register.action(id)).map(|one| record.register.reference(one));
        let said = row.said.into_iter().take(columns.len() - 1);
        let cells = std::iter::once(reference.unwrap_or_default()).chain(said).map(Cell::new).collect();
        (row.plan, cells)
    };
    of_plans(record, title, &columns, rows.into_iter().map(row).collect())
}

/// A table of rows of plans.
pub fn of_plans(record: &Record, title: &str, columns: &[(&str, usize)], rows: Vec<PlanRow>) -> Table {
    plans::table(record.register, record.only_plan(), (title, columns), rows)
}

/// For programs: every row whole, each with a reference that says of which plan it is.
pub fn whole(record: &Record, rows: Vec<Row>) -> Vec<Vec<String>> {
    let reference = |action: Option<Id>| {
        let action = action.and_then(|id| record.register.action(id));
        action.map(|action| cells::reference(record.register, action)).unwrap_or_default()
    };
    rows.into_iter().map(|row| std::iter::once(reference(row.action)).chain(row.said).collect()).collect()
}
