//! A report laid out in lines of a given width: what the screen shows, and what the plain text file holds.

use super::document::{Block, Cell, Document, Merge, Run, Table, Weight};
use crate::domain::date_words;
use crate::domain::rating::Hue;
use crate::text;

/// A line of a report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    pub pieces: Vec<Piece>,
}

/// Words in one tone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    pub text: String,
    pub tone: Tone,
}

/// What words are, from which a screen takes their colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    Plain,
    Strong,
    Dim,
    Title,
    /// 1 is the highest.
    Heading(u8),
    Rating(Hue),
}

/// What a column must have for wrapped words to be read in it.
const ROOM: usize = 14;

/// Blanks between two columns.
const GAP: usize = 2;

/// The whole report in lines of at most `cols` columns.
pub fn of(document: &Document, cols: usize) -> Vec<Line> {
    let mut lines = Lines { cols: cols.max(20), lines: Vec::new() };
    lines.wrapped(&document.title, Tone::Title, 0);
    lines.wrapped(&date_words::day(document.day), Tone::Dim, 0);
    for block in &document.blocks {
        lines.gap();
        lines.block(block);
    }
    lines.lines
}

impl Line {
    /// Its words without their tones.
    pub fn text(&self) -> String {
        self.pieces.iter().map(|piece| piece.text.as_str()).collect()
    }

    /// Whether it begins a part of the report.
    pub fn is_heading(&self) -> bool {
        self.pieces.first().is_some_and(|piece| matches!(piece.tone, Tone::Title | Tone::Heading(_)))
    }

    fn one(text: impl Into<String>, tone: Tone) -> Line {
        Line { pieces: vec![Piece { text: text.into(), tone }] }
    }
}

struct Lines {
    cols: usize,
    lines: Vec<Line>,
}

impl Lines {
    fn gap(&mut self) {
        self.lines.push(Line::default());
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading(heading) => self.wrapped(&one(&heading.text), Tone::Heading(heading.level), 0),
            Block::Paragraph(runs) => self.runs(runs, ""),
            Block::List(points) => points.iter().for_each(|point| self.runs(point, "• ")),
            Block::Table(table) => self.table(table),
            Block::PageBreak => self.lines.push(Line::one("\u{2014}".repeat(self.cols / 2), Tone::Dim)),
        }
    }

    fn wrapped(&mut self, words: &str, tone: Tone, indent: usize) {
        let lines = text::wrap(&text::harmless(words), self.cols - indent);
        self.lines.extend(lines.iter().map(|line| Line::one(" ".repeat(indent) + line, tone)));
    }

    /// A paragraph. Only a name that begins it ("Chair: ") is told apart from the rest.
    fn runs(&mut self, runs: &[Run], mark: &str) {
        let words: String = runs.iter().map(|run| run.text.as_str()).collect();
        let indent = text::width(mark);
        let from = self.lines.len();
        self.wrapped(&words, Tone::Plain, indent);
        let Some(Line { pieces }) = self.lines.get_mut(from) else { return };
        if let Some(piece) = pieces.first_mut() {
            piece.text = format!("{mark}{}", piece.text.trim_start());
        }
        if let Some(label) = runs.first().filter(|run| run.weight == Weight::Bold) {
            embolden(pieces, mark.len() + label.text.len());
        }
    }

    fn table(&mut self, table: &Table) {
        match widths(table, self.cols) {
            Some(widths) => self.grid(table, &widths),
            None => self.records(table),
        }
    }

    fn grid(&mut self, table: &Table, widths: &[usize]) {
        let titles: Vec<Cell> = table.columns.iter().map(|column| Cell::new(&column.title)).collect();
        self.row(&titles, widths, Tone::Strong);
        for row in &table.rows {
            self.row(row, widths, Tone::Plain);
        }
    }

    /// A row, as many lines high as its highest cell.
    fn row(&mut self, cells: &[Cell], widths: &[usize], tone: Tone) {
        let wrapped: Vec<Vec<String>> =
            cells.iter().zip(widths).map(|(cell, width)| text::wrap(&spoken(cell), *width)).collect();
        for at in 0..wrapped.iter().map(Vec::len).max().unwrap_or(0) {
            let pieces = wrapped.iter().zip(widths).zip(cells).map(|((lines, width), cell)| Piece {
                text: padded(lines.get(at).map_or("", String::as_str), width + GAP),
                tone: cell.hue.map_or(tone, Tone::Rating),
            });
            self.lines.push(Line { pieces: pieces.collect() });
        }
    }

    /// Each row as lines with its column's name before them.
    fn records(&mut self, table: &Table) {
        for (at, row) in table.rows.iter().enumerate() {
            if at > 0 {
                self.gap();
            }
            for (column, cell) in table.columns.iter().zip(row) {
                self.record(&column.title, cell);
            }
        }
    }

    fn record(&mut self, title: &str, cell: &Cell) {
        if cell.text.is_empty() || cell.merge == Merge::GoesOn {
            return;
        }
        let label = (self.cols / 4).min(24);
        let from = self.lines.len();
        self.wrapped(&cell.text, cell.hue.map_or(Tone::Plain, Tone::Rating), label);
        let Some(Line { pieces }) = self.lines.get_mut(from) else { return };
        if let Some(piece) = pieces.first_mut() {
            piece.text = piece.text.trim_start().to_owned();
        }
        pieces.insert(0, Piece { text: padded(&text::truncate(&one(title), label - 2), label), tone: Tone::Dim });
    }
}

/// Parts the first so many bytes of a line off as strong.
fn embolden(pieces: &mut Vec<Piece>, bytes: usize) {
    let Some(piece) = pieces.first_mut() else { return };
    let Some((label, rest)) = piece.text.split_at_checked(bytes) else {
        piece.tone = Tone::Strong;
        return;
    };
    *pieces =
        vec![Piece { text: label.to_owned(), tone: Tone::Strong }, Piece { text: rest.to_owned(), tone: Tone::Plain }];
}

/// The widths of the columns: as they need, the widest giving way to the others; none where they would be too narrow to
/// be read in.
fn widths(table: &Table, cols: usize) -> Option<Vec<usize>> {
    let needed = |at: usize, title: &str| {
        let cells = table.rows.iter().filter_map(|row| row.get(at)).map(|cell| longest(&cell.text));
        cells.chain([text::width(&one(title))]).max().unwrap_or(0)
    };
    let mut widths: Vec<usize> =
        table.columns.iter().enumerate().map(|(at, column)| needed(at, &column.title)).collect();
    let room = cols.checked_sub(GAP * widths.len().saturating_sub(1))?;
    while widths.iter().sum::<usize>() > room {
        let widest = widths.iter_mut().max().filter(|widest| **widest > ROOM)?;
        *widest -= 1;
    }
    Some(widths)
}

fn longest(words: &str) -> usize {
    words.lines().map(|line| text::width(&one(line))).max().unwrap_or(0)
}

/// What a cell says in a grid, line by line.
fn spoken(cell: &Cell) -> String {
    if cell.merge == Merge::GoesOn {
        return String::new();
    }
    cell.text.lines().map(one).collect::<Vec<_>>().join("\n")
}

fn padded(words: &str, width: usize) -> String {
    format!("{words}{}", " ".repeat(width.saturating_sub(text::width(words))))
}

fn one(words: &str) -> String {
    text::harmless(words).split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;

    fn shown(document: &Document, cols: usize) -> Vec<String> {
        of(document, cols).iter().map(|line| line.text().trim_end().to_owned()).collect()
    }

    fn document() -> Document {
        let mut document = Document::new("Minutes", NaiveDate::from_ymd_opt(2026, 11, 21).unwrap());
        document.labelled("Chair", "Head of Practice");
        let mut table = Table::new("Decisions", [("Ref", 8), ("Decision", 60)]);
        table.rows.push(vec![Cell::new("7.1"), Cell::new("The model is looked at again after a quarter")]);
        document.table(table);
        document
    }

    #[test]
    fn a_table_is_a_grid_where_it_fits_and_rows_of_facts_where_not() {
        assert_eq!(
            shown(&document(), 40)[4..],
            ["", "Ref  Decision", "7.1  The model is looked at again after", "     a quarter"]
        );
        let mut wide = document();
        wide.blocks.truncate(1);
        let mut table = Table::new("Wide", [("One", 1), ("Two", 1), ("Three", 1)]);
        table.rows.push(["first of the cells", "second of the cells", "third"].map(Cell::new).into());
        wide.table(table);
        let facts = shown(&wide, 40);
        assert!(facts.contains(&"One       first of the cells".to_owned()), "{facts:?}");
    }

    #[test]
    fn no_line_is_wider_than_asked_for() {
        for cols in 20..120 {
            assert!(of(&document(), cols).iter().all(|line| text::width(line.text().trim_end()) <= cols), "{cols}");
        }
    }

    #[test]
    fn a_name_that_begins_a_paragraph_is_strong() {
        let lines = of(&document(), 40);
        assert_eq!(lines[3].pieces[0], Piece { text: "Chair: ".into(), tone: Tone::Strong });
    }
}
