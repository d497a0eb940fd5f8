//! Times with a zone, as exports of lists have them: `2026-06-29T23:00:00Z` is 30 June in the United Kingdom.

use chrono::{Datelike, Duration, NaiveDate, NaiveDateTime, Weekday};

use super::token::{Read, Rest, mark, number, word};

/// The day in the United Kingdom at the time and zone that follow a date; `None` where no zone does.
pub fn day(date: NaiveDate, rest: Rest<'_>) -> Read<'_, NaiveDate> {
    let joined = word(rest, &["t"]);
    let (hour, _, rest) = number(joined.unwrap_or(rest))?;
    let (minute, rest) = after_colon(rest)?;
    let seconds = after_colon(rest);
    // "10:00-12:00" is from ten to twelve.
    let is_whole = joined.is_some() || seconds.is_some();
    let (second, rest) = seconds.unwrap_or((0, rest));
    let rest = mark(rest, &['.']).and_then(|(_, rest)| number(rest)).map_or(rest, |(_, _, rest)| rest);
    let (ahead, rest) = zone(rest).filter(|_| is_whole)?;
    let there = date.and_hms_opt(hour, minute, second)?;
    let universal = there.checked_sub_signed(Duration::minutes(ahead))?;
    Some((in_london(universal)?.date(), rest))
}

fn after_colon(rest: Rest<'_>) -> Read<'_, u32> {
    let (_, rest) = mark(rest, &[':'])?;
    number(rest).map(|(value, _, rest)| (value, rest))
}

/// `Z`, `+01:00`, `+0100`, `-05`: minutes ahead of universal time.
fn zone(rest: Rest<'_>) -> Read<'_, i64> {
    if let Some(rest) = word(rest, &["z", "utc", "gmt"]) {
        return Some((0, rest));
    }
    let (sign, rest) = mark(rest, &['+', '-'])?;
    let (hours, digits, rest) = number(rest)?;
    let (hours, minutes, rest) = match (digits, after_colon(rest)) {
        (4, _) => (hours / 100, hours % 100, rest),
        (_, Some((minutes, rest))) => (hours, minutes, rest),
        (_, None) => (hours, 0, rest),
    };
    let ahead = i64::from(hours) * 60 + i64::from(minutes);
    (hours <= 14 && minutes < 60).then_some((if sign == '-' { -ahead } else { ahead }, rest))
}

/// Clocks are an hour ahead from one o'clock on the last Sunday of March to one o'clock on that of October, universal time
/// (Summer Time Order 2002).
fn in_london(universal: NaiveDateTime) -> Option<NaiveDateTime> {
    let turn = |month| last_sunday(universal.year(), month)?.and_hms_opt(1, 0, 0);
    let is_summer = turn(3)? <= universal && universal < turn(10)?;
    universal.checked_add_signed(Duration::hours(i64::from(is_summer)))
}

fn last_sunday(year: i32, month: u32) -> Option<NaiveDate> {
    let last = NaiveDate::from_ymd_opt(year, month, 31)?;
    last.checked_sub_signed(Duration::days(i64::from(last.weekday().days_since(Weekday::Sun))))
}
