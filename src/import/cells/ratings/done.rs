//! Prose that says an action is done: it suggests a rating but does not give one.

use crate::domain::date_text;
use crate::import::words::clean;
use crate::import::words::vocabulary::{position, words};

/// These speak of the whole action, not a part of it.
const SUBJECTS: [&str; 9] =
    ["the work", "this work", "this action", "the action", "action", "training", "process", "policy", "this"];

const DONE: [&str; 11] = [
    "has been completed",
    "have been completed",
    "is complete",
    "is now complete",
    "is completed",
    "has been developed and implemented",
    "has been implemented",
    "has been fully implemented",
    "has been closed",
    "marked as complete",
    "marked complete",
];

/// These say so where a date comes next: "Achieved Aug 2026".
const OTHERS: [&str; 6] = ["achieved", "actioned", "closed", "delivered", "finished", "implemented"];

const DOUBTS: [&str; 9] = ["not", "yet", "partially", "partly", "once", "when", "until", "will", "if"];

/// Whether prose says that the whole action is done, as a suggestion only.
pub fn says_done(text: &str) -> Option<String> {
    let lines = clean::lines(text);
    let sentences = lines.split(['\n', '.', ';']).flat_map(|part| part.split("  ")).map(str::trim);
    sentences.filter(|sentence| is_done(sentence)).map(str::to_owned).next()
}

fn is_done(sentence: &str) -> bool {
    let said = words(sentence);
    let says = |phrase: &str| position(&said, phrase).is_some();
    let begins = SUBJECTS.iter().any(|subject| position(&said, subject).is_some_and(|at| at.0 == 0));
    let is_complete = said.first().is_some_and(|first| first == "complete") && !says("to");
    let is_doubtful = DOUBTS.iter().any(|word| says(word));
    is_completed(sentence) || !is_doubtful && (is_complete || begins && DONE.iter().any(|phrase| says(phrase)))
}

/// "Completed", "Completed March 2022 …", "Completed and shared": not "Completed a review of …".
fn is_completed(sentence: &str) -> bool {
    let mut said = sentence.split_whitespace();
    let first = said.next().map(|first| first.trim_end_matches([',', ':']).to_lowercase()).unwrap_or_default();
    let next: Vec<&str> = said.take(3).collect();
    let is_at_start = |text: &str| date_text::find(text, None).first().is_some_and(|found| found.start == 0);
    let is_date =
        (1..=next.len()).any(|count| is_at_start(&next.iter().take(count).copied().collect::<Vec<_>>().join(" ")));
    let goes_on = || next.first().is_none_or(|next| ["and", "in", "on", "by", "-", "–"].contains(next));
    first == "completed" && (is_date || goes_on()) || is_date && OTHERS.contains(&first.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_suggests_done_only_where_it_says_so_of_the_whole() {
        for text in [
            "Complete and is now happening",
            "More text. Completed August 23",
            "Achieved Aug 2026",
            "This action has been marked as complete.",
        ] {
            assert!(says_done(text).is_some(), "{text}");
        }
        for text in [
            "3 cohorts have now completed the training",
            "Needs analysis was completed June 2021",
            "To be completed",
            "Not complete",
            "Delivered by the training team",
        ] {
            assert!(says_done(text).is_none(), "{text}");
        }
    }
}
