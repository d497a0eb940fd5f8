//! The whole vocabulary of what can happen to a register.
//!
//! Three operations: something is added with its first values, a field gets a new value, or a newer version of the
//! program did something that this one does not know and only keeps.

use chrono::{DateTime, FixedOffset, NaiveDate};

use super::action::{Closure, Dismissal, Lead, Targets};
use super::flag::{Flag, RawCell, Source};
use super::id::Id;
use super::meeting::{Agenda, Attendance, MinuteText, Stage};
use super::party::PartyKind;
use super::progress::EntryText;
use super::rating::Scheme;
use super::recommendation::{Acceptance, Under};
use super::withdrawal::Withdrawal;

/// What can be added, and where it belongs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    Plan,
    Party,
    Finding { plan: Id },
    Recommendation { plan: Id },
    Action { plan: Id, recommendation: Option<Id> },
    Entry { action: Id, said: EntryText },
    Meeting,
    Minute { meeting: Id, said: MinuteText },
}

/// A field and a value for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    Acceptance(Acceptance),
    Agency(Option<Id>),
    Agenda(Agenda),
    Aliases(Vec<String>),
    AsAt(Option<NaiveDate>),
    Attendance(Vec<Attendance>),
    Body(Option<Id>),
    Chair(String),
    Closure(Closure),
    Day(NaiveDate),
    Dismissed(Vec<Dismissal>),
    Flags(Vec<Flag>),
    Glossary(Vec<(String, String)>),
    Leads(Vec<Lead>),
    /// Words on every page of what is made from a plan; empty for none.
    Marking(String),
    Name(String),
    NextMeeting(Option<NaiveDate>),
    Notes(Vec<String>),
    Number(String),
    NumberInferred(bool),
    Outcome(Option<String>),
    PartyKind(PartyKind),
    Rating(Option<String>),
    Raw(Vec<RawCell>),
    Scheme(Scheme),
    Slug(String),
    Source(Source),
    Stage(Stage),
    Targets(Targets),
    Text(String),
    Title(String),
    Under(Under),
    Via(Vec<Lead>),
    Withdrawn(Option<Withdrawal>),
}

/// The smallest thing that can happen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Op {
    /// The new thing's id is the change's id.
    Add { kind: Kind, values: Vec<Value> },
    /// Replaces those values of the field that the writer had seen.
    Set { on: Id, value: Value, replaces: Vec<Id> },
    /// Written by a newer version: kept word for word, shown, and passed on.
    Unknown { body: String },
}

/// An operation in its place in the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub id: Id,
    /// Lamport time: greater than that of every change its writer knew. Orders the log; the clock never does.
    pub lamport: u64,
    pub op: Op,
}

/// Why a batch was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    Edit,
    Import { file: String },
    Undo { of: Id },
    Redo { of: Id },
}

/// All changes of one act of the user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    /// The id of its first change.
    pub id: Id,
    pub author: String,
    pub at: DateTime<FixedOffset>,
    /// The meeting that was open.
    pub meeting: Option<Id>,
    pub cause: Cause,
    /// Never empty; in the order of their ids.
    pub changes: Vec<Change>,
}

impl Op {
    /// The same operation with every pending id replaced by the real one of a batch that begins at `first`.
    #[must_use]
    pub fn settled(mut self, first: Id) -> Op {
        self.ids_mut().into_iter().for_each(|id| *id = id.settled(first));
        self
    }

    /// Every id that it names.
    pub fn ids_mut(&mut self) -> Vec<&mut Id> {
        match self {
            Op::Add { kind, values } => {
                kind.ids_mut().into_iter().chain(values.iter_mut().flat_map(Value::ids_mut)).collect()
            }
            Op::Set { on, value, replaces } => std::iter::once(on).chain(value.ids_mut()).chain(replaces).collect(),
            Op::Unknown { .. } => Vec::new(),
        }
    }
}

impl Kind {
    fn ids_mut(&mut self) -> Vec<&mut Id> {
        match self {
            Kind::Plan | Kind::Party | Kind::Meeting => Vec::new(),
            Kind::Finding { plan } | Kind::Recommendation { plan } => vec![plan],
            Kind::Action { plan, recommendation } => std::iter::once(plan).chain(recommendation).collect(),
            Kind::Entry { action, .. } => vec![action],
            Kind::Minute { meeting, said } => {
                std::iter::once(meeting).chain(&mut said.action).chain(&mut said.recommendation).collect()
            }
        }
    }
}

impl Value {
    fn ids_mut(&mut self) -> Vec<&mut Id> {
        match self {
            Value::Agency(party) | Value::Body(party) => party.iter_mut().collect(),
            Value::Agenda(agenda) => agenda.items.iter_mut().collect(),
            Value::Attendance(people) => people.iter_mut().map(|person| &mut person.party).collect(),
            Value::Leads(leads) | Value::Via(leads) => leads.iter_mut().map(|lead| &mut lead.party).collect(),
            Value::Under(Under::Findings(ids)) => ids.iter_mut().collect(),
            Value::Withdrawn(Some(withdrawal)) => withdrawal.seen.iter_mut().collect(),
            Value::Under(Under::Nothing | Under::AllFindings)
            | Value::Withdrawn(None)
            | Value::Acceptance(_)
            | Value::Aliases(_)
            | Value::AsAt(_)
            | Value::Chair(_)
            | Value::Closure(_)
            | Value::Day(_)
            | Value::Dismissed(_)
            | Value::Flags(_)
            | Value::Glossary(_)
            | Value::Marking(_)
            | Value::Name(_)
            | Value::NextMeeting(_)
            | Value::Notes(_)
            | Value::Number(_)
            | Value::NumberInferred(_)
            | Value::Outcome(_)
            | Value::PartyKind(_)
            | Value::Rating(_)
            | Value::Raw(_)
            | Value::Scheme(_)
            | Value::Slug(_)
            | Value::Source(_)
            | Value::Stage(_)
            | Value::Targets(_)
            | Value::Text(_)
            | Value::Title(_) => Vec::new(),
        }
    }
}
