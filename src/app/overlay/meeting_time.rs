//! The forms about time in a meeting: who comes and who leaves, and what is planned for items.

use chrono::NaiveTime;

use super::field::{FormField, Holds, Parties, Room};
use super::form::{Form, Meet, Purpose};
use crate::app::message::World;
use crate::domain::id::Id;
use crate::domain::intent::{Attendee, Intent};
use crate::domain::meeting::{Meeting, Presence};
use crate::domain::timing::{self, Movement, Planned};
use crate::problem::Problem;
use crate::text::counted;

/// The form for who comes or leaves; it offers those who can.
pub fn come_or_go(movement: Movement, meeting: &Meeting, world: World<'_>) -> Form {
    let here: Vec<(Option<Id>, &str)> = timing::in_the_room(meeting).collect();
    let all = meeting.attendance().iter().map(|person| (person.party, person.name.as_str()));
    let can: Vec<(Option<Id>, &str)> = match movement {
        Movement::Left => here,
        Movement::Joined => all.filter(|person| !here.contains(person)).collect(),
    };
    let also = can.into_iter().filter(|(_, name)| !name.is_empty());
    let also = also
        .map(|(party, name)| format!("{}={name}", party.map_or("", |party| world.register.party_name(party))))
        .collect();
    let (title, label) = match movement {
        Movement::Joined => ("Who joins the meeting", "Joins"),
        Movement::Left => ("Who leaves the meeting", "Leaves"),
    };
    let fields = vec![
        FormField::new(label, Holds::Parties(Parties { also, room: Room::People, ..Parties::default() }), ""),
        FormField::offering("At", Holds::Words, timing::time_words(world.env.now.time())),
    ];
    Form::new(Purpose::Meet(Meet::ComeOrGo(movement)), title.into(), fields)
}

/// The form for the time of items.
pub fn time(items: Vec<Id>, meeting: &Meeting, world: World<'_>) -> Form {
    let title = match items.as_slice() {
        [only] => {
            let action = world.register.action(*only);
            format!("Time for {}", action.map(|action| world.register.reference(action)).unwrap_or_default())
        }
        several => format!("Time for each of {}", counted(several.len(), "item")),
    };
    let now = items.first().filter(|_| items.len() == 1).and_then(|item| meeting.slot(*item));
    let (start, minutes) = now.map_or((None, None), |Planned { start, minutes, .. }| (start, minutes));
    let mut fields =
        vec![FormField::offering("Minutes", Holds::Words, minutes.map_or(String::new(), |m| m.to_string()))];
    if items.len() == 1 {
        fields.push(FormField::offering("Begins at", Holds::Words, start.map_or(String::new(), timing::time_words)));
    }
    Form::new(Purpose::Schedule(items), title, fields)
}

impl Form {
    pub(super) fn come_or_go(&self, movement: Movement, world: World<'_>) -> Result<Intent, Problem> {
        let chosen = self.fields.first().map(FormField::chosen).unwrap_or_default();
        let typed = Some(self.words(0)).filter(|typed| !typed.is_empty());
        let people = chosen.iter().cloned().chain(typed).map(|text| {
            let Attendee { party, name, .. } = Attendee::typed(&text, Presence::Present);
            (party, name)
        });
        let at = past_time(&self.words(1), world)?;
        Ok(Intent::ComeOrGo { people: people.collect(), movement, at })
    }

    pub(super) fn schedule(&self, items: &[Id]) -> Result<Intent, Problem> {
        let no = |why: String, hint: &str| Problem::new("No time was planned", why, hint);
        let (typed, begins) = (self.words(0), self.words(1));
        let digits = typed.trim_end_matches(|c: char| c.is_alphabetic() || c == ' ');
        let minutes = match digits {
            "" if typed.is_empty() => None,
            digits => {
                let read = digits.parse::<u32>().ok().filter(|minutes| (1..=600).contains(minutes));
                Some(read.ok_or_else(|| {
                    no(format!("“{typed}” is not a number of minutes"), "Type 15, or leave it empty.")
                })?)
            }
        };
        let start = if begins.is_empty() {
            None
        } else {
            let read = timing::read_time(&begins);
            Some(read.ok_or_else(|| no(format!("“{begins}” is not a time"), "Type it as 10:30, or leave it empty."))?)
        };
        Ok(Intent::Schedule { items: items.to_vec(), start, minutes })
    }
}

/// A time of day that has come.
fn past_time(typed: &str, world: World<'_>) -> Result<NaiveTime, Problem> {
    let no = |why: String| Problem::new("Not recorded", why, "Type the time as 10:20.");
    let time = timing::read_time(typed).ok_or_else(|| no(format!("“{typed}” is not a time")))?;
    let is_today = world.register.open_meeting().and_then(Meeting::day).is_none_or(|day| day >= world.today());
    if is_today && time > world.env.now.time() { Err(no(format!("{typed} is still to come"))) } else { Ok(time) }
}
