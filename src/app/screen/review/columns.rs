//! The user's column mappings; each change reads the document again at once.

use super::{Review, Version};
use crate::app::message::World;
use crate::domain::draft::{DraftColumn, DraftTable};

/// The selected column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    pub table: usize,
    pub column: usize,
}

/// The value for an unused column.
const UNUSED: &str = "none";
/// Separates two fields of one column.
const AND: char = '+';

impl Review {
    /// The selected column, with its table.
    pub fn column(&self) -> Option<(&DraftTable, &DraftColumn)> {
        let at = self.columns?;
        let table = self.draft().tables.get(at.table)?;
        Some((table, table.columns.get(at.column)?))
    }

    /// Shows or closes the columns.
    pub fn show_columns(&mut self) {
        self.columns = match self.columns {
            Some(_) => None,
            None => self.all_columns().next(),
        };
    }

    /// Moves down or up by this many columns, across tables.
    pub fn step_column(&mut self, by: isize) {
        let all: Vec<Columns> = self.all_columns().collect();
        let here = self.columns.and_then(|at| all.iter().position(|column| *column == at)).unwrap_or(0);
        let there = here.saturating_add_signed(by).min(all.len().saturating_sub(1));
        self.columns = all.get(there).copied().or(self.columns);
    }

    fn all_columns(&self) -> impl Iterator<Item = Columns> {
        let tables = self.draft().tables.iter().enumerate();
        tables.flat_map(|(table, own)| (0..own.columns.len()).map(move |column| Columns { table, column }))
    }

    /// Sets what the selected column holds, replacing or adding to its field. Returns whether the document must be read
    /// again.
    pub fn set_column(&mut self, field: Option<&str>, how: Holds) -> bool {
        let Some((table, column)) = self.column() else { return false };
        let Some(address) = self.columns.map(|at| table.address(at.column)) else { return false };
        let fields = match (field, how) {
            (None, _) => UNUSED.to_owned(),
            (Some(field), Holds::Only) => field.to_owned(),
            (Some(field), Holds::Also) => match column.fields.first().filter(|own| *own != field) {
                Some(own) => format!("{own}{AND}{field}"),
                None => field.to_owned(),
            },
        };
        let before = self.now.clone();
        self.now.columns.retain(|(name, _)| *name != address);
        self.now.columns.push((address, fields));
        if before == self.now {
            return false;
        }
        self.past.push(before);
        self.undone.clear();
        true
    }

    /// Replaces the document with the re-read one.
    pub fn read_again(&mut self, draft: crate::domain::draft::Draft, world: World<'_>) {
        let Version { draft: old, .. } = &mut self.now;
        *old = draft;
        self.step_column(0);
        self.refresh(world);
    }

    /// Reverts the mappings if the document could not be read with them.
    pub fn forget_columns(&mut self, world: World<'_>) {
        if self.past.last().is_some_and(|before| before.columns != self.now.columns) {
            self.undo(world);
            self.undone.clear();
        }
    }
}

/// Whether a column holds one field, or another beside its first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    Only,
    Also,
}
