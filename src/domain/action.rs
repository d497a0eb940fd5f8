//! An action: what will be done, by whom, by when, how it stands and what was said about it.

use chrono::NaiveDate;

use super::flag::{Flag, RawCell, Source};
use super::id::Id;
use super::multi_value::Field;
use super::progress::Entry;
use super::target::Target;
use super::withdrawal::Withdrawal;

/// A party that leads or oversees an action, with the words in which the document named it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lead {
    pub party: Id,
    pub raw: String,
}

/// How far the closing of an action has come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Closure {
    #[default]
    Open,
    /// Somebody proposes to close it, on this evidence.
    Proposed { evidence: String },
    /// Agreed.
    Closed { evidence: String },
    /// It will not be done, for this reason.
    NotImplemented { reason: String },
}

/// A challenge that somebody looked at and put aside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dismissal {
    /// The challenge's sentence, as it was shown.
    pub challenge: String,
    pub reason: String,
}

/// The targets now in force, with the reason for moving them (empty for the original).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Targets {
    pub dates: Vec<Target>,
    pub reason: String,
}

/// The rating before the one in force, for "Green → Amber today".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RatingMove {
    pub from: Option<String>,
    pub day: NaiveDate,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Action {
    pub id: Id,
    pub plan: Id,
    /// None in a log that has no recommendation level.
    pub recommendation: Option<Id>,
    /// Its place among the actions of its recommendation (or plan), from 1; never reused.
    pub ordinal: u32,
    /// The action's own number as the document writes it ("Ai"), where it has one.
    pub number: Field<String>,
    pub text: Field<String>,
    pub leads: Field<Vec<Lead>>,
    pub via: Field<Vec<Lead>>,
    pub targets: Field<Targets>,
    /// The word of the level in the plan's scheme; `None` is "not rated".
    pub rating: Field<Option<String>>,
    pub closure: Field<Closure>,
    pub flags: Field<Vec<Flag>>,
    /// Challenges put aside.
    pub dismissed: Field<Vec<Dismissal>>,
    pub raw: Field<Vec<RawCell>>,
    pub source: Field<Source>,
    pub withdrawn: Field<Option<Withdrawal>>,
    /// In the order in which they were added.
    pub entries: Vec<Entry>,
    /// The targets as first set, once they have been moved.
    pub original_targets: Option<Targets>,
    /// How often the targets were moved.
    pub slips: u32,
    pub rating_move: Option<RatingMove>,
    /// The last day on which somebody changed it (being imported is no change).
    pub changed: Option<NaiveDate>,
}

impl Action {
    pub fn new(id: Id, plan: Id, recommendation: Option<Id>, ordinal: u32) -> Action {
        Action {
            id,
            plan,
            recommendation,
            ordinal,
            number: Field::Unset,
            text: Field::Unset,
            leads: Field::Unset,
            via: Field::Unset,
            targets: Field::Unset,
            rating: Field::Unset,
            closure: Field::Unset,
            flags: Field::Unset,
            dismissed: Field::Unset,
            raw: Field::Unset,
            source: Field::Unset,
            withdrawn: Field::Unset,
            entries: Vec::new(),
            original_targets: None,
            slips: 0,
            rating_move: None,
            changed: None,
        }
    }

    pub fn text(&self) -> &str {
        self.text.get().map_or("", String::as_str)
    }

    pub fn leads(&self) -> &[Lead] {
        self.leads.get().map_or(&[], Vec::as_slice)
    }

    pub fn via(&self) -> &[Lead] {
        self.via.get().map_or(&[], Vec::as_slice)
    }

    pub fn targets(&self) -> &[Target] {
        self.targets.get().map_or(&[], |targets| targets.dates.as_slice())
    }

    /// The rating's word, or `None` for "not rated".
    pub fn rating(&self) -> Option<&str> {
        self.rating.get().and_then(Option::as_deref)
    }

    pub fn flags(&self) -> &[Flag] {
        self.flags.get().map_or(&[], Vec::as_slice)
    }

    pub fn is_closed(&self) -> bool {
        matches!(self.closure.get(), Some(Closure::Closed { .. } | Closure::NotImplemented { .. }))
    }

    pub fn dismissed(&self) -> &[Dismissal] {
        self.dismissed.get().map_or(&[], Vec::as_slice)
    }

    /// Entries that have not been taken back.
    pub fn progress(&self) -> impl DoubleEndedIterator<Item = &Entry> {
        self.entries.iter().filter(|entry| !matches!(entry.withdrawn.get(), Some(Some(_))))
    }

    /// The last day on which it can still be done on time: the latest of its targets.
    pub fn due(&self) -> Option<NaiveDate> {
        self.targets().iter().filter_map(Target::last).max()
    }
}
