//! What a body has carried forward, or has not reached, meeting after meeting, until it is dealt with.

use chrono::NaiveDate;

use super::super::action::Action;
use super::super::date_words;
use super::super::id::Id;
use super::super::meeting::{Meeting, MinuteKind};
use super::super::register::Register;
use super::origins::Origins;
use crate::text::counted;

/// How many of a body's meetings in a row have left an item for the next, and the day of the first of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Carried {
    pub times: usize,
    pub since: NaiveDate,
}

impl Carried {
    /// "carried 3 times since 28 Nov 2026".
    pub fn words(self) -> String {
        let times = match self.times {
            1 => "once".into(),
            2 => "twice".into(),
            times => counted(times, "time"),
        };
        format!("carried {times} since {}", date_words::day(self.since))
    }
}

/// A body's meetings that have been held, earliest first.
pub struct Held<'a> {
    meetings: Vec<(NaiveDate, &'a Meeting)>,
    origins: Origins<'a>,
}

impl<'a> Held<'a> {
    /// All up to a day; `but` is a meeting that does not count, the one that asks.
    pub fn of(register: &'a Register, body: Option<Id>, day: NaiveDate, but: Option<Id>) -> Held<'a> {
        let is_held = |meeting: &&Meeting| {
            body.is_some() && meeting.body() == body && Some(meeting.id) != but && !meeting.is_first_open()
        };
        let held = register.visible_meetings().filter(is_held).filter_map(|meeting| Some((meeting.day()?, meeting)));
        let mut held: Vec<_> = held.filter(|(held, _)| *held <= day).collect();
        held.sort_by_key(|(day, _)| *day);
        Held { meetings: held, origins: Origins::of(register) }
    }

    /// Whether an open action was left over when the body last met about it.
    pub fn carried(&self, action: &Action) -> Option<Carried> {
        if action.is_closed() { None } else { self.until(action, NaiveDate::MAX, 0) }
    }

    /// What is carried by the end of a day. An action takes on what those carried that it was split from or that were joined
    /// with it, as at the day on which that was done.
    fn until(&self, action: &Action, end: NaiveDate, depth: usize) -> Option<Carried> {
        let first = self.meetings.first().map(|(day, _)| *day)?;
        let origins = if depth < DEEPEST { self.origins.before(action, first) } else { Vec::new() };
        let taken_on = |from: NaiveDate, to: NaiveDate| {
            let due = origins.iter().filter(move |(day, _)| (from..to).contains(day));
            due.filter_map(|(day, other)| self.until(other, *day, depth + 1)).max_by_key(|carried| carried.times)
        };
        let (mut carried, mut from) = (None, NaiveDate::MIN);
        for (day, meeting) in self.meetings.iter().filter(|(day, _)| *day <= end) {
            carried = after(most(carried, taken_on(from, *day)), *day, meeting, action.id);
            from = *day;
        }
        most(carried, taken_on(from, end.succ_opt().unwrap_or(end)))
    }

    /// The last of them.
    pub fn last(&self) -> Option<&'a Meeting> {
        self.meetings.last().map(|(_, meeting)| *meeting)
    }
}

/// How often an action may have been joined on before it is no longer followed.
const DEEPEST: usize = 8;

fn most(one: Option<Carried>, other: Option<Carried>) -> Option<Carried> {
    [one, other].into_iter().flatten().max_by_key(|carried| carried.times)
}

/// What is carried once a meeting has been held.
fn after(carried: Option<Carried>, day: NaiveDate, meeting: &Meeting, action: Id) -> Option<Carried> {
    let one_more = || {
        let Carried { times, since } = carried.unwrap_or(Carried { times: 0, since: day });
        Some(Carried { times: times + 1, since })
    };
    let is_carried = meeting.minutes_of(action).any(|minute| minute.said.kind == MinuteKind::CarriedForward);
    if is_carried {
        one_more()
    } else if meeting.is_dealt_with(action) {
        None
    } else if meeting.items().contains(&action) {
        one_more()
    } else {
        carried
    }
}
