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

/// In alphabetical order, so that a word is compared only with the phrases of its letter.
pub(super) const PHRASES: [(Tells, &str); 65] = [
    (Done, "achieved"),
    (Done, "approved"),
    (Begun, "are recruiting"),
    (Later, "are to be"),
    (Elsewhere, "as above"),
    (Elsewhere, "as outlined above"),
    (Elsewhere, "as per above"),
    (Elsewhere, "as per action"),
    (Elsewhere, "as per rec"),
    (Elsewhere, "as per recommendation"),
    (Later, "awaiting"),
    (Done, "completed"),
    (Done, "concluded"),
    (Begun, "convened"),
    (NotAll, "could not"),
    (Done, "delivered"),
    (Later, "due to be"),
    (Begun, "has begun"),
    (NotAll, "has not"),
    (Begun, "have begun"),
    (NotAll, "have not"),
    (Done, "implemented"),
    (Later, "in progress"),
    (Instead, "instead"),
    (Later, "intend to"),
    (Later, "intends to"),
    (Later, "is to be"),
    (Done, "launched"),
    (Instead, "met through"),
    (NotAll, "more work"),
    (Later, "need to be"),
    (Later, "needs to be"),
    (Later, "next steps"),
    (NotAll, "no longer"),
    (NotAll, "not appropriate"),
    (NotAll, "not complete"),
    (NotAll, "not completed"),
    (NotAll, "not concluded"),
    (NotAll, "not yet"),
    (Later, "ongoing"),
    (NotAll, "outstanding"),
    (NotAll, "partially"),
    (Later, "planned for"),
    (Later, "planning to"),
    (Later, "plans to"),
    (Done, "published"),
    (Elsewhere, "refer to action"),
    (Elsewhere, "refer to recommendation"),
    (Later, "remains to be"),
    (Instead, "replaced by"),
    (Later, "scheduled"),
    (Elsewhere, "see above"),
    (Elsewhere, "see action"),
    (Elsewhere, "see rec"),
    (Elsewhere, "see recommendation"),
    (Done, "signed off"),
    (Later, "still to be"),
    (Instead, "superseded"),
    (Later, "to be agreed"),
    (Later, "to be confirmed"),
    (NotAll, "unable to"),
    (Later, "under way"),
    (Later, "underway"),
    (Later, "will"),
    (Later, "yet to be"),
];

/// Where the phrases of each letter begin, and at the end their number.
const LETTERS: [usize; 27] = letters();

const fn letters() -> [usize; 27] {
    let mut starts = [0; 27];
    let mut phrase = 0;
    let mut letter = 0;
    while letter < starts.len() {
        while phrase < PHRASES.len() && ((PHRASES[phrase].1.as_bytes()[0] - b'a') as usize) < letter {
            phrase += 1;
        }
        starts[letter] = phrase;
        letter += 1;
    }
    starts
}

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
            let Some((tells, phrase)) = of_letter(rest).iter().find(|(_, phrase)| begins(rest, phrase)) else {
                continue;
            };
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
    let mut was_letter = false;
    text.bytes().enumerate().filter_map(move |(at, byte)| {
        let is_letter = byte.is_ascii_alphanumeric();
        let is_start = is_letter && !was_letter;
        was_letter = is_letter;
        is_start.then_some(at)
    })
}

fn of_letter(word: &str) -> &'static [(Tells, &'static str)] {
    let letter = word.bytes().next().filter(u8::is_ascii_lowercase).map(|byte| usize::from(byte - b'a'));
    let range = letter.and_then(|letter| Some(*LETTERS.get(letter)?..*LETTERS.get(letter + 1)?));
    range.and_then(|range| PHRASES.get(range)).unwrap_or(&[])
}

fn begins(rest: &str, phrase: &str) -> bool {
    let after = rest.strip_prefix(phrase);
    after.is_some_and(|after| !after.starts_with(|c: char| c.is_alphanumeric()))
}
