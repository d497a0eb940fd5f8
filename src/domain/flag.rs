//! Flags and raw cells: what the document said, and what in it is doubtful.

/// A doubt about one field, shown until a person settles it. Never a guess.
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

/// Where in which document something was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    pub file: String,
    /// "table 1, row 6".
    pub place: String,
}
