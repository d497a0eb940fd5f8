//! Separated values → neutral form: commas, semicolons, tabs or bars, in any encoding, with newlines inside quotes.

use std::borrow::Cow;

use ::csv::{ReaderBuilder, StringRecord};

use super::{Named, decode, preamble};
use crate::import::limits;
use crate::import::table::{Cell, Document, Row};
use crate::problem::Problem;

/// What can separate two cells.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];
/// How many records to examine to find out which it is.
const SAMPLE: usize = 200;
/// How many quotation marks that are never closed are left out.
const REPAIRS: usize = 20;
/// Lines of one cell; a longer one may have begun with an unclosed quotation mark.
const LINES: usize = 200;

/// Whether a file is a table of separated values, judging by its name or the look of its lines.
///
/// Text copied out of a document has TABs too; only a file's name makes that a table.
pub fn recognises(named: Named, bytes: &[u8]) -> bool {
    let Ok(text) = decode::decode(bytes) else { return false };
    if named == Named::Values && !is_markup(&text) {
        return true;
    }
    named != Named::Prose && delimiter(&text).is_some_and(|found| found.is_sure)
}

/// The table of a file, with the one-cell lines above it as paragraphs.
pub fn read(bytes: &[u8]) -> Result<Document, Problem> {
    let mut text = decode::decode(bytes)?;
    // So that the last line is counted like the others.
    text.push('\n');
    let (stated, body) = stated(&text);
    let delimiter = stated.or_else(|| delimiter(body).map(|found| found.delimiter)).unwrap_or(b',');
    let (body, notices) = closed(body, delimiter);
    let mut rows = rows(&body, delimiter, Quotes::Kept)?;
    let is_open = body.bytes().filter(|byte| *byte == b'"').count() % 2 == 1;
    let is_swallowed = |cell: &Cell| {
        let count = cell.text.lines().count();
        let separated = cell.text.lines().filter(|line| line.contains(char::from(delimiter))).count();
        count > LINES && (is_open || separated * 2 > count)
    };
    if rows.iter().any(|row| row.cells.iter().any(is_swallowed)) {
        rows = self::rows(&body, delimiter, Quotes::Plain)?;
    }
    Ok(Document { blocks: preamble::lift(rows), notes: notices.clone(), notices, ..Document::default() })
}

/// The text without quotation marks that open a cell and never close it, so that the rows after them are rows; with a sentence
/// for each.
fn closed(text: &str, delimiter: u8) -> (Cow<'_, str>, Vec<String>) {
    let (mut text, mut notices) = (Cow::Borrowed(text), Vec::new());
    while notices.len() < REPAIRS
        && let Some(line) = opened(&text, delimiter)
    {
        let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
        let end = text.get(start..).and_then(|rest| rest.find('\n')).map_or(text.len(), |length| start + length);
        let Some(mark) = text.get(start..end).and_then(|line| line.rfind('"')) else { break };
        text.to_mut().remove(start + mark);
        notices.push(format!("line {} opens a quotation mark that is never closed; it was left out", line + 1));
    }
    (text, notices)
}

/// The line, from 0, of a record with another number of cells than most, which has swallowed a line with as many as they.
fn opened(text: &str, delimiter: u8) -> Option<usize> {
    if !text.contains('"') {
        return None;
    }
    let mut records = Vec::new();
    let mut reader = reader(text, delimiter, Quotes::Kept);
    let mut record = StringRecord::new();
    while reader.read_record(&mut record).unwrap_or(false) {
        let line = record.position().map_or(1, ::csv::Position::line);
        let line = usize::try_from(line).unwrap_or(1).saturating_sub(1);
        let swallowed = record.iter().flat_map(|cell| cell.lines().skip(1));
        let widest = swallowed.map(|line| line.split(char::from(delimiter)).count()).max().unwrap_or(0);
        records.push((line, record.len(), widest));
    }
    let usual = usual(&records.iter().map(|(_, width, _)| *width).collect::<Vec<_>>())?;
    let is_open = |(_, width, widest): &&(usize, usize, usize)| usual > 2 && *width != usual && *widest + 1 >= usual;
    records.iter().find(is_open).map(|(line, ..)| *line)
}

/// Whether quotation marks hold a cell together.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Quotes {
    Kept,
    Plain,
}

fn rows(text: &str, delimiter: u8, quotes: Quotes) -> Result<Vec<Row>, Problem> {
    let mut rows = Vec::new();
    let mut count = 0;
    let mut reader = reader(text, delimiter, quotes);
    let mut record = StringRecord::new();
    loop {
        let line = reader.position().line();
        // Text that is already decoded cannot fail to be read.
        if !reader.read_record(&mut record).unwrap_or(false) {
            return Ok(rows);
        }
        // A blank line is not a record, but it counts in the numbering of rows.
        let blank = reader.position().line().saturating_sub(line + 1 + newlines(&record));
        count += record.len() + usize::try_from(blank).unwrap_or(usize::MAX / 2);
        limits::cells(count)?;
        rows.extend((0..blank).map(|_| Row::default()));
        rows.push(row(&record));
    }
}

fn newlines(record: &StringRecord) -> u64 {
    record.iter().map(|cell| cell.bytes().filter(|byte| *byte == b'\n').count() as u64).sum()
}

/// A record's cells without the blank ones at the end.
fn row(record: &StringRecord) -> Row {
    let mut row = Row::new(record.iter().map(|cell| cell.trim_end_matches([' ', '\n'])));
    while row.cells.last().is_some_and(Cell::is_blank) {
        row.cells.pop();
    }
    row
}

fn reader(text: &str, delimiter: u8, quotes: Quotes) -> ::csv::Reader<&[u8]> {
    let mut builder = ReaderBuilder::new();
    builder.has_headers(false).flexible(true).delimiter(delimiter).quoting(quotes == Quotes::Kept);
    builder.from_reader(text.as_bytes())
}

/// Excel allows a first line that gives the separator: `sep=;`.
fn stated(text: &str) -> (Option<u8>, &str) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let said = first.trim().trim_matches('"').strip_prefix("sep=").map(str::as_bytes);
    match said {
        Some([delimiter]) => (Some(*delimiter), rest),
        Some(_) if first.contains('\t') => (Some(b'\t'), rest),
        Some(_) | None => (None, text),
    }
}

struct Delimiter {
    delimiter: u8,
    /// Whether nearly every record has the same number of cells, and more than one.
    is_sure: bool,
}

/// The delimiter that gives most records the same number of cells; `None` where no line has any.
fn delimiter(text: &str) -> Option<Delimiter> {
    let candidates = DELIMITERS.into_iter().filter_map(|delimiter| {
        let widths: Vec<usize> = reader(text, delimiter, Quotes::Kept)
            .into_records()
            .map_while(Result::ok)
            .take(SAMPLE)
            .filter(|record| record.iter().any(|cell| !cell.trim().is_empty()))
            .map(|record| record.len())
            .collect();
        let usual = usual(&widths)?;
        let same = widths.iter().filter(|width| **width == usual).count();
        // Titles above the table have one cell, whatever the delimiter.
        let titles = widths.iter().take_while(|width| **width == 1).count();
        let is_sure = usual > 2 && same > 2 && same * 10 >= (widths.len() - titles) * 9;
        // The share of similar lines counts in steps, so that a few odd lines do not outweigh the width.
        Some((same * 1_000 / widths.len().max(1), usual, Delimiter { delimiter, is_sure }))
    });
    candidates.max_by_key(|(share, width, _)| (share / 100, *width)).map(|(_, _, found)| found)
}

/// The most frequent width of more than one cell.
fn usual(widths: &[usize]) -> Option<usize> {
    let count = |width: usize| widths.iter().filter(|other| **other == width).count();
    widths.iter().copied().filter(|width| *width > 1).max_by_key(|width| (count(*width), *width))
}

/// Web pages and data files sometimes have the names of tables.
fn is_markup(text: &str) -> bool {
    let start = text.trim_start().get(..1).unwrap_or("");
    matches!(start, "<" | "{")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::table::{Block, Table};
    use proptest::prelude::*;

    fn table(text: impl AsRef<[u8]>) -> Table {
        let document = read(text.as_ref()).unwrap();
        document.tables().next().unwrap().clone()
    }

    fn cells(table: &Table) -> Vec<Vec<&str>> {
        table.rows.iter().map(|row| row.cells.iter().map(|cell| cell.text.as_str()).collect()).collect()
    }

    #[test]
    fn every_delimiter_gives_the_same_table() {
        let wanted = vec![vec!["Action", "Lead", "Due"], vec!["Write to all, then wait; check", "HR", "May 2024"]];
        for delimiter in [",", ";", "\t", "|"] {
            let text = format!(
                "Action{delimiter}Lead{delimiter}Due\n\"Write to all, then wait; check\"{delimiter}HR{delimiter}May 2024\n"
            );
            assert_eq!(cells(&table(text)), wanted, "{delimiter:?}");
        }
        assert_eq!(cells(&table("sep=;\nAction;Lead\nGo, now;HR\n")), [["Action", "Lead"], ["Go, now", "HR"]]);
    }

    #[test]
    fn commas_in_prose_do_not_hide_semicolons() {
        let text = "Action;Lead\nTalk, listen, write;HR\nCall;ASC, NHS\nMeet, eat, talk;HR\n";
        assert_eq!(cells(&table(text))[1], ["Talk, listen, write", "HR"]);
    }

    #[test]
    fn a_comma_in_the_last_line_is_not_a_delimiter() {
        let text = "Plan\nAction;Lead;Due\nTalk;HR;May\nCall;ASC\nMeet, eat;HR;June\n";
        assert_eq!(cells(&table(text))[4], ["Meet, eat", "HR", "June"]);
    }

    #[test]
    fn newlines_inside_quotes_ragged_rows_and_line_numbers_are_kept() {
        let table = table("Action,Lead,Due\n\n\"First\r\nsecond \"\"so called\"\"\",HR\nx,y,z,,,\n");
        assert_eq!(
            cells(&table),
            [vec!["Action", "Lead", "Due"], vec![], vec!["First\nsecond \"so called\"", "HR"], vec!["x", "y", "z"]]
        );
    }

    #[test]
    fn lines_above_the_table_are_paragraphs() {
        let document = read(b"Riverside plan,,\nUpdated May,,\nAction,Lead,Due\nWrite,HR,May\n").unwrap();
        let words = |text: &str| Block::Paragraph(text.into());
        assert_eq!(document.blocks[..2], [words("Riverside plan"), words("Updated May")]);
        assert_eq!(document.tables().next().unwrap().rows[3].text(0), "Write");
    }

    #[test]
    fn encodings_of_windows_and_of_exports_are_read() {
        let text = "Action,Lead\nCafé – “talk”,Siân’s team\n";
        let le: Vec<u8> = [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let (western, _, _) = encoding_rs::WINDOWS_1252.encode(text);
        for bytes in [text.as_bytes().to_vec(), le, western.into_owned(), [b"\xef\xbb\xbf", text.as_bytes()].concat()] {
            assert_eq!(cells(&table(bytes))[1], ["Café – “talk”", "Siân’s team"]);
        }
    }

    #[test]
    fn an_unclosed_quotation_mark_does_not_swallow_the_plan() {
        let rows = "Write,HR\n".repeat(400);
        let table = table(format!("Action,Lead\n\"Begun and never closed,HR\n{rows}"));
        assert_eq!(table.rows.len(), 402);
        let long = format!("Action,Due,Notes\n\"Write\",\"31/03/2026\",\"{}\"\n", "line\n".repeat(400));
        let rows = self::table(long).rows;
        assert_eq!((rows.len(), rows[1].text(1)), (2, "31/03/2026"));
    }

    #[test]
    fn names_and_content_distinguish_tables_from_text() {
        let plain = b"Action,Lead,Due\na,b,c\nd,e,f\ng,h,i\n";
        assert!([Named::Values, Named::Workbook, Named::Nothing].into_iter().all(|named| recognises(named, plain)));
        assert!(!recognises(Named::Prose, b"Dear all, we met, and we ate.\nThen, later, we left, too.\n"));
        assert!(!recognises(Named::Values, b"<html><table><tr><td>Action</td></tr></table></html>"));
        assert!(!recognises(Named::Nothing, b"Dear all,\nplease write.\n"));
    }

    proptest! {
        #[test]
        fn any_bytes_give_a_document_or_a_problem(bytes in proptest::collection::vec(any::<u8>(), 0..400), text in "[a,;|\"\\n\\t]{0,200}") {
            for bytes in [&bytes[..], text.as_bytes()] {
                // Nothing is invented: no more rows than line ends, and no more letters than bytes.
                let Ok(document) = read(bytes) else { continue };
                let rows: Vec<&Row> = document.tables().flat_map(|table| &table.rows).collect();
                prop_assert!(rows.len() <= bytes.len() + 1);
                let letters = rows.iter().flat_map(|row| &row.cells).map(|cell| cell.text.chars().count()).sum::<usize>();
                prop_assert!(letters <= bytes.len());
            }
            // Nothing is lost either: what was typed into the cells is in the document.
            let typed = |text: &str| text.matches('a').count();
            if let Ok(document) = read(text.as_bytes()) {
                let shown = format!("{document:?}");
                prop_assert!(typed(&shown) >= typed(&text), "{}", shown);
            }
        }
    }

    #[test]
    fn a_quotation_mark_that_is_never_closed_hides_no_rows() {
        let text =
            "No,Action,Lead\n1,Look at the 12\" screens,Police\n2,\"Train staff,Council\n3,Write a note,Council\n";
        let document = read(text.as_bytes()).unwrap();
        let Some(Block::Table(table)) = document.blocks.first() else { panic!("no table") };
        let rows: Vec<Vec<&str>> =
            table.rows.iter().map(|row| row.cells.iter().map(|cell| cell.text.as_str()).collect()).collect();
        assert_eq!(rows[2..], [vec!["2", "Train staff", "Council"], vec!["3", "Write a note", "Council"]]);
        assert_eq!(document.notices, ["line 3 opens a quotation mark that is never closed; it was left out"]);
    }

    #[test]
    fn a_cell_of_several_lines_with_commas_stays_one() {
        let text = "No,Action,Lead\n1,\"Train, test\nand agree, with all, in May\",Police\n2,Write a note,Council\n";
        let document = read(text.as_bytes()).unwrap();
        let Some(Block::Table(table)) = document.blocks.first() else { panic!("no table") };
        assert_eq!(table.rows[1].cells[1].text, "Train, test\nand agree, with all, in May");
        assert_eq!(document.notices, [""; 0]);
    }
}
