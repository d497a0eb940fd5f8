//! Ratings over time, after each meeting or month by month, from the log.

use std::collections::HashSet;

use chrono::{Datelike, Days, Months, NaiveDate};

use super::super::document::{Document, Shape};
use super::Counted;
use crate::domain::action::Action;
use crate::domain::date_words;
use crate::domain::id::Id;
use crate::domain::meeting::Meeting;
use crate::domain::query;
use crate::domain::register::Register;

/// The number of points in time shown: the latest ones, and today.
const POINTS: usize = 12;

pub fn add(document: &mut Document, counted: &Counted) {
    let material = counted.material;
    let days = material.log.iter().map(|batch| batch.at.date_naive());
    let Some(first) = days.min().filter(|first| *first <= material.today) else { return };
    document.heading(1, "Ratings over time");
    let mut points = points(material.register.visible_meetings().filter_map(Meeting::day), first, material.today);
    if points.is_empty() {
        let day = date_words::day(first);
        document.paragraph(format!("The history begins on {day}; there is nothing earlier to compare with."));
        return;
    }
    points.push(material.today);
    let mut chart = counted.levels.chart("Actions by rating over time", "As at", &["Overdue"]);
    chart.shape = Shape::Lines;
    let wanted: HashSet<Id> = counted.actions.iter().map(|action| action.id).collect();
    replay(counted, &points, |day, register| {
        let then: Vec<&Action> = register.visible_actions().filter(|action| wanted.contains(&action.id)).collect();
        let late = then.iter().filter(|action| query::is_overdue(register, action, day)).count();
        counted.levels.add_row(&mut chart, register, &date_words::day(day), &then, &[late]);
    });
    document.chart(chart);
}

/// The dates of past meetings or, if there were fewer than two, the ends of past months.
fn points(meetings: impl Iterator<Item = NaiveDate>, first: NaiveDate, today: NaiveDate) -> Vec<NaiveDate> {
    let mut met: Vec<NaiveDate> = meetings.filter(|day| (first..today).contains(day)).collect();
    met.sort_unstable();
    met.dedup();
    let mut points = if met.len() > 1 { met } else { ends_of_months(first, today) };
    if points.first() != Some(&first) && first < today {
        points.insert(0, first);
    }
    let surplus = points.len().saturating_sub(POINTS - 1);
    points.split_off(surplus)
}

fn ends_of_months(first: NaiveDate, today: NaiveDate) -> Vec<NaiveDate> {
    let begin = first.with_day(1).unwrap_or(first);
    let months = (1..).map_while(|count| begin.checked_add_months(Months::new(count)));
    let ends = months.map_while(|next| next.checked_sub_days(Days::new(1)));
    ends.take_while(|end| *end < today).collect()
}

/// Replays the log and samples the register at the end of each of these days.
fn replay(counted: &Counted, points: &[NaiveDate], mut look: impl FnMut(NaiveDate, &Register)) {
    let mut register = Register::default();
    let mut points = points.iter().copied().peekable();
    for batch in counted.material.log {
        while let Some(day) = points.next_if(|day| batch.at.date_naive() > *day) {
            look(day, &register);
        }
        register.apply(batch);
    }
    points.for_each(|day| look(day, &register));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(iso: &str) -> NaiveDate {
        iso.parse().unwrap()
    }

    #[test]
    fn points_are_meetings_or_else_the_ends_of_months() {
        let (first, today) = (day("2026-01-20"), day("2026-04-10"));
        let met = ["2026-02-03", "2026-03-05", "2026-04-10", "2025-12-01"].map(day);
        assert_eq!(points(met.into_iter(), first, today), ["2026-01-20", "2026-02-03", "2026-03-05"].map(day));
        let ends = ["2026-01-20", "2026-01-31", "2026-02-28", "2026-03-31"].map(day);
        assert_eq!(points(std::iter::empty(), first, today), ends);
        assert_eq!(points(std::iter::empty(), today, today), []);
        assert_eq!(points(std::iter::empty(), day("2020-01-20"), today).len(), 11);
    }
}
