//! Quoting the words that raise a challenge: the sentence they are in, cut around them where it is long.

use super::phrases::Found;
use crate::text::{harmless, truncate, width};

/// How much of a text is quoted, in columns.
const QUOTED: usize = 64;

/// Where the sentence in which something was found begins and ends.
pub(super) fn sentence(text: &str, found: Found) -> (usize, usize) {
    let before = text.get(..found.at).unwrap_or("");
    let start = before.rfind(['\n', ';']).max(before.rfind(". ")).map_or(0, |end| end + 1);
    let tail = text.get(found.at + found.len..).unwrap_or("");
    let stop = [tail.find(". "), tail.find('\n')].into_iter().flatten().min();
    (start, stop.map_or(text.len(), |stop| found.at + found.len + stop))
}

/// The sentence in which something was found, in quotes.
pub(super) fn excerpt(text: &str, found: Found) -> String {
    let (start, end) = sentence(text, found);
    let whole = one_line(text.get(start..end).unwrap_or(text));
    let lead_in = width(&one_line(text.get(start..found.at + found.len).unwrap_or("")));
    if lead_in <= QUOTED {
        return format!("“{}”", truncate(&whole, QUOTED));
    }
    // The words found are late in a long sentence: begin a little before them.
    let before = text.get(..found.at).unwrap_or("");
    let skip = before.char_indices().rev().filter(|(_, c)| c.is_whitespace()).nth(4).map_or(start, |(at, _)| at);
    let late = one_line(text.get(skip..end).unwrap_or(text));
    format!("“…{}”", truncate(&late, QUOTED))
}

/// Words as they are quoted: on one line, harmless, without bullets and full stop.
pub(super) fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().filter(|word| !matches!(*word, "•" | "·")).collect();
    harmless(&words.join(" ")).trim_end_matches('.').to_owned()
}
