//! Dates in filters: `2026-12`, `<2026-12-31`, `2026-01..2026-03`, `30d`, `today`, `none`.

use std::fmt;

use chrono::{Days, Months, NaiveDate};

use super::super::target::PartialDate;

/// The direction in which a length of time without a sign counts from today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    /// Towards the future: when things are due.
    Ahead,
    /// Towards the past: when things were changed.
    Back,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Day,
    Week,
    Month,
    Year,
}

/// A day, or as much as a month or year, as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Day {
    Date(PartialDate),
    /// A number of units from today, negative for the past.
    Away(i32, Unit),
}

/// What a date must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DateTest {
    /// There is none.
    Missing,
    /// In that year, in that month, on that day.
    In(PartialDate),
    /// Between today and then, both included; due dates count only while the action is not done.
    Within(Day),
    Before(Day),
    After(Day),
    /// Both ends included; at least one is there.
    Between(Option<Day>, Option<Day>),
}

impl Direction {
    fn sign(self) -> i32 {
        match self {
            Direction::Ahead => 1,
            Direction::Back => -1,
        }
    }
}

impl DateTest {
    /// Reads what follows `due:` or `changed:`; `None` where it is not a date.
    pub(super) fn parse(text: &str, direction: Direction) -> Option<DateTest> {
        let text = text.trim();
        let day = |text: &str| Day::parse(text, direction);
        let end = |text: &str| if text.is_empty() { Some(None) } else { day(text).map(Some) };
        if matches!(text.to_lowercase().as_str(), "none" | "-") {
            return Some(DateTest::Missing);
        }
        if let Some((from, to)) = text.split_once("..") {
            let (from, to) = (end(from)?, end(to)?);
            return (from.is_some() || to.is_some()).then_some(DateTest::Between(from, to));
        }
        if let Some(rest) = text.strip_prefix("<=") {
            return Some(DateTest::Between(None, Some(day(rest)?)));
        }
        if let Some(rest) = text.strip_prefix(">=") {
            return Some(DateTest::Between(Some(day(rest)?), None));
        }
        if let Some(rest) = text.strip_prefix('<') {
            return Some(DateTest::Before(day(rest)?));
        }
        if let Some(rest) = text.strip_prefix('>') {
            return Some(DateTest::After(day(rest)?));
        }
        Some(match day(text)? {
            Day::Date(date) => DateTest::In(date),
            away @ Day::Away(..) => DateTest::Within(away),
        })
    }

    /// Whether `date` passes on a day that is `today`.
    pub(super) fn accepts(&self, date: Option<NaiveDate>, today: NaiveDate) -> bool {
        let Some(date) = date else { return *self == DateTest::Missing };
        let (from, to) = match self {
            DateTest::Missing => return false,
            DateTest::In(day) => (day.first(), day.last()),
            DateTest::Within(day) => match (day.first(today), day.last(today)) {
                (Some(first), Some(last)) => (Some(first.min(today)), Some(last.max(today))),
                _ => return false,
            },
            DateTest::Before(day) => return day.first(today).is_some_and(|first| date < first),
            DateTest::After(day) => return day.last(today).is_some_and(|last| date > last),
            DateTest::Between(from, to) => (from.and_then(|day| day.first(today)), to.and_then(|day| day.last(today))),
        };
        from.is_none_or(|from| from <= date) && to.is_none_or(|to| date <= to)
    }

    pub(super) fn print(&self, direction: Direction) -> String {
        let day = |day: &Day| day.print(direction);
        let end = |end: &Option<Day>| end.as_ref().map_or(String::new(), day);
        match self {
            DateTest::Missing => "none".into(),
            DateTest::In(date) => date.to_string(),
            DateTest::Within(away) => day(away),
            DateTest::Before(date) => format!("<{}", day(date)),
            DateTest::After(date) => format!(">{}", day(date)),
            DateTest::Between(from, to) => format!("{}..{}", end(from), end(to)),
        }
    }
}

impl Day {
    fn parse(text: &str, direction: Direction) -> Option<Day> {
        let text = text.trim().to_lowercase();
        if text == "today" {
            return Some(Day::Away(0, Unit::Day));
        }
        let (sign, rest) = match text.strip_prefix('+') {
            Some(rest) => (1, rest),
            None => text.strip_prefix('-').map_or((direction.sign(), text.as_str()), |rest| (-1, rest)),
        };
        match rest.strip_suffix(['d', 'w', 'm', 'y']) {
            Some(number) => {
                let count: u16 = number.parse().ok().filter(|_| is_digits(number))?;
                Some(Day::Away(sign * i32::from(count), Unit::parse(rest)?))
            }
            None => iso(&text).map(Day::Date),
        }
    }

    fn first(self, today: NaiveDate) -> Option<NaiveDate> {
        match self {
            Day::Date(date) => date.first(),
            Day::Away(count, unit) => away(today, count, unit),
        }
    }

    fn last(self, today: NaiveDate) -> Option<NaiveDate> {
        match self {
            Day::Date(date) => date.last(),
            Day::Away(count, unit) => away(today, count, unit),
        }
    }

    fn print(self, direction: Direction) -> String {
        match self {
            Day::Date(date) => date.to_string(),
            Day::Away(0, Unit::Day) => "today".into(),
            Day::Away(count, unit) if count * direction.sign() >= 0 => format!("{}{unit}", count.abs()),
            Day::Away(count, unit) if count < 0 => format!("-{}{unit}", count.abs()),
            Day::Away(count, unit) => format!("+{count}{unit}"),
        }
    }
}

impl Unit {
    fn parse(text: &str) -> Option<Unit> {
        match text.chars().last()? {
            'd' => Some(Unit::Day),
            'w' => Some(Unit::Week),
            'm' => Some(Unit::Month),
            'y' => Some(Unit::Year),
            _ => None,
        }
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Unit::Day => "d",
            Unit::Week => "w",
            Unit::Month => "m",
            Unit::Year => "y",
        })
    }
}

fn away(today: NaiveDate, count: i32, unit: Unit) -> Option<NaiveDate> {
    let size = count.unsigned_abs();
    let days = |days: u32| {
        let days = Days::new(days.into());
        if count < 0 { today.checked_sub_days(days) } else { today.checked_add_days(days) }
    };
    let months = |months: u32| {
        let months = Months::new(months);
        if count < 0 { today.checked_sub_months(months) } else { today.checked_add_months(months) }
    };
    match unit {
        Unit::Day => days(size),
        Unit::Week => days(size * 7),
        Unit::Month => months(size),
        Unit::Year => months(size * 12),
    }
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// `2026`, `2026-12` or `2026-12-31`; `None` where there is no such day.
fn iso(text: &str) -> Option<PartialDate> {
    let mut parts = text.split('-');
    let year = parts.next().filter(|year| year.len() == 4 && is_digits(year))?.parse().ok()?;
    let two = |part: &str| part.parse().ok().filter(|_| part.len() == 2 && is_digits(part));
    let month = parts.next().map(|part| two(part).ok_or(())).transpose().ok()?;
    let day = parts.next().map(|part| two(part).ok_or(())).transpose().ok()?;
    let date = PartialDate { year, month, day };
    date.first().filter(|_| parts.next().is_none()).map(|_| date)
}
