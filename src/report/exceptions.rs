//! The exception report to the board: live, completed and not implemented actions, extension requests, targets that were moved, and
//! outstanding actions. Completed means what it means in the annual report.

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::cells;
use super::document::{Cell, Document};
use super::{Material, lists, plans};
use crate::domain::action::Action;
use crate::domain::date_words;
use crate::domain::plan::Plan;
use crate::domain::query;
use crate::problem::Problem;
use crate::text::counted;

/// The actions of each section.
struct Parts<'a> {
    live: Vec<&'a Action>,
    completed: Vec<&'a Action>,
    refused: Vec<&'a Action>,
    asked: Vec<&'a Action>,
    moved: Vec<&'a Action>,
    late: Vec<&'a Action>,
}

pub fn report(material: &Material) -> Result<Document, Problem> {
    let actions = material.actions();
    let since = material.since();
    let parts = Parts::of(material, &actions, since);
    let mut document = Document::new("Exception report", material.today);
    document.data = Some(data(material, since, &parts));
    document.paragraph(match since {
        Some(day) => format!("This report covers changes since {}.", date_words::day(day)),
        None => "No meeting before today is recorded, so every completed action and every moved target is listed."
            .to_owned(),
    });
    plans::name(&mut document, material.register, plans::only(material.register, &actions));
    document.heading(1, format!("Live: {}", counted(parts.live.len(), "action")));
    document.paragraph(format!("Overdue: {}.", parts.late.len()));
    section(&mut document, material, ("Completed", &parts.completed), Detail::Progress);
    if !parts.refused.is_empty() {
        section(&mut document, material, ("Not implemented", &parts.refused), Detail::Refusal);
    }
    section(&mut document, material, ("Extension requests", &parts.asked), Detail::Extension);
    section(&mut document, material, ("Targets moved", &parts.moved), Detail::Move);
    document.heading(1, format!("Overdue: {}", counted(parts.late.len(), "action")));
    if !parts.late.is_empty() {
        document.table(lists::overdue_table(
            material,
            "Outstanding: past their target date, longest first",
            &parts.late,
        ));
    }
    document.actions = actions.iter().map(|action| action.id).collect();
    Ok(document)
}

impl<'a> Parts<'a> {
    fn of(material: &Material<'a>, actions: &[&'a Action], since: Option<NaiveDate>) -> Parts<'a> {
        let (register, today) = (material.register, material.today);
        let those = |is: &dyn Fn(&Action) -> bool| actions.iter().copied().filter(|action| is(action)).collect();
        let is_live = |action: &Action| !query::is_done(register, action);
        let is_new = |day: Option<NaiveDate>| query::is_since(day, since);
        let mut late: Vec<&Action> = those(&|action| query::is_overdue(register, action, today));
        late.sort_by_key(|action| action.due());
        Parts {
            live: those(&is_live),
            completed: those(&|action| query::is_completed_since(register, action, since)),
            refused: those(&|action| {
                query::not_implemented(action).is_some() && is_new(query::done_on(register, action))
            }),
            asked: those(&|action| is_live(action) && action.extension().is_some()),
            moved: those(&|action| is_live(action) && action.original_targets.is_some() && is_new(retargeted(action))),
            late,
        }
    }
}

/// The sections for other programs, with counts and actions.
fn data(material: &Material, since: Option<NaiveDate>, parts: &Parts) -> Value {
    let listed = |actions: &[&Action]| {
        let one = |action: &&Action| {
            json!({
                "plan": material.register.plan(action.plan).map(Plan::slug),
                "ref": material.register.reference(action),
                "text": action.text(),
                "leads": cells::leads(material.register, action),
                "rating": action.rating(),
            })
        };
        json!({ "count": actions.len(), "actions": actions.iter().map(one).collect::<Vec<_>>() })
    };
    json!({
        "since": since,
        "live": listed(&parts.live),
        "completed": listed(&parts.completed),
        "not_implemented": listed(&parts.refused),
        "extensions": listed(&parts.asked),
        "moved": listed(&parts.moved),
        "outstanding": listed(&parts.late),
    })
}

/// The content of a section's last column.
#[derive(Clone, Copy)]
enum Detail {
    Progress,
    Refusal,
    Extension,
    Move,
}

fn section(document: &mut Document, material: &Material, (name, actions): (&str, &[&Action]), detail: Detail) {
    document.heading(1, format!("{name}: {}", counted(actions.len(), "action")));
    if actions.is_empty() {
        return;
    }
    let last = match detail {
        Detail::Progress => "Latest progress",
        Detail::Refusal => "Reason",
        Detail::Extension => "Request and reason",
        Detail::Move => "Move and reason",
    };
    let columns = [("Ref", 6), ("Action", 30), ("Lead", 14), ("Rating", 8), (last, 34)];
    let register = material.register;
    let row = |action: &&Action| {
        let said = match detail {
            Detail::Progress => cells::closure(action).unwrap_or_else(|| cells::latest(action)),
            Detail::Refusal => query::not_implemented(action).unwrap_or_default().to_owned(),
            Detail::Extension => requested(action),
            Detail::Move => moved(action),
        };
        let (reference, leads) = (register.reference(action), cells::leads(register, action));
        let rating = cells::rating(register, action);
        let cells = vec![Cell::new(reference), Cell::new(action.text()), Cell::new(leads), rating, Cell::new(said)];
        (Some(action.plan), cells)
    };
    let only = material.only_plan();
    document.table(plans::table(register, only, (name, &columns), actions.iter().map(row).collect()));
}

/// "Requested to Mar 2027: waiting for the contract".
fn requested(action: &Action) -> String {
    action.extension().map(|asked| format!("Requested to {}{}", asked.wanted(), asked.because())).unwrap_or_default()
}

/// "From Jan 2027 to Mar 2027, moved twice: waiting for the contract".
fn moved(action: &Action) -> String {
    let first = action.original_targets.as_ref().map(|first| cells::targets(&first.dates)).unwrap_or_default();
    let reason = action.targets.get().map_or("", |targets| targets.reason.as_str());
    let why = if reason.is_empty() { "no reason recorded" } else { reason };
    format!(
        "From {first} to {}, {}: {why}",
        cells::targets(action.targets()),
        query::times_moved(action).unwrap_or_default()
    )
}

fn retargeted(action: &Action) -> Option<NaiveDate> {
    action.targets.head().map(|head| head.day)
}
