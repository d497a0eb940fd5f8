//! How dates are put together from numbers, names and marks. Each function reads from the front or declines.

use super::names;
use super::numeric;
use super::phrase::{Dates, Part, Phrase, Unit, Year};
use super::token::{Rest, any_word, mark, number, skip, skip_mark, touches, word};

/// A date, or a range of dates.
pub fn dates(rest: Rest<'_>) -> Option<(Dates, Rest<'_>)> {
    if let Some((range, rest)) = range(skip(rest, &["between", "from"])) {
        return Some((range, rest));
    }
    phrase(rest).map(|(phrase, rest)| (Dates::One(phrase), rest))
}

/// One date. A year by itself is a date only where the whole text is one; see [`bare_year`].
pub fn phrase(rest: Rest<'_>) -> Option<(Phrase, Rest<'_>)> {
    let readers: [fn(Rest<'_>) -> Option<(Phrase, Rest<'_>)>; 7] =
        [in_part, day, month_first_day, numeric::date, quarter, financial_year, month_or_season];
    readers.iter().find_map(|reader| reader(rest))
}

/// `2024`.
pub fn bare_year(rest: Rest<'_>) -> Option<(Phrase, Rest<'_>)> {
    let (year, rest) = numeric::whole_year(rest)?;
    Some((Phrase::whole(Unit::Year, Year::Given(year)), rest))
}

/// `end of February 2024`, `mid-June`, `early in 2022`, `first half of 2024`.
fn in_part(rest: Rest<'_>) -> Option<(Phrase, Rest<'_>)> {
    let (part, rest) = half(rest).or_else(|| {
        let (name, rest) = any_word(rest)?;
        Some((names::part(name)?, rest))
    })?;
    let rest = skip_mark(rest, &['-']);
    let rest = skip(skip(skip(rest, &["of", "in"]), &["the"]), &["year"]);
    let longer = quarter(rest).or_else(|| financial_year(rest)).or_else(|| month_or_season(rest));
    let (whole, rest) = longer.or_else(|| bare_year(rest))?;
    (whole.unit != Unit::Christmas).then_some((Phrase { part: Some(part), ..whole }, rest))
}

fn half(rest: Rest<'_>) -> Option<(Part, Rest<'_>)> {
    let (name, rest) = any_word(rest)?;
    let part = match names::ordinal(name)? {
        1 => Part::FirstHalf,
        2 => Part::SecondHalf,
        _ => return None,
    };
    Some((part, word(rest, &["half"])?))
}

/// `16th December 2021`, `Friday 31 Oct`, `31-Oct-21`.
fn day(rest: Rest<'_>) -> Option<(Phrase, Rest<'_>)> {
    let (weekday, rest) = numeric::weekday(rest);
    let (day, rest) = day_number(skip(rest, &["the"]))?;
    let rest = skip(rest, &["of"]);
    let rest = mark(rest, &['-', '/', '.']).filter(|_| touches(rest)).map_or(rest, |(_, rest)| rest);
    let (month, rest) = month_name(rest)?;
    let (year, rest) = year_after(rest);
    Some((Phrase::whole(Unit::Day { month, day, weekday }, year), rest))
}

/// `October 31, 2021`, `Oct 31st`: the month's name makes this order certain.
fn month_first_day(rest: Rest<'_>) -> Option<(Phrase, Rest<'_>)> {
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

/// `16`, `16th`; 1 to 31.
fn day_number(rest: Rest<'_>) -> Option<(u32, Rest<'_>)> {
    let (day, digits, rest) = number(rest)?;
    let rest = if touches(rest) { skip(rest, &["st", "nd", "rd", "th"]) } else { rest };
    (digits <= 2 && (1..=31).contains(&day)).then_some((day, rest))
}

fn month_name(rest: Rest<'_>) -> Option<(u32, Rest<'_>)> {
    let (name, rest) = any_word(rest)?;
    let month = names::month(name)?;
    let stopped = mark(rest, &['.']).filter(|_| touches(rest) && name.len() <= 4);
    Some((month, stopped.map_or(rest, |(_, rest)| rest)))
}

/// `October 2021`, `Summer 2012`, `Winter 2023/24`, `Christmas 2024`.
fn month_or_season(rest: Rest<'_>) -> Option<(Phrase, Rest<'_>)> {
    if let Some((month, rest)) = month_name(rest) {
        let (year, rest) = year_after(rest);
        return Some((Phrase::whole(Unit::Month(month), year), rest));
    }
    let (name, rest) = any_word(rest)?;
    let is_christmas = ["christmas", "xmas"].iter().any(|word| word.eq_ignore_ascii_case(name));
    let unit = if is_christmas { Unit::Christmas } else { Unit::Season(names::season(name)?) };
    let two_years = numeric::financial_year(rest).filter(|_| unit == Unit::Season(super::phrase::Season::Winter));
    if let Some((year, rest)) = two_years {
        return Some((Phrase::whole(unit, Year::Given(year)), rest));
    }
    let (year, rest) = year_after(rest);
    // Two digits after a season cannot be a day.
    let year = year.number().map_or(Year::Missing, Year::Given);
    Some((Phrase::whole(unit, year), rest))
}

/// `Q1 2024`, `Q2 21/22`, `2024 Q1`, `second quarter of 2024`.
fn quarter(rest: Rest<'_>) -> Option<(Phrase, Rest<'_>)> {
    if let Some((quarter, rest)) = quarter_name(rest) {
        let rest = skip(skip_mark(rest, &[',', '-', '(']), &["of"]);
        let (unit, year, rest) = quarter_of(quarter, rest);
        return Some((Phrase::whole(unit, year), skip_mark(rest, &[')'])));
    }
    let (year, is_financial, after) = match numeric::financial_year(rest) {
        Some((year, rest)) => (year, true, rest),
        None => numeric::whole_year(rest).map(|(year, rest)| (year, false, rest))?,
    };
    let (quarter, rest) = quarter_name(skip_mark(after, &[',', '-']))?;
    let unit = if is_financial { Unit::FinancialQuarter(quarter) } else { Unit::Quarter(quarter) };
    Some((Phrase::whole(unit, Year::Given(year)), rest))
}

fn quarter_of(quarter: u32, rest: Rest<'_>) -> (Unit, Year, Rest<'_>) {
    let financial = numeric::financial_year(financial_word(rest).unwrap_or(rest));
    if let Some((year, rest)) = financial {
        return (Unit::FinancialQuarter(quarter), Year::Given(year), rest);
    }
    let (year, rest) = year_after(rest);
    (Unit::Quarter(quarter), year.number().map_or(Year::Missing, Year::Given), rest)
}

fn quarter_name(rest: Rest<'_>) -> Option<(u32, Rest<'_>)> {
    let named = word(rest, &["q", "qtr", "quarter"]).and_then(|rest| number(skip_mark(rest, &['.'])));
    let (quarter, rest) = match named {
        Some((quarter, _, rest)) => (quarter, rest),
        None => counted_quarter(rest)?,
    };
    (1..=4).contains(&quarter).then_some((quarter, rest))
}

fn counted_quarter(rest: Rest<'_>) -> Option<(u32, Rest<'_>)> {
    let (quarter, rest) = day_number(rest).or_else(|| {
        let (name, rest) = any_word(rest)?;
        Some((names::ordinal(name)?, rest))
    })?;
    Some((quarter, word(rest, &["quarter", "qtr"])?))
}

/// `24/25 FY`, `FY 2024/25`, `financial year 2024-25`.
fn financial_year(rest: Rest<'_>) -> Option<(Phrase, Rest<'_>)> {
    let (year, rest) = match financial_word(rest) {
        Some(rest) => numeric::financial_year(rest)?,
        None => numeric::financial_year(rest).and_then(|(year, rest)| Some((year, financial_word(rest)?)))?,
    };
    Some((Phrase::whole(Unit::FinancialYear, Year::Given(year)), rest))
}

fn financial_word(rest: Rest<'_>) -> Option<Rest<'_>> {
    word(rest, &["fy"]).or_else(|| word(word(rest, &["financial", "fiscal"])?, &["year"]))
}

/// The year behind a month, season or quarter.
fn year_after(rest: Rest<'_>) -> (Year, Rest<'_>) {
    let joined = skip(skip_mark(rest, &[',', '-', '/', '.']), &["of"]);
    let whole = numeric::whole_year(joined).map(|(year, rest)| (Year::Given(year), rest));
    whole.or_else(|| short_year(rest)).unwrap_or((Year::Missing, rest))
}

/// `'21`, `-21`, ` 21`.
fn short_year(rest: Rest<'_>) -> Option<(Year, Rest<'_>)> {
    if let Some((joint, after)) = mark(rest, &['\'', '-', '/', '.']) {
        let joined = joint == '\'' || touches(rest) && touches(after);
        let (year, rest) = numeric::two_digit_year(after).filter(|_| joined)?;
        return Some((Year::Given(year), rest));
    }
    let (year, after) = numeric::two_digit_year(rest)?;
    let year = if touches(rest) { Year::Given(year) } else { Year::Short(year) };
    Some((year, after))
}

/// `January/ February 2024`, `12-14 June 2024`, `Nov 2023 to Feb 2024`.
fn range(rest: Rest<'_>) -> Option<(Dates, Rest<'_>)> {
    if let Some((from, after)) = phrase(rest)
        && let Some((to, rest)) = joined(from, after)
    {
        return Some((Dates::Range(from, to), rest));
    }
    let (first, after) = day_number(numeric::weekday(rest).1)?;
    let (_, after) = joiner(after)?;
    let (to, rest) = day(after)?;
    let Unit::Day { month, .. } = to.unit else { return None };
    let from = Phrase::whole(Unit::Day { month, day: first, weekday: None }, Year::Missing);
    Some((Dates::Range(from, to), rest))
}

fn joined<'a>(from: Phrase, after: Rest<'a>) -> Option<(Phrase, Rest<'a>)> {
    let (is_span, after) = joiner(after)?;
    // "Jan 2022 and Feb 2022" are two dates; "January and February 2022" is one.
    if !is_span && from.year != Year::Missing {
        return None;
    }
    phrase(after)
}

/// What stands between two dates, and whether it says "from the one to the other".
fn joiner(rest: Rest<'_>) -> Option<(bool, Rest<'_>)> {
    if let Some((found, rest)) = mark(rest, &['-', '/', '&']) {
        return Some((found == '-', rest));
    }
    let to = word(rest, &["to", "until", "till"]).map(|rest| (true, rest));
    to.or_else(|| word(rest, &["and", "or"]).map(|rest| (false, rest)))
}
