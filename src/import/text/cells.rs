//! Text with a cell a line and a TAB in front of each cell, as copying a Word table leaves it.

use super::super::columns::Header;
use super::super::headings;
use super::super::table::{Block, Document, Row, Rows, Table};
use super::super::vocabulary::Vocabulary;

/// More columns than any plan has; a header is not looked for further on.
const WIDEST: usize = 16;

/// Cells are counted into rows by the width of the header above them.
pub fn read(text: &str, vocabulary: &Vocabulary) -> Document {
    let (before, cells) = split(text);
    let mut reader = Reader { vocabulary, document: Document::default(), rows: Vec::new() };
    reader.paragraphs(&before);
    let mut at = 0;
    let mut width = None;
    while at < cells.len() {
        let rest = cells.get(at..).unwrap_or(&[]);
        if let Some(found) = header_width(rest, vocabulary) {
            reader.end_table();
            reader.rows.push(Row::new(rest.iter().take(found).cloned()));
            width = Some(found);
            at += found;
            continue;
        }
        at += match width {
            Some(width) => reader.row(rest, width),
            None => reader.loose(rest),
        };
    }
    reader.end_table();
    reader.document
}

struct Reader<'a> {
    vocabulary: &'a Vocabulary,
    document: Document,
    rows: Vec<Row>,
}

impl Reader<'_> {
    fn paragraphs(&mut self, text: &str) {
        let lines = text.lines().filter(|line| !line.trim().is_empty());
        self.document.blocks.extend(lines.map(|line| Block::Paragraph(line.to_owned())));
    }

    fn end_table(&mut self) {
        if !self.rows.is_empty() {
            let table = Table { rows: std::mem::take(&mut self.rows), cut: Rows::Whole };
            self.document.blocks.push(Block::Table(table));
        }
    }

    /// A cell that no header has announced is a paragraph that begins with a TAB.
    fn loose(&mut self, cells: &[String]) -> usize {
        cells.first().cloned().into_iter().for_each(|cell| self.paragraphs(&cell));
        1
    }

    /// Takes the next row and the text after it; returns how many cells it took.
    fn row(&mut self, cells: &[String], width: usize) -> usize {
        let is_header = |at: &usize| header_width(cells.get(*at..).unwrap_or(&[]), self.vocabulary).is_some();
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
                self.paragraphs(after);
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
    let first = cells.first().filter(|cell| is_short(cell))?;
    let short = cells.iter().take(WIDEST).take_while(|cell| is_short(cell)).count();
    if short < 2 || first.trim().is_empty() {
        return None;
    }
    let row = |width: usize| Row::new(cells.iter().take(width).map(|cell| cell.trim()));
    let to_gap = cells.iter().take(short).position(|cell| cell.ends_with("\n\n")).map(|at| at + 1);
    if let Some(width) = to_gap.filter(|width| *width > 1 && Header::of(&row(*width), vocabulary).is_some()) {
        return Some(width);
    }
    let known = Header::known_prefix(&row(short), vocabulary);
    (known > 1 && Header::of(&row(known), vocabulary).is_some()).then_some(known)
}

fn is_short(cell: &str) -> bool {
    let words = cell.trim();
    words.len() <= 90 && !words.contains("\n\n")
}

/// Where the text after the table begins: behind two empty lines, or one where the cell itself is short.
fn after_gap(cell: &str) -> Option<usize> {
    let lead = cell.len() - cell.trim_start().len();
    let body = cell.get(lead..)?;
    let double = body.find("\n\n\n");
    let single = body.find("\n\n").filter(|at| *at <= 30);
    single.or(double).map(|at| lead + at)
}
