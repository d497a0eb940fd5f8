//! What is said of an action in the minutes of meetings, and how challenges about it were answered.

use chrono::NaiveDate;

use super::action::{Action, Dismissal};
use super::describe;
use super::id::Id;
use super::meeting::{Meeting, Minute};
use super::register::Register;

/// Something that was said of an action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    pub day: Option<NaiveDate>,
    /// "OPS: ", or nothing.
    pub body: String,
    /// "decided: Ask the chief", "discussed".
    pub words: String,
}

/// Everything, the earliest meeting first, then the challenges that were answered; one meeting may be left out.
pub fn about<'a>(register: &'a Register, action: &'a Action, without: Option<Id>) -> impl Iterator<Item = Said> + 'a {
    let others = register.visible_meetings().filter(move |meeting| Some(meeting.id) != without);
    let mut meetings: Vec<&Meeting> = others.collect();
    meetings.sort_by_key(|meeting| meeting.day());
    let in_meeting =
        move |meeting: &'a Meeting| meeting.minutes_of(action.id).map(move |one| said(register, meeting, one));
    meetings.into_iter().flat_map(in_meeting).chain(action.dismissed().iter().map(answered))
}

fn said(register: &Register, meeting: &Meeting, minute: &Minute) -> Said {
    let body = meeting.body().map(|body| format!("{}: ", register.party_name(body))).unwrap_or_default();
    let between = if minute.said.text.is_empty() { "" } else { ": " };
    let words = format!("{}{between}{}", describe::minute_word(minute.said.kind), minute.said.text);
    Said { day: meeting.day(), body, words }
}

fn answered(one: &Dismissal) -> Said {
    let words = format!("challenge answered: {} ({})", one.reason, one.challenge);
    Said { day: None, body: String::new(), words }
}
