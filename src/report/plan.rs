//! The plan report: a whole plan in its board's own columns, one table for each group of findings.

use super::Material;
use super::cells;
use super::columns::{self, Holds, PlanColumn};
use super::document::{Cell, Column, Document, Merge, Table};
use crate::domain::action::Action;
use crate::domain::plan::Plan;
use crate::domain::recommendation::{Recommendation, Under};
use crate::domain::register::Register;
use crate::problem::Problem;

/// The plans that the filter touches, each whole as far as the filter goes.
pub fn report(material: &Material) -> Result<Document, Problem> {
    let actions = material.actions();
    let is_asked = |plan: &&Plan| actions.iter().any(|action| action.plan == plan.id);
    let plans: Vec<&Plan> = material.register.visible_plans().filter(is_asked).collect();
    let Some(first) = plans.first() else {
        return Err(Problem::new("There is nothing to report", "no action matches", "See `arising plans`."));
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

/// Notes, a table for each group, and the keys, under headings of that level.
fn add(document: &mut Document, register: &Register, (plan, level): (&Plan, u8), actions: &[&Action]) {
    for note in plan.notes.get().into_iter().flatten() {
        document.paragraph(note);
    }
    let columns = columns::of(register, plan, actions);
    let mut rest = actions;
    while let Some(first) = rest.first() {
        let under = under(register, first);
        let end = rest.iter().position(|action| self::under(register, action) != under).unwrap_or(rest.len());
        let (group, after) = rest.split_at(end);
        let caption = heading(document, register, (under, level));
        document.table(table(register, caption, &columns, group));
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

/// Writes the heading of a group and the words of its findings, and gives the table's caption.
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
            let numbers: Vec<&str> = ids.iter().filter_map(|id| register.finding(*id)).map(|f| f.number()).collect();
            format!("Actions under finding {}", numbers.join(" and "))
        }
    }
}

fn table(register: &Register, caption: String, columns: &[PlanColumn], actions: &[&Action]) -> Table {
    let titles = columns.iter().map(|column| Column { title: column.title.clone(), share: column.holds.share() });
    let mut table = Table { caption, columns: titles.collect(), rows: Vec::new() };
    for (at, action) in actions.iter().enumerate() {
        let same = |other: Option<&&Action>| {
            action.recommendation.is_some() && other.is_some_and(|other| other.recommendation == action.recommendation)
        };
        let goes_on = at.checked_sub(1).is_some_and(|before| same(actions.get(before)));
        let merge = match (goes_on, same(actions.get(at + 1))) {
            (true, _) => Merge::GoesOn,
            (false, true) => Merge::Begins,
            (false, false) => Merge::Alone,
        };
        table.rows.push(columns.iter().map(|column| cell(register, action, column, merge)).collect());
    }
    table
}

fn cell(register: &Register, action: &Action, column: &PlanColumn, merge: Merge) -> Cell {
    let rec = recommendation(register, action);
    let own = |text: String| Cell::new(text);
    let shared = |text: String| Cell { merge, ..Cell::new(text) };
    match column.holds {
        Holds::Recommendation => shared(rec.map(named).unwrap_or_default()),
        Holds::Outcome => shared(rec.and_then(Recommendation::outcome).unwrap_or_default().to_owned()),
        Holds::Number => own(action.number.get().cloned().unwrap_or_default()),
        Holds::Action => own(action.text().to_owned()),
        Holds::Target => {
            let first = action.original_targets.as_ref().map_or(action.targets(), |first| first.dates.as_slice());
            own(cells::targets(first))
        }
        Holds::Revised if action.original_targets.is_some() => own(cells::targets(action.targets())),
        Holds::Revised => own(String::new()),
        Holds::Lead => own(cells::leads(register, action)),
        Holds::Progress => own(cells::progress(action)),
        Holds::Rating if action.rating().is_some() => cells::rating(register, action),
        Holds::Rating => own(String::new()),
        Holds::Raw => own(columns::raw(rec, action, &column.title).unwrap_or_default().to_owned()),
    }
}

fn named(rec: &Recommendation) -> String {
    if rec.number().is_empty() {
        rec.text().to_owned()
    } else {
        format!("Recommendation {}. {}", rec.number(), rec.text())
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
