//! Text with one cell per line and nothing between: only the column names show how many lines make a row.

use crate::import::table::{Block, Document, Row, Table};
use crate::import::tables::columns::Header;
use crate::import::words::vocabulary::Vocabulary;

/// More columns than any plan has.
const WIDEST: usize = 12;

/// Reads a table wherever three or more consecutive lines name its columns; an empty line ends it.
pub fn read(text: &str, vocabulary: &Vocabulary) -> Document {
    let lines: Vec<&str> = text.split(['\n', '\u{c}']).collect();
    let mut document = Document::default();
    let (mut at, mut end) = (0, 0);
    while at < lines.len() {
        // Searched once per block and not once per line, which would be quadratic in the number of lines.
        if at >= end {
            end = at + filled(lines.get(at..).unwrap_or(&[]));
        }
        let block = lines.get(at..end).unwrap_or(&[]);
        if let Some(width) = width(block, vocabulary) {
            document.blocks.push(Block::Table(table(block, width)));
            at = end;
        } else {
            document.blocks.extend(block.first().map(|line| Block::Paragraph((*line).to_owned())));
            at += 1;
        }
    }
    document
}

/// How many lines at the beginning are not empty.
fn filled(lines: &[&str]) -> usize {
    lines.iter().take_while(|line| !line.trim().is_empty()).count()
}

fn table(lines: &[&str], width: usize) -> Table {
    Table { rows: lines.chunks(width).map(|row| Row::new(row.iter().copied())).collect(), ..Table::default() }
}

/// The number of columns named by the lines at the beginning, where the lines after them fill whole rows.
fn width(lines: &[&str], vocabulary: &Vocabulary) -> Option<usize> {
    let row = |width: usize| Row::new(lines.iter().take(width).map(|line| line.trim()));
    if !Header::begins(&row(1), vocabulary) || lines.iter().take(2).any(|line| is_sentence(line)) {
        return None;
    }
    let known = Header::known_prefix(&row(WIDEST), vocabulary);
    let is_sound = known >= 3 && lines.len() > known && lines.len().is_multiple_of(known);
    (is_sound && Header::of(&row(known), vocabulary).is_some()).then_some(known)
}

/// "Action: Bring a chair", "Action 7. Review the rota": minutes, and no names of columns.
fn is_sentence(line: &str) -> bool {
    let is_labelled = line.split_once(": ").is_some_and(|(_, rest)| rest.split_whitespace().count() > 1);
    let is_numbered = line.split_whitespace().nth(1).is_some_and(|word| word.starts_with(|c: char| c.is_ascii_digit()));
    is_labelled || is_numbered
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_minutes_are_no_column_names() {
        let text = "Action point 2.1 Ducks to send plans\nAction 7. Review the rota\nAction by KM: pay the bill\n\
                    Action: Bring a chair\nTask: Count the ducks by May\nLead: the pond trust itself";
        let document = read(text, &Vocabulary::built_in().unwrap());
        assert_eq!(document.tables().count(), 0);
    }

    /// The reading child has ten seconds for half a megabyte like this. Looking for the end of the block at every
    /// line would take minutes here.
    #[test]
    fn many_short_lines_without_an_empty_one_are_read_at_once() {
        let document = read("page\n".repeat(100_000).trim_end(), &Vocabulary::built_in().unwrap());
        assert_eq!(document.blocks.len(), 100_000);
    }
}
