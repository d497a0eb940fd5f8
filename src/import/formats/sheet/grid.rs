//! One sheet with its cells in place, and the table that a reader needs: merged cells marked, hidden ones reported.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use super::trouble;
use crate::import::formats::preamble;
use crate::import::limits;
use crate::import::table::{Block, Cell, Document, Row};
use crate::problem::Problem;

/// Bytes of the text of a sheet: one long text can be shown in every cell.
const WORDS: usize = 32 << 20;

/// Row and column, counted from 0.
pub type Address = (u32, u32);

/// A rectangle of cells, both corners included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Area {
    pub first: Address,
    pub last: Address,
}

/// A sheet of a workbook.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    pub name: String,
    pub visibility: Visibility,
    /// Only cells with text or a shade.
    pub cells: BTreeMap<Address, Cell>,
    pub merges: Vec<Area>,
    pub layout: Layout,
    /// Bytes of all its text.
    pub size: usize,
}

/// What a sheet says about itself besides its cells.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    pub hidden_rows: Vec<RangeInclusive<u32>>,
    pub hidden_columns: Vec<RangeInclusive<u32>>,
    /// Comments pinned to cells.
    pub comments: Vec<(String, String)>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Visibility {
    #[default]
    Shown,
    Hidden,
}

impl Sheet {
    /// Puts text and a shade into a cell; blank cells without a shade leave no trace.
    pub fn put(&mut self, place: Address, text: &str, shade: Option<&str>) -> Result<(), Problem> {
        let text = lines(text);
        if text.trim().is_empty() && shade.is_none() {
            return Ok(());
        }
        self.size += text.len();
        if self.size > WORDS {
            return Err(trouble::too_large("one of its sheets holds more than 32 MB of text"));
        }
        self.cells.insert(place, Cell { text, shade: shade.map(str::to_owned), ..Cell::default() });
        Ok(())
    }

    /// Row and column after the last text.
    fn extent(&self) -> Address {
        let filled = self.cells.iter().filter(|(_, cell)| !cell.is_blank()).map(|(place, _)| *place);
        filled.fold((0, 0), |end, place| (end.0.max(place.0 + 1), end.1.max(place.1 + 1)))
    }

    /// The rows from the sheet's first to its last with text, so that a row's number is the one that the sheet shows.
    fn rows(&self) -> Result<Vec<Row>, Problem> {
        let (height, width) = self.extent();
        let mut rows: Vec<Row> = Vec::new();
        // A blank row takes room too, so it counts as one cell.
        limits::cells(height as usize)?;
        rows.resize_with(height as usize, Row::default);
        let mut count = height as usize;
        for (place, cell) in self.cells.iter().filter(|(place, _)| place.0 < height && place.1 < width) {
            let Some(cells) = rows.get_mut(place.0 as usize).map(|row| &mut row.cells) else { continue };
            count += place.1 as usize + 1 - cells.len();
            limits::cells(count)?;
            cells.resize_with(place.1 as usize, Cell::default);
            cells.push(cell.clone());
        }
        self.mark_merged(&mut rows, width);
        Ok(rows)
    }

    /// Marks the lower parts of cells that are merged downwards.
    fn mark_merged(&self, rows: &mut [Row], width: u32) {
        let mut left = limits::CELLS;
        for area in &self.merges {
            let columns = area.first.1..(area.last.1.saturating_add(1)).min(width);
            for row in rows.iter_mut().take(area.last.0 as usize + 1).skip(area.first.0 as usize + 1) {
                for column in columns.clone().map(|column| column as usize) {
                    if left == 0 {
                        return;
                    }
                    left -= 1;
                    if row.cells.len() <= column {
                        row.cells.resize_with(column + 1, Cell::default);
                    }
                    if let Some(cell) = row.cells.get_mut(column).filter(|cell| cell.is_blank()) {
                        cell.is_merged = true;
                    }
                }
            }
        }
    }

    /// What was hidden in it, one sentence each.
    fn notices(&self) -> Vec<String> {
        let mut notes = Vec::new();
        let name = &self.name;
        if self.visibility == Visibility::Hidden {
            notes.push(format!("The sheet “{name}” is hidden; it was read too."));
        }
        let (height, width) = self.extent();
        let listed = |ranges: &[RangeInclusive<u32>], end: u32, label: fn(u32) -> String, what: &str| {
            let kept: Vec<_> = merged(ranges, end);
            (!kept.is_empty())
                .then(|| format!("Hidden on the sheet “{name}”, and read too: {what} {}.", list(&kept, label)))
        };
        notes.extend(listed(&self.layout.hidden_rows, height, |row| (row + 1).to_string(), "row"));
        notes.extend(listed(&self.layout.hidden_columns, width, column_name, "column"));
        notes
    }

    fn comments(&self) -> impl Iterator<Item = String> {
        let name = &self.name;
        let comment = move |(place, text): &(String, String)| {
            format!("Comment on cell {place} of the sheet “{name}”: {}", text.trim())
        };
        self.layout.comments.iter().map(comment)
    }
}

/// The document made of some sheets. If there are several, the name of each comes right before its table.
pub fn document(sheets: &[Sheet]) -> Result<Document, Problem> {
    let filled: Vec<&Sheet> = sheets.iter().filter(|sheet| sheet.extent() != (0, 0)).collect();
    if filled.is_empty() {
        return Err(trouble::no_sheets());
    }
    let mut document = Document::default();
    for sheet in &filled {
        let mut blocks = preamble::lift(sheet.rows()?);
        if let Some(Block::Table(table)) = blocks.last_mut() {
            table.name.clone_from(&sheet.name);
        }
        if filled.len() > 1 {
            let before = blocks.len().saturating_sub(1);
            blocks.insert(before, Block::Paragraph(sheet.name.clone()));
        }
        document.blocks.extend(blocks);
        let notices = sheet.notices();
        document.notes.extend(notices.iter().cloned().chain(sheet.comments()));
        document.notices.extend(notices);
    }
    limits::sizes(&document)?;
    Ok(document)
}

/// The place that "B7" names; `None` where it names none.
pub fn place(reference: &str) -> Option<Address> {
    let reference = reference.trim();
    let digits = reference.find(|c: char| c.is_ascii_digit())?;
    let (letters, row) = reference.split_at_checked(digits)?;
    let column = letters.bytes().try_fold(0_u32, |column, letter| {
        let value = u32::from(letter.to_ascii_uppercase().checked_sub(b'A').filter(|value| *value < 26)?) + 1;
        column.checked_mul(26)?.checked_add(value).filter(|column| *column <= 1 << 14)
    })?;
    let row = row.parse::<u32>().ok().filter(|row| *row <= 1 << 20)?;
    Some((row.checked_sub(1)?, column.checked_sub(1)?))
}

/// The area that "B2:C7" names, whichever corner comes first.
pub fn area(reference: &str) -> Option<Area> {
    let (one, other) = reference.split_once(':')?;
    let (one, other) = (place(one)?, place(other)?);
    Some(Area { first: (one.0.min(other.0), one.1.min(other.1)), last: (one.0.max(other.0), one.1.max(other.1)) })
}

/// The letters of a column, counted from 0.
pub fn column_name(column: u32) -> String {
    let mut name = String::new();
    let mut left = column + 1;
    while left > 0 {
        let letter = u8::try_from((left - 1) % 26).unwrap_or(0);
        name.insert(0, char::from(b'A' + letter));
        left = (left - 1) / 26;
    }
    name
}

/// Excel's own line ends, and characters that it writes as `_x000D_`.
fn lines(text: &str) -> String {
    let text = text.replace("_x000D_", "").replace("\r\n", "\n");
    text.replace(['\r', '\u{b}', '\u{2028}', '\u{2029}'], "\n")
}

/// Ranges before `end`, with neighbours joined.
fn merged(ranges: &[RangeInclusive<u32>], end: u32) -> Vec<RangeInclusive<u32>> {
    let mut kept: Vec<RangeInclusive<u32>> = Vec::new();
    for range in ranges.iter().filter(|range| *range.start() < end && range.start() <= range.end()) {
        let last = (*range.end()).min(end.saturating_sub(1));
        match kept.last_mut().filter(|before| before.end() + 1 == *range.start()) {
            Some(before) => *before = *before.start()..=last,
            None => kept.push(*range.start()..=last),
        }
    }
    kept
}

fn list(ranges: &[RangeInclusive<u32>], label: fn(u32) -> String) -> String {
    let one = |range: &RangeInclusive<u32>| match (label(*range.start()), label(*range.end())) {
        (first, last) if first == last => first,
        (first, last) => format!("{first} to {last}"),
    };
    let more = if ranges.len() > 20 { " and more" } else { "" };
    ranges.iter().take(20).map(one).collect::<Vec<_>>().join(", ") + more
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_read_and_nonsense_is_not() {
        assert_eq!(place("B7"), Some((6, 1)));
        assert_eq!(place("XFD1048576"), Some((1_048_575, 16_383)));
        assert_eq!(area("C4:A2"), Some(Area { first: (1, 0), last: (3, 2) }));
        for nonsense in ["", "A0", "7", "-1", "Ａ１", "$A$1", "ZZZZZZZZZ9", "A99999999999999"] {
            assert_eq!(place(nonsense), None, "{nonsense}");
        }
        assert_eq!(
            (column_name(0), column_name(25), column_name(26), column_name(16_383)),
            ("A".into(), "Z".into(), "AA".into(), "XFD".into())
        );
    }

    #[test]
    fn a_cell_merged_over_everything_costs_nothing() {
        let mut sheet = Sheet { merges: vec![Area { first: (0, 0), last: (1_048_575, 16_383) }], ..Sheet::default() };
        sheet.put((0, 0), "Action", None).unwrap();
        sheet.put((2, 1), "x", None).unwrap();
        let rows = sheet.rows().unwrap();
        assert_eq!(rows.len(), 3);
        assert!(rows[2].cells[0].is_merged && !rows[2].cells[1].is_merged);
    }

    #[test]
    fn a_stray_word_at_the_far_end_is_refused_in_a_sentence() {
        let mut sheet = Sheet::default();
        sheet.put((1_048_575, 0), "x", None).unwrap();
        assert!(document(&[sheet]).unwrap_err().why.contains("500,000 cells"));
        assert!(document(&[]).is_err());
    }

    #[test]
    fn what_is_hidden_is_reported_in_the_sheets_own_words() {
        let mut sheet = Sheet { name: "Plan".into(), visibility: Visibility::Hidden, ..Sheet::default() };
        (0..9).for_each(|row| sheet.put((row, 0), "x", None).unwrap());
        sheet.layout.hidden_rows = vec![4..=4, 6..=6, 7..=7, 50..=60];
        sheet.layout.hidden_columns = vec![0..=3];
        sheet.layout.comments = vec![("B2".into(), "ask HR\n".into())];
        let notes = document(&[sheet]).unwrap().notes;
        assert_eq!(
            notes,
            [
                "The sheet “Plan” is hidden; it was read too.",
                "Hidden on the sheet “Plan”, and read too: row 5, 7 to 8.",
                "Hidden on the sheet “Plan”, and read too: column A.",
                "Comment on cell B2 of the sheet “Plan”: ask HR",
            ]
        );
    }
}
