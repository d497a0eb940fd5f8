//! What flows inside a cell: its paragraphs, the tables in it, and the colour that all its text shares.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::nested;
use super::zip_parts::too_large;
use crate::import::limits;
use crate::import::table::{Block, Cell, Row, Table};
use crate::problem::Problem;

/// Bytes of cells that are repeated.
const COPIES: usize = 16 << 20;
/// Columns of one table. Word itself stops at 63.
const COLUMNS: usize = 256;
/// A column of the grid narrower than this, in twentieths of a point (1 cm), may be an edge that was dragged.
const NARROW: u32 = 567;

/// One colour for all the text, or none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Uniform {
    #[default]
    Nothing,
    All(Option<&'static str>),
    Mixed,
}

/// The colours of the text of a cell: behind it, and its own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ink {
    pub behind: Uniform,
    pub own: Uniform,
}

/// A cell at its place in the grid of its table, before the columns are settled.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Placed {
    /// The first grid column and how many it covers, at least one.
    pub column: usize,
    pub span: usize,
    pub content: Vec<Block>,
    pub shade: Option<&'static str>,
    pub is_merged: bool,
}

/// What a document may still hold, counted down while it is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Budget {
    cells: usize,
    copies: usize,
}

impl Uniform {
    pub fn add(&mut self, colour: Option<&'static str>) {
        *self = match *self {
            Uniform::Nothing => Uniform::All(colour),
            Uniform::All(all) if all == colour => Uniform::All(all),
            Uniform::All(_) | Uniform::Mixed => Uniform::Mixed,
        };
    }

    fn word(self) -> Option<&'static str> {
        match self {
            Uniform::All(colour) => colour,
            Uniform::Nothing | Uniform::Mixed => None,
        }
    }
}

impl Ink {
    /// The colour that rates a cell with this text: behind all the text, or of its glyph where it has no words.
    pub fn shade(self, text: &str) -> Option<&'static str> {
        let is_glyph = !text.trim().is_empty() && !text.chars().any(char::is_alphanumeric);
        self.behind.word().or_else(|| self.own.word().filter(|_| is_glyph))
    }
}

impl Budget {
    /// Deducts these cells from what a document may hold.
    pub fn cells(&mut self, count: usize) -> Result<(), Problem> {
        self.cells = self.cells.saturating_add(count);
        limits::cells(self.cells)
    }

    /// Deducts bytes that the document has written once and repeats.
    pub fn copies(&mut self, bytes: usize) -> Result<(), Problem> {
        self.copies = self.copies.saturating_add(bytes);
        if self.copies > COPIES { Err(too_large("its cells are repeated too often")) } else { Ok(()) }
    }
}

/// All text of some blocks, a line for each paragraph, and for each entry or cell of a table.
pub fn text(blocks: &[Block]) -> String {
    let mut lines: Vec<Cow<str>> = Vec::new();
    for block in blocks {
        match block {
            Block::Paragraph(text) => lines.push(Cow::Borrowed(text)),
            Block::Table(table) => lines.extend(nested::lines(table).into_iter().map(Cow::Owned)),
        }
    }
    lines.join("\n").trim_end().to_owned()
}

/// What a grid of cells becomes: a table or, if it only lays out the page, its content.
/// `widths` are those of the grid columns in twentieths of a point, as far as known.
pub fn table(rows: Vec<Vec<Placed>>, widths: &[u32], budget: &mut Budget) -> Result<Vec<Block>, Problem> {
    if is_layout(&rows) {
        return Ok(rows.into_iter().flatten().flat_map(|cell| cell.content).collect());
    }
    let columns = Boundaries::of(&rows, widths)?;
    let mut table = Table::default();
    for row in rows {
        budget.cells(columns.count())?;
        table.rows.push(columns.row(row));
    }
    table.rows.retain(|row| !row.cells.is_empty());
    Ok(if table.rows.is_empty() { Vec::new() } else { vec![Block::Table(table)] })
}

/// A grid that never has two filled cells side by side, and has a table inside it, is only for layout.
fn is_layout(rows: &[Vec<Placed>]) -> bool {
    let is_filled = |cell: &&Placed| !text(&cell.content).is_empty();
    let has_table = |cell: &Placed| cell.content.iter().any(|block| matches!(block, Block::Table(_)));
    rows.iter().flatten().any(has_table) && rows.iter().all(|row| row.iter().filter(is_filled).take(2).count() < 2)
}

/// Which grid columns begin a column of the table.
struct Boundaries {
    begins: Vec<usize>,
}

impl Boundaries {
    fn of(rows: &[Vec<Placed>], widths: &[u32]) -> Result<Boundaries, Problem> {
        let all: BTreeSet<usize> = rows.iter().flatten().map(|cell| cell.column).collect();
        if all.len() > COLUMNS {
            return Err(too_large("one of its tables has more than 256 columns"));
        }
        let (mut begins, mut same) = (Vec::new(), Vec::new());
        for column in all {
            if same.is_empty() || !is_dragged(rows, widths, &same, column) {
                begins.push(column);
                same.clear();
            }
            same.push(column);
        }
        Ok(Boundaries { begins })
    }

    fn count(&self) -> usize {
        self.begins.len()
    }

    /// The last column that begins at or before this grid column.
    fn place(&self, column: usize) -> usize {
        self.begins.partition_point(|begin| *begin <= column).saturating_sub(1)
    }

    fn row(&self, row: Vec<Placed>) -> Row {
        let mut cells: Vec<Cell> = Vec::new();
        let mut end = 0;
        for placed in row {
            cells.resize(self.place(placed.column).max(cells.len()), Cell::default());
            end = self.begins.partition_point(|begin| *begin < placed.column + placed.span);
            cells.push(Cell {
                text: if placed.is_merged { String::new() } else { text(&placed.content) },
                shade: placed.shade.map(str::to_owned),
                is_merged: placed.is_merged,
                ..Cell::default()
            });
        }
        cells.resize(end.max(cells.len()), Cell::default());
        cells.truncate(COLUMNS);
        Row { cells }
    }
}

/// Whether a grid column looks the same as those just before it: close to them, and no row has a cell at both.
fn is_dragged(rows: &[Vec<Placed>], widths: &[u32], same: &[usize], column: usize) -> bool {
    let between = same.first().and_then(|first| widths.get(*first..column));
    let apart = between.unwrap_or(&[]).iter().fold(0_u32, |sum, width| sum.saturating_add(*width));
    let has_both = |row: &Vec<Placed>| {
        row.iter().any(|cell| cell.column == column) && row.iter().any(|cell| same.contains(&cell.column))
    };
    apart < NARROW && apart > 0 && !rows.iter().any(has_both)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn placed(column: usize, span: usize, text: &str) -> Placed {
        Placed { column, span, content: vec![Block::Paragraph(text.into())], ..Placed::default() }
    }

    fn shown(blocks: &[Block]) -> Vec<Vec<&str>> {
        let Some(Block::Table(table)) = blocks.first() else { return Vec::new() };
        table.rows.iter().map(|row| row.cells.iter().map(|cell| cell.text.as_str()).collect()).collect()
    }

    #[test]
    fn a_cell_over_two_columns_leaves_the_next_in_its_place() {
        let rows = vec![
            vec![placed(0, 3, "Open actions")],
            vec![placed(0, 1, "1"), placed(1, 1, "a"), placed(2, 1, "b")],
            vec![placed(0, 2, "2"), placed(2, 1, "c")],
        ];
        let blocks = table(rows, &[], &mut Budget::default()).unwrap();
        assert_eq!(shown(&blocks), [["Open actions", "", ""], ["1", "a", "b"], ["2", "", "c"]]);
    }

    #[test]
    fn an_edge_that_was_dragged_makes_no_column() {
        let header = vec![placed(0, 1, "Action"), placed(1, 2, "Lead")];
        let row = vec![placed(0, 2, "Write"), placed(2, 1, "ICB")];
        let rows = vec![header, row];
        let blocks = table(rows.clone(), &[3000, 90, 3000], &mut Budget::default()).unwrap();
        assert_eq!(shown(&blocks), [["Action", "Lead"], ["Write", "ICB"]]);
        let wide = table(rows, &[3000, 900, 3000], &mut Budget::default()).unwrap();
        assert_eq!(shown(&wide)[1], ["Write", "", "ICB"]);
    }

    #[test]
    fn a_plan_inside_a_table_for_the_looks_is_still_a_table() {
        let inner = Block::Table(Table { rows: vec![Row::new(["Action", "Lead"])], ..Table::default() });
        let outer =
            Placed { span: 1, content: vec![Block::Paragraph("Plan".into()), inner.clone()], ..Placed::default() };
        let blocks = table(vec![vec![outer.clone()]], &[], &mut Budget::default()).unwrap();
        assert_eq!(blocks, [Block::Paragraph("Plan".into()), inner]);
        let beside = vec![vec![outer, placed(1, 1, "words")]];
        let blocks = table(beside, &[], &mut Budget::default()).unwrap();
        assert_eq!(shown(&blocks), [["Plan\nAction\nLead", "words"]]);
    }

    #[test]
    fn only_one_colour_behind_all_words_is_a_shade() {
        let mut ink = Ink::default();
        ink.behind.add(Some("Green"));
        assert_eq!(ink.shade("Done"), Some("Green"));
        ink.behind.add(None);
        assert_eq!(ink.shade("Done by"), None);
        ink.own.add(Some("Red"));
        assert_eq!((ink.shade("●"), ink.shade("Late")), (Some("Red"), None));
    }
}
