//! Paragraphs, cell ends and row ends → tables, one inside another.

use std::collections::BTreeSet;

use super::face::Colours;
use super::row::{Down, RowForm};
use crate::import::formats::flow::{self, Budget, Ink, Placed};
use crate::import::formats::zip_parts::too_large;
use crate::import::limits;
use crate::import::table::Block;
use crate::problem::Problem;

/// Tables within tables. Word itself shows no more.
const DEEPEST: usize = 60;
/// Edges closer than this, in twentieths of a point, are the same: converters round them.
const SAME: u32 = 15;

/// The text so far, and the tables that are still open, the outermost first.
#[derive(Debug, Default)]
pub struct Flow {
    blocks: Vec<Block>,
    tables: Vec<Open>,
    marks: usize,
    /// A paragraph whose end was deleted, so that the next one continues it.
    held: String,
}

/// Whether a paragraph's end was deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Joined {
    No,
    WithNext,
}

/// An open table.
#[derive(Debug, Default)]
struct Open {
    rows: Vec<(RowForm, Vec<Content>)>,
    cells: Vec<Content>,
    content: Content,
}

/// The content of a cell.
#[derive(Clone, Debug, Default)]
struct Content {
    blocks: Vec<Block>,
    ink: Ink,
}

impl Flow {
    /// Moves to a place that many tables deep.
    pub fn go(&mut self, depth: usize, budget: &mut Budget) -> Result<(), Problem> {
        if depth > DEEPEST {
            return Err(too_large("its tables are nested too deep"));
        }
        if self.tables.len() != depth && !self.held.is_empty() {
            self.paragraph("", Joined::No);
        }
        while self.tables.len() > depth {
            self.end_table(budget)?;
        }
        self.tables.resize_with(depth, Open::default);
        Ok(())
    }

    pub fn paragraph(&mut self, text: &str, joined: Joined) {
        let text = std::mem::take(&mut self.held) + text;
        match joined {
            Joined::WithNext => self.held = text,
            Joined::No => self.add([Block::Paragraph(text)]),
        }
    }

    pub fn add(&mut self, blocks: impl IntoIterator<Item = Block>) {
        match self.tables.last_mut() {
            Some(table) => table.content.blocks.extend(blocks),
            None => self.blocks.extend(blocks),
        }
    }

    /// Notes the colours of some text in the current cell.
    pub fn colour(&mut self, colours: Colours) {
        if let Some(table) = self.tables.last_mut() {
            table.content.ink.behind.add(colours.behind);
            table.content.ink.own.add(colours.own);
        }
    }

    pub fn end_cell(&mut self) -> Result<(), Problem> {
        self.marks += 1;
        if let Some(table) = self.tables.last_mut() {
            table.cells.push(std::mem::take(&mut table.content));
        }
        limits::cells(self.marks)
    }

    /// Ends a row of cells that have this shape.
    pub fn end_row(&mut self, mut form: RowForm) {
        if let Some(table) = self.tables.last_mut() {
            table.keep_rest();
            form.truncate(table.cells.len());
            table.rows.push((form, std::mem::take(&mut table.cells)));
        }
    }

    /// Whether the current row has no text.
    pub fn is_row_empty(&self) -> bool {
        let is_empty = |content: &Content| flow::text(&content.blocks).is_empty();
        self.tables.last().is_none_or(|table| is_empty(&table.content) && table.cells.iter().all(is_empty))
    }

    /// Ends a row that was deleted.
    pub fn drop_row(&mut self) {
        if let Some(table) = self.tables.last_mut() {
            table.cells.clear();
            table.content = Content::default();
        }
    }

    /// All of it, including tables that were never closed.
    pub fn finish(mut self, budget: &mut Budget) -> Result<Vec<Block>, Problem> {
        self.go(0, budget)?;
        if !self.held.is_empty() {
            self.paragraph("", Joined::No);
        }
        Ok(self.blocks)
    }

    fn end_table(&mut self, budget: &mut Budget) -> Result<(), Problem> {
        let Some(mut table) = self.tables.pop() else { return Ok(()) };
        table.keep_rest();
        if !table.cells.is_empty() {
            table.rows.push((RowForm::default(), std::mem::take(&mut table.cells)));
        }
        let blocks = table.blocks(budget)?;
        self.add(blocks);
        Ok(())
    }
}

impl Open {
    /// Text after the last cell of a row without an end mark.
    fn keep_rest(&mut self) {
        if !flow::text(&self.content.blocks).is_empty() {
            self.cells.push(std::mem::take(&mut self.content));
        }
        self.content = Content::default();
    }

    fn blocks(self, budget: &mut Budget) -> Result<Vec<Block>, Problem> {
        let spans = |(form, cells): &(RowForm, Vec<Content>)| (0..cells.len()).map(|at| form.edges(at)).collect();
        let all: Vec<Vec<(i32, i32)>> = self.rows.iter().map(spans).collect();
        let edges: BTreeSet<i32> = all.iter().flatten().flat_map(|(left, right)| [*left, *right]).collect();
        let mut edges: Vec<i32> = edges.into_iter().collect();
        edges.dedup_by(|next, known| next.abs_diff(*known) < SAME);
        let widths: Vec<u32> = edges.windows(2).map(width).collect();
        let (mut rows, mut open) = (Vec::new(), BTreeSet::new());
        for ((form, cells), spans) in self.rows.into_iter().zip(all) {
            let (row, below) = row(&form, cells, &spans, &edges, &open);
            rows.push(row);
            open = below;
        }
        flow::table(rows, &widths, budget)
    }
}

fn width(edges: &[i32]) -> u32 {
    match edges {
        [left, right] => right.abs_diff(*left),
        _ => 0,
    }
}

/// The cells of a row in the grid of all edges, and the columns where one may continue below. `open` are those above.
fn row(
    form: &RowForm,
    cells: Vec<Content>,
    spans: &[(i32, i32)],
    edges: &[i32],
    open: &BTreeSet<usize>,
) -> (Vec<Placed>, BTreeSet<usize>) {
    let (mut row, mut below): (Vec<Placed>, _) = (Vec::new(), BTreeSet::new());
    for (at, (content, (left, right))) in cells.into_iter().zip(spans).enumerate() {
        let place = |edge: i32| edges.partition_point(|known| *known <= edge).saturating_sub(1);
        let (column, span) = (place(*left), place(*right).saturating_sub(place(*left)).max(1));
        let about = form.cell(at);
        if let Some(before) = row.last_mut().filter(|_| about.is_beside) {
            before.span += span;
            before.content.extend(content.blocks.into_iter().filter(|block| !is_blank(block)));
            continue;
        }
        if about.down != Down::Alone {
            below.insert(column);
        }
        let is_merged = about.down == Down::GoesOn && open.contains(&column);
        let shade = about.shade.or_else(|| content.ink.shade(&flow::text(&content.blocks)));
        row.push(Placed { column, span, content: content.blocks, shade, is_merged });
    }
    (row, below)
}

fn is_blank(block: &Block) -> bool {
    matches!(block, Block::Paragraph(text) if text.trim().is_empty())
}
