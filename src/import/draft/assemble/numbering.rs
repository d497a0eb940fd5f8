//! The numbers of recommendations and actions: read, inferred where lost, and unique.

use std::collections::{HashMap, HashSet};

use super::cells;
use crate::domain::draft::{Draft, DraftRecommendation};
use crate::domain::flag::Flag;
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
    Numbers { recommendation, action, text, is_supplied }
}

/// "Ai) Write to …": a sub-action's number is in its text where the number column is blank.
fn sub_number(row: &Gathered) -> Option<String> {
    let has_column = row.parts.iter().any(|part| part.column.roles.contains(&Role::Number));
    let text = clean::line(&row.text(Role::Action));
    let (head, _) = text.split_once(')').filter(|_| has_column)?;
    let is_short = (1..=4).contains(&head.len()) && head.chars().all(char::is_alphanumeric);
    is_short.then(|| head.to_owned())
}

/// Infers the numbers that the document lost, and drops those of actions that do not distinguish them.
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
    let numbers: Vec<&String> = draft.actions.iter().filter_map(|action| action.number.as_ref()).collect();
    let distinct: HashSet<&&String> = numbers.iter().collect();
    let is_number =
        |text: &&&String| text.len() <= 12 && !text.contains('/') && text.chars().any(char::is_alphanumeric);
    let is_useful = distinct.len() == numbers.len()
        && numbers.len() == draft.actions.len()
        && numbers.iter().all(|text| is_number(&text));
    if !is_useful {
        draft.actions.iter_mut().for_each(|action| action.number = None);
    }
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
