//! A JSON array or lines on standard output, printed while they are made: a list of any length takes no memory.

use serde::Serialize;

use super::gate::{self, Kind, Reader};
use crate::json::Array;
use crate::problem::Problem;

/// How much is gathered before it is printed, in bytes.
const PIECE: usize = 1 << 16;

/// An array of which a part is printed.
#[derive(Debug, Default)]
pub struct Listed {
    array: Array,
    text: String,
}

impl Listed {
    /// Prints a whole array, as far as anyone reads it.
    pub fn print<T: Serialize>(rows: impl IntoIterator<Item = T>) -> Result<(), Problem> {
        let mut listed = Listed::default();
        for row in rows {
            listed.add(&row);
            if listed.pass_on()? == Reader::HasLeft {
                return Ok(());
            }
        }
        listed.end()
    }

    pub fn add(&mut self, row: &impl Serialize) {
        self.array.element(row, &mut self.text);
    }

    /// Prints what has been added, once there is enough of it.
    pub fn pass_on(&mut self) -> Result<Reader, Problem> {
        if self.text.len() < PIECE {
            return Ok(Reader::Listens);
        }
        printed(&std::mem::take(&mut self.text))
    }

    pub fn end(mut self) -> Result<(), Problem> {
        self.array.end(&mut self.text);
        printed(&self.text).map(drop)
    }
}

/// Prints texts that are whole lines, as far as anyone reads them.
pub fn print_lines(lines: impl IntoIterator<Item = String>) -> Result<(), Problem> {
    let mut text = String::new();
    for line in lines {
        text.push_str(&line);
        if text.len() >= PIECE && printed(&std::mem::take(&mut text))? == Reader::HasLeft {
            return Ok(());
        }
    }
    printed(&text).map(drop)
}

fn printed(text: &str) -> Result<Reader, Problem> {
    gate::out(text, Kind::Words).map_err(|error| gate::unprinted(&error))
}
