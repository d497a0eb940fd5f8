//! Rows with more cells than there are headings: the words of one cell were most likely cut at a comma, and all after it moved.

use crate::domain::flag::Flag;
use crate::import::table::{Document, Row, Table};

/// A doubt for each such row, with its words.
pub fn doubts(document: &Document) -> Vec<Flag> {
    let names = document.table_names();
    let name = |at: usize| match names.get(at).filter(|name| !name.is_empty()) {
        Some(name) => format!("sheet “{name}”"),
        None => format!("table {}", at + 1),
    };
    document.tables().enumerate().flat_map(|(at, table)| of_table(table, &name(at))).collect()
}

fn of_table(table: &Table, name: &str) -> Vec<Flag> {
    let Some(header) = table.rows.iter().position(|row| width(row) > 2) else { return Vec::new() };
    let headings = table.rows.get(header).map_or(0, width);
    let is_usual = |row: &&Row| width(row) <= headings;
    // A header that is narrower than most rows has merged cells, and says nothing of their number.
    let usual = table.rows.iter().filter(is_usual).count();
    if usual * 2 <= table.rows.len() {
        return Vec::new();
    }
    let rows = table.rows.iter().enumerate().filter(|(_, row)| width(row) > headings);
    rows.map(|(at, row)| doubt(row, headings, &format!("{name}, row {}", at + 1))).collect()
}

/// The number of cells without the blank ones at the end.
fn width(row: &Row) -> usize {
    row.cells.iter().rposition(|cell| !cell.is_blank()).map_or(0, |last| last + 1)
}

fn doubt(row: &Row, headings: usize, place: &str) -> Flag {
    let why = format!(
        "{place} has {} cells under {headings} headings; a comma in its words may have moved the cells after it",
        width(row)
    );
    let cells: Vec<&str> = row.cells.iter().map(|cell| cell.text.as_str()).collect();
    Flag { field: "text".into(), why, raw: cells.join(" | "), suggestion: None }
}

#[cfg(test)]
mod tests {
    use super::doubts;
    use crate::import::table::{Block, Document, Row, Table};

    fn found(rows: &[&str]) -> Vec<String> {
        let rows = rows.iter().map(|row| Row::new(row.split(','))).collect();
        let table = Table { rows, ..Table::default() };
        let document = Document { blocks: vec![Block::Table(table)], ..Document::default() };
        doubts(&document).into_iter().map(|flag| flag.raw).collect()
    }

    #[test]
    fn a_row_longer_than_the_header_is_a_doubt_with_its_words() {
        assert_eq!(
            found(&["No,Action,Lead", "1,Test, agree it,Police", "2,Train,Council"]),
            ["1 | Test |  agree it | Police"]
        );
    }

    #[test]
    fn blank_cells_at_the_end_and_merged_headers_are_none() {
        assert_eq!(found(&["No,Action,Lead", "1,Test,Police,,", "2,Train,Council"]), [""; 0]);
        assert_eq!(found(&["Plan,Action,Lead", "1,2,Test,Police", "3,4,Train,Council"]), [""; 0]);
    }
}
