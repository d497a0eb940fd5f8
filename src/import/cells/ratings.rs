//! Ratings: from words, letters and colours to the levels of a scheme, with the plan's own wording of each.

mod done;
mod known;
mod meaning;

pub use done::says_done;
pub use known::{LONGEST, known, leading, names_colour};

use crate::domain::date_text;
use crate::domain::flag::Flag;
use crate::domain::rating::{Hue, Level, Scheme};
use crate::import::words::vocabulary::{Vocabulary, words};
use crate::import::words::{clean, number};
use known::Known;
use meaning::explained;

/// With more different words than this for an action's status, a plan uses them as prose.
const MOST_LEVELS: usize = 20;

/// Ranks of levels in the order in which they choose letters: done, closed, under way, late, on course, open, dropped.
const CHOOSING: [usize; 7] = [4, 5, 2, 0, 3, 1, 6];

/// The scheme of a plan as it grows while its ratings are read.
#[derive(Clone, Debug, Default)]
pub struct Ratings {
    levels: Vec<(usize, Level)>,
    /// Whether the levels are those of the plan's own key, in the same order.
    is_keyed: bool,
    pub flags: Vec<Flag>,
}

impl Ratings {
    /// Begins with the levels of the plan's own key.
    pub fn new(key: &[(String, String)], vocabulary: &Vocabulary) -> Ratings {
        let mut ratings = Ratings::default();
        for (word, meaning) in key {
            let Some(known) = known(word, vocabulary) else { continue };
            ratings.level(&explained(known, meaning, vocabulary));
        }
        ratings.is_keyed = ratings.levels.len() > 1;
        if !ratings.is_keyed {
            ratings.levels.clear();
        }
        ratings
    }

    /// The levels listed one below another in a cell; empty where it names one or none.
    pub fn stacked(&mut self, cell: &str, vocabulary: &Vocabulary) -> Vec<String> {
        // "1.1 Green" above "1.2 Amber" rates two actions.
        let bare = |line: &str| number::of(line).map_or(line, |found| found.text).to_owned();
        let lines: Vec<String> = clean::lines(cell).lines().map(bare).collect();
        if lines.len() < 2 || !lines.iter().all(|line| is_rating(line, vocabulary)) {
            return Vec::new();
        }
        let found: Vec<String> = lines.iter().filter_map(|line| self.rate(line, None, vocabulary)).collect();
        let is_one = found.iter().all(|word| found.first() == Some(word));
        if is_one { Vec::new() } else { found }
    }

    /// The level that a cell names; `None` where it is blank or prose.
    pub fn rate(&mut self, cell: &str, shade: Option<&str>, vocabulary: &Vocabulary) -> Option<String> {
        let text = clean::line(cell);
        if let Some(word) = self.word(&text) {
            return Some(word);
        }
        if is_acceptance(&text, vocabulary) {
            self.doubt(
                &text,
                "says whether a recommendation was accepted, not the status of its action; it is kept as progress",
            );
            return None;
        }
        if text.len() > 1 && text.ends_with('?') {
            return self.unknown(cell, shade, vocabulary);
        }
        if let Some(known) = known(&text, vocabulary) {
            let painted =
                shade.and_then(|shade| self::known(shade, vocabulary)).filter(|painted| painted.hue != known.hue);
            if let Some(painted) = painted.filter(|_| known.meaning.is_empty()) {
                self.doubt(&known.name, &format!("is written on a cell coloured {}; the word counts", painted.name));
            }
            if known.name == "Purple" {
                self.doubt("Purple", "is in no key; it is read as done, as Blue is");
            }
            return Some(self.level(&known));
        }
        if let Some((head, _)) = leading(cell, vocabulary) {
            return self.rate(&head, None, vocabulary);
        }
        self.unknown(cell, shade, vocabulary)
    }

    /// A cell whose words are not a known rating: its colour, or a level of its own that is queried.
    fn unknown(&mut self, raw: &str, shade: Option<&str>, vocabulary: &Vocabulary) -> Option<String> {
        let text = clean::line(raw);
        let text = text.as_str();
        let count = words(text).len();
        if let Some(colour) = shade.and_then(|shade| known(shade, vocabulary)) {
            return Some(self.coloured(text, count, &colour));
        }
        if text.is_empty() && !raw.trim().is_empty() {
            self.doubt(raw.trim(), "may be a rating whose colour this file does not show; its actions are not rated");
        }
        let is_blank = matches!(text, "" | "-" | "–" | "?" | "TBC" | "tbc");
        if is_blank {
            return None;
        }
        if count > LONGEST {
            self.doubt(text, "does not begin with a known rating; its actions are not rated");
            return None;
        }
        if !text.contains(char::is_alphabetic) || self.levels.len() >= MOST_LEVELS {
            self.doubt(text, "is not a known rating; its actions are not rated");
            return None;
        }
        self.doubt(text, "is not a known rating; it is treated as not settled");
        let (name, meaning) = (text.to_owned(), "unknown rating; treated as not settled".to_owned());
        Some(self.level(&Known { name, hue: Hue::Grey, settled: false, meaning, rank: 1 }))
    }

    /// A cell with a colour: its own words, where they can be a rating, with the meaning of the colour.
    fn coloured(&mut self, text: &str, count: usize, colour: &Known) -> String {
        let is_date = date_text::span(text).is_some();
        let is_word = text.contains(char::is_alphabetic) && (1..=LONGEST).contains(&count) && !is_date;
        if !is_word || self.levels.len() >= MOST_LEVELS || matches!(text, "TBC" | "tbc") {
            return self.level(colour);
        }
        self.doubt(text, &format!("is not a known rating; it is kept, and read as {} by its colour", colour.name));
        let meaning = format!("coloured {} in the document", colour.name);
        self.level(&Known { name: text.to_owned(), meaning, ..colour.clone() })
    }

    /// The scheme, if the plan has its own.
    pub fn scheme(&self) -> Option<Scheme> {
        let levels: Vec<Level> = if self.is_keyed {
            self.levels.iter().map(|(_, level)| level.clone()).collect()
        } else {
            lettered(self.levels.clone())
        };
        self.is_own().then_some(Scheme { levels })
    }

    /// The word for an action that is done, which a scheme without one gets. What is dropped is settled, but not done.
    pub fn done(&mut self, vocabulary: &Vocabulary) -> String {
        if !self.is_own() {
            return self.settled();
        }
        let is_done = |level: &&Level| level.settled && matches!(level.hue, Hue::Green | Hue::Blue);
        let own = self.levels.iter().map(|(_, level)| level).find(is_done).map(|level| level.word.clone());
        let new = known("Complete", vocabulary);
        own.or_else(|| new.map(|known| self.level(&known))).unwrap_or_else(|| self.settled())
    }

    /// Whether an action with this rating is settled.
    pub fn settles(&self, word: &str) -> bool {
        let own = self.levels.iter().map(|(_, level)| level).find(|level| level.word == word);
        own.map_or_else(|| Scheme::brag().is_settled(word), |level| level.settled)
    }

    /// The word of the first settled level.
    pub fn settled(&self) -> String {
        let own = self.levels.iter().map(|(_, level)| level).find(|level| level.settled).filter(|_| self.is_own());
        own.map_or_else(|| "Green".to_owned(), |level| level.word.clone())
    }

    /// Whether the levels say more than Red, Amber, Green, Blue would.
    fn is_own(&self) -> bool {
        let brag = Scheme::brag();
        let is_brag = |level: &Level| brag.levels.iter().any(|own| own.word == level.word);
        self.is_keyed || self.levels.iter().any(|(_, level)| !is_brag(level))
    }

    fn word(&self, text: &str) -> Option<String> {
        let is_word = |level: &&Level| crate::text::is_same_word(&level.word, text);
        let is_letter =
            |level: &&Level| self.is_keyed && text.eq_ignore_ascii_case(level.letter.encode_utf8(&mut [0; 4]));
        let levels = || self.levels.iter().map(|(_, level)| level);
        levels().find(is_word).or_else(|| levels().find(is_letter)).map(|level| level.word.clone())
    }

    fn level(&mut self, known: &Known) -> String {
        if let Some(word) = self.word(&known.name) {
            return word;
        }
        let levels = self.levels.iter().map(|(_, level)| level);
        let Known { name, hue, settled, meaning, rank } = known.clone();
        let level = Level { letter: letter(&name, levels), word: name.clone(), meaning, hue, settled };
        self.levels.push((rank, level));
        name
    }

    /// Queries words that are not a rating, once.
    fn doubt(&mut self, text: &str, why: &str) {
        if !self.flags.iter().any(|flag| flag.raw == text) {
            let why = format!("“{text}” {why}");
            self.flags.push(Flag { field: "rating".into(), why, raw: text.to_owned(), suggestion: None });
        }
    }
}

/// In the order in which an action goes through them. Colours choose letters first, then what is done, then the rest.
fn lettered(mut levels: Vec<(usize, Level)>) -> Vec<Level> {
    levels.sort_by_key(|(rank, _)| *rank);
    let mut order: Vec<usize> = (0..levels.len()).collect();
    let turn = |at: &usize| {
        levels.get(*at).map(|(rank, level)| {
            let is_colour = Scheme::brag().levels.iter().any(|own| own.word == level.word);
            (!is_colour, CHOOSING.iter().position(|choosing| choosing == rank))
        })
    };
    order.sort_by_key(turn);
    let mut taken: Vec<Level> = Vec::new();
    for at in order {
        if let Some((_, level)) = levels.get_mut(at) {
            level.letter = letter(&level.word, taken.iter());
            taken.push(level.clone());
        }
    }
    levels.into_iter().map(|(_, level)| level).collect()
}

/// The initial of its word, or of a later one, or any other letter that no level has yet: none by which another colour is known.
fn letter<'a>(word: &str, levels: impl Iterator<Item = &'a Level>) -> char {
    let taken: Vec<char> = levels.map(|level| level.letter).collect();
    let initials = word.split_whitespace().filter_map(|word| word.chars().next());
    let all = initials.chain(word.chars()).filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase());
    let own = word.chars().next().map(|c| c.to_ascii_uppercase());
    let is_free = |letter: &char| !taken.contains(letter) && (Some(*letter) == own || !"RAGB".contains(*letter));
    all.chain('1'..='9').chain('A'..='Z').find(is_free).unwrap_or('?')
}

/// Whether a cell says only that a recommendation was accepted, or not.
pub fn is_acceptance(text: &str, vocabulary: &Vocabulary) -> bool {
    vocabulary.said.acceptance.contains(&words(text).join(" "))
}

/// Whether a cell begins by saying so: "Agreed. The board will …".
pub fn is_led_by_acceptance(text: &str, vocabulary: &Vocabulary) -> bool {
    let end = text.find(['.', ':', ',', ';', '\n', '–', '—']).unwrap_or(text.len());
    text.get(..end).is_some_and(|head| is_acceptance(head, vocabulary))
}

/// Whether a cell holds nothing but a known rating.
pub fn is_rating(cell: &str, vocabulary: &Vocabulary) -> bool {
    known(cell, vocabulary).is_some() && words(cell).len() <= LONGEST + 1
}

/// A cell with a date and a rating, split in two: "Summer 2012 ONGOING" → "Summer 2012", "ONGOING".
///
/// A line that is a rating is the rating, whatever is above and below it.
pub fn date_and_rating(cell: &str, vocabulary: &Vocabulary) -> Option<(String, String)> {
    by_line(cell, vocabulary).or_else(|| by_end(cell, vocabulary))
}

fn by_line(cell: &str, vocabulary: &Vocabulary) -> Option<(String, String)> {
    let lines = clean::lines(cell);
    let (ratings, rest): (Vec<&str>, Vec<&str>) = lines.lines().partition(|line| is_rating(line, vocabulary));
    match ratings.as_slice() {
        [rating] => Some((rest.join("\n"), (*rating).to_owned())),
        _ => None,
    }
}

fn by_end(cell: &str, vocabulary: &Vocabulary) -> Option<(String, String)> {
    let text = clean::line(cell);
    let spelled: Vec<&str> = text.split(' ').collect();
    let cut = |at: usize| {
        let (date, rating) = (spelled.get(..at)?.join(" "), spelled.get(at..)?.join(" "));
        known(rating.trim_matches(['-', '–', ':', ',', '(', ')', ' ']), vocabulary).map(|_| (date, rating))
    };
    let found = (spelled.len().saturating_sub(LONGEST)..spelled.len()).find_map(cut);
    found.filter(|(date, _)| words(date).len() <= 10)
}

/// Whether a column's cells are ratings and not prose: short, and mostly known words, or few and repeated.
pub fn are_ratings(cells: &[String], vocabulary: &Vocabulary) -> bool {
    let filled: Vec<String> = cells.iter().map(|cell| clean::line(cell)).filter(|cell| !cell.is_empty()).collect();
    if filled.is_empty() || filled.iter().any(|cell| words(cell).len() > LONGEST + 1) {
        return false;
    }
    let count = filled.iter().filter(|cell| known(cell, vocabulary).is_some()).count();
    let mut distinct: Vec<String> = filled.iter().map(|cell| cell.to_lowercase()).collect();
    distinct.sort_unstable();
    distinct.dedup();
    let is_repeated = filled.len() >= 6 && distinct.len() * 3 <= filled.len();
    let is_accepted = filled.iter().filter(|cell| is_acceptance(cell, vocabulary)).count() * 2 > filled.len();
    !is_accepted && (count * 10 >= filled.len() * 7 || is_repeated)
}

/// The same for a column that is called a status: a rating may stand in front of prose.
pub fn are_led_by_ratings(cells: &[String], vocabulary: &Vocabulary) -> bool {
    let filled: Vec<&String> = cells.iter().filter(|cell| !cell.trim().is_empty()).collect();
    let is_led = |cell: &&&String| is_rating(cell, vocabulary) || leading(cell, vocabulary).is_some();
    let led = filled.iter().filter(is_led).count();
    !filled.is_empty() && led * 10 >= filled.len() * 6
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
    }

    #[test]
    fn status_words_make_a_scheme_in_order_of_progress_each_with_its_letter() {
        let vocabulary = vocabulary();
        let mut ratings = Ratings::new(&[], &vocabulary);
        let said = ["ON TRACK ", "Carried forward", "Complete", "Green", "Closed", "Overdue", "Ongoing", "Cancelled"];
        for cell in said {
            assert!(ratings.rate(cell, None, &vocabulary).is_some(), "{cell}");
        }
        let scheme = ratings.scheme().unwrap();
        let shown: Vec<_> =
            scheme.levels.iter().map(|level| (level.letter, level.word.as_str(), level.settled)).collect();
        let wanted = [
            ('V', "Overdue", false),
            ('F', "Carried forward", false),
            ('O', "Ongoing", false),
            ('T', "On track", false),
            ('C', "Complete", true),
            ('G', "Green", true),
            ('L', "Closed", true),
            ('N', "Cancelled", true),
        ];
        assert_eq!(shown, wanted);
        assert_eq!(ratings.flags, []);
        assert_eq!(scheme.levels[3].meaning, "taken as on course, not yet done");
    }

    #[test]
    fn an_unknown_rating_is_queried_once() {
        let vocabulary = vocabulary();
        let mut ratings = Ratings::new(&[], &vocabulary);
        for (cell, level) in
            [("Partly agreed", None), ("Partly agreed", None), ("50%", None), ("Parked", Some("Parked"))]
        {
            assert_eq!(ratings.rate(cell, None, &vocabulary).as_deref(), level, "{cell}");
        }
        assert_eq!(ratings.flags.len(), 3, "{:?}", ratings.flags);
    }

    #[test]
    fn a_line_that_is_a_rating_is_cut_out_of_a_cell() {
        let date_and_rating = |cell: &str| date_and_rating(cell, &vocabulary());
        assert_eq!(date_and_rating("Summer 2012\n\nONGOING"), Some(("Summer 2012".into(), "ONGOING".into())));
        assert_eq!(
            date_and_rating("Draft\nMay\nCOMPLETED\nTo be agreed"),
            Some(("Draft\nMay\nTo be agreed".into(), "COMPLETED".into()))
        );
        assert_eq!(date_and_rating("For discussion\nin July"), None);
    }
}
