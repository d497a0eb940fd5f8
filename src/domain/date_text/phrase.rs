//! One date as written, before its days are computed.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

use crate::domain::target::{PartialDate, Span};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Season {
    Spring,
    Summer,
    Autumn,
    Winter,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Of a month its first ten days, of a year its first quarter.
    Early,
    /// Of a month the 10th to the 20th, of a year May to August.
    Middle,
    /// Of a month from the 21st, of a year its last quarter.
    Late,
    /// Of a month from the 21st, of anything longer its last month.
    End,
    FirstHalf,
    SecondHalf,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    Day {
        month: u32,
        day: u32,
        weekday: Option<Weekday>,
    },
    Month(u32),
    /// Q1 is January to March.
    Quarter(u32),
    /// Q1 is April to June of the year in which the financial year begins.
    FinancialQuarter(u32),
    Season(Season),
    Christmas,
    /// Good Friday to Easter Monday.
    Easter,
    Year,
    /// April to March, named by the year in which it begins.
    FinancialYear,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Year {
    Given(i32),
    /// Two digits and a space after a month ("Oct 21"), which could also be a day.
    Short(i32),
    Missing,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Phrase {
    pub unit: Unit,
    pub part: Option<Part>,
    pub year: Year,
}

/// One date, or from one to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dates {
    One(Phrase),
    Range(Phrase, Phrase),
}

impl Phrase {
    pub fn whole(unit: Unit, year: Year) -> Phrase {
        Phrase { unit, part: None, year }
    }

    /// The days it means in `year`; `None` where there are none (31 February).
    pub fn span(self, year: i32) -> Option<Span> {
        let span = match self.unit {
            Unit::Day { month, day, .. } => one_day(NaiveDate::from_ymd_opt(year, month, day)?),
            Unit::Month(month) => months(year, month, 1)?,
            Unit::Quarter(quarter) => months(year, quarter * 3 - 2, 3)?,
            Unit::FinancialQuarter(quarter @ 4..) => months(year.checked_add(1)?, quarter * 3 - 11, 3)?,
            Unit::FinancialQuarter(quarter) => months(year, quarter * 3 + 1, 3)?,
            Unit::Season(season) => months(year, season.first_month(), 3)?,
            Unit::Christmas => one_day(NaiveDate::from_ymd_opt(year, 12, 25)?),
            Unit::Easter => easter(year)?,
            Unit::Year => months(year, 1, 12)?,
            Unit::FinancialYear => months(year, 4, 12)?,
        };
        match self.part {
            None => Some(span),
            Some(part) => part.of(span),
        }
    }

    /// As precise as it was written, in `year`.
    pub fn partial(self, year: i32) -> Option<PartialDate> {
        let span = self.span(year)?;
        match self.unit {
            Unit::Month(month) => Some(PartialDate { year, month: Some(month), day: None }),
            Unit::Year => Some(PartialDate { year, month: None, day: None }),
            Unit::Day { .. }
            | Unit::Christmas
            | Unit::Easter
            | Unit::Quarter(_)
            | Unit::FinancialQuarter(_)
            | Unit::Season(_)
            | Unit::FinancialYear => Some(common(span)),
        }
    }

    /// Whether the weekday beside a day is that day's.
    pub fn is_on_its_weekday(self, span: Span) -> bool {
        match self.unit {
            Unit::Day { weekday: Some(weekday), .. } => span.first.weekday() == weekday,
            Unit::Day { weekday: None, .. }
            | Unit::Month(_)
            | Unit::Quarter(_)
            | Unit::FinancialQuarter(_)
            | Unit::Season(_)
            | Unit::Christmas
            | Unit::Easter
            | Unit::Year
            | Unit::FinancialYear => true,
        }
    }
}

impl Year {
    pub fn number(self) -> Option<i32> {
        match self {
            Year::Given(year) | Year::Short(year) => Some(year),
            Year::Missing => None,
        }
    }
}

impl Season {
    fn first_month(self) -> u32 {
        match self {
            Season::Spring => 3,
            Season::Summer => 6,
            Season::Autumn => 9,
            Season::Winter => 12,
        }
    }
}

impl Part {
    fn of(self, whole: Span) -> Option<Span> {
        let length = months_in(whole)?;
        if length == 1 {
            return self.of_month(whole);
        }
        let (skip, take) = match self {
            Part::Early => (0, (length / 4).max(1)),
            Part::Middle => (length / 3, length / 3),
            Part::Late => (length - (length / 4).max(1), (length / 4).max(1)),
            Part::End => (length - 1, 1),
            Part::FirstHalf => (0, length / 2),
            Part::SecondHalf => (length / 2, length - length / 2),
        };
        let first = whole.first.checked_add_months(Months::new(skip))?;
        months(first.year(), first.month(), take.max(1))
    }

    fn of_month(self, month: Span) -> Option<Span> {
        let day = |day: u32| month.first.with_day(day);
        let (first, last) = match self {
            Part::Early => (day(1)?, day(10)?),
            Part::Middle => (day(10)?, day(20)?),
            Part::Late | Part::End => (day(21)?, month.last),
            Part::FirstHalf => (day(1)?, day(15)?),
            Part::SecondHalf => (day(16)?, month.last),
        };
        Some(Span { first, last })
    }
}

/// The days around Easter Sunday, found by the calendar's own rule (Meeus, Jones and Butcher).
fn easter(year: i32) -> Option<Span> {
    let (golden, century, rest) = (year.rem_euclid(19), year.div_euclid(100), year.rem_euclid(100));
    let shift = (century - (century + 8) / 25 + 1) / 3;
    let moon = (19 * golden + century - century / 4 - shift + 15).rem_euclid(30);
    let weekday = (32 + 2 * (century % 4) + 2 * (rest / 4) - moon - rest % 4).rem_euclid(7);
    let late = (golden + 11 * moon + 22 * weekday) / 451;
    let at = u32::try_from(moon + weekday - 7 * late + 114).ok()?;
    let sunday = NaiveDate::from_ymd_opt(year, at / 31, at % 31 + 1)?;
    Some(Span { first: sunday.checked_sub_days(Days::new(2))?, last: sunday.succ_opt()? })
}

pub fn one_day(day: NaiveDate) -> Span {
    Span { first: day, last: day }
}

/// `count` whole months from this one on.
pub fn months(year: i32, month: u32, count: u32) -> Option<Span> {
    let first = NaiveDate::from_ymd_opt(year, month, 1)?;
    let last = first.checked_add_months(Months::new(count))?.checked_sub_days(Days::new(1))?;
    Some(Span { first, last })
}

/// The most precise date that holds all of a span; the year in which it ends where it crosses a new year.
pub fn common(span: Span) -> PartialDate {
    let (first, last) = (span.first, span.last);
    let same_month = (first.year(), first.month()) == (last.year(), last.month());
    PartialDate {
        year: last.year(),
        month: same_month.then_some(last.month()),
        day: (first == last).then_some(last.day()),
    }
}

fn months_in(span: Span) -> Option<u32> {
    let count = |day: NaiveDate| day.year().checked_mul(12)?.checked_add(i32::try_from(day.month()).ok()?);
    u32::try_from(count(span.last)? - count(span.first)? + 1).ok()
}
