//! The sentences of a decision, each as it was written.

use chrono::NaiveDate;

use super::deadline;
use super::names::Names;

/// The parts that say something on their own: "By 31 January." goes with the sentence before it.
pub fn of(text: &str, names: &Names, day: NaiveDate) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for part in parts(text) {
        let is_rest = names.named(part).is_empty() && !deadline::of(part, day, None).is_empty();
        match found.last_mut().filter(|_| is_rest) {
            Some(before) => *before = format!("{before} {part}"),
            None => found.push(part.to_owned()),
        }
    }
    found
}

fn parts(text: &str) -> Vec<&str> {
    let (mut parts, mut from) = (Vec::new(), 0);
    for (at, letter) in text.char_indices() {
        let end = at + letter.len_utf8();
        let ends = match letter {
            '\n' | ';' => Some(at),
            '.' => ends_sentence(text, at).then_some(end),
            _ => None,
        };
        if let Some(until) = ends {
            parts.extend(text.get(from..until));
            from = end;
        }
    }
    parts.extend(text.get(from..));
    parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect()
}

/// Not the stop after an initial or a short title: "B. Officer", "Dr. Late".
fn ends_sentence(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or("");
    let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    let is_short = word.chars().count() <= 2 && word.starts_with(char::is_uppercase);
    let after = text.get(at + 1..).unwrap_or("");
    let is_next = after.trim_start().starts_with(char::is_uppercase) && after.starts_with(char::is_whitespace);
    !is_short && (is_next || after.trim().is_empty())
}
