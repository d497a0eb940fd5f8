//! The words of an action in which a search looks.

use super::super::action::Action;
use super::super::register::Register;

/// Text as it is compared: lower case, straight apostrophes and quotes, and one space for any space.
pub fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold_into(text, &mut folded);
    folded
}

/// Everything that a search for words looks in, folded, a field a line. Built once per action and change of it.
///
/// Its reference, number, text, leads and via (as named and as written), targets as written, rating, progress, closing
/// evidence, and the recommendation's number, text and outcome.
pub fn search_text(register: &Register, action: &Action) -> String {
    let mut all = String::with_capacity(256);
    let mut line = |text: &str| {
        if !text.is_empty() {
            fold_into(text, &mut all);
            all.push('\n');
        }
    };
    line(&register.reference(action));
    line(action.number.get().map_or("", String::as_str));
    line(action.text());
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
    if let Some(rec) = action.recommendation.and_then(|id| register.recommendation(id)) {
        line(rec.text());
        line(rec.outcome().unwrap_or(""));
    }
    all
}

fn evidence(action: &Action) -> &str {
    use super::super::action::Closure;
    match action.closure.get() {
        Some(Closure::Proposed { evidence } | Closure::Closed { evidence }) => evidence,
        Some(Closure::Open) | None => "",
    }
}

fn fold_into(text: &str, folded: &mut String) {
    let mut is_gap = true;
    for c in text.chars() {
        if c.is_whitespace() {
            if !is_gap {
                folded.push(' ');
            }
            is_gap = true;
            continue;
        }
        is_gap = false;
        match c {
            '‘' | '’' => folded.push('\''),
            '“' | '”' => folded.push('"'),
            c if c.is_ascii() => folded.push(c.to_ascii_lowercase()),
            c => folded.extend(c.to_lowercase()),
        }
    }
    if folded.ends_with(' ') {
        folded.pop();
    }
}
