//! Plain text → neutral form: three ways in which tables survive being saved as text.

mod cells;
mod lines;
mod rows;

use crate::import::limits;
use crate::import::table::Document;
use crate::import::words::vocabulary::Vocabulary;
use crate::problem::Problem;

/// How a text writes its tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// A TAB at the beginning of a line begins a cell, which extends to the next such line.
    CellsAtTabs,
    /// A line is a row, with TABs between its cells.
    RowsOfTabs,
    /// A line is a cell, and only the header shows how many make a row.
    CellsAtLines,
}

/// The paragraphs and tables of a text.
pub fn read(text: &str, vocabulary: &Vocabulary) -> Result<Document, Problem> {
    limits::cells(text.bytes().filter(|byte| matches!(byte, b'\t' | b'\n')).count())?;
    let document = match form(text) {
        Form::CellsAtTabs => cells::read(text, vocabulary),
        Form::RowsOfTabs => rows::read(text),
        Form::CellsAtLines => lines::read(text, vocabulary),
    };
    limits::sizes(&document)?;
    Ok(document)
}

/// One cell per line leaves a single TAB in a line, at its beginning; rows leave several, or one further in.
fn form(text: &str) -> Form {
    let (mut in_front, mut between) = (0_usize, 0_usize);
    for line in text.lines().filter(|line| line.contains('\t')) {
        let rest = line.trim_start_matches('\t').trim_end_matches('\t');
        let is_row = rest.contains('\t') || (!line.starts_with('\t') && line.ends_with('\t'));
        let is_cell = line.starts_with('\t') && !rest.contains('\t');
        between += usize::from(is_row || !line.starts_with('\t'));
        in_front += usize::from(is_cell);
    }
    match (in_front, between) {
        (0, 0) => Form::CellsAtLines,
        (cells, rows) if cells > rows.saturating_mul(2) => Form::CellsAtTabs,
        _ => Form::RowsOfTabs,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_layout_is_recognised_by_its_tabs() {
        assert_eq!(form("Plan\n\n\tAction\n\tLead\n\tWhen\n\n\tWrite it\n\tHR\n\tMay\n"), Form::CellsAtTabs);
        assert_eq!(form("Plan\nAction\tLead\tWhen\nWrite it\tHR\tMay\n\tcontinued\t\n"), Form::RowsOfTabs);
        assert_eq!(form("Action\nLead\nWrite it\nHR\n"), Form::CellsAtLines);
    }
}
