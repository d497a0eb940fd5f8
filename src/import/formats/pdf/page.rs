//! One page: its text and rules, and which words are in which cell.

use std::collections::BTreeMap;

use super::drawing::{self, Area, Drawing, Fill};
use super::grid::{self, Grid};
use super::library::{File, PageKey, Print, Refusal, Source, Span};
use super::turn::Turn;
use super::words::{self, Piece, PrintLine};
use super::{notes, stripes, struck, title};
use crate::import::formats::shade;
use crate::import::table::{Footnote, Rows};

/// A page with its words sorted into the cells of its tables.
#[derive(Debug, Default)]
pub struct Page {
    pub height: f32,
    pub tables: Vec<Ruled>,
    /// The lines outside tables, from top to bottom.
    pub loose: Vec<PrintLine>,
    pub notes: Vec<Footnote>,
    /// How far right text and rules reach.
    pub right: f32,
    pub letters: usize,
    /// Pieces of text whose letters the file does not identify.
    pub unreadable: usize,
    pub pictures: usize,
}

/// A ruled table of one page.
#[derive(Clone, Debug, Default)]
pub struct Ruled {
    pub area: Area,
    /// The left edges of its columns.
    pub columns: Vec<f32>,
    pub rows: Vec<Strip>,
    pub is_open_above: bool,
    pub is_open_below: bool,
    pub cut: Rows,
}

/// A row, as far as it is on this page.
#[derive(Clone, Debug, Default)]
pub struct Strip {
    pub slots: Vec<Slot>,
    /// How many lines of print fit in it.
    pub height: f32,
}

/// A cell, as far as it is on this page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Slot {
    pub area: Area,
    pub lines: Vec<PrintLine>,
    /// What the lines say, once all pages are known.
    pub text: String,
    pub shade: Option<&'static str>,
    /// Whether it belongs to a cell that begins above.
    pub is_merged: bool,
    /// Lines of print that would still fit below its text.
    pub room: f32,
}

impl Page {
    /// All cells of its tables.
    pub fn slots(&mut self) -> impl Iterator<Item = &mut Slot> {
        self.tables.iter_mut().flat_map(|table| &mut table.rows).flat_map(|row| &mut row.slots)
    }
}

/// Reads a page, given its number.
pub fn read(file: &File, page: PageKey, number: u32) -> Result<Page, Refusal> {
    let (upright, Print { spans, unreadable }) = upright(file, page)?;
    let mut drawing = drawing::read(&upright)?;
    if upright.is_spent() {
        return Err(Refusal::TooMuch);
    }
    let mut pieces: Vec<Piece> = Vec::new();
    for span in &spans {
        pieces.extend(Piece::of(span));
    }
    struck::mark(&mut drawing, &mut pieces);
    let ruled = grid::grids(&drawing).ok_or(Refusal::TooMuch)?;
    let notes = notes::take(&mut pieces, &ruled, number);
    let by_line = stripes::complete(&mut drawing, &ruled, &pieces);
    let grids = grid::grids(&drawing).ok_or(Refusal::TooMuch)?;
    let mut read = sort(pieces, &grids, &drawing);
    for table in read.tables.iter_mut().filter(|table| by_line.iter().any(|area| area.holds(&table.area, 9.0))) {
        table.cut = Rows::MaybeParts;
    }
    read.notes = notes;
    read.height = upright.size().1;
    read.unreadable = unreadable;
    Ok(read)
}

/// The words of the page, turned until most of them read from left to right.
fn upright(file: &File, page: PageKey) -> Result<(Source<'_>, Print), Refusal> {
    let source = Source::new(file, page, Turn::None);
    let print = source.print()?;
    let turn = main_turn(&print.spans);
    if turn == Turn::None {
        return Ok((source, print));
    }
    let source = Source::new(file, page, turn);
    let print = source.print()?;
    Ok((source, print))
}

fn main_turn(spans: &[Span]) -> Turn {
    let letters = |is_read: fn(&[f32; 2]) -> bool| -> usize {
        spans.iter().filter(|span| is_read(&span.direction)).map(|span| span.text.len()).sum()
    };
    let level = letters(|direction| direction[0].abs() > direction[1].abs());
    let (upwards, downwards) = (letters(|direction| direction[1] > 0.9), letters(|direction| direction[1] < -0.9));
    match (upwards > level, downwards > level) {
        (true, _) => Turn::Quarter,
        (false, true) => Turn::ThreeQuarters,
        (false, false) => Turn::None,
    }
}

fn sort(pieces: Vec<Piece>, grids: &[Grid], drawing: &Drawing) -> Page {
    let mut page = Page { pictures: drawing.pictures, ..Page::default() };
    page.letters = pieces.iter().map(|piece| piece.text.chars().filter(|c| c.is_alphanumeric()).count()).sum();
    page.right = pieces.iter().map(|piece| piece.right).fold(0.0, f32::max);
    let mut loose = Vec::new();
    let mut cells: Vec<GridCells> = grids.iter().map(GridCells::of).collect();
    for piece in pieces {
        let mut rest = Some(piece);
        while let Some(piece) = rest.take() {
            match cells.iter_mut().find_map(|cells| cells.at(piece.anchor())) {
                Some((area, words)) => {
                    let (own, other) =
                        if piece.right > area.right + piece.size { piece.split(area.right) } else { (piece, None) };
                    words.push(own);
                    rest = other;
                }
                None => loose.push(piece),
            }
        }
    }
    page.loose = words::lines(loose);
    page.tables = cells.into_iter().map(|cells| cells.fill(&drawing.fills)).collect();
    let titles: Vec<PrintLine> = page.tables.iter_mut().flat_map(title::take).collect();
    page.loose.extend(titles);
    page.loose.sort_by(|one, other| other.base.total_cmp(&one.base));
    let edge = page.tables.iter().map(|table| table.area.right).fold(0.0, f32::max);
    page.right = page.right.max(edge);
    page
}

/// The cells of a grid, with what is printed in them.
struct GridCells<'a> {
    grid: &'a Grid,
    words: BTreeMap<(usize, usize), (Area, Vec<Piece>)>,
}

impl<'a> GridCells<'a> {
    fn of(grid: &'a Grid) -> GridCells<'a> {
        GridCells { grid, words: grid.cells().into_iter().map(|(owner, area)| (owner, (area, Vec::new()))).collect() }
    }

    fn at(&mut self, point: (f32, f32)) -> Option<(Area, &mut Vec<Piece>)> {
        let (row, column) = self.grid.place(point)?;
        let (area, words) = self.words.get_mut(&self.grid.owner(row, column))?;
        Some((*area, words))
    }

    fn fill(self, fills: &[Fill]) -> Ruled {
        let grid = self.grid;
        let mut rows: Vec<Strip> = (0..grid.rows()).map(|row| empty(grid, row)).collect();
        let mut size: f32 = 0.0;
        for ((row, column), (area, pieces)) in self.words {
            let lines = words::lines(pieces);
            size = size.max(lines.iter().map(|line| line.size).fold(0.0, f32::max));
            let slot = Slot {
                area,
                shade: shade_of(&area, fills),
                room: lines.last().map_or(0.0, |line| (line.base - area.bottom) / (line.size * 1.2)),
                lines,
                ..Slot::default()
            };
            if let Some(place) = rows.get_mut(row).and_then(|strip| strip.slots.get_mut(column)) {
                *place = slot;
            }
        }
        for (strip, (top, bottom)) in rows.iter_mut().zip(grid.ys.iter().zip(grid.ys.iter().skip(1))) {
            strip.height = (top - bottom) / (size.max(4.0) * 1.2);
        }
        let columns = grid.xs.iter().copied().take(grid.columns()).collect();
        let (is_open_above, is_open_below) = (grid.is_open_above, grid.is_open_below);
        Ruled { area: grid.area(), columns, rows, is_open_above, is_open_below, cut: Rows::Whole }
    }
}

fn empty(grid: &Grid, row: usize) -> Strip {
    let slot = |column| Slot { is_merged: grid.owner(row, column).0 < row, ..Slot::default() };
    Strip { slots: (0..grid.columns()).map(slot).collect(), height: 0.0 }
}

/// The rating that the colour behind a cell stands for, where it fills most of the cell.
fn shade_of(cell: &Area, fills: &[Fill]) -> Option<&'static str> {
    let covers = |fill: &&Fill| {
        let width = fill.area.right.min(cell.right) - fill.area.left.max(cell.left);
        let height = fill.area.top.min(cell.top) - fill.area.bottom.max(cell.bottom);
        width > 0.0 && height > 0.0 && width * height > 0.5 * cell.width() * cell.height()
    };
    fills.iter().rev().find(covers).and_then(|fill| shade::of_rgb(fill.colour))
}
