//! What the register said when a return's form was made, and who has changed what since.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use crate::domain::change::{Batch, Cause, Kind, Op, Value};
use crate::domain::date_words;
use crate::domain::draft::DraftForm;
use crate::domain::id::Id;
use crate::domain::moment::Moment;
use crate::domain::progress::EntryOrigin;
use crate::domain::register::Register;
use crate::domain::target::PartialDate;

/// What is known of the moment at which a form was made. Empty for a document that is not a return.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// The register then; none where the form does not say when.
    pub was: Option<Register>,
    /// Whether the very moment is known, and not only the day.
    pub is_exact: bool,
    edits: HashMap<Id, Edit>,
    /// Every value that a thing has ever had, where the form does not say when it was made.
    values: HashMap<Id, Vec<Value>>,
}

/// Who made a change, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    day: NaiveDate,
    author: String,
    /// The meeting in which it was made, and the document that it was imported from; empty for none.
    meeting: String,
    file: String,
    is_later: bool,
    /// Of a return: who answered, and the day on which it was filled in.
    answers: Vec<(String, PartialDate)>,
}

impl Asked {
    /// `moment`: when the form was made, as far as it says so.
    pub fn new(log: &[Batch], register: &Register, moment: Option<&Moment>, is_exact: bool) -> Asked {
        let until: Option<HashSet<Id>> = moment.map(|moment| moment.until(log).map(|batch| batch.id).collect());
        let mut edits = HashMap::new();
        for batch in log {
            let is_later = until.as_ref().is_some_and(|until| !until.contains(&batch.id));
            let edit = Edit::of(batch, register, is_later);
            edits.extend(batch.changes.iter().map(|change| (change.id, edit.clone())));
        }
        let values = if is_exact { HashMap::new() } else { values(log) };
        Asked { was: moment.map(|moment| moment.register(log)), is_exact, edits, values }
    }

    /// What a thing has ever had in any of its fields.
    pub fn values(&self, on: Id) -> &[Value] {
        self.values.get(&on).map_or(&[], Vec::as_slice)
    }

    /// The latest of these changes that was made after the form, if any was.
    pub fn since(&self, heads: &[Id]) -> Option<&Edit> {
        heads.iter().rev().filter_map(|id| self.edits.get(id)).find(|edit| edit.is_later)
    }

    /// That the same party has answered after this form was made, unless this one was filled in later still:
    /// "return-newer.csv was read on 18 Nov 2026".
    pub fn overtaken(&self, form: &DraftForm) -> Option<String> {
        let is_own = |(by, _): &(String, PartialDate)| !form.party.is_empty() && by.ends_with(&form.party);
        let later = self.edits.values().filter(|edit| edit.is_later && edit.answers.iter().any(is_own));
        let newer = later.filter(|edit| !edit.is_superseded_by(form));
        let latest = newer.max_by(|a, b| (a.day, &a.file).cmp(&(b.day, &b.file)))?;
        Some(format!("{} was read on {}", latest.file, date_words::day(latest.day)))
    }

    /// The latest of these changes, whenever it was made.
    pub fn latest(&self, heads: &[Id]) -> Option<&Edit> {
        heads.iter().rev().find_map(|id| self.edits.get(id))
    }
}

/// The entries that a return added.
fn answers(batch: &Batch) -> Vec<(String, PartialDate)> {
    let entries = batch.changes.iter().filter_map(|change| {
        if let Op::Add { kind: Kind::Entry { said, .. }, .. } = &change.op { Some(said) } else { None }
    });
    // What a later version of a plan adds is imported; what a return says is written.
    let written = entries.filter(|said| said.origin == EntryOrigin::Written);
    written.map(|said| (said.by.clone().unwrap_or_default(), said.date.unwrap_or(LATEST))).collect()
}

/// An entry without a date may be of any day.
const LATEST: PartialDate = PartialDate { year: i32::MAX, month: None, day: None };

fn values(log: &[Batch]) -> HashMap<Id, Vec<Value>> {
    let mut all: HashMap<Id, Vec<Value>> = HashMap::new();
    for change in log.iter().flat_map(|batch| &batch.changes) {
        match &change.op {
            Op::Add { values, .. } => all.entry(change.id).or_default().extend(values.iter().cloned()),
            Op::Set { on, value, .. } => all.entry(*on).or_default().push(value.clone()),
            Op::Unknown { .. } | Op::Erase { .. } | Op::Absent => {}
        }
    }
    all
}

impl Edit {
    fn of(batch: &Batch, register: &Register, is_later: bool) -> Edit {
        let meeting = batch.meeting.and_then(|id| register.meeting(id));
        let file = if let Cause::Import { file } = &batch.cause { file.clone() } else { String::new() };
        let is_import = !file.is_empty();
        Edit {
            day: batch.at.date_naive(),
            author: batch.author.clone(),
            meeting: meeting.map(|meeting| register.meeting_name(meeting)).unwrap_or_default(),
            file,
            is_later,
            answers: if is_import { answers(batch) } else { Vec::new() },
        }
    }

    /// Whether it was this party's own answer, given in an earlier return than this one.
    pub fn is_superseded_by(&self, form: &DraftForm) -> bool {
        let Some(filled) = form.filled.map(PartialDate::from) else { return false };
        let is_own = |by: &str| !form.party.is_empty() && by.ends_with(&form.party);
        !self.answers.is_empty() && self.answers.iter().all(|(by, date)| is_own(by) && *date < filled)
    }

    /// "on 3 Dec 2026 by A. Manager in the meeting of OPS, 3 Dec 2026".
    pub fn words(&self) -> String {
        let Edit { day, author, meeting, file, .. } = self;
        let meeting = if meeting.is_empty() { String::new() } else { format!(" in the meeting of {meeting}") };
        let file = if file.is_empty() { String::new() } else { format!(" from {file}") };
        format!("on {} by {author}{meeting}{file}", date_words::day(*day))
    }
}
