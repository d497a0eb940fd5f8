//! The forms of an open meeting: attendance, agenda, a point or decision.

use chrono::NaiveDate;

use super::field::{self, FormField, Holds, Parties, Room};
use super::form::{Form, Meet, Purpose};
use crate::app::message::World;
use crate::domain::agenda;
use crate::domain::date_words;
use crate::domain::describe::rule_words;
use crate::domain::id::Id;
use crate::domain::intent::{Attendee, Intent};
use crate::domain::meeting::{AgendaRule, Meeting, Presence};
use crate::problem::Problem;

pub(super) fn people(meeting: &Meeting, presence: Presence, world: World<'_>) -> Holds {
    let there = meeting.attendance().iter().filter(|person| person.presence == presence);
    let named = there.map(|person| {
        let party = person.party.map_or("", |party| world.register.party_name(party));
        if person.name.is_empty() { party.to_owned() } else { format!("{party}={}", person.name) }
    });
    Holds::Parties(Parties { chosen: named.collect(), room: Room::People, ..Parties::default() })
}

/// A meeting's rules as typed.
fn typed_rules(meeting: &Meeting) -> String {
    let rules = meeting.agenda.get().map_or(&[][..], |agenda| &agenda.rules);
    rules.iter().map(rule_text).collect::<Vec<_>>().join(", ")
}

pub(super) fn rule_text(rule: &AgendaRule) -> String {
    agenda::typed(rule).unwrap_or_else(|| rule_words(rule))
}

/// The attendance form, while the meeting is open.
pub fn attend(meeting: &Meeting, world: World<'_>) -> Form {
    let fields = vec![
        FormField::new("Present", people(meeting, Presence::Present, world), ""),
        FormField::new("Apologies", people(meeting, Presence::Apologies, world), ""),
        FormField::new("Chair", Holds::Words, meeting.chair()),
    ];
    let title = format!("Attendance at the meeting of {}", world.register.meeting_name(meeting));
    Form::new(Purpose::Meet(Meet::Attend), title, fields)
}

/// The form that changes the agenda.
pub fn rules(meeting: &Meeting, world: World<'_>) -> Form {
    let title = format!("Agenda of {}; items already dealt with stay on it", world.register.meeting_name(meeting));
    let field = FormField::new("Agenda", Holds::Rules, typed_rules(meeting));
    Form::new(Purpose::Meet(Meet::Rules), title, vec![field])
}

/// The form for a point not about an action.
pub fn note(under: Option<Id>, world: World<'_>) -> Form {
    let rec = under.and_then(|id| world.register.recommendation(id));
    let title = match rec {
        Some(rec) => format!("A matter under recommendation {}", rec.number()),
        None => "A matter for the whole meeting".into(),
    };
    Form::new(Purpose::Meet(Meet::Note(under)), title, vec![FormField::new("Matter", Holds::Text, "")])
}

/// The form for a decision not about an action.
pub fn decide() -> Form {
    let field = FormField::new("Decision", Holds::Text, "");
    Form::new(Purpose::Meet(Meet::Decide), "A decision of the whole meeting".into(), vec![field])
}

impl Form {
    /// The intent to write for a meeting.
    pub(super) fn meeting_intent(&self, meet: Meet, world: World<'_>) -> Result<Intent, Problem> {
        match meet {
            Meet::Begin { plan } => self.begin_intent(plan, world),
            Meet::End => self.end_intent(world),
            Meet::Attend => Ok(Intent::Attend { chair: self.words(2), people: self.attendees(0) }),
            Meet::ComeOrGo(movement) => self.come_or_go(movement, world),
            Meet::Rules => self.rules_intent(world),
            Meet::Note(recommendation) => Ok(Intent::Note { recommendation, text: self.words(0) }),
            Meet::Decide => Ok(Intent::Decide { action: None, text: self.words(0) }),
        }
    }

    fn rules_intent(&self, world: World<'_>) -> Result<Intent, Problem> {
        let Some(meeting) = world.register.open_meeting() else {
            return Err(Problem::new("The agenda is unchanged", "no meeting is open", ""));
        };
        let rules = agenda::rules(&self.words(0), world.register, world.today())?;
        Ok(Intent::SetAgenda { agenda: agenda::rebuilt(world.register, meeting, rules, world.today()) })
    }

    /// Who is present, in a field, and who sent apologies, in the next.
    pub(super) fn attendees(&self, first: usize) -> Vec<Attendee> {
        let of = |field: usize, presence| {
            let chosen = self.fields.get(field).map(FormField::chosen).unwrap_or_default();
            chosen.iter().map(move |text| Attendee::typed(text, presence))
        };
        of(first, Presence::Present).chain(of(first + 1, Presence::Apologies)).collect()
    }
}

pub(super) fn day(typed: &str, world: World<'_>) -> Result<Option<NaiveDate>, Problem> {
    if typed.is_empty() {
        return Ok(None);
    }
    let day = field::day(typed, world.today());
    day.map(Some).ok_or_else(|| {
        let why = format!("“{typed}” is not one day");
        let days = date_words::examples(date_words::example(world.today()));
        Problem::new("Not saved", why, format!("Write {days}; what you typed is kept."))
    })
}
