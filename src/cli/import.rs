//! `arising import`: documents into plans, one batch each, all of a document or nothing of it.

use std::collections::HashSet;
use std::path::Path;

use serde::Serialize;

use super::Answer;
use super::args::Import;
use super::context::Context;
use super::holdings::plural;
use super::json;
use super::page::Page;
use crate::desk::Desk;
use crate::domain::draft::Draft;
use crate::domain::flag::Flag;
use crate::domain::reconcile::{Difference, Reconciled};
use crate::import::{Options, child};
use crate::intake;
use crate::problem::Problem;
use crate::store::Access;

/// What was read of one document and what it changes.
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

/// A doubt with the action and the place in the document that it is about.
#[derive(Debug, Serialize)]
struct Doubt<'a> {
    field: &'a str,
    why: &'a str,
    raw: &'a str,
    #[serde(rename = "ref")]
    reference: Option<String>,
    place: Option<&'a str>,
}

pub fn import(context: &Context, args: &Import) -> Result<Answer, Problem> {
    context.only_now()?;
    if args.plan.is_some() && args.files.len() > 1 {
        let why = "--plan names one plan, and several documents are given";
        return Err(Problem::new("Nothing was read", why, "Read them one by one, or leave --plan out."));
    }
    let mut answer = Answer::default();
    let mut desk = open_existing(context, args)?;
    for file in &args.files {
        match one(context, args, file, &mut desk) {
            Ok(text) => answer.text.push_str(&text),
            Err(problem) => answer.problems.push(problem),
        }
    }
    answer.notes.extend(desk.as_ref().and_then(Desk::notice).map(ToOwned::to_owned));
    Ok(answer)
}

/// The register, if there is one; it is made only when there is something to put into it.
fn open_existing(context: &Context, args: &Import) -> Result<Option<Desk>, Problem> {
    let access = if args.dry_run { Access::ReadOnly } else { Access::ReadWrite };
    let path = context.register()?;
    if path.exists() { Desk::open(path, access).map(Some) } else { Ok(None) }
}

fn one(context: &Context, args: &Import, file: &Path, desk: &mut Option<Desk>) -> Result<String, Problem> {
    let options =
        Options { today: context.today(), sheet: args.sheet.clone(), columns: args.map.clone(), ..Options::default() };
    let draft = child::read(file, &options)?;
    let slug = args.plan.as_deref().map_or_else(|| intake::slug(file), intake::short_name);
    let found = match desk {
        Some(desk) => intake::compare(desk, &draft, &slug)?,
        None => intake::compare(&Desk::in_memory()?, &draft, &slug)?,
    };
    let sentence = if args.dry_run || found.ops.is_empty() {
        None
    } else {
        let desk = match desk {
            Some(desk) => desk,
            None => desk.insert(Desk::create(context.register()?)?),
        };
        intake::take_in(desk, &found, &draft.file, &context.clock.env())?.map(|written| written.sentence)
    };
    if args.json {
        return Ok(json::line(&row(&draft, &slug, &found)) + "\n");
    }
    let mut page = context.page();
    tell(&mut page, &draft, &slug, &found);
    page.line(&match sentence {
        Some(sentence) => format!("  saved: {sentence}"),
        None if found.ops.is_empty() => "  Nothing to change.".into(),
        None => "  Nothing was changed: this was a dry run.".into(),
    });
    Ok(page.finish())
}

fn row<'a>(draft: &'a Draft, slug: &'a str, reconciled: &Reconciled) -> ImportRow<'a> {
    ImportRow {
        plan: slug,
        findings: draft.findings.len(),
        recommendations: draft.recommendations.len(),
        actions: draft.all_actions().count(),
        flags: doubts(draft),
        new: reconciled.new.len(),
        same: reconciled.same.len(),
        differs: differing(reconciled),
    }
}

/// How many things differ, each in one field or more.
fn differing(reconciled: &Reconciled) -> usize {
    reconciled.differs.iter().map(|differs| differs.on).collect::<HashSet<_>>().len()
}

fn tell(page: &mut Page, draft: &Draft, slug: &str, reconciled: &Reconciled) {
    page.line(&format!("{} → plan {slug}: {}", draft.file, draft.title));
    let (findings, actions) = (draft.findings.len(), draft.all_actions().count());
    let recommendations = plural(draft.recommendations.len(), "recommendation");
    page.line(&format!("  {}, {recommendations}, {}", plural(findings, "finding"), plural(actions, "action")));
    for doubt in doubts(draft) {
        let what = doubt.reference.map(|reference| format!("{reference} ")).unwrap_or_default();
        let place =
            doubt.place.filter(|place| !place.is_empty()).map(|place| format!(" ({place})")).unwrap_or_default();
        let is_quoted = doubt.raw.is_empty() || doubt.why.contains(doubt.raw);
        let raw = if is_quoted { String::new() } else { format!(" “{}”", doubt.raw) };
        page.paragraph(
            2,
            &super::page::one_line(&format!("in doubt: {what}{}: {}{raw}{place}", doubt.field, doubt.why)),
        );
    }
    for differs in &reconciled.differs {
        page.paragraph(2, &difference(differs));
    }
    let Reconciled { new, same, gone, .. } = reconciled;
    let gone = if gone.is_empty() { String::new() } else { format!(", {} no longer in the document", gone.len()) };
    page.line(&format!("  {} new, {} same, {} differ{gone}", new.len(), same.len(), differing(reconciled)));
}

/// Every doubt, in document order: about the document, its recommendations, its actions.
fn doubts(draft: &Draft) -> Vec<Doubt<'_>> {
    let mut doubts: Vec<Doubt<'_>> = draft.flags.iter().map(|flag| doubt(flag, None, None)).collect();
    for rec in &draft.recommendations {
        let place = Some(rec.source.place.as_str());
        doubts.extend(rec.flags.iter().map(|flag| doubt(flag, Some(rec.number.clone()), place)));
        for (at, action) in rec.actions.iter().enumerate() {
            let reference = format!("{}.{}", rec.number, at + 1);
            let place = Some(action.source.place.as_str());
            doubts.extend(action.flags.iter().map(|flag| doubt(flag, Some(reference.clone()), place)));
        }
    }
    for (at, action) in draft.actions.iter().enumerate() {
        let reference = action.number.clone().unwrap_or_else(|| (at + 1).to_string());
        let place = Some(action.source.place.as_str());
        doubts.extend(action.flags.iter().map(|flag| doubt(flag, Some(reference.clone()), place)));
    }
    doubts
}

fn doubt<'a>(flag: &'a Flag, reference: Option<String>, place: Option<&'a str>) -> Doubt<'a> {
    Doubt { field: &flag.field, why: &flag.why, raw: &flag.raw, reference, place }
}

/// What the document says instead, and whether that was taken.
fn difference(differs: &Difference) -> String {
    let Difference { reference, field, here, document, .. } = differs;
    let taken = if differs.is_proposed { "taken" } else { "changed here since, so not taken" };
    super::page::one_line(&format!("{reference} {field}: here “{here}”, in the document “{document}” ({taken})"))
}
