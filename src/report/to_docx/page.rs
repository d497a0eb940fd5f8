//! Page layout: portrait or landscape, column widths, and which rows must not be split across pages.

use super::super::document::{Block, Cell, Document, Merge, Table};

/// A4, in twentieths of a point.
const SHORT: usize = 11_906;
const LONG: usize = 16_838;
/// The left and right margins.
const MARGIN: usize = 850;
/// A cell's padding, both sides together.
const PADDING: usize = 216;
/// The average width of a letter in a table, and nearly the greatest.
const LETTER: usize = 90;
const WIDE_LETTER: usize = 106;
/// More columns than this do not fit a portrait page.
const UPRIGHT: usize = 5;
/// A row with more lines may be split across pages: kept together it could leave half a page blank.
const LINES: usize = 16;
/// A longer word is broken rather than widening its column.
const WORD: usize = 16;

/// A line this short is not broken.
const SHORT_LINE: usize = 10;

/// The page orientation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    Upright,
    Across,
}

impl Page {
    pub fn of(document: &Document) -> Page {
        let is_wide = |block: &Block| matches!(block, Block::Table(table) if table.columns.len() > UPRIGHT);
        if document.blocks.iter().any(is_wide) { Page::Across } else { Page::Upright }
    }

    /// The width between the margins.
    pub fn width(self) -> usize {
        self.size().0 - 2 * MARGIN
    }

    fn size(self) -> (usize, usize) {
        match self {
            Page::Upright => (SHORT, LONG),
            Page::Across => (LONG, SHORT),
        }
    }

    /// The properties of the section, with the header and footer of every page.
    pub fn section(self) -> String {
        let (width, height) = self.size();
        let orient = match self {
            Page::Upright => "",
            Page::Across => " w:orient=\"landscape\"",
        };
        format!(
            "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"rId4\"/>\
<w:footerReference w:type=\"default\" r:id=\"rId5\"/><w:pgSz w:w=\"{width}\" w:h=\"{height}\"{orient}/>\
<w:pgMar w:top=\"1134\" w:right=\"{MARGIN}\" w:bottom=\"1134\" w:left=\"{MARGIN}\" w:header=\"567\" w:footer=\"567\" \
w:gutter=\"0\"/></w:sectPr>"
        )
    }
}

/// The column widths: proportional, but none narrower than its longest word, at the expense of the widest.
pub fn widths(table: &Table, whole: usize) -> Vec<usize> {
    let least: Vec<usize> = (0..table.columns.len()).map(|at| least(table, at)).collect();
    let mut widths: Vec<usize> =
        table.widths(whole).into_iter().zip(&least).map(|(own, least)| own.max(*least)).collect();
    loop {
        let over = widths.iter().sum::<usize>().saturating_sub(whole);
        let room = |(width, least): (&usize, &usize)| width.saturating_sub(*least);
        let rooms: Vec<usize> = widths.iter().zip(&least).map(room).collect();
        let widest = rooms.iter().copied().enumerate().max_by_key(|(_, room)| *room).filter(|(_, room)| *room > 0);
        match widest {
            Some((at, room)) if over > 0 => {
                // A little at a time, so that all wide columns contribute.
                let by = over.min(room).min(100);
                widths.iter_mut().skip(at).take(1).for_each(|width| *width -= by);
            }
            Some(_) | None => return widths,
        }
    }
}

/// The width of a column's longest word.
fn least(table: &Table, at: usize) -> usize {
    let cells = table.rows.iter().filter_map(|row| row.get(at)).map(|cell| cell.text.as_str());
    let titles = table.columns.get(at).map(|column| column.title.as_str());
    let words = cells.chain(titles).flat_map(str::lines).flat_map(|line| {
        // "Oct 2021" and "A Amber" stay on one line.
        let is_short = line.chars().count() <= SHORT_LINE;
        line.split(move |c| !is_short && [' ', '/', '-', '\u{a0}'].contains(&c))
    });
    let longest = words.map(|word| word.chars().count()).filter(|letters| *letters <= WORD).max().unwrap_or(1);
    longest * WIDE_LETTER + PADDING
}

/// Whether a row is short enough to be kept on one page.
pub fn is_low(row: &[Cell], widths: &[usize]) -> bool {
    let lines = |(cell, width): (&Cell, &usize)| {
        let letters = (width.saturating_sub(PADDING) / LETTER).max(1);
        cell.text.lines().map(|line| line.chars().count().div_ceil(letters).max(1)).sum::<usize>()
    };
    // A merged cell has the height of all the rows it spans.
    row.iter().zip(widths).filter(|(cell, _)| cell.merge == Merge::Alone).map(lines).max().unwrap_or(0) <= LINES
}
