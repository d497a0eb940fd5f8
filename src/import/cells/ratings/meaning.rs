//! Whether an action with a rating is done, by what the plan's own key says that the rating means.

use super::known::{Known, known};
use crate::import::words::vocabulary::{LevelWords, Vocabulary, words};

/// What turns a word for done into its opposite, where it stands up to two words before it: "not yet complete", "to be completed".
const UNDONE: [&str; 10] = ["not", "never", "no", "yet", "to", "be", "will", "until", "nearly", "almost"];

/// Of the single words for what is not done, those that say so in any sentence: not "new" or "current".
const OPEN: [&str; 12] = [
    "ongoing",
    "paused",
    "pending",
    "incomplete",
    "outstanding",
    "overdue",
    "delayed",
    "slipped",
    "progressing",
    "underway",
    "deferred",
    "suspended",
];

/// What the words of a key say of an action with a rating.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    Done,
    Open,
    /// Both, or one of them: "Complete or on track".
    Either,
    Nothing,
}

/// What a rating means where the key explains it. A word says by itself whether it is for something done; of a colour, the key does.
/// One that is otherwise for what is open needs the very words for something done: "Grey: complete", not "Amber: some of it is
/// complete". Where the key says both or neither, a colour means what it always does.
pub fn explained(rating: Known, meaning: &str, vocabulary: &Vocabulary) -> Known {
    let is_colour = rating.meaning.is_empty();
    let is_whole = || known(meaning, vocabulary).is_some_and(|known| known.settled);
    let settled = match said(meaning, vocabulary) {
        Said::Open if is_colour => false,
        Said::Done if is_colour => rating.settled || is_whole(),
        Said::Open | Said::Done | Said::Either | Said::Nothing => rating.settled,
    };
    Known { settled, meaning: meaning.to_owned(), ..rating }
}

fn said(meaning: &str, vocabulary: &Vocabulary) -> Said {
    let spelled = words(meaning);
    let (mut at, mut found) = (0, Vec::new());
    while at < spelled.len() {
        let (is_done, count) = phrase(&spelled, at, vocabulary);
        found.extend(is_done);
        at += count;
    }
    match (found.contains(&true), found.contains(&false)) {
        (true, true) => Said::Either,
        (true, false) => Said::Done,
        (false, true) => Said::Open,
        (false, false) => Said::Nothing,
    }
}

/// Whether the longest phrase for a status that begins there says that something is done, and its length.
fn phrase(spelled: &[String], at: usize, vocabulary: &Vocabulary) -> (Option<bool>, usize) {
    for count in (1..=5).rev() {
        let Some(part) = spelled.get(at..at + count).map(|part| part.join(" ")) else { continue };
        let says =
            |level: &&LevelWords| level.words.contains(&part) && (level.settled || count > 1 || OPEN.contains(&&*part));
        if let Some(level) = vocabulary.levels.iter().find(says) {
            let before = spelled.get(at.saturating_sub(2)..at).unwrap_or_default();
            let is_undone = before.iter().any(|word| UNDONE.contains(&word.as_str()));
            return (Some(level.settled && !is_undone), count);
        }
    }
    (None, 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_says_of_a_rating_whether_it_is_done() {
        let vocabulary = Vocabulary::built_in().unwrap();
        for (meaning, wanted) in [
            ("Complete", Said::Done),
            ("Objective completed", Said::Done),
            ("Complete; impact under review", Said::Either),
            ("New process completed as planned", Said::Done),
            ("Action has been completed and evidenced", Said::Done),
            ("On target, not complete", Said::Open),
            ("On track, not yet complete", Said::Open),
            ("On track to be completed by the target date", Said::Open),
            ("Will be completed in time", Said::Open),
            ("Action to be achieved within timescale", Said::Open),
            ("Not yet done", Said::Open),
            ("Paused", Said::Open),
            ("Completed or on track", Said::Either),
            ("No concerns", Said::Nothing),
        ] {
            assert_eq!(said(meaning, &vocabulary), wanted, "{meaning}");
        }
    }

    #[test]
    fn a_colour_is_settled_as_its_key_says() {
        let vocabulary = Vocabulary::built_in().unwrap();
        let settled =
            |colour: &str, meaning: &str| explained(known(colour, &vocabulary).unwrap(), meaning, &vocabulary).settled;
        assert!(!settled("Green", "On track") && !settled("Purple", "Paused"));
        assert!(settled("Grey", "Complete") && settled("Blue", "Objective completed"));
        assert!(!settled("Amber", "Some of it is complete") && !settled("Red", "Not completed"));
        assert!(settled("Green", "No concerns") && settled("Green", "Objective completed / on target"));
        assert!(!settled("Red", "Serious concerns") && settled("Complete", "On the board's website"));
    }
}
