//! Dates as people write and type them, read without guessing: what is uncertain gets a reason instead of a date.
//!
//! [`target`] reads a whole cell or typed text, [`entry_date`] the date of something that has happened, [`find`] the
//! dates inside prose. Days come before months; a month alone means all of it; two digits are a year from 1970 to 2069.

use chrono::{Datelike, NaiveDate};

use super::date_words;
use super::target::{PartialDate, Span, Target};

mod diagnose;
mod doubt;
mod grammar;
mod moment;
mod names;
mod numeric;
pub mod order;
mod period;
mod phrase;
mod place;
#[cfg(test)]
mod properties;
mod prose;
mod relative;
mod resolve;
mod school;
mod suggest;
#[cfg(test)]
mod tests;
mod token;
mod whole;

pub use names::month;
pub use prose::{Found, find};

use resolve::When;

/// Reads a target: a document's cell (`today` is `None`) or what was typed today.
///
/// Only typed text may leave the year out ("12 sep" is the next one) or count from today ("+30d", "next friday").
/// What is uncertain gives no span, but a flag that says why and, where one answer is likely, which.
pub fn target(raw: &str, today: Option<NaiveDate>) -> Target {
    let when = today.map_or(When::Written, When::Next);
    let (span, flag) = match whole::read(raw, when) {
        Ok(dates) => (Some(dates.span), None),
        Err(doubt) => (None, Some(flag(raw, doubt))),
    };
    Target { raw: raw.to_owned(), span, flag }
}

/// What people write to say that there is no date, or that there is always another; there is nothing doubtful about it.
const DATELESS: [&str; 37] = [
    "ongoing",
    "on going",
    "on-going",
    "rolling",
    "continuous",
    "continual",
    "continuing",
    "business as usual",
    "bau",
    "asap",
    "as soon as possible",
    "immediate",
    "immediately",
    "n/a",
    "not applicable",
    "none",
    "tbc",
    "to be confirmed",
    "tba",
    "to be agreed",
    "tbd",
    "complete",
    "completed",
    "in place",
    "annual",
    "annually",
    "yearly",
    "six monthly",
    "six-monthly",
    "6 monthly",
    "6-monthly",
    "bi-annually",
    "termly",
    "quarterly",
    "monthly",
    "fortnightly",
    "weekly",
];

/// Whether a target says that it has no date ("ongoing", "ASAP", "TBC", "quarterly"): it stays as words, without a doubt.
pub fn is_dateless(raw: &str) -> bool {
    DATELESS.contains(&raw.trim().trim_end_matches('.').to_lowercase().as_str())
}

/// The days of a date as written, without looking for what a doubtful one probably means: cheap for many texts.
pub fn span(raw: &str) -> Option<Span> {
    whole::read(raw, When::Written).ok().map(|dates| dates.span)
}

/// Reads a target typed today.
///
/// Words whose meaning depends on today get their year ("end of feb 2027") or become the date itself ("fri",
/// "+30d"), so that the record means the same in three years.
pub fn typed_target(raw: &str, today: NaiveDate) -> Target {
    let typed = target(raw, Some(today));
    let Some(span) = typed.span else { return typed };
    let with_year = format!("{} {}", raw.trim(), span.last.year());
    let begins = span.last.year() - 1;
    let with_financial_year = format!("{} {begins}/{:02}", raw.trim(), span.last.year().rem_euclid(100));
    let lasting = [raw.to_owned(), with_year, with_financial_year]
        .into_iter()
        .find(|words| target(words, None).span == Some(span));
    Target { raw: lasting.unwrap_or_else(|| date_words::days(span)), ..typed }
}

/// Whether a target is a date that no calendar has, such as 31 Feb: a slip, and not words for a time.
pub fn is_no_day(target: &Target) -> bool {
    target.flag.as_deref() == Some(doubt::Doubt::NoSuchDay.sentence(&target.raw).as_str())
}

/// What a doubtful target probably means, in words that [`target`] reads: "Oct 202" among dates of 2021 is "Oct 2021".
///
/// `neighbours` are the dates around it. `None` where it is already certain, or where no one answer is likely.
pub fn suggestion(raw: &str, neighbours: &[Span]) -> Option<String> {
    suggest::suggestion(raw, neighbours)
}

/// Reads the date of a progress entry as typed: "today", "fri", "12 sep", "12/9", "Sep 2026", "-3d".
///
/// A date without a year is the most recent one that is not in the future. `None` where the date is uncertain.
pub fn entry_date(raw: &str, today: NaiveDate) -> Option<PartialDate> {
    whole::read(raw, When::Last(today)).ok().map(|read| read.date)
}

fn flag(raw: &str, doubt: doubt::Doubt) -> String {
    let why = doubt.sentence(raw);
    suggest::suggestion(raw, &[]).map_or_else(|| why.clone(), |likely| format!("{why}; perhaps {likely}"))
}
