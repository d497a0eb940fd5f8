//! Questions about days: moved targets, what was done late, and dates that contradict each other.

use chrono::{Datelike, NaiveDate};

use super::super::query::late_by;
use super::super::target::{PartialDate, Target};
use super::phrases::Found;
use super::quote::{excerpt, sentence};
use super::seen::{Quote, START, Seen};
use super::{Challenge, when};

/// A later target that the lead asks for, until it is decided.
pub(super) fn asked_for_longer(seen: &Seen<'_>) -> Option<Challenge> {
    let asked = seen.action.extension()?;
    Some(Challenge::plain(format!("An extension to {} is requested{}", asked.wanted(), asked.because())))
}

/// A target that was moved twice or more, from the first date to the one now in force.
pub(super) fn moved_often(seen: &Seen<'_>) -> Option<Challenge> {
    let action = seen.action;
    let times = match action.slips {
        2 => "twice".to_owned(),
        3 => "three times".to_owned(),
        4 => "four times".to_owned(),
        times => format!("{times} times"),
    };
    if seen.settled.is_some() || action.slips < 2 {
        return None;
    }
    let raw = |targets: &[Target]| targets.iter().map(|target| target.raw.as_str()).collect::<Vec<_>>().join(", ");
    let first = action.original_targets.as_ref()?;
    let later = first.dates.iter().filter_map(Target::last).max().zip(action.due());
    let by = later.map(|(from, to)| late_by(from, to)).filter(|by| !by.is_empty());
    let by = by.map(|by| format!(", {by} later")).unwrap_or_default();
    let (from, to) = (raw(&first.dates), raw(action.targets()));
    Some(Challenge::plain(format!("The target was moved {times}, from “{from}” to “{to}”{by}")))
}

/// The month of the target, but of the year after or before: one of the two may be a slip.
pub(super) fn another_year(seen: &Seen<'_>) -> Option<Challenge> {
    let ((target, due), _) = seen.target().zip(seen.settled)?;
    let evidence = seen.done_on().find(|evidence| is_year_off(evidence.date, due))?;
    let Quote { words, place } = seen.words(evidence.entry, evidence.found);
    let sentence = format!("The target is {}, but progress says {words}: the same month of another year", target.raw);
    Some(Challenge { sentence, place })
}

/// Late but settled: the latest date in progress is after the target, or it was rated so after the target.
pub(super) fn late(seen: &Seen<'_>) -> Option<Challenge> {
    let (word, (target, due)) = seen.settled.zip(seen.target())?;
    if seen.done_on().any(|evidence| is_year_off(evidence.date, due)) {
        return None;
    }
    let latest = seen.done_on().max_by_key(|evidence| evidence.date.first());
    if let Some((latest, first)) = latest.and_then(|latest| Some((latest, latest.date.first()?)))
        && first > due
    {
        let what = format!("{word}, but {} after its target {}", after(due, latest.date, first), target.raw);
        return Some(Challenge::quoting(&what, &seen.words(latest.entry, latest.found)));
    }
    let rated = seen.action.rating.head().filter(|head| head.id != seen.action.id && head.day > due)?;
    if was_settled_before(seen) {
        return None;
    }
    let (day, by) = (rated.day.format("%-d %b %Y"), late_by(due, rated.day));
    Some(Challenge::plain(format!("{word} only since {day}, {by} after its target {}", target.raw)))
}

/// From Green to Blue: it was done before it was rated so.
fn was_settled_before(seen: &Seen<'_>) -> bool {
    let from = seen.action.rating_move.as_ref().and_then(|moved| moved.from.as_deref());
    from.is_some_and(|word| seen.register.scheme(seen.action.plan).is_settled(word))
}

/// The action's own words name a day after its target.
pub(super) fn says_later_than_target(seen: &Seen<'_>) -> Option<Challenge> {
    let (target, due) = seen.target()?;
    let text = seen.action.text();
    let mentions = when::mentions(&text.to_ascii_lowercase());
    let is_later = |date: PartialDate| date.first().is_some_and(|first| first > due);
    let (_, found) = mentions.into_iter().find(|(date, found)| is_later(*date) && !is_merely_after(text, *found))?;
    let what = format!("The target is {}, but the action itself mentions a later date", target.raw);
    Some(Challenge::quoting(&what, &Quote::outside(excerpt(text, found))))
}

/// "In advance of the meeting on 4 July": the later day is not when it is to be done.
fn is_merely_after(text: &str, found: Found) -> bool {
    let before = text.get(sentence(text, found).0..found.at).unwrap_or("").to_ascii_lowercase();
    let words = ["advance", "before", "ahead", "prior", "next", "until", "review"];
    before.split(|c: char| !c.is_alphanumeric()).any(|word| words.contains(&word))
}

/// Progress that is dated after today.
pub(super) fn ahead_of_today(seen: &Seen<'_>) -> Option<Challenge> {
    let is_ahead = |date: PartialDate| date.first().is_some_and(|first| first > seen.today);
    let (entry, date) =
        seen.said.iter().enumerate().find_map(|(at, said)| Some((at, said.date.filter(|d| is_ahead(*d))?)))?;
    let what = format!("Progress is dated {}, which is in the future", super::super::date_words::partial(date));
    Some(Challenge::quoting(&what, &seen.words(entry, START)))
}

/// "The September edition": of which year?
pub(super) fn month_without_year(seen: &Seen<'_>) -> Option<Challenge> {
    let (word, (target, due)) = seen.settled.zip(seen.target())?;
    let said = seen.said.last().filter(|_| due < seen.today && seen.evidence.is_empty())?;
    let (month, found) = when::bare_month(&said.text.to_ascii_lowercase())?;
    let is_late = month > due.month();
    let quote = seen.words(seen.said.len() - 1, found);
    is_late.then(|| {
        Challenge::quoting(&format!("{word} for {}, but progress names a month without its year", target.raw), &quote)
    })
}

/// Settled and past its target, but nothing says when it was done.
pub(super) fn without_date(seen: &Seen<'_>) -> Option<Challenge> {
    let (word, (target, due)) = seen.settled.zip(seen.target())?;
    seen.said.last().filter(|_| due < seen.today && seen.evidence.is_empty())?;
    let what = format!("{word} for {}, but nothing says when it was done", target.raw);
    Some(Challenge::quoting(&what, &seen.words(seen.said.len() - 1, START)))
}

/// "3 months" where only the month is known, else to the day.
fn after(due: NaiveDate, date: PartialDate, first: NaiveDate) -> String {
    match (date.month, date.day) {
        (Some(month), None) => {
            let months = (date.year - due.year()) * 12 + month.cast_signed() - due.month().cast_signed();
            let from = NaiveDate::from_ymd_opt(2000, 1, 1).unwrap_or(due);
            let to = from.checked_add_months(chrono::Months::new(months.max(1).cast_unsigned())).unwrap_or(first);
            late_by(from, to)
        }
        (Some(_), Some(_)) | (None, _) => late_by(due, first),
    }
}

fn is_year_off(date: PartialDate, due: NaiveDate) -> bool {
    date.month == Some(due.month()) && (date.year - due.year()).abs() == 1
}
