//! The outlines of many actions as compact bytes: what the first screen needs of them.

use std::ops::Range;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::domain::id::{Id, Origin};
use crate::domain::outline::{Outline, Outlines};
use crate::domain::register::Register;
use crate::domain::slots::{Slot, Slots};

use super::snapshot::{Damaged, read as parsed};

#[derive(Serialize, Deserialize)]
struct OutlinesLine {
    origins: Vec<u64>,
    ratings: Vec<String>,
    each: Vec<OutlineLine>,
}

/// An id: its origin's place among those of the line, and its number.
type IdLine = (u32, u64);

#[allow(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
#[derive(Serialize, Deserialize)]
struct OutlineLine {
    id: IdLine,
    plan: IdLine,
    recommendation: Option<IdLine>,
    reference: String,
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
    entries: Vec<IdLine>,
}

/// The outlines of the actions at those places.
pub fn pack(register: &Register, places: Range<usize>) -> Result<Vec<u8>, postcard::Error> {
    let mut lines = OutlinesLine { origins: Vec::new(), ratings: Vec::new(), each: Vec::new() };
    for at in places.start..places.end.min(register.actions.len()) {
        // Where an action can no longer be read, the register is not packed: its parts would not be those of the log.
        let Some(outline) = register.actions.outline(at) else { break };
        let entries = register.actions.entries(at);
        let line = lines.line(&outline, entries);
        lines.each.push(line);
    }
    postcard::to_stdvec(&lines)
}

impl OutlinesLine {
    fn line(&mut self, outline: &Outline<'_>, entries: Vec<Id>) -> OutlineLine {
        OutlineLine {
            id: self.id(outline.id),
            plan: self.id(outline.plan),
            recommendation: outline.recommendation.map(|id| self.id(id)),
            reference: outline.reference.to_owned(),
            rating: outline.rating.map_or(0, |word| 1 + place(&mut self.ratings, word, str::to_owned)),
            due: outline.due.map(|day| day.num_days_from_ce()),
            changed: outline.changed.map(|day| day.num_days_from_ce()),
            flags: u32::try_from(outline.flags).unwrap_or(u32::MAX),
            has_targets: outline.has_targets,
            is_closed: outline.is_closed,
            is_hidden: outline.is_hidden,
            in_conflict: outline.in_conflict,
            entries: entries.into_iter().map(|id| self.id(id)).collect(),
        }
    }

    fn id(&mut self, id: Id) -> IdLine {
        (place(&mut self.origins, &id.origin.0, |origin| *origin), id.seq)
    }

    fn id_of(&self, (origin, seq): IdLine) -> Option<Id> {
        let origin = self.origins.get(usize::try_from(origin).ok()?)?;
        Some(Id { origin: Origin(*origin), seq })
    }

    fn outline<'a>(&'a self, line: &'a OutlineLine) -> Option<Outline<'a>> {
        let rating = usize::try_from(line.rating).ok()?.checked_sub(1);
        Some(Outline {
            id: self.id_of(line.id)?,
            plan: self.id_of(line.plan)?,
            recommendation: match line.recommendation {
                Some(id) => Some(self.id_of(id)?),
                None => None,
            },
            reference: &line.reference,
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

/// Adds packed outlines to those read before, and their actions and entries to where everything is.
pub fn read(block: &[u8], outlines: &mut Outlines, slots: &mut Slots) -> Result<(), Damaged> {
    let lines: OutlinesLine = parsed(block)?;
    for line in &lines.each {
        let outline = lines.outline(line).ok_or(Damaged)?;
        let entries: Option<Vec<Id>> = line.entries.iter().map(|id| lines.id_of(*id)).collect();
        let (at, entries) = (outlines.len(), entries.ok_or(Damaged)?);
        slots.insert(outline.id, Slot::Action(at));
        (0..).zip(&entries).for_each(|(place, id)| slots.insert(*id, Slot::Entry(at, place)));
        if !outlines.push(&outline, &entries) {
            return Err(Damaged);
        }
    }
    Ok(())
}
