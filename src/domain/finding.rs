//! A finding: what the review found.

use super::id::Id;
use super::multi_value::Field;
use super::withdrawal::Withdrawal;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub id: Id,
    pub plan: Id,
    pub number: Field<String>,
    pub text: Field<String>,
    pub withdrawn: Field<Option<Withdrawal>>,
}

impl Finding {
    pub fn new(id: Id, plan: Id) -> Finding {
        Finding { id, plan, number: Field::Unset, text: Field::Unset, withdrawn: Field::Unset }
    }

    pub fn number(&self) -> &str {
        self.number.get().map_or("", String::as_str)
    }

    pub fn text(&self) -> &str {
        self.text.get().map_or("", String::as_str)
    }
}
