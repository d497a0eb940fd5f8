//! What is wrong with a text that is not a date from first word to last.

use chrono::NaiveDate;

use super::doubt::Doubt;
use super::grammar;
use super::numeric;
use super::phrase::{Dates, Phrase, Unit, Year};
use super::prose;
use super::relative;
use super::school;
use super::token::{Rest, mark, number, touches};
use crate::domain::target::PartialDate;

/// `said` is what follows the lead-in of `raw`.
pub fn diagnose(raw: &str, said: Rest<'_>) -> Doubt {
    let kinds = [month_first, two_years, no_such_day, broken_year, short_month, school_term];
    if let Some(doubt) = kinds.iter().find_map(|kind| kind(said)) {
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

/// "03/27": as a day and a month it is no date, as a month and a year it is.
fn short_month(said: Rest<'_>) -> Option<Doubt> {
    let (month, digits, rest) = number(said)?;
    let (_, rest) = mark(rest, &['/', '-', '.']).filter(|(_, after)| touches(rest) && touches(after))?;
    let (year, rest) = numeric::two_digit_year(rest)?;
    let fits = digits <= 2 && (1..=12).contains(&month) && year % 100 > 12 && rest.is_empty();
    fits.then_some(Doubt::ShortMonth(PartialDate { year, month: Some(month), day: None }))
}

fn school_term(said: Rest<'_>) -> Option<Doubt> {
    let (_, rest) = school::likely(said)?;
    rest.is_empty().then_some(Doubt::SchoolTerm)
}

/// "32/01/2024", "2024-13-01", "0 January 2024".
fn no_such_day(said: Rest<'_>) -> Option<Doubt> {
    let (day, digits, after) = number(said)?;
    let with_month = || grammar::phrase(after).is_some_and(|(phrase, rest)| is_month(phrase) && rest.is_empty());
    let is_out = digits <= 2 && !(1..=31).contains(&day);
    (three_numbers(said).is_some() || is_out && with_month()).then_some(Doubt::NoSuchDay)
}

/// Shaped like a date in digits, but not one, or it would have been read.
fn three_numbers(said: Rest<'_>) -> Option<()> {
    let (_, _, rest) = number(said)?;
    let (first, rest) = mark(rest, &['/', '-', '.'])?;
    let (_, _, rest) = number(rest)?;
    let (second, rest) = mark(rest, &['/', '-', '.'])?;
    let (_, _, rest) = number(rest)?;
    (first == second && rest.is_empty()).then_some(())
}

fn is_month(phrase: Phrase) -> bool {
    matches!(phrase.unit, Unit::Month(_)) && phrase.part.is_none()
}

/// A date without a year, and a number that is not a year: "Oct 202".
fn broken_year(said: Rest<'_>) -> Option<Doubt> {
    let (dates, rest) = grammar::dates(said)?;
    let (Dates::One(phrase) | Dates::Range(_, phrase)) = dates;
    let (_, digits, rest) = number(rest).filter(|_| phrase.year == Year::Missing)?;
    let doubt = if digits == 1 { Doubt::NoYear } else { Doubt::BrokenYear };
    rest.is_empty().then_some(doubt)
}
