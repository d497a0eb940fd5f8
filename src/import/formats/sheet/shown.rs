//! Numbers and dates as the sheet shows them, in words that the date reader understands.

use chrono::{NaiveDateTime, NaiveTime, Timelike};

/// How many digits of a number are significant.
const DIGITS: usize = 15;

/// A number in its cell's format: percentages and fixed decimals as shown, anything else plain, without ".0".
pub fn number(value: f64, format: &str) -> String {
    if !value.is_finite() {
        return String::new();
    }
    let code = bare(format);
    let places = code.split_once('.').map_or(0, |(_, after)| after.chars().take_while(|c| "0#?".contains(*c)).count());
    if code.contains('%') {
        return format!("{:.*}%", places.min(DIGITS), value * 100.0);
    }
    let is_fixed = places > 0 && code.chars().all(|c| "0#,.".contains(c)) && code.ends_with('0');
    if is_fixed && value.abs() < 1e15 { format!("{value:.*}", places.min(DIGITS)) } else { plain(value) }
}

/// A number with its significant digits.
pub fn plain(value: f64) -> String {
    if value == 0.0 {
        return "0".into();
    }
    if !(1e-9..1e15).contains(&value.abs()) {
        return format!("{value:e}");
    }
    let rounded: f64 = format!("{value:.*e}", DIGITS - 1).parse().unwrap_or(value);
    format!("{rounded}")
}

/// A date as precise as its cell's format shows it: "31 Mar 2024", "Mar 2024", "2024", or a time of day.
///
/// A format that is unknown or shows only a weekday gives the whole date, since the cell holds one.
pub fn date(when: NaiveDateTime, format: Option<&str>) -> String {
    let code = format.map(bare).unwrap_or_default().to_lowercase();
    let (day, year) = (code.contains('d'), code.contains('y'));
    let clock = code.contains('h') || code.contains('s');
    if clock && !day && !year {
        return when.format("%H:%M").to_string();
    }
    let written = match (day, year, code.contains('m')) {
        (false, _, true) => when.format("%b %Y"),
        (false, true, false) => when.format("%Y"),
        (true, _, _) | (false, false, false) => when.format("%-d %b %Y"),
    };
    let has_time = clock && when.time().num_seconds_from_midnight() != NaiveTime::MIN.num_seconds_from_midnight();
    if has_time { format!("{written} {}", when.format("%H:%M")) } else { written.to_string() }
}

/// A format's first section without quoted words, colours and locales.
fn bare(format: &str) -> String {
    let mut bare = String::new();
    let mut end = None;
    let mut letters = format.chars();
    while let Some(letter) = letters.next() {
        match (end, letter) {
            (Some(quote), _) => end = (letter != quote).then_some(quote),
            (None, '"') => end = Some('"'),
            (None, '[') => end = Some(']'),
            (None, '\\' | '_' | '*') => {
                letters.next();
            }
            (None, ';') => break,
            (None, _) => bare.push(letter),
        }
    }
    // "AM/PM" belongs to the clock, although it looks like a month.
    bare.replace("AM/PM", "").replace("am/pm", "").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;

    #[test]
    fn numbers_are_as_shown() {
        assert_eq!(number(7.0, "General"), "7");
        assert_eq!(number(7.1, "General"), "7.1");
        assert_eq!(number(7.1, "0.00"), "7.10", "action 7.10 is not action 7.1");
        assert_eq!(number(0.1 + 0.2, ""), "0.3");
        assert_eq!(number(0.755, "0%"), "76%");
        assert_eq!(number(0.755, "0.0%;[Red]-0.0%"), "75.5%");
        assert_eq!(number(45382.0, "@"), "45382");
        assert_eq!(number(f64::NAN, ""), "");
        assert_eq!(number(1e308, ""), "1e308");
        assert_eq!(number(-3.0, "#,##0"), "-3");
    }

    #[test]
    fn dates_are_as_precise_as_shown() {
        let day = NaiveDate::from_ymd_opt(2024, 3, 31).unwrap();
        let (midnight, morning) = (day.and_time(NaiveTime::MIN), day.and_hms_opt(9, 30, 0).unwrap());
        for (format, expected) in [
            ("mm-dd-yy", "31 Mar 2024"),
            ("[$-809]dddd, d mmmm yyyy", "31 Mar 2024"),
            ("mmm-yy", "Mar 2024"),
            ("mmmm", "Mar 2024"),
            ("yyyy", "2024"),
            ("d-mmm", "31 Mar 2024"),
            ("m/d/yy h:mm", "31 Mar 2024"),
            ("\"due \"yyyy", "2024"),
            ("[red]General", "31 Mar 2024"),
        ] {
            assert_eq!(date(midnight, Some(format)), expected, "{format}");
        }
        assert_eq!(date(midnight, None), "31 Mar 2024");
        assert_eq!(date(morning, Some("dd/mm/yyyy hh:mm")), "31 Mar 2024 09:30");
        assert_eq!(date(morning, Some("h:mm AM/PM")), "09:30");
    }
}
