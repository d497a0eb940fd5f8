//! How long the meeting has been on each item: the time during which the chair's screen was last on it.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, TimeDelta};

use super::message::World;
use super::screen::Screen;
use super::screen::walk::Walk;
use crate::domain::id::Id;
use crate::domain::meeting::Meeting;
use crate::domain::timing::{self, Keeping};

/// The item that the meeting is on, and the time that each has taken so far, by the minutes of the clock. Nothing of it is stored: a program that is started again
/// counts again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pace {
    meeting: Option<Id>,
    on: Option<(Id, DateTime<FixedOffset>)>,
    spent: BTreeMap<Id, TimeDelta>,
}

impl Pace {
    /// Notes which item of the open meeting the screen is on. Whatever else is looked at, the meeting stays on its item.
    pub fn follow(&mut self, screen: &Screen, world: World<'_>) {
        let meeting = world.register.open_meeting();
        if self.meeting != meeting.map(|meeting| meeting.id) {
            *self = Pace { meeting: meeting.map(|meeting| meeting.id), ..Pace::default() };
        }
        let here = screen.walk().and_then(Walk::action);
        let Some(item) = here.filter(|id| meeting.is_some_and(|meeting| meeting.place_of(*id).is_some())) else {
            return;
        };
        if self.on.is_some_and(|(on, _)| on == item) {
            return;
        }
        let now = timing::to_minute(world.env.now);
        if let Some((left, since)) = self.on.replace((item, now)) {
            *self.spent.entry(left).or_default() += now - since;
        }
    }

    /// How the item keeps to its time, where it has one.
    pub fn keeping(&self, meeting: &Meeting, item: Id, now: DateTime<FixedOffset>) -> Option<Keeping> {
        timing::keeping(meeting, item, self.minutes(item, now), now.time())
    }

    /// The whole minutes that the meeting has been on an item.
    fn minutes(&self, item: Id, now: DateTime<FixedOffset>) -> u32 {
        let before = self.spent.get(&item).copied().unwrap_or_default();
        let since =
            self.on.filter(|(on, _)| *on == item).map(|(_, since)| timing::to_minute(now) - since).unwrap_or_default();
        u32::try_from((before + since).num_minutes()).unwrap_or(0)
    }
}
