//! How dates are put together from numbers, names and marks. Each function reads from the front, or declines.

use super::names;
use super::numeric;
use super::period;
use super::phrase::{Dates, Part, Phrase, Unit, Year};
use super::token::{Kind, Read, Rest, any_word, mark, number, skip, skip_mark, touches, word};

/// What two dates side by side mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Joint {
    /// All from the one to the other.
    To,
    /// One date only where they share a year.
    And,
}

/// Whether a date may begin here: with a number, or with one of the words that dates begin with.
pub fn may_begin(rest: Rest<'_>) -> bool {
    rest.first().is_some_and(|token| match token.kind {
        Kind::Number { .. } => true,
        Kind::Word(word) => names::may_begin(word),
        Kind::Mark(_) | Kind::Break => false,
    })
}

/// A date, or a range of dates.
pub fn dates(rest: Rest<'_>) -> Read<'_, Dates> {
    if let Some((range, rest)) = range(skip(rest, &["between", "from"])) {
        return Some((range, rest));
    }
    phrase(rest).map(|(phrase, rest)| (Dates::One(phrase), rest))
}

/// One date. A year by itself is a date only where the whole text is one; see [`bare_year`].
pub fn phrase(rest: Rest<'_>) -> Read<'_, Phrase> {
    let readers = [
        in_part,
        day,
        month_first_day,
        numeric::date,
        period::quarter,
        period::half_year,
        period::financial_year,
        month,
        period::season,
    ];
    readers.iter().find_map(|reader| reader(rest))
}

/// `2024`.
pub fn bare_year(rest: Rest<'_>) -> Read<'_, Phrase> {
    let (year, rest) = numeric::whole_year(rest)?;
    Some((Phrase::whole(Unit::Year, Year::Given(year)), rest))
}

/// `end of February 2024`, `mid-June`, `early in 2022`, `first half of 2024`.
fn in_part(rest: Rest<'_>) -> Read<'_, Phrase> {
    let (part, rest) = half(rest).or_else(|| {
        let (name, rest) = any_word(rest)?;
        Some((names::part(name)?, rest))
    })?;
    let rest = skip_mark(rest, &['-']);
    let rest = skip(skip(skip(rest, &["of", "in"]), &["the"]), &["year"]);
    let readers = [period::quarter, period::financial_year, month, period::season, bare_year];
    let (whole, rest) = readers.iter().find_map(|reader| reader(rest))?;
    let is_long = !matches!(whole.unit, Unit::Christmas | Unit::Easter) && whole.part.is_none();
    is_long.then_some((Phrase { part: Some(part), ..whole }, rest))
}

fn half(rest: Rest<'_>) -> Read<'_, Part> {
    let (name, rest) = any_word(rest)?;
    let part = match names::ordinal(name)? {
        1 => Part::FirstHalf,
        2 => Part::SecondHalf,
        _ => return None,
    };
    Some((part, word(rest, &["half"])?))
}

/// `16th December 2021`, `Friday 31 Oct`, `31-Oct-21`.
fn day(rest: Rest<'_>) -> Read<'_, Phrase> {
    let (weekday, rest) = numeric::weekday(rest);
    let (day, rest) = day_number(skip(rest, &["the"]))?;
    let rest = skip(rest, &["of"]);
    // In "1. Sept 26" the number is that of an item in a list.
    let is_joint = |(joint, after): &(char, Rest<'_>)| touches(rest) && (*joint != '.' || touches(after));
    let rest = mark(rest, &['-', '/', '.']).filter(is_joint).map_or(rest, |(_, rest)| rest);
    let (month, rest) = month_name(rest)?;
    let (year, rest) = numeric::year_after(rest);
    Some((Phrase::whole(Unit::Day { month, day, weekday }, year), rest))
}

/// `October 31, 2021`, `Oct 31st`: the month's name makes this order certain.
fn month_first_day(rest: Rest<'_>) -> Read<'_, Phrase> {
    let (weekday, rest) = numeric::weekday(rest);
    let (month, rest) = month_name(rest)?;
    let (day, after) = day_number(skip(rest, &["the"]))?;
    let is_ordinal = number(rest).is_none_or(|(_, _, bare)| bare.len() != after.len());
    let unit = Unit::Day { month, day, weekday };
    match numeric::whole_year(skip_mark(after, &[','])) {
        Some((year, rest)) => Some((Phrase::whole(unit, Year::Given(year)), rest)),
        None if is_ordinal => Some((Phrase::whole(unit, Year::Missing), after)),
        None => None,
    }
}

/// `sep 5`, as typed: one digit is not a year.
pub fn month_and_digit(rest: Rest<'_>) -> Read<'_, Phrase> {
    let (month, rest) = month_name(rest)?;
    let (day, _, rest) = number(rest).filter(|(day, digits, _)| *digits == 1 && *day > 0)?;
    Some((Phrase::whole(Unit::Day { month, day, weekday: None }, Year::Missing), rest))
}

/// `16`, `16th`; 1 to 31.
pub fn day_number(rest: Rest<'_>) -> Read<'_, u32> {
    let (day, digits, rest) = number(rest)?;
    let rest = if touches(rest) { skip(rest, &["st", "nd", "rd", "th"]) } else { rest };
    (digits <= 2 && (1..=31).contains(&day)).then_some((day, rest))
}

fn month_name(rest: Rest<'_>) -> Read<'_, u32> {
    let (name, rest) = any_word(rest)?;
    let month = names::month(name)?;
    let stopped = mark(rest, &['.']).filter(|_| touches(rest) && name.len() <= 4);
    Some((month, stopped.map_or(rest, |(_, rest)| rest)))
}

/// `October 2021`.
fn month(rest: Rest<'_>) -> Read<'_, Phrase> {
    let (month, rest) = month_name(rest)?;
    let (year, rest) = numeric::year_after(rest);
    Some((Phrase::whole(Unit::Month(month), year), rest))
}

/// `January/ February 2024`, `12-14 June 2024`, `Nov 2023 to Feb 2024`.
fn range(rest: Rest<'_>) -> Read<'_, Dates> {
    if let Some((from, after)) = phrase(rest)
        && let Some((to, rest)) = joined(from, after)
    {
        return Some((Dates::Range(like(from, to), to), rest));
    }
    let (first, after) = day_number(numeric::weekday(rest).1)?;
    let (_, after) = joiner(after)?;
    let (to, rest) = day(after)?;
    let Unit::Day { month, .. } = to.unit else { return None };
    let from = Phrase::whole(Unit::Day { month, day: first, weekday: None }, Year::Missing);
    Some((Dates::Range(from, to), rest))
}

fn joined(from: Phrase, after: Rest<'_>) -> Read<'_, Phrase> {
    let (joint, after) = joiner(after)?;
    // "Jan 2022 and Feb 2022" are two dates; "January and February 2022" is one.
    let is_one = joint == Joint::To || from.year == Year::Missing;
    phrase(after).filter(|_| is_one)
}

/// The first quarter of two is of the second's kind: "Q3/Q4 21/22".
fn like(from: Phrase, to: Phrase) -> Phrase {
    if let (Unit::Quarter(quarter), Unit::FinancialQuarter(_), Year::Missing) = (from.unit, to.unit, from.year) {
        return Phrase { unit: Unit::FinancialQuarter(quarter), ..from };
    }
    from
}

/// What separates two dates.
fn joiner(rest: Rest<'_>) -> Read<'_, Joint> {
    if let Some((found, rest)) = mark(rest, &['-', '/', '&']) {
        return Some((if found == '-' { Joint::To } else { Joint::And }, rest));
    }
    let to = word(rest, &["to", "until", "till"]).map(|rest| (Joint::To, rest));
    to.or_else(|| word(rest, &["and", "or"]).map(|rest| (Joint::And, rest)))
}
