//! By when something is to be done, in the words of a decision.

use chrono::NaiveDate;

use super::super::date_text;
use super::super::date_words;

/// A day by which something is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// "31 Jan 2027", "next meeting, 20 Feb 2027".
    pub words: String,
    pub last: NaiveDate,
}

/// The words that lead to a deadline.
const LEADING: [&str; 6] = ["by ", "before ", "until ", "no later than ", "in time for ", "due "];

/// The most words of a date.
const LONGEST: usize = 6;

/// The days that the words name as deadlines; without such, the days that they name at all, from the day of the meeting on.
pub fn of(words: &str, day: NaiveDate, next: Option<NaiveDate>) -> Vec<Deadline> {
    let led: Vec<Deadline> = led(words, day, next);
    if !led.is_empty() {
        return led;
    }
    let years = [None, Some(chrono::Datelike::year(&day))];
    let found = years.iter().map(|year| date_text::find(words, *year)).find(|found| !found.is_empty());
    let found = found.unwrap_or_default();
    unique(found.iter().filter_map(|found| read(&found.written, day)).collect())
}

fn led(words: &str, day: NaiveDate, next: Option<NaiveDate>) -> Vec<Deadline> {
    let lower = words.to_ascii_lowercase();
    let mut found = Vec::new();
    for lead in LEADING {
        for (at, _) in lower.match_indices(lead) {
            let is_word = lower.get(..at).is_none_or(|before| !before.ends_with(char::is_alphanumeric));
            let rest = words.get(at + lead.len()..).unwrap_or("");
            if is_word && let Some(by) = next_meeting(rest, next).or_else(|| longest(rest, day)) {
                found.push((at, by));
            }
        }
    }
    found.sort_by_key(|(at, _)| *at);
    unique(found.into_iter().map(|(_, by)| by).collect())
}

fn next_meeting(rest: &str, next: Option<NaiveDate>) -> Option<Deadline> {
    let rest = rest.to_ascii_lowercase();
    let rest = rest.strip_prefix("the ").or_else(|| rest.strip_prefix("our ")).unwrap_or(&rest);
    let last = next.filter(|_| rest.starts_with("next meeting"))?;
    Some(Deadline { words: format!("next meeting, {}", date_words::day(last)), last })
}

/// The most of what follows that is a date: "the end of January 2027".
fn longest(rest: &str, day: NaiveDate) -> Option<Deadline> {
    let rest = rest.strip_prefix("the ").unwrap_or(rest);
    let ends = rest.match_indices(char::is_whitespace).map(|(at, _)| at).chain([rest.len()]);
    let mut ends: Vec<usize> = ends.take(LONGEST).collect();
    ends.reverse();
    let windows = ends.into_iter().filter_map(|end| rest.get(..end));
    windows.map(|window| window.trim_end_matches(|c: char| !c.is_alphanumeric())).find_map(|window| read(window, day))
}

/// A date without a year is the next one.
fn read(written: &str, day: NaiveDate) -> Option<Deadline> {
    let span = date_text::target(written, Some(day)).span.filter(|span| span.last >= day)?;
    let whole = date_words::days(span);
    // "The end of January" is its last day.
    let words = if whole.contains(" to ") { date_words::day(span.last) } else { whole };
    Some(Deadline { words, last: span.last })
}

fn unique(all: Vec<Deadline>) -> Vec<Deadline> {
    let mut found: Vec<Deadline> = Vec::new();
    for one in all {
        if !found.contains(&one) {
            found.push(one);
        }
    }
    found
}
