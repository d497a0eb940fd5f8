//! Dates in words, as screens and documents show them: `21 Nov 2026`.

use chrono::{Datelike, Months, NaiveDate};

use super::target::{PartialDate, Span};

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

fn month(number: u32) -> &'static str {
    usize::try_from(number).ok().and_then(|n| n.checked_sub(1)).and_then(|at| MONTHS.get(at)).unwrap_or(&"?")
}

/// `21 Nov 2026`.
pub fn day(date: NaiveDate) -> String {
    format!("{} {} {}", date.day(), month(date.month()), date.year())
}

/// A day to show how one is written: ahead of today, so that the example is never in the past.
pub fn example(today: NaiveDate) -> NaiveDate {
    let ahead = today.checked_add_months(Months::new(2)).and_then(|day| day.with_day(12));
    ahead.unwrap_or(today)
}

/// "12 Jan 2027 or 2027-01-12".
pub fn examples(day: NaiveDate) -> String {
    format!("{} or {}", self::day(day), day.format("%Y-%m-%d"))
}

/// `Sat 21 Nov 2026`.
pub fn weekday(date: NaiveDate) -> String {
    format!("{} {}", date.weekday(), day(date))
}

/// As precise as the date: `16 Dec 2021`, `Jan 2022`, `2022`.
pub fn partial(date: PartialDate) -> String {
    match (date.month, date.day) {
        (Some(m), Some(d)) => format!("{d} {} {}", month(m), date.year),
        (Some(m), None) => format!("{} {}", month(m), date.year),
        (None, _) => date.year.to_string(),
    }
}

/// The days themselves, as briefly as possible: `28 Feb 2027`, `Feb 2027`, `1 to 14 Feb 2027`.
pub fn days(span: Span) -> String {
    let whole = PartialDate { year: span.first.year(), month: Some(span.first.month()), day: None };
    if (whole.first(), whole.last()) == (Some(span.first), Some(span.last)) { partial(whole) } else { each_day(span) }
}

/// What a target means: `1 to 31 Oct 2021, overdue from 1 Nov 2021`.
pub fn span(span: Span) -> String {
    let days = each_day(span);
    match span.last.succ_opt() {
        Some(next) => format!("{days}, overdue from {}", day(next)),
        None => days,
    }
}

fn each_day(span: Span) -> String {
    let (first, last) = (span.first, span.last);
    if first == last {
        day(last)
    } else if (first.year(), first.month()) == (last.year(), last.month()) {
        format!("{} to {}", first.day(), day(last))
    } else {
        format!("{} to {}", day(first), day(last))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).expect("a date")
    }

    #[test]
    fn a_span_says_from_when_it_is_overdue() {
        let october = Span { first: date(2021, 10, 1), last: date(2021, 10, 31) };
        assert_eq!(span(october), "1 to 31 Oct 2021, overdue from 1 Nov 2021");
        let new_year = Span { first: date(2021, 12, 31), last: date(2021, 12, 31) };
        assert_eq!(span(new_year), "31 Dec 2021, overdue from 1 Jan 2022");
    }
}
