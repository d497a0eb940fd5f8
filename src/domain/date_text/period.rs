//! Dates longer than a month by name: quarters, halves, financial years, seasons.

use super::grammar::day_number;
use super::names;
use super::numeric;
use super::phrase::{Part, Phrase, Season, Unit, Year};
use super::token::{Read, Rest, any_word, number, skip, skip_mark, touches, word};

/// `Q1 2024`, `Q2 21/22`, `2024 Q1`, `second quarter of 2024`.
pub fn quarter(rest: Rest<'_>) -> Read<'_, Phrase> {
    let Some((quarter, after)) = quarter_name(rest) else { return quarter_last(rest) };
    let rest = skip(skip_mark(after, &[',', '-', '(']), &["of"]);
    if let Some((year, rest)) = numeric::financial_year(financial_word(rest).unwrap_or(rest)) {
        return Some((Phrase::whole(Unit::FinancialQuarter(quarter), Year::Given(year)), skip_mark(rest, &[')'])));
    }
    match numeric::year_after(rest) {
        (Year::Given(year) | Year::Short(year), rest) => {
            Some((Phrase::whole(Unit::Quarter(quarter), Year::Given(year)), skip_mark(rest, &[')'])))
        }
        (Year::Missing, _) => Some((Phrase::whole(Unit::Quarter(quarter), Year::Missing), after)),
    }
}

/// `2024 Q1`, `21/22 Q2`.
fn quarter_last(rest: Rest<'_>) -> Read<'_, Phrase> {
    let (year, is_financial, after) = match numeric::financial_year(rest) {
        Some((year, rest)) => (year, true, rest),
        None => numeric::whole_year(rest).map(|(year, rest)| (year, false, rest))?,
    };
    let (quarter, rest) = quarter_name(skip_mark(after, &[',', '-']))?;
    let unit = if is_financial { Unit::FinancialQuarter(quarter) } else { Unit::Quarter(quarter) };
    Some((Phrase::whole(unit, Year::Given(year)), rest))
}

fn quarter_name(rest: Rest<'_>) -> Read<'_, u32> {
    let numbered = |rest| number_or_count(skip_mark(rest, &['.']));
    let named = word(rest, &["q", "qtr", "quarter"]).and_then(numbered);
    let (quarter, rest) = named.or_else(|| counted_quarter(rest))?;
    (1..=4).contains(&quarter).then_some((quarter, rest))
}

/// `3`, `three`.
fn number_or_count(rest: Rest<'_>) -> Read<'_, u32> {
    let digits = number(rest).map(|(value, _, rest)| (value, rest));
    digits.or_else(|| any_word(rest).and_then(|(name, rest)| Some((names::count(name)?, rest))))
}

/// `H1 2026`, `H2 26/27`: the first or second half of a year.
pub fn half_year(rest: Rest<'_>) -> Read<'_, Phrase> {
    let after = word(rest, &["h"]).filter(|after| touches(after))?;
    let (part, rest) = match number(after)? {
        (1, 1, rest) => (Part::FirstHalf, rest),
        (2, 1, rest) => (Part::SecondHalf, rest),
        _ => return None,
    };
    let (whole, rest) = year_in_half(skip_mark(rest, &[',', '-', '(']));
    Some((Phrase { part: Some(part), ..whole }, skip_mark(rest, &[')'])))
}

fn year_in_half(rest: Rest<'_>) -> (Phrase, Rest<'_>) {
    if let Some((year, rest)) = numeric::financial_year(financial_word(rest).unwrap_or(rest)) {
        return (Phrase::whole(Unit::FinancialYear, Year::Given(year)), rest);
    }
    let (year, rest) = numeric::year_after(rest);
    (Phrase::whole(Unit::Year, year.number().map_or(Year::Missing, Year::Given)), rest)
}

fn counted_quarter(rest: Rest<'_>) -> Read<'_, u32> {
    let (quarter, rest) = day_number(rest).or_else(|| {
        let (name, rest) = any_word(rest)?;
        Some((names::ordinal(name)?, rest))
    })?;
    Some((quarter, word(rest, &["quarter", "qtr"])?))
}

/// `24/25 FY`, `FY 2024/25`, `financial year 2024-25`; without its year `financial year`, `financial year end`.
pub fn financial_year(rest: Rest<'_>) -> Read<'_, Phrase> {
    let Some(after) = financial_word(rest) else {
        let (year, rest) =
            numeric::financial_year(rest).and_then(|(year, rest)| Some((year, financial_word(rest)?)))?;
        return Some((Phrase::whole(Unit::FinancialYear, Year::Given(year)), rest));
    };
    let (part, after) = word(after, &["end"]).map_or((None, after), |after| (Some(Part::End), after));
    let (year, rest) =
        numeric::financial_year(after).map_or((Year::Missing, after), |(y, rest)| (Year::Given(y), rest));
    Some((Phrase { unit: Unit::FinancialYear, part, year }, rest))
}

fn financial_word(rest: Rest<'_>) -> Option<Rest<'_>> {
    word(rest, &["fy"]).or_else(|| word(word(rest, &["financial", "fiscal"])?, &["year"]))
}

/// `Summer 2012`, `Winter 2023/24`, `Christmas 2024`.
pub fn season(rest: Rest<'_>) -> Read<'_, Phrase> {
    let (name, rest) = any_word(rest)?;
    let unit = match name.to_ascii_lowercase().as_str() {
        "christmas" | "xmas" => Unit::Christmas,
        "easter" => Unit::Easter,
        _ => Unit::Season(names::season(name)?),
    };
    if let Some((year, rest)) = numeric::financial_year(rest).filter(|_| unit == Unit::Season(Season::Winter)) {
        return Some((Phrase::whole(unit, Year::Given(year)), rest));
    }
    let (year, rest) = numeric::year_after(rest);
    // Two digits after a season cannot be a day.
    let year = year.number().map_or(Year::Missing, Year::Given);
    Some((Phrase::whole(unit, year), rest))
}
