//! The numbers of recommendations and actions, as a row gives them.

mod own;
mod settled;

use chrono::Datelike;

use super::{cells, raised};
use crate::domain::date_text;
use crate::domain::flag::Flag;
use crate::import::tables::gather::Gathered;
use crate::import::tables::gathered::ABOVE;
use crate::import::words::clean;
use crate::import::words::number::{self, Numbered};
use crate::import::words::roles::Role;
use crate::import::words::vocabulary;
pub use own::{give, take_from_text};
pub use settled::settle;

/// How a row is numbered, and its recommendation without the number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Numbers {
    pub recommendation: Option<String>,
    pub action: Option<String>,
    pub text: String,
    /// The number is in brackets: the document itself had lost it, and its author worked it out.
    pub is_supplied: bool,
    /// A date where a number belongs: a spreadsheet makes 1 Feb 2026 of 1.2.
    pub date: Option<Flag>,
}

/// The numbers that a row gives.
pub fn of(row: &Gathered) -> Numbers {
    let text = clean::lines(&row.text(Role::Recommendation));
    let bare = text.strip_prefix("• ").unwrap_or(&text);
    let supplied = bare.strip_prefix('[').and_then(|rest| rest.split_once(']'));
    let supplied =
        supplied.and_then(|(inner, text)| number::of(inner).filter(|n| n.text.is_empty()).map(|n| (n, text)));
    let is_supplied = supplied.is_some();
    let own = supplied.map(|(n, text)| Numbered { text: text.trim_start(), ..n }).or_else(|| number::of(bare));
    let own = own.or_else(|| number::alone(bare));
    let column = |role| {
        let cell = clean::line(&row.text(role));
        let is_shared = [Role::Action, Role::Recommendation].iter().any(|other| cells::shares(row, role, *other));
        if is_shared {
            return number::in_front(&cell).map(|found| found.number);
        }
        let cell = unmarked(&cell).to_owned();
        if turned_into_a_date(&cell).is_some() {
            // The day of a meeting says when an action was raised, and numbers nothing.
            return None;
        }
        if cell.is_empty() { None } else { Some(cell) }
    };
    let bare_number = |cell: &String| number::of(cell).filter(|found| found.text.is_empty()).map(|found| found.number);
    let stated = column(Role::RecommendationNumber).map(|cell| bare_number(&cell).unwrap_or(cell));
    let printed = column(Role::Number).or_else(|| sub_number(row)).or_else(|| cells::titled(row));
    let any = printed.as_ref().map(|cell| bare_number(cell).unwrap_or_else(|| cell.clone()));
    // "R1.A3" stays as printed; of "Action 3" the number is 3.
    let printed = printed.filter(|cell| !cell.contains(char::is_whitespace)).or_else(|| any.clone());
    let is_above = row.parts.iter().any(|part| part.column.name == ABOVE);
    let has_level = row.has(Role::Recommendation) && !is_above;
    let stem = any.as_deref().filter(|_| has_level).map(|any| stem(any).to_owned());
    let is_own = own.is_some() || stated.is_some();
    let text = own.as_ref().map_or(bare, |found| found.text).to_owned();
    let recommendation = stated.or(own.map(|found| found.number)).or(stem);
    let is_of_actions = row.parts.iter().any(|part| {
        part.column.roles == [Role::Number] && vocabulary::words(&part.column.name).iter().any(|word| word == "action")
    });
    let action = any
        .filter(|any| is_own || is_of_actions || !has_level || self::stem(any) != any)
        .filter(|any| is_above || is_of_actions || Some(any) != recommendation.as_ref())
        .and(printed);
    let is_number = |role: &Role| matches!(role, Role::Number | Role::RecommendationNumber);
    let numbers = row.parts.iter().filter(|part| part.column.roles.iter().any(is_number));
    let date =
        numbers.filter(|part| !raised::is_raised(&part.column.name)).find_map(|part| turned_into_a_date(&part.text()));
    Numbers { recommendation, action, text, is_supplied, date }
}

/// What "1.4" and "1d" have in common with the other numbers under recommendation 1; a number that has no second part is its
/// own.
fn stem(number: &str) -> &str {
    let lettered = || {
        let stem = number.strip_suffix(|c: char| c.is_ascii_alphabetic())?;
        stem.ends_with(|c: char| c.is_ascii_digit()).then_some(stem)
    };
    let bracketed = || number.strip_suffix(')')?.rsplit_once('(').map(|(stem, _)| stem).filter(|stem| !stem.is_empty());
    bracketed().or_else(|| number.rsplit_once('.').map(|(stem, _)| stem)).or_else(lettered).unwrap_or(number)
}

/// "(b)", "2)", "#7", "1.4*" and "3.:" without the marks around them; "2.3(b)" keeps its brackets, which are a pair within it.
fn unmarked(cell: &str) -> &str {
    let cell = cell.trim_end_matches(['*', '†', '‡', '§', '^']).trim_start_matches('#').trim_matches(['.', ':', ' ']);
    let whole =
        cell.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')).filter(|rest| !rest.contains(['(', ')']));
    match (whole, cell.contains('('), cell.contains(')')) {
        (Some(inner), ..) => unmarked(inner),
        (None, true, true) | (None, false, false) => cell,
        (None, ..) => cell.trim_matches(['(', ')', '.', ':', ' ']),
    }
}

/// The doubt about a number cell that holds a date, with the number that was most likely typed: its day and month.
fn turned_into_a_date(cell: &str) -> Option<Flag> {
    let cell = clean::line(cell);
    let has_year = cell.split(|c: char| !c.is_ascii_digit()).any(|digits| digits.len() == 4);
    let day = date_text::span(&cell).filter(|span| has_year && span.first == span.last)?.first;
    let why = "this is a date, not a number; a spreadsheet may have made it of one".to_owned();
    let suggestion = Some(format!("{}.{}", day.day(), day.month()));
    Some(Flag { field: "number".into(), why, raw: cell, suggestion })
}

/// "Ai) Write to …": a sub-action's number is in its text where the number column is blank.
fn sub_number(row: &Gathered) -> Option<String> {
    let has_column = row.parts.iter().any(|part| part.column.roles.contains(&Role::Number));
    let text = clean::line(&row.text(Role::Action));
    let (head, _) = text.split_once(')').filter(|_| has_column)?;
    let is_short = (1..=4).contains(&head.len()) && head.chars().all(char::is_alphanumeric);
    is_short.then(|| head.to_owned())
}
