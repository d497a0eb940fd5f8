//! Ageing: how long actions have been overdue, and how long since progress was last reported.

use chrono::{Months, NaiveDate};

use super::super::document::{Chart, Document};
use super::Counted;
use crate::domain::action::Action;
use crate::domain::query;

/// Age bands: the name of each and its upper limit in months.
const OVERDUE: [(&str, u32); 4] =
    [("Up to 3 months", 3), ("3 to 6 months", 6), ("6 to 12 months", 12), ("Over a year", u32::MAX)];
const SILENT: [(&str, u32); 4] =
    [("In the last 3 months", 3), ("3 to 6 months ago", 6), ("6 to 12 months ago", 12), ("Over a year ago", u32::MAX)];

pub fn add(document: &mut Document, counted: &Counted) {
    let (register, today) = (counted.material.register, counted.material.today);
    let late: Vec<&Action> =
        counted.actions.iter().copied().filter(|action| query::is_overdue(register, action, today)).collect();
    if !late.is_empty() {
        document.heading(1, "How long overdue");
        document.chart(chart(counted, "Overdue actions by age", ("Overdue for", &OVERDUE[..]), &late, Action::due));
    }
    let live: Vec<&Action> =
        counted.actions.iter().copied().filter(|action| !query::is_done(register, action)).collect();
    if !live.is_empty() {
        document.heading(1, "Time since last progress, live actions");
        document.chart(chart(
            counted,
            "Live actions by time since last progress",
            ("Last progress", &SILENT[..]),
            &live,
            last_progress,
        ));
    }
}

/// A row for each age band, and one for actions without a date.
fn chart(
    counted: &Counted,
    caption: &str,
    (title, ages): (&str, &[(&str, u32)]),
    actions: &[&Action],
    since: fn(&Action) -> Option<NaiveDate>,
) -> Chart {
    let (register, today) = (counted.material.register, counted.material.today);
    let age =
        |action: &Action| since(action).and_then(|day| ages.iter().position(|(_, end)| is_within(day, *end, today)));
    let mut chart = counted.levels.chart(caption, title, &[]);
    for (place, (name, _)) in ages.iter().enumerate() {
        let own: Vec<&Action> = actions.iter().copied().filter(|action| age(action) == Some(place)).collect();
        counted.levels.add_row(&mut chart, register, name, &own, &[]);
    }
    let none: Vec<&Action> = actions.iter().copied().filter(|action| age(action).is_none()).collect();
    if !none.is_empty() {
        counted.levels.add_row(&mut chart, register, "None or undated", &none, &[]);
    }
    chart
}

/// Whether it is at most this many months ago.
fn is_within(day: NaiveDate, months: u32, today: NaiveDate) -> bool {
    day.checked_add_months(Months::new(months)).is_none_or(|end| today <= end)
}

/// The last possible day of the latest dated entry.
fn last_progress(action: &Action) -> Option<NaiveDate> {
    action.progress().filter_map(|entry| entry.said.date?.last()).max()
}
