//! The numbers of a whole document: inferred where lost, and unique.

use std::collections::HashMap;

use super::stem;
use crate::domain::draft::{self, Draft, DraftRecommendation};
use crate::domain::flag::Flag;
use crate::domain::reference::{self, Printed, References};
use crate::import::words::number;

/// Infers the numbers that the document lost, and flags those that occur twice.
pub fn settle(draft: &mut Draft) {
    draft.recommendations.iter_mut().for_each(forget_repeats);
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

/// A recommendation's number in front of each of its rows numbers none of its actions.
fn forget_repeats(rec: &mut DraftRecommendation) {
    let DraftRecommendation { number, actions, .. } = rec;
    if actions.first().is_some_and(|first| first.number.is_none()) {
        for action in actions {
            action.number = action.number.take().filter(|own| own != number);
        }
    }
}

/// For each action, the doubt about a number that another has too or that is no reference, with the next free one.
fn repeated_actions(draft: &Draft) -> Vec<Option<Flag>> {
    let homes = draft.homes();
    let numbered: Vec<_> = homes.iter().copied().zip(draft.all_actions()).collect();
    let numbers = || numbered.iter().map(|(home, (rec, action))| (*home, draft::printed(*rec, action)));
    let (mut so_far, mut all) = (References::new(numbers()), References::new(numbers()));
    for (home, printed) in numbers() {
        all.give(home, printed);
    }
    let doubt = |(home, printed): (Option<usize>, Printed<'_>)| {
        let next = so_far.next_of_kind(home);
        let doubt = printed.own.and_then(|own| {
            let why = if !reference::is_usable(own) {
                format!("“{own}” cannot be a reference, because it has more in it than a number")
            } else if so_far.stands(printed) {
                format!("the number {own} appears twice in this document")
            } else {
                next.as_ref().filter(|next| **next == format!("{own}0"))?;
                format!("the number {own} is out of order; a spreadsheet may have made it of {own}0")
            };
            let free = next.filter(|next| !all.has(next)).unwrap_or_else(|| all.next(home, printed.recommendation));
            let suggestion = Some(free).filter(|_| reference::is_usable(own));
            Some(Flag { field: "number".into(), why, raw: own.to_owned(), suggestion })
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

/// A number that occurs twice is flagged at its second occurrence. Where several recommendations have only the number that
/// their actions' numbers begin with ("1" of 1.1 and 1.2), each is numbered as its action is.
fn repeated(recs: &mut [DraftRecommendation]) {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for rec in recs.iter() {
        *counts.entry(rec.number.clone()).or_default() += 1;
    }
    // Two sheets may each have a recommendation 1 with an action 1.1.
    let mut firsts: HashMap<String, usize> = HashMap::new();
    for number in recs.iter().filter_map(|rec| rec.actions.first()?.number.clone()) {
        *firsts.entry(number).or_default() += 1;
    }
    let is_only = |rec: &DraftRecommendation| {
        let number = rec.actions.first().and_then(|first| first.number.as_ref());
        number.is_some_and(|number| firsts.get(number) == Some(&1))
    };
    let is_twice = |rec: &DraftRecommendation| counts.get(&rec.number).is_some_and(|count| *count > 1);
    for rec in recs.iter_mut().filter(|rec| is_twice(rec) && is_only(rec)) {
        if let [first, rest @ ..] = rec.actions.as_mut_slice()
            && let Some(own) =
                first.number.take_if(|own| stem(own) == rec.number && rest.iter().all(|action| action.number.is_none()))
        {
            first.number = rest.is_empty().then(|| own.clone());
            rec.number = own;
        }
    }
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
