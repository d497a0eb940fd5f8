//! `arising log` and the history of one action: the log in sentences.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, FixedOffset};
use serde::Serialize;

use super::args::Log;
use super::context::{Context, Look};
use super::gate::Reader;
use super::listed::Listed;
use super::matching;
use super::page::{Cell, Column};
use crate::desk::TrailEntry;
use crate::domain::action::Action;
use crate::domain::arrival::{self, Arrival, Happening};
use crate::domain::change::{Batch, Cause, Change};
use crate::domain::describe::{self, Quoting};
use crate::domain::id::Id;
use crate::domain::register::Register;
use crate::domain::sort;
use crate::domain::trail::{KEPT, Replay};
use crate::json::{self, LogRow};
use crate::problem::Problem;
use crate::store::{self, Store};

/// The log up to the day shown, and the register it produces.
struct Past {
    look: Look,
    entries: Vec<TrailEntry>,
    arrivals: Vec<Arrival>,
}

/// What happened to one action up to the day shown, oldest first.
pub fn of(context: &Context, look: &Look, action: &Action) -> Result<Vec<LogRow>, Problem> {
    let entries = told(context, look, action, Quoting::Beginning)?;
    Ok(entries.iter().map(|entry| row(entry, |plan| slug(look.register(), plan))).collect())
}

/// The same as entries of the audit trail, with as much of each text as is asked for.
pub fn told(context: &Context, look: &Look, action: &Action, quoting: Quoting) -> Result<Vec<TrailEntry>, Problem> {
    let mut entries = look.desk.history(action.id, quoting)?;
    entries.retain(|entry| is_shown(context, &entry.at));
    Ok(entries)
}

fn is_shown(context: &Context, at: &DateTime<FixedOffset>) -> bool {
    context.as_at.is_none_or(|day| at.date_naive() <= day)
}

impl Past {
    fn read(context: &Context) -> Result<Past, Problem> {
        let look = context.look()?;
        let (mut entries, mut arrivals) = (look.desk.log()?, look.desk.store().arrivals()?);
        entries.retain(|entry| is_shown(context, &entry.at));
        arrivals.retain(|arrival| is_shown(context, &arrival.at));
        Ok(Past { look, entries, arrivals })
    }

    fn register(&self) -> &Register {
        self.look.register()
    }

    /// What happened to any of these actions, oldest first.
    fn about(&self, actions: &HashSet<Id>) -> Vec<LogRow> {
        let about = self.entries.iter().filter(|entry| entry.about.is_some_and(|id| actions.contains(&id)));
        about.map(|entry| self.row(entry)).collect()
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

    fn row(&self, entry: &TrailEntry) -> LogRow {
        row(entry, |plan| slug(self.register(), plan))
    }
}

fn slug(register: &Register, plan: Id) -> Option<String> {
    register.plan(plan).map(|plan| plan.slug().to_owned())
}

fn row(entry: &TrailEntry, slug: impl Fn(Id) -> Option<String>) -> LogRow {
    LogRow {
        at: entry.at.to_rfc3339(),
        author: entry.author.clone(),
        meeting: entry.meeting.map(|id| id.to_string()),
        plan: entry.line.plan.and_then(slug),
        reference: Some(entry.line.reference.clone()).filter(|reference| !reference.is_empty()),
        what: entry.line.what.clone(),
        sentence: entry.line.sentence.clone(),
        from: entry.line.from.clone(),
        to: entry.line.to.clone(),
        batch: entry.batch.to_string(),
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
    if args.json && !args.merges {
        return print_each(context, args).map(|()| String::new());
    }
    let past = Past::read(context)?;
    if args.json {
        return Ok(json::array(past.arrivals.iter().map(MergeRow::of)));
    }
    let rows = match (args.merges, args.filter.is_empty()) {
        (true, _) => past.arrivals.iter().map(merged).collect(),
        (false, true) => past.in_short()?,
        (false, false) => past.about(&wanted(context, args, past.register())?),
    };
    let mut page = context.page();
    if rows.is_empty() {
        page.line(if args.merges { "no merges" } else { "no changes" });
    }
    let several = past.register().visible_plans().nth(1).is_some();
    let cells: Vec<Vec<Cell>> = rows.into_iter().map(|row| cells(row, several)).collect();
    page.table(&[Column::Fit(16), Column::Fit(18), Column::Fit(20), Column::Rest], &cells);
    Ok(page.finish())
}

/// Prints the log as JSON while it is read, so that one of any length needs hardly more memory than a short one. Each row is a
/// change, so that copies of one record print the same.
fn print_each(context: &Context, args: &Log) -> Result<(), Problem> {
    let Asked { file, slugs, about } = asked(context, args)?;
    let store = file.store();
    let is_wanted = |entry: &TrailEntry| {
        let is_about = |wanted: &HashSet<Id>| entry.about.is_some_and(|id| wanted.contains(&id));
        is_shown(context, &entry.at) && about.as_ref().is_none_or(is_about)
    };
    let (mut pages, mut listed) = (store.pages(), Listed::default());
    let mut replay = store.makers().map_or_else(Replay::default, |makers| Replay::with(makers));
    let take = |replay: &mut Replay, batch: &Batch, change: &Change, listed: &mut Listed| {
        if let Some(entry) = replay.next(batch, change).filter(is_wanted) {
            listed.add(&row(&entry, |plan| slugs.get(&plan).cloned()));
        }
    };
    while pages.next(|batch, change| take(&mut replay, batch, change, &mut listed))? {
        if replay.is_lost() {
            return Err(store::unreadable());
        }
        replay.let_go(KEPT);
        if listed.pass_on()? == Reader::HasLeft {
            return Ok(());
        }
    }
    if replay.is_lost() { Err(store::unreadable()) } else { listed.end() }
}

/// What is to be printed of a log: the changes about these actions, or all.
struct Asked {
    file: File,
    slugs: HashMap<Id, String>,
    about: Option<HashSet<Id>>,
}

enum File {
    Alone(Box<Store>),
    /// Of a register that was looked at and put away.
    OfLook(Box<Look>),
}

impl File {
    fn store(&self) -> &Store {
        match self {
            File::Alone(store) => store,
            File::OfLook(look) => look.desk.store(),
        }
    }
}

/// Where the whole log is asked for, its register is not made: its plans are enough.
fn asked(context: &Context, args: &Log) -> Result<Asked, Problem> {
    let slugs_of = |register: &Register| register.plans.iter().map(|plan| (plan.id, plan.slug().to_owned())).collect();
    if args.filter.is_empty() && context.as_at.is_none() {
        let store = context.store()?;
        return Ok(Asked { slugs: slugs_of(&store.plans()?), about: None, file: File::Alone(Box::new(store)) });
    }
    let mut look = context.look()?;
    let register = look.register();
    let about = if args.filter.is_empty() { None } else { Some(context.whole(wanted(context, args, register)?)?) };
    let slugs = slugs_of(register);
    // The log is told from a register of its own.
    look.put_register_away();
    Ok(Asked { slugs, about, file: File::OfLook(Box::new(look)) })
}

fn wanted(context: &Context, args: &Log, register: &Register) -> Result<HashSet<Id>, Problem> {
    let today = context.today();
    let filter = matching::filter(&args.filter, register, today)?;
    let mut read = Vec::new();
    let actions = matching::actions(register, &mut read, &filter, sort::Key::Reference, today);
    Ok(actions.iter().map(|(action, _)| action.id).collect())
}

/// When, who, in which plan where there are several, and what.
fn cells(row: LogRow, several: bool) -> Vec<Cell> {
    // "2026-09-12T14:03:11+01:00" → "2026-09-12 14:03".
    let when = row.at.get(..16).unwrap_or(&row.at).replace('T', " ");
    let plan = row.plan.filter(|_| several).unwrap_or_default();
    vec![Cell::new(when), Cell::new(row.author), Cell::new(plan), Cell::new(row.sentence)]
}
