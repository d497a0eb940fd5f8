//! Workbooks → neutral form: Excel new and old, and `OpenDocument`.

mod archive;
mod fonts;
mod grid;
mod guard;
mod layout;
mod ods;
mod ods_styles;
mod passages;
mod records;
mod rich;
mod shown;
mod strings;
mod tags;
#[cfg(test)]
mod tests;
mod trouble;
mod xls;
mod xlsx;

use std::panic::{AssertUnwindSafe, catch_unwind};

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use self::grid::Sheet;
use crate::import::table::Document;
use crate::problem::Problem;

/// The formats of workbooks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Workbook {
    Excel,
    OldExcel,
    OpenDocument,
    /// One that is recognised but not read: with a password, or in a format that only Excel reads.
    Other(&'static str),
    /// A web page that is called a workbook, or opened as one.
    Page,
    Locked,
}

/// What sort of workbook these bytes are, whatever the file is called; `None` for anything else.
pub fn kind(bytes: &[u8]) -> Option<Workbook> {
    let holds = |word: &str| memchr::memmem::find(bytes, word.as_bytes()).is_some();
    match bytes {
        [b'P', b'K', 3, 4, ..] if holds("xl/workbook.bin") => {
            Some(Workbook::Other("it is a binary Excel workbook (.xlsb)"))
        }
        [b'P', b'K', 3, 4, ..] if holds("application/vnd.oasis.opendocument.spreadsheet") => {
            Some(Workbook::OpenDocument)
        }
        [b'P', b'K', 3, 4, ..] if holds("xl/workbook.xml") || holds("xl/worksheets/") => Some(Workbook::Excel),
        [0xd0, 0xcf, 0x11, 0xe0, ..] => compound(bytes),
        [b'<', ..] | [0xef, 0xbb, 0xbf, b'<', ..] if holds("urn:schemas-microsoft-com:office:spreadsheet") => {
            Some(Workbook::Other("it is an Excel workbook in the XML format of 2003"))
        }
        _ if is_web_page(bytes) => Some(Workbook::Page),
        _ => None,
    }
}

/// Some programs call the web pages that they produce workbooks, because Excel opens them.
fn is_web_page(bytes: &[u8]) -> bool {
    let start = bytes.get(..1024.min(bytes.len())).unwrap_or(bytes);
    let start = String::from_utf8_lossy(start).to_lowercase();
    let start = start.trim_start_matches('\u{feff}').trim_start();
    ["<!doctype html", "<html", "<table", "<head", "<meta"].into_iter().any(|tag| start.starts_with(tag))
}

/// Word and Excel files from before 2007, and everything with a password, share one format with named streams.
fn compound(bytes: &[u8]) -> Option<Workbook> {
    let holds = |name: &str| {
        let name: Vec<u8> = name.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect();
        memchr::memmem::find(bytes, &name).is_some()
    };
    // A workbook can contain a Word document, and a Word document a workbook; whole Word documents never get here.
    if holds("WordDocument") && !holds("Workbook") {
        None
    } else if holds("EncryptedPackage") {
        Some(Workbook::Locked)
    } else {
        (holds("Workbook") || holds("Book")).then_some(Workbook::OldExcel)
    }
}

/// The tables of a workbook: of the named sheet (by its name or number), or of all.
pub fn read(bytes: &[u8], sheet: Option<&str>) -> Result<Document, Problem> {
    crate::import::limits::file(bytes.len())?;
    let choice = SheetChoice { sheet };
    let sheets = match kind(bytes) {
        Some(Workbook::Excel) => calmly(|| xlsx::read(bytes, &choice)),
        Some(Workbook::OldExcel) => calmly(|| xls::read(bytes, &choice)),
        Some(Workbook::OpenDocument) => ods::read(bytes, &choice),
        Some(Workbook::Locked) => Err(trouble::locked()),
        Some(Workbook::Other(why)) => Err(trouble::other_kind(why)),
        Some(Workbook::Page) => Err(trouble::page()),
        None => Err(trouble::damaged()),
    };
    grid::document(&sheets?)
}

/// Which sheets to read.
#[derive(Clone, Copy, Debug, Default)]
struct SheetChoice<'a> {
    sheet: Option<&'a str>,
}

impl SheetChoice<'_> {
    /// The positions of the sheets to read, among these names.
    fn of(&self, names: &[String]) -> Result<Vec<usize>, Problem> {
        let Some(asked) = self.sheet.map(str::trim) else { return Ok((0..names.len()).collect()) };
        let same = |name: &String| name.trim().to_lowercase() == asked.to_lowercase();
        let by_number = || asked.parse::<usize>().ok()?.checked_sub(1).filter(|at| *at < names.len());
        let found = names.iter().position(same).or_else(by_number);
        found.map(|at| vec![at]).ok_or_else(|| trouble::no_sheet(asked, names))
    }
}

/// The library that reads Excel can panic on a damaged file; that must end in a sentence like any other damage.
fn calmly(read: impl FnOnce() -> Result<Vec<Sheet>, Problem>) -> Result<Vec<Sheet>, Problem> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| Err(trouble::damaged()))
}

/// How spreadsheets show a truth value.
fn truth(yes: bool) -> &'static str {
    if yes { "TRUE" } else { "FALSE" }
}

/// A date in ISO 8601 as a sheet shows it; any other text as it is.
fn iso(text: &str) -> String {
    match moment(text) {
        Some(when) => shown::date(when, None),
        None => text.to_owned(),
    }
}

fn moment(text: &str) -> Option<NaiveDateTime> {
    let text = text.trim().trim_end_matches('Z');
    let day = || text.parse::<NaiveDate>().ok().map(|day| day.and_time(NaiveTime::MIN));
    text.parse::<NaiveDateTime>().ok().or_else(day)
}
