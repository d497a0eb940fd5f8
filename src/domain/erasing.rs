//! Erasing words that the law requires to be erased: the changes that hold them are restated without them.
//!
//! Nothing else of a change goes: its place, its kind, what it is about, its ratings and dates stay, so that the record is still
//! whole and every count still right. Where the words stood, [`ERASED`] stands.

use std::cell::{Cell, RefCell};

use super::change::{Batch, Change, Op};
use super::id::Id;
use super::register::Register;
use super::trail;
use crate::problem::Problem;
use crate::text::counted;

/// What stands where words were erased.
pub const ERASED: &str = "[erased]";

/// The fewest characters that can be erased wherever they stand: shorter ones would be found inside other words.
const LEAST: usize = 4;

/// What is to be erased.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Erasing {
    /// The words of one progress entry, and what else quotes them about its action.
    Entry(Id),
    /// Every text about an action: its own, its progress, what was minuted, what the document said.
    Action(Id),
    /// These words, wherever they stand: a name.
    Words(String),
}

impl Erasing {
    /// What the record calls it afterwards: "a progress entry of 7.1".
    pub fn label(&self, register: &Register) -> String {
        let reference = |id: Id| register.action(id).map(|action| register.reference(action)).unwrap_or_default();
        match self {
            Erasing::Entry(id) => {
                let of = register.entry(*id).map(|(action, _)| register.reference(action)).unwrap_or_default();
                format!("a progress entry of {of}")
            }
            Erasing::Action(id) => format!("every text about {}", reference(*id)),
            Erasing::Words(_) => "some words wherever they stood".to_owned(),
        }
    }
}

/// "Erased a progress entry of 7.1, in 2 changes; 3 backups on this computer still hold the words".
pub fn told(register: &Register, erasing: &Erasing, changes: usize, copies: usize) -> String {
    let what = format!("Erased {}, in {}", erasing.label(register), counted(changes, "change"));
    match copies {
        0 => what,
        1 => format!("{what}; 1 backup on this computer still holds the words"),
        some => format!("{what}; {some} backups on this computer still hold the words"),
    }
}

/// The operation that erases, ready to be written.
///
/// # Errors
/// Where there is nothing to erase, no ground is given, or the words are too short to be told from others.
pub fn decide(log: &[Batch], register: &Register, erasing: &Erasing, ground: &str) -> Result<Op, Problem> {
    let refused = |why: &str, hint: &str| Err(Problem::new("Nothing was erased", why, hint));
    if ground.trim().is_empty() {
        return refused(
            "an erasure needs its ground",
            "Say on what ground: --ground \"Request of 3 Nov, granted by the board\".",
        );
    }
    if let Erasing::Words(words) = erasing
        && words.trim().chars().count() < LEAST
    {
        return refused("these words are too short to be told from others", "Name at least four characters.");
    }
    let words = words_of(register, erasing);
    let mut restated = Vec::new();
    for change in log.iter().flat_map(|batch| &batch.changes) {
        if is_meant(register, change, erasing) {
            let without = match &words {
                Some(words) => blanked(&change.op, words),
                None => change.op.clone().map_text(|_| ERASED.to_owned()),
            };
            if without != change.op {
                restated.push((change.id, without));
            }
        }
    }
    if restated.is_empty() {
        return refused("the words stand nowhere in the register", "Check the spelling; capital letters count.");
    }
    Ok(Op::Erase { what: erasing.label(register), ground: ground.trim().to_owned(), restated })
}

/// Whether a change is restated with nothing but words taken out: what else it says, and the words that are left, are as they
/// were. An erasure comes from any copy, and must not be a way to rewrite the past.
pub fn only_erases(original: &Op, restated: &Op) -> bool {
    let shape = |op: &Op| op.clone().map_text(|_| String::new());
    let (before, after) = (texts(original), texts(restated));
    let is_left = |(before, after): (&String, &String)| before == after || is_left_of(before, after);
    shape(original) == shape(restated) && before.len() == after.len() && before.iter().zip(&after).all(is_left)
}

/// What is left of a change after several erasures, which may not have known of each other: no text says more than any of them
/// leaves. Does not depend on their order, but for which is first among those that are alike.
pub fn combined(versions: &[Op]) -> Option<Op> {
    let all: Vec<Vec<String>> = versions.iter().map(texts).collect();
    let place = Cell::new(0);
    let least = |_: &str| {
        let at = place.replace(place.get() + 1);
        let here: Vec<&String> = all.iter().filter_map(|texts| texts.get(at)).collect();
        let is_least = |text: &&&String| here.iter().all(|other| other == *text || is_left_of(other, text));
        here.iter().find(is_least).map_or_else(|| ERASED.to_owned(), |text| (*text).clone())
    };
    versions.first().map(|first| first.clone().map_text(least))
}

fn texts(op: &Op) -> Vec<String> {
    let all = RefCell::new(Vec::new());
    let _same = op.clone().map_text(|text| {
        all.borrow_mut().push(text.to_owned());
        text.to_owned()
    });
    all.into_inner()
}

/// Whether `after` is `before` with pieces of it erased.
fn is_left_of(before: &str, after: &str) -> bool {
    let pieces: Vec<&str> = after.split(ERASED).collect();
    let [first, middle @ .., last] = pieces.as_slice() else { return false };
    let Some(mut rest) = before.strip_prefix(first).and_then(|rest| rest.strip_suffix(last)) else { return false };
    middle.iter().all(|piece| {
        let found = rest.find(piece).and_then(|at| rest.get(at + piece.len()..));
        found.inspect(|after| rest = after).is_some()
    })
}

/// The words to look for; none where every text goes.
fn words_of(register: &Register, erasing: &Erasing) -> Option<String> {
    match erasing {
        Erasing::Entry(id) => Some(register.entry(*id).map(|(_, entry)| entry.said.text.clone()).unwrap_or_default()),
        Erasing::Action(_) => None,
        Erasing::Words(words) => Some(words.trim().to_owned()),
    }
}

/// A half-typed text without the words; none where all of it goes. The key of a draft names what it is about.
pub fn without_erased(register: &Register, erasing: &Erasing, key: &str, text: &str) -> Option<String> {
    match (words_of(register, erasing), erasing) {
        (Some(words), _) => Some(without(text, &words)),
        (None, Erasing::Action(id)) if key.contains(&id.to_string()) => None,
        (None, _) => Some(text.to_owned()),
    }
}

fn is_meant(register: &Register, change: &Change, erasing: &Erasing) -> bool {
    let about = |action: Id| trail::about_action(register, change) == Some(action);
    match erasing {
        Erasing::Entry(id) => register.entry(*id).is_some_and(|(action, _)| about(action.id)),
        Erasing::Action(id) => about(*id),
        Erasing::Words(_) => true,
    }
}

/// The operation without these words, however their lines were broken.
fn blanked(op: &Op, words: &str) -> Op {
    op.clone().map_text(|text| without(text, words))
}

/// The text with each place of the words replaced. Any white space in the words matches any in the text.
pub fn without(text: &str, words: &str) -> String {
    let wanted: Vec<&str> = words.split_whitespace().collect();
    let (mut kept, mut rest) = (String::new(), text);
    while let Some((start, end)) = found(rest, &wanted) {
        kept.push_str(rest.get(..start).unwrap_or_default());
        kept.push_str(ERASED);
        rest = rest.get(end..).unwrap_or_default();
    }
    kept + rest
}

/// Where the words stand first.
fn found(text: &str, wanted: &[&str]) -> Option<(usize, usize)> {
    let first = wanted.first()?;
    text.match_indices(first).find_map(|(start, _)| {
        let mut end = start + first.len();
        for word in wanted.get(1..).unwrap_or_default() {
            let rest = text.get(end..)?;
            let gap = rest.len() - rest.trim_start().len();
            if gap == 0 || !rest.trim_start().starts_with(word) {
                return None;
            }
            end += gap + word.len();
        }
        Some((start, end))
    })
}

#[cfg(test)]
mod tests {
    use super::super::change::{Cause, Kind, Value};
    use super::super::fixture::harbour;
    use super::super::intent::Intent;
    use super::*;

    #[test]
    fn words_are_found_however_their_lines_were_broken() {
        assert_eq!(
            without("March:\nMrs Smith  rang.\nMrs Smith\nrang.", "Mrs Smith rang."),
            "March:\n[erased]\n[erased]"
        );
        assert_eq!(without("Mrs Smithson", "Mrs  Smith"), "[erased]son");
        assert_eq!(without("nothing", "Mrs Smith"), "nothing");
    }

    #[test]
    fn an_entry_goes_and_the_action_keeps_everything_else() {
        let mut log = harbour();
        let action = log.action("7.1");
        let text = "Mrs Smith’s daughter rang.".to_owned();
        let entry = log.act(&Intent::Progress { action, date: None, text: text.clone(), by: None }).unwrap().id;
        log.act(&log.rate("7.1", "a")).unwrap();
        let op = decide(&log.batches, &log.register, &Erasing::Entry(entry), "Request of 3 Nov").unwrap();
        let Op::Erase { what, restated, .. } = &op else { panic!() };
        assert_eq!((what.as_str(), restated.len()), ("a progress entry of 7.1", 1));
        let (id, Op::Add { kind: Kind::Entry { said, .. }, .. }) = &restated[0] else { panic!() };
        assert_eq!((*id, said.text.as_str()), (entry, ERASED));
        log.write(Cause::Erasure, vec![op]);
        assert_eq!(log.register.action(action).unwrap().rating(), Some("Amber"));
    }

    #[test]
    fn an_erasure_takes_words_out_and_changes_nothing_else() {
        let entry = |text: &str| Op::Add {
            kind: Kind::Minute {
                meeting: Id::pending(0),
                said: super::super::meeting::MinuteText {
                    action: None,
                    recommendation: None,
                    kind: super::super::meeting::MinuteKind::Decision,
                    text: text.into(),
                },
            },
            values: Vec::new(),
        };
        let original = entry("Mrs Smith agreed with Mrs Smith.");
        for left in [
            "[erased] agreed with Mrs Smith.",
            "[erased] agreed with [erased].",
            "[erased]",
            "Mrs Smith agreed[erased]",
        ] {
            assert!(only_erases(&original, &entry(left)), "{left}");
        }
        for other in
            ["[erased] did not agree.", "Mrs Jones agreed with Mrs Smith.", "", "[erased] agreed with [erased]!"]
        {
            assert!(!only_erases(&original, &entry(other)), "{other}");
        }
        let set =
            |word: &str| Op::Set { on: Id::pending(0), value: Value::Rating(Some(word.into())), replaces: Vec::new() };
        assert!(!only_erases(&set("Red"), &set("Green")));
    }

    #[test]
    fn an_erasure_needs_its_ground_and_something_to_erase() {
        let log = harbour();
        let decide = |erasing, ground| decide(&log.batches, &log.register, &erasing, ground).unwrap_err().why;
        assert_eq!(decide(Erasing::Action(log.action("7.1")), " "), "an erasure needs its ground");
        assert_eq!(decide(Erasing::Words("a".into()), "Request"), "these words are too short to be told from others");
        assert_eq!(
            decide(Erasing::Words("no such words".into()), "Request"),
            "the words stand nowhere in the register"
        );
    }
}
