//! When an action was raised, from a column that says so: a bare month is the first of that name from then on.

use chrono::NaiveDate;

use crate::domain::date_text;
use crate::domain::flag::RawCell;
use crate::text::words;

/// Words of a heading that say when an action began.
const RAISED: [&str; 12] = [
    "raised",
    "added",
    "created",
    "opened",
    "logged",
    "meeting",
    "identified",
    "agreed",
    "recorded",
    "allocated",
    "start",
    "assigned",
];

/// The day on which an action was raised.
pub fn of(raw: &[RawCell]) -> Option<NaiveDate> {
    raw.iter().filter(|cell| is_raised(&cell.column)).find_map(|cell| day(&cell.text))
}

/// Whether a column gives the day of a meeting, or that on which an action was raised.
pub fn is_raised(column: &str) -> bool {
    words(column).iter().any(|word| RAISED.contains(&word.as_str()))
}

fn day(text: &str) -> Option<NaiveDate> {
    let found = date_text::find(text, None).into_iter().next()?;
    (found.span.first == found.span.last).then_some(found.span.first)
}
