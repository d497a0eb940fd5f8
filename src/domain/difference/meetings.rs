//! Meetings compared: those held since, and what was decided and carried forward in them.

use super::super::describe::net;
use super::super::meeting::{Meeting, Minute, MinuteKind, Stage};
use super::Comparing;

impl Comparing<'_> {
    pub(super) fn meetings(&mut self) {
        let now = self.now;
        for meeting in now.visible_meetings() {
            if self.was_there(meeting.id) {
                self.fields(meeting.id);
            } else {
                self.say(meeting.id, "meeting", &held(meeting), "");
            }
            let new = meeting.minutes().filter(|minute| self.then.is_hidden(minute.id));
            let told: Vec<(&Minute, String)> = new.filter_map(|minute| Some((minute, minuted(minute)?))).collect();
            for (minute, words) in told {
                self.say(minute.id, "minute", &words, &minute.said.text);
            }
        }
    }
}

/// "held, chaired by A. Chair: 6 of 8 items discussed".
fn held(meeting: &Meeting) -> String {
    let verb = match meeting.stage() {
        Stage::Open => "started",
        Stage::Ended | Stage::Reopened => "held",
        Stage::Agreed => "held, its minutes agreed",
    };
    let chair = if meeting.chair().is_empty() { String::new() } else { format!(", chaired by {}", meeting.chair()) };
    match meeting.items().len() {
        0 => format!("{verb}{chair}"),
        items => format!("{verb}{chair}: {} of {items} items discussed", meeting.dealt_with()),
    }
}

/// What a minute adds to the changes; that an item was discussed is counted, not described.
fn minuted(minute: &Minute) -> Option<String> {
    let text = &minute.said.text;
    let quoted = if text.is_empty() { String::new() } else { format!(": {}", net::quoted(text)) };
    match minute.said.kind {
        MinuteKind::Discussed => None,
        MinuteKind::CarriedForward => Some(format!("carried forward{quoted}")),
        MinuteKind::TakenAsRead => Some(format!("taken as read{quoted}")),
        MinuteKind::Decision => Some(format!("decided{quoted}")),
        MinuteKind::Matter => Some(format!("noted{quoted}")),
    }
}
