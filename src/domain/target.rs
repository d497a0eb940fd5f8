//! Dates as plans write them: the words, and the first and last day they can mean.

use std::fmt;

use chrono::{Datelike, Months, NaiveDate};

/// The days a written date can mean, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Span {
    pub first: NaiveDate,
    pub last: NaiveDate,
}

/// A date as written, with what it means where that is certain (product rule 1: it means its last day).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    pub raw: String,
    pub span: Option<Span>,
    /// Why it has no span, or why the span is in doubt.
    pub flag: Option<String>,
}

impl Target {
    pub fn first(&self) -> Option<NaiveDate> {
        self.span.map(|span| span.first)
    }

    pub fn last(&self) -> Option<NaiveDate> {
        self.span.map(|span| span.last)
    }
}

/// A date as precise as it was written: a year, a month, or a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PartialDate {
    pub year: i32,
    pub month: Option<u32>,
    /// Only with a month.
    pub day: Option<u32>,
}

impl PartialDate {
    /// The first day it can mean; `None` where there is no such day.
    pub fn first(self) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(self.year, self.month.unwrap_or(1), self.day.unwrap_or(1))
    }

    /// The last day it can mean; `None` where there is no such day.
    pub fn last(self) -> Option<NaiveDate> {
        let after = match (self.month, self.day) {
            (Some(_), Some(_)) => return self.first(),
            (Some(_), None) => Months::new(1),
            (None, _) => Months::new(12),
        };
        self.first()?.checked_add_months(after)?.pred_opt()
    }
}

impl From<NaiveDate> for PartialDate {
    fn from(date: NaiveDate) -> PartialDate {
        PartialDate { year: date.year(), month: Some(date.month()), day: Some(date.day()) }
    }
}

/// ISO 8601 at its own precision: `2021-12-16`, `2022-01`, `2022`.
impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        self.month.map_or(Ok(()), |month| write!(f, "-{month:02}"))?;
        self.day.map_or(Ok(()), |day| write!(f, "-{day:02}"))
    }
}
