//! Says what is wrong with a text that is not a date from its first word to its last.

use chrono::NaiveDate;

use super::doubt::Doubt;
use super::grammar;
use super::numeric;
use super::phrase::{Dates, Unit, Year};
use super::prose;
use super::relative;
use super::token::{Rest, number};

/// `said` is what follows the lead-in of `raw`.
pub fn diagnose(raw: &str, said: Rest<'_>) -> Doubt {
    if let Some(doubt) = month_first(said).or_else(|| two_years(said)).or_else(|| broken_year(said)) {
        return doubt;
    }
    if relative::is_duration(said) {
        return Doubt::Duration;
    }
    match prose::find(raw, None).len() {
        0 => Doubt::NoDate,
        1 => Doubt::OtherWords,
        _ => Doubt::SeveralDates,
    }
}

fn month_first(said: Rest<'_>) -> Option<Doubt> {
    let (phrase, rest) = numeric::month_first(said)?;
    let (Unit::Day { month, day, .. }, Year::Given(year), true) = (phrase.unit, phrase.year, rest.is_empty()) else {
        return None;
    };
    NaiveDate::from_ymd_opt(year, month, day).map(Doubt::MonthFirst)
}

fn two_years(said: Rest<'_>) -> Option<Doubt> {
    let (first, rest) = numeric::financial_year(said)?;
    rest.is_empty().then_some(Doubt::TwoYears(first))
}

/// A date without a year and a number that is none: "Oct 202".
fn broken_year(said: Rest<'_>) -> Option<Doubt> {
    let (dates, rest) = grammar::dates(said)?;
    let (Dates::One(phrase) | Dates::Range(_, phrase)) = dates;
    let (_, _, rest) = number(rest).filter(|_| phrase.year == Year::Missing)?;
    rest.is_empty().then_some(Doubt::BrokenYear)
}
