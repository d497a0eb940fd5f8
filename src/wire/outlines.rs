//! The outlines of many actions as compact bytes: what the first screen needs of them.

use std::borrow::Cow;
use std::ops::Range;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::domain::id::{Id, Origin};
use crate::domain::outline::{Named, Outline, Outlines};
use crate::domain::register::Register;

use super::snapshot::{Damaged, read as parsed};

/// What the actions have in different number stands one after another for all of them: so nothing is allocated for each.
#[derive(Default, Serialize, Deserialize)]
struct OutlinesLine<'a> {
    origins: Vec<u64>,
    ratings: Vec<String>,
    parties: Vec<IdLine>,
    each: Vec<OutlineLine>,
    #[serde(borrow)]
    references: Cow<'a, str>,
    entries: Vec<IdLine>,
    /// The places of the leads among the parties, then of those they go via, action by action.
    named: Vec<u32>,
}

/// An id: its origin's place among those of the line, and its number.
type IdLine = (u32, u64);

#[allow(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
#[derive(Serialize, Deserialize)]
struct OutlineLine {
    id: IdLine,
    plan: IdLine,
    recommendation: Option<IdLine>,
    /// How many bytes of the references are its own; and so on.
    reference: u32,
    entries: u32,
    leads: u32,
    via: u32,
    /// The place of the rating's word, from 1; 0 for "not rated".
    rating: u32,
    /// Days of the common era.
    due: Option<i32>,
    changed: Option<i32>,
    flags: u32,
    has_targets: bool,
    is_closed: bool,
    is_hidden: bool,
    in_conflict: bool,
}

/// The outlines of the actions at those places.
pub fn pack(register: &Register, places: Range<usize>) -> Result<Vec<u8>, postcard::Error> {
    let mut lines = OutlinesLine::default();
    for at in places.start..places.end.min(register.actions.len()) {
        // Where an action can no longer be read, the register is not packed: its parts would not be those of the log.
        let Some(outline) = register.actions.outline(at) else { break };
        let entries = register.actions.entries(at);
        let line = lines.line(&outline, &entries);
        lines.each.push(line);
    }
    postcard::to_stdvec(&lines)
}

impl OutlinesLine<'_> {
    fn line(&mut self, outline: &Outline<'_>, entries: &[Id]) -> OutlineLine {
        self.references.to_mut().push_str(outline.reference);
        for id in entries {
            let line = self.id(*id);
            self.entries.push(line);
        }
        let (leads, via) = (self.name(outline.parties.leads()), self.name(outline.parties.via()));
        OutlineLine {
            id: self.id(outline.id),
            plan: self.id(outline.plan),
            recommendation: outline.recommendation.map(|id| self.id(id)),
            reference: count(outline.reference.len()),
            entries: count(entries.len()),
            leads,
            via,
            rating: outline.rating.map_or(0, |word| 1 + place(&mut self.ratings, word, str::to_owned)),
            due: outline.due.map(|day| day.num_days_from_ce()),
            changed: outline.changed.map(|day| day.num_days_from_ce()),
            flags: count(outline.flags),
            has_targets: outline.has_targets,
            is_closed: outline.is_closed,
            is_hidden: outline.is_hidden,
            in_conflict: outline.in_conflict,
        }
    }

    /// Notes the parties that the next action names; how many they are.
    fn name(&mut self, parties: impl Iterator<Item = Id>) -> u32 {
        let before = self.named.len();
        for party in parties {
            let line = self.id(party);
            self.named.push(place(&mut self.parties, &line, |line| *line));
        }
        count(self.named.len() - before)
    }

    fn id(&mut self, id: Id) -> IdLine {
        (place(&mut self.origins, &id.origin.0, |origin| *origin), id.seq)
    }

    fn id_of(&self, (origin, seq): IdLine) -> Option<Id> {
        let origin = self.origins.get(usize::try_from(origin).ok()?)?;
        Some(Id { origin: Origin(*origin), seq })
    }

    fn outline<'a>(&'a self, line: &OutlineLine, reference: &'a str, parties: Named<'a>) -> Option<Outline<'a>> {
        let rating = usize::try_from(line.rating).ok()?.checked_sub(1);
        Some(Outline {
            id: self.id_of(line.id)?,
            plan: self.id_of(line.plan)?,
            recommendation: match line.recommendation {
                Some(id) => Some(self.id_of(id)?),
                None => None,
            },
            reference,
            rating: match rating {
                Some(at) => Some(self.ratings.get(at)?),
                None => None,
            },
            due: day(line.due)?,
            has_targets: line.has_targets,
            changed: day(line.changed)?,
            flags: usize::try_from(line.flags).ok()?,
            is_closed: line.is_closed,
            is_hidden: line.is_hidden,
            in_conflict: line.in_conflict,
            parties,
        })
    }
}

/// The day of that number; none if there is no such day.
#[allow(clippy::option_option, reason = "no day is a value like any other")]
fn day(days: Option<i32>) -> Option<Option<NaiveDate>> {
    match days {
        Some(days) => NaiveDate::from_num_days_from_ce_opt(days).map(Some),
        None => Some(None),
    }
}

/// The place of a thing among those seen, to which it is added if it is new.
fn place<T: PartialEq<Q>, Q: ?Sized>(seen: &mut Vec<T>, thing: &Q, own: impl FnOnce(&Q) -> T) -> u32 {
    let known = seen.iter().position(|other| other == thing);
    let place = known.unwrap_or_else(|| {
        seen.push(own(thing));
        seen.len() - 1
    });
    u32::try_from(place).unwrap_or(u32::MAX)
}

/// The outlines of a block of actions, and their entries.
pub fn read(block: &[u8]) -> Result<Outlines, Damaged> {
    let mut outlines = Outlines::default();
    let lines: OutlinesLine<'_> = parsed(block)?;
    let ids = |lines: &OutlinesLine<'_>, all: &[IdLine]| all.iter().map(|id| lines.id_of(*id)).collect();
    let parties: Option<Vec<Id>> = ids(&lines, &lines.parties);
    let entries: Option<Vec<Id>> = ids(&lines, &lines.entries);
    let (parties, entries) = (parties.ok_or(Damaged)?, entries.ok_or(Damaged)?);
    let mut rest = (&*lines.references, entries.as_slice(), lines.named.as_slice());
    for line in &lines.each {
        let (reference, entries, leads, via);
        (reference, rest.0) = rest.0.split_at_checked(line.reference as usize).ok_or(Damaged)?;
        (entries, rest.1) = rest.1.split_at_checked(line.entries as usize).ok_or(Damaged)?;
        (leads, rest.2) = rest.2.split_at_checked(line.leads as usize).ok_or(Damaged)?;
        (via, rest.2) = rest.2.split_at_checked(line.via as usize).ok_or(Damaged)?;
        let named = Named::Kept { all: &parties, leads, via };
        let outline = lines.outline(line, reference, named).ok_or(Damaged)?;
        if !outlines.push(&outline, entries) {
            return Err(Damaged);
        }
    }
    Ok(outlines)
}

fn count(many: usize) -> u32 {
    u32::try_from(many).unwrap_or(u32::MAX)
}
