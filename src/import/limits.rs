//! How much a document may hold: more than any plan, less than a hostile file.

use super::table::{Block, Document, Row};
use crate::problem::Problem;

/// Bytes of a file.
pub const FILE: usize = 25 * 1024 * 1024;
/// Cells, or lines of text.
pub const CELLS: usize = 500_000;
/// Bytes of one cell.
pub const CELL: usize = 1024 * 1024;

/// Cells with text, side by side. Word allows 63, and a plan in a spreadsheet has a few dozen.
pub const COLUMNS: usize = 1_000;

/// Rows of a plan.
pub const ROWS: usize = 20_000;

pub fn rows(count: usize) -> Result<(), Problem> {
    if count > ROWS { Err(too_large("it holds more than 20,000 rows of actions")) } else { Ok(()) }
}

pub fn file(bytes: usize) -> Result<(), Problem> {
    if bytes > FILE { Err(too_large("it is larger than 25 MB")) } else { Ok(()) }
}

pub fn cells(count: usize) -> Result<(), Problem> {
    if count > CELLS { Err(too_large("it holds more than 500,000 cells")) } else { Ok(()) }
}

/// Refuses a document with too many cells or with a cell that is too long.
pub fn sizes(document: &Document) -> Result<(), Problem> {
    let rows = || document.tables().flat_map(|table| &table.rows);
    cells(rows().map(|row| row.cells.len()).sum())?;
    let is_wide =
        |row: &Row| row.cells.len() > COLUMNS && row.cells.iter().filter(|cell| !cell.is_blank()).count() > COLUMNS;
    if rows().any(is_wide) {
        return Err(too_large("one of its tables has more than 1,000 columns"));
    }
    let is_paragraph_long = |block: &Block| matches!(block, Block::Paragraph(text) if text.len() > CELL);
    let is_long = rows().flat_map(|row| &row.cells).any(|cell| cell.text.len() > CELL);
    if is_long || document.blocks.iter().any(is_paragraph_long) {
        return Err(too_large("one of its cells is longer than 1 MB"));
    }
    Ok(())
}

fn too_large(why: &str) -> Problem {
    Problem::new(
        "Could not read this file",
        why,
        "No action plan is that large. Save the plan on its own in a new file, and import that.",
    )
}
