//! A progress entry: dated, attributed, and only ever added.

use super::target::PartialDate;
pub use super::thing::Entry;

/// Where an entry came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryOrigin {
    /// Read from a document.
    Imported,
    /// Typed here.
    Written,
}

/// What an entry says; it never changes once written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryText {
    /// As precise as it was written; none for undated imported text.
    pub date: Option<PartialDate>,
    pub text: String,
    /// The party whose update it is, as named ("CFT", "OPS").
    pub by: Option<String>,
    pub origin: EntryOrigin,
}
