//! Dates given on the command line: `2026-09-12`, or any form that a person would write.

use chrono::{Local, NaiveDate};

use crate::domain::date_text;

/// A day, or none where the environment variable is set but empty.
pub type MaybeDay = Option<NaiveDate>;

/// `--today`: exactly one day.
pub fn day(text: &str) -> Result<MaybeDay, String> {
    match spell(text) {
        _ if text.is_empty() => Ok(None),
        Some((first, last)) if first == last => Ok(Some(last)),
        Some(_) => Err("that is more than one day; write it as 2026-09-12".into()),
        None => Err("write the day as 2026-09-12".into()),
    }
}

/// Exactly one day, or `none`.
pub fn day_or_none(text: &str) -> Result<MaybeDay, String> {
    if text.trim().eq_ignore_ascii_case("none") { Ok(None) } else { day(text) }
}

/// `--as-at`: the end of the day, month or year named.
pub fn past_day(text: &str) -> Result<NaiveDate, String> {
    spell(text).map(|(_, last)| last).ok_or_else(|| "write the day as 2026-09-12".into())
}

fn spell(text: &str) -> Option<(NaiveDate, NaiveDate)> {
    let exact = NaiveDate::parse_from_str(text.trim(), "%Y-%m-%d").ok().map(|day| (day, day));
    exact.or_else(|| {
        let target = date_text::target(text, Some(Local::now().date_naive()));
        target.span.map(|span| (span.first, span.last))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_means_its_last_day_only_where_the_past_is_shown() {
        let day_of = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
        assert_eq!(day("2026-09-12"), Ok(Some(day_of(2026, 9, 12))));
        assert_eq!(day(""), Ok(None));
        assert!(day("Sept 2026").is_err());
        assert_eq!(past_day("Sept 2026"), Ok(day_of(2026, 9, 30)));
        assert!(past_day("whenever").is_err());
    }
}
