//! `arising log` and the history of one action: the log in sentences.

use std::collections::HashSet;

use serde::Serialize;

use super::args::Log;
use super::context::{Context, Look};
use super::matching;
use super::page::{Cell, Column};
use crate::desk::TrailEntry;
use crate::domain::action::Action;
use crate::domain::arrival::{self, Arrival, Happening};
use crate::domain::change::Cause;
use crate::domain::describe;
use crate::domain::id::Id;
use crate::domain::register::Register;
use crate::domain::sort;
use crate::json::{self, LogRow};
use crate::problem::Problem;

/// The log up to the day shown, and the register it produces.
pub struct Past {
    look: Look,
    entries: Vec<TrailEntry>,
    arrivals: Vec<Arrival>,
}

impl Past {
    pub fn read(context: &Context) -> Result<Past, Problem> {
        let look = context.look()?;
        let (mut entries, mut arrivals) = (look.desk.log()?, look.desk.store().arrivals()?);
        if let Some(day) = context.as_at {
            entries.retain(|entry| entry.at.date_naive() <= day);
            arrivals.retain(|arrival| arrival.at.date_naive() <= day);
        }
        Ok(Past { look, entries, arrivals })
    }

    pub fn register(&self) -> &Register {
        self.look.register()
    }

    /// What happened to one action, oldest first.
    pub fn of(&self, action: &Action) -> Vec<LogRow> {
        self.about(&HashSet::from([action.id]))
    }

    /// What happened to any of these actions, oldest first.
    fn about(&self, actions: &HashSet<Id>) -> Vec<LogRow> {
        let about = self.entries.iter().filter(|entry| entry.about.is_some_and(|id| actions.contains(&id)));
        about.map(|entry| self.row(entry)).collect()
    }

    fn all(&self) -> Vec<LogRow> {
        self.entries.iter().map(|entry| self.row(entry)).collect()
    }

    /// The whole log in readable form: an import, which makes hundreds of changes, is one line, and so is a merge.
    fn in_short(&self) -> Result<Vec<LogRow>, Problem> {
        let mut rows = Vec::new();
        for one in arrival::among(self.entries.clone(), self.arrivals.clone()) {
            let entry = match &one {
                Happening::Change(entry) => entry,
                Happening::Arrival(arrival) => {
                    rows.push(merged(arrival));
                    continue;
                }
            };
            if !matches!(entry.cause, Cause::Import { .. }) {
                rows.push(self.row(entry));
            } else if entry.batch == entry.change {
                let batch = self.look.desk.store().batch(entry.batch)?;
                let sentence = batch.map(|batch| describe::batch(self.register(), &batch));
                let row = self.row(entry);
                rows.push(LogRow { sentence: sentence.unwrap_or_else(|| row.sentence.clone()), ..row });
            }
        }
        Ok(rows)
    }

    /// What `arising log` prints. As JSON each row is a change, so that copies of one record print the same.
    fn rows(&self, context: &Context, args: &Log) -> Result<Vec<LogRow>, Problem> {
        match (args.filter.is_empty(), args.json) {
            (true, true) => Ok(self.all()),
            (true, false) => self.in_short(),
            (false, _) => Ok(self.about(&wanted(context, args, self.register())?)),
        }
    }

    fn row(&self, entry: &TrailEntry) -> LogRow {
        let plan = entry.line.plan.and_then(|id| self.register().plan(id));
        LogRow {
            at: entry.at.to_rfc3339(),
            author: entry.author.clone(),
            meeting: entry.meeting.map(|id| id.to_string()),
            plan: plan.map(|plan| plan.slug().to_owned()),
            reference: Some(entry.line.reference.clone()).filter(|reference| !reference.is_empty()),
            what: entry.line.what.clone(),
            sentence: entry.line.sentence.clone(),
            from: entry.line.from.clone(),
            to: entry.line.to.clone(),
            batch: entry.batch.to_string(),
        }
    }
}

/// A merge among the changes; it has no batch, because it is not in the log.
fn merged(arrival: &Arrival) -> LogRow {
    LogRow {
        at: arrival.at.to_rfc3339(),
        author: arrival.author.clone(),
        meeting: None,
        plan: None,
        reference: None,
        what: "merge".into(),
        sentence: arrival.sentence(),
        from: None,
        to: None,
        batch: String::new(),
    }
}

/// A merge as JSON.
#[derive(Debug, Serialize)]
struct MergeRow<'a> {
    at: String,
    author: &'a str,
    source: &'a str,
    changes: u64,
    sentence: String,
}

impl MergeRow<'_> {
    fn of(arrival: &Arrival) -> MergeRow<'_> {
        let Arrival { at, author, source, changes } = arrival;
        MergeRow { at: at.to_rfc3339(), author, source, changes: *changes, sentence: arrival.sentence() }
    }
}

pub fn log(context: &Context, args: &Log) -> Result<String, Problem> {
    let past = Past::read(context)?;
    if args.merges && args.json {
        return Ok(json::array(past.arrivals.iter().map(MergeRow::of)));
    }
    let rows = if args.merges { past.arrivals.iter().map(merged).collect() } else { past.rows(context, args)? };
    if args.json {
        return Ok(json::array(rows));
    }
    let mut page = context.page();
    if rows.is_empty() {
        page.line(if args.merges { "no merges" } else { "no changes" });
    }
    let several = past.register().visible_plans().nth(1).is_some();
    let cells: Vec<Vec<Cell>> = rows.into_iter().map(|row| cells(row, several)).collect();
    page.table(&[Column::Fit(16), Column::Fit(18), Column::Fit(20), Column::Rest], &cells);
    Ok(page.finish())
}

fn wanted(context: &Context, args: &Log, register: &Register) -> Result<HashSet<Id>, Problem> {
    let today = context.today();
    let filter = matching::filter(&args.filter, register, today)?;
    let actions = matching::actions(register, &filter, sort::Key::Reference, today);
    Ok(actions.iter().map(|(action, _)| action.id).collect())
}

/// When, who, in which plan where there are several, and what.
fn cells(row: LogRow, several: bool) -> Vec<Cell> {
    // "2026-09-12T14:03:11+01:00" → "2026-09-12 14:03".
    let when = row.at.get(..16).unwrap_or(&row.at).replace('T', " ");
    let plan = row.plan.filter(|_| several).unwrap_or_default();
    vec![Cell::new(when), Cell::new(row.author), Cell::new(plan), Cell::new(row.sentence)]
}
