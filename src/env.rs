//! What an act of the user needs from the world: the time, the day, and who is acting.

use chrono::{DateTime, FixedOffset, NaiveDate};

/// Read once at the edge and passed down, so that everything below is the same on every run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Env {
    /// The wall clock. Recorded and shown, never used to order anything.
    pub now: DateTime<FixedOffset>,
    /// The day that "today" and "overdue" mean; not always the day of `now` (`--today`).
    pub today: NaiveDate,
    /// Who is acting, as the audit trail will name them.
    pub author: String,
}
