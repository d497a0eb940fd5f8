//! A meeting: which body met, when, under whom, who was there, what was on the agenda, and what was said of each item.
//!
//! Every batch written while it is open belongs to it, so its minutes can be read from the log.

use chrono::NaiveDate;

use super::id::Id;
pub use super::thing::{Meeting, Minute};

/// The stage a meeting has reached. It can be reopened for corrections until its minutes are agreed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stage {
    #[default]
    Open,
    Ended,
    /// Open again after it ended: what is written now is a correction.
    Reopened,
    /// Its minutes are agreed, and nothing more belongs to it.
    Agreed,
}

impl Stage {
    /// Whether what is written now belongs to the meeting.
    pub fn is_open(self) -> bool {
        matches!(self, Stage::Open | Stage::Reopened)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    Present,
    Apologies,
}

/// Who was there, or sent apologies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attendance {
    /// For whom; none for a person of no agency in the register.
    pub party: Option<Id>,
    /// The person's name, empty where none was given; with their agency where the register does not have it.
    pub name: String,
    pub presence: Presence,
}

/// Why actions are put on an agenda.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AgendaRule {
    Overdue,
    /// Changed since the body's last meeting.
    Changed,
    /// Due before the next meeting, or within 91 days where no date is set for it.
    Due,
    ProposedForClosure,
    Challenged,
    /// Rated at a level that the scheme does not call settled, or not rated.
    RedAndAmber,
    /// Carried forward or not reached at an earlier meeting of the body, and not dealt with since.
    CarriedForward,
    /// What a filter finds, in its own words.
    Filter(String),
    Everything,
}

/// The items to discuss, in order; all other actions are taken as read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Agenda {
    pub rules: Vec<AgendaRule>,
    /// Fixed when the meeting begins, so that an item stays on the agenda once it has been dealt with.
    pub items: Vec<Id>,
    /// Whose actions the rules were applied to; unknown for a meeting of an early build.
    pub of: Option<Reach>,
}

/// Whose actions an agenda draws on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    pub whose: Whose,
    /// Only this plan's.
    pub plan: Option<Id>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Whose {
    /// Those that the body that meets leads or oversees.
    #[default]
    Body,
    Any,
}

/// An action changed while a meeting was open, and the batch that did it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Worked {
    pub action: Id,
    pub batch: Id,
}

/// What agencies wrote in their own copies and a meeting accepted or not, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Received(pub Vec<Receipt>);

/// An agency's update: the action, the batch that it wrote, the party whose copy it was, and what the meeting made of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Receipt {
    pub action: Id,
    pub batch: Id,
    pub party: Id,
    pub verdict: Verdict,
}

/// What a meeting made of an agency's update.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Accepted,
    /// It was set back.
    Declined,
}

/// What a minute records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MinuteKind {
    /// The item was discussed.
    Discussed,
    /// The item goes to the next meeting.
    CarriedForward,
    /// The item was not discussed: the report on it stands, in a word.
    TakenAsRead,
    Decision,
    /// Any other point, with no action.
    Matter,
}

/// What a minute says; it never changes once written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MinuteText {
    /// The action it is about; none for the meeting as a whole.
    pub action: Option<Id>,
    /// The recommendation that it is about, where it is about no action.
    pub recommendation: Option<Id>,
    pub kind: MinuteKind,
    /// The decision, the point, or why it is carried forward; empty where no more was said.
    pub text: String,
}

impl Meeting {
    pub fn body(&self) -> Option<Id> {
        self.body.get().copied().flatten()
    }

    pub fn day(&self) -> Option<NaiveDate> {
        self.day.get().copied()
    }

    pub fn chair(&self) -> &str {
        self.chair.get().map_or("", String::as_str)
    }

    pub fn attendance(&self) -> &[Attendance] {
        self.attendance.get().map_or(&[], Vec::as_slice)
    }

    /// The items of the agenda, in order.
    pub fn items(&self) -> &[Id] {
        self.agenda.get().map_or(&[], |agenda| agenda.items.as_slice())
    }

    pub fn stage(&self) -> Stage {
        self.stage.get().copied().unwrap_or_default()
    }

    /// The next meeting of the body, where a date is set.
    pub fn next(&self) -> Option<NaiveDate> {
        self.next.get().copied().flatten()
    }

    /// Minutes that were not withdrawn.
    pub fn minutes(&self) -> impl DoubleEndedIterator<Item = &Minute> {
        self.minutes.iter().filter(|minute| !matches!(minute.withdrawn.get(), Some(Some(_))))
    }

    /// Minutes about one action that were not withdrawn.
    pub fn minutes_of(&self, action: Id) -> impl Iterator<Item = &Minute> {
        self.minutes().filter(move |minute| minute.said.action == Some(action))
    }

    /// How many items of the agenda were dealt with.
    pub fn dealt_with(&self) -> usize {
        self.items().iter().filter(|item| self.is_dealt_with(**item)).count()
    }

    /// The position of an item on the agenda, from 1.
    pub fn place_of(&self, action: Id) -> Option<usize> {
        self.items().iter().position(|item| *item == action).map(|at| at + 1)
    }

    /// Whether anything was minuted about an action, or changed, while the meeting was open: then it was dealt with, in the
    /// minutes and wherever items are counted.
    pub fn is_dealt_with(&self, action: Id) -> bool {
        self.minutes_of(action).next().is_some()
            || self.worked.iter().any(|worked| worked.action == action)
            || self.accepted().any(|accepted| accepted.action == action)
    }

    /// The items of the agenda about which nothing has been recorded or changed.
    pub fn unreached(&self) -> impl Iterator<Item = Id> {
        self.items().iter().copied().filter(|item| !self.is_dealt_with(*item))
    }

    /// The updates that it decided on; where two copies of the meeting decided on some each, those of both.
    pub fn received(&self) -> impl Iterator<Item = Receipt> {
        self.received.heads().iter().flat_map(|head| head.value.0.iter().copied())
    }

    /// The updates that it accepted.
    pub fn accepted(&self) -> impl Iterator<Item = Receipt> {
        self.received().filter(|one| one.verdict == Verdict::Accepted)
    }

    /// Whose actions its agenda draws on.
    pub fn reach(&self) -> Reach {
        self.agenda.get().and_then(|agenda| agenda.of).unwrap_or_default()
    }

    /// Open for the first time: not yet held.
    pub fn is_first_open(&self) -> bool {
        self.stage() == Stage::Open
    }
}
