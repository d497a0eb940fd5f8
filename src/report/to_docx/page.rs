//! How a document lies on its pages: upright or across, how wide each column is, and which rows stay in one piece.

use super::super::document::{Block, Cell, Document, Merge, Table};

/// A4, in twentieths of a point.
const SHORT: usize = 11_906;
const LONG: usize = 16_838;
/// Left and right of the text.
const MARGIN: usize = 850;
/// Both sides of a cell together.
const PADDING: usize = 216;
/// What a letter of a table takes on average, and at most nearly always.
const LETTER: usize = 90;
const WIDE_LETTER: usize = 106;
/// More columns than this do not fit an upright page.
const UPRIGHT: usize = 5;
/// A row of more lines may go on over the page: kept in one piece it would leave half a page blank.
const LINES: usize = 16;
/// A longer word is broken before its column is made to hold it.
const WORD: usize = 16;

/// Which way the paper lies.
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

/// The widths of the columns: as they share the page, but none narrower than its longest word, for which the widest give.
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
                // A little at a time, so that all that are wide give.
                let by = over.min(room).min(100);
                widths.iter_mut().skip(at).take(1).for_each(|width| *width -= by);
            }
            Some(_) | None => return widths,
        }
    }
}

/// What the longest word of a column needs.
fn least(table: &Table, at: usize) -> usize {
    let cells = table.rows.iter().filter_map(|row| row.get(at)).map(|cell| cell.text.as_str());
    let titles = table.columns.get(at).map(|column| column.title.as_str());
    let words = cells.chain(titles).flat_map(|text| text.split([' ', '\n', '/', '-', '\u{a0}']));
    let longest = words.map(|word| word.chars().count()).filter(|letters| *letters <= WORD).max().unwrap_or(1);
    longest * WIDE_LETTER + PADDING
}

/// Whether a row is so low that it stays in one piece.
pub fn is_low(row: &[Cell], widths: &[usize]) -> bool {
    let lines = |(cell, width): (&Cell, &usize)| {
        let letters = (width.saturating_sub(PADDING) / LETTER).max(1);
        cell.text.lines().map(|line| line.chars().count().div_ceil(letters).max(1)).sum::<usize>()
    };
    // A merged cell has room in all the rows it stands beside.
    row.iter().zip(widths).filter(|(cell, _)| cell.merge == Merge::Alone).map(lines).max().unwrap_or(0) <= LINES
}
