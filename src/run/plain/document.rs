//! A report in lines: a table is read row by row, each cell after the name of its column.

use crate::report::document::{self, Block, Document, Table};
use crate::text::counted;

pub fn lines(document: &Document) -> Vec<String> {
    let title = [document.title.clone(), document.marking.clone()].into_iter().filter(|line| !line.is_empty());
    title.chain(document.blocks.iter().flat_map(block)).collect()
}

fn block(block: &Block) -> Vec<String> {
    match block {
        Block::Heading(heading) => vec![format!("Heading: {}", heading.text)],
        Block::Paragraph(runs) => document::plain(runs).lines().map(str::to_owned).collect(),
        Block::List(points) => points.iter().map(|point| format!("• {}", document::plain(point))).collect(),
        Block::Table(table) => rows(table),
        Block::Chart(chart) => rows(&chart.table),
        Block::PageBreak => Vec::new(),
    }
}

fn rows(table: &Table) -> Vec<String> {
    let caption =
        (!table.caption.is_empty()).then(|| format!("Table: {}, {}", table.caption, counted(table.rows.len(), "row")));
    let row = |cells: &Vec<document::Cell>| {
        let named = table.columns.iter().zip(cells).filter(|(_, cell)| !cell.text.trim().is_empty());
        named.map(|(column, cell)| format!("{}: {}", column.title, cell.text)).collect::<Vec<_>>().join("; ")
    };
    caption.into_iter().chain(table.rows.iter().map(row).filter(|line| !line.is_empty())).collect()
}
