//! Who is named in a decision, and whom it names as the doer.

use super::super::allot::edges;
use super::super::meeting::Meeting;
use super::super::register::Register;
use super::Owner;
use crate::text;

/// Everyone whom a decision of a meeting may name.
pub struct Names(Vec<(String, Owner)>);

/// A name in a text: where it begins and ends.
struct Named<'a> {
    start: usize,
    end: usize,
    owner: &'a Owner,
}

/// Whoever chairs the meeting.
const CHAIR: &str = "chair";
const THE_CHAIR: &str = "the chair";

/// What follows the name of a doer.
const DOES: [&str; 16] = [
    "will ",
    "shall ",
    "must ",
    "is to ",
    "are to ",
    "agreed to ",
    "agrees to ",
    "agree to ",
    "undertook to ",
    "undertakes to ",
    "offered to ",
    "is asked to ",
    "are asked to ",
    "was asked to ",
    "were asked to ",
    "has agreed to ",
];

/// What comes before the name of a doer.
const LABELS: [&str; 7] = ["action", "action for", "owner", "owners", "lead", "by whom", "who"];

/// After "to", these show that something is sent there: "to the board".
const NOT_VERBS: [&str; 15] =
    ["the", "a", "an", "be", "all", "each", "every", "our", "its", "their", "this", "that", "these", "those", "both"];

impl Names {
    pub fn of(register: &Register, meeting: &Meeting) -> Names {
        let mut all = Vec::new();
        for person in meeting.attendance().iter().filter(|person| !person.name.is_empty()) {
            all.push((person.name.clone(), Owner { name: person.name.clone(), party: person.party }));
        }
        let chair = meeting.chair().trim();
        let party = meeting.attendance().iter().find(|person| person.name == chair).and_then(|person| person.party);
        let owner = Owner { name: if chair.is_empty() { "Chair".into() } else { chair.to_owned() }, party };
        all.extend([chair, THE_CHAIR, CHAIR].map(|name| (name.to_owned(), owner.clone())));
        for party in register.parties.iter().filter(|party| !register.is_hidden(party.id)) {
            let owner = Owner { name: party.name().to_owned(), party: Some(party.id) };
            let names = std::iter::once(party.name()).chain(party.aliases().iter().map(String::as_str));
            all.extend(names.map(|name| (name.to_owned(), owner.clone())));
        }
        all.retain(|(name, _)| !name.trim().is_empty());
        // The longest first: "Harbour Police Cadets" is not "Harbour Police".
        all.sort_by_key(|(name, _)| std::cmp::Reverse(name.chars().count()));
        Names(all)
    }

    /// Everyone named, in the order of the words.
    pub fn named(&self, words: &str) -> Vec<Owner> {
        unique(self.places(words).into_iter().map(|named| named.owner.clone()))
    }

    /// Those whom the words name as doers; someone unknown only at the beginning: "Jo Bloggs to write".
    pub fn doers(&self, words: &str) -> Vec<Owner> {
        let lower = text::lower(words);
        let places = self.places(words);
        let mut doers: Vec<Owner> = Vec::new();
        // Up to where the names go on that a label introduced: "Action: CFT and NPS".
        let mut labelled = 0;
        for (at, named) in places.iter().enumerate() {
            let end = together(&lower, places.get(at..).unwrap_or_default()).unwrap_or(named.end);
            if is_labelled(lower.get(..named.start).unwrap_or("")) {
                labelled = end;
            }
            if named.start < labelled || is_doing(lower.get(end..).unwrap_or(""), words.get(end..)) {
                doers.push(named.owner.clone());
            }
        }
        if doers.is_empty() { stranger(words).into_iter().collect() } else { unique(doers.into_iter()) }
    }

    fn places(&self, words: &str) -> Vec<Named<'_>> {
        let lower = text::lower(words);
        let mut found: Vec<Named<'_>> = Vec::new();
        for (name, owner) in &self.0 {
            // "IT" is a name only in capitals.
            let is_short = !name.chars().any(char::is_lowercase);
            let all = if is_short { edges(name, words) } else { edges(&text::lower(name), &lower) };
            for (start, end) in all {
                if !is_other_chair(name, &lower, (start, end))
                    && found.iter().all(|other| end <= other.start || start >= other.end)
                {
                    found.push(Named { start, end, owner });
                }
            }
        }
        found.sort_by_key(|named| named.start);
        found
    }
}

/// Whether the chair is that of something else: "the MARAC Chair", "the chair of OPS".
fn is_other_chair(name: &str, lower: &str, (start, end): (usize, usize)) -> bool {
    let is_chair = matches!(name, CHAIR | THE_CHAIR);
    let is_bare = name == CHAIR && lower.get(..start).is_some_and(|before| !before.trim().is_empty());
    is_chair && (is_bare || lower.get(end..).is_some_and(|after| after.starts_with(" of ")))
}

/// Where a list of names that begins the group ends: "CFT and NPS", "CFT, NPS"; none where it is one name.
fn together(lower: &str, group: &[Named<'_>]) -> Option<usize> {
    let mut end = None;
    for pair in group.windows(2) {
        let [one, other] = pair else { break };
        let between = lower.get(one.end..other.start).unwrap_or("?");
        let is_joined =
            between.split(|c: char| !c.is_alphanumeric()).all(|word| matches!(word, "" | "and" | "with" | "the"));
        if !is_joined {
            break;
        }
        end = Some(other.end);
    }
    end
}

/// Whether what follows a name says that it does something: "to write", "will write", but not "to the board" or "to CFT".
fn is_doing(rest: &str, written: Option<&str>) -> bool {
    let cut = rest.len() - after_brackets(rest).len();
    let (rest, written) = (after_brackets(rest), written.and_then(|written| written.get(cut..)).unwrap_or(""));
    if DOES.iter().any(|verb| rest.starts_with(verb)) {
        return true;
    }
    let verb = rest.strip_prefix("to ").and_then(|rest| rest.split(|c: char| !c.is_alphanumeric()).next());
    let is_capital = written.get(3..).is_some_and(|rest| rest.starts_with(char::is_uppercase));
    verb.is_some_and(|verb| !verb.is_empty() && !NOT_VERBS.contains(&verb) && !is_capital)
}

/// "(B. Officer)" after the name of an agency.
fn after_brackets(rest: &str) -> &str {
    let rest = rest.trim_start();
    let inside = rest.strip_prefix('(').and_then(|rest| rest.split_once(')'));
    inside.map_or(rest, |(_, after)| after.trim_start())
}

/// "Action: CFT", "Owner – CFT".
fn is_labelled(before: &str) -> bool {
    let before = before.trim_end();
    let label = before.strip_suffix([':', '-', '–']).map(str::trim_end);
    label.is_some_and(|label| {
        let mut ends = LABELS.iter().filter_map(|word| label.strip_suffix(word));
        ends.any(|before| !before.ends_with(char::is_alphanumeric))
    })
}

/// A name of two capitals or more that begins the words, as "Jo Bloggs to write": nobody whom the register knows.
fn stranger(words: &str) -> Option<Owner> {
    let words = words.trim_start_matches("Agreed that ").trim_start_matches("Agreed: ");
    let doing = words.find(" to ").into_iter().chain(words.find(" will ")).min()?;
    let (name, rest) = words.split_at_checked(doing)?;
    let each: Vec<&str> = name.split_whitespace().collect();
    let is_name = (2..=4).contains(&each.len()) && each.iter().all(|word| word.starts_with(char::is_uppercase));
    let is_whole = name.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '.' | '-' | '\'' | '’'));
    let rest = rest.trim_start();
    let is_doer = is_name && is_whole && !each.contains(&"The") && is_doing(&text::lower(rest), Some(rest));
    is_doer.then(|| Owner { name: name.to_owned(), party: None })
}

fn unique(all: impl Iterator<Item = Owner>) -> Vec<Owner> {
    let mut found: Vec<Owner> = Vec::new();
    for owner in all {
        if !found.contains(&owner) {
            found.push(owner);
        }
    }
    found
}
