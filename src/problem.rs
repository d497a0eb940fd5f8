//! The only error a user sees, on the screen and on the command line alike: what, why, and what to do.

use std::fmt;

/// Something that could not be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What did not happen: "Could not save". No full stop.
    pub what: String,
    /// Why: "the disk is full". No full stop; empty if `what` says it all.
    pub why: String,
    /// What to do: "Free some space and try again; nothing is lost." Sentences, or empty.
    pub hint: String,
}

impl Problem {
    pub fn new(what: impl Into<String>, why: impl Into<String>, hint: impl Into<String>) -> Problem {
        Problem { what: what.into(), why: why.into(), hint: hint.into() }
    }
}

/// "Could not save: the disk is full. Free some space …"
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)?;
        if !self.why.is_empty() {
            write!(f, ": {}", self.why)?;
        }
        f.write_str(".")?;
        if self.hint.is_empty() { Ok(()) } else { write!(f, " {}", self.hint) }
    }
}

impl std::error::Error for Problem {}
