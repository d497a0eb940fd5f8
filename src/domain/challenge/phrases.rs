//! Words in progress entries that make a chair ask.

use Tells::{Begun, Done, Instead, Later, NotAll};

use super::context;

/// What a phrase says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tells {
    /// Something has still to happen.
    Later,
    /// Something has begun.
    Begun,
    /// Part of it was not done.
    NotAll,
    /// It was done differently.
    Instead,
    /// Something was done; after words about the future, it overrides them.
    Done,
}

/// How many things phrases can say.
const KINDS: usize = 5;

/// In alphabetical order, so that a word is compared only with the phrases of its letter.
pub(super) const PHRASES: [(Tells, &str); 74] = [
    (Done, "achieved"),
    (Later, "aim to"),
    (Later, "aims to"),
    (Done, "approved"),
    (NotAll, "are outstanding"),
    (Begun, "are recruiting"),
    (Later, "awaiting"),
    (NotAll, "been unable to"),
    (Later, "being developed"),
    (Later, "being drafted"),
    (Begun, "booked"),
    (Done, "circulated"),
    (Done, "completed"),
    (Done, "concluded"),
    (Begun, "convened"),
    (NotAll, "could not"),
    (Done, "delivered"),
    (Done, "disseminated"),
    (Begun, "drafted"),
    (Later, "due to be"),
    (Done, "finalised"),
    (Later, "going to be"),
    (Begun, "has begun"),
    (NotAll, "has not"),
    (Begun, "have begun"),
    (NotAll, "have not"),
    (Later, "hope to"),
    (Later, "hopes to"),
    (Done, "implemented"),
    (Later, "in development"),
    (Later, "in progress"),
    (Instead, "instead"),
    (Later, "intend to"),
    (Later, "intends to"),
    (NotAll, "is outstanding"),
    (Done, "launched"),
    (Instead, "met through"),
    (NotAll, "more work"),
    (Later, "need to be"),
    (Later, "needs to be"),
    (Later, "next steps"),
    (NotAll, "no longer"),
    (NotAll, "not all"),
    (NotAll, "not appropriate"),
    (NotAll, "not complete"),
    (NotAll, "not completed"),
    (NotAll, "not concluded"),
    (NotAll, "not started"),
    (NotAll, "not yet"),
    (NotAll, "on hold"),
    (Later, "ongoing"),
    (NotAll, "partially"),
    (Later, "planned for"),
    (Later, "planning to"),
    (Later, "plans to"),
    (Done, "published"),
    (Done, "ratified"),
    (NotAll, "remains outstanding"),
    (Later, "remains to be"),
    (Instead, "replaced by"),
    (Done, "rolled out"),
    (Later, "scheduled for"),
    (Later, "scheduled to"),
    (Done, "signed off"),
    (NotAll, "still outstanding"),
    (Later, "still to be"),
    (Instead, "superseded"),
    (Later, "to be"),
    (Later, "under way"),
    (Later, "underway"),
    (NotAll, "was unable to"),
    (NotAll, "were unable to"),
    (Later, "will"),
    (Later, "yet to be"),
];

/// Where the phrases of each letter begin, and at the end their number.
const LETTERS: [usize; 27] = letters();

#[expect(clippy::indexing_slicing, reason = "the compiler evaluates it, and would refuse a wrong index")]
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
    /// Looks through a text in lower case, once for all kinds. A phrase counts where the words around it allow it.
    pub(super) fn in_text(lower: &str) -> Last {
        let mut last = Last::default();
        for at in word_starts(lower) {
            let (before, rest) = lower.split_at_checked(at).unwrap_or((lower, ""));
            let Some((tells, phrase)) = of_letter(rest).iter().find(|(_, phrase)| begins(rest, phrase)) else {
                continue;
            };
            let after = rest.get(phrase.len()..).unwrap_or("");
            if !context::counts(*tells, phrase, before, after) {
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
