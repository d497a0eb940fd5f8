//! Text with one cell per line and a TAB in front of each cell, as copying a Word table leaves it.

use crate::import::table::{Block, Document, Row, Table};
use crate::import::tables::columns::Header;
use crate::import::tables::headings::{self, Heading};
use crate::import::words::vocabulary::Vocabulary;

/// More columns than any plan has; no header is sought beyond them.
const WIDEST: usize = 16;

/// Groups cells into rows by the width of the header above them.
pub fn read(text: &str, vocabulary: &Vocabulary) -> Document {
    let (before, cells) = split(text);
    let mut reader = Reader { vocabulary, document: Document::default(), rows: Vec::new(), reads: Reads::Loose };
    reader.paragraph(&before);
    let mut at = 0;
    while at < cells.len() {
        let rest = cells.get(at..).unwrap_or(&[]);
        if let Some(found) = header_width(rest, vocabulary) {
            reader.end_table();
            reader.rows.push(Row::new(rest.iter().take(found).cloned()));
            reader.reads = Reads::Rows(found);
            at += found;
            continue;
        }
        at += match reader.reads {
            Reads::Rows(width) => reader.row(rest, width),
            Reads::Pairs => reader.pair(rest),
            Reads::Loose => reader.loose(rest),
        };
    }
    reader.end_table();
    reader.document
}

/// What the next cells are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reads {
    /// Before any header: paragraphs, or a table of another kind.
    Loose,
    /// Rows of this many cells.
    Rows(usize),
    /// After the heading of a key or of acronyms: a word and its meaning.
    Pairs,
}

struct Reader<'a> {
    vocabulary: &'a Vocabulary,
    document: Document,
    rows: Vec<Row>,
    reads: Reads,
}

impl Reader<'_> {
    fn paragraphs(&mut self, text: &str) {
        let lines = text.lines().filter(|line| !line.trim().is_empty());
        self.document.blocks.extend(lines.map(|line| Block::Paragraph(line.to_owned())));
    }

    fn end_table(&mut self) {
        if !self.rows.is_empty() {
            let table = Table { rows: std::mem::take(&mut self.rows), ..Table::default() };
            self.document.blocks.push(Block::Table(table));
        }
    }

    /// A cell that no header has announced is a paragraph that begins with a TAB, or the first of a row of names.
    fn loose(&mut self, cells: &[String]) -> usize {
        let width = gap(cells).filter(|width| *width > 1 && cells.len() >= 2 * width);
        if let Some(width) = width {
            self.rows.push(Row::new(cells.iter().take(width).cloned()));
            self.reads = Reads::Rows(width);
            return width;
        }
        cells.first().cloned().into_iter().for_each(|cell| self.paragraph(&cell));
        1
    }

    /// Text outside the tables; after the heading of a key or of acronyms, cells come in pairs.
    fn paragraph(&mut self, text: &str) {
        self.paragraphs(text);
        let last = text
            .lines()
            .rev()
            .find(|line| !line.trim().is_empty())
            .and_then(|line| headings::of(line, self.vocabulary));
        if matches!(last, Some(Heading::Key | Heading::Acronyms)) {
            self.reads = Reads::Pairs;
        }
    }

    fn pair(&mut self, cells: &[String]) -> usize {
        let line: Vec<&str> = cells.iter().take(2).map(|cell| cell.trim()).collect();
        match line.as_slice() {
            [word, meaning] if !word.contains('\n') => self.paragraph(&format!("{word}: {meaning}")),
            _ => cells.iter().take(2).for_each(|cell| self.paragraphs(cell)),
        }
        2
    }

    /// Reads the next row and the text after it; returns how many cells it used.
    fn row(&mut self, cells: &[String], width: usize) -> usize {
        let is_header = |at: &usize| {
            let rest = cells.get(*at..).unwrap_or(&[]);
            Header::begins(&Row::new(rest.first()), self.vocabulary) && header_width(rest, self.vocabulary).is_some()
        };
        let width = (1..width.min(cells.len())).find(is_header).unwrap_or(width.min(cells.len()));
        let is_end = cells.len() == width || is_header(&width);
        let mut row = Vec::new();
        for (place, cell) in cells.iter().take(width).enumerate() {
            let is_last = place + 1 == width;
            let cut = headings::inside(cell, self.vocabulary);
            let cut = cut.or_else(|| if is_last && is_end { after_gap(cell) } else { None });
            let (own, after) = cut.map_or((cell.as_str(), ""), |at| cell.split_at_checked(at).unwrap_or((cell, "")));
            row.push(own.to_owned());
            if !after.trim().is_empty() {
                self.push(row);
                self.end_table();
                self.paragraph(after);
                return place + 1;
            }
        }
        self.push(row);
        width
    }

    fn push(&mut self, row: Vec<String>) {
        if row.iter().any(|cell| !cell.trim().is_empty()) {
            self.rows.push(Row::new(row));
        }
    }
}

/// The text before the first cell, and the cells with all lines that follow each.
fn split(text: &str) -> (String, Vec<String>) {
    let (mut before, mut cells) = (String::new(), Vec::<String>::new());
    for line in text.split('\n') {
        let mut rest = line;
        while let Some(inside) = rest.strip_prefix('\t') {
            cells.push(String::new());
            rest = inside;
        }
        let current = cells.last_mut().unwrap_or(&mut before);
        current.push_str(rest);
        current.push('\n');
    }
    (before, cells)
}

/// How many of the next cells are a header: those up to the first empty line, or up to the last that is known.
fn header_width(cells: &[String], vocabulary: &Vocabulary) -> Option<usize> {
    let first = cells.first().filter(|cell| is_short(cell) && !is_loose(cell, vocabulary))?;
    let short = cells.iter().take(WIDEST).take_while(|cell| is_short(cell)).count();
    if short < 2 || first.trim().is_empty() {
        return None;
    }
    let row = |width: usize| Row::new(cells.iter().take(width).map(|cell| cell.trim()));
    if let Some(width) = gap(cells).filter(|width| *width > 1 && Header::of(&row(*width), vocabulary).is_some()) {
        return Some(width);
    }
    let known = Header::known_prefix(&row(short), vocabulary);
    (known > 1 && Header::of(&row(known), vocabulary).is_some()).then_some(known)
}

/// How many short cells come before the first empty line.
fn gap(cells: &[String]) -> Option<usize> {
    let mut short = cells.iter().take(WIDEST).take_while(|cell| is_short(cell));
    short.position(|cell| cell.ends_with("\n\n")).map(|at| at + 1)
}

/// Text between tables that happens to follow a TAB: it ends with an empty line and names no column.
fn is_loose(cell: &str, vocabulary: &Vocabulary) -> bool {
    cell.ends_with("\n\n") && Header::known_prefix(&Row::new([cell.trim()]), vocabulary) == 0
}

/// A heading after a table whose last cell is blank: nothing in the cell's first lines, and then text.
fn is_separate(cell: &str) -> bool {
    cell.trim_start_matches([' ', '\u{a0}']).starts_with("\n\n") && !cell.trim().is_empty()
}

fn is_short(cell: &str) -> bool {
    let words = cell.trim();
    words.len() <= 90 && !words.contains("\n\n") && !is_separate(cell)
}

/// Where the text after the table begins: after two empty lines, or one if the cell itself is short.
fn after_gap(cell: &str) -> Option<usize> {
    let lead = cell.len() - cell.trim_start().len();
    let body = cell.get(lead..)?;
    let double = body.find("\n\n\n");
    let single = body.find("\n\n").filter(|at| *at <= 30);
    single.or(double).map(|at| lead + at)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "\tRecommendations\n\tActions\n\tLead\n\tRAG rating\n\n";

    /// How many cells the rows of each table have.
    fn widths(text: &str) -> Vec<Vec<usize>> {
        let blocks = read(text, &Vocabulary::built_in().unwrap()).blocks;
        let table = |block: &Block| match block {
            Block::Table(table) => Some(table.rows.iter().map(|row| row.cells.len()).collect()),
            Block::Paragraph(_) => None,
        };
        blocks.iter().filter_map(table).collect()
    }

    #[test]
    fn a_short_paragraph_before_a_table_is_not_one_of_its_columns() {
        let text =
            format!("In relation to Finding 1:\n\t\nNobody knew.\n\n{HEADER}\t1. Ask\n\tWrite it\n\tHR\n\tRed\n");
        assert_eq!(widths(&text), [[4, 4]]);
    }

    #[test]
    fn a_heading_after_a_blank_last_cell_begins_a_table_and_is_not_one_of_its_columns() {
        let first = format!("Plan\n{HEADER}\t1. Ask\n\tWrite it\n\tHR\n\t\n\n");
        let text = format!("{first}Recommendations across all findings\n{HEADER}\t2. Tell\n\tSay it\n\tHR\n\tGreen\n");
        assert_eq!(widths(&text), [[4, 4], [4, 4]]);
    }
}
