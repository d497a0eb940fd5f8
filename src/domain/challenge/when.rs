//! Months and days in a text: `December 2021`, `16/12/2021`, `March2022`, and `early in 2022`. A bare year does not
//! count.

use super::super::date_text;
use super::super::target::PartialDate;
use super::phrases::{Found, word_starts};

/// Every month and day named in a text in lower case, with its position.
pub(super) fn mentions(lower: &str) -> Vec<(PartialDate, Found)> {
    let found = word_starts(lower).filter_map(|at| {
        let rest = lower.get(at..)?;
        let (date, len) = month_year(rest).or_else(|| part_of_year(rest)).or_else(|| slashed(rest))?;
        Some((date, Found { at, len }))
    });
    found.filter(|(date, _)| date.first().is_some()).collect()
}

/// `december 2021`, `dec 2021`, `march2022`; not `jan 2021-22`, which is a range.
fn month_year(text: &str) -> Option<(PartialDate, usize)> {
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let rest = text.get(letters..)?.trim_start_matches([' ', '\u{a0}', ',', '.']);
    let (year, tail) = rest.split_at_checked(4).filter(|(year, _)| year.starts_with("20"))?;
    let month = date_text::month(text.get(..letters)?)?;
    let is_year = year.bytes().all(|byte| byte.is_ascii_digit());
    let is_whole = !tail.starts_with(|c: char| c.is_ascii_digit()) && !is_range(tail);
    let date = PartialDate { year: year.parse().ok()?, month: Some(month), day: None };
    (is_year && is_whole).then_some((date, text.len() - tail.len()))
}

fn is_range(tail: &str) -> bool {
    tail.strip_prefix(['-', '–']).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// Words for a part of a year; what they say about the months is too vague, so only the year counts.
const PARTS: [&str; 11] =
    ["early", "mid", "middle", "late", "end", "beginning", "start", "spring", "summer", "autumn", "winter"];

/// `early in 2022`, `end of 2021`, `summer 2021`.
fn part_of_year(text: &str) -> Option<(PartialDate, usize)> {
    let rest = PARTS.iter().find_map(|part| text.strip_prefix(part))?;
    let rest = rest.strip_prefix([' ', '-'])?;
    let rest = rest.strip_prefix("in ").or_else(|| rest.strip_prefix("of ")).unwrap_or(rest);
    let (year, tail) = rest.split_at_checked(4).filter(|(year, _)| year.starts_with("20"))?;
    let is_whole = !tail.starts_with(|c: char| c.is_alphanumeric()) && !is_range(tail);
    let date = PartialDate { year: year.parse().ok().filter(|_| is_whole)?, month: None, day: None };
    Some((date, text.len() - tail.len()))
}

/// `16/12/2021` or `16/12/21`, day first as in Britain.
fn slashed(text: &str) -> Option<(PartialDate, usize)> {
    let len = text.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b'/').count();
    let mut parts = text.get(..len)?.split('/');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    let century = match year.len() {
        4 => 0,
        2 => 2000,
        _ => return None,
    };
    let year = year.parse::<i32>().ok()? + century;
    let date = PartialDate { year, month: Some(month.parse().ok()?), day: Some(day.parse().ok()?) };
    parts.next().is_none().then_some((date, len))
}

/// The last month that a text in lower case names without a year; `may` and `march` only after "in", "by" or "since".
pub(super) fn bare_month(lower: &str) -> Option<(u32, Found)> {
    let found = word_starts(lower).filter_map(|at| {
        let (before, rest) = lower.split_at_checked(at)?;
        let word = rest.get(..rest.bytes().take_while(u8::is_ascii_alphabetic).count())?;
        let month = date_text::month(word).filter(|_| word.len() > 3)?;
        let is_clear = word != "march" || ["in", "by", "since"].iter().any(|word| before.trim_end().ends_with(word));
        is_clear.then_some((month, Found { at, len: word.len() }))
    });
    found.last()
}
