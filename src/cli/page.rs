//! Readable text on standard output: lines and tables cut to the terminal's width, every value sanitised.

use std::borrow::Cow;
use std::io::IsTerminal;

use crate::domain::rating::Hue;
use crate::term::Term;
use crate::text;

/// The width used when standard output is not a terminal.
const UNKNOWN_WIDTH: usize = 120;

/// What standard output can show.
#[derive(Clone, Copy, Debug)]
pub struct Paper {
    /// The width in columns.
    pub width: usize,
    pub colour: bool,
}

/// Output under construction. Its methods sanitise every value; only this file adds escape sequences.
#[derive(Debug)]
pub struct Page {
    paper: Paper,
    text: String,
}

/// The content of one table cell.
#[derive(Clone, Debug)]
pub struct Cell {
    text: String,
    hue: Option<Hue>,
}

/// How a table column claims its share of the width.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// As wide as its widest cell, up to this many columns of 120, and as many more as there are more.
    Fit(usize),
    /// Whatever the other columns leave.
    Rest,
}

impl Paper {
    /// Standard output as it is. `NO_COLOR` with any value, or a dumb terminal, means no colour.
    pub fn stdout() -> Paper {
        let stdout = std::io::stdout();
        let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
            || std::env::var_os("TERM").map_or(cfg!(unix), |term| term == "dumb");
        let asked = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
        let width = asked.or_else(terminal_width).unwrap_or(UNKNOWN_WIDTH);
        Paper { width: width.clamp(40, 400), colour: stdout.is_terminal() && !plain && Term::obeys_codes() }
    }
}

#[cfg(unix)]
fn terminal_width() -> Option<usize> {
    let size = rustix::termios::tcgetwinsize(std::io::stdout()).ok()?;
    (size.ws_col > 0).then_some(usize::from(size.ws_col))
}

#[cfg(windows)]
fn terminal_width() -> Option<usize> {
    let (columns, _) = std::io::stdout().is_terminal().then(Term::size)?.ok()?;
    (columns > 0).then_some(usize::from(columns))
}

impl Cell {
    pub fn new(text: impl Into<String>) -> Cell {
        Cell { text: text.into(), hue: None }
    }

    pub fn coloured(text: impl Into<String>, hue: Hue) -> Cell {
        Cell { text: text.into(), hue: Some(hue) }
    }
}

impl Page {
    pub fn new(paper: Paper) -> Page {
        Page { paper, text: String::new() }
    }

    pub fn finish(self) -> String {
        self.text
    }

    /// One line of any length.
    pub fn line(&mut self, line: &str) {
        self.text.push_str(&one_line(line));
        self.text.push('\n');
    }

    pub fn blank(&mut self) {
        self.text.push('\n');
    }

    /// Text of any length, wrapped and indented.
    pub fn paragraph(&mut self, indent: usize, paragraph: &str) {
        for line in text::wrap(&text::harmless(paragraph), self.paper.width.saturating_sub(indent).max(20)) {
            self.text.push_str(&" ".repeat(indent));
            self.text.push_str(line.trim_end());
            self.text.push('\n');
        }
    }

    /// A label and its value, wrapped with the continuation aligned.
    pub fn labelled(&mut self, label: &str, value: &str) {
        const LABEL: usize = 16;
        let mut block = Page::new(self.paper);
        block.paragraph(LABEL, value);
        let block = block.finish();
        let label = text::truncate(&one_line(label), LABEL - 1);
        self.text.push_str(&label);
        self.text.push_str(&" ".repeat(LABEL.saturating_sub(text::width(&label))));
        self.text.push_str(block.get(LABEL..).unwrap_or("\n"));
    }

    /// A table without borders. Cells are cut, never wrapped: one line per row.
    pub fn table(&mut self, columns: &[Column], rows: &[Vec<Cell>]) {
        let widths = self.widths(columns, rows);
        for row in rows {
            let mut line = String::new();
            for (cell, width) in row.iter().zip(&widths) {
                let shown = text::truncate(&flat(&cell.text), *width);
                let padding = width.saturating_sub(text::width(&shown)) + 2;
                self.paint(&mut line, &shown, cell.hue);
                line.push_str(&" ".repeat(padding));
            }
            self.text.push_str(line.trim_end());
            self.text.push('\n');
        }
    }

    fn widths(&self, columns: &[Column], rows: &[Vec<Cell>]) -> Vec<usize> {
        let widest = |at: usize| {
            let cells = rows.iter().filter_map(|row| row.get(at));
            cells.map(|cell| text::width(&flat(&cell.text))).max().unwrap_or(0)
        };
        let fit: Vec<usize> = (columns.iter().enumerate())
            .map(|(at, column)| match column {
                Column::Fit(most) => widest(at).min(most * self.paper.width.max(UNKNOWN_WIDTH) / UNKNOWN_WIDTH),
                Column::Rest => 0,
            })
            .collect();
        let taken: usize = fit.iter().sum::<usize>() + 2 * columns.len().saturating_sub(1);
        let rest = self.paper.width.saturating_sub(taken).max(12);
        let width = |(at, column): (usize, &Column)| match column {
            Column::Fit(_) => fit.get(at).copied().unwrap_or(0),
            Column::Rest => rest.min(widest(at)),
        };
        columns.iter().enumerate().map(width).collect()
    }

    fn paint(&self, line: &mut String, text: &str, hue: Option<Hue>) {
        let code = match hue {
            Some(Hue::Red) => "91",
            Some(Hue::Amber) => "93",
            Some(Hue::Green) => "92",
            Some(Hue::Blue) => "96",
            Some(Hue::Grey) | None => "",
        };
        if self.paper.colour && !code.is_empty() {
            line.extend(["\u{1b}[", code, "m", text, "\u{1b}[0m"]);
        } else {
            line.push_str(text);
        }
    }
}

/// A value as one sanitised line: line breaks become spaces.
pub fn one_line(value: &str) -> String {
    flat(value).into_owned()
}

/// The same, borrowed where there is nothing to change, which is nearly always.
fn flat(value: &str) -> Cow<'_, str> {
    match text::harmless(value) {
        Cow::Borrowed(line) if !line.contains('\n') => Cow::Borrowed(line.trim_end()),
        lines => Cow::Owned(lines.lines().map(str::trim_end).collect::<Vec<_>>().join(" ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(width: usize, colour: bool) -> Page {
        Page::new(Paper { width, colour })
    }

    #[test]
    fn a_table_fits_its_width_and_cuts_only_the_rest() {
        let mut page = page(40, false);
        let row = |a: &str, b: &str| vec![Cell::new(a), Cell::new(b), Cell::new("Green")];
        let rows = [row("7.1", &"word ".repeat(40)), row("10.12", "short")];
        page.table(&[Column::Fit(10), Column::Rest, Column::Fit(10)], &rows);
        let lines: Vec<String> = page.finish().lines().map(Into::into).collect();
        assert!(lines.iter().all(|line| text::width(line) <= 40), "{lines:?}");
        assert!(lines[0].contains('…') && lines[0].ends_with("Green"), "{lines:?}");
        assert!(lines[1].starts_with("10.12  short"), "{lines:?}");
    }

    #[test]
    fn a_wide_window_gives_room_to_every_column() {
        let shown = |width: usize| {
            let mut page = page(width, false);
            let row = vec![Cell::new("word ".repeat(80)), Cell::new("Head of Adult Safeguarding")];
            page.table(&[Column::Rest, Column::Fit(16)], &[row]);
            page.finish()
        };
        assert!(shown(120).trim_end().ends_with("  Head of Adult S…"), "{}", shown(120));
        assert!(shown(200).trim_end().ends_with("  Head of Adult Safeguarding"), "{}", shown(200));
        assert!(text::width(shown(200).trim_end()) <= 200);
    }

    #[test]
    fn nothing_in_a_value_reaches_the_terminal_raw() {
        let mut page = page(80, false);
        page.line("a\u{1b}[2Jb\u{202e}c\nd");
        page.paragraph(2, "x\u{9b}31m\ny");
        page.table(&[Column::Rest], &[vec![Cell::new("z\u{7}\u{200b}")]]);
        let text = page.finish();
        assert!(text.chars().all(|c| c == '\n' || !(c.is_control() || "\u{202e}\u{200b}".contains(c))), "{text:?}");
        assert_eq!(text.lines().count(), 4);
    }

    #[test]
    fn colour_is_added_only_where_it_can_be_shown() {
        let rows = [vec![Cell::coloured("R Red", Hue::Red)]];
        let (mut plain, mut colour) = (page(80, false), page(80, true));
        plain.table(&[Column::Rest], &rows);
        colour.table(&[Column::Rest], &rows);
        assert_eq!(plain.finish(), "R Red\n");
        assert!(colour.finish().contains("\u{1b}[91mR Red\u{1b}[0m"));
    }
}
