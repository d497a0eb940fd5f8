//! Ids and dates: words in JSON, numbers in the snapshot.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, NaiveDate, NaiveTime, Timelike};
use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::domain::id::{Id, Origin};
use crate::domain::target::PartialDate;

use super::mirror::Mirror;

/// A value that is text in JSON, for people, and a number in the snapshot.
macro_rules! text_or_number {
    ($line:ident = $noun:ident as $number:ty, $text:expr, $parse:expr, $to:expr, $from:expr) => {
        pub struct $line($noun);

        impl Mirror for $noun {
            type Line = $line;

            fn line(&self) -> $line {
                $line(*self)
            }

            fn from_line(line: $line) -> $noun {
                line.0
            }
        }

        impl Serialize for $line {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                if serializer.is_human_readable() {
                    let text: fn(&$noun) -> String = $text;
                    serializer.serialize_str(&text(&self.0))
                } else {
                    let to: fn(&$noun) -> $number = $to;
                    to(&self.0).serialize(serializer)
                }
            }
        }

        impl<'de> Deserialize<'de> for $line {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<$line, D::Error> {
                let read: Option<$noun> = if deserializer.is_human_readable() {
                    let parse: fn(&str) -> Option<$noun> = $parse;
                    deserializer.deserialize_str(Parsed(parse))?
                } else {
                    let from: fn($number) -> Option<$noun> = $from;
                    from(<$number>::deserialize(deserializer)?)
                };
                read.map($line).ok_or_else(|| D::Error::custom(Unreadable))
            }
        }
    };
}

text_or_number!(
    IdLine = Id as ([u8; 8], u64),
    ToString::to_string,
    |text| text.parse().ok(),
    |id| (id.origin.0.to_le_bytes(), id.seq),
    |(origin, seq)| Some(Id { origin: Origin(u64::from_le_bytes(origin)), seq })
);
text_or_number!(
    OriginLine = Origin as [u8; 8],
    ToString::to_string,
    |text| text.parse().ok(),
    |origin| origin.0.to_le_bytes(),
    |bytes| Some(Origin(u64::from_le_bytes(bytes)))
);
text_or_number!(
    DayLine = NaiveDate as i32,
    ToString::to_string,
    |text| NaiveDate::from_str(text).ok(),
    Datelike::num_days_from_ce,
    NaiveDate::from_num_days_from_ce_opt
);
text_or_number!(
    TimeLine = NaiveTime as u32,
    |time| time.format("%H:%M").to_string(),
    |text| NaiveTime::parse_from_str(text, "%H:%M").ok(),
    Timelike::num_seconds_from_midnight,
    |seconds| NaiveTime::from_num_seconds_from_midnight_opt(seconds, 0)
);
text_or_number!(
    PartialDateLine = PartialDate as (i32, Option<u32>, Option<u32>),
    ToString::to_string,
    partial_date,
    |date| (date.year, date.month, date.day),
    |(year, month, day)| checked(PartialDate { year, month, day })
);

/// Reads a text in place: a log is mostly ids, and each would otherwise be copied before it is parsed.
struct Parsed<T>(fn(&str) -> Option<T>);

impl<T> Visitor<'_> for Parsed<T> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Option<T>, E> {
        Ok((self.0)(text))
    }
}

/// The text is not an id or a date.
struct Unreadable;

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not an id or a date")
    }
}

/// `2021`, `2021-12` or `2021-12-16`.
pub fn partial_date(text: &str) -> Option<PartialDate> {
    let mut parts = text.split('-').map(|part| part.parse::<u32>().ok());
    let year = i32::try_from(parts.next()??).ok()?;
    let month = parts.next().map_or(Some(None), |part| part.map(Some))?;
    let day = parts.next().map_or(Some(None), |part| part.map(Some))?;
    if parts.next().is_some() { None } else { checked(PartialDate { year, month, day }) }
}

/// Refuses months and days that do not exist.
fn checked(date: PartialDate) -> Option<PartialDate> {
    let complete = NaiveDate::from_ymd_opt(date.year, date.month.unwrap_or(1), date.day.unwrap_or(1));
    complete.filter(|_| date.month.is_some() || date.day.is_none()).map(|_| date)
}
