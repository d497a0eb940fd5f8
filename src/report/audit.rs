//! The audit trail: who changed what, when and in which meeting; an import, with its hundreds of changes, is one line.

use std::collections::{HashMap, HashSet};

use super::Material;
use super::document::{Cell, Document, Table};
use crate::domain::change::Cause;
use crate::domain::id::Id;
use crate::domain::told::Told;
use crate::problem::Problem;
use crate::text::counted;

pub fn report(material: &Material) -> Result<Document, Problem> {
    let wanted: Option<HashSet<Id>> =
        (!material.filter.is_empty()).then(|| material.actions().iter().map(|action| action.id).collect());
    let concerns = |told: &&Told| wanted.as_ref().is_none_or(|ids| told.about.is_some_and(|id| ids.contains(&id)));
    let told: Vec<&Told> = material.told.iter().filter(concerns).collect();
    let mut imported: HashMap<Id, usize> = HashMap::new();
    told.iter().filter(|told| is_import(told)).for_each(|told| *imported.entry(told.batch).or_default() += 1);
    let columns = [("When", 17), ("Who", 14), ("Meeting", 14), ("Plan", 10), ("What happened", 48)];
    let mut table = Table::new("Every change, oldest first", columns);
    for told in told {
        match (is_import(told), imported.remove(&told.batch)) {
            (false, _) => table.rows.push(row(material, told, told.line.sentence.clone())),
            (true, Some(count)) => table.rows.push(row(material, told, import(&told.cause, count))),
            (true, None) => {}
        }
    }
    let mut document = Document::new("Audit trail", material.today);
    document.paragraph(format!("{}.", counted(table.rows.len(), "entry").replace("entrys", "entries")));
    document.table(table);
    Ok(document)
}

fn row(material: &Material, told: &Told, sentence: String) -> Vec<Cell> {
    let register = material.register;
    let meeting = told.meeting.and_then(|id| register.meeting(id)).map(|meeting| register.meeting_name(meeting));
    let plan = told.line.plan.and_then(|id| register.plan(id)).map(|plan| plan.slug().to_owned());
    vec![
        Cell::new(told.at.format("%Y-%m-%d %H:%M").to_string()),
        Cell::new(&told.author),
        Cell::new(meeting.unwrap_or_default()),
        Cell::new(plan.unwrap_or_default()),
        Cell::new(sentence),
    ]
}

fn is_import(told: &Told) -> bool {
    matches!(told.cause, Cause::Import { .. })
}

fn import(cause: &Cause, count: usize) -> String {
    match cause {
        Cause::Import { file } => format!("imported from {file}: {}", counted(count, "change")),
        Cause::Edit | Cause::Undo { .. } | Cause::Redo { .. } => counted(count, "change"),
    }
}
