//! A progress entry: dated, attributed, and only ever added.

use super::date_words;
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

impl Entry {
    /// "CFT, 12 Sep 2026", or "as imported" where neither is known.
    pub fn said_by(&self) -> String {
        let date = self.said.date.map(date_words::partial);
        let parts: Vec<String> = self.said.by.clone().into_iter().chain(date).collect();
        if parts.is_empty() { "as imported".into() } else { parts.join(", ") }
    }
}
