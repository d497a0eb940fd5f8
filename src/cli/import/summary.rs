//! The readable summary of an import: what was understood, what is doubtful and why, and what it changes.

use std::collections::HashSet;

use super::doubts::{self, Doubt};
use super::returned;
use crate::cli::page::{Page, one_line};
use crate::domain::draft::{Draft, DraftTable};
use crate::domain::flag::COLUMN;
use crate::domain::reconcile::{Difference, Reconciled, likely_plan};
use crate::domain::register::Register;
use crate::problem::Problem;
use crate::text::{self, counted};

/// From this share of actions already in a plan, a document is its later version without asking: two in three.
const BEYOND_DOUBT: (usize, usize) = (2, 3);
/// How many characters of its header row identify a table.
const NAMED: usize = 80;
/// How many columns of the document's wording a doubt quotes.
const QUOTED: usize = 120;

/// The document as it was understood.
pub fn understood(page: &mut Page, draft: &Draft, slug: &str) {
    if draft.is_return {
        page.line(&one_line(&returned::heading(draft)));
        return;
    }
    page.line(&format!("{} → plan {slug}: {}", draft.file, draft.title));
    let (findings, actions) = (draft.findings.len(), draft.all_actions().count());
    let recommendations = counted(draft.recommendations.len(), "recommendation");
    page.line(&format!("  {}, {recommendations}, {}", counted(findings, "finding"), counted(actions, "action")));
    let is_plan = draft.tables.iter().any(|table| table.is_read);
    for table in draft.tables.iter().filter(|table| is_plan && !table.is_read && table.rows > 0) {
        page.paragraph(2, &one_line(&format!("not read as actions: {}", named(table))));
    }
    for notice in &draft.notices {
        page.paragraph(2, &one_line(&format!("noted: {notice}")));
    }
    for doubt in doubts::all(draft) {
        page.paragraph(2, &one_line(&sentence(&doubt)));
    }
}

/// Which columns are listed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Columns {
    All,
    Unused,
}

/// What each table column was recognised as, and those that are not used; tables with the same columns are listed together.
pub fn columns(page: &mut Page, draft: &Draft, which: Columns) {
    let mut all: Vec<(Vec<&str>, Taken)> = Vec::new();
    for table in draft.tables.iter().filter(|table| table.is_read) {
        let taken = Taken::of(table);
        match all.iter_mut().find(|(_, other)| *other == taken) {
            Some((places, _)) => places.push(&table.place),
            None => all.push((vec![&table.place], taken)),
        }
    }
    for (places, taken) in all {
        let places = places.join(", ");
        if which == Columns::All {
            page.paragraph(2, &one_line(&format!("columns of {places}: {}", pairs(&taken.used))));
        }
        if let Some(first) = taken.unused.first() {
            let hint = format!("--map '{first}=progress' says what a column holds");
            page.paragraph(2, &one_line(&format!("not used of {places}: {} ({hint})", taken.unused.join(", "))));
        }
    }
}

/// A table's columns in use, with what they hold, and those not used.
#[derive(PartialEq, Eq)]
struct Taken {
    used: Vec<(String, String)>,
    unused: Vec<String>,
}

impl Taken {
    fn of(table: &DraftTable) -> Taken {
        let used = table.columns.iter().enumerate().filter(|(_, column)| !column.fields.is_empty());
        let used = used.map(|(at, column)| (table.address(at), column.fields.join("+"))).collect();
        Taken { used, unused: table.unused() }
    }
}

/// "Owner = lead, Update = progress+status".
pub fn pairs(columns: &[(String, String)]) -> String {
    columns.iter().map(|(name, field)| format!("{name} = {field}")).collect::<Vec<_>>().join(", ")
}

/// The plan with another name of which the document is a later version, and a sentence that says so; a problem where only the
/// user can say.
pub fn later(draft: &Draft, slug: &str, register: &Register) -> Result<Option<(String, String)>, Problem> {
    let Some((id, count)) = likely_plan(draft, slug, register) else { return Ok(None) };
    let (known, all) = (register.plan(id).map_or("", |plan| plan.slug()), draft.all_actions().count());
    let shared = format!("{count} of its {all} actions are already in plan {known}");
    if count * BEYOND_DOUBT.1 < all * BEYOND_DOUBT.0 {
        let what = format!("{} was not imported", draft.file);
        let hint =
            format!("Add --plan {known} if it is a later version of that plan, or --new if it is a plan of its own.");
        return Err(Problem::new(what, shared, hint));
    }
    let said = format!("{shared}: imported as its later version (--new makes a plan of its own)");
    Ok(Some((known.to_owned(), one_line(&said))))
}

/// What changed or would change.
pub fn changes(page: &mut Page, (draft, reconciled): (&Draft, &Reconciled), register: &Register) {
    if let Some(newer) = &reconciled.overtaken {
        page.paragraph(2, &one_line(&format!("an older answer: {newer}, after this form was made")));
    }
    for differs in &reconciled.differs {
        page.paragraph(2, &difference(differs));
    }
    for query in &reconciled.queries {
        page.paragraph(2, &one_line(&returned::asked(query)));
    }
    let Reconciled { new, same, gone, .. } = reconciled;
    for action in gone.iter().filter_map(|id| register.action(*id)) {
        let closed = if action.is_closed() { ", closed" } else { "" };
        let words = text::truncate(&text::one_line(action.text()), NAMED);
        page.paragraph(
            2,
            &one_line(&format!("no longer in {}: {} {words}{closed}", draft.file, register.reference(action))),
        );
    }
    let gone = if gone.is_empty() { String::new() } else { format!(", {} no longer in the document", gone.len()) };
    page.line(&format!("  {} new, {} same, {} differ{gone}", new.len(), same.len(), differing(reconciled)));
}

/// How many items differ, each in one or more fields.
pub fn differing(reconciled: &Reconciled) -> usize {
    reconciled.differs.iter().map(|differs| differs.on).collect::<HashSet<_>>().len()
}

/// "in doubt: 4.1 target: it has no year “Oct” (table 1, row 6); perhaps Oct 2023".
fn sentence(doubt: &Doubt<'_>) -> String {
    let what = doubt.reference.as_ref().map(|reference| format!("{reference} ")).unwrap_or_default();
    let place = doubt.place.filter(|place| !place.is_empty()).map(|place| format!(" ({place})")).unwrap_or_default();
    let is_quoted = doubt.raw.is_empty() || doubt.why.contains(doubt.raw);
    let raw = if is_quoted { String::new() } else { format!(" “{}”", text::truncate(doubt.raw, QUOTED)) };
    let is_column = doubt.field == COLUMN;
    let suggestion = doubt.suggestion.filter(|suggestion| is_column || !doubt.why.contains(suggestion));
    let perhaps = suggestion.map(|suggestion| {
        let confirms = format!(" (--map '{}={suggestion}' confirms it)", doubt.raw);
        if is_column { confirms } else { format!("; perhaps {suggestion}") }
    });
    let perhaps = perhaps.unwrap_or_default();
    format!("in doubt: {what}{}: {}{raw}{place}{perhaps}", doubt.field, doubt.why)
}

/// What the document says instead, and whether that was imported.
fn difference(differs: &Difference) -> String {
    let Difference { reference, field, here, document, .. } = differs;
    let why = if differs.why.is_empty() { "changed in the register since" } else { &differs.why };
    let taken = match (differs.is_taken, differs.is_emptied) {
        (true, _) => "imported".to_owned(),
        (false, true) => "empty in the document, so kept".to_owned(),
        (false, false) => format!("{why}, so not imported; --take '{reference}.{field}' imports it"),
    };
    one_line(&format!("{reference} {field}: in the register “{here}”, in the document “{document}” ({taken})"))
}

/// "table 2, 6 rows, “Item | Owner | Deadline”".
fn named(table: &DraftTable) -> String {
    let headers: Vec<&str> = table.columns.iter().map(|column| column.header.as_str()).collect();
    let first = || table.columns.iter().filter_map(|column| column.samples.first()).map(String::as_str).collect();
    let is_headed = headers.iter().any(|header| !header.is_empty());
    let words: Vec<&str> = if is_headed { headers } else { first() };
    let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
    let title: String = words.join(" | ").chars().take(NAMED).collect();
    format!("{}, {}, “{title}”", table.place, counted(table.rows, "row"))
}
