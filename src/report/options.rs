//! What can be asked of a report.

use chrono::NaiveDate;

use crate::domain::moment::Moment;

/// Options common to all reports.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// The marking on every page, empty for none; by default that of its plans.
    pub marking: Option<String>,
    /// The first day of what counts as new; by default the last meeting.
    pub since: Option<NaiveDate>,
    /// The meeting to minute, by its body or date; empty for the last.
    pub meeting: String,
    /// The moments to compare; by default the last meeting and now.
    pub from: Option<Moment>,
    pub to: Option<Moment>,
    pub tables: Tables,
    pub names: Names,
    /// For an agency's form: the day by which to return it, and to whom.
    pub return_by: Option<NaiveDate>,
    pub contact: String,
    /// The register's identity, by which calendars know its dates again; empty for none.
    pub identity: String,
    /// For whom a pack is made.
    pub readers: Readers,
    /// The code of the register's state, which the minutes, the audit trail and forms cite; empty for none.
    pub record: String,
}

/// How tables are laid out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tables {
    /// As boards lay them out: a recommendation's cell spans all its actions.
    #[default]
    Merged,
    /// Every row complete, for publication and screen readers.
    Accessible,
}

/// Whether people appear by name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Names {
    #[default]
    Shown,
    /// People whom the register names appear by post or initials.
    Redacted,
}

/// Who reads a pack.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Readers {
    /// Everyone: nothing of what the chair may want to ask.
    #[default]
    Members,
    Chair,
}

impl Readers {
    pub fn is_chair(self) -> bool {
        self == Readers::Chair
    }
}
