//! Tables of a Word document: rows and cells, merged both ways, as a grid.

use std::collections::HashSet;

use roxmltree::Node;

use super::story::{Story, chosen, content};
use super::table_styles::{Spot, Strikes};
use crate::import::formats::flow::{self, Ink, Placed};
use crate::import::formats::xml;
use crate::import::formats::zip_parts::too_large;
use crate::import::table::Block;
use crate::problem::Problem;

/// The most grid columns in one table; Word makes none that is wider.
const GRID: usize = 1000;

/// A table while it is read.
#[derive(Default)]
struct Grid {
    rows: Vec<Vec<Placed>>,
    /// The grid columns where the row above has a cell that may continue below.
    open: HashSet<usize>,
    strikes: Strikes,
}

/// A row while it is read.
#[derive(Default)]
struct OpenRow {
    cells: Vec<Placed>,
    column: usize,
    open: HashSet<usize>,
}

impl Story<'_> {
    /// What a table becomes: itself, or its content if it only lays out the page.
    pub fn table(&mut self, node: Node) -> Result<Vec<Block>, Problem> {
        let mut grid = Grid { strikes: Strikes::of(node, &self.context.styles), ..Grid::default() };
        self.rows(node, &mut grid)?;
        let widths = xml::child(node, "tblGrid").map(|grid| widths(grid)).unwrap_or_default();
        flow::table(grid.rows, &widths, &mut self.budget)
    }

    fn rows(&mut self, node: Node, grid: &mut Grid) -> Result<(), Problem> {
        for child in node.children() {
            match xml::name(child) {
                "tr" => self.row(child, grid)?,
                "sdt" => {
                    if let Some(content) = content(child) {
                        self.rows(content, grid)?;
                    }
                }
                "AlternateContent" => {
                    if let Some(chosen) = chosen(child) {
                        self.rows(chosen, grid)?;
                    }
                }
                "del" => xml::all(child, "tr").for_each(|row| self.deleted(row)),
                "moveFrom" => self.notices.deletions += 1,
                "tblPr" | "tblGrid" | "sdtPr" | "" => {}
                _ => self.rows(child, grid)?,
            }
        }
        Ok(())
    }

    fn row(&mut self, node: Node, grid: &mut Grid) -> Result<(), Problem> {
        let properties = xml::child(node, "trPr");
        let has = |name: &str| properties.is_some_and(|row| xml::child(row, name).is_some());
        if has("del") {
            self.deleted(node);
            return Ok(());
        }
        self.notices.insertions += usize::from(has("ins"));
        self.notices.hidden_rows += usize::from(properties.is_some_and(|row| xml::is_on(row, "hidden")));
        let before = properties.and_then(|row| xml::value(row, "gridBefore")).and_then(|before| before.parse().ok());
        let mut line = OpenRow { column: before.unwrap_or(0), ..OpenRow::default() };
        self.cells(node, grid, &mut line)?;
        if line.cells.iter().all(|cell| flow::text(&cell.content).trim().is_empty()) {
            self.notices.delete_row(&deleted_words(node));
        }
        grid.open = line.open;
        grid.rows.push(line.cells);
        Ok(())
    }

    /// A row that tracked changes delete.
    fn deleted(&mut self, row: Node) {
        self.notices.deletions += 1;
        self.notices.delete_row(&deleted_words(row));
    }

    fn cells(&mut self, node: Node, grid: &Grid, line: &mut OpenRow) -> Result<(), Problem> {
        for child in node.children() {
            match xml::name(child) {
                "tc" => self.cell(child, grid, line)?,
                "sdt" => {
                    if let Some(content) = content(child) {
                        self.cells(content, grid, line)?;
                    } else if let Some(placeholder) = xml::child(child, "sdtContent") {
                        self.empty_cells(placeholder, grid, line)?;
                    }
                }
                "trPr" | "tblPrEx" | "sdtPr" | "" => {}
                _ => self.cells(child, grid, line)?,
            }
        }
        Ok(())
    }

    /// A control around a whole cell that shows only its placeholder still keeps the cell's place.
    fn empty_cells(&mut self, node: Node, grid: &Grid, line: &mut OpenRow) -> Result<(), Problem> {
        let before = line.cells.len();
        self.cells(node, grid, line)?;
        line.cells.iter_mut().skip(before).for_each(|cell| cell.content.clear());
        Ok(())
    }

    fn cell(&mut self, node: Node, grid: &Grid, line: &mut OpenRow) -> Result<(), Problem> {
        let properties = xml::child(node, "tcPr");
        if properties.is_some_and(|cell| xml::child(cell, "cellDel").is_some()) {
            self.notices.deletions += 1;
            return Ok(());
        }
        let span = properties.and_then(|cell| xml::value(cell, "gridSpan")).and_then(|span| span.parse().ok());
        let span = span.unwrap_or(1).max(1);
        if line.column.saturating_add(span) > GRID {
            return Err(too_large("one of its tables is more than 1,000 columns wide"));
        }
        let merge = properties.and_then(|cell| xml::child(cell, "vMerge"));
        let goes_on = merge.is_some_and(|merge| xml::attribute(merge, "val") != Some("restart"));
        if merge.is_some() {
            line.open.insert(line.column);
        }
        let is_merged = goes_on && grid.open.contains(&line.column);
        let outside = std::mem::take(&mut self.ink);
        let is_struck = std::mem::replace(&mut self.is_struck, struck_by_table(node, grid, line));
        let content = self.blocks(node)?;
        self.is_struck = is_struck;
        let ink = std::mem::replace(&mut self.ink, outside);
        let shade = self.shade(properties, ink, &content);
        line.cells.push(Placed { column: line.column, span, content, shade, is_merged });
        line.column += span;
        Ok(())
    }

    fn shade(&self, properties: Option<Node>, ink: Ink, content: &[Block]) -> Option<&'static str> {
        let filled = properties.and_then(|cell| xml::child(cell, "shd"));
        let word = filled.and_then(|shading| self.context.theme.fill(shading));
        word.or_else(|| ink.shade(&flow::text(content)))
    }
}

/// Whether the style of the table strikes through what is in a cell.
fn struck_by_table(node: Node, grid: &Grid, line: &OpenRow) -> bool {
    let row_node = node.ancestors().find(|around| xml::name(*around) == "tr").unwrap_or(node);
    grid.strikes.reach(Spot { row: grid.rows.len(), column: line.cells.len(), row_node, cell_node: node })
}

/// The words of a row that are gone from the document: those that were moved are still in it.
fn deleted_words(row: Node) -> String {
    let is_gone = |text: &Node| !text.ancestors().any(|around| xml::name(around) == "moveFrom");
    let is_text = |node: &Node| matches!(xml::name(*node), "t" | "delText");
    let cell = |cell: Node| {
        let words = cell.descendants().filter(is_text).filter(is_gone).filter_map(|text| text.text());
        words.collect::<String>().trim().to_owned()
    };
    let cells = xml::all(row, "tc").map(cell).filter(|words| !words.is_empty());
    cells.collect::<Vec<_>>().join(" | ")
}

fn widths(grid: Node) -> Vec<u32> {
    let columns = grid.children().filter(|column| xml::name(*column) == "gridCol").take(GRID);
    columns.map(|column| xml::number(column, "w").unwrap_or(0)).collect()
}
