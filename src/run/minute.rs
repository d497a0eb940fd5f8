//! The minute of the clock: while a meeting is open, and only then, an idle screen is drawn again when it changes.

use std::time::Duration;

use chrono::{NaiveDateTime, Timelike};

use super::stage::Stage;
use crate::app::model::Curtain;
use crate::domain::register::Register;

impl Stage {
    /// How long until the time of the meeting that is shown changes; none where none is shown.
    pub fn until_next_minute(&self) -> Option<Duration> {
        let is_shown = self.model.curtain == Curtain::Open && self.model.past.is_none();
        is_shown.then(|| until_next(self.seat.desk.register(), self.env.now.naive_local())).flatten()
    }
}

/// How long until the open meeting has been going on for a minute more. All times of a meeting change with the clock's minute, so this
/// is at most once a minute.
pub fn until_next(register: &Register, now: NaiveDateTime) -> Option<Duration> {
    register.open_meeting()?.elapsed(now)?;
    Some(Duration::from_secs(u64::from(60 - now.second().min(59))))
}
