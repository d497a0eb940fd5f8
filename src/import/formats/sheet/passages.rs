//! The text of a cell whose passages look different: which of them are struck through.

use crate::import::formats::marks;

/// The passages of one text, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Passages(Vec<Passage>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Passage {
    words: String,
    /// `None` where the passage looks as its cell does.
    is_struck: Option<bool>,
}

impl Passages {
    pub fn push(&mut self, words: String, is_struck: Option<bool>) {
        self.0.push(Passage { words, is_struck });
    }

    /// Whether a passage says for itself that it is struck through, or that it is not.
    pub fn differ(&self) -> bool {
        self.0.iter().any(|passage| passage.is_struck.is_some())
    }

    /// The text with its marks in a cell that looks like `cell`; `None` where nothing is struck through.
    pub fn marked(&self, cell: Around) -> Option<String> {
        let by_cell = cell == Around::Struck;
        if !by_cell && self.0.iter().all(|passage| passage.is_struck != Some(true)) {
            return None;
        }
        let passage = |passage: &Passage| {
            let is_struck = passage.is_struck.unwrap_or(by_cell);
            if is_struck { marks::struck(&passage.words) } else { passage.words.clone() }
        };
        Some(self.0.iter().map(passage).collect())
    }
}

/// How the cell around some passages looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Around {
    Plain,
    Struck,
}

impl Around {
    /// As the mark on the cell's text says.
    pub fn of(text: &str) -> Around {
        if marks::is_marked(text) && marks::Marked::of(text).is_struck() { Around::Struck } else { Around::Plain }
    }
}
