//! Fields that two people changed without knowing of each other: both values stay in force until one change settles them.

use chrono::{DateTime, FixedOffset};

use super::action::Action;
use super::change::{Batch, Value};
use super::date_words;
use super::describe;
use super::id::Id;
use super::multi_value::Head;
use super::register::Register;
use super::thing::Thing;
use crate::text;

/// A field in conflict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The thing whose field it is.
    pub on: Id,
    /// The values in force, oldest first: at least two, and not all alike. The last is shown everywhere.
    pub heads: Vec<Head<Value>>,
}

impl Conflict {
    /// What the field is called: "rating".
    pub fn field(&self) -> &'static str {
        self.heads.first().map_or("", |head| head.value.field_name())
    }

    /// "7.1 rating": what it is about.
    pub fn subject(&self, register: &Register) -> String {
        describe::net::of(register, self.on, "", self.field()).sentence
    }

    /// "Amber (12 Nov 2026)": each value with the day on which it was recorded, oldest first.
    pub fn values(&self, register: &Register) -> Vec<String> {
        let dated = |head: &Head<Value>| {
            format!("{} ({})", text::one_line(&words(register, self.on, &head.value)), date_words::day(head.day))
        };
        self.heads.iter().map(dated).collect()
    }

    /// Each value with who wrote it, oldest first. `log` holds the changes that wrote them.
    pub fn sides(&self, register: &Register, log: &[Batch]) -> Vec<Side> {
        let side = |head: &Head<Value>| {
            let batch = log.iter().find(|batch| batch.changes.iter().any(|change| change.id == head.id))?;
            let meeting =
                batch.meeting.and_then(|id| register.meeting(id)).map(|meeting| register.meeting_name(meeting));
            let value = words(register, self.on, &head.value);
            Some(Side { change: head.id, value, author: batch.author.clone(), at: batch.at, meeting })
        };
        self.heads.iter().filter_map(side).collect()
    }
}

/// One value of a field in conflict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    pub change: Id,
    /// In words: "Amber".
    pub value: String,
    pub author: String,
    pub at: DateTime<FixedOffset>,
    /// The meeting in which it was written: "OPS, 21 Nov 2026".
    pub meeting: Option<String>,
}

impl Side {
    /// "Amber, by J. Lee on 12 Nov 2026 (OPS, 12 Nov 2026)".
    pub fn sentence(&self) -> String {
        let meeting = self.meeting.as_ref().map(|name| format!(" ({name})")).unwrap_or_default();
        let day = date_words::day(self.at.date_naive());
        format!("{}, by {} on {day}{meeting}", text::one_line(&self.value), self.author)
    }
}

fn words(register: &Register, on: Id, value: &Value) -> String {
    let unset = if matches!(value, Value::Rating(_)) { "not rated" } else { "none" };
    describe::net::value(register, on, value).unwrap_or_else(|| unset.to_owned())
}

/// The conflicts of one thing. Two people who wrote the same agree.
pub fn of(thing: &dyn Thing, on: Id) -> Vec<Conflict> {
    let fields = thing.in_conflict().into_iter().map(|like| thing.heads(&like));
    let differ = |heads: &Vec<Head<Value>>| heads.windows(2).any(|pair| matches!(pair, [a, b] if a.value != b.value));
    fields.filter(differ).map(|heads| Conflict { on, heads }).collect()
}

/// Whether an action has a conflict, in itself.
pub fn is_in(action: &Action) -> bool {
    !of(action, action.id).is_empty()
}

/// Every conflict: plan by plan in document order, then parties and meetings.
pub fn all(register: &Register) -> Vec<Conflict> {
    let mut ids = Vec::new();
    for plan in register.visible_plans() {
        ids.push(plan.id);
        ids.extend(plan.findings.iter().copied());
        ids.extend(register.recommendations_of(plan).map(|rec| rec.id));
        ids.extend(register.actions_of(plan).map(|action| action.id));
    }
    ids.extend(register.parties.iter().map(|party| party.id));
    ids.extend(register.visible_meetings().map(|meeting| meeting.id));
    let shown = ids.into_iter().filter(|id| !register.is_hidden(*id));
    shown.filter_map(|id| register.thing(id).map(|thing| of(thing, id))).flatten().collect()
}
