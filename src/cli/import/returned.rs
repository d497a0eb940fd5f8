//! An agency's return in words: whose it is, and what it leaves open.

use crate::domain::date_words;
use crate::domain::draft::{Draft, DraftForm};
use crate::domain::reconcile::{Query, says_something};
use crate::text::counted;

/// "back.docx: a return from Sussex Police, completed by Jane Roe on 1 Dec 2026: 2 answers (form of 28 Nov 2026)".
pub fn heading(draft: &Draft) -> String {
    let answers = draft.answers.iter().filter(|answer| says_something(answer)).count();
    let DraftForm { party, made, .. } = &draft.form;
    let party = if party.is_empty() { String::new() } else { format!(" from {party}") };
    let made = made.map(|day| format!(" (form of {})", date_words::day(day))).unwrap_or_default();
    format!("{}: a return{party}{}: {}{made}", draft.file, completed(&draft.form), counted(answers, "answer"))
}

fn completed(form: &DraftForm) -> String {
    let person = if form.person.is_empty() { String::new() } else { format!(" by {}", form.person) };
    let day = form.filled.map(|day| format!(" on {}", date_words::day(day))).unwrap_or_default();
    if person.is_empty() && day.is_empty() { String::new() } else { format!(", completed{person}{day}") }
}

/// "in doubt: 7.9 action: no action is called 7.9 (table 1, row 4); not imported; --take '7.9.action=adult-c:7.2' imports it".
pub fn asked(query: &Query) -> String {
    let Query { reference, field, why, place, .. } = query;
    if query.is_left {
        return format!("left out: {reference} {field}: {why} ({place})");
    }
    let offers: Vec<&str> = query.offers.iter().map(|offer| offer.value.as_str()).collect();
    let answer = match offers.as_slice() {
        [] => String::new(),
        all => format!("; --take '{}={}' imports it", query.name(), all.join("|")),
    };
    format!("in doubt: {reference} {field}: {why} ({place}); not imported{answer}")
}
