//! What a paragraph of an old Word document is: text, the end of a cell, the end of a row, a list item.

use super::bytes::Bytes;
use super::sprm::{Change, changes};

/// List uses have numbers up to this; beyond it are marks of older versions.
const USES: u16 = 0x07fe;

/// What the properties of a paragraph say about its place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Form {
    is_in_table: bool,
    depth: usize,
    ends_row: bool,
    inner: Inner,
    list: u16,
    pub level: u8,
}

/// What ends with a paragraph of a nested table, where no special characters mark it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Inner {
    #[default]
    Nothing,
    Cell,
    Row,
}

/// What ends with a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ends {
    Paragraph,
    Cell,
    Row,
}

impl Form {
    /// Changed by these lists, in order.
    pub fn changed(mut self, lists: &[Bytes]) -> Form {
        lists.iter().flat_map(|list| changes(*list)).for_each(|change| self.change(change));
        self
    }

    pub fn change(&mut self, change: Change) {
        match change.code {
            0x2416 => self.is_in_table = change.is_on(),
            0x2417 => self.ends_row = change.is_on(),
            0x6649 => self.depth = change.value.size(0).unwrap_or(0),
            0x244b if change.is_on() => self.inner = Inner::Cell,
            0x244c if change.is_on() => self.inner = Inner::Row,
            0x460b => self.list = change.number().unwrap_or(0),
            0x260a => self.level = change.value.u8(0).unwrap_or(0),
            _ => {}
        }
    }

    /// How many nested tables the paragraph is in.
    pub fn depth(self) -> usize {
        if self.is_in_table { self.depth.max(1) } else { 0 }
    }

    /// What ends here, after the mark at the end of the paragraph.
    pub fn ends(self, mark: u16) -> Ends {
        match (self.depth(), self.inner) {
            (1, _) if self.ends_row => Ends::Row,
            (1, _) if mark == super::story::CELL => Ends::Cell,
            (0 | 1, _) | (_, Inner::Nothing) => Ends::Paragraph,
            (_, Inner::Row) => Ends::Row,
            (_, Inner::Cell) => Ends::Cell,
        }
    }

    /// Which list use the paragraph is an item of.
    pub fn list(self) -> Option<u16> {
        Some(self.list).filter(|list| (1..=USES).contains(list))
    }
}
