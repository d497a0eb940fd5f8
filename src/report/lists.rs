//! Reports that list actions: overdue actions, and the actions of one agency.

use super::Material;
use super::cells;
use super::document::{Cell, Document, Table};
use crate::domain::action::Action;
use crate::domain::query;
use crate::domain::register::Register;
use crate::problem::Problem;
use crate::text::counted;

/// Overdue actions, longest overdue first.
pub fn overdue(material: &Material) -> Result<Document, Problem> {
    let (register, today) = (material.register, material.today);
    let mut late = material.actions();
    late.retain(|action| query::is_overdue(register, action, today));
    late.sort_by_key(|action| action.due());
    let mut document = Document::new("Overdue actions", today);
    document.paragraph(format!("{} overdue.", counted(late.len(), "action")));
    if !late.is_empty() {
        document.table(overdue_table(material, &late));
    }
    document.actions = late.iter().map(|action| action.id).collect();
    Ok(document)
}

pub fn overdue_table(material: &Material, actions: &[&Action]) -> Table {
    let columns = [
        ("Ref", 6),
        ("Action", 28),
        ("Lead", 14),
        ("Target", 10),
        ("How late", 10),
        ("Rating", 8),
        ("Latest progress", 24),
    ];
    let mut table = Table::new("Overdue actions, longest overdue first", columns);
    table.rows = actions.iter().map(|action| overdue_row(material, action)).collect();
    table
}

fn overdue_row(material: &Material, action: &Action) -> Vec<Cell> {
    let register = material.register;
    vec![
        Cell::new(cells::reference(register, action)),
        Cell::new(action.text()),
        Cell::new(cells::leads(register, action)),
        Cell::new(cells::targets(action.targets())),
        Cell::new(cells::lateness(register, action, material.today)),
        cells::rating(register, action),
        Cell::new(cells::latest(action)),
    ]
}

/// One party's actions across all plans, including those for all agencies, with space for its response.
pub fn agency(material: &Material) -> Result<Document, Problem> {
    let asked = material.filter.to_string();
    let names_party =
        ["party:", "lead:", "via:"].iter().any(|term| asked.split(' ').any(|word| word.starts_with(term)));
    if !names_party {
        let hint =
            "Add party:NAME, as in `arising report agency 'party:\"Sussex Police\"'`; `arising parties` lists them.";
        return Err(Problem::new("No report was produced", "it is not clear whose actions to list", hint));
    }
    let actions = material.actions();
    let who = subject(&asked);
    let mut document = Document::new(format!("Actions for {who}"), material.today);
    let late = actions.iter().filter(|action| query::is_overdue(material.register, action, material.today)).count();
    document.paragraph(format!(
        "{}, {late} overdue. Please record progress on each action in the last column, give a new rating where it \
             has changed, and return this document. Rows left blank change nothing.",
        counted(actions.len(), "action")
    ));
    for plan in material.register.visible_plans() {
        let own: Vec<&Action> = actions.iter().copied().filter(|action| action.plan == plan.id).collect();
        if !own.is_empty() {
            document.heading(1, plan.title());
            document.table(answer_table(material.register, (plan.title(), &who), &own));
        }
    }
    document.actions = actions.iter().map(|action| action.id).collect();
    Ok(document)
}

/// "Sussex Police" from `party:"Sussex Police" overdue`.
fn subject(asked: &str) -> String {
    let rest = ["party:", "lead:", "via:"].iter().find_map(|term| asked.split_once(term)).map_or("", |(_, rest)| rest);
    match rest.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next().unwrap_or("").to_owned(),
        None => rest.split(' ').next().unwrap_or("").to_owned(),
    }
}

fn answer_table(register: &Register, (plan, who): (&str, &str), actions: &[&Action]) -> Table {
    let columns = [
        ("Ref", 6),
        ("Recommendation", 14),
        ("Action", 22),
        ("Lead", 10),
        ("Target date", 8),
        ("RAG rating", 7),
        ("Latest progress", 18),
        ("New rating", 7),
        (&format!("Response from {who}"), 28),
    ];
    let mut table = Table::new(format!("Actions in {plan}, with space for responses"), columns);
    table.rows = actions.iter().map(|action| answer_row(register, action)).collect();
    table
}

fn answer_row(register: &Register, action: &Action) -> Vec<Cell> {
    let rec = action.recommendation.and_then(|id| register.recommendation(id));
    vec![
        Cell::new(cells::reference(register, action)),
        Cell::new(rec.map_or("", |rec| rec.text())),
        Cell::new(action.text()),
        Cell::new(cells::leads(register, action)),
        Cell::new(cells::targets(action.targets())),
        cells::rating(register, action),
        Cell::new(cells::latest(action)),
        Cell::new(""),
        Cell::new(""),
    ]
}
