//! The exception report to the board: live actions, completed actions, extension requests and outstanding actions.

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::cells;
use super::document::{Cell, Document, Table};
use super::{Material, lists};
use crate::domain::action::Action;
use crate::domain::date_words;
use crate::domain::plan::Plan;
use crate::domain::query;
use crate::problem::Problem;
use crate::text::counted;

pub fn report(material: &Material) -> Result<Document, Problem> {
    let (register, today) = (material.register, material.today);
    let actions = material.actions();
    let since = material.since();
    let mut document = Document::new("Exception report", today);
    document.paragraph(match since {
        Some(day) => format!("This report covers changes since {}.", date_words::day(day)),
        None => {
            "No earlier meeting is recorded, so every completed action and every moved target is listed.".to_owned()
        }
    });
    let (done, live): (Vec<&Action>, Vec<&Action>) =
        actions.iter().copied().partition(|action| query::is_done(register, action));
    let late: Vec<&Action> = live.iter().copied().filter(|action| query::is_overdue(register, action, today)).collect();
    let completed: Vec<&Action> = done.into_iter().filter(|action| is_since(became_done(action), since)).collect();
    let is_moved = |action: &Action| action.original_targets.is_some() && is_since(retargeted(action), since);
    let moved = |action: &&Action| action.extension().is_some() || is_moved(action);
    let moved: Vec<&Action> = live.iter().copied().filter(moved).collect();
    document.data = Some(data(material, since, [&live, &completed, &moved, &late]));
    document.heading(1, format!("Live: {}", counted(live.len(), "action")));
    document.paragraph(format!("Overdue: {}.", late.len()));
    section(&mut document, material, ("Completed", &completed), Detail::Progress);
    section(&mut document, material, ("Extension requests", &moved), Detail::Extension);
    document.heading(1, format!("Outstanding: {}", counted(late.len(), "action")));
    if !late.is_empty() {
        document.table(lists::overdue_table(material, &late));
    }
    document.actions = actions.iter().map(|action| action.id).collect();
    Ok(document)
}

/// The four sections for other programs, with counts and actions.
fn data(material: &Material, since: Option<NaiveDate>, parts: [&[&Action]; 4]) -> Value {
    let listed = |actions: &[&Action]| -> Vec<Value> {
        let one = |action: &&Action| {
            json!({
                "plan": material.register.plan(action.plan).map(Plan::slug),
                "ref": material.register.reference(action),
                "text": action.text(),
                "leads": cells::leads(material.register, action),
                "rating": action.rating(),
            })
        };
        actions.iter().map(one).collect()
    };
    let [live, completed, moved, late] = parts.map(|part| json!({ "count": part.len(), "actions": listed(part) }));
    json!({ "since": since, "live": live, "completed": completed, "extensions": moved, "outstanding": late })
}

/// The content of a section's last column.
#[derive(Clone, Copy)]
enum Detail {
    Progress,
    Extension,
}

fn section(document: &mut Document, material: &Material, (name, actions): (&str, &[&Action]), detail: Detail) {
    document.heading(1, format!("{name}: {}", counted(actions.len(), "action")));
    if actions.is_empty() {
        return;
    }
    let last = match detail {
        Detail::Progress => "Latest progress",
        Detail::Extension => "Extension and reason",
    };
    let mut table = Table::new(name, [("Ref", 6), ("Action", 30), ("Lead", 14), ("Rating", 8), (last, 34)]);
    for action in actions {
        let said = match detail {
            Detail::Progress => cells::closure(action).unwrap_or_else(|| cells::latest(action)),
            Detail::Extension => extension(action),
        };
        let register = material.register;
        let (reference, leads) = (cells::reference(register, action), cells::leads(register, action));
        let rating = cells::rating(register, action);
        table.rows.push(vec![
            Cell::new(reference),
            Cell::new(action.text()),
            Cell::new(leads),
            rating,
            Cell::new(said),
        ]);
    }
    document.table(table);
}

/// "From Jan 2027 to Mar 2027, moved twice: waiting for the contract"; before it a request that is not decided.
fn extension(action: &Action) -> String {
    let asked = action.extension().map(|asked| format!("Requested to {}{}", asked.wanted(), asked.because()));
    let moved = action.original_targets.as_ref().map(|_| moved(action));
    asked.into_iter().chain(moved).collect::<Vec<_>>().join("\n")
}

fn moved(action: &Action) -> String {
    let first = action.original_targets.as_ref().map(|first| cells::targets(&first.dates)).unwrap_or_default();
    let reason = action.targets.get().map_or("", |targets| targets.reason.as_str());
    let why = if reason.is_empty() { "no reason given" } else { reason };
    format!(
        "From {first} to {}, {}: {why}",
        cells::targets(action.targets()),
        query::times_moved(action).unwrap_or_default()
    )
}

/// The day it was closed or, failing that, last rated.
fn became_done(action: &Action) -> Option<NaiveDate> {
    let closed = action.is_closed().then(|| action.closure.head().map(|head| head.day)).flatten();
    closed.or_else(|| action.rating_move.as_ref().map(|moved| moved.day))
}

fn retargeted(action: &Action) -> Option<NaiveDate> {
    action.targets.head().map(|head| head.day)
}

/// Without a start day, everything with a date counts.
fn is_since(day: Option<NaiveDate>, since: Option<NaiveDate>) -> bool {
    day.is_some_and(|day| since.is_none_or(|since| day >= since))
}
