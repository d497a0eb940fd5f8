//! A moment in a register's past, named by a day, a meeting or a batch, and the register as it stood then.

use chrono::{DateTime, FixedOffset, NaiveDate};

use super::change::{Batch, Op, Value};
use super::date_text;
use super::date_words;
use super::id::Id;
use super::meeting::{Meeting, Stage};
use super::register::Register;
use crate::problem::Problem;

/// How far the log is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Point {
    Now,
    EndOf(NaiveDate),
    /// Just after a batch, in the log's own order.
    After(Id),
    /// As a meeting found it.
    FoundBy(Id),
    /// As a meeting left it. What was corrected after it was reopened came later.
    LeftBy(Id),
}

/// A point, and what the user calls it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    pub point: Point,
    /// "the end of 12 Sep 2026", "12 Sep 2026 14:05", "the end of the meeting of OPS, 12 Sep 2026", "now".
    pub words: String,
    /// The day on which overdue is judged.
    pub day: NaiveDate,
}

/// Which end of a meeting its name means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// As the meeting found the register.
    Begin,
    /// As the meeting left it.
    End,
}

impl Moment {
    pub fn now(today: NaiveDate) -> Moment {
        Moment { point: Point::Now, words: "now".into(), day: today }
    }

    pub fn end_of(day: NaiveDate) -> Moment {
        Moment { point: Point::EndOf(day), words: format!("the end of {}", date_words::day(day)), day }
    }

    /// Just after a batch that was written at that time.
    pub fn after(batch: Id, at: DateTime<FixedOffset>) -> Moment {
        let day = at.date_naive();
        Moment { point: Point::After(batch), words: format!("{} {}", date_words::day(day), at.format("%H:%M")), day }
    }

    /// What the user names: a day, words of a meeting's body and day, or "now".
    pub fn named(words: &str, side: Side, log: &[Batch], today: NaiveDate) -> Result<Moment, Problem> {
        let words = words.trim();
        if words.eq_ignore_ascii_case("now") {
            return Ok(Moment::now(today));
        }
        if let Some(day) = past_day(words, today) {
            let why = || format!("{} is in the future", date_words::day(day));
            return if day > today { Err(refused(why(), "Give a day in the past.")) } else { Ok(Moment::end_of(day)) };
        }
        let register = Register::fold(log);
        match meeting_named(words, &register) {
            Named::Meeting(meeting) => Ok(Moment::of_meeting(meeting, &register, side)),
            Named::Nothing => {
                let why = format!("“{words}” is not a day, and no meeting of that name is recorded");
                Err(refused(why, "Write a day as 2026-09-12; `arising meetings` lists the meetings."))
            }
            Named::Several(last, other) => {
                Err(refused(format!("“{words}” could be {last} or {other}"), "Give more of its name or its day."))
            }
        }
    }

    /// As a meeting found or left the register.
    pub fn of_meeting(meeting: &Meeting, register: &Register, side: Side) -> Moment {
        let (point, end) = match side {
            Side::Begin => (Point::FoundBy(meeting.id), "beginning"),
            Side::End => (Point::LeftBy(meeting.id), "end"),
        };
        let words = format!("the {end} of the meeting of {}", register.meeting_name(meeting));
        Moment { point, words, day: meeting.day().unwrap_or_default() }
    }

    /// The register as it stood. `log`: every batch.
    pub fn register(&self, log: &[Batch]) -> Register {
        Register::fold(self.until(log))
    }

    /// The part of the log that had been written by then.
    pub fn until<'a>(&self, log: &'a [Batch]) -> impl Iterator<Item = &'a Batch> + use<'a> {
        let point = self.point;
        let end = match point {
            Point::Now | Point::EndOf(_) => None,
            Point::After(id) => log.iter().find(|batch| batch.id == id),
            Point::FoundBy(meeting) => begun_by(meeting, log),
            Point::LeftBy(meeting) => left_by(meeting, log),
        };
        let end = end.map(place);
        log.iter().filter(move |batch| match point {
            Point::Now => true,
            Point::EndOf(day) => batch.at.date_naive() <= day,
            Point::After(_) | Point::LeftBy(_) => end.is_none_or(|end| place(batch) <= end),
            Point::FoundBy(_) => end.is_none_or(|end| place(batch) < end),
        })
    }
}

/// The meetings that words can mean.
pub enum Named<'a> {
    Meeting(&'a Meeting),
    Nothing,
    /// Two or more: the names of the last two.
    Several(String, String),
}

/// The meeting whose body and day hold all these words ("OPS", "OPS 2026-11-21"), or that has this id; no words mean the
/// latest one.
pub fn meeting_named<'a>(words: &str, register: &'a Register) -> Named<'a> {
    let is_meant = |meeting: &&Meeting| {
        if words == meeting.id.to_string() {
            return true;
        }
        let day = meeting.day().map(|day| day.to_string()).unwrap_or_default();
        let told = format!("{} {day}", register.meeting_name(meeting)).to_lowercase();
        words.to_lowercase().split_whitespace().all(|word| told.contains(word))
    };
    let mut meant = register.visible_meetings().rev().filter(is_meant);
    match (meant.next(), meant.next()) {
        (None, _) => Named::Nothing,
        (Some(last), Some(other)) if !words.is_empty() => {
            Named::Several(register.meeting_name(last), register.meeting_name(other))
        }
        (Some(last), _) => Named::Meeting(last),
    }
}

/// The day that words mean, looking back; its last one where they mean several.
pub fn past_day(words: &str, today: NaiveDate) -> Option<NaiveDate> {
    let exact = NaiveDate::parse_from_str(words, "%Y-%m-%d").ok();
    exact.or_else(|| date_text::entry_date(words, today)?.last())
}

fn refused(why: String, hint: &str) -> Problem {
    Problem::new("It is not clear which moment is meant", why, hint)
}

/// The position of a batch in the log's order.
fn place(batch: &Batch) -> (u64, Id) {
    (batch.changes.first().map_or(0, |change| change.lamport), batch.id)
}

fn begun_by(meeting: Id, log: &[Batch]) -> Option<&Batch> {
    log.iter().find(|batch| batch.changes.iter().any(|change| change.id == meeting))
}

/// The last batch that belongs to a meeting, before it was reopened.
fn left_by(meeting: Id, log: &[Batch]) -> Option<&Batch> {
    let reopens = |batch: &&Batch| batch.changes.iter().any(|change| is_reopening(&change.op, meeting));
    let end = log.iter().find(reopens).map(place);
    let own = log.iter().filter(|batch| batch.meeting == Some(meeting) && end.is_none_or(|end| place(batch) < end));
    own.max_by_key(|batch| place(batch)).or_else(|| begun_by(meeting, log))
}

fn is_reopening(op: &Op, meeting: Id) -> bool {
    matches!(op, Op::Set { on, value: Value::Stage(Stage::Reopened), .. } if *on == meeting)
}
