//! Finds the dates inside prose: status cells, progress, targets with other words around them.

use super::grammar;
use super::phrase::{Dates, Phrase, Unit, Year};
use super::resolve::{When, resolve};
use super::token::{Gap, Kind, Rest, Token, mark, number, tokens, touches};
use crate::domain::target::{PartialDate, Span};

/// Words after which a month alone is a date and not a name ("in September", but "the September edition").
const TIME_WORDS: [&str; 8] = ["in", "by", "since", "until", "from", "during", "for", "end"];

/// How far from the year of its surroundings a year of two digits may be.
const NEAR: i32 = 4;

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
/// `context_year` is the year of the surroundings, where that is known; a date that leaves its year out is found only
/// then. Years alone ("Care Act 2014", "Strategy 2019-2024", "21/22") are never dates.
pub fn find(text: &str, context_year: Option<i32>) -> Vec<Found> {
    let tokens = tokens(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let (before, rest) = tokens.split_at(at);
        match date_at(before, rest, context_year).and_then(|(dates, used)| Some((cut(text, rest, dates, used)?, used)))
        {
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
fn date_at(before: Rest<'_>, rest: Rest<'_>, context: Option<i32>) -> Option<(Dates, usize)> {
    if !begins_here(before, rest) {
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
    context: Option<i32>,
) -> Option<(Dates, usize)> {
    let place = Place { before, rest, after, context };
    let dates = match dates {
        Dates::One(phrase) => Dates::One(place.with_certain_year(phrase)?),
        Dates::Range(from, to) => Dates::Range(from, place.with_certain_year(to)?),
    };
    let is_certain = resolve(dates, When::Written).is_ok() && !runs_on(after);
    is_certain.then_some((dates, rest.len() - after.len()))
}

/// Where in the text a possible date stands.
struct Place<'a> {
    before: Rest<'a>,
    rest: Rest<'a>,
    after: Rest<'a>,
    context: Option<i32>,
}

impl Place<'_> {
    fn with_certain_year(&self, phrase: Phrase) -> Option<Phrase> {
        let is_month = matches!(phrase.unit, Unit::Month(_));
        let year = match phrase.year {
            Year::Given(year) => Some(year),
            Year::Short(year) if is_month && phrase.part.is_none() => Some(year).filter(|_| self.can_be_a_year(year)),
            Year::Short(year) => Some(year).filter(|_| self.context.is_none_or(|near| near.abs_diff(year) <= 4)),
            Year::Missing => self.context.filter(|_| self.says_a_date(phrase)),
        };
        year.map(|year| Phrase { year: Year::Given(year), ..phrase })
    }

    /// "Nov 23" is November 2023 at the head of an update or near the year of its surroundings, but not after "on".
    fn can_be_a_year(&self, year: i32) -> bool {
        let is_near = self.context.is_some_and(|context| (context - year).abs() <= NEAR);
        let is_day = self.before.last().is_some_and(|token| token.is_one_of(&["on", "the"]));
        !is_day && (is_near || self.is_head())
    }

    /// At the beginning of a line or sentence, after a name in capitals, or before a colon or dash.
    fn is_head(&self) -> bool {
        let begins = match self.before.last().map(|token| token.kind) {
            None | Some(Kind::Break) => true,
            Some(Kind::Mark(mark)) => mark != '-' && mark != ',',
            Some(Kind::Word(word)) => word.len() > 1 && word.chars().all(char::is_uppercase),
            Some(Kind::Number { .. }) => false,
        };
        let starts_line = self.rest.first().is_some_and(|token| token.gap == Gap::Line);
        begins || starts_line || mark(self.after, &[':', '-']).is_some()
    }

    /// A date without a year that is a date all the same.
    fn says_a_date(&self, phrase: Phrase) -> bool {
        let first = self.rest.iter().find_map(Token::word);
        let is_name = first.is_some_and(|word| word.starts_with(char::is_uppercase));
        match phrase.unit {
            Unit::Day { .. } => first.is_some(),
            Unit::Month(_) if phrase.part.is_some() => true,
            Unit::Month(_) => is_name && self.before.last().is_some_and(|token| token.is_one_of(&TIME_WORDS)),
            Unit::Quarter(_)
            | Unit::FinancialQuarter(_)
            | Unit::Season(_)
            | Unit::Christmas
            | Unit::Year
            | Unit::FinancialYear => false,
        }
    }
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

/// Whether what follows shows that the date was none: "Jan 2021-22", "2021a".
fn runs_on(after: Rest<'_>) -> bool {
    if !touches(after) {
        return false;
    }
    let joined = mark(after, &['-', '/', '.']).map(|(_, rest)| rest);
    let goes_on = joined.is_some_and(|rest| touches(rest) && number(rest).is_some());
    goes_on || after.first().is_some_and(|token| !matches!(token.kind, Kind::Mark(_)))
}

impl<'a> Token<'a> {
    fn word(&self) -> Option<&'a str> {
        match self.kind {
            Kind::Word(word) => Some(word),
            Kind::Number { .. } | Kind::Mark(_) | Kind::Break => None,
        }
    }

    fn is_one_of(&self, words: &[&str]) -> bool {
        self.word().is_some_and(|word| words.iter().any(|one| one.eq_ignore_ascii_case(word)))
    }
}
