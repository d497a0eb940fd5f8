//! The forms of a meeting: beginning it and ending it.

use chrono::NaiveDate;

use super::field::{self, Field, Holds, Parties};
use super::form::{Form, Meet, Purpose};
use crate::app::model::World;
use crate::domain::agenda;
use crate::domain::date_words;
use crate::domain::describe::rule_words;
use crate::domain::intent::{Attendee, Begin, Intent, PartyChoice};
use crate::domain::meeting::{Meeting, Presence};
use crate::problem::Problem;

/// The form that begins a meeting, with what the last one had.
pub fn begin(world: World<'_>) -> Form {
    let register = world.register;
    let last = register.visible_meetings().next_back();
    let body = last.and_then(Meeting::body).map(|body| register.party_name(body).to_owned());
    let rules = last.and_then(|last| last.agenda.get()).map(|agenda| &agenda.rules);
    let rules = rules.map(|rules| rules.iter().map(rule_text).collect::<Vec<_>>().join(", "));
    let people = |presence: Presence| {
        let of_last = last.map_or(&[][..], Meeting::attendance).iter();
        let there = of_last.filter(|person| person.presence == presence);
        let named = there.map(|person| {
            let party = register.party_name(person.party);
            if person.name.is_empty() { party.to_owned() } else { format!("{party}={}", person.name) }
        });
        Holds::Parties(Parties { chosen: named.collect(), ..Parties::default() })
    };
    let fields = vec![
        Field::new("Body", Holds::Parties(Parties { chosen: body.into_iter().collect(), ..Parties::default() }), ""),
        Field::offering("Date", Holds::Day, "today"),
        Field::new("Chair", Holds::Words, last.map_or("", Meeting::chair)),
        Field::new("Present", people(Presence::Present), ""),
        Field::new("Apologies", people(Presence::Apologies), ""),
        Field::offering("Agenda", Holds::Words, rules.unwrap_or_else(|| agenda::USUAL.to_owned())),
        Field::new("Next", Holds::Day, ""),
    ];
    Form::new(Purpose::Meet(Meet::Begin), "Begin a meeting".into(), fields)
}

/// The form that ends the open one.
pub fn end(meeting: &Meeting, world: World<'_>) -> Form {
    let next = meeting.next().map(date_words::day).unwrap_or_default();
    let left = meeting.items().len() - meeting.dealt_with();
    let open = if left == 0 { String::new() } else { format!(" ({left} not discussed)") };
    let title = format!("End the meeting of {}{open}", world.register.meeting_name(meeting));
    Form::new(Purpose::Meet(Meet::End), title, vec![Field::new("Next", Holds::Day, next)])
}

/// A rule as it can be typed again.
fn rule_text(rule: &crate::domain::meeting::AgendaRule) -> String {
    agenda::typed(rule).unwrap_or_else(|| rule_words(rule))
}

impl Form {
    /// What is to be written of a meeting.
    pub(super) fn meeting_intent(&self, meet: Meet, world: World<'_>) -> Result<Intent, Problem> {
        match meet {
            Meet::Begin => self.begin_intent(world),
            Meet::End => Ok(Intent::EndMeeting { next: day(&self.words(0), world)? }),
        }
    }

    fn begin_intent(&self, world: World<'_>) -> Result<Intent, Problem> {
        let chosen = |field: usize| self.fields.get(field).map(Field::chosen).unwrap_or_default();
        let Some(name) = chosen(0).first() else {
            let why = "nobody is said to meet";
            return Err(Problem::new("No meeting was begun", why, "Type the name of the subgroup, and Enter."));
        };
        let register = world.register;
        let on = day(&self.words(1), world)?.unwrap_or(world.today());
        let next = day(&self.words(6), world)?;
        let rules = agenda::rules(&self.words(5), register, world.today())?;
        let body = register.parties.iter().find(|party| !register.is_hidden(party.id) && party.is_called(name));
        let people = |field, presence| chosen(field).iter().map(move |text| Attendee::typed(text, presence));
        Ok(Intent::BeginMeeting(Begin {
            body: PartyChoice::New(name.clone()),
            day: on,
            chair: self.words(2),
            attendance: people(3, Presence::Present).chain(people(4, Presence::Apologies)).collect(),
            agenda: agenda::agenda(register, body.map(|party| party.id), rules, (on, next)),
            next,
        }))
    }
}

fn day(typed: &str, world: World<'_>) -> Result<Option<NaiveDate>, Problem> {
    if typed.is_empty() {
        return Ok(None);
    }
    let day = field::day(typed, world.today());
    day.map(Some).ok_or_else(|| {
        let why = format!("“{typed}” is not one day");
        Problem::new("Not saved", why, "Write 12 Dec 2026 or 2026-12-12; what you typed is kept.")
    })
}
