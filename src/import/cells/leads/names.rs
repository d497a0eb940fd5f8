//! What is known about names: the plan's own acronyms first, then the well-known ones, then what their words suggest.

use std::collections::{HashMap, HashSet};

use crate::domain::party::name_key;
use crate::import::words::vocabulary::{KnownKind, Vocabulary};

/// How many words of a document are searched for names; no plan has as many.
const MOST_WORDS: usize = 200_000;

/// The names of one document.
#[derive(Debug)]
pub struct Names<'a> {
    pub vocabulary: &'a Vocabulary,
    /// The document's acronyms with their meanings.
    pub glossary: &'a [(String, String)],
    everyone: HashSet<String>,
    /// The words before and after the "and" of each name that contains one.
    joined: Vec<(Vec<String>, Vec<String>)>,
    /// Names that are all there is in some cell of the document.
    seen: HashSet<String>,
    acronyms: HashMap<String, usize>,
    /// All words of the document, with how often and where first each occurs.
    words: Vec<&'a str>,
    counts: HashMap<&'a str, (usize, usize)>,
    /// The document names people as leads, so an unknown name is a person's.
    pub has_people: bool,
}

impl<'a> Names<'a> {
    pub fn new(vocabulary: &'a Vocabulary, glossary: &'a [(String, String)], text: &'a str) -> Names<'a> {
        let words: Vec<&str> = text
            .split(|c: char| !(c.is_alphanumeric() || c == '\'' || c == '’'))
            .filter(|word| !word.is_empty())
            .take(MOST_WORDS)
            .collect();
        let mut acronyms = HashMap::new();
        for (place, (word, meaning)) in glossary.iter().enumerate() {
            acronyms.entry(name_key(word)).or_insert(place);
            acronyms.entry(name_key(meaning)).or_insert(place);
        }
        let mut counts = HashMap::new();
        for (place, word) in words.iter().enumerate() {
            counts.entry(*word).or_insert((0, place)).0 += 1;
        }
        let everyone = vocabulary.parties.everyone.iter().map(|name| name_key(name)).collect();
        let joined = vocabulary.parties.joined.iter().filter_map(|name| name.split_once(" and "));
        let joined = joined.map(|(before, after)| (keys(before), keys(after))).collect();
        Names {
            everyone,
            joined,
            counts,
            vocabulary,
            glossary,
            seen: HashSet::new(),
            acronyms,
            words,
            has_people: false,
        }
    }

    /// Remembers a name that fills a cell.
    pub fn see(&mut self, name: &str) {
        self.seen.insert(name_key(name));
    }

    /// How many names have filled a cell so far.
    pub fn seen(&self) -> usize {
        self.seen.len()
    }

    /// The acronym and meaning that the document gives for a name.
    pub fn in_glossary(&self, name: &str) -> Option<&'a (String, String)> {
        self.acronyms.get(&name_key(name)).and_then(|place| self.glossary.get(*place))
    }

    pub fn is_known(&self, name: &str) -> bool {
        let key = name_key(name);
        !key.is_empty()
            && (self.acronyms.contains_key(&key)
                || self.vocabulary.by_key.contains_key(&key)
                || self.seen.contains(&key)
                || self.everyone.contains(&key))
    }

    /// Known from the document's own list or to the program, not only from filling a cell.
    pub fn is_listed(&self, name: &str) -> bool {
        let key = name_key(name);
        self.acronyms.contains_key(&key) || self.vocabulary.by_key.contains_key(&key) || self.everyone.contains(&key)
    }

    pub fn is_everyone(&self, name: &str) -> bool {
        self.everyone.contains(&name_key(name))
    }

    /// "CFT": two or more capital letters and nothing in lower case but a plural s.
    pub fn is_acronym(word: &str) -> bool {
        let stem = word.trim_end_matches('s');
        let capitals = stem.chars().filter(|c| c.is_uppercase()).count();
        capitals >= 2 && stem.chars().all(|c| c.is_uppercase() || c.is_ascii_digit() || c == '&')
    }

    /// "Jane Smith", "Jane", "J. Smith", "JTe": a known first name, or initials that mean nothing else.
    pub fn is_person(&self, name: &str) -> bool {
        let first = name.split([' ', '-']).next().unwrap_or("").to_lowercase();
        let is_named = self.vocabulary.said.first_names.contains(&first) && self.could_be_person(name);
        let is_letter = first.trim_end_matches('.').chars().count() == 1 && name.contains(' ');
        is_named || is_letter && self.could_be_person(name) || self.is_initials(name)
    }

    /// The same, or an unknown name, where the document names people as leads.
    pub fn is_taken_for_person(&self, name: &str) -> bool {
        self.is_person(name) || self.has_people && self.could_be_person(name)
    }

    /// One to three words with a capital letter, none of which says what a party is.
    pub fn could_be_person(&self, name: &str) -> bool {
        let is_word = |word: &str| {
            let bare = word.trim_end_matches('.');
            let letters = bare.chars().filter(|c| c.is_alphabetic()).count();
            bare.starts_with(char::is_uppercase)
                && letters > 0
                && bare.chars().all(|c| c.is_alphabetic() || "'’-".contains(c))
                && !(Names::is_acronym(bare) && letters > 2)
        };
        let lower = name.to_lowercase();
        let is_organised = |word: &str| self.vocabulary.said.organised.contains(word);
        (1..=3).contains(&name.split(' ').count())
            && name.split(' ').all(is_word)
            && self.vocabulary.party(name).is_none()
            && self.in_glossary(name).is_none()
            && !self.is_everyone(name)
            && !lower.split([' ', '-']).any(is_organised)
            && !(self.is_post(name) || self.is_team(name) || self.is_group(name) || self.is_agency(name))
    }

    /// Two capital letters that neither the document nor common use spells out.
    fn is_initials(&self, name: &str) -> bool {
        let capitals = name.chars().filter(char::is_ascii_uppercase).count();
        let is_known = self.vocabulary.party(name).is_some() || self.in_glossary(name).is_some();
        super::heading::is_initials(name) && (capitals == 2) && !is_known && !self.is_council(name)
    }

    /// "Safer Anytown", "Safer Anytown Partnership".
    pub fn is_safer(&self, name: &str) -> bool {
        let mut words = name.split(' ');
        let is_safer = words.next().is_some_and(|first| self.vocabulary.parties.safer.contains(&first.to_lowercase()));
        let is_place =
            words.next().is_some_and(|place| place.starts_with(char::is_uppercase) && !Names::is_acronym(place));
        is_safer && is_place && words.next().is_none_or(|last| last == "Partnership") && words.next().is_none()
    }

    /// Whether the name ends in a word for a post: "Manager", "Independent Chair".
    pub fn is_post(&self, name: &str) -> bool {
        ends(&self.vocabulary.parties.posts, &name.to_lowercase()) || self.begins_post(name)
    }

    /// "Head of …", "Director of …".
    pub fn begins_post(&self, name: &str) -> bool {
        let lower = name.to_lowercase();
        self.vocabulary.parties.posts_of.iter().any(|post| begins_with_word(&lower, post))
    }

    pub fn is_team(&self, name: &str) -> bool {
        ends(&self.vocabulary.parties.teams, &name.to_lowercase())
    }

    pub fn is_group(&self, name: &str) -> bool {
        ends(&self.vocabulary.parties.groups, &name.to_lowercase())
    }

    /// The name without its last word for a body that meets: "PQA Subgroup" → "PQA".
    pub fn without_group<'b>(&self, name: &'b str) -> Option<&'b str> {
        let lower = name.to_lowercase();
        let word = self
            .vocabulary
            .parties
            .groups
            .iter()
            .filter(|word| ends_with_word(&lower, word))
            .max_by_key(|word| word.len())?;
        name.get(..lower.len().checked_sub(word.len())?).map(str::trim).filter(|base| !base.is_empty())
    }

    /// Whether all of it is one word for a post or team, and so the end of the name above it.
    pub fn is_title(&self, line: &str) -> bool {
        let lower = line.to_lowercase();
        self.vocabulary.parties.posts.contains(&lower)
            || self.vocabulary.parties.teams.contains(&lower)
            || self.vocabulary.parties.groups.contains(&lower)
    }

    /// Whether it is, or can stand for, an agency in its own right.
    pub fn is_agency(&self, name: &str) -> bool {
        let name = name.trim();
        let is_of_kind = |kind| self.vocabulary.party(name).is_some_and(|party| party.kind == kind);
        let is_other = is_of_kind(KnownKind::Group) || is_of_kind(KnownKind::Team) || self.is_group_acronym(name);
        let is_named = Names::is_acronym(name) || self.is_safer(name) || self.is_short_council(name);
        is_of_kind(KnownKind::Agency)
            || !is_other && (is_named || ends(&self.vocabulary.parties.agencies, &name.to_lowercase()))
    }

    /// "Northmere CC".
    fn is_short_council(&self, name: &str) -> bool {
        let (place, last) = name.rsplit_once(' ').unwrap_or(("", name));
        let is_short = Names::is_acronym(last) && self.vocabulary.parties.councils.contains(&last.to_lowercase());
        is_short && place.starts_with(char::is_uppercase) && !self.is_post(place) && !self.is_team(place)
    }

    /// An acronym whose meaning ends in a word for a body that meets.
    pub fn is_group_acronym(&self, name: &str) -> bool {
        self.in_glossary(name).is_some_and(|(_, meaning)| self.is_group(meaning))
    }

    /// "CC" in "Complex Needs Team, CC".
    pub fn is_council(&self, name: &str) -> bool {
        let lower = name.to_lowercase();
        let is_meaning =
            || self.in_glossary(name).is_some_and(|(_, meaning)| meaning.to_lowercase().ends_with("council"));
        Names::is_acronym(name) && (self.vocabulary.parties.councils.contains(&lower) || is_meaning())
    }

    /// Whether it can be a name on its own, so that an "and" beside it separates two.
    pub fn is_name_like(&self, name: &str) -> bool {
        let name = name.trim();
        self.is_known(name)
            || self.is_agency(name)
            || self.is_post(name)
            || self.is_team(name)
            || self.is_group(name)
            || name.ends_with(')')
    }

    /// "District and Borough": one name that contains an "and".
    pub fn is_joined(&self, left: &str, right: &str) -> bool {
        let (left, right) = (keys(left), keys(right));
        self.joined.iter().any(|(before, after)| left.ends_with(before) && right.starts_with(after))
    }

    /// "cited by …" in brackets: words that begin in lower case, or a word that marks a remark.
    pub fn is_remark(&self, inside: &str) -> bool {
        let first = inside.split_whitespace().next().unwrap_or("");
        let is_word =
            self.vocabulary.parties.remarks.contains(&first.to_lowercase().trim_matches([':', '.']).to_owned());
        is_word || first.starts_with(char::is_lowercase) || first.is_empty()
    }

    /// Whether the words occur in sequence in the document.
    pub fn has_phrase(&self, phrase: &str) -> bool {
        let wanted: Vec<&str> = phrase.split_whitespace().collect();
        !wanted.is_empty() && self.words.windows(wanted.len()).any(|window| window == wanted.as_slice())
    }

    /// How often a word occurs in the document.
    pub fn count(&self, word: &str) -> usize {
        self.counts.get(word).map_or(0, |found| found.0)
    }

    /// Where a word first occurs.
    pub fn first_at(&self, word: &str) -> Option<usize> {
        self.counts.get(word).map(|found| found.1)
    }

    /// The capitalised words in the document whose first letters form the acronym: "Community Mental Health Team".
    pub fn spelled_out(&self, acronym: &str) -> Option<String> {
        let letters: Vec<char> = acronym.chars().collect();
        if !(3..=8).contains(&letters.len()) || !Names::is_acronym(acronym) {
            return None;
        }
        let is_it = |window: &&[&str]| {
            window
                .iter()
                .zip(&letters)
                .all(|(word, letter)| word.starts_with(*letter) && word.len() > 2 && !Names::is_acronym(word))
        };
        self.words.windows(letters.len()).find(is_it).map(|window| window.join(" "))
    }

    /// The word in front of a name in the document, for a team that is named after its agency.
    pub fn words_before(&self, name: &str) -> Vec<&'a str> {
        let wanted: Vec<&str> = name.split_whitespace().collect();
        let places = self
            .words
            .windows(wanted.len() + 1)
            .filter(|window| window.get(1..).is_some_and(|rest| rest == wanted.as_slice()));
        places.filter_map(|window| window.first().copied()).collect()
    }
}

fn keys(words: &str) -> Vec<String> {
    words.split_whitespace().map(name_key).collect()
}

fn ends(endings: &[String], lower: &str) -> bool {
    endings.iter().any(|ending| ends_with_word(lower, ending))
}

fn ends_with_word(lower: &str, word: &str) -> bool {
    lower.strip_suffix(word).is_some_and(|before| before.is_empty() || before.ends_with([' ', '-']))
}

fn begins_with_word(lower: &str, word: &str) -> bool {
    lower.strip_prefix(word).is_some_and(|after| after.is_empty() || after.starts_with(' '))
}
