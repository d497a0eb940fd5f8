//! The forms of a meeting: starting it, attendance, agenda, a point or decision, ending it.

use chrono::NaiveDate;

use super::field::{self, FormField, Holds, Parties, Room};
use super::form::{Form, Meet, Purpose};
use crate::app::message::World;
use crate::domain::agenda;
use crate::domain::date_words;
use crate::domain::describe::rule_words;
use crate::domain::id::Id;
use crate::domain::intent::{Attendee, Begin, Intent, PartyChoice};
use crate::domain::meeting::{AgendaRule, Meeting, Presence};
use crate::domain::rules::party_called;
use crate::problem::Problem;

/// The form that starts a meeting: for the body that announced one for today, else for the body that met last.
pub fn begin(world: World<'_>) -> Form {
    let announced = |meeting: &&Meeting| is_announced(meeting, world);
    let mut ended = world.register.visible_meetings();
    let last = ended.rfind(announced).or(world.register.visible_meetings().next_back());
    let body = last.and_then(Meeting::body).map(|body| world.register.party_name(body).to_owned());
    let chosen: Vec<String> = body.into_iter().collect();
    let mut fields = vec![
        FormField::new("Body", Holds::Parties(Parties { chosen, room: Room::OneBody, ..Parties::default() }), ""),
        FormField::offering("Date", Holds::Day, "today"),
    ];
    fields.extend(as_last_time(last, world));
    fields.push(FormField::new("Next", Holds::Day, ""));
    let mut form = Form::new(Purpose::Meet(Meet::Begin), String::new(), fields);
    form.title = title(last, world);
    form
}

/// Chair, attendance and agenda from the body's last meeting.
fn as_last_time(last: Option<&Meeting>, world: World<'_>) -> [FormField; 4] {
    let nobody = || Holds::Parties(Parties { room: Room::People, ..Parties::default() });
    let people = |presence| last.map_or_else(nobody, |last| people(last, presence, world));
    let rules = last.map_or_else(|| agenda::USUAL.to_owned(), lasting_rules);
    [
        FormField::new("Chair", Holds::Words, last.map_or("", Meeting::chair)),
        FormField::new("Present", people(Presence::Present), ""),
        FormField::new("Apologies", people(Presence::Apologies), ""),
        FormField::offering("Agenda", Holds::Rules, rules),
    ]
}

fn title(last: Option<&Meeting>, world: World<'_>) -> String {
    let announced = last.is_some_and(|last| is_announced(last, world));
    if announced { "Start the meeting announced for today" } else { "Start a meeting" }.into()
}

/// Whether a meeting announced the next one for today.
fn is_announced(meeting: &Meeting, world: World<'_>) -> bool {
    meeting.next() == Some(world.today()) && meeting.day() < Some(world.today())
}

fn people(meeting: &Meeting, presence: Presence, world: World<'_>) -> Holds {
    let there = meeting.attendance().iter().filter(|person| person.presence == presence);
    let named = there.map(|person| {
        let party = world.register.party_name(person.party);
        if person.name.is_empty() { party.to_owned() } else { format!("{party}={}", person.name) }
    });
    Holds::Parties(Parties { chosen: named.collect(), room: Room::People, ..Parties::default() })
}

/// A meeting's rules as typed.
fn typed_rules(meeting: &Meeting) -> String {
    let rules = meeting.agenda.get().map_or(&[][..], |agenda| &agenda.rules);
    rules.iter().map(rule_text).collect::<Vec<_>>().join(", ")
}

/// The rules worth repeating: not the actions added by hand.
fn lasting_rules(meeting: &Meeting) -> String {
    let is_one_action = |rule: &&AgendaRule| matches!(rule, AgendaRule::Filter(text) if text.contains("ref:"));
    let rules = meeting.agenda.get().map_or(&[][..], |agenda| &agenda.rules);
    rules.iter().filter(|rule| !is_one_action(rule)).map(rule_text).collect::<Vec<_>>().join(", ")
}

fn rule_text(rule: &AgendaRule) -> String {
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

/// The form that ends the open meeting.
pub fn end(meeting: &Meeting, world: World<'_>) -> Form {
    let next = meeting.next().map(date_words::day).unwrap_or_default();
    let left = meeting.items().len() - meeting.dealt_with();
    let open = if left == 0 { String::new() } else { format!(" ({left} not discussed)") };
    let title = format!("End the meeting of {}{open}", world.register.meeting_name(meeting));
    Form::new(Purpose::Meet(Meet::End), title, vec![FormField::new("Next", Holds::Day, next)])
}

impl Form {
    /// Fills in what the chosen body had last time; anything typed is kept.
    pub(super) fn fill(&mut self, world: World<'_>) {
        if self.purpose != Purpose::Meet(Meet::Begin) || self.focus != 0 {
            return;
        }
        let named = self.fields.first().and_then(|field| field.chosen().first().cloned());
        let body = named.and_then(|name| party_called(world.register, &name)).map(|party| party.id);
        let last = body.and_then(|body| agenda::last_meeting(world.register, body));
        for (field, new) in self.fields.iter_mut().skip(2).zip(as_last_time(last, world)) {
            if field.is_as_given() {
                *field = new;
            }
        }
        self.title = title(last, world);
    }

    /// The intent to write for a meeting.
    pub(super) fn meeting_intent(&self, meet: Meet, world: World<'_>) -> Result<Intent, Problem> {
        match meet {
            Meet::Begin => self.begin_intent(world),
            Meet::End => Ok(Intent::EndMeeting { next: day(&self.words(0), world)? }),
            Meet::Attend => Ok(Intent::Attend { chair: self.words(2), people: self.attendees(0) }),
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
    fn attendees(&self, first: usize) -> Vec<Attendee> {
        let of = |field: usize, presence| {
            let chosen = self.fields.get(field).map(FormField::chosen).unwrap_or_default();
            chosen.iter().map(move |text| Attendee::typed(text, presence))
        };
        of(first, Presence::Present).chain(of(first + 1, Presence::Apologies)).collect()
    }

    fn begin_intent(&self, world: World<'_>) -> Result<Intent, Problem> {
        let Some(name) = self.fields.first().and_then(|field| field.chosen().first()) else {
            let why = "no body was chosen";
            return Err(Problem::new("No meeting was started", why, "Type the name of the subgroup, and Enter."));
        };
        let register = world.register;
        let on = day(&self.words(1), world)?.unwrap_or(world.today());
        let next = day(&self.words(6), world)?;
        let rules = agenda::rules(&self.words(5), register, world.today())?;
        let body = party_called(register, name).map(|party| party.id);
        Ok(Intent::BeginMeeting(Begin {
            body: PartyChoice::New(name.clone()),
            day: on,
            chair: self.words(2),
            attendance: self.attendees(3),
            agenda: agenda::agenda(register, body, rules, (on, next)),
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
