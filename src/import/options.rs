//! What the reader needs besides the document: the date, the sheet, and what was said about columns and words.

use chrono::NaiveDate;

/// What the reader needs besides the document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Later dates are plans and do not date progress.
    pub today: NaiveDate,
    /// The only sheet of a workbook to read.
    pub sheet: Option<String>,
    /// What a column holds, as the user says now: its header (or "column 3" where it has none), and one role or two
    /// (see `words::roles::parse`).
    pub columns: Vec<(String, String)>,
    /// Earlier mappings, by header row.
    pub explained: Vec<Explained>,
    /// Your own vocabulary: valid TOML, see `words::own_words`.
    pub words: String,
}

/// A header row whose columns the user has explained.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Explained {
    /// The cells as written.
    pub header: Vec<String>,
    /// A column's header, or "column 3" where that is blank or repeated; and what it holds, as `--map` takes it.
    pub columns: Vec<(String, String)>,
}
