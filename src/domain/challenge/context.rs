//! Whether a phrase means what it seems to: "who will" is not a promise, and "will be completed" is not done.

use super::phrases::Tells;

/// Before these, what was to be done is not yet done.
const NOT_DONE: [&str; 9] = ["not", "be", "being", "will", "once", "when", "until", "if", "never"];
/// After these, people or a purpose are described, not what became of the action.
const DESCRIBING: [&str; 5] = ["which", "that", "who", "whom", "not"];
/// The same a word further off, for what was not done: "those who have not", "where consent could not".
const OF_PEOPLE: [&str; 6] = ["who", "whom", "if", "when", "where", "those"];
/// In one clause with "to be done", these say what something is good for, or what was found.
const NO_INTENT: [&str; 19] = [
    "allow",
    "allows",
    "allowing",
    "appear",
    "appears",
    "appeared",
    "believed",
    "considered",
    "continue",
    "continues",
    "enable",
    "enables",
    "enabling",
    "felt",
    "for",
    "found",
    "reported",
    "seem",
    "seems",
];
/// Participles that do not end in "ed".
const PARTICIPLES: [&str; 19] = [
    "begun",
    "brought",
    "built",
    "chosen",
    "done",
    "drawn",
    "found",
    "given",
    "held",
    "kept",
    "made",
    "met",
    "put",
    "sent",
    "set",
    "shown",
    "taken",
    "undertaken",
    "written",
];

/// How many bytes hold the last words before a phrase.
const NEAR: usize = 200;

/// Whether `phrase` counts between the text `before` and `after` it, both in lower case.
pub(super) fn counts(tells: Tells, phrase: &str, before: &str, after: &str) -> bool {
    match (tells, phrase) {
        (Tells::Done, _) => !has_any(before, 3, &NOT_DONE),
        (Tells::Later, "to be") => is_intended(before, after),
        (Tells::Later, "ongoing") => !after.trim_start_matches(' ').starts_with(char::is_alphabetic),
        (Tells::Later | Tells::Begun | Tells::Instead, _) => !has_any(before, 1, &DESCRIBING),
        (Tells::NotAll, _) => !has_any(before, 2, &OF_PEOPLE) && !has_any(before, 1, &["not", "that", "which"]),
    }
}

/// "Posters to be printed", not "allows risks to be shared" nor "found to be useful".
fn is_intended(before: &str, after: &str) -> bool {
    let next = words(after).next().unwrap_or("");
    let is_participle = (next.len() > 4 && next.ends_with("ed")) || PARTICIPLES.contains(&next);
    is_participle && !has_any(before, 7, &NO_INTENT)
}

/// Whether any of the last `count` words of the sentence so far is one of these.
fn has_any(before: &str, count: usize, wanted: &[&str]) -> bool {
    // A sentence may be as long as a document; its last words do not reach further back than this.
    let near = (before.len().saturating_sub(NEAR)..=before.len()).find_map(|at| before.get(at..));
    let before = near.unwrap_or(before);
    let start = before.rfind(['.', ';', '\n']).map_or(0, |end| end + 1);
    let sentence = before.get(start..).unwrap_or(before);
    words(sentence).rev().take(count).any(|word| wanted.contains(&word))
}

fn words(text: &str) -> impl DoubleEndedIterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}
