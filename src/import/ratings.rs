//! Ratings: from words, letters and colours to the levels of a scheme, with the plan's own wording of each.

use super::clean;
use super::vocabulary::{Vocabulary, position, words};
use crate::domain::date_text;
use crate::domain::flag::Flag;
use crate::domain::rating::{Hue, Level, Scheme};

/// As many words as a rating has; more are prose.
const LONGEST: usize = 4;

/// With these the whole action is spoken of, not a part of it.
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

const DOUBTS: [&str; 9] = ["not", "yet", "partially", "partly", "once", "when", "until", "will", "if"];

const COLOURS: [(&str, &str, Hue, bool); 11] = [
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
];

/// The scheme of a plan as it grows while its ratings are read.
#[derive(Clone, Debug, Default)]
pub struct Ratings {
    levels: Vec<Level>,
    /// Whether the levels say more than Red, Amber, Green, Blue would.
    is_own: bool,
    pub flags: Vec<Flag>,
}

impl Ratings {
    /// Begins with the levels of the plan's own key.
    pub fn new(key: &[(String, String)], vocabulary: &Vocabulary) -> Ratings {
        let mut ratings = Ratings::default();
        for (word, meaning) in key {
            let Some((name, hue, settled)) = known(word, vocabulary) else { continue };
            if !ratings.levels.iter().any(|level| level.word.eq_ignore_ascii_case(&name)) {
                ratings.add(&name, meaning, hue, settled);
            }
        }
        ratings.is_own = ratings.levels.len() > 1;
        if !ratings.is_own {
            ratings.levels.clear();
        }
        ratings
    }

    /// The level that a cell names; `None` where it is blank or prose.
    pub fn rate(&mut self, cell: &str, shade: Option<&str>, vocabulary: &Vocabulary) -> Option<String> {
        let text = clean::line(cell);
        if let Some(word) = self.word(&text) {
            return Some(word);
        }
        if let Some((name, hue, settled)) = known(&text, vocabulary) {
            return Some(self.level(&name, hue, settled));
        }
        let count = words(&text).len();
        if count == 0 {
            let (name, hue, settled) = known(shade?, vocabulary)?;
            return Some(self.level(&name, hue, settled));
        }
        let is_blank = matches!(text.as_str(), "-" | "–" | "?" | "TBC" | "tbc");
        if is_blank || count > LONGEST {
            return None;
        }
        self.flags.push(Flag {
            field: "rating".into(),
            why: format!("“{text}” is no rating that is known here; it is taken as one that is not settled"),
            raw: text.clone(),
            suggestion: None,
        });
        Some(self.level(&text, Hue::Grey, false))
    }

    /// The scheme, where the plan has one of its own.
    pub fn scheme(&self) -> Option<Scheme> {
        self.is_own.then(|| Scheme { levels: self.levels.clone() })
    }

    /// The word of the first settled level.
    pub fn settled(&self) -> String {
        let own = self.levels.iter().find(|level| level.settled).filter(|_| self.is_own);
        own.map_or_else(|| "Green".to_owned(), |level| level.word.clone())
    }

    fn word(&self, text: &str) -> Option<String> {
        let scheme = Scheme { levels: self.levels.clone() };
        scheme.level(text).filter(|_| self.is_own && !text.is_empty()).map(|level| level.word.clone())
    }

    fn level(&mut self, name: &str, hue: Hue, settled: bool) -> String {
        if let Some(level) = self.levels.iter().find(|level| level.word.eq_ignore_ascii_case(name)) {
            return level.word.clone();
        }
        if !self.is_own
            && let Some(level) = Scheme::brag().level(name)
        {
            return level.word.clone();
        }
        if !self.is_own {
            self.is_own = true;
        }
        self.add(name, "", hue, settled);
        name.to_owned()
    }

    fn add(&mut self, word: &str, meaning: &str, hue: Hue, settled: bool) {
        let is_free = |letter: &char| !self.levels.iter().any(|level| level.letter == *letter);
        let own = word.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).find(is_free);
        let letter = own.or_else(|| ('1'..='9').find(is_free)).unwrap_or('?');
        self.levels.push(Level { letter, word: word.to_owned(), meaning: meaning.to_owned(), hue, settled });
    }
}

/// Whether a cell says nothing but a rating that is known.
pub fn is_rating(cell: &str, vocabulary: &Vocabulary) -> bool {
    known(cell, vocabulary).is_some() && words(cell).len() <= LONGEST + 1
}

/// What a rating's words mean: a colour in them, or words that many plans use.
fn known(text: &str, vocabulary: &Vocabulary) -> Option<(String, Hue, bool)> {
    let text = clean::line(text);
    let spelled = words(&text);
    if spelled.is_empty() || spelled.len() > 12 {
        return None;
    }
    let letter = |word: &str, letter: &str| word == letter && spelled.len() == 1;
    let is_said = |(colour, name, _, _): &&(&str, &str, Hue, bool)| {
        let initial = name.get(..1).unwrap_or("").to_lowercase();
        let is_letter = matches!(*name, "Red" | "Amber" | "Green" | "Blue")
            && letter(spelled.first().map_or("", String::as_str), &initial);
        is_letter || (colour.len() > 1 && spelled.iter().any(|word| word == colour))
    };
    let colours: Vec<_> = COLOURS.iter().filter(is_said).collect();
    let names: Vec<&str> = colours.iter().map(|colour| colour.1).collect();
    if let Some((_, name, hue, settled)) = colours.first()
        && names.iter().all(|other| other == name)
    {
        return Some(((*name).to_owned(), *hue, *settled));
    }
    if spelled.len() > LONGEST + 1 {
        return None;
    }
    let whole = spelled.join(" ");
    let level = vocabulary.levels.iter().find(|level| level.words.iter().any(|word| words(word).join(" ") == whole))?;
    Some((sentence_case(&text), hue(&level.hue), level.settled))
}

/// A cell of a date and a rating, cut in two: "Summer 2012 ONGOING" → "Summer 2012", "ONGOING".
pub fn parted(cell: &str, vocabulary: &Vocabulary) -> Option<(String, String)> {
    let text = clean::line(cell);
    let spelled: Vec<&str> = text.split(' ').collect();
    let cut = |at: usize| {
        let (date, rating) = (spelled.get(..at)?.join(" "), spelled.get(at..)?.join(" "));
        known(rating.trim_matches(['-', '–', ':', ',', '(', ')', ' ']), vocabulary).map(|_| (date, rating))
    };
    (spelled.len().saturating_sub(LONGEST)..spelled.len()).find_map(cut).filter(|(date, _)| words(date).len() <= 10)
}

/// Whether a column's cells are ratings and not prose: short, and mostly words that are known, or few and repeated.
pub fn are_ratings(cells: &[String], vocabulary: &Vocabulary) -> bool {
    let filled: Vec<String> = cells.iter().map(|cell| clean::line(cell)).filter(|cell| !cell.is_empty()).collect();
    let is_short = filled.iter().all(|cell| words(cell).len() <= LONGEST + 1);
    let count = filled.iter().filter(|cell| known(cell, vocabulary).is_some()).count();
    let mut distinct: Vec<String> = filled.iter().map(|cell| cell.to_lowercase()).collect();
    distinct.sort_unstable();
    distinct.dedup();
    let is_repeated = filled.len() >= 6 && distinct.len() * 3 <= filled.len();
    !filled.is_empty() && is_short && (count * 10 >= filled.len() * 7 || is_repeated)
}

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
    let is_first =
        said.next().is_some_and(|first| first.trim_end_matches([',', ':']).eq_ignore_ascii_case("completed"));
    let next: Vec<&str> = said.take(3).collect();
    let is_at_start = |text: &str| date_text::find(text, None).first().is_some_and(|found| found.start == 0);
    let is_date =
        (1..=next.len()).any(|count| is_at_start(&next.iter().take(count).copied().collect::<Vec<_>>().join(" ")));
    is_first && (is_date || next.first().is_none_or(|next| ["and", "in", "on", "by", "-", "–"].contains(next)))
}

fn sentence_case(text: &str) -> String {
    let text = text.trim_end_matches(['.', ',', ';', ':']);
    let is_shouted = text.len() > 3 && text.chars().all(|c| !c.is_lowercase());
    let text = if is_shouted { text.to_lowercase() } else { text.to_owned() };
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
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

    fn vocabulary() -> Vocabulary {
        Vocabulary::built_in().unwrap()
    }

    #[test]
    fn a_key_gives_the_scheme_its_wording() {
        let key = [("Red", "Late"), ("Amber (A)", "In hand"), ("Green", "Done")];
        let key: Vec<_> = key.iter().map(|(word, meaning)| ((*word).to_owned(), (*meaning).to_owned())).collect();
        let mut ratings = Ratings::new(&key, &vocabulary());
        assert_eq!(ratings.rate("green ", None, &vocabulary()).as_deref(), Some("Green"));
        let scheme = ratings.scheme().unwrap();
        assert_eq!(scheme.levels[1].meaning, "In hand");
        assert!(scheme.is_settled("Green") && !scheme.is_settled("Amber"));
    }

    #[test]
    fn letters_colours_shades_and_other_words_are_read_and_blanks_are_not_rated() {
        let vocabulary = vocabulary();
        let mut ratings = Ratings::new(&[], &vocabulary);
        let mut rate = |cell: &str, shade| ratings.rate(cell, shade, &vocabulary);
        assert_eq!(rate("R", None).as_deref(), Some("Red"));
        assert_eq!(rate("AMBER - in hand", None).as_deref(), Some("Amber"));
        assert_eq!(rate("", Some("Green")).as_deref(), Some("Green"));
        assert_eq!(rate(" ", None), None);
        assert_eq!(ratings.scheme(), None);
        let mut ratings = Ratings::new(&[], &vocabulary);
        let mut rate = |cell: &str| ratings.rate(cell, None, &vocabulary);
        assert_eq!(rate("ON TRACK ").as_deref(), Some("On track"));
        assert_eq!(rate("Carried forward").as_deref(), Some("Carried forward"));
        assert_eq!(rate("Complete").as_deref(), Some("Complete"));
        let scheme = ratings.scheme().unwrap();
        assert!(scheme.is_settled("Complete") && !scheme.is_settled("On track"));
    }

    #[test]
    fn prose_suggests_done_only_where_it_says_so_of_the_whole() {
        for text in [
            "Complete and is now happening",
            "More text. Completed August 23",
            "This action has been marked as complete.",
        ] {
            assert!(says_done(text).is_some(), "{text}");
        }
        for text in [
            "3 cohorts have now completed the training",
            "Needs analysis was completed June 2021",
            "To be completed",
            "Not complete",
        ] {
            assert!(says_done(text).is_none(), "{text}");
        }
    }
}
