//! `arising import`: documents into plans, one batch each, all or nothing.

mod doubts;
mod given;
mod returned;
mod summary;
mod taking;

use std::collections::BTreeMap;
use std::path::Path;

use serde::Serialize;

use super::Answer;
use super::args::Import;
use super::context::Context;
use super::edit;
use super::page;
use crate::desk::Desk;
use crate::domain::draft::Draft;
use crate::domain::reconcile::Reconciled;
use crate::files::{self, imported};
use crate::import::child;
use crate::intake::guidance::{Guidance, Memory};
use crate::intake::{self, Home, Incoming, Outcome};
use crate::json;
use crate::problem::Problem;
use crate::store::{self, Access, Places};
use doubts::Doubt;
use taking::Taking;

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
    let documents = files::meant(&args.files);
    if args.plan.is_some() && documents.len() > 1 {
        let why = "--plan names one plan, but several documents were given";
        return Err(Problem::new("Nothing was imported", why, "Import them one at a time, or leave out --plan."));
    }
    let mut answer = Answer::default();
    let place = Destination::find(context, args)?;
    let mut guidance = Guidance::load(Places::of_this_machine().data.as_deref(), &args.map);
    guidance.memory = if args.forget { Memory::Dropped } else { Memory::Kept };
    guidance.sheet.clone_from(&args.sheet);
    answer.notes.extend(guidance.problems().iter().map(Problem::to_string));
    let mut imports = Imports { context, args, place, guidance, notes: Vec::new(), has_written: false };
    for file in &documents {
        if store::is_bundle(file) || store::is_sealed(file) {
            answer.problems.push(bundle(file));
            continue;
        }
        if store::is_register(file) {
            imports.register(file, &mut answer);
            continue;
        }
        match imports.document(file) {
            Ok(text) => answer.text.push_str(&text),
            Err(problem) => answer.problems.push(problem),
        }
    }
    answer.notes.append(&mut imports.notes);
    answer.notes.extend(if imports.has_written {
        edit::notes(context, &imports.place.desk)
    } else {
        imports.place.desk.notice().map(ToOwned::to_owned).into_iter().collect()
    });
    Ok(answer)
}

/// A bundle is merged, not imported.
fn bundle(file: &Path) -> Problem {
    let what = format!("{} was not imported", file.file_name().unwrap_or_default().to_string_lossy());
    let hint = format!("To bring them in: arising merge \"{}\".", file.display());
    Problem::new(what, "it is a bundle of changes from another copy of a register", hint)
}

/// The register, or an empty one in memory until there is something to put into a file.
struct Destination<'a> {
    desk: Desk,
    /// Where the file is to be created; none where there is one.
    missing: Option<&'a Path>,
}

impl<'a> Destination<'a> {
    fn find(context: &'a Context, args: &Import) -> Result<Destination<'a>, Problem> {
        let access = if args.dry_run { Access::ReadOnly } else { Access::ReadWrite };
        let path = context.register()?;
        if path.exists() {
            Ok(Destination { desk: Desk::open(path, access)?, missing: None })
        } else {
            Ok(Destination { desk: Desk::in_memory()?, missing: Some(path) })
        }
    }
}

impl Home for Destination<'_> {
    fn desk(&self) -> &Desk {
        &self.desk
    }

    fn settled(&mut self) -> Result<&mut Desk, Problem> {
        if let Some(path) = self.missing {
            self.desk = match Desk::create(path) {
                Ok(desk) => desk,
                // Another import has just created it.
                Err(_) if path.exists() => Desk::open(path, Access::ReadWrite)?,
                Err(problem) => return Err(problem),
            };
            self.missing = None;
        }
        Ok(&mut self.desk)
    }
}

/// The documents of one command on their way into the register.
struct Imports<'a> {
    context: &'a Context,
    args: &'a Import,
    place: Destination<'a>,
    guidance: Guidance,
    notes: Vec<String>,
    has_written: bool,
}

impl Imports<'_> {
    /// Compares a register with the one in use and reports it; nothing is imported.
    fn register(&self, file: &Path, answer: &mut Answer) {
        match given::compared(file, &self.place, self.context.today()) {
            Ok((given, refusal)) => {
                if self.args.json {
                    answer.text.push_str(&given::row(file, &given));
                }
                answer.problems.push(refusal);
            }
            Err(problem) => answer.problems.push(problem),
        }
    }

    /// Imports one document and reports it.
    fn document(&mut self, file: &Path) -> Result<String, Problem> {
        let mut draft = child::read(file, &self.guidance.options(self.context.today()))?;
        if draft.is_return && self.place.missing.is_some() {
            let why = "it is a return on actions in a register, and there is no register yet";
            return Err(Problem::new(format!("{} was not imported", file.display()), why, "Import the plans first."));
        }
        let mut slug = self.args.plan.as_deref().map_or_else(|| intake::slug(file), intake::short_name);
        let said = self.guidance.said_before(&draft);
        let register = self.place.desk.register();
        let is_said = draft.is_return || self.args.plan.is_some() || self.args.new;
        let later = if is_said { None } else { summary::later(&draft, &slug, register)? };
        let later = later.map(|(known, said)| {
            slug = known;
            said
        });
        let (desk, today) = (&self.place.desk, self.context.today());
        let mut taking = Taking { desk, draft: &mut draft, slug: &slug, today, decided: BTreeMap::new() };
        taking.apply(&self.args.take, &self.args.keep)?;
        let decided = taking.decided;
        let outcome = self.outcome(Incoming { draft: &draft, slug: &slug, decided: &decided })?;
        let Outcome { found, written, learnt } = outcome;
        if written.is_some() && !draft.is_return {
            imported::remember(Places::of_this_machine().data.as_deref(), self.place.desk.store().uuid(), file);
        }
        let learnt = learnt.unwrap_or_else(|problem| {
            self.notes.push(problem.to_string());
            Vec::new()
        });
        if self.args.json {
            return Ok(json::line(&row(&draft, &slug, &found)) + "\n");
        }
        let mut page = self.context.page();
        summary::understood(&mut page, &draft, &slug);
        let is_asked = self.args.dry_run || !self.args.map.is_empty();
        let which = if is_asked { summary::Columns::All } else { summary::Columns::Unused };
        summary::columns(&mut page, &draft, which);
        if !said.is_empty() {
            page.paragraph(2, &page::one_line(&format!("columns as mapped before: {}", summary::pairs(&said))));
        }
        if let Some(later) = later {
            page.paragraph(2, &later);
        }
        summary::changes(&mut page, (&draft, &found), self.place.desk.register());
        page.line(&match written {
            Some(written) => format!("  saved: {}", written.sentence),
            None if found.ops.is_empty() => "  Nothing to change.".into(),
            None => "  Nothing was changed: this was a dry run.".into(),
        });
        if !learnt.is_empty() {
            page.paragraph(2, &page::one_line(&format!("remembered for this header row: {}", summary::pairs(&learnt))));
        }
        Ok(page.finish())
    }

    /// What importing the document does, or on a dry run would do.
    fn outcome(&mut self, incoming: Incoming<'_>) -> Result<Outcome, Problem> {
        if self.args.dry_run {
            let found = intake::preview(&self.place.desk, incoming)?;
            return Ok(Outcome { found, written: None, learnt: Ok(Vec::new()) });
        }
        let outcome = intake::import(incoming, &mut self.place, &mut self.guidance, &self.context.clock.env())?;
        self.has_written |= outcome.written.is_some();
        Ok(outcome)
    }
}

fn row<'a>(draft: &'a Draft, slug: &'a str, reconciled: &'a Reconciled) -> ImportRow<'a> {
    ImportRow {
        plan: slug,
        findings: draft.findings.len(),
        recommendations: draft.recommendations.len(),
        actions: draft.all_actions().count(),
        flags: doubts::all(draft).into_iter().chain(doubts::of_return(draft, reconciled)).collect(),
        new: reconciled.new.len(),
        same: reconciled.same.len(),
        differs: summary::differing(reconciled),
    }
}
