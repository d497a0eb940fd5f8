//! Text with one row per line and TABs between the cells, as extraction from PDF leaves it.

use crate::import::table::{Block, Document, Row, Rows, Table};

/// Lines with TABs are rows, a blank line ends a table, all others are paragraphs.
pub fn read(text: &str) -> Document {
    let mut document = Document::default();
    let mut rows = Vec::new();
    for line in text.split(['\n', '\u{c}']) {
        if line.contains('\t') {
            rows.push(Row::new(line.split('\t')));
            continue;
        }
        end_table(&mut rows, &mut document);
        if !line.trim().is_empty() {
            document.blocks.push(Block::Paragraph(line.to_owned()));
        }
    }
    end_table(&mut rows, &mut document);
    document
}

fn end_table(rows: &mut Vec<Row>, document: &mut Document) {
    if !rows.is_empty() {
        document.blocks.push(Block::Table(Table {
            rows: std::mem::take(rows),
            cut: Rows::MaybeParts,
            ..Table::default()
        }));
    }
}
