//! A plan: one review's action plan, with its own rating scheme, key, glossary and source.

use chrono::NaiveDate;

use super::flag::{Flag, Source};
use super::id::Id;
use super::multi_value::Field;
use super::rating::Scheme;
use super::withdrawal::Withdrawal;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    pub id: Id,
    /// Short name on the command line (`adult-c`); unique among plans not withdrawn.
    pub slug: Field<String>,
    pub title: Field<String>,
    pub scheme: Field<Scheme>,
    /// Acronym and meaning, in the document's order.
    pub glossary: Field<Vec<(String, String)>>,
    /// Text of the document that belongs to no finding and no table.
    pub notes: Field<Vec<String>>,
    /// The day at which the document says it stood, where it says so.
    pub as_at: Field<Option<NaiveDate>>,
    /// What every page made from it is marked with; [`super::marking::USUAL`] where nobody has said.
    pub marking: Field<String>,
    pub source: Field<Source>,
    /// Doubts about the document as a whole.
    pub flags: Field<Vec<Flag>>,
    pub withdrawn: Field<Option<Withdrawal>>,
    /// In document order.
    pub findings: Vec<Id>,
    pub recommendations: Vec<Id>,
    pub actions: Vec<Id>,
}

impl Plan {
    pub fn new(id: Id) -> Plan {
        Plan {
            id,
            slug: Field::Unset,
            title: Field::Unset,
            scheme: Field::Unset,
            glossary: Field::Unset,
            notes: Field::Unset,
            as_at: Field::Unset,
            marking: Field::Unset,
            source: Field::Unset,
            flags: Field::Unset,
            withdrawn: Field::Unset,
            findings: Vec::new(),
            recommendations: Vec::new(),
            actions: Vec::new(),
        }
    }

    pub fn slug(&self) -> &str {
        self.slug.get().map_or("", String::as_str)
    }

    /// Empty for none.
    pub fn marking(&self) -> &str {
        self.marking.get().map_or(super::marking::USUAL, String::as_str)
    }

    pub fn title(&self) -> &str {
        self.title.get().map_or_else(|| self.slug(), String::as_str)
    }
}
