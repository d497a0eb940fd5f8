//! A whole register as compact bytes: a cache that opens a long history fast and can be thrown away at any time.

use std::collections::HashMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::action::{Action, Closure, Lead, RatingMove, Targets};
use crate::domain::finding::Finding;
use crate::domain::flag::{Flag, RawCell, Source};
use crate::domain::id::{Id, Origin};
use crate::domain::multi_value::{Field, Head};
use crate::domain::party::{Party, PartyKind};
use crate::domain::plan::Plan;
use crate::domain::progress::{Entry, EntryText};
use crate::domain::rating::Scheme;
use crate::domain::recommendation::{Recommendation, Under};
use crate::domain::register::{Register, Slot};
use crate::domain::withdrawal::Withdrawal;

use super::mirror::{Mirror, mirror};

/// Goes up with every change of the nouns, of this file, or of what `apply` makes of a log; an older cache is ignored.
pub const VERSION: u32 = 2;

#[derive(Serialize, Deserialize)]
#[serde(bound = "")]
pub struct HeadLine<T: Mirror> {
    id: <Id as Mirror>::Line,
    lamport: u64,
    day: <NaiveDate as Mirror>::Line,
    value: T::Line,
}

/// Shaped like [`Field`] so that the usual single value costs no list.
#[derive(Serialize, Deserialize)]
#[serde(bound = "")]
pub enum FieldLine<T: Mirror> {
    Unset,
    One(HeadLine<T>),
    Many(Vec<HeadLine<T>>),
}

impl<T: Mirror> Mirror for Head<T> {
    type Line = HeadLine<T>;

    fn line(&self) -> HeadLine<T> {
        let Head { id, lamport, day, value } = self;
        HeadLine { id: id.line(), lamport: *lamport, day: day.line(), value: value.line() }
    }

    fn from_line(line: HeadLine<T>) -> Head<T> {
        Head {
            id: Id::from_line(line.id),
            lamport: line.lamport,
            day: NaiveDate::from_line(line.day),
            value: T::from_line(line.value),
        }
    }
}

impl<T: Mirror> Mirror for Field<T> {
    type Line = FieldLine<T>;

    fn line(&self) -> FieldLine<T> {
        match self {
            Field::Unset => FieldLine::Unset,
            Field::One(head) => FieldLine::One(head.line()),
            Field::Many(heads) => FieldLine::Many(heads.line()),
        }
    }

    fn from_line(line: FieldLine<T>) -> Field<T> {
        match line {
            FieldLine::Unset => Field::Unset,
            FieldLine::One(head) => Field::One(Head::from_line(head)),
            FieldLine::Many(heads) => Field::from_heads(Mirror::from_line(heads)),
        }
    }
}

mirror! {
    PlanLine = Plan {
        id: Id,
        slug: Field<String>,
        title: Field<String>,
        scheme: Field<Scheme>,
        glossary: Field<Vec<(String, String)>>,
        notes: Field<Vec<String>>,
        as_at: Field<Option<NaiveDate>>,
        source: Field<Source>,
        flags: Field<Vec<Flag>>,
        withdrawn: Field<Option<Withdrawal>>,
        findings: Vec<Id>,
        recommendations: Vec<Id>,
        actions: Vec<Id>,
    }
    PartyLine = Party {
        id: Id,
        name: Field<String>,
        kind: Field<PartyKind>,
        aliases: Field<Vec<String>>,
        agency: Field<Option<Id>>,
        withdrawn: Field<Option<Withdrawal>>,
    }
    FindingLine = Finding {
        id: Id,
        plan: Id,
        number: Field<String>,
        text: Field<String>,
        withdrawn: Field<Option<Withdrawal>>,
    }
    RecommendationLine = Recommendation {
        id: Id,
        plan: Id,
        number: Field<String>,
        number_inferred: Field<bool>,
        text: Field<String>,
        outcome: Field<Option<String>>,
        under: Field<Under>,
        flags: Field<Vec<Flag>>,
        raw: Field<Vec<RawCell>>,
        source: Field<Source>,
        withdrawn: Field<Option<Withdrawal>>,
        actions: Vec<Id>,
    }
    ActionLine = Action {
        id: Id,
        plan: Id,
        recommendation: Option<Id>,
        ordinal: u32,
        number: Field<String>,
        text: Field<String>,
        leads: Field<Vec<Lead>>,
        via: Field<Vec<Lead>>,
        targets: Field<Targets>,
        rating: Field<Option<String>>,
        closure: Field<Closure>,
        flags: Field<Vec<Flag>>,
        raw: Field<Vec<RawCell>>,
        source: Field<Source>,
        withdrawn: Field<Option<Withdrawal>>,
        entries: Vec<Entry>,
        original_targets: Option<Targets>,
        slips: u32,
        rating_move: Option<RatingMove>,
        changed: Option<NaiveDate>,
    }
    EntryLine = Entry { id: Id, said: EntryText, withdrawn: Field<Option<Withdrawal>> }
    RatingMoveLine = RatingMove { from: Option<String>, day: NaiveDate }
}

#[derive(Serialize, Deserialize)]
struct RegisterLine {
    plans: <Vec<Plan> as Mirror>::Line,
    parties: <Vec<Party> as Mirror>::Line,
    findings: <Vec<Finding> as Mirror>::Line,
    recommendations: <Vec<Recommendation> as Mirror>::Line,
    actions: <Vec<Action> as Mirror>::Line,
    lamport: u64,
    last: <Vec<(Origin, u64)> as Mirror>::Line,
    unknown: u64,
}

/// The register as bytes.
pub fn pack(register: &Register) -> Result<Vec<u8>, postcard::Error> {
    let Register { plans, parties, findings, recommendations, actions, slots: _, lamport, last, unknown } = register;
    let last: Vec<(Origin, u64)> = last.iter().map(|(origin, seq)| (*origin, *seq)).collect();
    postcard::to_stdvec(&RegisterLine {
        plans: plans.line(),
        parties: parties.line(),
        findings: findings.line(),
        recommendations: recommendations.line(),
        actions: actions.line(),
        lamport: *lamport,
        last: last.line(),
        unknown: *unknown,
    })
}

/// The register that [`pack`] was given.
pub fn unpack(bytes: &[u8]) -> Result<Register, postcard::Error> {
    let line: RegisterLine = postcard::from_bytes(bytes)?;
    let last: Vec<(Origin, u64)> = Mirror::from_line(line.last);
    let mut register = Register {
        plans: Mirror::from_line(line.plans),
        parties: Mirror::from_line(line.parties),
        findings: Mirror::from_line(line.findings),
        recommendations: Mirror::from_line(line.recommendations),
        actions: Mirror::from_line(line.actions),
        slots: HashMap::new(),
        lamport: line.lamport,
        last: last.into_iter().collect(),
        unknown: line.unknown,
    };
    register.slots = slots(&register);
    Ok(register)
}

/// Where everything stands, worked out from the lists themselves so that the two can never disagree.
fn slots(register: &Register) -> HashMap<Id, Slot> {
    let plans = register.plans.iter().enumerate().map(|(at, plan)| (plan.id, Slot::Plan(at)));
    let parties = register.parties.iter().enumerate().map(|(at, party)| (party.id, Slot::Party(at)));
    let findings = register.findings.iter().enumerate().map(|(at, finding)| (finding.id, Slot::Finding(at)));
    let recs = register.recommendations.iter().enumerate().map(|(at, rec)| (rec.id, Slot::Recommendation(at)));
    let actions = register.actions.iter().enumerate().map(|(at, action)| (action.id, Slot::Action(at)));
    let entries = register.actions.iter().enumerate().flat_map(|(at, action)| {
        action.entries.iter().enumerate().map(move |(place, entry)| (entry.id, Slot::Entry(at, place)))
    });
    let things = plans.chain(parties).chain(findings).chain(recs).chain(actions);
    let count = register.actions.iter().map(|action| 1 + action.entries.len()).sum::<usize>() + register.parties.len();
    let mut slots = HashMap::with_capacity(count);
    slots.extend(things.chain(entries));
    slots
}
