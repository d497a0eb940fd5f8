//! What happened, in a sentence: for the message line, the audit trail, the minutes and undo.

mod batches;
mod moves;
pub mod net;
pub(in crate::domain) mod plain;
mod quoting;
mod regrouped;
pub mod sentence;
mod several;
pub(in crate::domain) mod subject;
#[cfg(test)]
mod tests;

use super::change::{Batch, Cause, Change, Kind, Op, Value};
use super::field;
use super::id::Id;
use super::meeting::{MinuteKind, MinuteText};
use super::progress::EntryText;
use super::register::Register;
pub use plain::{rule_words, stage_word};
pub use quoting::Quoting;
pub use regrouped::Shape;
use subject::Telling;

/// One change as the audit trail shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TrailLine {
    pub plan: Option<Id>,
    /// `7.1`; empty for a change that is not about an action.
    pub reference: String,
    /// The field or the thing, in one word: `rating`, `progress`, `target`, `leads`, `via`, `text`, `closure`, `flag`,
    /// `action`, `recommendation`, `finding`, `plan`, `party` …
    pub what: String,
    /// Without full stop: "7.1 Green → Amber". An undo says what it undid: "undone: 7.1 Green → Amber".
    pub sentence: String,
    /// The previous value and the new one, in full; `None` for nothing ("not rated", no target).
    pub from: Option<String>,
    pub to: Option<String>,
}

/// One change, described against the register before it (or before its batch).
pub fn change(before: &Register, batch: &Batch, change: &Change) -> TrailLine {
    tell(&Telling { before, batch, quoting: Quoting::Beginning, shape: Shape::of(batch) }, change)
}

/// The same with as much as `quoting` says of what it quotes, where the shape of the batch was found before.
pub fn change_in(before: &Register, (batch, shape): (&Batch, Shape), change: &Change, quoting: Quoting) -> TrailLine {
    tell(&Telling { before, batch, quoting, shape }, change)
}

fn tell(telling: &Telling<'_>, change: &Change) -> TrailLine {
    match &change.op {
        Op::Add { kind, values } => telling.added(change.id, kind, values),
        Op::Set { on, value, replaces } => telling.set(*on, value, replaces),
        Op::Unknown { .. } => TrailLine {
            what: "unknown".into(),
            sentence: "a change that this version of the program does not understand".into(),
            ..TrailLine::default()
        },
        Op::Erase { what, ground, .. } => {
            let sentence = format!("erased: {what} ({ground})");
            TrailLine { what: "erasure".into(), sentence, to: Some(ground.clone()), ..TrailLine::default() }
        }
        Op::Absent => TrailLine {
            what: "absent".into(),
            sentence: "a change whose words are not in this file".into(),
            ..TrailLine::default()
        },
    }
}

/// What a whole batch did, in one sentence: "7.1 Green → Amber, progress added: “Triage starts …”".
pub fn batch(before: &Register, batch: &Batch) -> String {
    batches::sentence(&Telling { before, batch, quoting: Quoting::Beginning, shape: Shape::of(batch) })
}

impl Telling<'_> {
    fn added(&self, id: Id, kind: &Kind, values: &[Value]) -> TrailLine {
        let line = |what: &str, sentence: String, to: String| {
            let place = self.place(id);
            let sentence = self.with_cause(sentence);
            TrailLine {
                plan: place.plan,
                reference: place.reference,
                what: what.into(),
                sentence,
                from: None,
                to: Some(to),
            }
        };
        let label = self.place(id).label;
        let verb = self.verb();
        let text = values.iter().find_map(text_in).unwrap_or("");
        match kind {
            Kind::Plan => line("plan", format!("{label} {verb}"), label),
            Kind::Party => line("party", format!("party {label} {verb}"), label),
            Kind::Finding { .. } => line("finding", added_text(self.quoting, &label, verb, text), text.into()),
            Kind::Recommendation { .. } => {
                line("recommendation", added_text(self.quoting, &label, verb, text), text.into())
            }
            Kind::Action { .. } => {
                let split = regrouped::of_part(self, id).map(|whole| format!("split from {whole}"));
                let verb = split.as_deref().unwrap_or(verb);
                line("action", added_text(self.quoting, &label, verb, text), text.into())
            }
            Kind::Meeting => line("meeting", format!("{label} started"), label),
            Kind::Minute { said, .. } => line("minute", minute_told(self.quoting, &label, said), said.text.clone()),
            Kind::Entry { action, said } => {
                let from = regrouped::source(self, *action, said).map(|from| format!("moved from {from}"));
                let verb = from.as_deref().unwrap_or(verb);
                line("progress", progress_added(self.quoting, &label, verb, said), said.text.clone())
            }
        }
    }

    fn set(&self, on: Id, value: &Value, replaces: &[Id]) -> TrailLine {
        let place = self.place(on);
        if self.is_separate(on, value, replaces) {
            return self.set_separately(on, value);
        }
        let was = self.value_before(on, value);
        // An undo is described as what it undid, but its line gives the value that it left.
        let (then, now) = if self.is_undo() { (value, &was) } else { (&was, value) };
        let sentence = self.with_cause(self.moved(on, &place.label, then, now));
        let (from, to) = (self.plain(&was), self.plain(value));
        TrailLine {
            plan: place.plan,
            reference: place.reference,
            what: self.what(on, value).into(),
            sentence,
            from,
            to,
        }
    }

    /// Whether its author had not seen the value that was there: on another copy, at the same time.
    fn is_separate(&self, on: Id, value: &Value, replaces: &[Id]) -> bool {
        let heads = field::heads(self.before, on, value);
        let is_own = |id: &Id| self.batch.changes.iter().any(|change| change.id == *id);
        let has_seen = heads.iter().any(|head| replaces.contains(&head.id)) || replaces.iter().any(is_own);
        let is_edit = self.batch.cause == Cause::Edit && !matches!(value, Value::Withdrawn(_));
        is_edit && !heads.is_empty() && !has_seen
    }

    /// "7.1 rating Red, recorded separately from Amber". What was there when it was written is no longer known here.
    fn set_separately(&self, on: Id, value: &Value) -> TrailLine {
        let place = self.place(on);
        let shown = |value: &Value| self.plain(value).map_or_else(|| "none".into(), |text| self.quoting.short(&text));
        let (name, was) = (value.field_name(), self.value_before(on, value));
        let sentence = format!("{} {name} {}, recorded separately from {}", place.label, shown(value), shown(&was));
        let (what, to) = (self.what(on, value).into(), self.plain(value));
        TrailLine { plan: place.plan, reference: place.reference, what, sentence, from: None, to }
    }

    /// A conflict settled with the value that was shown moves nothing.
    fn moved(&self, on: Id, label: &str, then: &Value, now: &Value) -> String {
        let was_in_conflict = || {
            if self.is_undo() { self.sets(on, now).count() > 1 } else { field::heads(self.before, on, now).len() > 1 }
        };
        match self.plain(now).filter(|_| then == now && was_in_conflict()) {
            Some(kept) => format!("{label} {} stays {}", now.field_name(), self.quoting.short(&kept)),
            None => self.sentence(on, label, then, now),
        }
    }

    /// The changes of the batch that set this field.
    fn sets<'b>(&'b self, on: Id, like: &'b Value) -> impl Iterator<Item = &'b Change> {
        self.batch.changes.iter().filter(move |change| match &change.op {
            Op::Set { on: also, value, .. } => *also == on && field::same_field(value, like),
            Op::Add { .. } | Op::Unknown { .. } | Op::Erase { .. } | Op::Absent => false,
        })
    }

    fn value_before(&self, on: Id, like: &Value) -> Value {
        let heads = field::heads(self.before, on, like);
        let initial = || self.initial(on).iter().find(|value| field::same_field(value, like)).cloned();
        heads.last().map(|head| head.value.clone()).or_else(initial).unwrap_or_else(|| like.unset())
    }

    fn is_undo(&self) -> bool {
        matches!(self.batch.cause, Cause::Undo { .. })
    }

    fn with_cause(&self, sentence: String) -> String {
        match self.batch.cause {
            Cause::Edit | Cause::Import { .. } | Cause::Erasure => sentence,
            Cause::Undo { .. } => format!("undone: {sentence}"),
            Cause::Redo { .. } => format!("redone: {sentence}"),
        }
    }

    fn verb(&self) -> &'static str {
        match self.batch.cause {
            Cause::Import { .. } => "imported",
            Cause::Edit | Cause::Undo { .. } | Cause::Redo { .. } | Cause::Erasure => "added",
        }
    }
}

fn text_in(value: &Value) -> Option<&str> {
    if let Value::Text(text) = value { Some(text) } else { None }
}

fn added_text(quoting: Quoting, label: &str, verb: &str, text: &str) -> String {
    format!("{label} {verb}: {}", quoting.quote(text))
}

/// "7.1 discussed", "7.1 carried forward: “…”", "7.1 decided: “…”".
pub(super) fn minute_told(quoting: Quoting, label: &str, said: &MinuteText) -> String {
    let done = minute_word(said.kind);
    if said.text.is_empty() {
        format!("{label} {done}")
    } else {
        format!("{label} {done}: {}", quoting.quote(&said.text))
    }
}

/// What happened to an item, in one word.
pub fn minute_word(kind: MinuteKind) -> &'static str {
    match kind {
        MinuteKind::Discussed => "discussed",
        MinuteKind::CarriedForward => "carried forward",
        MinuteKind::TakenAsRead => "taken as read",
        MinuteKind::Decision => "decided",
        MinuteKind::Matter => "noted",
    }
}

fn progress_added(quoting: Quoting, label: &str, verb: &str, said: &EntryText) -> String {
    format!("{label} progress {verb}: {}", quoting.quote(&said.text))
}
