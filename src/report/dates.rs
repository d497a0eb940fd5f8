//! The dates of a report that is a calendar.

use chrono::NaiveDate;

/// A day on which something is due, or a body meets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Date {
    /// The same whenever the report is made.
    pub id: String,
    pub day: NaiveDate,
    pub title: String,
    pub details: String,
    /// Goes up when it changes.
    pub version: u64,
    /// The day of its last change.
    pub changed: Option<NaiveDate>,
    pub status: DateStatus,
}

/// Whether a date still stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateStatus {
    Stands,
    /// Calendars that have it take it out.
    Cancelled,
}
