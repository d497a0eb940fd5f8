//! The audit trail: who changed what, when and in which meeting; an import, with its hundreds of changes, is one line.

use std::collections::{HashMap, HashSet};

use super::Material;
use super::document::{Cell, Document, Table};
use crate::domain::change::Cause;
use crate::domain::id::Id;
use crate::domain::trail::TrailEntry;
use crate::problem::Problem;
use crate::text::counted;

pub fn report(material: &Material) -> Result<Document, Problem> {
    let wanted: Option<HashSet<Id>> =
        (!material.filter.is_empty()).then(|| material.actions().iter().map(|action| action.id).collect());
    let concerns =
        |entry: &&TrailEntry| wanted.as_ref().is_none_or(|ids| entry.about.is_some_and(|id| ids.contains(&id)));
    let entries: Vec<&TrailEntry> = material.told.iter().filter(concerns).collect();
    let mut imported: HashMap<Id, usize> = HashMap::new();
    entries.iter().filter(|entry| is_import(entry)).for_each(|entry| *imported.entry(entry.batch).or_default() += 1);
    let columns = [("When", 17), ("Who", 14), ("Meeting", 14), ("Plan", 10), ("What happened", 48)];
    let mut table = Table::new("Every change, oldest first", columns);
    for entry in entries {
        match (is_import(entry), imported.remove(&entry.batch)) {
            (false, _) => table.rows.push(row(material, entry, entry.line.sentence.clone())),
            (true, Some(count)) => table.rows.push(row(material, entry, import(&entry.cause, count))),
            (true, None) => {}
        }
    }
    let mut document = Document::new("Audit trail", material.today);
    document.paragraph(format!("{}.", counted(table.rows.len(), "entry").replace("entrys", "entries")));
    document.table(table);
    Ok(document)
}

fn row(material: &Material, entry: &TrailEntry, sentence: String) -> Vec<Cell> {
    let register = material.register;
    let meeting = entry.meeting.and_then(|id| register.meeting(id)).map(|meeting| register.meeting_name(meeting));
    let plan = entry.line.plan.and_then(|id| register.plan(id)).map(|plan| plan.slug().to_owned());
    vec![
        Cell::new(entry.at.format("%Y-%m-%d %H:%M").to_string()),
        Cell::new(&entry.author),
        Cell::new(meeting.unwrap_or_default()),
        Cell::new(plan.unwrap_or_default()),
        Cell::new(sentence),
    ]
}

fn is_import(entry: &TrailEntry) -> bool {
    matches!(entry.cause, Cause::Import { .. })
}

fn import(cause: &Cause, count: usize) -> String {
    match cause {
        Cause::Import { file } => format!("imported from {file}: {}", counted(count, "change")),
        Cause::Edit | Cause::Undo { .. } | Cause::Redo { .. } | Cause::Erasure => counted(count, "change"),
    }
}
