//! A whole register as compact bytes: a cache that opens a long history quickly and can be discarded at any time.

use std::fmt;
use std::hash::BuildHasherDefault;
use std::marker::PhantomData;
use std::thread;

use serde::de::{SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::domain::action::Action;
use crate::domain::finding::Finding;
use crate::domain::id::Origin;
use crate::domain::meeting::{Meeting, Minute};
use crate::domain::multi_value::{Field, Head};
use crate::domain::party::Party;
use crate::domain::plan::Plan;
use crate::domain::progress::Entry;
use crate::domain::recommendation::Recommendation;
use crate::domain::register::{Clashes, CopyFor, Here, Register, Slot, Slots};
use crate::domain::table::things;
#[allow(clippy::wildcard_imports, reason = "the types of whatever rows the table has")]
use crate::domain::table::types::*;

use super::mirror::{Mirror, mirror, mirror_within};

/// Goes up with every change to the table of fields, to this file, or to what `apply` makes of a log; an older cache is ignored.
pub const VERSION: u32 = 12;

#[derive(Serialize, Deserialize)]
#[serde(bound = "")]
pub struct HeadLine<T: Mirror> {
    id: <Id as Mirror>::Line,
    lamport: u64,
    day: <NaiveDate as Mirror>::Line,
    value: T::Line,
}

/// Shaped like [`Field`], so that the usual single value needs no list.
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

macro_rules! mirror_things {
    ($(
        $(#[$about:meta])*
        $thing:ident($($fixed:ident: $fixed_type:ty),*) {
            $(
                $(#[$doc:meta])*
                $field:ident: $variant:ident($type:ty) $weight:ident $(reads $nature:ident $($words:literal)*)?;
            )*
        } with { $($(#[$part_doc:meta])* $part:ident: $part_type:ty),* $(,)? }
    )*) => {
        $(mirror_within! {
            $thing { id: Id, $($fixed: $fixed_type,)* $($field: Field<$type>,)* $($part: $part_type,)* }
        })*
    };
}
things!(mirror_things);

mirror! {
    WorkedLine = Worked { action: Id, batch: Id }
    RatingMoveLine = RatingMove { from: Option<String>, day: NaiveDate }
}

/// A list that is written and read one thing at a time, so that it is never in memory in both forms.
struct Each<'a, T>(&'a [T]);
struct List<T>(Vec<T>);

impl<T: Mirror> Serialize for Each<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(Mirror::line))
    }
}

impl<'de, T: Mirror> Deserialize<'de> for List<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<List<T>, D::Error> {
        deserializer.deserialize_seq(ThingByThing(PhantomData))
    }
}

struct ThingByThing<T>(PhantomData<T>);

/// A damaged length must not claim more memory than this many things need.
const MOST_AT_FIRST: usize = 4096;

impl<'de, T: Mirror> Visitor<'de> for ThingByThing<T> {
    type Value = List<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<List<T>, A::Error> {
        let mut things = Vec::with_capacity(list.size_hint().unwrap_or(0).min(MOST_AT_FIRST));
        while let Some(line) = list.next_element::<T::Line>()? {
            things.push(T::from_line(line));
        }
        Ok(List(things))
    }
}

/// The register as bytes: always the same for the same register. Everything but the actions, then the first half of the
/// actions, then the second, each after its length in bytes (8 bytes, little-endian).
pub fn pack(register: &Register) -> Result<Vec<u8>, postcard::Error> {
    let Register {
        plans,
        parties,
        findings,
        recommendations,
        actions,
        meetings,
        slots: _,
        lamport,
        last,
        unknown,
        withheld,
        here: _,
        clashes: _,
        copy: _,
    } = register;
    let mut last: Vec<(Origin, u64)> = last.iter().map(|(origin, seq)| (*origin, *seq)).collect();
    last.sort_unstable();
    let (first, second) = actions.split_at(actions.len() / 2);
    let lists = (Each(plans), Each(parties), Each(findings), Each(recommendations), Each(meetings));
    let parts = [
        postcard::to_stdvec(&(lists, lamport, Each(&last), unknown, withheld))?,
        postcard::to_stdvec(&Each(first))?,
        postcard::to_stdvec(&Each(second))?,
    ];
    let framed = |part: &Vec<u8>| [&(part.len() as u64).to_le_bytes(), part.as_slice()].concat();
    Ok(parts.iter().map(framed).collect::<Vec<_>>().concat())
}

/// The register that [`pack`] was given.
///
/// The second half of the actions is read on a separate thread: reading takes most of the time between starting the
/// program and its first frame, and two cores halve it.
pub fn unpack(bytes: &[u8]) -> Result<Register, postcard::Error> {
    let (rest, bytes) = part(bytes)?;
    let (first, bytes) = part(bytes)?;
    let (second, _) = part(bytes)?;
    let (actions, others) = thread::scope(|scope| {
        let other = thread::Builder::new().spawn_scoped(scope, || postcard::from_bytes(second));
        let actions = postcard::from_bytes(first);
        let others = other.ok().and_then(|other| other.join().ok());
        (actions, others.unwrap_or_else(|| postcard::from_bytes(second)))
    });
    let (List(mut actions), List(others)): (List<Action>, List<Action>) = (actions?, others?);
    actions.extend(others);
    let (lists, lamport, List(last), unknown, withheld) = postcard::from_bytes(rest)?;
    let last: Vec<(Origin, u64)> = last;
    let (List(plans), List(parties), List(findings), List(recommendations), List(meetings)) = lists;
    let (last, slots) = (last.into_iter().collect(), Slots::default());
    let mut register = Register {
        plans,
        parties,
        findings,
        recommendations,
        actions,
        meetings,
        slots,
        lamport,
        last,
        unknown,
        withheld,
        here: Here::default(),
        clashes: Clashes::default(),
        copy: CopyFor::default(),
    };
    register.slots = slots_of(&register);
    Ok(register)
}

/// The next part of a packed register, and the bytes after it.
fn part(bytes: &[u8]) -> Result<(&[u8], &[u8]), postcard::Error> {
    let cut = || {
        let (length, bytes) = bytes.split_first_chunk()?;
        bytes.split_at_checked(usize::try_from(u64::from_le_bytes(*length)).ok()?)
    };
    cut().ok_or(postcard::Error::DeserializeUnexpectedEnd)
}

/// The position of everything, derived from the lists themselves so that the two can never disagree.
fn slots_of(register: &Register) -> Slots {
    let plans = register.plans.iter().enumerate().map(|(at, plan)| (plan.id, Slot::Plan(at)));
    let parties = register.parties.iter().enumerate().map(|(at, party)| (party.id, Slot::Party(at)));
    let findings = register.findings.iter().enumerate().map(|(at, finding)| (finding.id, Slot::Finding(at)));
    let recs = register.recommendations.iter().enumerate().map(|(at, rec)| (rec.id, Slot::Recommendation(at)));
    let actions = register.actions.iter().enumerate().map(|(at, action)| (action.id, Slot::Action(at)));
    let entries = register.actions.iter().enumerate().flat_map(|(at, action)| {
        action.entries.iter().enumerate().map(move |(place, entry)| (entry.id, Slot::Entry(at, place)))
    });
    let meetings = register.meetings.iter().enumerate().flat_map(|(at, meeting)| {
        let minutes = meeting.minutes.iter().enumerate();
        let minutes = minutes.map(move |(place, minute)| (minute.id, Slot::Minute(at, place)));
        std::iter::once((meeting.id, Slot::Meeting(at))).chain(minutes)
    });
    let things = plans.chain(parties).chain(findings).chain(recs).chain(actions).chain(meetings);
    let count = register.actions.iter().map(|action| 1 + action.entries.len()).sum::<usize>() + register.parties.len();
    let mut slots = Slots::with_capacity_and_hasher(count, BuildHasherDefault::new());
    slots.extend(things.chain(entries));
    slots
}
