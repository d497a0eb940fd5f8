//! Reads a text that should be a date from its first word to its last.

use chrono::{Days, NaiveDate};

use super::diagnose::diagnose;
use super::doubt::Doubt;
use super::grammar;
use super::numeric;
use super::phrase::{Dates, one_day};
use super::relative;
use super::resolve::{Certain, When, resolve};
use super::token::{Rest, mark, skip_mark, tokens, word};
use crate::domain::target::Span;

/// Words in front of a target that do not change it.
const LEAD_INS: [&[&str]; 17] = [
    &["no", "later", "than"],
    &["target", "date"],
    &["due", "date"],
    &["by"],
    &["month", "end"],
    &["month", "ending"],
    &["mis"],
    &["due"],
    &["target"],
    &["deadline"],
    &["review"],
    &["revised"],
    &["the"],
    &["in"],
    &["on"],
    &["during"],
    &["for"],
];

pub fn read(raw: &str, when: When) -> Result<Certain, Doubt> {
    let tokens = tokens(raw.trim());
    if tokens.is_empty() {
        return Err(Doubt::Blank);
    }
    if let Some(day) = serial(raw) {
        return Ok(Certain::new(one_day(day)));
    }
    if let Some(span) = relative::read(&tokens, when) {
        return Ok(Certain::new(span));
    }
    let said = said(&tokens);
    if numeric::financial_year(said).is_some_and(|(_, rest)| ends(rest)) && when == When::Written {
        return Err(diagnose(raw, said));
    }
    match week(said).or_else(|| dates(said, when)) {
        Some(WeekOrDates::Week(from, to, phrase)) => week_around(phrase, when, from, to),
        Some(WeekOrDates::Dates(dates)) => resolve(dates, when),
        None => Err(diagnose(raw, said)),
    }
}

/// What follows the words in front of a target that do not change it.
pub fn said(tokens: Rest<'_>) -> Rest<'_> {
    skip_lead_ins(skip_mark(tokens, &['(']))
}

enum WeekOrDates {
    /// How many days before and after the day named.
    Week(u64, u64, Dates),
    Dates(Dates),
}

/// The days since 30 December 1899 that a spreadsheet writes for a date, where the whole cell is such a number.
fn serial(raw: &str) -> Option<NaiveDate> {
    let raw = raw.trim();
    let (days, fraction) = raw.split_once('.').unwrap_or((raw, "0"));
    let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let days: u64 =
        Some(days).filter(|days| days.len() == 5 && all_digits(days) && all_digits(fraction))?.parse().ok()?;
    let start = NaiveDate::from_ymd_opt(1899, 12, 30)?;
    (20_000..=60_000).contains(&days).then(|| start.checked_add_days(Days::new(days)))?
}

fn dates(said: Rest<'_>, when: When) -> Option<WeekOrDates> {
    let read = grammar::dates(said).filter(|(_, rest)| ends(rest));
    let typed = || when.today().and_then(|_| grammar::month_and_digit(said));
    let alone = || grammar::bare_year(said).or_else(typed).map(|(phrase, rest)| (Dates::One(phrase), rest));
    read.or_else(alone).filter(|(_, rest)| ends(rest)).map(|(dates, _)| WeekOrDates::Dates(dates))
}

/// `w/c 12 June 2024`, `week ending 14/06/2024`.
fn week(said: Rest<'_>) -> Option<WeekOrDates> {
    let short = word(said, &["w"]).and_then(|rest| mark(rest, &['/'])).map(|(_, rest)| rest);
    let rest = short.or_else(|| word(said, &["week"]))?;
    let begins = word(rest, &["c", "b", "commencing", "beginning", "starting"]).map(|rest| (0, 6, rest));
    let (before, after, rest) = begins.or_else(|| word(rest, &["e", "ending"]).map(|rest| (6, 0, rest)))?;
    let (phrase, rest) = grammar::phrase(skip_mark(rest, &[':']))?;
    ends(rest).then_some(WeekOrDates::Week(before, after, Dates::One(phrase)))
}

fn week_around(dates: Dates, when: When, before: u64, after: u64) -> Result<Certain, Doubt> {
    let span = resolve(dates, when)?.span;
    let first = span.first.checked_sub_days(Days::new(before)).filter(|_| span.first == span.last);
    let last = span.last.checked_add_days(Days::new(after));
    let (Some(first), Some(last)) = (first, last) else { return Err(Doubt::NoSuchDay) };
    Ok(Certain::new(Span { first, last }))
}

fn skip_lead_ins(mut rest: Rest<'_>) -> Rest<'_> {
    while let Some(after) = LEAD_INS.iter().find_map(|words| lead_in(rest, words)).filter(|after| !after.is_empty()) {
        rest = skip_mark(after, &[':', '-']);
    }
    rest
}

fn lead_in<'a>(rest: Rest<'a>, words: &[&str]) -> Option<Rest<'a>> {
    words.iter().try_fold(rest, |rest, next| word(rest, &[next]))
}

/// Whether nothing that matters is left.
fn ends(rest: Rest<'_>) -> bool {
    let rest = numeric::skip_time(rest);
    let rest = lead_in(rest, &["at", "the", "latest"]).or_else(|| word(rest, &["latest"])).unwrap_or(rest);
    skip_mark(skip_mark(rest, &[')']), &['.', ',', ';']).is_empty()
}
