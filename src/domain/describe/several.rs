//! One act on several actions, in a sentence: "7 actions rated Green".

use std::collections::BTreeSet;

use super::super::action::Targets;
use super::super::change::{Cause, Change, Kind, Op, Value};
use super::super::field;
use super::super::id::Id;
use super::super::progress::EntryText;
use super::subject::Telling;
use crate::text::counted;

/// What a batch did to several actions alike.
#[derive(Default)]
struct Alike<'a> {
    actions: BTreeSet<Id>,
    /// The new values, of one field; of an undo, those that it took back.
    values: Vec<Value>,
    /// What was added to each of them as progress.
    notes: Vec<&'a EntryText>,
}

/// The sentence of a batch that changed one field of several actions, and nothing else.
pub(super) fn sentence(telling: &Telling<'_>) -> Option<String> {
    let mut alike = Alike::default();
    let is_alike = telling.batch.changes.iter().all(|change| alike.takes(telling, change));
    let words = alike.words(telling).filter(|_| is_alike && alike.actions.len() > 1)?;
    let note = alike.notes.first().map(|said| format!(", with the note {}", telling.quoting.quote(&said.text)));
    let sentence = format!("{words}{}", note.unwrap_or_default());
    Some(match telling.batch.cause {
        Cause::Undo { .. } => format!("undone: {sentence}"),
        Cause::Redo { .. } => format!("redone: {sentence}"),
        Cause::Edit | Cause::Import { .. } | Cause::Erasure => sentence,
    })
}

impl<'a> Alike<'a> {
    /// Whether the change fits with the others.
    fn takes(&mut self, telling: &Telling<'a>, change: &'a Change) -> bool {
        match &change.op {
            Op::Add { kind: Kind::Party, .. } => true,
            Op::Add { kind: Kind::Entry { said, .. }, .. } => {
                self.notes.push(said);
                true
            }
            Op::Set { on, value: Value::Withdrawn(_), .. } => {
                telling.before.entry(*on).is_some() || telling.before.party(*on).is_some()
            }
            // What a new value settles or answers.
            Op::Set { on, value: Value::Flags(_) | Value::Extension(None), .. } => telling.before.action(*on).is_some(),
            Op::Set { on, value, .. } => telling.before.action(*on).is_some() && self.sets(telling, *on, value),
            Op::Add { .. } | Op::Unknown { .. } | Op::Erase { .. } | Op::Absent => false,
        }
    }

    fn sets(&mut self, telling: &Telling<'_>, on: Id, value: &Value) -> bool {
        let is_same = self.values.first().is_none_or(|first| field::same_field(first, value));
        self.actions.insert(on);
        self.values.push(if telling.is_undo() { telling.value_before(on, value) } else { value.clone() });
        is_same
    }

    fn words(&self, telling: &Telling<'_>) -> Option<String> {
        let actions = counted(self.actions.len(), "action");
        let words: BTreeSet<String> =
            self.values.iter().map(|value| telling.plain(value).unwrap_or_default()).collect();
        let words = words.iter().map(String::as_str).collect::<Vec<_>>();
        let given = words.join(" or ");
        let because = if let Some(Value::Targets(targets)) = self.values.first() {
            because(telling, targets)
        } else {
            String::new()
        };
        Some(match (self.values.first()?.log_name(), given.as_str()) {
            ("rating", "") => format!("rating of {actions} cleared"),
            ("rating", _) => format!("{actions} rated {given}"),
            ("targets", "") => format!("target of {actions} removed{because}"),
            ("targets", _) => format!("target of {actions} moved to {given}{because}"),
            ("extension", _) => format!("extension of {actions} requested: {given}"),
            ("leads", "") => format!("leads of {actions} removed"),
            ("leads", _) => format!("{actions} now led by {given}"),
            ("via", "") => format!("{actions} no longer overseen by a subgroup"),
            ("via", _) => format!("{actions} now overseen by {given}"),
            (..) => return None,
        })
    }
}

fn because(telling: &Telling<'_>, targets: &Targets) -> String {
    let reason = targets.reason.trim();
    if reason.is_empty() { String::new() } else { format!(" ({})", telling.quoting.short(reason)) }
}
