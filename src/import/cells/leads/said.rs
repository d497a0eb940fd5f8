//! Who does an action, according to its own words: "RV to polish …", "A new rope is to be found. (TW)", "Clerk: …".

use super::heading::is_initials;
use super::names::Names;
use crate::domain::date_text;
use crate::import::cells::{action_words, ratings};
use crate::import::words::vocabulary::Vocabulary;

/// The most words that the names of one action have.
const NAMES: usize = 8;

/// Words between who does it and what is to be done.
const BEFORE_VERB: [&str; 13] = [
    " agreed to ",
    " is to ",
    " are to ",
    " was asked to ",
    " were asked to ",
    " offered to ",
    " to ",
    " will ",
    " shall ",
    " should ",
    " must ",
    " would ",
    " – to ",
];

/// What comes after a verb and not after a noun: "to polish the bell", but not "to the parish council".
const AFTER_VERB: [&str; 22] = [
    "the", "a", "an", "all", "any", "each", "every", "their", "his", "her", "its", "our", "this", "that", "these",
    "those", "some", "new", "more", "up", "out", "whether",
];

/// What comes before a noun.
const BEFORE_NOUN: [&str; 16] = [
    "the", "a", "an", "all", "any", "each", "every", "their", "his", "her", "its", "our", "this", "that", "be", "have",
];

/// Capitalised words that name no one: parts of a document, and what it calls its lists.
const NO_NAMES: [&str; 33] = [
    "log",
    "plan",
    "list",
    "tracker",
    "notes",
    "register",
    "update",
    "summary",
    "table",
    "sheet",
    "item",
    "items",
    "status",
    "record",
    "minutes",
    "report",
    "review",
    "schedule",
    "points",
    "point",
    "appendix",
    "annex",
    "section",
    "page",
    "paper",
    "see",
    "phase",
    "part",
    "urgent",
    "asap",
    "confidential",
    "attached",
    "deadline",
];

/// What is known about names in sentences.
pub struct Said<'a> {
    vocabulary: &'a Vocabulary,
    names: Names<'a>,
}

impl<'a> Said<'a> {
    pub fn new(vocabulary: &'a Vocabulary) -> Said<'a> {
        Said { vocabulary, names: Names::new(vocabulary, &[], "") }
    }

    /// The words of a text that say who does it, if any do.
    pub fn who(&self, text: &str) -> Option<String> {
        self.doer(text).or_else(|| self.at_end(text))
    }

    /// The names of a text that holds nothing else, separated by ";" where they are several.
    pub fn names(&self, text: &str) -> Option<String> {
        let text = text.trim().trim_end_matches(['.', ':']).trim();
        let text = text.strip_prefix('(').and_then(|text| text.strip_suffix(')')).unwrap_or(text);
        let text = text.strip_prefix("for ").or_else(|| text.strip_prefix("by ")).unwrap_or(text).trim();
        let text = text.strip_prefix("the ").or_else(|| text.strip_prefix("The ")).unwrap_or(text);
        let count = text.split_whitespace().count();
        let is_other = || ratings::is_rating(text, self.vocabulary) || date_text::span(text).is_some();
        if count == 0 || count > NAMES || text.contains(|c: char| c.is_ascii_digit()) || is_other() {
            return None;
        }
        let pieces = self.pieces(text);
        pieces.iter().all(|piece| self.is_name(piece)).then(|| pieces.join("; "))
    }

    /// "RV: polish the bell", "(RV) – polish the bell": who, and what.
    pub fn in_front<'b>(&self, text: &'b str) -> Option<(String, &'b str)> {
        let marks = [": ", " – ", " — ", " - ", ") "];
        let (at, mark) = marks.iter().filter_map(|mark| text.find(mark).map(|at| (at, mark))).min()?;
        let end = if *mark == ") " { at + 1 } else { at };
        let (head, rest) = (text.get(..end)?, text.get(at + mark.len()..)?.trim_start_matches([' ', ':', '–', '-']));
        let is_marked = *mark != ") " || head.starts_with('(');
        let who = self.names(head).filter(|who| is_marked && self.are_certain(who))?;
        (!rest.trim().is_empty()).then_some((who, rest))
    }

    /// "X to agree …", "X and Y will write …".
    pub fn doer(&self, text: &str) -> Option<String> {
        let text = text.trim();
        let text = text.strip_prefix("It was agreed that ").unwrap_or(text);
        let text = text.strip_prefix("for ").or_else(|| text.strip_prefix("For ")).unwrap_or(text);
        if let Some(who) = action_words::doer(text, self.vocabulary) {
            return Some(self.names(who).unwrap_or_else(|| who.to_owned()));
        }
        let places = BEFORE_VERB.iter().filter_map(|joint| text.find(joint).map(|at| (at, joint.len())));
        let (at, length) = places.min_by_key(|(at, length)| (*at, std::cmp::Reverse(*length)))?;
        let (who, what) = (self.names(text.get(..at)?)?, text.get(at + length..)?);
        let is_sure = who.contains("; ") || self.is_certain(&who);
        self.is_verb(what, is_sure).then_some(who)
    }

    /// "… is to be found. (TW)", "… the blue boat (Olive Burr).", "… the bell – RV".
    fn at_end(&self, text: &str) -> Option<String> {
        let text = text.trim().trim_end_matches('.').trim_end();
        if let Some(inside) = text.strip_suffix([')', ']']) {
            let open = inside.rfind(['(', '['])?;
            let (before, inside) = (inside.get(..open)?, inside.get(open + 1..)?);
            let inside = inside.split_once(':').filter(|(label, _)| is_label(label)).map_or(inside, |(_, who)| who);
            return self.names(inside).filter(|_| !before.trim().is_empty() && !is_spelled_out(before, inside));
        }
        let marks = [" – ", " — ", " - ", "\t", ". "];
        let (at, mark) = marks.iter().filter_map(|mark| text.rfind(mark).map(|at| (at, mark.len()))).max()?;
        let tail = self.names(text.get(at + mark..)?)?;
        self.are_certain(&tail).then_some(tail)
    }

    /// "KM and TS" and "Rowan, Petra" are two; "Head of Health and Housing" is one.
    fn pieces<'b>(&self, text: &'b str) -> Vec<&'b str> {
        let split = |joints: &[&str]| joints.iter().fold(vec![text], |all, joint| split_all(&all, joint));
        let parts = split(&[" and ", " & ", "&", "/", ",", ";", "+"]);
        if parts.len() > 1 && parts.iter().all(|part| self.is_name(part)) { parts } else { vec![text] }
    }

    /// Whether it can be the name of a person, a post or an agency.
    fn is_name(&self, name: &str) -> bool {
        let is_word = |word: &str| {
            word.starts_with(|c: char| c.is_uppercase() || c == '(') || ["of", "for", "and", "&"].contains(&word)
        };
        let is_none = |word: &str| NO_NAMES.contains(&word.to_lowercase().trim_matches(['.', ',']));
        let is_known = self.is_everyone(name) || self.names.is_known(name);
        is_known
            || name.starts_with(char::is_uppercase)
                && name.split_whitespace().all(is_word)
                && !name.split_whitespace().any(is_none)
                && date_text::find(&format!("{name} 2024"), None).first().is_none_or(|found| found.start > 0)
    }

    /// "All", "All members", "Members".
    fn is_everyone(&self, name: &str) -> bool {
        let lower = name.to_lowercase();
        self.names.is_everyone(name) || ["members", "all members", "both", "all present", "agencies"].contains(&&*lower)
    }

    /// Whether all names of a list can be nothing else.
    pub fn are_certain(&self, names: &str) -> bool {
        names.split("; ").all(|one| self.is_certain(one))
    }

    /// Whether its form alone says that it is a name: "RV", "Olive Burr", "Clerk", "All".
    fn is_certain(&self, name: &str) -> bool {
        let is_post = self.names.is_post(name) || self.names.is_team(name) || self.names.is_agency(name);
        let is_person = self.names.is_person(name) || name.contains(' ') && self.names.could_be_person(name);
        is_initials(name) || is_post || is_person || self.is_everyone(name) || self.names.is_known(name)
    }

    /// Whether what is to be done begins with a verb. After a certain name nothing else is likely.
    fn is_verb(&self, what: &str, is_sure: bool) -> bool {
        let mut words = what.split_whitespace().map(|word| word.trim_matches([',', '.', ';', ':']));
        let Some(first) = words.next().filter(|first| first.starts_with(char::is_lowercase)) else { return false };
        let next = words.next().unwrap_or("");
        let is_object = AFTER_VERB.contains(&next) || next.starts_with(|c: char| c.is_ascii_digit());
        let is_known = self.vocabulary.said.verbs.iter().any(|verb| verb == first);
        !BEFORE_NOUN.contains(&first) && (is_sure || is_known || is_object)
    }
}

fn split_all<'b>(all: &[&'b str], joint: &str) -> Vec<&'b str> {
    all.iter().flat_map(|one| one.split(joint)).map(str::trim).filter(|one| !one.is_empty()).collect()
}

/// "Action: ", "Lead: ", "by: " in front of a name in brackets.
fn is_label(text: &str) -> bool {
    ["action", "lead", "owner", "by", "who"].contains(&text.trim().to_lowercase().as_str())
}

/// "… Multi Agency Hub (MAH)": the letters of the words before it, and no one's name.
fn is_spelled_out(before: &str, inside: &str) -> bool {
    let letters = inside.chars().filter(|c| c.is_uppercase()).count();
    let words: Vec<&str> = before.split([' ', '-']).filter(|word| word.starts_with(char::is_alphabetic)).collect();
    let last = words.get(words.len().saturating_sub(letters)..).unwrap_or(&[]);
    let first: String = last.iter().filter_map(|word| word.chars().next()).collect();
    letters > 1 && first.eq_ignore_ascii_case(inside.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn who(text: &str) -> String {
        let vocabulary = Vocabulary::built_in().unwrap();
        Said::new(&vocabulary).who(text).unwrap_or_default()
    }

    #[test]
    fn who_does_it_is_found_before_the_verb_and_at_the_end() {
        for (text, wanted) in [
            ("KM to polish the brass.", "KM"),
            ("KM to receive the forms and to file them.", "KM"),
            ("KaM and TSo to draw up a rota by 3 May 2027.", "KaM; TSo"),
            ("Ines and Marek to water the hall plants.", "Ines; Marek"),
            ("The Board Manager will write to all.", "Board Manager"),
            ("Sidney Marsh to mend the latch", "Sidney Marsh"),
            ("All to note the new dates", "All"),
            ("KM agreed to ring the printers", "KM"),
            ("A second key is to be cut. (KM)", "KM"),
            ("Find out who holds the key (Sidney Marsh).", "Sidney Marsh"),
            ("Ring the printers [KM/TS]", "KM; TS"),
            ("Ring the printers (Action: Treasurer)", "Treasurer"),
            ("Ring the printers – KM", "KM"),
            ("Ring the printers. KM", "KM"),
        ] {
            assert_eq!(who(text), wanted, "{text}");
        }
    }

    #[test]
    fn other_words_before_a_verb_and_in_brackets_name_no_one() {
        for text in [
            "Letter to parents about the fair",
            "Response to the parish council",
            "Write to Police to ask for data",
            "A rota is to be drawn up",
            "Use the Multi Agency Hub (MAH)",
            "Share the leaflet (Appendix B)",
            "Share the leaflet (March)",
            "Share the leaflet (Completed)",
            "Share the leaflet (see above)",
        ] {
            assert_eq!(who(text), "", "{text}");
        }
    }
}
