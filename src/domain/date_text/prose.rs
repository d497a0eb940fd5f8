//! Finds the dates inside prose: status cells, progress, targets with other words around them.

use super::grammar;
use super::phrase::Dates;
use super::place::{Context, Place};
use super::resolve::{When, resolve};
use super::token::{Kind, Rest, mark, number, tokens, touches};
use crate::domain::target::{PartialDate, Span};

/// A date inside a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Bytes from the beginning of the text.
    pub start: usize,
    /// After the last byte.
    pub end: usize,
    pub span: Span,
    /// As precise as it was written.
    pub date: PartialDate,
    pub written: String,
}

/// The dates in `text`, from left to right.
///
/// `context_year` is the year of the surroundings, if known; a date without a year is found only
/// then. Years alone ("Care Act 2014", "Strategy 2019-2024", "21/22") are never dates.
pub fn find(text: &str, context_year: Option<i32>) -> Vec<Found> {
    // A year is written in digits.
    if context_year.is_none() && !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return Vec::new();
    }
    let tokens = tokens(text);
    let known = Context { year: context_year, near: context_year };
    let sure = find_in(text, &tokens, known);
    let near = context_year.or_else(|| sure.first().map(|found| found.date.year));
    if near == context_year { sure } else { find_in(text, &tokens, Context { near, ..known }) }
}

fn find_in(text: &str, tokens: Rest<'_>, context: Context) -> Vec<Found> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let (before, rest) = tokens.split_at(at);
        match date_at(before, rest, context).and_then(|(dates, used)| Some((cut(text, rest, dates, used)?, used))) {
            Some((date, used)) => {
                found.push(date);
                at += used.max(1);
            }
            None => at += 1,
        }
    }
    found
}

fn cut(text: &str, rest: Rest<'_>, dates: Dates, used: usize) -> Option<Found> {
    let certain = resolve(dates, When::Written).ok()?;
    let (start, end) = (rest.first()?.start, rest.get(used.checked_sub(1)?)?.end);
    let written = text.get(start..end)?.to_owned();
    Some(Found { start, end, span: certain.span, date: certain.date, written })
}

/// A certain date that begins here, with the number of its tokens.
fn date_at(before: Rest<'_>, rest: Rest<'_>, context: Context) -> Option<(Dates, usize)> {
    if !grammar::may_begin(rest) || !begins_here(before, rest) {
        return None;
    }
    let range = grammar::dates(rest).filter(|(dates, _)| matches!(dates, Dates::Range(..)));
    let one = || grammar::phrase(rest).map(|(phrase, after)| (Dates::One(phrase), after));
    let accept = |(dates, after): (Dates, _)| accepted(dates, before, rest, after, context);
    range.and_then(accept).or_else(|| one().and_then(accept))
}

fn accepted<'a>(
    dates: Dates,
    before: Rest<'a>,
    rest: Rest<'a>,
    after: Rest<'a>,
    context: Context,
) -> Option<(Dates, usize)> {
    let place = Place { before, rest, after, context };
    let dates = match dates {
        Dates::One(phrase) => Dates::One(place.with_certain_year(phrase)?),
        Dates::Range(from, to) => Dates::Range(from, place.with_certain_year(to)?),
    };
    let is_certain = resolve(dates, When::Written).is_ok() && !runs_on(after);
    is_certain.then_some((dates, rest.len() - after.len()))
}

/// Not in the middle of a number or a word.
fn begins_here(before: Rest<'_>, rest: Rest<'_>) -> bool {
    let Some(previous) = before.last().filter(|_| touches(rest)) else { return true };
    match previous.kind {
        Kind::Word(_) => false,
        Kind::Number { .. } => number(rest).is_none(),
        Kind::Mark(mark) => !matches!(mark, '/' | '.' | '-' | ':' | '#' | '£' | '$') || number(rest).is_none(),
        Kind::Break => true,
    }
}

/// Whether what follows shows that it was not a date: "Jan 2021-22", "2021a".
fn runs_on(after: Rest<'_>) -> bool {
    if !touches(after) {
        return false;
    }
    let joined = mark(after, &['-', '/', '.']).map(|(_, rest)| rest);
    let goes_on = joined.is_some_and(|rest| touches(rest) && number(rest).is_some());
    goes_on || after.first().is_some_and(|token| !matches!(token.kind, Kind::Mark(_)))
}
