//! `arising import`: documents into plans, one batch each, all or nothing.

mod doubts;
mod summary;

use std::path::Path;

use serde::Serialize;

use super::Answer;
use super::args::Import;
use super::context::Context;
use super::{json, page};
use crate::desk::Desk;
use crate::domain::draft::Draft;
use crate::domain::reconcile::Reconciled;
use crate::import::words::chosen;
use crate::import::words::taught::Taught;
use crate::import::{Options, child};
use crate::intake;
use crate::problem::Problem;
use crate::store::{Access, Places};
use doubts::Doubt;

/// What was read from one document and what it changes.
#[derive(Debug, Serialize)]
struct ImportRow<'a> {
    plan: &'a str,
    findings: usize,
    recommendations: usize,
    actions: usize,
    flags: Vec<Doubt<'a>>,
    new: usize,
    same: usize,
    differs: usize,
}

pub fn import(context: &Context, args: &Import) -> Result<Answer, Problem> {
    context.only_now()?;
    if args.plan.is_some() && args.files.len() > 1 {
        let why = "--plan names one plan, but several documents were given";
        return Err(Problem::new("Nothing was imported", why, "Import them one at a time, or leave out --plan."));
    }
    let mut answer = Answer::default();
    let desk = open_existing(context, args)?;
    let mut taught = Taught::load(Places::of_this_machine().data.as_deref());
    answer.notes.extend(taught.problems.drain(..).map(|problem| problem.to_string()));
    let mut intake = Intake { context, args, desk, taught, notes: Vec::new() };
    for file in &args.files {
        match intake.document(file) {
            Ok(text) => answer.text.push_str(&text),
            Err(problem) => answer.problems.push(problem),
        }
    }
    answer.notes.append(&mut intake.notes);
    answer.notes.extend(intake.desk.as_ref().and_then(Desk::notice).map(ToOwned::to_owned));
    Ok(answer)
}

/// The register, if there is one; it is created only when there is something to write.
fn open_existing(context: &Context, args: &Import) -> Result<Option<Desk>, Problem> {
    let access = if args.dry_run { Access::ReadOnly } else { Access::ReadWrite };
    let path = context.register()?;
    if path.exists() { Desk::open(path, access).map(Some) } else { Ok(None) }
}

/// The documents of one command, being imported.
struct Intake<'a> {
    context: &'a Context,
    args: &'a Import,
    desk: Option<Desk>,
    taught: Taught,
    notes: Vec<String>,
}

impl Intake<'_> {
    /// Imports one document and reports it.
    fn document(&mut self, file: &Path) -> Result<String, Problem> {
        let draft = child::read(file, &self.options())?;
        if draft.is_return && self.desk.is_none() {
            let why = "it is a return on actions in a register, and there is no register yet";
            return Err(Problem::new(format!("{} was not imported", file.display()), why, "Import the plans first."));
        }
        let slug = self.args.plan.as_deref().map_or_else(|| intake::slug(file), intake::short_name);
        let found = match &self.desk {
            Some(desk) => intake::compare(desk, &draft, &slug)?,
            None => intake::compare(&Desk::in_memory()?, &draft, &slug)?,
        };
        let said = self.said_before(&draft);
        let likely = self
            .desk
            .as_ref()
            .filter(|_| !draft.is_return)
            .and_then(|desk| summary::likely((&draft, &slug), desk.register()));
        let saved = self.take_in(&draft, &found)?;
        let learnt = if saved.is_some() { self.learn(&draft) } else { Vec::new() };
        if self.args.json {
            return Ok(json::line(&row(&draft, &slug, &found)) + "\n");
        }
        let mut page = self.context.page();
        summary::understood(&mut page, &draft, &slug);
        if self.args.dry_run || !self.args.map.is_empty() {
            summary::columns(&mut page, &draft);
        }
        if !said.is_empty() {
            page.paragraph(2, &page::one_line(&format!("columns as mapped before: {}", summary::pairs(&said))));
        }
        if let Some(likely) = likely {
            page.paragraph(2, &likely);
        }
        summary::changes(&mut page, &found);
        page.line(&match saved {
            Some(sentence) => format!("  saved: {sentence}"),
            None if found.ops.is_empty() => "  Nothing to change.".into(),
            None => "  Nothing was changed: this was a dry run.".into(),
        });
        if !learnt.is_empty() {
            page.paragraph(2, &page::one_line(&format!("remembered for this header row: {}", summary::pairs(&learnt))));
        }
        Ok(page.finish())
    }

    fn options(&self) -> Options {
        let kept = self.taught.options(self.context.today());
        let explained = if self.args.forget { Vec::new() } else { kept.explained.clone() };
        Options { sheet: self.args.sheet.clone(), columns: self.args.map.clone(), explained, ..kept }
    }

    /// Writes what is new and returns its sentence; nothing on a dry run or if nothing is new.
    fn take_in(&mut self, draft: &Draft, found: &Reconciled) -> Result<Option<String>, Problem> {
        if self.args.dry_run || found.ops.is_empty() {
            return Ok(None);
        }
        let desk = match &mut self.desk {
            Some(desk) => desk,
            None => self.desk.insert(Desk::create(self.context.register()?)?),
        };
        let written = intake::take_in(desk, found, &draft.file, &self.context.clock.env())?;
        Ok(written.map(|written| written.sentence))
    }

    /// Earlier mappings that apply to this document's columns.
    fn said_before(&self, draft: &Draft) -> Vec<(String, String)> {
        if self.args.forget {
            return Vec::new();
        }
        let now = |name: &str| self.args.map.iter().any(|(said, _)| chosen::is_same(said, name));
        let all = draft.tables.iter().flat_map(|table| self.taught.mappings.of(table));
        let mut before: Vec<(String, String)> = all.filter(|(name, _)| !now(name)).cloned().collect();
        before.sort();
        before.dedup();
        before
    }

    /// Remembers the mappings for the next document with these header rows. Failure is only a note: the plan is in.
    fn learn(&mut self, draft: &Draft) -> Vec<(String, String)> {
        let is_less = self.args.forget && self.taught.mappings.forget(draft);
        let learnt = self.taught.mappings.learn(draft, &self.args.map);
        if !is_less && learnt.is_empty() {
            return Vec::new();
        }
        match self.taught.mappings.save() {
            Ok(()) => learnt,
            Err(problem) => {
                self.notes.push(problem.to_string());
                Vec::new()
            }
        }
    }
}

fn row<'a>(draft: &'a Draft, slug: &'a str, reconciled: &Reconciled) -> ImportRow<'a> {
    ImportRow {
        plan: slug,
        findings: draft.findings.len(),
        recommendations: draft.recommendations.len(),
        actions: draft.all_actions().count(),
        flags: doubts::all(draft),
        new: reconciled.new.len(),
        same: reconciled.same.len(),
        differs: summary::differing(reconciled),
    }
}
