//! Tables not laid out as one header row and one cell for each thing → the ordinary shape.

mod contents;
mod groups;
mod stand_in;
mod ticks;

use crate::domain::flag::Flag;
use crate::import::table::{Block, Cell, Document, Row, Table};
use crate::import::words::vocabulary::Vocabulary;

/// The fewest identical cells in a row that were once a single cell across all columns.
const SPREAD: usize = 3;

/// Gives every table the ordinary shape; what was combined is reported as doubts about the document.
pub fn settle(document: &mut Document, vocabulary: &Vocabulary) -> Vec<Flag> {
    let mut flags = Vec::new();
    for block in &mut document.blocks {
        match block {
            Block::Paragraph(_) => {}
            Block::Table(table) => {
                spread(table);
                groups::join(table, vocabulary);
                priority(table);
                flags.extend(ticks::gather(table, vocabulary));
                contents::judge(table, vocabulary);
            }
        }
    }
    flags
}

/// A title across all columns that was repeated in each of them, as exports do with merged cells, is one cell.
fn spread(table: &mut Table) {
    for row in &mut table.rows {
        let mut texts = row.cells.iter().map(|cell| cell.text.trim());
        let first = texts.next().unwrap_or("").to_owned();
        let is_spread = row.cells.len() >= SPREAD && first.chars().any(char::is_alphabetic);
        if is_spread && texts.all(|text| text == first) {
            row.cells.iter_mut().skip(1).for_each(|cell| *cell = Cell::default());
        }
    }
}

/// A column headed "Priority" with cells such as "High" or "2" says how urgent an action is; if it holds prose, it is
/// an aim of the plan.
fn priority(table: &mut Table) {
    for at in 0..table.width() {
        let is_header = |row: &Row| row.text(at).trim().eq_ignore_ascii_case("priority") && row.cells.len() > 2;
        let Some(header) = table.rows.iter().position(is_header) else { continue };
        let is_grade = |row: &Row| row.text(at).split_whitespace().count() <= 2;
        let below = table.rows.get(header + 1..).unwrap_or(&[]);
        if below.iter().all(is_grade) && below.iter().any(|row| !is_blank(row, at)) {
            let cells = table.rows.iter_mut().filter(|row| is_header(row)).filter_map(|row| row.cells.get_mut(at));
            cells.for_each(|cell| cell.text = "Priority level".into());
        }
    }
}

/// Whether a row is blank, or the cell is not.
fn is_blank(row: &Row, at: usize) -> bool {
    row.cells.get(at).is_none_or(Cell::is_blank)
}
