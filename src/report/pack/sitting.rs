//! Which meeting a pack is for: the one that is open, or a body's next one.

use chrono::NaiveDate;

use super::super::Material;
use super::super::Readers;
use crate::domain::action::Action;
use crate::domain::agenda::{self, Occasion};
use crate::domain::date_words;
use crate::domain::id::Id;
use crate::domain::meeting::{AgendaRule, Meeting};
use crate::domain::moment::{self, Named};
use crate::domain::register::Register;
use crate::domain::rules::party_called;
use crate::problem::Problem;

pub struct Sitting<'a> {
    register: &'a Register,
    pub body: Option<Id>,
    pub day: NaiveDate,
    chair: String,
    /// The body's last meeting that has ended.
    pub before: Option<&'a Meeting>,
    pub items: Vec<&'a Action>,
    rules: Vec<AgendaRule>,
    occasion: Occasion,
}

impl<'a> Sitting<'a> {
    pub fn of(material: &Material<'a>) -> Result<Sitting<'a>, Problem> {
        let register = material.register;
        let body = named(register, &material.options.meeting)?;
        let open = register.open_meeting().filter(|open| open.is_first_open());
        let open = open.filter(|open| body.is_none() || open.body() == body);
        let mut sitting = match open {
            Some(open) => Sitting::begun(register, open, material.today),
            None => Sitting::to_come(register, body, material.today)?,
        };
        let matches = |action: &&Action| material.filter.matches(register, action, material.today).is_some();
        sitting.items.retain(matches);
        Ok(sitting)
    }

    fn begun(register: &'a Register, meeting: &'a Meeting, today: NaiveDate) -> Sitting<'a> {
        let body = meeting.body();
        Sitting {
            register,
            body,
            day: meeting.day().unwrap_or(today),
            chair: meeting.chair().to_owned(),
            before: body.and_then(|body| agenda::last_meeting(register, body)),
            items: meeting.items().iter().filter_map(|id| register.action(*id)).collect(),
            rules: meeting.agenda.get().map(|agenda| agenda.rules.clone()).unwrap_or_default(),
            occasion: Occasion::of(meeting, today),
        }
    }

    /// With the agenda that the meeting would have if it were started without choosing another.
    fn to_come(register: &'a Register, body: Option<Id>, today: NaiveDate) -> Result<Sitting<'a>, Problem> {
        let body = body.or_else(|| register.visible_meetings().next_back().and_then(Meeting::body));
        let before = body.and_then(|body| agenda::last_meeting(register, body));
        let day = before.and_then(Meeting::next).filter(|day| *day >= today).unwrap_or(today);
        let name = body.map_or("", |body| register.party_name(body));
        let reach = before.map_or_else(|| agenda::usual_reach(register, body, name, None), Meeting::reach);
        let occasion = Occasion { body, day, next: None, reach, meeting: None };
        let made = agenda::agenda(register, &occasion, agenda::rules(agenda::USUAL, register, today)?);
        Ok(Sitting {
            register,
            body,
            day,
            chair: before.map_or("", Meeting::chair).to_owned(),
            before,
            items: made.items.iter().filter_map(|id| register.action(*id)).collect(),
            rules: made.rules,
            occasion,
        })
    }

    /// "OPS, 20 Feb 2027".
    pub fn name(&self) -> String {
        let body = self.body.map(|body| self.register.party_name(body).to_owned());
        body.into_iter().chain([date_words::day(self.day)]).collect::<Vec<_>>().join(", ")
    }

    pub fn body_name(&self) -> Option<&'a str> {
        self.body.map(|body| self.register.party_name(body))
    }

    pub fn facts(&self) -> Vec<(&'static str, String)> {
        let facts = [
            ("Body", self.body_name().unwrap_or_default().to_owned()),
            ("Date", date_words::day(self.day)),
            ("Chair", self.chair.clone()),
        ];
        facts.into_iter().filter(|(_, what)| !what.is_empty()).collect()
    }

    /// Why an item is on the agenda. That there is something to ask about it is for the chair only, and no blank tells it.
    pub fn why(&self, material: &Material) -> impl Fn(&Action) -> String {
        let is_said = |rule: &&AgendaRule| material.options.readers == Readers::Chair || !is_for_chair(rule);
        let rules: Vec<AgendaRule> = self.rules.iter().filter(is_said).cloned().collect();
        let (register, occasion) = (self.register, self.occasion);
        move |action| {
            let why = agenda::why_by(register, &rules, &occasion)(action);
            if why.is_empty() { "for review".to_owned() } else { why }
        }
    }
}

fn is_for_chair(rule: &AgendaRule) -> bool {
    match rule {
        AgendaRule::Challenged => true,
        AgendaRule::Filter(text) => ["challenge", "flag"].iter().any(|word| text.contains(word)),
        AgendaRule::Overdue
        | AgendaRule::Changed
        | AgendaRule::Due
        | AgendaRule::ProposedForClosure
        | AgendaRule::RedAndAmber
        | AgendaRule::CarriedForward
        | AgendaRule::Everything => false,
    }
}

/// The body meant by its name, or by one of its meetings.
fn named(register: &Register, words: &str) -> Result<Option<Id>, Problem> {
    if words.is_empty() {
        return Ok(None);
    }
    if let Some(party) = party_called(register, words) {
        return Ok(Some(party.id));
    }
    match moment::meeting_named(words, register) {
        Named::Meeting(meeting) => Ok(meeting.body()),
        Named::Nothing | Named::Several(..) => {
            let why = format!("“{words}” is not the name of a body");
            Err(Problem::new("No pack was made", why, "`arising parties` lists the bodies, as in `--meeting OPS`."))
        }
    }
}
