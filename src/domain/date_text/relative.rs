//! Dates counted from today, as people type them: "tomorrow", "+30d", "next friday", "end of month".

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

use super::names;
use super::numeric::is_plausible;
use super::phrase::{months, one_day};
use super::resolve::When;
use super::token::{Read, Rest, any_word, mark, number, skip, word};
use crate::domain::target::Span;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Measure {
    Day,
    Week,
    Month,
    Year,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Forward,
    Back,
}

/// The days meant; `None` for what is not relative to today, and for a document, which has no today.
pub fn read(rest: Rest<'_>, when: When) -> Option<Span> {
    let today = when.today()?;
    let named = single(rest, today).or_else(|| weekday(rest, when));
    let day = named.or_else(|| counted(rest, when)).map(one_day);
    day.or_else(|| calendar(rest, today))
}

/// "3 months", "two weeks": a length of time and nothing else.
pub fn is_duration(rest: Rest<'_>) -> bool {
    amount(skip(rest, &["in", "within"])).is_some_and(|(_, _, rest)| rest.is_empty())
}

fn single(rest: Rest<'_>, today: NaiveDate) -> Option<NaiveDate> {
    let (name, rest) = any_word(rest)?;
    let day = match name.to_ascii_lowercase().as_str() {
        "today" | "now" => Some(today),
        "tomorrow" => today.succ_opt(),
        "yesterday" => today.pred_opt(),
        _ => None,
    };
    day.filter(|_| rest.is_empty())
}

/// `fri`, `next friday`: the first one after today. For what has happened `fri` may be today, `last fri` may not.
fn weekday(rest: Rest<'_>, when: When) -> Option<NaiveDate> {
    let rest = skip(rest, &["by", "on"]);
    let (name, after) = any_word(skip(rest, &["next", "this", "last"]))?;
    let weekday = names::weekday(name).filter(|_| after.is_empty())?;
    let is_last = word(rest, &["last"]).is_some();
    let is_to_come = word(rest, &["next", "this"]).is_some();
    match when {
        When::Written => None,
        When::Next(today) if is_last => today.pred_opt().and_then(|from| last(weekday, from)),
        When::Next(today) => next(weekday, today),
        When::Last(_) if is_to_come => None,
        When::Last(today) if is_last => today.pred_opt().and_then(|from| last(weekday, from)),
        When::Last(today) => last(weekday, today),
    }
}

fn next(weekday: Weekday, after: NaiveDate) -> Option<NaiveDate> {
    after.iter_days().skip(1).take(7).find(|day| day.weekday() == weekday)
}

fn last(weekday: Weekday, from: NaiveDate) -> Option<NaiveDate> {
    (0..7).filter_map(|back| from.checked_sub_days(Days::new(back))).find(|day| day.weekday() == weekday)
}

/// `+30d`, `-3d`, `in 2 weeks`, `3 months`, `2 weeks ago`.
fn counted(rest: Rest<'_>, when: When) -> Option<NaiveDate> {
    let today = when.today()?;
    let sign = mark(rest, &['+', '-']);
    let said = sign.map_or(skip(rest, &["in", "within"]), |(_, rest)| rest);
    let (count, measure, rest) = amount(said)?;
    let ago = word(rest, &["ago"]);
    let from_now = word(rest, &["time"]).or_else(|| word(word(rest, &["from"])?, &["now", "today"]));
    let way = match (sign, ago, when) {
        (Some(('-', _)), _, _) | (None, Some(_), _) => Way::Back,
        (Some(_), _, _) | (None, None, When::Next(_)) => Way::Forward,
        // A length alone means the future; for what has happened it would be a guess.
        (None, None, When::Last(_) | When::Written) => return None,
    };
    let is_complete = ago.or(from_now).unwrap_or(rest).is_empty();
    let day = is_complete.then(|| moved(today, count, measure, way))??;
    is_plausible(day.year()).then_some(day)
}

fn moved(today: NaiveDate, count: u32, measure: Measure, way: Way) -> Option<NaiveDate> {
    let days = |days: u32| Days::new(u64::from(days));
    match (measure, way) {
        (Measure::Day, Way::Forward) => today.checked_add_days(days(count)),
        (Measure::Day, Way::Back) => today.checked_sub_days(days(count)),
        (Measure::Week, Way::Forward) => today.checked_add_days(days(count.checked_mul(7)?)),
        (Measure::Week, Way::Back) => today.checked_sub_days(days(count.checked_mul(7)?)),
        (Measure::Month, Way::Forward) => today.checked_add_months(Months::new(count)),
        (Measure::Month, Way::Back) => today.checked_sub_months(Months::new(count)),
        (Measure::Year, Way::Forward) => today.checked_add_months(Months::new(count.checked_mul(12)?)),
        (Measure::Year, Way::Back) => today.checked_sub_months(Months::new(count.checked_mul(12)?)),
    }
}

fn amount(rest: Rest<'_>) -> Option<(u32, Measure, Rest<'_>)> {
    let counted = number(rest).map(|(count, _, rest)| (count, rest));
    let (count, rest) =
        counted.or_else(|| any_word(rest).and_then(|(name, rest)| Some((names::count(name)?, rest))))?;
    let (name, rest) = any_word(rest)?;
    let measure = match name.to_ascii_lowercase().as_str() {
        "d" | "day" | "days" => Measure::Day,
        "fortnight" => return Some((count.checked_mul(2)?, Measure::Week, rest)),
        "w" | "wk" | "wks" | "week" | "weeks" => Measure::Week,
        "m" | "mth" | "mths" | "month" | "months" => Measure::Month,
        "y" | "yr" | "yrs" | "year" | "years" => Measure::Year,
        _ => return None,
    };
    // "2 weeks' time"
    Some((count, measure, mark(rest, &['\'']).map_or(rest, |(_, rest)| rest)))
}

/// `next week`, `this month`, `last month`, `end of next month`, `month end`.
fn calendar(rest: Rest<'_>, today: NaiveDate) -> Option<Span> {
    let rest = skip(skip(rest, &["by"]), &["the"]);
    if word(rest, &["eom"]).or_else(|| word(word(rest, &["month"])?, &["end"])).is_some_and(<[_]>::is_empty) {
        return end_of(Measure::Month, today, 0);
    }
    let end = word(rest, &["end"]);
    let said = end.map_or(rest, |rest| skip(skip(rest, &["of"]), &["the"]));
    let (steps, said) = step(said).or_else(|| end.map(|_| (0, said)))?;
    let (name, after) = any_word(said)?;
    let measure = match name.to_ascii_lowercase().as_str() {
        "week" => Measure::Week,
        "month" => Measure::Month,
        "year" => Measure::Year,
        _ => return None,
    };
    if !after.is_empty() {
        return None;
    }
    if end.is_some() { end_of(measure, today, steps) } else { whole(measure, today, steps) }
}

fn step(rest: Rest<'_>) -> Read<'_, i32> {
    let (name, rest) = any_word(rest)?;
    match name.to_ascii_lowercase().as_str() {
        "last" => Some((-1, rest)),
        "this" => Some((0, rest)),
        "next" => Some((1, rest)),
        _ => None,
    }
}

/// The calendar week (from Monday), month or year that many after this one.
fn whole(measure: Measure, today: NaiveDate, steps: i32) -> Option<Span> {
    match measure {
        Measure::Day => None,
        Measure::Week => {
            let week = today.week(Weekday::Mon);
            let by = chrono::TimeDelta::weeks(steps.into());
            Some(Span {
                first: week.first_day().checked_add_signed(by)?,
                last: week.last_day().checked_add_signed(by)?,
            })
        }
        Measure::Month => {
            let month = i32::try_from(today.month0()).ok()? + steps;
            let year = today.year().checked_add(month.div_euclid(12))?;
            months(year, u32::try_from(month.rem_euclid(12)).ok()? + 1, 1)
        }
        Measure::Year => months(today.year().checked_add(steps)?, 1, 12),
    }
}

/// The last day of it: typed as a deadline, it is one.
fn end_of(measure: Measure, today: NaiveDate, steps: i32) -> Option<Span> {
    whole(measure, today, steps).map(|span| one_day(span.last))
}
