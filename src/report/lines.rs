//! A report laid out in lines of a given width, for the screen and the plain text file.

use super::chart;
use super::document::{Block, Cell, Document, Merge, Run, Table, Weight};
use crate::domain::date_words;
use crate::domain::rating::Hue;
use crate::text;

/// A line of a report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    pub pieces: Vec<Piece>,
}

/// Text in one tone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    pub text: String,
    pub tone: Tone,
}

/// The role of a piece of text, which decides its colour on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    Plain,
    Strong,
    Dim,
    Title,
    /// 1 is the highest level.
    Heading(u8),
    Rating(Hue),
}

/// The least width in which wrapped text is readable.
const ROOM: usize = 14;

/// The least width of the fullest column; below it the table is set out row by row instead.
const READABLE: usize = 24;

/// The gap between two columns.
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
    /// Its text without tones.
    pub fn text(&self) -> String {
        self.pieces.iter().map(|piece| piece.text.as_str()).collect()
    }

    /// Whether it begins a section of the report.
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
            Block::Chart(chart) => self.lines.extend(chart::lines(chart, self.cols)),
            Block::PageBreak => self.lines.push(Line::one("\u{2014}".repeat(self.cols / 2), Tone::Dim)),
        }
    }

    fn wrapped(&mut self, words: &str, tone: Tone, indent: usize) {
        let lines = text::wrap(&text::harmless(words), self.cols - indent);
        self.lines.extend(lines.iter().map(|line| Line::one(" ".repeat(indent) + line, tone)));
    }

    /// A paragraph. Only a label at its beginning ("Chair: ") is emphasised.
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
        let ruled = widths.iter().sum::<usize>() + GAP * widths.len().saturating_sub(1);
        self.lines.push(Line::one("─".repeat(ruled), Tone::Dim));
        // Rows of several lines need a blank line between them to be distinguishable.
        let is_airy = table.rows.iter().any(|row| height(row, widths) > 1);
        for (at, row) in table.rows.iter().enumerate() {
            if is_airy && at > 0 {
                self.gap();
            }
            self.row(row, widths, Tone::Plain);
        }
    }

    /// A row, as high as its highest cell.
    fn row(&mut self, cells: &[Cell], widths: &[usize], tone: Tone) {
        let wrapped: Vec<Vec<String>> = wrapped(cells, widths).collect();
        for at in 0..wrapped.iter().map(Vec::len).max().unwrap_or(0) {
            let pieces = wrapped.iter().zip(widths).zip(cells).enumerate().map(|(column, ((lines, width), cell))| {
                let words = lines.get(at).map_or("", String::as_str);
                let is_last = column + 1 == widths.len();
                Piece {
                    text: if is_last { words.to_owned() } else { padded(words, width + GAP) },
                    tone: cell.hue.map_or(tone, Tone::Rating),
                }
            });
            self.lines.push(Line { pieces: pieces.collect() });
        }
    }

    /// Each row as labelled lines, one label per column.
    fn records(&mut self, table: &Table) {
        let longest = table.columns.iter().map(|column| text::width(&one(&column.title))).max().unwrap_or(0);
        let label = (longest + GAP).min(self.cols / 3);
        for (at, row) in table.rows.iter().enumerate() {
            if at > 0 {
                self.gap();
            }
            for (column, cell) in table.columns.iter().zip(row) {
                self.record(&column.title, cell, label);
            }
        }
    }

    fn record(&mut self, title: &str, cell: &Cell, label: usize) {
        if cell.text.is_empty() || cell.merge == Merge::GoesOn {
            return;
        }
        let from = self.lines.len();
        self.wrapped(&cell.text, cell.hue.map_or(Tone::Plain, Tone::Rating), label);
        let Some(Line { pieces }) = self.lines.get_mut(from) else { return };
        if let Some(piece) = pieces.first_mut() {
            piece.text = piece.text.trim_start().to_owned();
        }
        pieces.insert(
            0,
            Piece { text: padded(&text::truncate(&one(title), label.saturating_sub(GAP)), label), tone: Tone::Dim },
        );
    }
}

/// Each cell of a row, wrapped to its column's width.
fn wrapped<'a>(cells: &'a [Cell], widths: &'a [usize]) -> impl Iterator<Item = Vec<String>> + 'a {
    cells.iter().zip(widths).map(|(cell, width)| text::wrap(&spoken(cell), *width))
}

fn height(cells: &[Cell], widths: &[usize]) -> usize {
    wrapped(cells, widths).map(|lines| lines.len()).max().unwrap_or(0)
}

/// Emphasises the first bytes of a line.
fn embolden(pieces: &mut Vec<Piece>, bytes: usize) {
    let Some(piece) = pieces.first_mut() else { return };
    let Some((label, rest)) = piece.text.split_at_checked(bytes) else {
        piece.tone = Tone::Strong;
        return;
    };
    *pieces =
        vec![Piece { text: label.to_owned(), tone: Tone::Strong }, Piece { text: rest.to_owned(), tone: Tone::Plain }];
}

/// The column widths: their natural widths if all fit; otherwise narrow columns keep theirs and the others share the
/// rest by length of content. None if one would be too narrow to read.
fn widths(table: &Table, cols: usize) -> Option<Vec<usize>> {
    let needs: Vec<Need> = (0..table.columns.len()).map(|at| Need::of(table, at)).collect();
    let room = cols.checked_sub(GAP * needs.len().saturating_sub(1))?;
    if needs.iter().map(|need| need.whole).sum::<usize>() <= room {
        return Some(needs.iter().map(|need| need.whole).collect());
    }
    let narrow: usize = needs.iter().filter(|need| need.is_narrow()).map(|need| need.whole).sum();
    let wide = needs.iter().filter(|need| !need.is_narrow()).count();
    let weights = needs.iter().map(Need::weight).sum::<usize>().max(1);
    let left = room.checked_sub(narrow + wide * ROOM)?;
    let width = |need: &Need| if need.is_narrow() { need.whole } else { ROOM + left * need.weight() / weights };
    let widths: Vec<usize> = needs.iter().map(width).collect();
    widths.iter().any(|width| *width >= READABLE).then_some(widths)
}

/// The space a column needs.
struct Need {
    /// The width of its longest cell on one line.
    whole: usize,
    /// The total length of its cells.
    letters: usize,
}

impl Need {
    fn of(table: &Table, at: usize) -> Need {
        let title = table.columns.get(at).map_or(0, |column| text::width(&one(&column.title)));
        let cells = || table.rows.iter().filter_map(|row| row.get(at));
        let content = cells().map(|cell| longest(&cell.text)).max().unwrap_or(0);
        // A long title above short cells is wrapped, as in the boards' own tables.
        let whole = content.max(if content < ROOM { title.min(ROOM) } else { title });
        Need { whole, letters: cells().map(|cell| cell.text.len()).sum() }
    }

    fn is_narrow(&self) -> bool {
        self.whole <= ROOM + 2
    }

    /// The square root stops one long column from starving the others.
    fn weight(&self) -> usize {
        if self.is_narrow() { 0 } else { self.letters.isqrt().max(1) }
    }
}

fn longest(words: &str) -> usize {
    words.lines().map(|line| text::width(&one(line))).max().unwrap_or(0)
}

/// A cell's text in the grid, line by line.
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
            ["", "Ref  Decision", &"─".repeat(40), "7.1  The model is looked at again after", "     a quarter"]
        );
        let mut wide = document();
        wide.blocks.truncate(1);
        let mut table = Table::new("Wide", [("One", 1), ("Two", 1), ("Three", 1)]);
        table.rows.push(["first of the cells", "second of the cells", "third"].map(Cell::new).into());
        wide.table(table);
        let facts = shown(&wide, 40);
        assert!(facts.contains(&"One    first of the cells".to_owned()), "{facts:?}");
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
