//! Actions completed since the last meeting, as every report counts them.

use super::super::cells;
use super::super::document::{Cell, Document, Table};
use super::Counted;
use crate::domain::action::Action;
use crate::domain::date_words;
use crate::domain::query;
use crate::text::{self, one_line, truncate};

/// How much of an action's text is shown, in columns: the dashboard counts; other reports give the detail.
const SHOWN: usize = 100;

pub fn add(document: &mut Document, counted: &Counted) {
    let material = counted.material;
    let since = material.since();
    let is_new = |action: &&Action| query::is_completed_since(material.register, action, since);
    let closed: Vec<&Action> = counted.actions.iter().copied().filter(is_new).collect();
    let when = since.map_or_else(|| "to date".into(), |day| format!("since {}", date_words::day(day)));
    document.heading(1, format!("Completed {when}: {}", text::counted(closed.len(), "action")));
    if closed.is_empty() {
        return;
    }
    let columns = [("Ref", 8), ("Action", 40), ("Lead", 20), ("Rating", 10), ("Done", 12)];
    let mut table = Table::new("Completed actions", columns);
    for action in closed {
        let register = material.register;
        let day = query::done_on(register, action).map_or_else(|| "as imported".into(), date_words::day);
        let words = [
            cells::reference(register, action),
            truncate(&one_line(action.text()), SHOWN),
            cells::leads(register, action),
        ];
        let mut row: Vec<Cell> = words.map(Cell::new).into();
        row.extend([cells::rating(register, action), Cell::new(day)]);
        table.rows.push(row);
    }
    document.table(table);
}
