//! An action: what will be done, by whom, by when, its rating and its progress.

use std::cmp::Reverse;

use chrono::NaiveDate;

use super::flag::{self, Flag};
use super::id::Id;
use super::progress::Entry;
use super::target::Target;
pub use super::thing::Action;
use super::thing::Thing;

/// A party that leads or oversees an action, with the document's own wording for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lead {
    pub party: Id,
    pub raw: String,
}

/// The recommendation that an action was moved to; none while it is under the one that it was added to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Above(pub Option<Id>);

/// The closed action of which this one is the next, where it is done again and again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Follows(pub Option<Id>);

/// How far an action is towards closure.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Closure {
    #[default]
    Open,
    /// Its closure is proposed, on this evidence.
    Proposed { evidence: String },
    /// Agreed.
    Closed { evidence: String },
    /// It will not be done, for this reason.
    NotImplemented { reason: String },
}

/// A challenge that was considered and dismissed.
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

/// A later target that a lead asks for. The chair accepts it, which moves the target, or declines it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Extension {
    pub dates: Vec<Target>,
    /// Empty where none is given.
    pub reason: String,
    /// Who asks; empty where that is not known.
    pub by: String,
}

/// The rating before the one in force, for "Green → Amber today".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RatingMove {
    pub from: Option<String>,
    pub day: NaiveDate,
}

impl Targets {
    /// The reason where some of the dates went with other parts of the action.
    pub const SPLIT: &str = "the other dates went with the parts split off";
    /// The reason where the dates of other actions came to it.
    pub const JOINED: &str = "with the dates of what was joined with it";

    /// Whether dates only went or came with the words that they belong to: that moves no target.
    pub fn is_regrouped(&self) -> bool {
        self.reason == Targets::SPLIT || self.reason == Targets::JOINED
    }
}

impl Extension {
    /// "31 March 2027".
    pub fn wanted(&self) -> String {
        self.dates.iter().map(|target| target.raw.as_str()).collect::<Vec<_>>().join("; ")
    }

    /// " (Harbour Council): the contract is late": who asks and why, as far as they are known.
    pub fn because(&self) -> String {
        let by = if self.by.is_empty() { String::new() } else { format!(" ({})", self.by) };
        let reason = if self.reason.is_empty() { String::new() } else { format!(": {}", self.reason) };
        format!("{by}{reason}")
    }
}

impl Action {
    pub fn text(&self) -> &str {
        self.text.get().map_or("", String::as_str)
    }

    /// The reference that was stored with it; none in registers of earlier builds, also after one was given and undone.
    pub fn stored_reference(&self) -> Option<&str> {
        self.reference.get().map(String::as_str).filter(|reference| !reference.is_empty())
    }

    /// The heading above it in the document, which says what it is about; empty where it has none.
    pub fn heading(&self) -> &str {
        self.raw.get().and_then(|raw| flag::heading(raw)).unwrap_or("")
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

    /// The extension asked for, if it is still to be decided.
    pub fn extension(&self) -> Option<&Extension> {
        self.extension.get().and_then(Option::as_ref)
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

    /// Whether it is withdrawn, and no one has changed it since without knowing.
    pub fn is_hidden(&self) -> bool {
        let Some(Some(withdrawal)) = self.withdrawn.get() else { return false };
        let entries = self.entries.iter().map(|entry| entry.id);
        self.edits().into_iter().chain(entries).all(|id| withdrawal.seen.contains(&id))
    }

    /// Where the evidence for its closure is; empty where that is not said.
    pub fn evidence_at(&self) -> &str {
        self.evidence_at.get().map_or("", String::as_str)
    }

    /// How it ended: "Closed", "Not implemented"; none while it is open.
    pub fn ending(&self) -> Option<&'static str> {
        match self.closure.get()? {
            Closure::Open | Closure::Proposed { .. } => None,
            Closure::Closed { .. } => Some("Closed"),
            Closure::NotImplemented { .. } => Some("Not implemented"),
        }
    }

    pub fn dismissed(&self) -> &[Dismissal] {
        self.dismissed.get().map_or(&[], Vec::as_slice)
    }

    /// Entries that have not been withdrawn.
    pub fn progress(&self) -> impl DoubleEndedIterator<Item = &Entry> {
        self.entries.iter().filter(|entry| !matches!(entry.withdrawn.get(), Some(Some(_))))
    }

    /// Progress, latest first; undated entries come last, the newest of them first.
    pub fn newest_first(&self) -> Vec<&Entry> {
        let mut entries: Vec<&Entry> = self.progress().rev().collect();
        entries.sort_by_key(|entry| Reverse(entry.said.date));
        entries
    }

    /// The last day on which it can still be done on time: the latest of its targets.
    pub fn due(&self) -> Option<NaiveDate> {
        self.targets().iter().filter_map(Target::last).max()
    }
}
