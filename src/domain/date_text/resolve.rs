//! From a date as written to the days it means, given when it was written.

use chrono::{Datelike, NaiveDate};

use super::doubt::Doubt;
use super::phrase::{Dates, Phrase, Unit, Year, common};
use crate::domain::target::{PartialDate, Span};

/// How far to look for a year that has a given day: a 29 February can be eight years away.
const YEARS_TO_TRY: i32 = 9;

/// Which year a date without one belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// Written at an unknown time: none.
    Written,
    /// Typed today about the future: the next one.
    Next(NaiveDate),
    /// Typed today about the past: the most recent one.
    Last(NaiveDate),
}

impl When {
    pub fn today(self) -> Option<NaiveDate> {
        match self {
            When::Written => None,
            When::Next(today) | When::Last(today) => Some(today),
        }
    }
}

/// A date that is certain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Certain {
    pub span: Span,
    /// As precise as it was written.
    pub date: PartialDate,
}

impl Certain {
    pub fn new(span: Span) -> Certain {
        Certain { span, date: common(span) }
    }
}

pub fn resolve(dates: Dates, when: When) -> Result<Certain, Doubt> {
    match dates {
        Dates::One(phrase) => one(phrase, when),
        Dates::Range(from, to) => range(from, to, when),
    }
}

fn one(phrase: Phrase, when: When) -> Result<Certain, Doubt> {
    let certain = in_year(phrase, year(phrase, when)?)?;
    if phrase.is_on_its_weekday(certain.span) { Ok(certain) } else { Err(Doubt::Weekday(certain.span.first)) }
}

fn range(from: Phrase, to: Phrase, when: When) -> Result<Certain, Doubt> {
    let to = one(to, when)?;
    let from = match from.year.number() {
        Some(year) => in_year(from, year)?,
        None => [0, 1, 2]
            .iter()
            .filter_map(|back| in_year(from, to.span.last.year() - back).ok())
            .find(|from| from.span.first <= to.span.first)
            .ok_or(Doubt::NoSuchDay)?,
    };
    if from.span.first > to.span.last {
        return Err(Doubt::Backwards);
    }
    Ok(Certain::new(Span { first: from.span.first, last: to.span.last }))
}

fn in_year(phrase: Phrase, year: i32) -> Result<Certain, Doubt> {
    let span = phrase.span(year).ok_or(Doubt::NoSuchDay)?;
    let date = phrase.partial(year).ok_or(Doubt::NoSuchDay)?;
    Ok(Certain { span, date })
}

fn year(phrase: Phrase, when: When) -> Result<i32, Doubt> {
    match (phrase.year, when) {
        (Year::Given(year), _) | (Year::Short(year), When::Written) => Ok(year),
        (Year::Short(year), When::Next(_) | When::Last(_)) => match phrase.unit {
            Unit::Month(month) if phrase.part.is_none() && year % 100 <= 31 => {
                Err(Doubt::DayOrYear(PartialDate { year, month: Some(month), day: None }))
            }
            Unit::Month(_)
            | Unit::Day { .. }
            | Unit::Quarter(_)
            | Unit::FinancialQuarter(_)
            | Unit::Season(_)
            | Unit::Christmas
            | Unit::Easter
            | Unit::Year
            | Unit::FinancialYear => Ok(year),
        },
        (Year::Missing, When::Written) => Err(Doubt::NoYear),
        (Year::Missing, When::Next(today)) => nearest(phrase, today, 1, |span| span.last >= today),
        (Year::Missing, When::Last(today)) => nearest(phrase, today, -1, |span| span.first <= today),
    }
}

/// The first year, going `step` by step from just before today, in which the date is where it should be.
fn nearest(phrase: Phrase, today: NaiveDate, step: i32, fits: impl Fn(Span) -> bool) -> Result<i32, Doubt> {
    let years = (-1..YEARS_TO_TRY).map(|away| today.year() + away * step);
    let mut possible = years.filter(|year| phrase.span(*year).is_some_and(&fits));
    possible.next().ok_or(Doubt::NoSuchDay)
}
