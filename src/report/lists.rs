//! The report that lists overdue actions.

use super::Material;
use super::cells;
use super::document::{Cell, Document, Table};
use super::plans;
use crate::domain::action::Action;
use crate::domain::query;
use crate::problem::Problem;
use crate::text::counted;

/// Overdue actions, longest overdue first.
pub fn overdue(material: &Material) -> Result<Document, Problem> {
    let (register, today) = (material.register, material.today);
    let mut late = material.actions();
    late.retain(|action| query::is_overdue(register, action, today));
    late.sort_by_key(|action| action.due());
    let mut document = Document::new("Overdue actions", today);
    plans::name(&mut document, register, material.only_plan());
    document.paragraph(format!("{} overdue.", counted(late.len(), "action")));
    if !late.is_empty() {
        document.table(overdue_table(material, "Overdue actions, longest overdue first", &late));
    }
    document.actions = late.iter().map(|action| action.id).collect();
    Ok(document)
}

pub fn overdue_table(material: &Material, caption: &str, actions: &[&Action]) -> Table {
    let columns = [
        ("Ref", 6),
        ("Action", 28),
        ("Lead", 14),
        ("Target", 10),
        ("How late", 10),
        ("Rating", 8),
        ("Latest progress", 24),
    ];
    let mut table = Table::new(caption, columns);
    let named = material.references();
    table.rows = actions.iter().map(|action| overdue_row(material, named(action), action)).collect();
    table
}

fn overdue_row(material: &Material, reference: String, action: &Action) -> Vec<Cell> {
    let register = material.register;
    vec![
        Cell::new(reference),
        Cell::new(action.text()),
        Cell::new(cells::leads(register, action)),
        Cell::new(cells::targets(action.targets())),
        Cell::new(cells::lateness(register, action, material.today)),
        cells::rating(register, action),
        Cell::new(cells::latest(action)),
    ]
}
