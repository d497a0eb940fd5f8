//! The one likely meaning of a doubtful date, in words that read back as a date.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use super::doubt::Doubt;
use super::names;
use super::numeric;
use super::prose;
use super::resolve::When;
use super::school;
use super::token::{Kind, tokens};
use super::whole;
use crate::domain::date_words;
use crate::domain::target::Span;

pub fn suggestion(raw: &str, neighbours: &[Span]) -> Option<String> {
    let doubt = whole::read(raw, When::Written).err()?;
    let likely = match doubt {
        Doubt::MonthFirst(day) => Some(date_words::day(day)),
        Doubt::TwoYears(first) => Some(format!("financial year {first}/{:02}", (first + 1) % 100)),
        Doubt::BrokenYear => whole_year(raw, neighbours),
        Doubt::NoYear => with_year(raw, neighbours),
        Doubt::ShortMonth(month) => Some(date_words::partial(month)),
        Doubt::SchoolTerm => school::likely(whole::said(&tokens(raw.trim()))).map(|(months, _)| months),
        Doubt::OtherWords => prose::find(raw, None).pop().map(|found| found.written),
        Doubt::SeveralDates => revised(raw),
        Doubt::NoDate => spelt_right(raw).or_else(|| run_together(raw)).or_else(|| digits_right(raw)),
        Doubt::Blank
        | Doubt::Duration
        | Doubt::NoSuchDay
        | Doubt::Weekday(_)
        | Doubt::DayOrYear(_)
        | Doubt::Backwards => None,
    };
    likely.filter(|likely| whole::read(likely, When::Written).is_ok())
}

/// The digits at the end replaced by the usual year that begins with them.
fn whole_year(raw: &str, neighbours: &[Span]) -> Option<String> {
    let stem = raw.trim().trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = raw.trim().get(stem.len()..)?;
    let year = usual_year(neighbours, |year| {
        let year = year.to_string();
        year.starts_with(digits) || digits.starts_with(&year)
    })?;
    Some(format!("{stem}{year}"))
}

fn with_year(raw: &str, neighbours: &[Span]) -> Option<String> {
    let year = usual_year(neighbours, |_| true)?;
    let raw = raw.trim().trim_end_matches(['.', ',', ';']);
    match raw.ends_with(|c: char| c.is_ascii_digit()) {
        true if raw.contains('/') => Some(format!("{raw}/{year}")),
        // "Oct 2" may be the second of October, or 2021 cut short.
        true => None,
        false => Some(format!("{raw} {year}")),
    }
}

/// The year shared by more than half of the qualifying dates around it.
fn usual_year(neighbours: &[Span], qualifies: impl Fn(i32) -> bool) -> Option<i32> {
    let mut counts = BTreeMap::new();
    for year in neighbours.iter().map(|span| span.last.year()).filter(|year| qualifies(*year)) {
        *counts.entry(year).or_insert(0_usize) += 1;
    }
    let all: usize = counts.values().sum();
    counts.into_iter().find(|(_, count)| count * 2 > all).map(|(year, _)| year)
}

/// Words between two dates that say that the second has taken the place of the first.
const REVISED: [&str; 12] = [
    "revised",
    "extended",
    "now",
    "moved",
    "changed",
    "amended",
    "updated",
    "new",
    "slipped",
    "deferred",
    "postponed",
    "rescheduled",
];

/// "31/03/26 (extended to 30/09/26)": the later of two dates, where the words between them say that it is in force.
fn revised(raw: &str) -> Option<String> {
    let found = prose::find(raw, None);
    let [first, last] = found.as_slice() else { return None };
    let between = raw.get(first.end..last.start)?;
    let says_so = tokens(between).iter().any(|token| match token.kind {
        Kind::Word(word) => REVISED.iter().any(|name| name.eq_ignore_ascii_case(word)),
        Kind::Number { .. } | Kind::Mark(_) | Kind::Break => false,
    });
    (says_so && first.span.last < last.span.last).then(|| last.written.clone())
}

/// "20261130" and "30112026": a day without anything between its numbers.
fn run_together(raw: &str) -> Option<String> {
    let digits = Some(raw.trim()).filter(|raw| raw.len() == 8 && raw.bytes().all(|byte| byte.is_ascii_digit()))?;
    let read = |pattern| NaiveDate::parse_from_str(digits, pattern).ok();
    let likely = [read("%Y%m%d"), read("%d%m%Y")].into_iter().flatten();
    let mut plausible = likely.filter(|day| numeric::is_plausible(day.year()));
    let day = plausible.next().filter(|_| plausible.next().is_none())?;
    Some(date_words::day(day))
}

/// With a mistyped month corrected.
fn spelt_right(raw: &str) -> Option<String> {
    let raw = raw.trim();
    let tokens = tokens(raw);
    tokens.iter().find_map(|token| {
        let Kind::Word(word) = token.kind else { return None };
        let month = names::likely_month(word)?;
        let capital = month.get(..1)?.to_uppercase() + month.get(1..)?;
        Some(format!("{}{capital}{}", raw.get(..token.start)?, raw.get(token.end..)?))
    })
}

/// With letters that look like digits, and digits that look like letters, corrected: "0ct 2O21".
fn digits_right(raw: &str) -> Option<String> {
    let right = raw.split_whitespace().map(|chunk| {
        let is_number = chunk.chars().all(|c| c.is_ascii_digit() || "OolI|/.-".contains(c));
        if is_number { chunk.replace(['O', 'o'], "0").replace(['l', 'I', '|'], "1") } else { chunk.replace('0', "O") }
    });
    let right = right.collect::<Vec<_>>().join(" ");
    (right != raw.trim()).then_some(right)
}
