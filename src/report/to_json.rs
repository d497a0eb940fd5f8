//! A report as JSON: its title, marking and date, then its blocks in order, with tables as arrays of objects.

use serde_json::{Map, Value, json};

use super::Material;
use super::document::{Block, Document, Table, plain};
use crate::domain::filter::Match;
use crate::json::{self, ActionRow};
use crate::problem::Problem;

pub fn render(document: &Document) -> Result<Vec<u8>, Problem> {
    let blocks: Vec<Value> = document.blocks.iter().filter_map(block).collect();
    let (marking, day) = (&document.marking, document.day.to_string());
    let mut value = json!({ "title": document.title, "marking": marking, "day": day });
    match (&document.data, value.as_object_mut()) {
        (Some(Value::Object(own)), Some(all)) => all.extend(own.clone()),
        (_, Some(all)) => all.extend([("blocks".to_owned(), Value::from(blocks))]),
        (_, None) => {}
    }
    Ok(format!("{value:#}\n").into_bytes())
}

/// The actions that a report lists, in its order, as `list --json` prints them.
pub fn actions(material: &Material, document: &Document) -> String {
    let (register, today) = (material.register, material.today);
    let found = document.actions.iter().filter_map(|id| register.action(*id));
    json::array(found.map(|action| {
        let matched = material.filter.matches(register, action, today).unwrap_or(Match::Own);
        ActionRow::new(register, action, matched, today)
    }))
}

fn block(block: &Block) -> Option<Value> {
    Some(match block {
        Block::Heading(heading) => json!({ "heading": heading.text, "level": heading.level }),
        Block::Paragraph(runs) => json!({ "paragraph": plain(runs) }),
        Block::List(points) => json!({ "list": points.iter().map(|point| plain(point)).collect::<Vec<_>>() }),
        Block::Table(table) => json!({ "table": table.caption, "rows": rows(table) }),
        Block::Chart(chart) => json!({ "chart": chart.table.caption, "rows": rows(&chart.table) }),
        Block::PageBreak => return None,
    })
}

fn rows(table: &Table) -> Vec<Value> {
    let named = |cells: &Vec<super::document::Cell>| {
        let pairs = table.columns.iter().zip(cells);
        let pairs = pairs.map(|(column, cell)| (column.title.clone(), Value::from(cell.text.as_str())));
        Value::Object(pairs.collect::<Map<_, _>>())
    };
    table.rows.iter().map(named).collect()
}
