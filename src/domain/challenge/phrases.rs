//! Words of progress that make a chair ask, and quoting them.

use crate::text::{harmless, truncate, width};

/// So much of a text is quoted, in columns.
const QUOTED: usize = 64;

/// Something is still to come.
pub(super) const LATER: [&str; 23] = [
    "will",
    "to be agreed",
    "to be confirmed",
    "is to be",
    "are to be",
    "yet to be",
    "still to be",
    "due to be",
    "needs to be",
    "need to be",
    "remains to be",
    "plans to",
    "planned for",
    "planning to",
    "intend to",
    "intends to",
    "awaiting",
    "under way",
    "underway",
    "in progress",
    "ongoing",
    "scheduled",
    "next steps",
];

/// Something has begun.
pub(super) const BEGUN: [&str; 4] = ["convened", "are recruiting", "has begun", "have begun"];

/// Part of it was not done.
pub(super) const NOT_ALL: [&str; 13] = [
    "not appropriate",
    "not yet",
    "not concluded",
    "not completed",
    "not complete",
    "has not",
    "have not",
    "could not",
    "unable to",
    "no longer",
    "outstanding",
    "more work",
    "partially",
];

/// It was done differently.
pub(super) const INSTEAD: [&str; 4] = ["met through", "instead", "superseded", "replaced by"];

/// The words stand somewhere else.
pub(super) const ELSEWHERE: [&str; 12] = [
    "as per recommendation",
    "as per rec",
    "as per action",
    "as above",
    "as outlined above",
    "as per above",
    "see recommendation",
    "see rec",
    "see action",
    "see above",
    "refer to recommendation",
    "refer to action",
];

/// Something was done; said after words of the future, it overtakes them.
pub(super) const DONE: [&str; 9] = [
    "completed",
    "published",
    "implemented",
    "delivered",
    "approved",
    "signed off",
    "concluded",
    "achieved",
    "launched",
];

/// A stretch of a text, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub at: usize,
    pub len: usize,
}

/// The last of the phrases in a text, as whole words in any case.
pub(super) fn last_of(text: &str, phrases: &[&str]) -> Option<Found> {
    let lower = text.to_ascii_lowercase();
    let found = word_starts(&lower).filter_map(|at| {
        let rest = lower.get(at..)?;
        let phrase = phrases.iter().find(|phrase| begins(rest, phrase))?;
        let is_denied = lower.get(..at).is_some_and(|before| before.trim_end().ends_with(" not"));
        (!is_denied).then_some(Found { at, len: phrase.len() })
    });
    found.last()
}

/// The sentence in which something was found, in quotes and cut around it where it is long.
pub(super) fn excerpt(text: &str, found: &Found) -> String {
    let (before, after) = text.split_at_checked(found.at).unwrap_or((text, ""));
    let start = before.rfind(['\n', ';']).max(before.rfind(". ")).map_or(0, |end| end + 1);
    let tail = after.get(found.len..).unwrap_or("");
    let stop = [tail.find(". "), tail.find('\n')].into_iter().flatten().min();
    let end = stop.map_or(text.len(), |stop| found.at + found.len + stop);
    let sentence = one_line(text.get(start..end).unwrap_or(text));
    let lead_in = width(&one_line(text.get(start..found.at + found.len).unwrap_or("")));
    if lead_in <= QUOTED {
        return format!("“{}”", truncate(&sentence, QUOTED));
    }
    // The words found stand late in a long sentence: begin a little before them.
    let skip = before.char_indices().rev().filter(|(_, c)| c.is_whitespace()).nth(4).map_or(start, |(at, _)| at);
    let sentence = one_line(text.get(skip..end).unwrap_or(text));
    format!("“…{}”", truncate(&sentence, QUOTED))
}

fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().filter(|word| !matches!(*word, "•" | "·")).collect();
    harmless(&words.join(" ")).trim_end_matches('.').to_owned()
}

/// Where the words of a text begin.
pub(super) fn word_starts(text: &str) -> impl Iterator<Item = usize> + '_ {
    let bytes = text.as_bytes();
    let is_letter = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
    (0..bytes.len()).filter(move |at| is_letter(*at) && (*at == 0 || !is_letter(*at - 1)))
}

fn begins(rest: &str, phrase: &str) -> bool {
    let after = rest.strip_prefix(phrase);
    after.is_some_and(|after| !after.starts_with(|c: char| c.is_alphanumeric()))
}
