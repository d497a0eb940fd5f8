//! The operations that add what is new in a draft: one for each thing, with all its first values.

use super::parties::Parties;
use crate::domain::action::{Closure, Targets};
use crate::domain::change::{Kind, Op, Value};
use crate::domain::draft::{Draft, DraftAction, DraftFinding, DraftRecommendation};
use crate::domain::flag::Source;
use crate::domain::id::Id;
use crate::domain::progress::EntryText;
use crate::domain::recommendation::Under;

/// The operations so far. Parties take the last places, because only at the end is it clear which are needed.
#[derive(Clone, Debug, Default)]
pub struct Ops {
    list: Vec<Op>,
}

impl Ops {
    pub fn push(&mut self, op: Op) -> Id {
        self.list.push(op);
        Id::pending(self.list.len() - 1)
    }

    /// Operations that refer to none that are still to come.
    pub fn extend(&mut self, ops: Vec<Op>) {
        self.list.extend(ops);
    }

    /// All operations, those for parties at the end and their stand-in ids settled.
    pub fn finished(self, parties: Parties<'_>) -> Vec<Op> {
        parties.finished(self.list)
    }

    pub fn plan(&mut self, draft: &Draft, slug: &str) -> Id {
        let mut values = vec![Value::Slug(slug.to_owned())];
        values.extend(some(!draft.title.is_empty(), || Value::Title(draft.title.clone())));
        values.extend(draft.as_at.map(|day| Value::AsAt(Some(day))));
        values.extend(draft.scheme.clone().map(Value::Scheme));
        values.extend(some(!draft.glossary.is_empty(), || Value::Glossary(draft.glossary.clone())));
        values.extend(some(!draft.notes.is_empty(), || Value::Notes(draft.notes.clone())));
        values.push(Value::Source(Source { file: draft.file.clone(), place: String::new() }));
        values.extend(some(!draft.flags.is_empty(), || Value::Flags(draft.flags.clone())));
        self.push(Op::Add { kind: Kind::Plan, values })
    }

    pub fn finding(&mut self, plan: Id, finding: &DraftFinding) -> Id {
        let values = vec![Value::Number(finding.number.clone()), Value::Text(finding.text.clone())];
        self.push(Op::Add { kind: Kind::Finding { plan }, values })
    }

    pub fn recommendation(&mut self, plan: Id, rec: &DraftRecommendation, under: Under) -> Id {
        let mut values = vec![Value::Number(rec.number.clone()), Value::Text(rec.text.clone())];
        values.extend(some(rec.number_inferred, || Value::NumberInferred(true)));
        values.extend(rec.particulars.stated().map(|(particular, text)| particular.value(text)));
        values.extend(some(under != Under::Nothing, || Value::Under(under)));
        values.extend(some(!rec.flags.is_empty(), || Value::Flags(rec.flags.clone())));
        values.push(Value::Raw(rec.raw.clone()));
        values.push(Value::Source(rec.source.clone()));
        self.push(Op::Add { kind: Kind::Recommendation { plan }, values })
    }

    pub fn action(
        &mut self,
        (plan, recommendation): (Id, Option<Id>),
        reference: &str,
        action: &DraftAction,
        parties: &mut Parties<'_>,
    ) {
        let (leads, via) = (parties.leads(&action.leads), parties.leads(&action.via));
        let is_moved = !action.original_targets.is_empty();
        let first = if is_moved { &action.original_targets } else { &action.targets };
        let targets = Targets { dates: first.clone(), reason: String::new() };
        let mut values = vec![Value::Text(action.text.clone())];
        values.extend(action.number.clone().map(Value::Number));
        values.push(Value::Reference(reference.to_owned()));
        values.extend(some(!leads.is_empty(), || Value::Leads(leads)));
        values.extend(some(!via.is_empty(), || Value::Via(via)));
        values.extend(some(!targets.dates.is_empty(), || Value::Targets(targets)));
        values.extend(some(action.closure != Closure::Open, || Value::Closure(action.closure.clone())));
        values.extend(action.rating.clone().map(|word| Value::Rating(Some(word))));
        values.extend(some(!action.flags.is_empty(), || Value::Flags(action.flags.clone())));
        values.push(Value::Raw(action.raw.clone()));
        values.push(Value::Source(action.source.clone()));
        let id = self.push(Op::Add { kind: Kind::Action { plan, recommendation }, values });
        if is_moved {
            let moved = Targets { dates: action.targets.clone(), reason: "as the document says".into() };
            self.set(id, Value::Targets(moved), vec![id]);
        }
        for entry in &action.progress {
            self.entry(id, entry);
        }
    }

    pub fn entry(&mut self, action: Id, said: &EntryText) {
        self.push(Op::Add { kind: Kind::Entry { action, said: said.clone() }, values: Vec::new() });
    }

    pub fn set(&mut self, on: Id, value: Value, replaces: Vec<Id>) {
        self.push(Op::Set { on, value, replaces });
    }
}

fn some(holds: bool, value: impl FnOnce() -> Value) -> Option<Value> {
    holds.then(value)
}
