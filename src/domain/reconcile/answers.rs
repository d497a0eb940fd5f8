//! An agency's return beside the register: each answer becomes a progress entry, and a new rating, of the action it names.

use super::pair::{is_same, likeness};
use super::{Decisions, Difference, Reconciled};
use crate::domain::action::Action;
use crate::domain::change::{Kind, Op, Value};
use crate::domain::draft::{Draft, DraftAnswer};
use crate::domain::progress::{EntryOrigin, EntryText};
use crate::domain::register::Register;

/// Texts with this share of their words in common (in hundredths) are the same action, reworded since.
const REWORDED: usize = 60;

/// What importing a return would do. An answer already recorded changes nothing; one whose action is unclear is
/// left out, and reported.
pub fn answers(draft: &Draft, register: &Register, decisions: &Decisions) -> Reconciled {
    let mut result = Reconciled::default();
    for answer in &draft.answers {
        match find(register, answer) {
            Ok(action) => add(&mut result, register, (action, answer), decisions),
            Err(why) => result.unplaced.push(format!("{} ({}): {why}", answer.reference, answer.place)),
        }
    }
    result
}

/// The action that an answer names, if its wording is still much as it was in the return.
fn find<'a>(register: &'a Register, answer: &DraftAnswer) -> Result<&'a Action, String> {
    let (slug, reference) = match answer.reference.rsplit_once(':') {
        Some((slug, reference)) => (Some(slug.trim()), reference.trim()),
        None => (None, answer.reference.trim()),
    };
    let is_in = |action: &&Action| {
        let plan = register.plan(action.plan).map_or("", |plan| plan.slug());
        slug.is_none_or(|slug| plan.eq_ignore_ascii_case(slug))
    };
    let all: Vec<&Action> = register.visible_actions().filter(is_in).collect();
    let says = |action: &&Action| likeness(action.text(), &answer.action) >= REWORDED;
    let named = all.iter().copied().filter(|action| register.reference(action) == reference).find(says);
    let same = || all.iter().copied().find(|action| is_same(action.text(), &answer.action));
    named.or_else(same).ok_or_else(|| "no action with that reference matches the wording beside the answer".to_owned())
}

fn add(result: &mut Reconciled, register: &Register, (action, answer): (&Action, &DraftAnswer), decisions: &Decisions) {
    let plan = register.plan(action.plan).map_or("", |plan| plan.slug());
    let reference = format!("{plan}:{}", register.reference(action));
    let before = result.ops.len();
    let is_here = |said: &&EntryText| action.entries.iter().any(|entry| is_same(&entry.said.text, &said.text));
    let take = |result: &mut Reconciled, field, here: String, document: String, op: Op| {
        let sides = (action, reference.clone());
        let difference = difference(sides, field, (here, document), decisions);
        if difference.is_taken {
            result.ops.push(op);
        }
        result.differs.push(difference);
    };
    for said in answer.entries.iter().filter(|said| !is_here(said)) {
        let said = EntryText { origin: EntryOrigin::Written, ..said.clone() };
        let document = said.text.clone();
        let op = Op::Add { kind: Kind::Entry { action: action.id, said }, values: Vec::new() };
        take(result, "progress", String::new(), document, op);
    }
    if answer.rating.is_empty() {
        // Nothing is said about it.
    } else if let Some(level) = level(register, action, &answer.rating) {
        if action.rating() != Some(level.as_str()) {
            let value = Value::Rating(Some(level.clone()));
            let op = Op::Set { on: action.id, value, replaces: action.rating.ids() };
            take(result, "rating", action.rating().unwrap_or("not rated").to_owned(), level, op);
        }
    } else {
        let why = format!("“{}” is not a rating of this plan", answer.rating);
        result.unplaced.push(format!("{reference} ({}): {why}", answer.place));
    }
    if result.ops.len() == before {
        result.same.push(action.id);
    }
}

/// The word of a level, from "Green", "G" or "G Green".
fn level(register: &Register, action: &Action, written: &str) -> Option<String> {
    let scheme = register.scheme(action.plan);
    let last = written.split_once(' ').map(|(_, word)| word);
    let found = scheme.level(written).or_else(|| last.and_then(|word| scheme.level(word)));
    found.map(|level| level.word.clone())
}

fn difference(
    (action, reference): (&Action, String),
    field: &'static str,
    (here, document): (String, String),
    decisions: &Decisions,
) -> Difference {
    let mut difference =
        Difference { on: action.id, reference, field, here, document, is_proposed: true, is_taken: true };
    difference.is_taken = decisions.decided.get(&difference.key()).copied().unwrap_or(true);
    difference
}
