//! What can be done about meetings: the list that `m` shows.

use super::{agenda, push};
use crate::app::commands::current;
use crate::app::model::{Effect, Model, Wish, World};
use crate::app::overlay::Overlay;
use crate::app::overlay::choice::{Choice, Chosen, Item};
use crate::app::overlay::meeting_form;
use crate::domain::action::Action;
use crate::domain::agenda as order;
use crate::domain::id::Id;
use crate::domain::intent::Intent;
use crate::domain::meeting::{Meeting, Presence, Stage};
use crate::report::Options;
use crate::text;

/// What choosing a line of the list does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    Begin,
    Agenda,
    Attend,
    Rules,
    /// Puts an action on the agenda.
    PutOn(Id),
    TakeOff(Id),
    /// Shows the minutes, as far as they go.
    Minutes(Id),
    End,
    Reopen(Id),
    Agree(Id),
}

/// How many past meetings are offered: letters find any of them.
const PAST: usize = 40;

/// Shows what can be done; where no meeting was ever held, the form that begins one.
pub fn open(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    let items = match world.register.open_meeting() {
        Some(meeting) => of_open(model, meeting, world),
        None if world.register.visible_meetings().next().is_none() => return push(model, meeting_form::begin(world)),
        None => of_past(world),
    };
    model.overlays.push(Overlay::Choice(Choice::new("The meeting", items)));
    Vec::new()
}

fn offer(label: String, note: String, deed: Deed) -> Item {
    Item { note, ..Item::new(label, Chosen::Meeting(deed)) }
}

fn of_open(model: &Model, meeting: &Meeting, world: World<'_>) -> Vec<Item> {
    let left = meeting.items().len().saturating_sub(meeting.dealt_with());
    let rules = meeting.agenda.get().map_or(0, |agenda| agenda.rules.len());
    let mut items = vec![
        offer(
            "Show the agenda".into(),
            format!("{}, {left} left", text::counted(meeting.items().len(), "item")),
            Deed::Agenda,
        ),
        offer("Who is here".into(), presence(meeting), Deed::Attend),
        offer("Change the agenda's rules".into(), format!("{rules} now"), Deed::Rules),
    ];
    items.extend(current(model, world).map(|action| item_of_agenda(meeting, action, world)));
    items.push(offer("Draft minutes as they stand".into(), String::new(), Deed::Minutes(meeting.id)));
    items.push(offer(format!("End the meeting of {}", world.register.meeting_name(meeting)), String::new(), Deed::End));
    items
}

/// "4 present, apologies from 2".
fn presence(meeting: &Meeting) -> String {
    let count = |presence| meeting.attendance().iter().filter(|person| person.presence == presence).count();
    format!("{} present, apologies from {}", count(Presence::Present), count(Presence::Apologies))
}

fn item_of_agenda(meeting: &Meeting, action: &Action, world: World<'_>) -> Item {
    let reference = world.register.reference(action);
    if meeting.place_of(action.id).is_none() {
        return offer(format!("Put {reference} on the agenda"), String::new(), Deed::PutOn(action.id));
    }
    let dealt = meeting.is_dealt_with(action.id);
    let why_not = dealt.then(|| format!("{reference} has been dealt with and stays on the agenda"));
    Item { why_not, ..offer(format!("Take {reference} off the agenda"), String::new(), Deed::TakeOff(action.id)) }
}

/// A new meeting, then the past ones, the latest first: minutes, agreeing them, correcting.
fn of_past(world: World<'_>) -> Vec<Item> {
    let mut items = vec![offer("Begin a meeting".into(), String::new(), Deed::Begin)];
    for meeting in world.register.visible_meetings().rev().take(PAST) {
        let name = world.register.meeting_name(meeting);
        let stage = if meeting.stage() == Stage::Agreed { "agreed" } else { "draft" };
        items.push(offer(format!("Minutes of {name}"), stage.into(), Deed::Minutes(meeting.id)));
        if meeting.stage() == Stage::Ended {
            items.push(offer(format!("Agree the minutes of {name}"), String::new(), Deed::Agree(meeting.id)));
            items.push(offer(format!("Reopen {name} for corrections"), String::new(), Deed::Reopen(meeting.id)));
        }
    }
    items
}

/// Carries out what was chosen.
pub fn carry_out(model: &mut Model, deed: Deed, world: World<'_>) -> Vec<Effect> {
    let register = world.register;
    let open = register.open_meeting();
    let write = |intent| vec![Effect::Write { intent, draft: None }];
    let form = match deed {
        Deed::Begin => Some(meeting_form::begin(world)),
        Deed::Attend => open.map(|meeting| meeting_form::attend(meeting, world)),
        Deed::Rules => open.map(|meeting| meeting_form::rules(meeting, world)),
        Deed::End => open.map(|meeting| meeting_form::end(meeting, world)),
        Deed::Agenda => return agenda::show(model, world),
        Deed::PutOn(id) | Deed::TakeOff(id) => {
            let with = if matches!(deed, Deed::PutOn(_)) { order::with } else { order::without };
            let found = open.zip(register.action(id));
            return found.map_or_else(Vec::new, |(meeting, action)| {
                write(Intent::SetAgenda { agenda: with(register, meeting, action) })
            });
        }
        Deed::Minutes(meeting) => return vec![minutes(meeting)],
        Deed::Reopen(meeting) => return write(Intent::ReopenMeeting { meeting }),
        Deed::Agree(meeting) => return write(Intent::AgreeMinutes { meeting }),
    };
    form.map_or_else(Vec::new, |form| push(model, form))
}

fn minutes(meeting: Id) -> Effect {
    let options = Options { meeting: meeting.to_string(), ..Options::default() };
    Effect::Show(Box::new(Wish { report: "minutes", filter: String::new(), options }))
}
