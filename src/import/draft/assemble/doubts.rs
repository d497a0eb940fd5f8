//! Doubts that show only against the rest of the plan: incomplete dates, dates out of order, prose that says "done".

use chrono::{Datelike, NaiveDate};

use super::raised;
use crate::domain::date_text::{self, Found};
use crate::domain::draft::{Draft, DraftAction};
use crate::domain::flag::Flag;
use crate::domain::split;
use crate::domain::target::Span;
use crate::import::cells::progress;
use crate::import::cells::ratings;
use crate::import::cells::targets::{self, Known};

/// Adds to every action its doubts.
pub fn add(draft: &mut Draft, settled: &str) {
    let spans: Vec<Span> =
        draft.all_actions().flat_map(|(_, action)| &action.targets).filter_map(|target| target.span).collect();
    let (as_at, middle) = (draft.as_at, middle(&spans));
    let under = draft.recommendations.iter_mut().flat_map(|rec| &mut rec.actions);
    for action in under.chain(&mut draft.actions) {
        let known = Known { neighbours: &spans, as_at, raised: raised::of(&action.raw) };
        let mut flags = targets::flags(&action.targets, known);
        flags.extend(far_off(action, middle));
        flags.extend(out_of_order(&action.text, as_at));
        flags.extend(done(action, settled));
        flags.extend(split::flag(action));
        flags.extend(undated(action, &spans));
        action.flags.extend(flags);
    }
}

/// A row that says who and when, but not what.
pub fn no_text() -> Flag {
    let why = "the cell that should say what is to be done is blank".to_owned();
    Flag { field: "text".into(), why, raw: String::new(), suggestion: None }
}

/// Updates marked with a day and month, "12 June – …", that lack their year, or with a day that no calendar has.
fn undated(action: &DraftAction, spans: &[Span]) -> Vec<Flag> {
    let own = action.progress.iter().filter_map(|entry| entry.date);
    let own: Vec<Span> = own.filter_map(|date| Some(Span { first: date.first()?, last: date.last()? })).collect();
    let neighbours = if own.is_empty() { spans } else { &own };
    let undated = action.progress.iter().filter(|entry| entry.date.is_none());
    let marked = undated.flat_map(|entry| entry.text.lines()).filter_map(progress::unclear);
    let flag = |(mark, why): (&str, String)| {
        let what = match (why.contains("has no year"), mark.contains(|c: char| c.is_ascii_digit())) {
            (true, true) => "a day and without a year",
            (true, false) => "a month and without a year",
            (false, _) => "a date that is none",
        };
        let why = format!("an update is marked with {what}: {why}");
        Flag {
            field: "progress".into(),
            why,
            raw: mark.to_owned(),
            suggestion: date_text::suggestion(mark, neighbours),
        }
    };
    marked.map(flag).collect()
}

/// Several ratings in one cell.
pub fn stacked(ratings: &[String]) -> Flag {
    let why = format!("{} ratings in one cell: {}", ratings.len(), ratings.join(", "));
    Flag { field: "rating".into(), why, raw: ratings.join("\n"), suggestion: None }
}

/// Prose only suggests a rating.
fn done(action: &DraftAction, settled: &str) -> Option<Flag> {
    if action.rating.is_some() {
        return None;
    }
    let said = action.progress.iter().find_map(|entry| ratings::says_done(&entry.text))?;
    let why = "the action is not rated, but its status says that it is done".to_owned();
    Some(Flag { field: "rating".into(), why, raw: said, suggestion: Some(settled.to_owned()) })
}

/// The year in the middle of those of all targets, if there are enough.
fn middle(spans: &[Span]) -> Option<i32> {
    let mut years: Vec<i32> = spans.iter().map(|span| span.last.year()).collect();
    years.sort_unstable();
    years.get(years.len() / 2).copied().filter(|_| years.len() >= 5)
}

/// A target more than three years from the middle of all others, where nothing says that it was moved.
fn far_off(action: &DraftAction, middle: Option<i32>) -> Vec<Flag> {
    let Some(middle) = middle else { return Vec::new() };
    let is_far = |span: Option<Span>| span.is_some_and(|span| (span.last.year() - middle).abs() > 3);
    let set = action.targets.iter().filter(|_| action.original_targets.is_empty());
    let far = set.filter(|target| is_far(target.span));
    far.map(|target| {
        let why = format!("“{}” is far from the other targets of this plan, most of which are of {middle}", target.raw);
        Flag { field: "target".into(), why, raw: target.raw.clone(), suggestion: None }
    })
    .collect()
}

/// A date in the text of an action that is followed by an earlier one.
fn out_of_order(text: &str, as_at: Option<NaiveDate>) -> Vec<Flag> {
    let found = date_text::find(text, None);
    let days = found.iter().enumerate().filter(|(_, found)| found.date.day.is_some());
    let late = days.filter_map(|(at, day)| {
        let next = found.iter().skip(at + 1).find(|later| later.span.last < day.span.first)?;
        let why = format!("“{}” is later than “{}”, which follows it", day.written, next.written);
        let suggestion =
            a_year_before(day).filter(|(_, date)| *date <= next.span.last && as_at.is_none_or(|as_at| *date <= as_at));
        Some(Flag { field: "text".into(), why, raw: day.written.clone(), suggestion: suggestion.map(|found| found.0) })
    });
    late.collect()
}

/// The same day in the previous year: "15/12/24" → "15/12/23".
fn a_year_before(day: &Found) -> Option<(String, NaiveDate)> {
    let year = day.date.year;
    let stem = day.written.strip_suffix(&format!("{:02}", year.rem_euclid(100)))?;
    let date = NaiveDate::from_ymd_opt(year - 1, day.date.month?, day.date.day?)?;
    Some((format!("{stem}{:02}", (year - 1).rem_euclid(100)), date))
}
