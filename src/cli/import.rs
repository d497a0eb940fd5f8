//! `arising import`: documents into plans, one batch each, all of a document or nothing of it.

use std::path::Path;

use serde::Serialize;

use super::Answer;
use super::args::Import;
use super::context::Context;
use super::holdings::plural;
use super::json;
use super::page::Page;
use crate::desk::Desk;
use crate::domain::change::Cause;
use crate::domain::draft::Draft;
use crate::domain::flag::Flag;
use crate::domain::register::Register;
use crate::import::reconcile::{self, Reconciled};
use crate::import::{Options, child};
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
    Ok(answer)
}

/// The register, if there is one; it is made only when there is something to put into it.
fn open_existing(context: &Context, args: &Import) -> Result<Option<Desk>, Problem> {
    let access = if args.dry_run { Access::ReadOnly } else { Access::ReadWrite };
    let path = context.register()?;
    if path.exists() { Desk::open(path, access).map(Some) } else { Ok(None) }
}

fn one(context: &Context, args: &Import, file: &Path, desk: &mut Option<Desk>) -> Result<String, Problem> {
    let options = Options { today: context.today(), title: None, sheet: args.sheet.clone(), columns: args.map.clone() };
    let draft = child::read(file, &options)?;
    let slug = slug(args.plan.as_deref(), file);
    let empty = Register::default();
    let register = desk.as_ref().map_or(&empty, Desk::register);
    let reconciled = reconcile::reconcile(&draft, &slug, register);
    let sentence = if args.dry_run || reconciled.ops.is_empty() {
        None
    } else {
        let desk = match desk {
            Some(desk) => desk,
            None => desk.insert(Desk::create(context.register()?)?),
        };
        let cause = Cause::Import { file: draft.file.clone() };
        Some(desk.import(&reconciled.ops, cause, &context.clock.env())?.sentence)
    };
    if args.json {
        return Ok(json::line(&row(&draft, &slug, &reconciled)) + "\n");
    }
    let mut page = context.page();
    tell(&mut page, &draft, &slug, &reconciled);
    page.line(&match sentence {
        Some(sentence) => format!("  saved: {sentence}"),
        None if reconciled.ops.is_empty() => "  Nothing to change.".into(),
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
        new: reconciled.new,
        same: reconciled.same,
        differs: reconciled.differs.len(),
    }
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
        let raw = if doubt.raw.is_empty() { String::new() } else { format!(" “{}”", doubt.raw) };
        page.paragraph(
            2,
            &super::page::one_line(&format!("in doubt: {what}{}: {}{raw}{place}", doubt.field, doubt.why)),
        );
    }
    page.line(&format!("  {} new, {} same, {} differ", reconciled.new, reconciled.same, reconciled.differs.len()));
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

/// The plan's short name: as asked, else from the file's name; letters, digits and single hyphens.
fn slug(asked: Option<&str>, file: &Path) -> String {
    let stem = file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let name = asked.map_or(stem, ToOwned::to_owned).to_lowercase();
    let words = name.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    let slug: String = words.collect::<Vec<_>>().join("-").chars().take(60).collect();
    if slug.is_empty() { "plan".into() } else { slug }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_name_comes_from_the_file_unless_given() {
        assert_eq!(slug(None, Path::new("/x/Adult C (final).docx")), "adult-c-final");
        assert_eq!(slug(None, Path::new("adult-c.txt")), "adult-c");
        assert_eq!(slug(Some("SAR 7"), Path::new("adult-c.txt")), "sar-7");
        assert_eq!(slug(None, Path::new("….csv")), "plan");
    }
}
