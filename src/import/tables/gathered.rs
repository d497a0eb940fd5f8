//! A row of a plan as its author wrote it, whatever pages and printers have done to it.

use super::columns::{Column, Header};
use crate::domain::draft::DraftUnder;
use crate::domain::flag::Flag;
use crate::import::table::{Cell, Row};
use crate::import::words::roles::Role;
use crate::import::words::{clean, number};
use crate::text;

/// A cell of a gathered row: all its parts, one below another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    pub column: Column,
    pub pieces: Vec<String>,
    pub shade: Option<String>,
}

/// A row as its author wrote it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gathered {
    pub parts: Vec<Part>,
    /// For each part, the table and its first and last row there.
    pub places: Vec<(usize, usize, usize)>,
    pub under: DraftUnder,
    /// Whether it begins a recommendation, begins another action of the one above, or neither level exists.
    pub begins: Begins,
    /// The heading above it.
    pub heading: Option<String>,
    /// Its place, where that is not a row of a table.
    pub elsewhere: Option<String>,
    /// The doubts about it so far.
    pub flags: Vec<Flag>,
}

/// The column for a recommendation that is above its actions and not beside them.
pub const ABOVE: &str = "Recommendation above";

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Begins {
    Recommendation,
    #[default]
    Action,
}

impl Gathered {
    /// The text of a role, lines separated by newlines.
    pub fn text(&self, role: Role) -> String {
        let parts = self.parts.iter().filter(|part| part.column.roles.contains(&role) && part.is_filled());
        parts.map(|part| join(&part.pieces)).collect::<Vec<_>>().join("\n")
    }

    pub fn has(&self, role: Role) -> bool {
        self.parts.iter().any(|part| part.column.roles.contains(&role) && part.is_filled())
    }
}

/// Pieces of a split cell as one text: a piece continues the line unless a sentence ends before it.
pub fn join(pieces: &[String]) -> String {
    let mut text = String::new();
    for piece in pieces {
        let ends = text.trim_end().ends_with(['.', '!', '?', ':', ';']);
        let begins = piece.trim_start().starts_with(|c: char| c.is_uppercase() || c == '-' || c == '•' || c == '·');
        if !text.is_empty() {
            text.push(if ends && begins { '\n' } else { ' ' });
        }
        text.push_str(piece);
    }
    text
}

impl Part {
    pub fn is_filled(&self) -> bool {
        self.pieces.iter().any(|piece| !piece.trim().is_empty())
    }
}

impl Gathered {
    /// Adds the next part of a split row: cell by cell, according to what the columns hold, not where they are.
    pub fn append(&mut self, next: Gathered) {
        if next.parts.iter().any(Part::is_filled) {
            self.stand_also(&next.places);
        }
        for part in next.parts.into_iter().filter(Part::is_filled) {
            let is_same = |own: &&mut Part| {
                let both_unknown = own.column.roles.is_empty() && own.column.name == part.column.name;
                own.column.roles == part.column.roles && (!own.column.roles.is_empty() || both_unknown)
            };
            match self.parts.iter_mut().find(is_same) {
                Some(own) => own.pieces.extend(part.pieces),
                None => self.parts.push(part),
            }
        }
    }

    /// Adds the places of another part.
    pub fn stand_also(&mut self, places: &[(usize, usize, usize)]) {
        for (table, first, last) in places {
            match self.places.last_mut().filter(|own| own.0 == *table && (own.1..=own.2 + 1).contains(first)) {
                Some(own) => own.2 = own.2.max(*last),
                None => self.places.push((*table, *first, *last)),
            }
        }
    }

    /// "table 1, row 6", "table 2, rows 3–7; table 3, row 2".
    pub fn place(&self) -> String {
        self.elsewhere.clone().unwrap_or_else(|| self.described(|table| format!("table {table}")))
    }

    /// Gives its place by the names of tables ("sheet “Log”, row 6"), if they have any.
    pub fn name_tables(&mut self, names: &[&str]) {
        let name = |table: usize| match table.checked_sub(1).and_then(|at| names.get(at)) {
            Some(name) if !name.is_empty() => format!("sheet “{}”", text::one_line(name)),
            Some(_) | None => format!("table {table}"),
        };
        if self.elsewhere.is_none() && !names.is_empty() {
            self.elsewhere = Some(self.described(name));
        }
    }

    fn described(&self, name: impl Fn(usize) -> String) -> String {
        let described = self.places.iter().map(|(table, first, last)| match last - first {
            0 => format!("{}, row {first}", name(*table)),
            _ => format!("{}, rows {first}–{last}", name(*table)),
        });
        described.collect::<Vec<_>>().join("; ")
    }
}

impl Gathered {
    /// The number that the row gives: in its own column, or in front of its recommendation.
    pub fn number(&self) -> Option<String> {
        let own = self.text(Role::RecommendationNumber);
        let own = if own.trim().is_empty() { self.text(Role::Number) } else { own };
        let own = clean::line(&own);
        if !own.is_empty() {
            return Some(own);
        }
        number::of(&clean::line(&self.text(Role::Recommendation))).map(|found| found.number)
    }
}

/// The cells of a row under their columns.
pub fn parts(row: &Row, header: &Header) -> Vec<Part> {
    let columns = header.columns.iter().cloned().chain(std::iter::repeat_with(Column::default));
    let cells = row.cells.iter().zip(columns);
    let part = |(cell, column): (&Cell, Column)| Part {
        column,
        pieces: vec![if cell.is_merged { String::new() } else { cell.text.clone() }],
        shade: cell.shade.clone(),
    };
    cells.map(part).collect()
}
