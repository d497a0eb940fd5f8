//! The numbers of recommendations and actions: read, inferred where lost, and unique.

use std::collections::HashMap;

use chrono::Datelike;

use super::cells;
use crate::domain::date_text;
use crate::domain::draft::{self, Draft, DraftRecommendation};
use crate::domain::flag::Flag;
use crate::domain::reference::{Printed, References};
use crate::import::tables::gather::Gathered;
use crate::import::tables::gathered::ABOVE;
use crate::import::words::clean;
use crate::import::words::number::{self, Numbered};
use crate::import::words::roles::Role;

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
    let column = |role| {
        let cell = clean::line(&row.text(role));
        let is_shared = [Role::Action, Role::Recommendation].iter().any(|other| cells::shares(row, role, *other));
        if is_shared {
            return number::in_front(&cell).map(|found| found.number);
        }
        let cell = cell.trim_matches(['(', ')', '.', ':', ' ']).to_owned();
        if turned_into_a_date(&cell).is_some() {
            return None;
        }
        let numbered = number::of(&cell).filter(|found| found.text.is_empty()).map(|found| found.number);
        if cell.is_empty() { None } else { Some(numbered.unwrap_or(cell)) }
    };
    let stated = column(Role::RecommendationNumber);
    let any = column(Role::Number).or_else(|| sub_number(row));
    let is_above = row.parts.iter().any(|part| part.column.name == ABOVE);
    let has_level = row.has(Role::Recommendation) && !is_above;
    let stem =
        any.as_deref().filter(|_| has_level).map(|any| any.rsplit_once('.').map_or(any, |(stem, _)| stem).to_owned());
    let is_own = own.is_some() || stated.is_some();
    let text = own.as_ref().map_or(bare, |found| found.text).to_owned();
    let recommendation = stated.or(own.map(|found| found.number)).or(stem);
    let action = any
        .filter(|any| is_own || !has_level || any.contains('.'))
        .filter(|any| is_above || Some(any) != recommendation.as_ref());
    let date =
        [Role::Number, Role::RecommendationNumber].into_iter().find_map(|role| turned_into_a_date(&row.text(role)));
    Numbers { recommendation, action, text, is_supplied, date }
}

/// The doubt about a number cell that holds a date, with the number that was most likely typed: its day and month.
fn turned_into_a_date(cell: &str) -> Option<Flag> {
    let cell = clean::line(cell);
    let has_year = cell.split(|c: char| !c.is_ascii_digit()).any(|digits| digits.len() == 4);
    let day = date_text::target(&cell, None).span.filter(|span| has_year && span.first == span.last)?.first;
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

/// Infers the numbers that the document lost, and flags those that occur twice.
pub fn settle(draft: &mut Draft) {
    let recs = &mut draft.recommendations;
    if !recs.is_empty() && recs.iter().all(|rec| rec.number.is_empty()) {
        recs.iter_mut().enumerate().for_each(|(at, rec)| rec.number = (at + 1).to_string());
    }
    for at in 0..recs.len() {
        if recs.get(at).is_some_and(|rec| rec.number.is_empty()) {
            infer(recs, at);
        }
    }
    repeated(recs);
    let doubts = repeated_actions(draft);
    for (action, doubt) in draft.all_actions_mut().zip(doubts) {
        action.flags.extend(doubt);
    }
}

/// For each action, the doubt about a number that another has too, with the next free one.
fn repeated_actions(draft: &Draft) -> Vec<Option<Flag>> {
    let homes = draft.homes();
    let numbered: Vec<_> = homes.iter().copied().zip(draft.all_actions()).collect();
    let numbers = || numbered.iter().map(|(home, (rec, action))| (*home, draft::printed(*rec, action)));
    let (mut so_far, mut all) = (References::new(numbers()), References::new(numbers()));
    for (home, printed) in numbers() {
        all.give(home, printed);
    }
    let doubt = |(home, printed): (Option<usize>, Printed<'_>)| {
        let own = printed.own.filter(|_| so_far.stands(printed));
        let doubt = own.map(|own| {
            let (next, last) = (so_far.next(home, printed.recommendation), all.next(home, printed.recommendation));
            let suggestion = if all.has(&next) { last } else { next };
            let why = format!("the number {own} appears twice in this document");
            Flag { field: "number".into(), why, raw: own.to_owned(), suggestion: Some(suggestion) }
        });
        so_far.give(home, printed);
        doubt
    };
    numbers().map(doubt).collect()
}

/// Between 11 and 13 it is 12; anywhere else it is the number before with a letter.
fn infer(recs: &mut [DraftRecommendation], at: usize) {
    let number =
        |place: Option<usize>| place.and_then(|place| recs.get(place)).and_then(|rec| number::leading(&rec.number));
    let (before, after) = (number(at.checked_sub(1)), number(at.checked_add(1)));
    let (inferred, why) = match (before, after) {
        (Some(before), Some(after)) if after == before + 2 => (
            (before + 1).to_string(),
            format!("the number was lost; it comes between {before} and {after}, and the text may be incomplete"),
        ),
        (None, Some(after)) if after > 1 => {
            ((after - 1).to_string(), format!("the number was lost; {after} follows, and the text may be incomplete"))
        }
        (Some(before), None) => ((before + 1).to_string(), format!("the number is missing; {before} comes before it")),
        (before, _) => (
            lettered(recs, before.unwrap_or(0)),
            "the number is missing, and the numbers around it leave none free".to_owned(),
        ),
    };
    if let Some(rec) = recs.get_mut(at) {
        rec.flags.push(Flag {
            field: "number".into(),
            why,
            raw: first_words(&rec.text),
            suggestion: Some(inferred.clone()),
        });
        rec.number = inferred;
        rec.number_inferred = true;
    }
}

fn lettered(recs: &[DraftRecommendation], number: u32) -> String {
    let is_free = |name: &String| !recs.iter().any(|rec| rec.number == *name);
    let letters = ('a'..='z').map(|letter| format!("{number}{letter}"));
    letters.into_iter().find(is_free).unwrap_or_else(|| format!("{number}-{}", recs.len()))
}

/// A number that occurs twice is flagged at its second occurrence.
fn repeated(recs: &mut [DraftRecommendation]) {
    let mut seen: HashMap<String, usize> = HashMap::new();
    for rec in recs {
        let count = seen.entry(rec.number.clone()).or_default();
        *count += 1;
        if *count > 1 {
            let why = format!("the number {} appears twice in this document", rec.number);
            rec.flags.push(Flag { field: "number".into(), why, raw: first_words(&rec.text), suggestion: None });
        }
    }
}

fn first_words(text: &str) -> String {
    text.split_whitespace().take(8).collect::<Vec<_>>().join(" ")
}
