//! A recommendation: numbered text that answers findings and is answered by actions.

use super::id::Id;
pub use super::thing::Recommendation;

/// Which findings a recommendation stands under.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Under {
    /// The plan gives no finding for it.
    #[default]
    Nothing,
    Findings(Vec<Id>),
    /// "Recommendations across all findings".
    AllFindings,
}

/// Whether the agencies took a recommendation on (Care Act 2014, Schedule 2, paragraph 4(1)(e), asks a board to say why not).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Acceptance {
    /// Nobody has said.
    #[default]
    NotStated,
    Accepted,
    Partly {
        reason: String,
    },
    NotAccepted {
        reason: String,
    },
}

impl Recommendation {
    pub fn number(&self) -> &str {
        self.number.get().map_or("", String::as_str)
    }

    pub fn text(&self) -> &str {
        self.text.get().map_or("", String::as_str)
    }
}
