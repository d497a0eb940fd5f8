//! A whole batch in one sentence.

use std::collections::BTreeSet;

use super::super::change::{Cause, Change, Kind, Op, Value};
use super::super::chase::Asked;
use super::super::date_words;
use super::super::id::Id;
use super::super::plan::Plan;
use super::super::register::Register;
use super::super::withdrawal::SAME_AS;
use super::regrouped::Regrouped;
use super::subject::Telling;
use super::{change, minute_word, several};
use crate::text;

/// How many changes are described one by one.
const TOLD: usize = 3;

pub(super) fn sentence(telling: &Telling<'_>) -> String {
    let batch = telling.batch;
    match &batch.cause {
        Cause::Import { file } => import(telling, file),
        Cause::Edit | Cause::Redo { .. } | Cause::Erasure => {
            let named = same(telling)
                .or_else(|| asked(telling))
                .or_else(|| Regrouped::by(telling).map(|all| all.sentence(telling)))
                .or_else(|| several::sentence(telling));
            named.unwrap_or_else(|| joined(telling, batch.changes.iter()))
        }
        // An undo goes backwards.
        Cause::Undo { .. } => {
            let regrouped = Regrouped::by(telling).map(|all| all.sentence(telling));
            let told = regrouped.or_else(|| several::sentence(telling));
            told.unwrap_or_else(|| joined(telling, batch.changes.iter().rev()))
        }
    }
}

/// "RCHT is the same as RCFT: 2 actions changed", where two names were made one party.
fn same(telling: &Telling<'_>) -> Option<String> {
    let changes = &telling.batch.changes;
    let (party, reason) = changes.iter().find_map(|change| match &change.op {
        Op::Set { on, value: Value::Withdrawn(Some(withdrawal)), .. } if withdrawal.reason.starts_with(SAME_AS) => {
            Some((telling.before.party(*on)?, withdrawal.reason.as_str()))
        }
        Op::Set { .. } | Op::Add { .. } | Op::Unknown { .. } | Op::Erase { .. } | Op::Absent => None,
    })?;
    let actions = changes.iter().filter_map(|change| match &change.op {
        Op::Set { on, .. } => telling.before.action(*on).map(|action| action.id),
        Op::Add { .. } | Op::Unknown { .. } | Op::Erase { .. } | Op::Absent => None,
    });
    let actions: BTreeSet<Id> = actions.collect();
    Some(format!("{} is {reason}: {} changed", party.name(), text::counted(actions.len(), "action")))
}

/// "3 leads asked about 12 actions, to answer by 12 Dec 2026", where more was asked than can be told one by one.
fn asked(telling: &Telling<'_>) -> Option<String> {
    let changes = &telling.batch.changes;
    let asked = changes.iter().filter_map(|change| match &change.op {
        Op::Set { value: Value::Asked(asked), .. } if !asked.of.is_empty() => Some(asked),
        Op::Set { .. } | Op::Add { .. } | Op::Unknown { .. } | Op::Erase { .. } | Op::Absent => None,
    });
    let asked: Vec<&Asked> = asked.collect();
    if asked.len() != changes.len() || asked.len() < 2 {
        return None;
    }
    let day = asked.iter().flat_map(|asked| &asked.of).map(|one| one.day).max();
    let new: Vec<_> = asked.iter().flat_map(|asked| &asked.of).filter(|one| Some(one.day) == day).collect();
    let parties: BTreeSet<Id> = new.iter().map(|one| one.party).collect();
    let by = new.iter().find_map(|one| one.by).map(|day| format!(", to answer by {}", date_words::day(day)));
    let (leads, actions) = (text::counted(parties.len(), "lead"), text::counted(asked.len(), "action"));
    Some(format!("{leads} asked about {actions}{}", by.unwrap_or_default()))
}

/// "adult-c imported from adult-c.txt: 16 recommendations, 27 actions", of a plan that is in the register.
pub(super) fn imported(register: &Register, plan: &Plan) -> String {
    let recs = plan.recommendations.iter().filter(|id| !register.is_hidden(**id)).count();
    let actions = plan.actions.iter().filter(|id| !register.is_hidden(**id)).count();
    let file = plan.source.get().map_or("", |source| source.file.as_str());
    from_file(plan.slug(), file, recs, actions)
}

fn import(telling: &Telling<'_>, file: &str) -> String {
    let count = |is_it: fn(&Kind) -> bool| {
        telling.batch.changes.iter().filter(|change| added(change).is_some_and(is_it)).count()
    };
    let recs = count(|kind| matches!(kind, Kind::Recommendation { .. }));
    let actions = count(|kind| matches!(kind, Kind::Action { .. }));
    let plan = telling.batch.changes.iter().find(|change| matches!(added(change), Some(Kind::Plan)));
    if let Some(plan) = plan {
        return from_file(&telling.place(plan.id).label, file, recs, actions);
    }
    let sets = telling.batch.changes.iter().filter(|change| matches!(change.op, Op::Set { .. })).count();
    let entries = count(|kind| matches!(kind, Kind::Entry { .. }));
    let mut slugs: Vec<String> = Vec::new();
    for plan in telling.batch.changes.iter().filter_map(|one| change(telling.before, telling.batch, one).plan) {
        let slug = telling.place(plan).label;
        if !slugs.contains(&slug) {
            slugs.push(slug);
        }
    }
    let slug = slugs.join(", ");
    let updates = counted(if actions == 0 { entries } else { 0 }, "update", "");
    let parts = [
        counted(recs, "recommendation", " added"),
        counted(actions, "action", " added"),
        updates,
        counted(sets, "change", ""),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    format!("{slug} brought up to date from {file}: {}", parts.join(", ")).trim_start().to_owned()
}

fn from_file(slug: &str, file: &str, recs: usize, actions: usize) -> String {
    let from = if file.is_empty() { "added".into() } else { format!("imported from {file}") };
    let parts: Vec<String> =
        [counted(recs, "recommendation", ""), counted(actions, "action", "")].into_iter().flatten().collect();
    let parts = if parts.is_empty() { "no actions".into() } else { parts.join(", ") };
    format!("{slug} {from}: {parts}")
}

fn counted(count: usize, noun: &str, verb: &str) -> Option<String> {
    (count > 0).then(|| text::counted(count, noun) + verb)
}

fn joined<'a>(telling: &Telling<'_>, changes: impl Iterator<Item = &'a Change> + Clone) -> String {
    let is_telling = |change: &&Change| {
        !is_about_party(telling, change)
            && !goes_without_saying(telling, change)
            && !is_put_back_beside(telling, change)
    };
    let only_parties = !changes.clone().any(|change| is_telling(&change));
    let told = changes.filter(|change| only_parties || is_telling(change));
    let count = told.clone().count();
    let mut sentence = String::new();
    let mut subject = String::new();
    let rest = more(told.clone().skip(1), count);
    for one in told.take(if count > TOLD { 1 } else { TOLD }) {
        let line = change(telling.before, telling.batch, one);
        add(&mut sentence, &subject, &line.sentence);
        subject = line.reference;
    }
    if count > TOLD {
        return format!("{sentence}, and {rest}");
    }
    sentence
}

/// "4 items carried forward", where all of many changes but the first minute the same; else "4 more changes".
fn more<'a>(mut changes: impl Iterator<Item = &'a Change>, count: usize) -> String {
    let minuted = |change: &Change| match added(change) {
        Some(Kind::Minute { said, .. }) => Some(said.kind),
        Some(_) | None => None,
    };
    let first = changes.next().and_then(minuted);
    match first.filter(|kind| changes.all(|change| minuted(change) == Some(*kind))) {
        Some(kind) => format!("{} {}", text::counted(count.saturating_sub(1), "item"), minute_word(kind)),
        None => format!("{} more changes", count.saturating_sub(1)),
    }
}

/// Adds a sentence without the cause and the reference, where they repeat those of the previous one.
fn add(sentence: &mut String, subject: &str, next: &str) {
    if sentence.is_empty() {
        sentence.push_str(next);
        return;
    }
    let next = next.strip_prefix("undone: ").or_else(|| next.strip_prefix("redone: ")).unwrap_or(next);
    let same =
        if subject.is_empty() { None } else { next.strip_prefix(subject).and_then(|rest| rest.strip_prefix(' ')) };
    sentence.push_str(if same.is_some() { ", " } else { "; " });
    sentence.push_str(same.unwrap_or(next));
}

fn is_about_party(telling: &Telling<'_>, change: &Change) -> bool {
    match &change.op {
        Op::Add { kind, .. } => matches!(kind, Kind::Party),
        Op::Set { on, value, .. } => matches!(value, Value::Withdrawn(_)) && telling.before.party(*on).is_some(),
        Op::Unknown { .. } | Op::Erase { .. } | Op::Absent => false,
    }
}

/// Whether an undo puts back this value of a field beside another, which is the one shown: undoing the settling of a conflict
/// is told once.
fn is_put_back_beside(telling: &Telling<'_>, change: &Change) -> bool {
    let Op::Set { on, value, .. } = &change.op else { return false };
    telling.is_undo() && telling.sets(*on, value).last().is_some_and(|last| last.id != change.id)
}

/// Whether it goes without saying: what a meeting recorded about an action that comes, or goes, with the same batch, or that who
/// joined is present.
fn goes_without_saying(telling: &Telling<'_>, change: &Change) -> bool {
    if matches!(change.op, Op::Set { value: Value::Attendance(_), .. }) {
        return telling.batch.changes.iter().any(|other| matches!(other.op, Op::Set { value: Value::Moves(_), .. }));
    }
    let about = match &change.op {
        Op::Add { kind: Kind::Minute { said, .. }, .. } => said.action,
        Op::Set { on, value: Value::Withdrawn(_), .. } => {
            telling.before.minute(*on).and_then(|(_, minute)| minute.said.action)
        }
        Op::Add { .. } | Op::Set { .. } | Op::Unknown { .. } | Op::Erase { .. } | Op::Absent => None,
    };
    about.is_some_and(|action| {
        telling.batch.changes.iter().any(|other| match &other.op {
            Op::Add { kind, .. } => matches!(kind, Kind::Action { .. }) && other.id == action,
            Op::Set { on, value, .. } => matches!(value, Value::Withdrawn(_)) && *on == action,
            Op::Unknown { .. } | Op::Erase { .. } | Op::Absent => false,
        })
    })
}

fn added(change: &Change) -> Option<&Kind> {
    if let Op::Add { kind, .. } = &change.op { Some(kind) } else { None }
}
