//! Dates in digits: `31/03/2022`, `2021-10-31`, `10/2021`, and the years that dates end with.

use chrono::{Datelike, NaiveDate, Weekday};

use super::moment;
use super::names;
use super::phrase::{Phrase, Unit, Year};
use super::token::{Read, Rest, any_word, mark, number, skip, skip_mark, touches, word};

/// A date in digits, day before month, as the United Kingdom writes it.
pub fn date(rest: Rest<'_>) -> Read<'_, Phrase> {
    let (weekday, rest) = weekday(rest);
    year_first(rest, weekday).or_else(|| day_first(rest, weekday)).or_else(|| month_and_year(rest))
}

/// A weekday's name in front of a date, if there is one.
pub fn weekday(rest: Rest<'_>) -> (Option<Weekday>, Rest<'_>) {
    let named = any_word(rest).and_then(|(name, rest)| Some((names::weekday(name)?, rest)));
    named.map_or((None, rest), |(weekday, rest)| (Some(weekday), skip_mark(rest, &[',', '.'])))
}

/// Whether a date can be of this year: others are slips, or a length of time that no plan means.
pub fn is_plausible(year: i32) -> bool {
    (1900..2200).contains(&year)
}

/// Four digits that can be a year of a plan.
pub fn whole_year(rest: Rest<'_>) -> Read<'_, i32> {
    let (year, digits, rest) = number(rest)?;
    let year = i32::try_from(year).ok()?;
    (digits == 4 && is_plausible(year)).then_some((year, rest))
}

/// `21`: 2021. From 70 on it is of the last century.
pub fn two_digit_year(rest: Rest<'_>) -> Read<'_, i32> {
    let (year, digits, rest) = number(rest)?;
    let year = i32::try_from(year).ok()?;
    let century = if year < 70 { 2000 } else { 1900 };
    (digits == 2 && year >= 10).then_some((century + year, rest))
}

/// `21/22`, `2021/22`, `2021-2022`: two years of which the second follows the first. Gives the first.
pub fn financial_year(rest: Rest<'_>) -> Read<'_, i32> {
    let (first, rest) = whole_year(rest).or_else(|| two_digits(rest))?;
    let (_, rest) = mark(rest, &['/', '-'])?;
    let (second, digits, rest) = number(rest)?;
    let second = i32::try_from(second).ok()?;
    let next = first + 1;
    let follows = (digits == 4 && second == next) || (digits == 2 && second == next % 100);
    follows.then_some((first, rest))
}

/// The year after a month, season or quarter.
pub fn year_after(rest: Rest<'_>) -> (Year, Rest<'_>) {
    let joined = skip(skip_mark(rest, &[',', '-', '/', '.']), &["of"]);
    let whole = whole_year(joined).map(|(year, rest)| (Year::Given(year), rest));
    whole.or_else(|| short_year(rest)).unwrap_or((Year::Missing, rest))
}

/// `'21`, `-21`, ` 21`.
fn short_year(rest: Rest<'_>) -> Read<'_, Year> {
    if let Some((joint, after)) = mark(rest, &['\'', '-', '/', '.']) {
        let joined = joint == '\'' || touches(rest) && touches(after);
        let (year, rest) = two_digit_year(after).filter(|_| joined)?;
        return Some((Year::Given(year), rest));
    }
    let (year, after) = two_digit_year(rest)?;
    let year = if touches(rest) { Year::Given(year) } else { Year::Short(year) };
    Some((year, after))
}

/// The day and month of a date that only works month first: `12/31/2021` gives day 31, month 12 and what follows.
pub fn month_first(rest: Rest<'_>) -> Read<'_, Phrase> {
    let (month, day, year, rest) = three(rest)?;
    let is_american = (1..=12).contains(&month) && (13..=31).contains(&day);
    let unit = Unit::Day { month, day, weekday: None };
    is_american.then_some((Phrase::whole(unit, Year::Given(year)), rest))
}

fn two_digits(rest: Rest<'_>) -> Read<'_, i32> {
    let (year, digits, rest) = number(rest)?;
    (digits == 2).then_some((2000 + i32::try_from(year).ok()?, rest))
}

fn year_first(rest: Rest<'_>, weekday: Option<Weekday>) -> Read<'_, Phrase> {
    let (year, rest) = whole_year(rest)?;
    let (joint, rest) = joint(rest)?;
    let (month, digits, rest) = number(rest).filter(|(month, _, _)| (1..=12).contains(month))?;
    let day = same_joint(rest, joint).and_then(number).filter(|(day, _, _)| (1..=31).contains(day));
    if let Some((day, _, rest)) = day {
        let date = NaiveDate::from_ymd_opt(year, month, day);
        if let Some((day, rest)) = date.and_then(|date| moment::day(date, rest)) {
            let unit = Unit::Day { month: day.month(), day: day.day(), weekday: None };
            return Some((Phrase::whole(unit, Year::Given(day.year())), rest));
        }
        let unit = Unit::Day { month, day, weekday };
        return Some((Phrase::whole(unit, Year::Given(year)), rest));
    }
    (joint == '-' && digits == 2).then_some((Phrase::whole(Unit::Month(month), Year::Given(year)), rest))
}

fn day_first(rest: Rest<'_>, weekday: Option<Weekday>) -> Read<'_, Phrase> {
    let (day, month, year, rest) = match three(rest) {
        Some((day, month, year, rest)) => (day, month, Year::Given(year), rest),
        None => two(rest)?,
    };
    let is_day = (1..=31).contains(&day) && (1..=12).contains(&month);
    is_day.then_some((Phrase::whole(Unit::Day { month, day, weekday }, year), rest))
}

/// Day, month and year, or whatever the three numbers of a date are.
pub fn three(rest: Rest<'_>) -> Option<(u32, u32, i32, Rest<'_>)> {
    let (day, _, rest) = number(rest).filter(|(_, digits, _)| *digits <= 2)?;
    let (joint, rest) = joint(rest)?;
    let (month, _, rest) = number(rest).filter(|(_, digits, _)| *digits <= 2)?;
    let rest = same_joint(rest, joint)?;
    let (year, rest) = whole_year(rest).or_else(|| two_digit_year(rest))?;
    Some((day, month, year, rest))
}

/// `12/9`.
fn two(rest: Rest<'_>) -> Option<(u32, u32, Year, Rest<'_>)> {
    let (day, _, rest) = number(rest).filter(|(_, digits, _)| *digits <= 2)?;
    let (_, rest) = mark(rest, &['/']).filter(|(_, after)| touches(rest) && touches(after))?;
    let (month, _, rest) = number(rest).filter(|(_, digits, _)| *digits <= 2)?;
    Some((day, month, Year::Missing, rest))
}

/// `10/2021`.
fn month_and_year(rest: Rest<'_>) -> Read<'_, Phrase> {
    let (month, _, rest) = number(rest).filter(|(month, digits, _)| *digits <= 2 && (1..=12).contains(month))?;
    let (_, rest) = joint(rest)?;
    let (year, rest) = whole_year(rest)?;
    Some((Phrase::whole(Unit::Month(month), Year::Given(year)), rest))
}

/// Between the numbers of one date: a stroke, or a dash or stop that touches both.
fn joint(rest: Rest<'_>) -> Read<'_, char> {
    let (joint, after) = mark(rest, &['/', '-', '.'])?;
    (joint == '/' || touches(rest) && touches(after)).then_some((joint, after))
}

fn same_joint(rest: Rest<'_>, joint: char) -> Option<Rest<'_>> {
    let (again, rest) = self::joint(rest)?;
    (again == joint).then_some(rest)
}

/// `10:30`, `00:00:00`, `T00:00:00`, `T12:00:00.000Z`: what spreadsheets put after a date; it does not change the day.
pub fn skip_time(rest: Rest<'_>) -> Rest<'_> {
    let colon_number = |rest| mark(rest, &[':']).and_then(|(_, rest)| number(rest)).map(|(_, _, rest)| rest);
    let Some((_, _, after)) = number(word(rest, &["t"]).unwrap_or(rest)) else { return rest };
    let Some(minutes) = colon_number(after) else { return rest };
    let seconds = colon_number(minutes).unwrap_or(minutes);
    let part = mark(seconds, &['.']).and_then(|(_, rest)| number(rest)).map(|(_, _, rest)| rest);
    let clock = part.unwrap_or(seconds);
    word(clock, &["z"]).unwrap_or(clock)
}
