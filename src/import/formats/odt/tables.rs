//! Tables of an OpenDocument text: repeated columns, cells across several rows and columns, as a grid.

use std::collections::HashMap;

use roxmltree::Node;

use super::story::Story;
use crate::import::formats::flow::{self, Placed};
use crate::import::formats::xml;
use crate::import::formats::zip_parts::too_large;
use crate::import::table::Block;
use crate::problem::Problem;

/// The most grid columns in one table.
const GRID: usize = 1000;
/// How often a row with text can be repeated.
const ROWS: usize = 1000;

/// A table while it is read.
#[derive(Default)]
struct Grid {
    rows: Vec<Vec<Placed>>,
    widths: Vec<u32>,
    /// By grid column: how many more rows a cell from above covers, and across how many columns.
    open: HashMap<usize, (usize, usize)>,
}

impl Story<'_> {
    /// What a table becomes: itself, or its content if it only lays out the page.
    pub fn table(&mut self, node: Node) -> Result<Vec<Block>, Problem> {
        let mut grid = Grid::default();
        self.rows(node, &mut grid)?;
        flow::table(grid.rows, &grid.widths, &mut self.budget)
    }

    fn rows(&mut self, node: Node, grid: &mut Grid) -> Result<(), Problem> {
        for child in node.children() {
            match xml::name(child) {
                "table-row" => self.row(child, grid)?,
                "table-column" => {
                    let width = self.context.styles.width(xml::attribute(child, "style-name"));
                    let count = xml::number(child, "number-columns-repeated").unwrap_or(1).min(GRID);
                    let count = count.min(GRID.saturating_sub(grid.widths.len()));
                    grid.widths.extend(std::iter::repeat_n(width, count));
                }
                "table-header-rows"
                | "table-rows"
                | "table-row-group"
                | "table-columns"
                | "table-column-group"
                | "table-header-columns" => self.rows(child, grid)?,
                _ => {}
            }
        }
        Ok(())
    }

    fn row(&mut self, node: Node, grid: &mut Grid) -> Result<(), Problem> {
        let is_shown = xml::attribute(node, "visibility").is_none_or(|visibility| visibility == "visible");
        self.notices.hidden_rows += usize::from(!is_shown);
        let mut cells = Vec::new();
        let mut column = 0;
        let mut begun = Vec::new();
        for child in node.children() {
            let repeated: usize = xml::number(child, "number-columns-repeated").unwrap_or(1).max(1);
            match xml::name(child) {
                "table-cell" => {
                    let cell = self.cell(child, column)?;
                    self.repeat(cell, repeated, &mut cells)?;
                    let rows: usize = xml::number(child, "number-rows-spanned").unwrap_or(1);
                    begun.extend((rows > 1).then_some((column, (rows, span(child)))));
                }
                "covered-table-cell" => {
                    let covered = (column..column.saturating_add(repeated).min(GRID)).filter_map(|column| {
                        let (_, span) = *grid.open.get(&column)?;
                        Some(Placed { column, span, is_merged: true, ..Placed::default() })
                    });
                    cells.extend(covered);
                }
                _ => continue,
            }
            column = column.saturating_add(repeated);
            if column > GRID {
                return Err(too_large("one of its tables is more than 1,000 columns wide"));
            }
        }
        grid.open.extend(begun);
        grid.open.retain(|_, (rows, _)| {
            *rows = rows.saturating_sub(1);
            *rows > 0
        });
        self.repeat_row(node, cells, grid)
    }

    fn cell(&mut self, node: Node, column: usize) -> Result<Placed, Problem> {
        let outside = std::mem::take(&mut self.ink);
        let content = self.blocks(node)?;
        let ink = std::mem::replace(&mut self.ink, outside);
        let filled = self.context.styles.cell(xml::attribute(node, "style-name"));
        let shade = filled.or_else(|| ink.shade(&flow::text(&content)));
        Ok(Placed { column, span: span(node), content, shade, is_merged: false })
    }

    fn repeat(&mut self, cell: Placed, times: usize, cells: &mut Vec<Placed>) -> Result<(), Problem> {
        let size = flow::text(&cell.content).len();
        // A row of empty cells to the edge of a sheet is one empty cell.
        let times = if size == 0 { 1 } else { times.min(GRID) };
        self.budget.copies((times - 1).saturating_mul(size))?;
        for copy in 1..times {
            cells.push(Placed { column: cell.column + copy - 1, ..cell.clone() });
        }
        cells.push(Placed { column: cell.column + times - 1, ..cell });
        Ok(())
    }

    fn repeat_row(&mut self, node: Node, cells: Vec<Placed>, grid: &mut Grid) -> Result<(), Problem> {
        let size: usize = cells.iter().map(|cell| flow::text(&cell.content).len()).sum();
        let times: usize = xml::number(node, "number-rows-repeated").unwrap_or(1).max(1);
        let times = if size == 0 { 1 } else { times.min(ROWS) };
        self.budget.copies((times - 1).saturating_mul(size))?;
        for _ in 1..times {
            grid.rows.push(cells.clone());
        }
        grid.rows.push(cells);
        Ok(())
    }
}

fn span(cell: Node) -> usize {
    xml::number(cell, "number-columns-spanned").unwrap_or(1).clamp(1, GRID)
}
