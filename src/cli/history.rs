//! `arising log`, and the history of one action: the log told in sentences.

use std::collections::HashSet;

use super::args::Log;
use super::context::Context;
use super::json::{self, LogRow};
use super::matching;
use super::page::{Cell, Column};
use crate::domain::action::Action;
use crate::domain::change::{Batch, Cause, Change, Kind, Op};
use crate::domain::describe;
use crate::domain::id::Id;
use crate::domain::register::{Register, Slot};
use crate::domain::sort;
use crate::problem::Problem;
use crate::store::Access;

/// The log up to the day looked at, and what it makes.
pub struct Past {
    batches: Vec<Batch>,
    register: Register,
}

/// Which changes are wanted: those for which it is true of the action concerned.
type Wanted<'a> = &'a dyn Fn(Option<Id>) -> bool;

impl Past {
    pub fn read(context: &Context) -> Result<Past, Problem> {
        let desk = context.desk(Access::ReadOnly)?;
        let mut batches = desk.store().log()?;
        if let Some(day) = context.as_at {
            batches.retain(|batch| batch.at.date_naive() <= day);
        }
        let register = Register::fold(&batches);
        Ok(Past { batches, register })
    }

    pub fn register(&self) -> &Register {
        &self.register
    }

    /// What happened to one action, oldest first.
    pub fn of(&self, action: &Action) -> Vec<LogRow> {
        self.rows(&|concerned| concerned == Some(action.id))
    }

    /// Every wanted change, oldest first, each told by what was known before it.
    fn rows(&self, wanted: Wanted<'_>) -> Vec<LogRow> {
        let mut before = Register::default();
        let mut rows = Vec::new();
        for (batch, change) in self.in_order() {
            if wanted(self.concerns(change)) {
                rows.push(self.row(&before, batch, change));
            }
            before.apply_change(batch, change);
        }
        rows
    }

    /// The log's own order, in which batches written apart from each other can interleave.
    fn in_order(&self) -> Vec<(&Batch, &Change)> {
        let mut all: Vec<(&Batch, &Change)> =
            self.batches.iter().flat_map(|batch| batch.changes.iter().map(move |change| (batch, change))).collect();
        all.sort_by_key(|(_, change)| (change.lamport, change.id));
        all
    }

    fn row(&self, before: &Register, batch: &Batch, change: &Change) -> LogRow {
        let line = describe::change(before, batch, change);
        let plan = line.plan.and_then(|id| self.register.plan(id)).map(|plan| plan.slug().to_owned());
        LogRow {
            at: batch.at.to_rfc3339(),
            author: batch.author.clone(),
            meeting: batch.meeting.map(|id| id.to_string()),
            plan,
            reference: Some(line.reference).filter(|reference| !reference.is_empty()),
            what: line.what,
            sentence: line.sentence,
            from: line.from,
            to: line.to,
            batch: batch.id.to_string(),
        }
    }

    /// The action that a change is about, if it is about one.
    fn concerns(&self, change: &Change) -> Option<Id> {
        let on = match &change.op {
            Op::Add { kind: Kind::Action { .. }, .. } => change.id,
            Op::Add { kind: Kind::Entry { action, .. }, .. } => *action,
            Op::Set { on, .. } => *on,
            Op::Add { kind: Kind::Plan | Kind::Party | Kind::Finding { .. } | Kind::Recommendation { .. }, .. }
            | Op::Unknown { .. } => return None,
        };
        match self.register.slots.get(&on)? {
            Slot::Action(_) => Some(on),
            Slot::Entry(..) => self.register.entry(on).map(|(action, _)| action.id),
            Slot::Plan(_) | Slot::Party(_) | Slot::Finding(_) | Slot::Recommendation(_) => None,
        }
    }

    /// One line a change; an import, which makes hundreds, is one line.
    fn told(&self) -> Vec<LogRow> {
        let mut before = Register::default();
        let mut rows = Vec::new();
        for (batch, change) in self.in_order() {
            if !matches!(batch.cause, Cause::Import { .. }) {
                rows.push(self.row(&before, batch, change));
            } else if batch.id == change.id {
                let sentence = describe::batch(&before, batch);
                rows.push(LogRow { sentence, reference: None, ..self.row(&before, batch, change) });
            }
            before.apply_change(batch, change);
        }
        rows
    }
}

pub fn log(context: &Context, args: &Log) -> Result<String, Problem> {
    let past = Past::read(context)?;
    let rows = if args.filter.is_empty() {
        if args.json { past.rows(&|_| true) } else { past.told() }
    } else {
        let (register, today) = (past.register(), context.today());
        let filter = matching::filter(&args.filter, register, today)?;
        let matching = matching::actions(register, &filter, sort::Key::Reference, today);
        let wanted: HashSet<Id> = matching.iter().map(|(action, _)| action.id).collect();
        past.rows(&|concerned| concerned.is_some_and(|id| wanted.contains(&id)))
    };
    if args.json {
        return Ok(json::array(rows));
    }
    let mut page = context.page();
    if rows.is_empty() {
        page.line("nothing has happened yet");
    }
    let cells: Vec<Vec<Cell>> = rows.into_iter().map(cells).collect();
    page.table(&[Column::Fit(16), Column::Fit(18), Column::Rest], &cells);
    Ok(page.finish())
}

fn cells(row: LogRow) -> Vec<Cell> {
    // "2026-09-12T14:03:11+01:00" → "2026-09-12 14:03".
    let when = row.at.get(..16).unwrap_or(&row.at).replace('T', " ");
    let plan = row.plan.filter(|slug| !row.sentence.contains(slug.as_str())).map(|slug| format!("{slug}: "));
    vec![Cell::new(when), Cell::new(row.author), Cell::new(format!("{}{}", plan.unwrap_or_default(), row.sentence))]
}
