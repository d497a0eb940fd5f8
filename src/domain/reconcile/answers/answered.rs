//! One answer beside its action, field by field.

use super::super::pair::is_same;
use super::super::query::{Offer, Query};
use super::super::{Decisions, Difference};
use super::find::full_reference;
use super::{Line, PROGRESS, own};
use crate::domain::action::{Action, Extension};
use crate::domain::change::{Kind, Op, Value};
use crate::domain::date_text;
use crate::domain::draft::{Draft, DraftAnswer};
use crate::domain::form;
use crate::domain::id::Id;
use crate::domain::progress::{EntryOrigin, EntryText};
use crate::domain::rating::means_not_rated;
use crate::domain::register::Register;
use crate::domain::target::Target;

pub struct Answered<'a> {
    pub draft: &'a Draft,
    pub register: &'a Register,
    pub decisions: &'a Decisions,
    pub action: &'a Action,
    pub answer: &'a DraftAnswer,
    /// Its place among the draft's answers.
    pub at: usize,
    /// Why none of it is adopted unasked.
    pub why: Option<String>,
    pub lines: Vec<Line>,
    pub queries: Vec<Query>,
}

/// What is written is no rating of the plan.
pub struct NoRating;

/// What a line shows: the register's value and the return's.
pub struct Sides {
    pub field: &'static str,
    pub here: String,
    pub document: String,
}

impl Answered<'_> {
    pub fn compare(&mut self) {
        self.progress();
        self.rating();
        self.extension();
        own::compare(self);
    }

    fn progress(&mut self) {
        for said in &self.answer.entries {
            self.entry(said.clone(), None);
        }
    }

    /// A progress entry, unless it is recorded already.
    pub fn entry(&mut self, said: EntryText, why: Option<String>) {
        if self.action.entries.iter().any(|entry| is_same(&entry.said.text, &said.text)) {
            return;
        }
        let sides = Sides { field: PROGRESS, here: String::new(), document: said.text.clone() };
        let said = EntryText { origin: EntryOrigin::Written, ..said };
        let op = Op::Add { kind: Kind::Entry { action: self.action.id, said }, values: Vec::new() };
        self.line(self.action.id, sides, op, why);
    }

    fn rating(&mut self) {
        let written = &self.answer.rating;
        if written.is_empty() {
            return;
        }
        if let Ok(level) = self.level(written) {
            let why = self.changed_since(&self.action.rating.ids(), form::RATING);
            self.rate(level, why);
        } else {
            let scheme = self.register.scheme(self.action.plan);
            let offers = scheme.levels.iter().map(|level| Offer::of(&level.word)).collect();
            self.ask("rating", format!("“{written}” is not a rating of this plan"), offers);
        }
    }

    /// A rating, unless the action has it.
    pub fn rate(&mut self, level: Option<String>, why: Option<String>) {
        if self.action.rating() == level.as_deref() {
            return;
        }
        let word = |rating: Option<&str>| rating.unwrap_or("not rated").to_owned();
        let sides = Sides { field: "rating", here: word(self.action.rating()), document: word(level.as_deref()) };
        let op = self.set(Value::Rating(level), self.action.rating.ids());
        self.line(self.action.id, sides, op, why);
    }

    fn extension(&mut self) {
        let wanted = &self.answer.targets;
        if wanted.is_empty() || wanted.as_slice() == self.action.targets() {
            return;
        }
        if let Some(unclear) = wanted.iter().find(|target| target.span.is_none()) {
            let why = unclear.flag.clone().unwrap_or_else(|| format!("no date is recognised in “{}”", unclear.raw));
            let offers = date_text::suggestion(&unclear.raw, &[]).map(|likely| Offer::of(&likely));
            self.ask("extension", why, offers.into_iter().collect());
            return;
        }
        let said: Vec<&str> = self.answer.entries.iter().map(|entry| entry.text.as_str()).collect();
        let asked = Extension { dates: wanted.clone(), reason: said.join(" "), by: self.draft.form.giver() };
        let is_known = |known: &Extension| are_same_days(&known.dates, wanted);
        if self.action.extension().is_some_and(is_known) || are_same_days(self.action.targets(), wanted) {
            return;
        }
        let heads = [self.action.extension.ids(), self.action.targets.ids()].concat();
        let why = self.changed_since(&heads, form::TARGET);
        let now = form::targets(self.action.targets());
        let open = self.action.extension().map(|known| format!(" ({} is already requested)", known.wanted()));
        let here = format!("{}{}", if now.is_empty() { "no target" } else { &now }, open.unwrap_or_default());
        let sides = Sides { field: "extension", here, document: asked.wanted() };
        let op = self.set(Value::Extension(Some(asked)), self.action.extension.ids());
        self.line(self.action.id, sides, op, why);
    }

    /// The word of a level, from "Green", "G" or "G Green", or none for "not rated".
    pub fn level(&self, written: &str) -> Result<Option<String>, NoRating> {
        let scheme = self.register.scheme(self.action.plan);
        let last = written.split_once(' ').map(|(_, word)| word);
        let found = scheme.level(written).or_else(|| last.and_then(|word| scheme.level(word)));
        let is_none = || means_not_rated(written) || last.is_some_and(means_not_rated);
        match found {
            Some(level) => Ok(Some(level.word.clone())),
            None if is_none() => Ok(None),
            None => Err(NoRating),
        }
    }

    /// Who changed a field after the form was made. Where only its day is known, or not even that, what the form's own
    /// column says shows whether it was changed.
    fn changed_since(&self, heads: &[Id], column: &str) -> Option<String> {
        let asked = &self.decisions.asked;
        // What the action came with was not changed.
        let heads: Vec<Id> = heads.iter().copied().filter(|id| *id != self.action.id).collect();
        let told = |words: String| format!("changed in the register {words}, after this form was made");
        if let Some(edit) = asked.since(&heads) {
            // A party may correct what it answered before on the same form.
            return (!edit.is_superseded_by(&self.draft.form)).then(|| told(edit.words()));
        }
        let shown = self.answer.cell(column).filter(|shown| !shown.is_empty() && !asked.is_exact)?;
        let now = own::now(self.register, self.action, column);
        let by = asked.latest(&heads).map(|edit| format!(" {}", edit.words())).unwrap_or_default();
        (!is_same(shown, &now)).then(|| format!("the form says “{shown}”, which was changed in the register{by}"))
    }

    fn ask(&mut self, field: &'static str, why: String, offers: Vec<Offer>) {
        self.queries.push(Query::new((self.at, self.answer), field, why, offers));
    }

    pub fn set(&self, value: Value, replaces: Vec<Id>) -> Op {
        Op::Set { on: self.action.id, value, replaces }
    }

    /// A line of the review; `why`: why it is kept unless taken.
    pub fn line(&mut self, on: Id, sides: Sides, op: Op, why: Option<String>) {
        let why = why.or_else(|| self.why.clone());
        let Sides { field, here, document } = sides;
        let mut difference = Difference {
            on,
            reference: full_reference(self.register, self.action),
            field,
            here,
            document,
            is_proposed: why.is_none(),
            is_emptied: false,
            is_taken: why.is_none(),
            why: why.unwrap_or_default(),
            answer: Some(self.at),
        };
        let decided = self.decisions.decided.get(&difference.key()).copied();
        difference.is_taken = decided.unwrap_or(difference.is_taken);
        self.lines.push(Line { difference, ops: vec![op], is_decided: decided.is_some() });
    }
}

fn are_same_days(here: &[Target], there: &[Target]) -> bool {
    here.len() == there.len() && here.iter().zip(there).all(|(here, there)| here.span == there.span)
}
