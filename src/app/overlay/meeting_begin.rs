//! The form that starts a meeting, and what its agenda will hold.

use super::field::{Echo, FormField, Holds, Parties, Room};
use super::form::{Form, Meet, Purpose};
use super::meeting_end;
use super::meeting_form::{day, people, rule_text};
use crate::app::message::World;
use crate::domain::agenda::{self, Occasion};
use crate::domain::id::Id;
use crate::domain::intent::{Begin, Intent, PartyChoice};
use crate::domain::meeting::{AgendaRule, Meeting, Presence, Reach, Whose};
use crate::domain::party::PartyKind;
use crate::domain::query;
use crate::domain::rules::party_called;
use crate::problem::Problem;
use crate::text;

/// The places of its fields.
const BODY: usize = 0;
const DATE: usize = 1;
const CHAIR: usize = 2;
const PRESENT: usize = 3;
const AGENDA: usize = 5;
const NEXT: usize = 6;
const OF: usize = 7;

/// The form that starts a meeting: for the body that announced one for today, else for the body that met last. Begun
/// within a plan, it is for a body that has reviewed that plan.
pub fn begin(plan: Option<Id>, world: World<'_>) -> Form {
    let mut meetings = world.register.visible_meetings();
    let announced = meetings.rfind(|meeting| is_announced(meeting, world));
    let last =
        announced.or_else(|| world.register.visible_meetings().rfind(|meeting| has_reviewed(meeting, plan, world)));
    let body = last.and_then(Meeting::body).map(|body| world.register.party_name(body).to_owned());
    let parties = Parties {
        chosen: body.into_iter().collect(),
        room: Room::OneBody,
        also: bodies(plan, world),
        ..Parties::default()
    };
    let mut fields =
        vec![FormField::new("Body", Holds::Parties(parties), ""), FormField::offering("Date", Holds::Day, "today")];
    fields.extend(as_last_time(last, world));
    fields.push(FormField::new("Next meeting", Holds::Day, ""));
    let name = fields.first().and_then(|field| field.chosen().first()).cloned().unwrap_or_default();
    fields.push(actions_of(last, (&name, plan), world));
    let mut form = Form::new(Purpose::Meet(Meet::Begin { plan }), title(last, world), fields);
    form.sum_up(world);
    form
}

/// Whether a meeting had something of a plan on its agenda.
fn has_reviewed(meeting: &Meeting, plan: Option<Id>, world: World<'_>) -> bool {
    let is_of = |id: &Id| world.register.action(*id).map(|action| action.plan) == plan;
    plan.is_none() || meeting.items().iter().any(is_of)
}

/// The subgroups that lead or oversee actions of a plan, those with most first.
fn bodies(plan: Option<Id>, world: World<'_>) -> Vec<String> {
    let Some(plan) = plan.and_then(|plan| world.register.plan(plan)) else { return Vec::new() };
    let counts = query::party_counts(world.register, world.register.actions_of(plan), world.today());
    let own = counts.into_iter().filter(|count| count.kind == PartyKind::Subgroup && count.actions > 0);
    own.map(|count| count.name).collect()
}

/// Chair, attendance and agenda from the body's last meeting.
fn as_last_time(last: Option<&Meeting>, world: World<'_>) -> [FormField; 4] {
    let nobody = || Holds::Parties(Parties { room: Room::People, ..Parties::default() });
    let people = |presence| last.map_or_else(nobody, |last| people(last, presence, world));
    let rules = last.map(lasting_rules).filter(|rules| !rules.is_empty());
    [
        FormField::new("Chair", Holds::Words, last.map_or("", Meeting::chair)),
        FormField::new("Present", people(Presence::Present), ""),
        FormField::new("Apologies", people(Presence::Apologies), ""),
        FormField::offering("Agenda", Holds::Rules, rules.unwrap_or_else(|| agenda::USUAL.to_owned())),
    ]
}

/// Whose actions: as last time, or as usual for the body of that name and the plan in which the meeting begins.
fn actions_of(last: Option<&Meeting>, (name, plan): (&str, Option<Id>), world: World<'_>) -> FormField {
    let register = world.register;
    let body = party_called(register, name).map(|party| party.id);
    let before = last.and_then(|last| last.agenda.get()?.of).filter(|of| plan.is_none() || of.plan == plan);
    let reach = before.unwrap_or_else(|| agenda::usual_reach(register, body, name, plan));
    FormField::offering("Actions of", Holds::Words, agenda::reach_words(register, reach))
}

fn title(last: Option<&Meeting>, world: World<'_>) -> String {
    let announced = last.is_some_and(|last| is_announced(last, world));
    if announced { "Start the meeting announced for today" } else { "Start a meeting" }.into()
}

/// Whether a meeting announced the next one for today.
fn is_announced(meeting: &Meeting, world: World<'_>) -> bool {
    meeting.next() == Some(world.today()) && meeting.day() < Some(world.today())
}

/// The rules worth repeating: not the actions added by hand, nor what is carried, which comes by itself.
fn lasting_rules(meeting: &Meeting) -> String {
    let is_one_action = |rule: &&AgendaRule| matches!(rule, AgendaRule::Filter(text) if text.contains("ref:"));
    let rules = meeting.agenda.get().map_or(&[][..], |agenda| &agenda.rules);
    rules.iter().filter(|rule| !is_one_action(rule)).map(rule_text).collect::<Vec<_>>().join(", ")
}

impl Form {
    /// Fills in what the chosen body had last time; anything typed is kept.
    pub(super) fn fill(&mut self, world: World<'_>) {
        let Purpose::Meet(Meet::Begin { plan }) = self.purpose else { return };
        if self.focus != BODY {
            return;
        }
        let name = self.body_name();
        let body = party_called(world.register, &name).map(|party| party.id);
        let last = body.and_then(|body| agenda::last_meeting(world.register, body));
        let new = as_last_time(last, world).into_iter().zip(CHAIR..).map(|(field, place)| (place, field));
        for (place, new) in new.chain([(OF, actions_of(last, (&name, plan), world))]) {
            if let Some(field) = self.fields.get_mut(place).filter(|field| field.is_as_given()) {
                *field = new;
            }
        }
        self.title = title(last, world);
    }

    fn body_name(&self) -> String {
        self.fields.get(BODY).and_then(|field| field.chosen().first()).cloned().unwrap_or_default()
    }

    /// How a field was understood. Below whose actions an agenda draws on stands what it will hold.
    pub fn echo(&self, at: usize, world: World<'_>) -> Option<Echo> {
        match self.purpose {
            Purpose::Meet(Meet::Begin { .. }) if at == OF => self.sum.as_ref().map(|(_, echo)| echo.clone()),
            Purpose::Meet(Meet::End) if at == meeting_end::LEFT => self.left_over(world),
            _ => self.fields.get(at)?.echo(world),
        }
    }

    /// The title, with what the agenda will hold: it is in sight even where the form is higher than the screen.
    pub fn heading(&self) -> String {
        match &self.sum {
            Some((_, Echo::Understood(words) | Echo::Doubtful(words))) => format!("{}: {words}", self.title),
            None => self.title.clone(),
        }
    }

    /// Counts again where what was typed has a bearing on the agenda; without a body there is nothing to count.
    pub(super) fn sum_up(&mut self, world: World<'_>) {
        let Purpose::Meet(Meet::Begin { plan }) = self.purpose else { return };
        let body = self.body_name();
        if body.is_empty() {
            self.sum = None;
            return;
        }
        let typed = [DATE, AGENDA, NEXT, OF].map(|field| self.words(field));
        let key = std::iter::once(body).chain(typed).collect::<Vec<_>>().join("\n");
        if self.sum.as_ref().is_none_or(|(counted, _)| *counted != key) {
            self.sum = Some((key, self.counted(plan, world)));
        }
    }

    /// "12 items; 7 more match but are left out".
    fn counted(&self, plan: Option<Id>, world: World<'_>) -> Echo {
        let (rules, occasion) = match (self.rules(world), self.occasion(plan, world)) {
            (Ok(rules), Ok(occasion)) => (rules, occasion),
            (Err(problem), _) | (_, Err(problem)) => return Echo::Doubtful(problem.to_string()),
        };
        let (agenda, others) = agenda::agenda_and_rest(world.register, &occasion, rules);
        let items = text::counted(agenda.items.len(), "item");
        match others {
            0 => Echo::Understood(items),
            others => Echo::Doubtful(format!("{items}; {others} more left out, “{}” adds them", wider(occasion.reach))),
        }
    }

    fn rules(&self, world: World<'_>) -> Result<Vec<AgendaRule>, Problem> {
        agenda::rules(&self.words(AGENDA), world.register, world.today())
    }

    fn occasion(&self, plan: Option<Id>, world: World<'_>) -> Result<Occasion, Problem> {
        let name = self.body_name();
        let body = party_called(world.register, &name).map(|party| party.id);
        let typed = self.words(OF);
        let reach = if typed.is_empty() {
            agenda::usual_reach(world.register, body, &name, plan)
        } else {
            agenda::typed_reach(world.register, &typed, plan)?
        };
        let on = day(&self.words(DATE), world)?.unwrap_or(world.today());
        Ok(Occasion { body, day: on, next: day(&self.words(NEXT), world)?, reach, meeting: None })
    }

    pub(super) fn begin_intent(&self, plan: Option<Id>, world: World<'_>) -> Result<Intent, Problem> {
        let name = self.body_name();
        if name.is_empty() {
            let why = "no body was chosen";
            return Err(Problem::new("No meeting was started", why, "Type the name of the subgroup, and Enter."));
        }
        let (rules, occasion) = (self.rules(world)?, self.occasion(plan, world)?);
        Ok(Intent::BeginMeeting(Begin {
            body: PartyChoice::New(name),
            day: occasion.day,
            chair: self.words(CHAIR),
            attendance: self.attendees(PRESENT),
            agenda: agenda::agenda(world.register, &occasion, rules),
            next: occasion.next,
        }))
    }
}

/// What to type for more.
fn wider(reach: Reach) -> &'static str {
    if reach.plan.is_some() && reach.whose == Whose::Body { "this plan" } else { "all" }
}
