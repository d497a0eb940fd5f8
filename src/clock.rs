//! Now, today and the author, asked for at the edge of the program.

use chrono::{DateTime, FixedOffset, Local, NaiveDate, TimeDelta};

use crate::env::Env;

/// Where "now" and "today" come from, and the name under which changes are recorded.
#[derive(Clone, Debug)]
pub struct Clock {
    today: Option<NaiveDate>,
    offset: TimeDelta,
    author: String,
}

impl Clock {
    /// One that is `offset` ahead of the computer's, on another day where `today` names one.
    pub fn new(today: Option<NaiveDate>, offset: TimeDelta, author: String) -> Clock {
        Clock { today, offset, author }
    }

    /// The computer's own time, whatever day it is to be.
    pub fn true_time(&self) -> DateTime<FixedOffset> {
        (Local::now() + self.offset).fixed_offset()
    }

    /// The moment of asking.
    pub fn env(&self) -> Env {
        let clock = Local::now() + self.offset;
        let now: DateTime<FixedOffset> = match self.today {
            Some(day) => on_day(clock, day),
            None => clock.fixed_offset(),
        };
        Env { now, today: now.date_naive(), author: self.author.clone() }
    }
}

/// The clock's time on another day; where that hour does not exist there, a whole number of days away.
fn on_day(clock: DateTime<Local>, day: NaiveDate) -> DateTime<FixedOffset> {
    let local = day.and_time(clock.time()).and_local_timezone(Local).earliest();
    local.map_or_else(|| clock.fixed_offset() + (day - clock.date_naive()), |time| time.fixed_offset())
}
