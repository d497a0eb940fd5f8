//! What every change takes from its surroundings: the time, the day and the author.

use chrono::{DateTime, FixedOffset, NaiveDate};

/// The author where neither the user nor the computer gives a name.
pub const UNNAMED: &str = "unnamed";

/// Read once at the edge and passed down, so that everything below is deterministic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Env {
    /// The wall-clock time. Recorded and shown, never used for ordering.
    pub now: DateTime<FixedOffset>,
    /// The day used for "today" and "overdue"; with `--today`, not the day of `now`.
    pub today: NaiveDate,
    /// The author, as named in the audit trail.
    pub author: String,
}

impl Env {
    /// Whether it is known who makes changes.
    pub fn is_named(&self) -> bool {
        self.author != UNNAMED
    }
}
