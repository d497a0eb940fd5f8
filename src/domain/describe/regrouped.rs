//! A batch that split an action, or joined several: recognised by what it did, so that each of them says where the rest is.

use super::super::action::Action;
use super::super::change::{Batch, Cause, Change, Kind, Op, Value};
use super::super::flag::RawCell;
use super::super::id::Id;
use super::super::progress::EntryText;
use super::super::undo::UNDONE;
use super::super::withdrawal::{JOINED_WITH, MOVED_TO, Withdrawal};
use super::subject::Telling;

/// What a batch made of several actions, or of one.
pub(super) enum Regrouped {
    /// One action became itself and these.
    Split { whole: Id, parts: Vec<Id> },
    /// These became part of one action.
    Joined { into: Id, others: Vec<Id> },
}

/// Whether a batch may have split or joined actions, which is asked for each of its changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    Plain,
    MayRegroup,
}

impl Shape {
    /// What splits an action rewords it, and what joins actions withdraws some or brings them back.
    pub fn of(batch: &Batch) -> Shape {
        let is_sign =
            |change: &Change| matches!(change.op, Op::Set { value: Value::Text(_) | Value::Withdrawn(_), .. });
        if batch.changes.iter().any(is_sign) { Shape::MayRegroup } else { Shape::Plain }
    }
}

impl Regrouped {
    pub(super) fn by(telling: &Telling<'_>) -> Option<Regrouped> {
        // A later version of a document that was imported did more than that, and so does undoing it.
        let is_of_import = |change: &Change| matches!(change.op, Op::Set { value: Value::Raw(_), .. });
        match telling.batch.cause {
            _ if telling.shape == Shape::Plain => None,
            Cause::Import { .. } | Cause::Erasure => None,
            Cause::Edit | Cause::Undo { .. } | Cause::Redo { .. } => {
                split(telling).or_else(|| joined(telling)).filter(|_| !telling.batch.changes.iter().any(is_of_import))
            }
        }
    }

    /// "1.2 split into 2: the rest is 1.5", "1.3 joined with 1.2: 1.3 was Red, 1.2 stays Amber".
    pub(super) fn sentence(&self, telling: &Telling<'_>) -> String {
        let label = |id: &Id| telling.place(*id).label;
        let labels = |ids: &[Id]| ids.iter().map(label).collect::<Vec<_>>();
        let cause = if let Cause::Undo { .. } = telling.batch.cause { "undone: " } else { "" };
        let cause = if let Cause::Redo { .. } = telling.batch.cause { "redone: " } else { cause };
        match self {
            Regrouped::Split { whole, parts } => {
                let count = parts.len() + 1;
                format!("{cause}{} split into {count}: the rest is {}", label(whole), listed(&labels(parts)))
            }
            Regrouped::Joined { into, others } => {
                let lost: Vec<String> = others.iter().filter_map(|other| differing(telling, *into, *other)).collect();
                let kept = kept(telling, *into, others);
                let kept = if lost.is_empty() { String::new() } else { format!(": {}, {kept}", lost.join(", ")) };
                format!("{cause}{} joined with {}{kept}", listed(&labels(others)), label(into))
            }
        }
    }
}

/// The reference of the action that an action was split from by the batch.
pub(super) fn of_part(telling: &Telling<'_>, part: Id) -> Option<String> {
    match Regrouped::by(telling)? {
        Regrouped::Split { whole, parts } if parts.contains(&part) => Some(telling.place(whole).label),
        Regrouped::Split { .. } | Regrouped::Joined { .. } => None,
    }
}

/// "split, the rest is 1.5", "joined with 1.3".
pub(super) fn of_whole(telling: &Telling<'_>, on: Id) -> Option<String> {
    let labels = |ids: &[Id]| listed(&ids.iter().map(|id| telling.place(*id).label).collect::<Vec<_>>());
    match Regrouped::by(telling)? {
        Regrouped::Split { whole, parts } if whole == on => Some(format!("split, the rest is {}", labels(&parts))),
        Regrouped::Joined { into, others } if into == on => Some(format!("joined with {}", labels(&others))),
        Regrouped::Split { .. } | Regrouped::Joined { .. } => None,
    }
}

/// "1.2 progress moved to 1.5: “…”", of an entry that goes with a part of its action.
pub(super) fn moved(telling: &Telling<'_>, entry: Id, label: &str, reason: &str) -> Option<String> {
    let to = reason.strip_prefix(MOVED_TO)?;
    let (_, entry) = telling.before.entry(entry)?;
    Some(format!("{label} progress moved to {to}: {}", telling.quoting.quote(&entry.said.text)))
}

/// The reference of the action that an entry comes from, where the batch gives it to another.
pub(super) fn source(telling: &Telling<'_>, to: Id, said: &EntryText) -> Option<String> {
    let has_said = |id: &Id| {
        let action = telling.before.action(*id);
        action.is_some_and(|action| action.entries.iter().any(|entry| entry.said == *said))
    };
    let from = match Regrouped::by(telling)? {
        Regrouped::Split { whole, parts } => Some(whole).filter(|_| parts.contains(&to)),
        Regrouped::Joined { into, others } => others.into_iter().find(has_said).filter(|_| into == to),
    };
    from.map(|from| telling.place(from).label)
}

/// One action is reworded, and actions read in the same row come (or, undone, go) with it.
fn split(telling: &Telling<'_>) -> Option<Regrouped> {
    let whole = reworded(telling)?;
    let is_part = |id: &Id| match (telling.kind(*id), telling.before.action(*id)) {
        (Some(Kind::Action { plan, recommendation }), _) => {
            (*plan, *recommendation) == (whole.plan, whole.recommendation) && raw_in(telling.initial(*id)) == raw(whole)
        }
        (_, Some(part)) => part.id != whole.id && part.plan == whole.plan && raw(part) == raw(whole),
        (Some(_) | None, None) => false,
    };
    let parts: Vec<Id> = telling.batch.changes.iter().filter_map(|one| came(telling, one)).filter(is_part).collect();
    (!parts.is_empty()).then_some(Regrouped::Split { whole: whole.id, parts })
}

/// Actions go because they are joined with one of their plan; or, undone, come back as it loses their words.
fn joined(telling: &Telling<'_>) -> Option<Regrouped> {
    let gone: Vec<(Id, Option<&str>)> = telling.batch.changes.iter().filter_map(|one| went(telling, one)).collect();
    let others: Vec<Id> = gone.iter().map(|(id, _)| *id).collect();
    let plan = others.first().and_then(|id| telling.before.action(*id)).map(|action| action.plan)?;
    let named = || {
        let reference = gone.iter().find_map(|(_, reference)| *reference)?;
        let is_it = |action: &&Action| action.plan == plan && telling.before.reference(action) == reference;
        telling.before.actions.iter().find(is_it)
    };
    let into = reworded(telling).filter(|action| action.plan == plan).or_else(named)?;
    Some(Regrouped::Joined { into: into.id, others })
}

/// The only action whose words the batch sets.
fn reworded<'a>(telling: &'a Telling<'_>) -> Option<&'a Action> {
    let mut set = telling.batch.changes.iter().filter_map(|change| match &change.op {
        Op::Set { on, value: Value::Text(_), .. } => telling.before.action(*on),
        Op::Set { .. } | Op::Add { .. } | Op::Unknown { .. } | Op::Erase { .. } | Op::Absent => None,
    });
    set.next().filter(|_| set.next().is_none())
}

/// An action that the batch adds; in an undo, withdraws as undone; and in a redo, brings back.
fn came(telling: &Telling<'_>, change: &Change) -> Option<Id> {
    let is_set = match (&telling.batch.cause, &change.op) {
        (Cause::Edit, Op::Add { kind: Kind::Action { .. }, .. }) => return Some(change.id),
        (Cause::Undo { .. }, Op::Set { value: Value::Withdrawn(Some(withdrawal)), .. }) => withdrawal.reason == UNDONE,
        (Cause::Redo { .. }, Op::Set { value: Value::Withdrawn(None), .. }) => true,
        (Cause::Edit | Cause::Undo { .. } | Cause::Redo { .. } | Cause::Import { .. } | Cause::Erasure, _) => false,
    };
    action_set(telling, change).filter(|_| is_set)
}

/// An action that the batch withdraws as joined with another, with the reference of that; or, in an undo, brings back.
fn went<'a>(telling: &'a Telling<'_>, change: &'a Change) -> Option<(Id, Option<&'a str>)> {
    let id = action_set(telling, change)?;
    let reference = |withdrawal: &'a Withdrawal| withdrawal.reason.strip_prefix(JOINED_WITH);
    match (&telling.batch.cause, &change.op) {
        (Cause::Edit | Cause::Redo { .. }, Op::Set { value: Value::Withdrawn(Some(now)), .. }) => {
            reference(now).map(|reference| (id, Some(reference)))
        }
        (Cause::Undo { .. }, Op::Set { value: Value::Withdrawn(None), .. }) => {
            let was = telling.before.action(id)?.withdrawn.get().and_then(Option::as_ref).and_then(reference);
            Some((id, was)).filter(|_| was.is_some() || reworded(telling).is_some())
        }
        (Cause::Edit | Cause::Undo { .. } | Cause::Redo { .. } | Cause::Import { .. } | Cause::Erasure, _) => None,
    }
}

fn action_set(telling: &Telling<'_>, change: &Change) -> Option<Id> {
    if let Op::Set { on, .. } = &change.op { telling.before.action(*on).map(|action| action.id) } else { None }
}

/// "1.3 was Red and closed", where it was rated or closed otherwise than the action that it is joined with.
fn differing(telling: &Telling<'_>, into: Id, other: Id) -> Option<String> {
    let (into, other) = (telling.before.action(into)?, telling.before.action(other)?);
    let rating = (other.rating() != into.rating()).then(|| rating_word(other));
    let closed = (other.is_closed() != into.is_closed()).then(|| closed_word(other));
    let states: Vec<&str> = rating.into_iter().chain(closed).collect();
    (!states.is_empty()).then(|| format!("{} was {}", telling.before.reference(other), states.join(" and ")))
}

/// "1.2 stays Amber".
fn kept(telling: &Telling<'_>, into: Id, others: &[Id]) -> String {
    let Some(into) = telling.before.action(into) else { return String::new() };
    let others: Vec<&Action> = others.iter().filter_map(|id| telling.before.action(*id)).collect();
    let rating = others.iter().any(|other| other.rating() != into.rating()).then(|| rating_word(into));
    let is_closed = others.iter().any(|other| other.is_closed() != into.is_closed());
    let states: Vec<&str> = rating.into_iter().chain(is_closed.then(|| closed_word(into))).collect();
    format!("{} stays {}", telling.before.reference(into), states.join(" and "))
}

fn closed_word(action: &Action) -> &'static str {
    if action.is_closed() { "closed" } else { "open" }
}

fn raw(action: &Action) -> &[RawCell] {
    action.raw.get().map_or(&[], Vec::as_slice)
}

fn raw_in(values: &[Value]) -> &[RawCell] {
    let raw = values.iter().find_map(|value| if let Value::Raw(raw) = value { Some(raw) } else { None });
    raw.map_or(&[], Vec::as_slice)
}

fn rating_word(action: &Action) -> &str {
    action.rating().unwrap_or("not rated")
}

/// "1.5, 1.6 and 1.7".
fn listed(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [only] => only.clone(),
        [before @ .., last] => format!("{} and {last}", before.join(", ")),
    }
}
