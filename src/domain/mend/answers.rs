//! Settling what an agency's return leaves open: which action a row is about, which rating or date is meant.

use chrono::NaiveDate;

use super::super::date_text;
use super::super::draft::{Draft, DraftAnswer};
use super::super::progress::{EntryOrigin, EntryText};
use super::super::reconcile::{Query, left};
use crate::problem::Problem;

/// Answers a query with one of its offers, or with what the user typed.
pub fn answer(draft: &mut Draft, query: &Query, value: &str, today: NaiveDate) -> Result<String, Problem> {
    let Some(answer) = draft.answers.get_mut(query.answer) else { return Err(gone()) };
    match query.field {
        "action" => {
            value.clone_into(&mut answer.reference);
            settle(answer, "action");
            return Ok(format!("{} is about {value}", query.place));
        }
        "rating" => value.clone_into(&mut answer.rating),
        "extension" => answer.targets = vec![date_text::typed_target(value, today)],
        _ => {
            let why = format!("the {} cannot be changed from a return", query.field);
            return Err(Problem::new("Not changed", why, "Change it in the plan if it is right."));
        }
    }
    Ok(format!("{} {}: {value}", query.reference, query.field))
}

/// Leaves out what a query is about: nothing of it is imported.
pub fn leave_out(draft: &mut Draft, query: &Query) -> Option<String> {
    let answer = draft.answers.get_mut(query.answer)?;
    settle(answer, &left(query.field));
    Some(format!("{} {}: left out", query.reference, query.field))
}

/// What can be corrected of an answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AnswerWords {
    pub reference: String,
    pub rating: String,
    pub targets: String,
    pub text: String,
}

pub fn answer_words(answer: &DraftAnswer) -> AnswerWords {
    let join = |words: Vec<&str>, between: &str| words.join(between);
    AnswerWords {
        reference: answer.reference.clone(),
        rating: answer.rating.clone(),
        targets: join(answer.targets.iter().map(|target| target.raw.as_str()).collect(), "; "),
        text: join(answer.entries.iter().map(|entry| entry.text.as_str()).collect(), "\n"),
    }
}

/// Corrects an answer. A reference that was typed is certain, whatever words are beside it.
pub fn set_answer(draft: &mut Draft, at: usize, new: &AnswerWords, today: NaiveDate) -> Result<(), Problem> {
    let giver = draft.form.giver();
    let Some(answer) = draft.answers.get_mut(at) else { return Err(gone()) };
    let old = answer_words(answer);
    if old.reference != new.reference {
        new.reference.clone_into(&mut answer.reference);
        settle(answer, "action");
    }
    new.rating.clone_into(&mut answer.rating);
    if old.targets != new.targets {
        let parts = new.targets.split(';').map(str::trim).filter(|part| !part.is_empty());
        answer.targets = parts.map(|part| date_text::typed_target(part, today)).collect();
    }
    if old.text != new.text {
        let first = answer.entries.first();
        let said = EntryText {
            date: first.and_then(|entry| entry.date).or_else(|| Some(today.into())),
            text: new.text.clone(),
            by: first.and_then(|entry| entry.by.clone()).or_else(|| Some(giver).filter(|by| !by.is_empty())),
            origin: EntryOrigin::Written,
        };
        answer.entries = Some(said).filter(|said| !said.text.is_empty()).into_iter().collect();
    }
    Ok(())
}

fn settle(answer: &mut DraftAnswer, what: &str) {
    if !answer.is_settled(what) {
        answer.settled.push(what.to_owned());
    }
}

fn gone() -> Problem {
    Problem::new("Not changed", "this answer is no longer there", "Press Esc and open the document again.")
}
