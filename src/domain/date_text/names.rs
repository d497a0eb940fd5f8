//! The names that dates are written with: months, weekdays, seasons, and numbers in words.

use chrono::Weekday;

use super::phrase::{Part, Season};

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

const WEEKDAYS: [(&str, Weekday, &[&str]); 7] = [
    ("monday", Weekday::Mon, &["mon"]),
    ("tuesday", Weekday::Tue, &["tue", "tues"]),
    ("wednesday", Weekday::Wed, &["wed", "weds"]),
    ("thursday", Weekday::Thu, &["thu", "thur", "thurs"]),
    ("friday", Weekday::Fri, &["fri"]),
    ("saturday", Weekday::Sat, &["sat"]),
    ("sunday", Weekday::Sun, &["sun"]),
];

const COUNTS: [&str; 13] =
    ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

/// `October`, `Oct`, `Sept`: 1 to 12.
pub fn month(word: &str) -> Option<u32> {
    let word = word.to_ascii_lowercase();
    let is = |name: &str| word == name || name.get(..3) == Some(&word) || (word == "sept" && name == "september");
    let at = MONTHS.iter().position(|name| is(name))?;
    u32::try_from(at + 1).ok()
}

/// The month whose name `word` probably is, cut short or mistyped: `Septem`, `Ocotber`. `None` where two fit.
pub fn likely_month(word: &str) -> Option<&'static str> {
    let word = word.to_ascii_lowercase();
    if word.len() < 4 || month(&word).is_some() {
        return None;
    }
    let fits = |name: &&&'static str| name.starts_with(&word) || distance(&word, name) <= 2;
    let mut likely = MONTHS.iter().filter(fits);
    let only = likely.next()?;
    likely.next().is_none().then_some(only)
}

pub fn weekday(word: &str) -> Option<Weekday> {
    let word = word.to_ascii_lowercase();
    let found = WEEKDAYS.iter().find(|(name, _, short)| word == *name || short.contains(&word.as_str()));
    found.map(|(_, day, _)| *day)
}

pub fn season(word: &str) -> Option<Season> {
    let word = word.to_ascii_lowercase();
    match word.as_str() {
        "spring" => Some(Season::Spring),
        "summer" => Some(Season::Summer),
        "autumn" => Some(Season::Autumn),
        "winter" => Some(Season::Winter),
        _ => None,
    }
}

pub fn part(word: &str) -> Option<Part> {
    let word = word.to_ascii_lowercase();
    match word.as_str() {
        "early" | "start" | "beginning" => Some(Part::Early),
        "mid" | "middle" => Some(Part::Middle),
        "late" => Some(Part::Late),
        "end" => Some(Part::End),
        _ => None,
    }
}

/// `a`, `two` … `twelve`.
pub fn count(word: &str) -> Option<u32> {
    let word = word.to_ascii_lowercase();
    if word == "a" || word == "an" {
        return Some(1);
    }
    let at = COUNTS.iter().position(|count| *count == word).filter(|at| *at > 0)?;
    u32::try_from(at).ok()
}

/// `first`, `2nd`'s word, … of the four quarters.
pub fn ordinal(word: &str) -> Option<u32> {
    let word = word.to_ascii_lowercase();
    let at = ["first", "second", "third", "fourth"].iter().position(|name| *name == word)?;
    u32::try_from(at + 1).ok()
}

/// How many letters must be changed, added or taken away to turn one word into the other.
fn distance(one: &str, other: &str) -> usize {
    let mut row: Vec<usize> = (0..=other.chars().count()).collect();
    for (i, a) in one.chars().enumerate() {
        let mut next = vec![i + 1];
        for ((b, above), diagonal) in other.chars().zip(row.iter().skip(1)).zip(&row) {
            let left = next.last().copied().unwrap_or(i);
            next.push((above + 1).min(left + 1).min(diagonal + usize::from(a != b)));
        }
        row = next;
    }
    row.last().copied().unwrap_or(0)
}
