//! What the end of a row says about its cells: their edges, which are merged, and the colours behind them.

use super::bytes::Bytes;
use super::colour;
use super::sprm::{Change, changes};

/// The most cells in a row, according to Word.
const CELLS: usize = 64;
/// Bytes that describe a cell.
const CELL: usize = 20;
/// The width of cells without a stated width, in twentieths of a point.
const WIDTH: i32 = 1440;

/// The shape of a row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RowForm {
    /// From the left end of the row, in twentieths of a point.
    edges: Vec<i32>,
    cells: Vec<CellForm>,
    has_true_colours: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CellForm {
    /// Whether it is part of the cell to its left.
    pub is_beside: bool,
    pub down: Down,
    pub shade: Option<&'static str>,
}

/// How a cell continues in the row below.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Down {
    #[default]
    Alone,
    Begins,
    GoesOn,
}

impl RowForm {
    /// From the lists of changes of the paragraph that ends the row.
    pub fn of(lists: &[Bytes]) -> RowForm {
        let mut form = RowForm::default();
        lists.iter().flat_map(|list| changes(*list)).for_each(|change| form.change(change));
        form
    }

    /// The left and right edge of a cell; edges never go back.
    pub fn edges(&self, at: usize) -> (i32, i32) {
        let edge = |at: usize| {
            let known = self.edges.iter().take(at + 1).copied().max().unwrap_or(0);
            let beyond = (at + 1).saturating_sub(self.edges.len().max(1));
            known.saturating_add(WIDTH.saturating_mul(i32::try_from(beyond).unwrap_or(i32::MAX)))
        };
        let (left, right) = (edge(at), edge(at + 1));
        (left, right.max(left.saturating_add(1)))
    }

    pub fn cell(&self, at: usize) -> CellForm {
        self.cells.get(at).copied().unwrap_or_default()
    }

    /// Drops the properties of cells that do not exist.
    pub fn truncate(&mut self, cells: usize) {
        self.cells.truncate(cells);
        self.edges.truncate(cells + 1);
    }

    fn change(&mut self, change: Change) {
        let value = change.value;
        match change.code {
            0xd608 => self.shape(value),
            // Word 97 knew sixteen colours; a newer Word writes the nearest of them beside the true one.
            0xd609 if !self.has_true_colours => {
                self.shades(0, value, 2, |shading| shading.u16(0).and_then(colour::short_shading));
            }
            0xd612 => self.true_shades(0, value),
            0xd616 => self.true_shades(22, value),
            0xd60c => self.true_shades(44, value),
            0xd62b => self.merge_down(value),
            0x5624 => self.merge_beside(value),
            0xd62d => self.shade(value),
            _ => {}
        }
    }

    fn shape(&mut self, value: Bytes) {
        let count = usize::from(value.u8(0).unwrap_or(0)).min(CELLS);
        self.edges = (0..=count).map_while(|at| value.i16(1 + at * 2)).map(i32::from).collect();
        let cells = value.from(1 + (count + 1) * 2);
        let flags = |at: usize| cells.u16(at * CELL).unwrap_or(0);
        self.cells = (0..count).map(|at| cell(flags(at), self.cell(at).shade)).collect();
    }

    fn shades(&mut self, first: usize, value: Bytes, size: usize, word: impl Fn(Bytes) -> Option<&'static str>) {
        for at in 0..value.len() / size {
            let shade = value.part(at * size, size).and_then(&word);
            self.change_cell(first + at, |cell| cell.shade = shade);
        }
    }

    fn true_shades(&mut self, first: usize, value: Bytes) {
        self.has_true_colours = true;
        self.shades(first, value, 10, colour::shading);
    }

    fn merge_down(&mut self, value: Bytes) {
        let down = match value.u8(1) {
            Some(0) | None => Down::Alone,
            Some(1) => Down::GoesOn,
            Some(_) => Down::Begins,
        };
        self.change_cell(value.u8(0).map_or(CELLS, usize::from), |cell| cell.down = down);
    }

    fn merge_beside(&mut self, value: Bytes) {
        let (first, end) = (value.u8(0).unwrap_or(0), value.u8(1).unwrap_or(0));
        for at in usize::from(first) + 1..usize::from(end) {
            self.change_cell(at, |cell| cell.is_beside = true);
        }
    }

    /// One shading for some cells.
    fn shade(&mut self, value: Bytes) {
        let (first, end) = (value.u8(0).unwrap_or(0), value.u8(1).unwrap_or(0));
        for at in usize::from(first)..usize::from(end) {
            self.change_cell(at, |cell| cell.shade = colour::shading(value.from(2)));
        }
    }

    fn change_cell(&mut self, at: usize, change: impl FnOnce(&mut CellForm)) {
        if at < CELLS {
            self.cells.resize(self.cells.len().max(at + 1), CellForm::default());
        }
        if let Some(cell) = self.cells.get_mut(at) {
            change(cell);
        }
    }
}

fn cell(flags: u16, shade: Option<&'static str>) -> CellForm {
    let down = match (flags & 0x20 != 0, flags & 0x40 != 0) {
        (false, _) => Down::Alone,
        (true, true) => Down::Begins,
        (true, false) => Down::GoesOn,
    };
    CellForm { is_beside: flags & 3 == 2, down, shade }
}
