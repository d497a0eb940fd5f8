//! What the words, letters and signs of a rating mean.

use crate::domain::rating::Hue;
use crate::import::words::clean;
use crate::import::words::vocabulary::{Vocabulary, words};
use crate::text::capital;

/// The most words a rating has; more are prose.
pub const LONGEST: usize = 4;

const COLOURS: [(&str, &str, Hue, bool); 16] = [
    ("red", "Red", Hue::Red, false),
    ("amber", "Amber", Hue::Amber, false),
    ("yellow", "Yellow", Hue::Amber, false),
    ("orange", "Orange", Hue::Amber, false),
    ("green", "Green", Hue::Green, true),
    ("blue", "Blue", Hue::Blue, true),
    ("purple", "Purple", Hue::Blue, true),
    ("grey", "Grey", Hue::Grey, false),
    ("gray", "Grey", Hue::Grey, false),
    ("white", "White", Hue::Grey, false),
    ("black", "Black", Hue::Red, false),
    ("coch", "Coch", Hue::Red, false),
    ("oren", "Oren", Hue::Amber, false),
    ("melyn", "Melyn", Hue::Amber, false),
    ("gwyrdd", "Gwyrdd", Hue::Green, true),
    ("glas", "Glas", Hue::Blue, true),
];

/// Symbols drawn in a colour, and the word for it.
const SIGNS: [(char, &str); 14] = [
    ('🔴', "red"),
    ('🟥', "red"),
    ('🟠', "amber"),
    ('🟧', "amber"),
    ('🟡', "amber"),
    ('🟨', "amber"),
    ('🟢', "green"),
    ('🟩', "green"),
    ('🔵', "blue"),
    ('🟦', "blue"),
    ('🟣', "purple"),
    ('✅', "complete"),
    ('✔', "complete"),
    ('✓', "complete"),
];

/// What may follow a symbol to say that it is drawn in colour.
const VARIANT: char = '\u{fe0f}';

/// What a rating says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    pub name: String,
    pub hue: Hue,
    pub settled: bool,
    /// What it is read as, if it is not a colour.
    pub meaning: String,
    /// How far an action with this rating has come: its position among the kinds of words.
    pub rank: usize,
}

/// What the words of a rating mean: a colour in them, or words that many plans use.
pub fn known(text: &str, vocabulary: &Vocabulary) -> Option<Known> {
    // "🔴 Not started": the words say more than the symbol before them.
    let bare = text.trim_matches(|c: char| SIGNS.iter().any(|(sign, _)| *sign == c) || c == VARIANT || c == ' ');
    if bare.len() < text.trim().len() && !bare.is_empty() {
        return known(bare, vocabulary);
    }
    let text = clean::line(&spelled_out(text));
    let text = without_order(&text);
    let spelled = words(text);
    if spelled.is_empty() || spelled.len() > 12 {
        return None;
    }
    if let Some(colour) = colour(&spelled) {
        return Some(colour);
    }
    if spelled.len() > LONGEST + 1 {
        return None;
    }
    let whole = spelled.join(" ");
    let level = vocabulary.levels.iter().find(|level| level.words.contains(&whole))?;
    let (hue, settled, meaning) = (hue(&level.hue), level.settled, level.meaning.clone());
    Some(Known { name: sentence_case(text), hue, settled, meaning, rank: rank(hue, settled) })
}

/// "3 - Complete" → "Complete": drop-down choices are often numbered so that they sort.
fn without_order(text: &str) -> &str {
    let rest = text.strip_prefix(|c: char| c.is_ascii_digit()).unwrap_or(text).trim_start();
    let word = rest.strip_prefix(['-', '–', '.', ')', ':']).map(str::trim_start);
    word.filter(|word| word.starts_with(char::is_alphabetic)).unwrap_or(text)
}

/// A rating in front of prose: "Completed – sent to all", "Complete 12/03/24", "G: on course". The rating and the rest.
pub fn leading(cell: &str, vocabulary: &Vocabulary) -> Option<(String, String)> {
    let text = spelled_out(cell);
    let text = text.trim();
    let cut = |count: usize| {
        let (at, word) = spans(text).nth(count - 1)?;
        let end = at + word.trim_end_matches([':', ',', '.', ';', '–', '-']).len();
        let (head, rest) = (text.get(..end)?, text.get(end..)?);
        let parting = rest.starts_with([':', ',', '.', ';', '\n', '(', '–', '-']);
        let rest_words = rest.trim_start();
        let begins =
            rest_words.starts_with(['(', '[', '–', '—', '-']) || rest_words.starts_with(|c: char| c.is_ascii_digit());
        let is_line = rest.trim_start_matches([' ', '\t']).starts_with('\n');
        let is_parted = parting || begins || is_line || is_date(rest_words);
        let is_single = head.chars().count() == 1;
        let is_cut =
            !rest_words.is_empty() && is_parted && (!is_single || rest_words.starts_with(['(', '–', '—', '-', ':']));
        (is_cut && known(head, vocabulary).is_some() && !is_overtaken(head, rest)).then(|| {
            (
                head.trim().to_owned(),
                rest.trim_start_matches([':', ',', '.', ';', '–', '—', '-', ' ', '\n']).trim().to_owned(),
            )
        })
    };
    (1..=LONGEST).rev().find_map(cut)
}

/// Whether a text begins with the name of a month.
fn is_date(text: &str) -> bool {
    crate::domain::date_text::find(text, None).first().is_some_and(|found| found.start == 0)
}

fn spans(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split_whitespace().map(|word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
}

/// With the words for symbols that are drawn in a colour.
fn spelled_out(text: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    let sign = |c: char| SIGNS.iter().find(|(sign, _)| *sign == c).map(|(_, word)| format!(" {word} "));
    text.chars().map(|c| sign(c).unwrap_or_else(|| c.to_string())).collect::<String>().replace('\u{fe0f}', "")
}

/// Words that turn what a colour says into something else: "not yet green", "was red", "green if it is funded".
const TURNING: [&str; 9] = ["not", "was", "if", "unless", "until", "previously", "formerly", "nearly", "almost"];

/// Words after which another colour is where the action comes from or goes to.
const ON_THE_WAY: [&str; 6] = ["to", "from", "previously", "was", "formerly", "towards"];

/// Whether what follows a rating names another colour as the one that counts: "Green last quarter, now Amber".
fn is_overtaken(head: &str, rest: &str) -> bool {
    let (own, rest) = (words(head), words(rest));
    let is_colour = |word: &String| COLOURS.iter().any(|(colour, ..)| word == colour);
    if !own.iter().any(is_colour) {
        return false;
    }
    let before = std::iter::once(None).chain(rest.iter().map(Some));
    let others = rest.iter().zip(before).filter(|(word, _)| is_colour(word) && !own.contains(word));
    others.into_iter().any(|(_, before)| before.is_none_or(|before| !ON_THE_WAY.contains(&before.as_str())))
}

/// The one colour that the words name, by its word or, on its own, by its letter.
fn colour(spelled: &[String]) -> Option<Known> {
    let only = spelled.first().filter(|_| spelled.len() == 1);
    let is_said = |(colour, name, _, _): &&(&str, &str, Hue, bool)| {
        let initial = name.get(..1).unwrap_or("").to_lowercase();
        let is_letter = matches!(*name, "Red" | "Amber" | "Green" | "Blue") && only == Some(&initial);
        is_letter || spelled.iter().any(|word| word == colour)
    };
    let colours: Vec<_> = COLOURS.iter().filter(is_said).collect();
    let (_, name, hue, settled) = colours.first()?;
    if spelled.iter().any(|word| TURNING.contains(&word.as_str())) {
        return None;
    }
    let rank = rank(*hue, *settled);
    let known = Known { name: (*name).to_owned(), hue: *hue, settled: *settled, meaning: String::new(), rank };
    colours.iter().all(|other| other.1 == *name).then_some(known)
}

/// Whether the words name a colour of a rating.
pub fn names_colour(text: &str) -> bool {
    colour(&words(text)).is_some()
}

/// Late, open, under way, on course, done, closed, dropped.
fn rank(hue: Hue, settled: bool) -> usize {
    match (hue, settled) {
        (Hue::Red, _) => 0,
        (Hue::Grey, false) => 1,
        (Hue::Amber, _) => 2,
        (Hue::Green, false) => 3,
        (Hue::Green, true) => 4,
        (Hue::Blue, _) => 5,
        (Hue::Grey, true) => 6,
    }
}

fn sentence_case(text: &str) -> String {
    let text = text.trim_matches(['.', ',', ';', ':', ' ']);
    let is_shouted = text.len() > 3 && text.chars().all(|c| !c.is_lowercase());
    if is_shouted { capital(&text.to_lowercase()) } else { capital(text) }
}

fn hue(name: &str) -> Hue {
    match name {
        "red" => Hue::Red,
        "amber" => Hue::Amber,
        "green" => Hue::Green,
        "blue" => Hue::Blue,
        _ => Hue::Grey,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rating_in_front_of_prose_is_cut_off() {
        let vocabulary = Vocabulary::built_in().unwrap();
        let cut = |cell: &str| leading(cell, &vocabulary);
        let parts = |head: &str, rest: &str| Some((head.to_owned(), rest.to_owned()));
        assert_eq!(cut("Completed – sent to all agencies"), parts("Completed", "sent to all agencies"));
        assert_eq!(cut("In progress: drafted"), parts("In progress", "drafted"));
        assert_eq!(cut("Complete\nThe policy is out"), parts("Complete", "The policy is out"));
        assert_eq!(cut("Complete 12/03/2024"), parts("Complete", "12/03/2024"));
        assert_eq!(cut("Completed May 2023"), parts("Completed", "May 2023"));
        assert_eq!(cut("G - on course"), parts("G", "on course"));
        assert_eq!(cut("Complete and is now happening"), None);
        assert_eq!(cut("A protocol: drafted"), None);
        assert_eq!(cut("Ongoing"), None);
        assert_eq!(cut("Amber (previously Green)"), parts("Amber", "(previously Green)"));
        assert_eq!(cut("Amber - moving to Green"), parts("Amber", "moving to Green"));
        for turned in ["Was green, now red", "Green last quarter, now Amber", "Blue (Q1) Amber (Q2)"] {
            assert_eq!(cut(turned), None, "{turned}");
        }
    }

    #[test]
    fn signs_that_are_drawn_in_a_colour_are_that_colour() {
        let vocabulary = Vocabulary::built_in().unwrap();
        let name = |cell: &str| known(cell, &vocabulary).map(|known| known.name);
        assert_eq!(name("🟠").as_deref(), Some("Amber"));
        assert_eq!(name("🟢 Green").as_deref(), Some("Green"));
        assert_eq!(name("✔").as_deref(), Some("Complete"));
        assert_eq!(name("Green/Amber"), None);
        for turned in ["Not yet green", "not Red", "Green if funding agreed", "Was green, now red"] {
            assert_eq!(name(turned), None, "{turned}");
        }
    }
}
