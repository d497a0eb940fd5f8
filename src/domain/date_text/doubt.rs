//! Why a text is not a certain date, in a sentence.

use chrono::NaiveDate;

use crate::domain::date_words;
use crate::domain::target::PartialDate;

/// How much of a cell a sentence quotes.
const QUOTED: usize = 40;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    Blank,
    NoDate,
    /// "3 months": how long, but from when?
    Duration,
    NoYear,
    /// "Oct 202".
    BrokenYear,
    NoSuchDay,
    /// "12/31/2021", with the day it would be.
    MonthFirst(NaiveDate),
    /// The day named is another weekday.
    Weekday(NaiveDate),
    /// "21/22", with the first year.
    TwoYears(i32),
    /// "03/27", with the month it would be.
    ShortMonth(PartialDate),
    /// "Autumn term 2026".
    SchoolTerm,
    /// "Oct 21" as typed today: the month, and the year that can also be a day of it.
    DayOrYear(PartialDate),
    Backwards,
    /// A date and other words.
    OtherWords,
    SeveralDates,
}

impl Doubt {
    pub fn sentence(self, raw: &str) -> String {
        let said = quoted(raw);
        match self {
            Doubt::Blank => "no date is given".to_owned(),
            Doubt::NoDate => format!("{said} has no date in it"),
            Doubt::Duration => format!("{said} says how long, not from when"),
            Doubt::NoYear => format!("{said} has no year"),
            Doubt::BrokenYear => format!("the year in {said} is not complete"),
            Doubt::NoSuchDay => format!("there is no such day as {said}"),
            Doubt::MonthFirst(_) => format!("{said} is not a date with the day first"),
            Doubt::Weekday(day) => format!("{said} names the wrong weekday: it is {}", date_words::weekday(day)),
            Doubt::TwoYears(_) => format!("{said} has two years and no date"),
            Doubt::ShortMonth(_) => format!("{said} is not a day and a month"),
            Doubt::SchoolTerm => format!("{said} goes by school terms, whose days differ from place to place"),
            Doubt::DayOrYear(month) => {
                let words = date_words::partial(month);
                let name = words.split(' ').next().unwrap_or_default();
                format!("{said} can be {} {name} or {words}", month.year % 100)
            }
            Doubt::Backwards => format!("{said} ends before it begins"),
            Doubt::OtherWords => format!("{said} has more in it than a date"),
            Doubt::SeveralDates => format!("{said} has several dates in it"),
        }
    }
}

fn quoted(raw: &str) -> String {
    let line = raw.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(QUOTED) {
        Some((end, _)) => format!("“{}…”", line.get(..end).unwrap_or_default().trim_end()),
        None => format!("“{line}”"),
    }
}
