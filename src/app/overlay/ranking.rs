//! Which lines of a list match what was typed, and which of them matches best.

use std::cmp::Reverse;

use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

/// Words that say nothing about what is wanted: "begin a meeting".
const SLIGHT: [&str; 8] = ["a", "an", "the", "of", "to", "for", "my", "i"];

/// The indices of the texts that match what was typed, best first: words that begin with it, then texts that contain
/// it, then those whose words it abbreviates ("sp", "supo"). A match in the label ranks above one beside it; what
/// matches only by chance letters is no match.
pub fn rank<'a>(typed: &str, texts: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<usize> {
    let typed = telling(typed);
    let pattern = Pattern::parse(&typed, CaseMatching::Ignore, Normalization::Smart);
    let mut matcher = Matcher::new(Config::DEFAULT);
    let mut buffer = Vec::new();
    let mut score = |text: &str| pattern.score(Utf32Str::new(text, &mut buffer), &mut matcher).unwrap_or(0);
    let fits = texts.enumerate().filter_map(|(at, (label, also))| {
        let all = [label, also].join(" ");
        // A command's own name, written in full, is no search.
        let is_name = typed.contains('.') && also.split_whitespace().any(|word| word == typed);
        if is_name {
            return Some((at, (Closeness::Exact, 0, 0)));
        }
        let in_label = closeness(&typed, label).map(|close| (close, 1, score(label)));
        // Within a word only of the label: "date" is not what "updates" are looked for by.
        let beside = closeness(&typed, &all).filter(|close| *close == Closeness::WordsBegin);
        let beside = beside.map(|close| (close, 0, score(&all)));
        in_label.max(beside).map(|best| (at, best))
    });
    let mut fits: Vec<_> = fits.collect();
    fits.sort_by_key(|(at, best)| (Reverse(*best), *at));
    fits.into_iter().map(|(at, _)| at).collect()
}

/// What was typed in small letters, without the words that tell nothing, unless there are no others.
fn telling(typed: &str) -> String {
    let typed = typed.trim().to_lowercase();
    let words: Vec<&str> = typed.split_whitespace().filter(|word| !SLIGHT.contains(word)).collect();
    if words.is_empty() { typed } else { words.join(" ") }
}

/// How well a text matches, apart from the score of its letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Closeness {
    /// The letters typed are beginnings of its words, in order.
    Abbreviates,
    Within,
    /// Every typed word begins a word of the text.
    WordsBegin,
    Exact,
}

/// Whether every typed word begins a word of the text, whatever their case.
pub fn words_begin(typed: &str, text: &str) -> bool {
    !typed.trim().is_empty() && closeness(&typed.to_lowercase(), text) == Some(Closeness::WordsBegin)
}

fn closeness(typed: &str, text: &str) -> Option<Closeness> {
    let text = text.to_lowercase();
    let words: Vec<&str> =
        text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    // "arrives" also finds what says "arrive".
    let singular = |wanted: &'_ str| wanted.strip_suffix('s').filter(|stem| stem.len() > 3).unwrap_or(wanted).len();
    let begins = |wanted: &str| {
        let stem = wanted.get(..singular(wanted)).unwrap_or(wanted);
        words.iter().any(|word| word.starts_with(wanted) || *word == stem)
    };
    // "action.progress" is two words here too.
    let mut pieces = typed.split(|letter: char| !letter.is_alphanumeric()).filter(|piece| !piece.is_empty());
    if pieces.all(begins) {
        Some(Closeness::WordsBegin)
    } else if typed.split_whitespace().all(|wanted| text.contains(wanted)) {
        Some(Closeness::Within)
    } else {
        abbreviates(typed, &words).then_some(Closeness::Abbreviates)
    }
}

/// The longest name that has an abbreviation, in words; in a sentence the letters would be chance.
const NAME: usize = 8;

/// "sp" and "supo" of "sussex police", "has" and "hoas" of "head of adult safeguarding".
fn abbreviates(typed: &str, words: &[&str]) -> bool {
    words.len() <= NAME && (0..words.len()).any(|at| words.get(at..).is_some_and(|words| begins(typed, words)))
}

/// Whether letters are beginnings of these words, one after another; slight words may be passed over.
fn begins(typed: &str, words: &[&str]) -> bool {
    let Some((first, rest)) = words.split_first() else { return typed.is_empty() };
    let shared = typed.chars().zip(first.chars()).take_while(|(a, b)| a == b).count();
    let mut left = (1..=shared).filter_map(|letters| typed.get(prefix(typed, letters)..));
    typed.is_empty() || left.any(|left| begins(left, rest)) || (SLIGHT.contains(first) && begins(typed, rest))
}

/// The length in bytes of the first `letters` letters.
fn prefix(text: &str, letters: usize) -> usize {
    text.char_indices().nth(letters).map_or(text.len(), |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_letters_find_the_party_and_its_own_name_comes_before_an_alias() {
        let texts = [("Sussex Police", ""), ("SAB Manager", "police liaison"), ("NPS", "")];
        let found = |typed| rank(typed, texts.into_iter());
        assert_eq!(found("pol"), [0, 1]);
        assert_eq!(found("sp"), [0]);
        assert_eq!(found("supo"), [0]);
        assert_eq!(rank("has", [("Head of Adult Safeguarding", "")].into_iter()), [0]);
        assert_eq!(found("su po"), [0]);
        assert_eq!(found(""), [0, 1, 2]);
    }

    #[test]
    fn letters_that_occur_by_chance_find_nothing() {
        let texts = [("Sussex Police", ""), ("Record what the meeting decided", "decision resolve")];
        let found = |typed| rank(typed, texts.into_iter());
        assert_eq!(found("sxc"), [0usize; 0]);
        assert_eq!(found("xyzzy"), [0usize; 0]);
        assert_eq!(found("record the decision"), [1], "words of the label and beside it count together");
    }
}
