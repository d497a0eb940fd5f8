//! Flags and raw cells: what the document says, and what is doubtful about it.

/// A doubt about one field, shown until it is settled. Never a guess.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flag {
    /// `number`, `text`, `target`, `lead`, `rating`, `progress`.
    pub field: String,
    /// A sentence that says what is doubtful.
    pub why: String,
    /// The words of the document.
    pub raw: String,
    /// What it probably means, where there is one likely answer.
    pub suggestion: Option<String>,
}

/// A cell of the source document, kept beside what was understood from it (product rule 3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawCell {
    /// The column's header as written.
    pub column: String,
    pub text: String,
}

/// The document in which something was read, and where in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    pub file: String,
    /// "table 1, row 6".
    pub place: String,
}
