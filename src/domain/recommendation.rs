//! A recommendation: numbered text that answers findings and is answered by actions.

use super::id::Id;
use super::particular::Term;
pub use super::thing::Recommendation;

/// Which findings a recommendation is under.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Under {
    /// The plan gives it no finding.
    #[default]
    Nothing,
    Findings(Vec<Id>),
    /// "Recommendations across all findings".
    AllFindings,
}

/// Whether the agencies accepted a recommendation (Care Act 2014, Schedule 2, paragraph 4(1)(e), asks a board to say why not).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Acceptance {
    /// Not recorded.
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

/// How far a recommendation reaches, in the words of the Home Office's template for domestic homicide reviews.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    Local,
    Regional,
    National,
    /// In the document's own words: "Kent and Medway", "local and national".
    AsWritten(String),
}

impl Term for Scope {
    /// "LOCAL", "National recommendation" and "regional level" are the three words; anything more is kept as it is written.
    fn read(text: &str) -> Scope {
        let lower = text.to_lowercase();
        let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        let said: Vec<&str> = words.filter(|word| !matches!(*word, "recommendation" | "level" | "scope")).collect();
        match said.as_slice() {
            ["local" | "locally"] => Scope::Local,
            ["regional" | "regionally"] => Scope::Regional,
            ["national" | "nationally"] => Scope::National,
            _ => Scope::AsWritten(text.to_owned()),
        }
    }

    fn words(&self) -> &str {
        match self {
            Scope::Local => "Local",
            Scope::Regional => "Regional",
            Scope::National => "National",
            Scope::AsWritten(text) => text,
        }
    }
}

impl Recommendation {
    pub fn number(&self) -> &str {
        self.number.get().map_or("", String::as_str)
    }

    pub fn text(&self) -> &str {
        self.text.get().map_or("", String::as_str)
    }
}
