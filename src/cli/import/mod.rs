//! `arising import`: documents into plans, one batch each, all or nothing.

mod ahead;
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
use crate::domain::reconcile::{DifferenceKey, Reconciled};
use crate::files::{self, imported};
use crate::intake::guidance::{Guidance, Memory};
use crate::intake::{self, Home, Incoming, Outcome, Whole};
use crate::json;
use crate::problem::Problem;
use crate::store::{Access, Blocks, Places, Store};
use ahead::{Ahead, Given};
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
    let mut guidance = Guidance::load(Places::of_this_machine().data.as_deref(), &args.map);
    guidance.memory = if args.forget { Memory::Dropped } else { Memory::Kept };
    guidance.sheet.clone_from(&args.sheet);
    answer.notes.extend(guidance.problems().iter().map(Problem::to_string));
    let options = guidance.options(context.today());
    let mut ahead = Ahead::new(&documents);
    // Beside the reading of the first document, the register is opened.
    ahead.begin_next(&options);
    let place = Destination::find(context, args)?;
    let mut imports = Imports { context, args, place, guidance, ahead, notes: Vec::new(), has_written: false };
    for file in &documents {
        match Given::of(file) {
            Given::Document => {}
            Given::Bundle => {
                answer.problems.push(bundle(file));
                continue;
            }
            Given::Register => {
                imports.register(file, &mut answer);
                continue;
            }
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
    imports.place.desk.let_go();
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
            Ok(Destination { desk: Desk::reading(Store::open(path, access)?, Blocks::WhenAsked)?, missing: None })
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

/// A column and what it was said to hold.
type Said = (String, String);

/// The documents of one command on their way into the register.
struct Imports<'a> {
    context: &'a Context,
    args: &'a Import,
    place: Destination<'a>,
    guidance: Guidance,
    ahead: Ahead<'a>,
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
        let options = self.guidance.options(self.context.today());
        let read = self.ahead.document(file, &options).plan();
        self.ahead.begin_next(&options);
        let mut draft = read?;
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
        let mut words = Whole(draft);
        let outcome = self.outcome(&mut words, (&slug, &decided))?;
        let Whole(draft) = words;
        if outcome.written.is_some() && !draft.is_return {
            imported::remember(Places::of_this_machine().data.as_deref(), self.place.desk.store().uuid(), file);
        }
        let text = self.told(&draft, &slug, &outcome, (&said, later.as_deref()));
        ahead::free((draft, outcome));
        if self.ahead.has_more() {
            self.place.desk.put_actions_down()?;
        }
        Ok(text)
    }

    /// What is printed of an import: with the columns as mapped before, and what it is a later version of.
    fn told(&mut self, draft: &Draft, slug: &str, outcome: &Outcome, (said, later): (&[Said], Option<&str>)) -> String {
        let Outcome { found, written, learnt } = outcome;
        let unlearnt = |problem: &Problem| {
            self.notes.push(problem.to_string());
            &[][..]
        };
        let learnt = learnt.as_ref().map_or_else(unlearnt, Vec::as_slice);
        if self.args.json {
            return json::line(&row(draft, slug, found)) + "\n";
        }
        let mut page = self.context.page();
        summary::understood(&mut page, draft, slug);
        let is_asked = self.args.dry_run || !self.args.map.is_empty();
        let which = if is_asked { summary::Columns::All } else { summary::Columns::Unused };
        summary::columns(&mut page, draft, which);
        if !said.is_empty() {
            page.paragraph(2, &page::one_line(&format!("columns as mapped before: {}", summary::pairs(said))));
        }
        if let Some(later) = later {
            page.paragraph(2, later);
        }
        summary::changes(&mut page, (draft, found), self.place.desk.register());
        page.line(&match written {
            Some(written) => format!("  saved: {}", written.sentence),
            None if found.ops.is_empty() => "  Nothing to change.".into(),
            None => "  Nothing was changed: this was a dry run.".into(),
        });
        if !learnt.is_empty() {
            page.paragraph(2, &page::one_line(&format!("remembered for this header row: {}", summary::pairs(learnt))));
        }
        page.finish()
    }

    /// What importing the document does, or on a dry run would do.
    fn outcome(
        &mut self,
        words: &mut Whole,
        (slug, decided): (&str, &BTreeMap<DifferenceKey, bool>),
    ) -> Result<Outcome, Problem> {
        if self.args.dry_run {
            let found = intake::preview(&self.place.desk, Incoming { draft: &words.0, slug, decided })?;
            return Ok(Outcome { found, written: None, learnt: Ok(Vec::new()) });
        }
        let env = self.context.clock.env();
        let outcome = intake::import(words, (slug, decided), &mut self.place, &mut self.guidance, &env)?;
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
