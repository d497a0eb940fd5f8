//! A whole register as compact bytes, in parts: a cache that opens a long history quickly and can be discarded at any time.

use std::fmt;
use std::hash::BuildHasherDefault;
use std::marker::PhantomData;
use std::sync::mpsc::{self, Receiver};
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
use crate::domain::runs::{RUN, Runs};
use crate::domain::table::things;
#[allow(clippy::wildcard_imports, reason = "the types of whatever rows the table has")]
use crate::domain::table::types::*;

use super::mirror::{Mirror, mirror, mirror_within};

/// Goes up with every change to the table of fields, to this file, or to what `apply` makes of a log; an older cache is ignored.
pub const VERSION: u32 = 17;

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

/// How many parts a register has: one for everything but the actions, and one for each run of them.
pub fn parts(register: &Register) -> usize {
    1 + register.actions.runs().len()
}

/// The part, other than the first, that holds the action or entry of that id.
pub fn part_of(register: &Register, id: Id) -> Option<usize> {
    match register.slots.get(&id)? {
        Slot::Action(at) | Slot::Entry(at, _) => Some(1 + at / RUN),
        Slot::Plan(_)
        | Slot::Party(_)
        | Slot::Finding(_)
        | Slot::Recommendation(_)
        | Slot::Meeting(_)
        | Slot::Minute(..) => None,
    }
}

/// One part as bytes: always the same for the same register.
pub fn pack(register: &Register, part: usize) -> Result<Vec<u8>, postcard::Error> {
    let Some(run) = part.checked_sub(1) else { return pack_rest(register) };
    postcard::to_stdvec(&Each(register.actions.runs().get(run).map_or(&[], Vec::as_slice)))
}

fn pack_rest(register: &Register) -> Result<Vec<u8>, postcard::Error> {
    let Register {
        plans,
        parties,
        findings,
        recommendations,
        actions: _,
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
    let lists = (Each(plans), Each(parties), Each(findings), Each(recommendations), Each(meetings));
    postcard::to_stdvec(&(lists, lamport, Each(&last), unknown, withheld))
}

/// The register whose parts these are, in order.
///
/// Two of three runs of actions are read on a separate thread: reading takes most of the time between starting the program
/// and its first frame. Fetching the parts takes this one about as long.
pub fn unpack<E>(mut parts: impl Iterator<Item = Result<Vec<u8>, E>>) -> Result<Register, E>
where
    E: From<Damaged>,
{
    let rest = parts.next().ok_or(Damaged)??;
    let runs = thread::scope(|scope| {
        let (give, take) = mpsc::sync_channel(AHEAD);
        let (mut take, mut other) = (Some(take), None);
        let mut runs = Vec::new();
        for (place, part) in parts.enumerate() {
            let mut mine = Some((place, part?));
            if place % 3 != 0 {
                let begin = |take| thread::Builder::new().spawn_scoped(scope, || read_each(take)).ok();
                other = other.or_else(|| take.take().and_then(begin));
                // Where the other thread has gone, its part is read here.
                mine = mine.and_then(|part| give.send(part).err()).map(|mpsc::SendError(part)| part);
            }
            if let Some((place, part)) = mine {
                runs.push((place, read(&part)?));
            }
        }
        drop(give);
        let others = other.and_then(|other| other.join().ok()).transpose()?;
        runs.extend(others.into_iter().flatten());
        Ok::<_, E>(runs)
    });
    Ok(joined(&rest, runs?)?)
}

/// A part that cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Damaged;

fn read<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Result<T, Damaged> {
    postcard::from_bytes(bytes).map_err(|_| Damaged)
}

/// How many parts may wait for the other thread.
const AHEAD: usize = 4;

type Placed = Vec<(usize, List<Action>)>;

fn read_each(parts: Receiver<(usize, Vec<u8>)>) -> Result<Placed, Damaged> {
    parts.into_iter().map(|(place, part)| Ok((place, read(&part)?))).collect()
}

fn joined(rest: &[u8], mut runs: Placed) -> Result<Register, Damaged> {
    let (lists, lamport, List(last), unknown, withheld) = read(rest)?;
    let last: Vec<(Origin, u64)> = last;
    let (List(plans), List(parties), List(findings), List(recommendations), List(meetings)) = lists;
    runs.sort_unstable_by_key(|(place, _)| *place);
    let actions = Runs::of(runs.into_iter().map(|(_, List(run))| run).collect()).ok_or(Damaged)?;
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
