//! Words of progress that make a chair ask, and quoting them.

use Tells::{Begun, Done, Elsewhere, Instead, Later, NotAll};

use crate::text::{harmless, truncate, width};

/// So much of a text is quoted, in columns.
const QUOTED: usize = 64;

/// What a phrase tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tells {
    /// Something is still to come.
    Later,
    /// Something has begun.
    Begun,
    /// Part of it was not done.
    NotAll,
    /// It was done differently.
    Instead,
    /// The words stand somewhere else.
    Elsewhere,
    /// Something was done; said after words of the future, it overtakes them.
    Done,
}

/// How many things phrases tell of.
const KINDS: usize = 6;

/// Where one phrase begins like another, the longer stands first.
const PHRASES: [(Tells, &str); 65] = [
    (Later, "will"),
    (Later, "to be agreed"),
    (Later, "to be confirmed"),
    (Later, "is to be"),
    (Later, "are to be"),
    (Later, "yet to be"),
    (Later, "still to be"),
    (Later, "due to be"),
    (Later, "needs to be"),
    (Later, "need to be"),
    (Later, "remains to be"),
    (Later, "plans to"),
    (Later, "planned for"),
    (Later, "planning to"),
    (Later, "intend to"),
    (Later, "intends to"),
    (Later, "awaiting"),
    (Later, "under way"),
    (Later, "underway"),
    (Later, "in progress"),
    (Later, "ongoing"),
    (Later, "scheduled"),
    (Later, "next steps"),
    (Begun, "convened"),
    (Begun, "are recruiting"),
    (Begun, "has begun"),
    (Begun, "have begun"),
    (NotAll, "not appropriate"),
    (NotAll, "not yet"),
    (NotAll, "not concluded"),
    (NotAll, "not completed"),
    (NotAll, "not complete"),
    (NotAll, "has not"),
    (NotAll, "have not"),
    (NotAll, "could not"),
    (NotAll, "unable to"),
    (NotAll, "no longer"),
    (NotAll, "outstanding"),
    (NotAll, "more work"),
    (NotAll, "partially"),
    (Instead, "met through"),
    (Instead, "instead"),
    (Instead, "superseded"),
    (Instead, "replaced by"),
    (Elsewhere, "as per recommendation"),
    (Elsewhere, "as per rec"),
    (Elsewhere, "as per action"),
    (Elsewhere, "as above"),
    (Elsewhere, "as outlined above"),
    (Elsewhere, "as per above"),
    (Elsewhere, "see recommendation"),
    (Elsewhere, "see rec"),
    (Elsewhere, "see action"),
    (Elsewhere, "see above"),
    (Elsewhere, "refer to recommendation"),
    (Elsewhere, "refer to action"),
    (Done, "completed"),
    (Done, "published"),
    (Done, "implemented"),
    (Done, "delivered"),
    (Done, "approved"),
    (Done, "signed off"),
    (Done, "concluded"),
    (Done, "achieved"),
    (Done, "launched"),
];

/// A stretch of a text, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub at: usize,
    pub len: usize,
}

/// The last phrase of each kind in a text.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Last([Option<Found>; KINDS]);

impl Last {
    /// Looks through a text in lower case, once for all kinds. What "not" stands before does not count.
    pub(super) fn in_text(lower: &str) -> Last {
        let mut last = Last::default();
        for at in word_starts(lower) {
            let (before, rest) = lower.split_at_checked(at).unwrap_or((lower, ""));
            let Some((tells, phrase)) = PHRASES.iter().find(|(_, phrase)| begins(rest, phrase)) else { continue };
            if before.trim_end().ends_with(" not") {
                continue;
            }
            if let Some(place) = last.0.get_mut(*tells as usize) {
                *place = Some(Found { at, len: phrase.len() });
            }
        }
        last
    }

    pub(super) fn of(&self, tells: Tells) -> Option<Found> {
        self.0.get(tells as usize).copied().flatten()
    }
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
    // Nearly all words fail by their first letter.
    if rest.as_bytes().first() != phrase.as_bytes().first() {
        return false;
    }
    let after = rest.strip_prefix(phrase);
    after.is_some_and(|after| !after.starts_with(|c: char| c.is_alphanumeric()))
}
