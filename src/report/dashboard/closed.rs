//! Actions closed or settled since the last meeting.

use chrono::NaiveDate;

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
    let done = |action: &&Action| query::is_done(material.register, action);
    let is_new = |day: NaiveDate| since.is_none_or(|since| day >= since);
    let closed = counted.actions.iter().copied().filter(done);
    let closed: Vec<(&Action, NaiveDate)> =
        closed.filter_map(|action| Some((action, done_on(action).filter(|day| is_new(*day))?))).collect();
    let when = since.map_or_else(|| "to date".into(), |day| format!("since {}", date_words::day(day)));
    document.heading(1, format!("Completed {when}: {}", text::counted(closed.len(), "action")));
    if closed.is_empty() {
        return;
    }
    let columns = [("Ref", 8), ("Action", 40), ("Lead", 20), ("Rating", 10), ("Done", 12)];
    let mut table = Table::new("Completed actions", columns);
    for (action, day) in closed {
        let register = material.register;
        let words = [
            cells::reference(register, action),
            truncate(&one_line(action.text()), SHOWN),
            cells::leads(register, action),
        ];
        let mut row: Vec<Cell> = words.map(Cell::new).into();
        row.extend([cells::rating(register, action), Cell::new(date_words::day(day))]);
        table.rows.push(row);
    }
    document.table(table);
}

/// The day it was closed or, failing that, last rated.
fn done_on(action: &Action) -> Option<NaiveDate> {
    let closed = action.is_closed().then(|| action.closure.head().map(|head| head.day)).flatten();
    closed.or_else(|| action.rating_move.as_ref().map(|moved| moved.day))
}
