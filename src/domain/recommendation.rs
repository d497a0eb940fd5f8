//! A recommendation: numbered text that answers findings and is answered by actions.

use super::flag::{Flag, RawCell, Source};
use super::id::Id;
use super::multi_value::Field;
use super::withdrawal::Withdrawal;

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

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recommendation {
    pub id: Id,
    pub plan: Id,
    pub number: Field<String>,
    /// The document lost the number; it was worked out from its neighbours.
    pub number_inferred: Field<bool>,
    pub text: Field<String>,
    /// "Outcome to be achieved", where the plan has one.
    pub outcome: Field<Option<String>>,
    pub under: Field<Under>,
    pub acceptance: Field<Acceptance>,
    pub flags: Field<Vec<Flag>>,
    pub raw: Field<Vec<RawCell>>,
    pub source: Field<Source>,
    pub withdrawn: Field<Option<Withdrawal>>,
    /// Every action ever added to it, withdrawn ones too: the place in this list is the second part of a reference.
    pub actions: Vec<Id>,
}

impl Recommendation {
    pub fn new(id: Id, plan: Id) -> Recommendation {
        Recommendation {
            id,
            plan,
            number: Field::Unset,
            number_inferred: Field::Unset,
            text: Field::Unset,
            outcome: Field::Unset,
            under: Field::Unset,
            acceptance: Field::Unset,
            flags: Field::Unset,
            raw: Field::Unset,
            source: Field::Unset,
            withdrawn: Field::Unset,
            actions: Vec::new(),
        }
    }

    pub fn number(&self) -> &str {
        self.number.get().map_or("", String::as_str)
    }

    pub fn text(&self) -> &str {
        self.text.get().map_or("", String::as_str)
    }

    pub fn outcome(&self) -> Option<&str> {
        self.outcome.get().and_then(Option::as_deref)
    }
}
