//! The plan report: a whole plan in its board's own columns, with one table for each group of findings.

use super::Material;
use super::cells;
use super::columns::{self, Holds, PlanColumn};
use super::document::{Cell, Column, Document, Merge, Table};
use super::verbatim::{LeadNames, Source, first_targets};
use crate::domain::action::Action;
use crate::domain::finding::Finding;
use crate::domain::plan::Plan;
use crate::domain::progress::EntryOrigin;
use crate::domain::recommendation::{Recommendation, Under};
use crate::domain::register::Register;
use crate::problem::Problem;

/// The plans with actions that match the filter, each with all its matching actions.
pub fn report(material: &Material) -> Result<Document, Problem> {
    let actions = material.actions();
    let is_asked = |plan: &&Plan| actions.iter().any(|action| action.plan == plan.id);
    let plans: Vec<&Plan> = material.register.visible_plans().filter(is_asked).collect();
    let Some(first) = plans.first() else {
        return Err(Problem::new("There is nothing to report", "no actions match", "See `arising plans`."));
    };
    let title = if plans.len() == 1 { first.title() } else { "Action plans" };
    let mut document = Document::new(title, material.today);
    for plan in &plans {
        if plans.len() > 1 {
            document.heading(1, plan.title());
        }
        let own: Vec<&Action> = actions.iter().copied().filter(|action| action.plan == plan.id).collect();
        let level = if plans.len() > 1 { 2 } else { 1 };
        add(&mut document, material.register, (plan, level), &own);
    }
    document.actions = actions.iter().map(|action| action.id).collect();
    Ok(document)
}

/// Notes, a table for each group, and the keys, under headings of the given level.
fn add(document: &mut Document, register: &Register, (plan, level): (&Plan, u8), actions: &[&Action]) {
    for note in plan.notes.get().into_iter().flatten() {
        document.paragraph(note);
    }
    let columns = columns::of(register, plan, actions);
    let names = names(register, plan, (&columns, actions));
    let cells = |action: &&Action| {
        let source = Source { register, rec: recommendation(register, action), action, columns: &columns, names };
        columns.iter().map(|column| cell(register, source, column)).collect()
    };
    let mut rows: Vec<Vec<Cell>> = actions.iter().map(cells).collect();
    let shares = shares(&columns, &rows);
    let mut rest = actions;
    while let Some(first) = rest.first() {
        let under = under(register, first);
        let end = rest.iter().position(|action| self::under(register, action) != under).unwrap_or(rest.len());
        let (group, after) = rest.split_at(end);
        let caption = heading(document, register, (under, level));
        let section = section(register, plan, (under, level));
        let rows = merged(&columns, group, rows.drain(..end));
        let titles = columns.iter().zip(&shares).map(|(column, share)| Column::new(column.title.clone(), *share));
        document.table(Table { caption, section, columns: titles.collect(), rows });
        rest = after;
    }
    keys(document, register, (plan, level));
}

fn under<'a>(register: &'a Register, action: &Action) -> Option<&'a Under> {
    recommendation(register, action).and_then(|rec| rec.under.get()).filter(|under| **under != Under::Nothing)
}

fn recommendation<'a>(register: &'a Register, action: &Action) -> Option<&'a Recommendation> {
    action.recommendation.and_then(|id| register.recommendation(id))
}

/// Writes a group's heading and its findings, and returns the table's caption.
fn heading(document: &mut Document, register: &Register, (under, level): (Option<&Under>, u8)) -> String {
    match under {
        None | Some(Under::Nothing) => "Actions".into(),
        Some(Under::AllFindings) => {
            document.heading(level, "Recommendations across all findings");
            "Actions across all findings".into()
        }
        Some(Under::Findings(ids)) => {
            for finding in ids.iter().filter_map(|id| register.finding(*id)) {
                document.heading(level, format!("Finding {}:", finding.number()));
                finding.text().lines().filter(|line| !line.trim().is_empty()).for_each(|line| document.paragraph(line));
            }
            let numbers: Vec<&str> = ids.iter().filter_map(|id| register.finding(*id)).map(Finding::number).collect();
            format!("Actions under finding {}", numbers.join(" and "))
        }
    }
}

/// What the rows of a group are under, in a sheet where no heading says it: both findings, where an action answers two.
fn section(register: &Register, plan: &Plan, (under, level): (Option<&Under>, u8)) -> String {
    let own = match under {
        None | Some(Under::Nothing) => String::new(),
        Some(Under::AllFindings) => "All findings".into(),
        Some(Under::Findings(ids)) => {
            let numbers = ids.iter().filter_map(|id| register.finding(*id)).map(Finding::number);
            numbers.map(|number| format!("Finding {number}")).collect::<Vec<_>>().join(" and ")
        }
    };
    let parts = [if level > 1 { plan.title() } else { "" }, &own];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(": ")
}

/// Leads keep the document's wording only while all of it is shown: what "Complex Needs" means may be in another row.
fn names(register: &Register, plan: &Plan, (columns, actions): (&[PlanColumn], &[&Action])) -> LeadNames {
    let is_written = |action: &&Action| {
        let source =
            Source { register, rec: recommendation(register, action), action, columns, names: LeadNames::AsWritten };
        let is_none = action.leads().is_empty() && action.via().is_empty();
        is_none || columns.iter().any(|column| column.holds == Holds::Lead && source.leads(column).is_some())
    };
    let is_whole = register.actions_of(plan).count() == actions.len() && actions.iter().all(is_written);
    if is_whole { LeadNames::AsWritten } else { LeadNames::AsNamed }
}

/// Each column's relative width in all tables of a plan, from its usual width and the length of its content.
fn shares(columns: &[PlanColumn], rows: &[Vec<Cell>]) -> Vec<usize> {
    let letters = |at: usize| {
        let texts = rows.iter().filter_map(|row| row.get(at)).map(|cell| cell.text.chars().count());
        texts.sum::<usize>() / rows.len().max(1)
    };
    columns.iter().enumerate().map(|(at, column)| column.holds.share() / 2 + letters(at).isqrt()).collect()
}

/// The rows of a table of these actions: what neighbours share of their recommendation is one cell.
fn merged(columns: &[PlanColumn], actions: &[&Action], rows: impl Iterator<Item = Vec<Cell>>) -> Vec<Vec<Cell>> {
    let merge = |at: usize, action: &Action| {
        let same = |other: Option<&&Action>| {
            action.recommendation.is_some() && other.is_some_and(|other| other.recommendation == action.recommendation)
        };
        let goes_on = at.checked_sub(1).is_some_and(|before| same(actions.get(before)));
        match (goes_on, same(actions.get(at + 1))) {
            (true, _) => Merge::GoesOn,
            (false, true) => Merge::Begins,
            (false, false) => Merge::Alone,
        }
    };
    let row = |((at, action), mut row): ((usize, &&Action), Vec<Cell>)| {
        let merge = merge(at, action);
        let is_shared = |holds: Holds| matches!(holds, Holds::Recommendation | Holds::Particular(_));
        let shared = row.iter_mut().zip(columns).filter(|(_, column)| is_shared(column.holds));
        shared.for_each(|(cell, _)| cell.merge = merge);
        row
    };
    actions.iter().enumerate().zip(rows).map(row).collect()
}

fn cell(register: &Register, source: Source, column: &PlanColumn) -> Cell {
    let Source { rec, action, .. } = source;
    let own = |text: String| Cell::new(text);
    let or = |cell: Option<&str>, text: &dyn Fn() -> String| cell.map_or_else(text, ToOwned::to_owned);
    match column.holds {
        Holds::Recommendation => own(or(source.recommendation(column), &|| rec.map(named).unwrap_or_default())),
        Holds::Particular(of) => own(rec.map_or("", |rec| of.of(rec)).to_owned()),
        Holds::Number => own(action.number.get().cloned().unwrap_or_default()),
        Holds::Action => own(action.text().to_owned()),
        Holds::Target => own(or(source.targets(column), &|| targets(source))),
        Holds::Revised if action.original_targets.is_some() => own(cells::targets(action.targets())),
        Holds::Lead => own(or(source.leads(column), &|| leads(register, source))),
        Holds::Via => own(cells::names(register, action.via())),
        Holds::Progress => own(progress(source)),
        Holds::Rating if action.rating().is_some() => cells::rating(register, action),
        Holds::Closing => own(cells::closure(action).unwrap_or_default()),
        Holds::Revised | Holds::Rating => own(String::new()),
        Holds::Raw => own(columns::raw(rec, action, &column.title).unwrap_or_default().to_owned()),
    }
}

/// The original targets; none where they are within the prose of another column.
fn targets(source: Source) -> String {
    if source.tells_targets() { String::new() } else { cells::targets(first_targets(source.action)) }
}

/// The leads, with the subgroup unless it has its own column.
fn leads(register: &Register, source: Source) -> String {
    let (leads, via) = (cells::names(register, source.action.leads()), cells::names(register, source.action.via()));
    let has_column = source.columns.iter().any(|column| column.holds == Holds::Via);
    match (leads.is_empty(), via.is_empty() || has_column) {
        (_, true) => leads,
        (true, false) => format!("overseen by {via}"),
        (false, false) => format!("{leads}, overseen by {via}"),
    }
}

/// The source's cell plus later entries, or every entry in our own wording.
fn progress(source: Source) -> String {
    match source.progress() {
        Some(cell) => {
            let added = source.action.progress().filter(|entry| entry.said.origin == EntryOrigin::Written);
            let added = added.map(cells::entry);
            std::iter::once(cell.to_owned()).chain(added).collect::<Vec<_>>().join("\n")
        }
        None => cells::progress(source.action),
    }
}

/// "Recommendation 7. Improve …"; a number missing from the document is in square brackets, as an editorial addition.
fn named(rec: &Recommendation) -> String {
    match (rec.number(), rec.number_inferred.get()) {
        ("", _) => rec.text().to_owned(),
        (number, Some(true)) => format!("[{number}.] {}", rec.text()),
        (number, _) => format!("Recommendation {number}. {}", rec.text()),
    }
}

/// The key to the ratings and the acronyms.
fn keys(document: &mut Document, register: &Register, (plan, level): (&Plan, u8)) {
    let scheme = register.scheme(plan.id);
    document.heading(level, "Key to RAG ratings");
    document.list(scheme.levels.iter().map(|level| format!("{}: {}", level.word, level.meaning)));
    let glossary: Vec<String> =
        plan.glossary.get().into_iter().flatten().map(|(short, long)| format!("{short}: {long}")).collect();
    if !glossary.is_empty() {
        document.heading(level, "Key to acronyms used");
        document.list(glossary);
    }
}
