//! Flags and raw cells: what the document says, and what is doubtful about it.

use chrono::NaiveDate;

use super::date_words;

/// A doubt about one field, shown until it is settled. Never a guess.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flag {
    /// `number`, `text`, `target`, `lead`, `via`, `rating`, `progress`, a particular; [`GONE`], or [`COLUMN`] of a plan.
    pub field: String,
    /// A sentence that says what is doubtful.
    pub why: String,
    /// The words of the document.
    pub raw: String,
    /// What it probably means, where there is one likely answer.
    pub suggestion: Option<String>,
}

/// The field of a doubt whether an action still stands, because a later version of its document no longer has it.
pub const GONE: &str = "document";

/// The field of a doubt about what a column of the document holds. Its raw words are the column's name, its suggestion
/// what mapping the column confirms.
pub const COLUMN: &str = "column";

impl Flag {
    /// The suggestion in words: "target, month first" of a column that is mapped as `target+month_first`.
    pub fn suggested(&self) -> Option<String> {
        let plain = |words: &String| words.replace('+', ", ").replace('_', " ");
        self.suggestion.as_ref().map(|words| if self.field == COLUMN { plain(words) } else { words.clone() })
    }

    /// A doubt about how a column was read.
    pub fn column(name: &str, why: String, confirms: &str) -> Flag {
        Flag { field: COLUMN.into(), why, raw: name.to_owned(), suggestion: Some(confirms.to_owned()) }
    }

    /// A later version of the document, with the day at which it says it stood, no longer has the action.
    pub fn gone(file: &str, as_at: Option<NaiveDate>) -> Flag {
        let day = as_at.map(|day| format!(" of {}", date_words::day(day))).unwrap_or_default();
        let why = format!("no longer in {file}{day}; close it if it is done or withdrawn");
        Flag { field: GONE.into(), why, raw: String::new(), suggestion: None }
    }

    /// Why the action may be closed, where a document no longer has it: "no longer in huts.csv of 11 Jun 2026".
    pub fn gone_reason(&self) -> Option<&str> {
        self.why.split(';').next().filter(|_| self.field == GONE)
    }

    /// A line is drawn through the words in the document.
    pub fn struck_out(words: String) -> Flag {
        let why = "struck out in the document: withdrawn?".to_owned();
        Flag { field: "text".into(), why, raw: words, suggestion: None }
    }

    /// Why an action may be withdrawn that a document strikes out or no longer has.
    pub fn withdrawal_reason(&self) -> Option<&str> {
        self.is_struck_out().then_some("struck out in the document").or_else(|| self.gone_reason())
    }

    pub fn is_struck_out(&self) -> bool {
        self.why == Flag::struck_out(String::new()).why
    }

    /// The document gives an action the number that another one here has already.
    pub fn taken_number(number: String, reference: &str) -> Flag {
        let why = format!(
            "another action here is {number}, so this is {reference}; it may be the next of a kind that recurs"
        );
        Flag { field: "number".into(), why, raw: number, suggestion: None }
    }
}

/// A cell of the source document, kept beside what was understood from it (product rule 3).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RawCell {
    /// The column's header as written.
    pub column: String,
    pub text: String,
}

/// What a line through an action is called among its cells.
const STRUCK_OUT: &str = "Struck out";

impl RawCell {
    pub fn struck_out() -> RawCell {
        RawCell { column: STRUCK_OUT.into(), text: "in the document".into() }
    }
}

/// Whether a line is drawn through an action in its document.
pub fn is_struck_out(raw: &[RawCell]) -> bool {
    raw.iter().any(|cell| cell.column == STRUCK_OUT)
}

/// What the heading above an action is called among its cells.
pub const HEADING: &str = "Heading";

/// The heading above an action, among its cells.
pub fn heading(raw: &[RawCell]) -> Option<&str> {
    raw.iter().find(|cell| cell.column == HEADING).map(|cell| cell.text.as_str())
}

/// The document in which something was read, and where in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    pub file: String,
    /// "table 1, row 6".
    pub place: String,
}
