//! Titles above a table: one-cell lines become paragraphs, and the table keeps the numbers of its rows.

use crate::import::table::{Block, Row, Table};

/// The paragraphs above the table, and the table with blank rows in their place so that "row 6" stays row 6.
///
/// Rows of a list that has only one column are not titles: nothing is lifted from it.
pub fn lift(mut rows: Vec<Row>) -> Vec<Block> {
    let first_wide = rows.iter().position(|row| filled(row) > 1);
    let mut blocks = Vec::new();
    for row in rows.iter_mut().take(first_wide.unwrap_or(0)) {
        let title = std::mem::take(row).cells.into_iter().find(|cell| !cell.is_blank());
        blocks.extend(title.map(|cell| Block::Paragraph(cell.text.trim().to_owned())));
    }
    while rows.last().is_some_and(Row::is_blank) {
        rows.pop();
    }
    if !rows.is_empty() {
        blocks.push(Block::Table(Table { rows, ..Table::default() }));
    }
    blocks
}

fn filled(row: &Row) -> usize {
    row.cells.iter().filter(|cell| !cell.is_blank()).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_become_paragraphs_and_rows_keep_their_numbers() {
        let rows = vec![
            Row::new(["Riverside plan", ""]),
            Row::default(),
            Row::new(["", "Updated May"]),
            Row::new(["Action", "Lead"]),
            Row::new(["Write it", "HR"]),
            Row::new(["", " "]),
        ];
        let blocks = lift(rows);
        assert_eq!(blocks[0], Block::Paragraph("Riverside plan".into()));
        assert_eq!(blocks[1], Block::Paragraph("Updated May".into()));
        let Block::Table(table) = &blocks[2] else { panic!("no table: {blocks:?}") };
        assert_eq!((table.rows.len(), table.rows[4].text(0)), (5, "Write it"));
    }

    #[test]
    fn a_list_of_one_column_stays_a_table() {
        let blocks = lift(vec![Row::new(["Action"]), Row::new(["Write it"])]);
        assert!(matches!(&blocks[..], [Block::Table(table)] if table.rows.len() == 2));
        assert!(lift(Vec::new()).is_empty());
    }
}
