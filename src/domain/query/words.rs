//! The words of an action that a search covers.

use super::super::action::{Action, Closure};
use super::super::particular::Particular;
use super::super::register::Register;
use crate::text;

/// Text as it is searched: lower case, without accents, with straight apostrophes and quotes, and one space for any space.
pub fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold_into(text, &mut folded);
    folded
}

/// Everything that a search for words covers, folded, one field to a line. Built once for an action, and again when it changes.
///
/// Its reference, number, text, leads and via (as named and as written), targets as written, rating, progress, closing
/// evidence, and the recommendation's number, text and particulars.
pub fn search_text(register: &Register, action: &Action) -> String {
    let mut all = String::with_capacity(256);
    let mut line = |words: &str| {
        if !words.is_empty() {
            fold_into(words, &mut all);
            all.push('\n');
        }
    };
    line(&register.reference(action));
    line(action.number.get().map_or("", String::as_str));
    line(action.text());
    line(action.heading());
    for lead in action.leads().iter().chain(action.via()) {
        line(register.party_name(lead.party));
        line(&lead.raw);
    }
    action.targets().iter().for_each(|target| line(&target.raw));
    line(action.rating().unwrap_or(""));
    for entry in action.progress() {
        line(entry.said.by.as_deref().unwrap_or(""));
        line(&entry.said.text);
    }
    line(evidence(action));
    line(action.evidence_at());
    if let Some(rec) = action.recommendation.and_then(|id| register.recommendation(id)) {
        line(rec.text());
        for particular in Particular::ALL {
            line(particular.of(rec));
        }
    }
    all
}

fn evidence(action: &Action) -> &str {
    match action.closure.get() {
        Some(Closure::Proposed { evidence } | Closure::Closed { evidence }) => evidence,
        Some(Closure::NotImplemented { reason }) => reason,
        Some(Closure::Open) | None => "",
    }
}

/// Takes runs of plain characters, which nearly all are, at once: this is done for every action of a register.
fn fold_into(text: &str, folded: &mut String) {
    let start = folded.len();
    let mut rest = text.trim();
    while let Some(c) = rest.chars().next() {
        let run = rest.bytes().take_while(u8::is_ascii_graphic).count();
        let (plain, tail) = rest.split_at(run);
        folded.push_str(plain);
        rest = if run > 0 { tail } else { fold_char(c, rest, folded) };
    }
    folded.get_mut(start..).unwrap_or_default().make_ascii_lowercase();
}

/// Folds a character that is not plain, and returns what comes after it.
fn fold_char<'a>(c: char, rest: &'a str, folded: &mut String) -> &'a str {
    match c {
        c if c.is_whitespace() => {
            folded.push(' ');
            return rest.trim_start();
        }
        '‘' | '’' => folded.push('\''),
        '“' | '”' => folded.push('"'),
        c => text::put_plain(c, |plain| folded.push(plain)),
    }
    rest.get(c.len_utf8()..).unwrap_or("")
}
