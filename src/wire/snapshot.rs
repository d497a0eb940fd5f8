//! A whole register as compact bytes, in parts: a cache that opens a long history quickly and can be discarded at any time.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use serde::de::{SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::domain::action::Action;
use crate::domain::actions::{Actions, OUTLINED, RUN, RunSource};
use crate::domain::alike::Worded;
use crate::domain::finding::Finding;
use crate::domain::id::Origin;
use crate::domain::meeting::{Meeting, Minute};
use crate::domain::multi_value::{Field, Head};
use crate::domain::outline::Outlines;
use crate::domain::party::Party;
use crate::domain::plan::Plan;
use crate::domain::progress::Entry;
use crate::domain::recommendation::Recommendation;
use crate::domain::recommendations::{EACH, Recommendations};
use crate::domain::register::{Clashes, CopyFor, Here, Register};
use crate::domain::slots::{Slot, Slots, Span};
use crate::domain::table::things;
#[allow(clippy::wildcard_imports, reason = "the types of whatever rows the table has")]
use crate::domain::table::types::*;

use super::mirror::{Mirror, mirror, mirror_within};
use super::{outlines, runs, words};

/// Goes up with every change to the table of fields, to this file, or to what `apply` makes of a log; an older cache is ignored.
pub const VERSION: u32 = 23;

#[derive(Serialize, Deserialize)]
#[serde(bound = "")]
pub struct HeadLine<T: Mirror> {
    id: <Id as Mirror>::Line,
    lamport: u64,
    day: <NaiveDate as Mirror>::Line,
    value: T::Line,
}

/// So that the usual single value needs no list.
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
        match self.heads() {
            [] => FieldLine::Unset,
            [head] => FieldLine::One(head.line()),
            heads => FieldLine::Many(heads.iter().map(Mirror::line).collect()),
        }
    }

    fn from_line(line: FieldLine<T>) -> Field<T> {
        Field::of(match line {
            FieldLine::Unset => Vec::new(),
            FieldLine::One(head) => vec![Head::from_line(head)],
            FieldLine::Many(heads) => Mirror::from_line(heads),
        })
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

/// Which part of a register a part is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// Everything but the actions, and of recommendations those for which no block is there.
    Rest,
    /// The outlines of a block of runs of actions, and where their entries are.
    Outlines(usize),
    /// The recommendations of a block.
    Recommendations(usize),
    /// A run of actions.
    Run(usize),
    /// The words by which the actions of a run are compared.
    Words(usize),
}

/// How many runs of actions a block has, each with its words, after the outlines and recommendations. Where there are more blocks of
/// recommendations than of actions, the rest has the others.
const BLOCK: usize = OUTLINED / RUN;
/// How many parts a block has.
const OF_BLOCK: usize = 2 * BLOCK + 2;

impl Part {
    fn of(place: usize) -> Part {
        let Some(place) = place.checked_sub(1) else { return Part::Rest };
        let (block, within) = (place / OF_BLOCK, place % OF_BLOCK);
        let within = match within {
            0 => return Part::Outlines(block),
            1 => return Part::Recommendations(block),
            _ => within - 2,
        };
        let run = block * BLOCK + within / 2;
        if within.is_multiple_of(2) { Part::Run(run) } else { Part::Words(run) }
    }

    fn place(self) -> usize {
        match self {
            Part::Rest => 0,
            Part::Outlines(block) => 1 + block * OF_BLOCK,
            Part::Recommendations(block) => Part::Outlines(block).place() + 1,
            Part::Run(run) => Part::Recommendations(run / BLOCK).place() + 1 + 2 * (run % BLOCK),
            Part::Words(run) => Part::Run(run).place() + 1,
        }
    }
}

/// How many parts a register has.
pub fn parts(register: &Register) -> usize {
    parts_with(register.actions.runs())
}

fn parts_with(runs: usize) -> usize {
    runs.checked_sub(1).map_or(1, |last| Part::Words(last).place() + 1)
}

/// How many recommendations are in blocks, of so many and with so many actions.
fn in_blocks(recommendations: usize, actions: usize) -> usize {
    recommendations.min(actions.div_ceil(OUTLINED) * EACH)
}

/// The parts that a change to the thing of that id alters besides.
pub fn parts_of(register: &Register, id: Id) -> Vec<usize> {
    let mut parts = Vec::new();
    match register.slot(id) {
        Some(Slot::Action(at)) => {
            parts.extend([Part::Outlines(at / RUN / BLOCK), Part::Run(at / RUN), Part::Words(at / RUN)]);
        }
        Some(Slot::Entry(at, _)) => parts.extend([Part::Outlines(at / RUN / BLOCK), Part::Run(at / RUN)]),
        // Its words are also those of the actions under it.
        Some(Slot::Recommendation(at)) => {
            let under = register.recommendations.get(at).into_iter().flat_map(|rec| &rec.actions);
            let place = |id: &Id| if let Some(Slot::Action(at)) = register.slot(*id) { Some(at) } else { None };
            parts.extend(under.filter_map(place).map(|at| Part::Words(at / RUN)));
        }
        Some(Slot::Plan(_) | Slot::Party(_) | Slot::Finding(_) | Slot::Meeting(_) | Slot::Minute(..)) | None => {}
    }
    parts.into_iter().map(Part::place).collect()
}

/// One part as bytes: always the same for the same register.
pub fn pack(register: &Register, part: usize) -> Result<Vec<u8>, postcard::Error> {
    match Part::of(part) {
        Part::Rest => pack_rest(register),
        Part::Outlines(block) => outlines::pack(register, block * OUTLINED..(block + 1) * OUTLINED),
        Part::Recommendations(block) => postcard::to_stdvec(&Each(register.recommendations.block(block))),
        Part::Run(run) => runs::pack(register.actions.run(run)),
        Part::Words(run) => words::pack(register, run),
    }
}

fn pack_rest(register: &Register) -> Result<Vec<u8>, postcard::Error> {
    let Register {
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
        here: _,
        clashes: _,
        copy: _,
    } = register;
    let mut last: Vec<(Origin, u64)> = last.iter().map(|(origin, seq)| (*origin, *seq)).collect();
    last.sort_unstable();
    let others = in_blocks(recommendations.len(), actions.len())..recommendations.len();
    let rest: Vec<_> = others.filter_map(|at| recommendations.get(at)).map(Mirror::line).collect();
    let lists = (Each(plans), Each(parties), Each(findings), rest, Each(meetings));
    let line = |span: Span| span.0.into_iter().map(|(origin, first, last)| (origin.0, first, last)).collect::<Vec<_>>();
    let spans = |all: &[Span]| all.iter().map(Span::in_order).map(line).collect::<Vec<_>>();
    let blocks = (actions.len(), spans(&slots.actions), recommendations.len(), spans(&slots.recommendations));
    postcard::to_stdvec(&(lists, blocks, lamport, Each(&last), unknown, withheld))
}

/// The part that is read before anything is asked of a register. Any change alters it: it counts them.
pub fn place_of_rest() -> usize {
    Part::Rest.place()
}

/// Where a block of outlines is among a register's parts.
pub fn place_of_outlines(block: usize) -> usize {
    Part::Outlines(block).place()
}

/// Where a block of recommendations is among a register's parts.
pub fn place_of_recommendations(block: usize) -> usize {
    Part::Recommendations(block).place()
}

/// Where the run of actions is among a register's parts.
pub fn place_of_run(run: usize) -> usize {
    Part::Run(run).place()
}

/// Where the words of a run are among a register's parts.
pub fn place_of_words(run: usize) -> usize {
    Part::Words(run).place()
}

/// The outlines of a block.
pub fn outlines(bytes: &[u8]) -> Result<Outlines, Damaged> {
    outlines::read(bytes)
}

/// The recommendations of a block.
pub fn recommendations(bytes: &[u8]) -> Result<Vec<Recommendation>, Damaged> {
    let List(recommendations) = read(bytes)?;
    Ok(recommendations)
}

/// The actions of a run.
pub fn run(bytes: &[u8]) -> Result<Vec<Action>, Damaged> {
    runs::read(bytes)
}

/// The actions at these places of a run.
pub fn some_of_run(bytes: &[u8], places: &[usize]) -> Result<Vec<Action>, Damaged> {
    runs::some(bytes, places)
}

/// The words by which the actions of a run are compared.
pub fn words_of_run(bytes: &[u8]) -> Result<Worded, Damaged> {
    words::read(bytes)
}

/// A part that cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Damaged;

pub(super) fn read<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Result<T, Damaged> {
    postcard::from_bytes(bytes).map_err(|_| Damaged)
}

/// The register whose first part this is, of so many; all else comes from `source` when something is asked of it.
pub fn unpack(rest: &[u8], parts: usize, source: Arc<dyn RunSource>) -> Result<Register, Damaged> {
    let (lists, blocks, lamport, List(last), unknown, withheld) = read(rest)?;
    let last: Vec<(Origin, u64)> = last;
    let (List(plans), List(parties), List(findings), List(others), List(meetings)) = lists;
    let (actions, of_actions, recs, of_recs): (usize, Vec<Vec<_>>, usize, Vec<Vec<_>>) = blocks;
    let in_blocks = in_blocks(recs, actions);
    if parts_with(actions.div_ceil(RUN)) != parts || recs - in_blocks != others.len() {
        return Err(Damaged);
    }
    let of_actions = (actions.div_ceil(OUTLINED), spans(of_actions));
    let of_recs = (in_blocks.div_ceil(EACH), spans(of_recs));
    let mut register = Register {
        plans,
        parties,
        findings,
        recommendations: Recommendations::kept(in_blocks, others, source.clone()).ok_or(Damaged)?,
        actions: Actions::kept(actions, source),
        meetings,
        slots: Slots::unread(of_actions, of_recs),
        lamport,
        last: last.into_iter().collect(),
        unknown,
        withheld,
        here: Here::default(),
        clashes: Clashes::default(),
        copy: CopyFor::default(),
    };
    for (id, slot) in slots_of(&register, in_blocks) {
        register.slots.insert(id, slot);
    }
    Ok(register)
}

fn spans(all: Vec<Vec<(u64, u64, u64)>>) -> Vec<Span> {
    let span = |span: Vec<(u64, u64, u64)>| {
        Span(span.into_iter().map(|(origin, first, last)| (Origin(origin), first, last)).collect())
    };
    all.into_iter().map(span).collect()
}

/// The position of everything that is in no block, derived from the lists themselves so that the two can never disagree.
fn slots_of(register: &Register, recs_in_blocks: usize) -> Vec<(Id, Slot)> {
    let plans = register.plans.iter().enumerate().map(|(at, plan)| (plan.id, Slot::Plan(at)));
    let parties = register.parties.iter().enumerate().map(|(at, party)| (party.id, Slot::Party(at)));
    let findings = register.findings.iter().enumerate().map(|(at, finding)| (finding.id, Slot::Finding(at)));
    let recs = (recs_in_blocks..register.recommendations.len())
        .filter_map(|at| register.recommendations.get(at).map(|rec| (rec.id, Slot::Recommendation(at))));
    let meetings = register.meetings.iter().enumerate().flat_map(|(at, meeting)| {
        let minutes = meeting.minutes.iter().enumerate();
        let minutes = minutes.map(move |(place, minute)| (minute.id, Slot::Minute(at, place)));
        std::iter::once((meeting.id, Slot::Meeting(at))).chain(minutes)
    });
    plans.chain(parties).chain(findings).chain(recs).chain(meetings).collect()
}
