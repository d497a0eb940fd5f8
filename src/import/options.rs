//! What a reader must know beside the document: the day, the sheet, and what was said about columns and words.

use chrono::NaiveDate;

/// What a reader must know beside the document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Dates after it are plans, and date no progress.
    pub today: NaiveDate,
    /// The only sheet to read, of a workbook.
    pub sheet: Option<String>,
    /// What a column holds, as somebody says now: its header (or "column 3" where it has none), and one field or two
    /// (see `words::fields::parse`).
    pub columns: Vec<(String, String)>,
    /// What was said before about header rows.
    pub explained: Vec<Explained>,
    /// The person's own word lists: sound TOML, see `words::own_words`.
    pub words: String,
}

/// A header row that somebody explained, with what was said of its columns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Explained {
    /// The cells as written.
    pub header: Vec<String>,
    /// A column's header, or "column 3" where that is blank or comes twice; and what it holds, as `--map` takes it.
    pub columns: Vec<(String, String)>,
}
