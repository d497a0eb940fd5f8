//! The list of meeting operations that `m` shows.

use super::agenda;
use crate::app::commands::current;
use crate::app::commands::walk::marks::chosen;
use crate::app::message::{Effect, ReportRequest, Route, World};
use crate::app::model::Model;
use crate::app::overlay::Overlay;
use crate::app::overlay::choice::{Choice, ChoiceOption, Chosen, MeetingStep};
use crate::app::overlay::{meeting_begin, meeting_end, meeting_form, meeting_time};
use crate::domain::action::Action;
use crate::domain::agenda as order;
use crate::domain::id::Id;
use crate::domain::intent::Intent;
use crate::domain::meeting::{Meeting, Presence, Stage};
use crate::domain::timing::Movement;
use crate::report::Options;
use crate::text;

/// How many past meetings are listed; typing finds any of them.
const PAST: usize = 40;

/// Shows the operations or, before the first meeting, the form that starts one.
pub fn open(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    let items = match world.register.open_meeting() {
        Some(meeting) => of_open(model, meeting, world),
        None if world.register.visible_meetings().next().is_none() => {
            return model.open_form(meeting_begin::begin(plan_here(model), world));
        }
        None => of_past(world),
    };
    model.overlays.push(Overlay::Choice(Choice::new("The meeting", items)));
    Vec::new()
}

fn offer(label: String, note: String, step: MeetingStep) -> ChoiceOption {
    ChoiceOption { note, ..ChoiceOption::new(label, Chosen::Meeting(step)) }
}

fn of_open(model: &Model, meeting: &Meeting, world: World<'_>) -> Vec<ChoiceOption> {
    let left = meeting.items().len().saturating_sub(meeting.dealt_with());
    let rules = meeting.agenda.get().map_or(0, |agenda| agenda.rules.len());
    let mut items = vec![
        offer("Show the agenda".into(), text::counted(meeting.items().len(), "item"), MeetingStep::Agenda),
        offer("Show what is not dealt with".into(), format!("{left} left"), MeetingStep::Unreached),
        offer("Attendance".into(), presence(meeting), MeetingStep::Attend),
        offer("Who joins the meeting".into(), String::new(), MeetingStep::ComeOrGo(Movement::Joined)),
        offer("Who leaves the meeting".into(), String::new(), MeetingStep::ComeOrGo(Movement::Left)),
        offer("Change the agenda rules".into(), format!("{rules} now"), MeetingStep::Rules),
    ];
    items.extend(current(model, world).map(|action| item_of_agenda(meeting, action, world)));
    let timed = timed(model, meeting, world);
    items.extend((!timed.is_empty()).then(|| offer(time_label(&timed, world), String::new(), MeetingStep::Time)));
    items.push(offer("Minutes for every item of the agenda".into(), String::new(), MeetingStep::TimeOfAll));
    items.push(offer("Draft minutes so far".into(), String::new(), MeetingStep::Minutes(meeting.id)));
    items.push(offer(
        format!("End the meeting of {}", world.register.meeting_name(meeting)),
        String::new(),
        MeetingStep::End,
    ));
    items
}

/// The items for which a time can be planned: those marked, else the selected one.
pub fn timed(model: &Model, meeting: &Meeting, world: World<'_>) -> Vec<Id> {
    let on = chosen(model, world).into_iter().map(|action| action.id);
    on.filter(|id| meeting.place_of(*id).is_some()).collect()
}

fn time_label(items: &[Id], world: World<'_>) -> String {
    match items {
        [only] => {
            let action = world.register.action(*only);
            format!("Time for {}", action.map(|action| world.register.reference(action)).unwrap_or_default())
        }
        several => format!("Time for each of the {} marked items", several.len()),
    }
}

/// "4 present, apologies from 2".
fn presence(meeting: &Meeting) -> String {
    let count = |presence| meeting.attendance().iter().filter(|person| person.presence == presence).count();
    format!("{} present, apologies from {}", count(Presence::Present), count(Presence::Apologies))
}

fn item_of_agenda(meeting: &Meeting, action: &Action, world: World<'_>) -> ChoiceOption {
    let reference = world.register.reference(action);
    if meeting.place_of(action.id).is_none() {
        return offer(format!("Put {reference} on the agenda"), String::new(), MeetingStep::PutOn(action.id));
    }
    let dealt = meeting.is_dealt_with(action.id);
    let why_not = dealt.then(|| format!("{reference} has been dealt with and stays on the agenda"));
    ChoiceOption {
        why_not,
        ..offer(format!("Take {reference} off the agenda"), String::new(), MeetingStep::TakeOff(action.id))
    }
}

/// A new meeting, then past ones, latest first: minutes, agreeing them, correcting them.
fn of_past(world: World<'_>) -> Vec<ChoiceOption> {
    let mut items = vec![offer("Start a meeting".into(), String::new(), MeetingStep::Begin)];
    for meeting in world.register.visible_meetings().rev().take(PAST) {
        let name = world.register.meeting_name(meeting);
        let stage = if meeting.stage() == Stage::Agreed { "agreed" } else { "draft" };
        items.push(offer(format!("Minutes of {name}"), stage.into(), MeetingStep::Minutes(meeting.id)));
        if meeting.stage() == Stage::Ended {
            items.push(offer(format!("Agree the minutes of {name}"), String::new(), MeetingStep::Agree(meeting.id)));
            items.push(offer(format!("Reopen {name} for corrections"), String::new(), MeetingStep::Reopen(meeting.id)));
        }
    }
    items
}

/// The plan that is being walked, where it is only one.
fn plan_here(model: &Model) -> Option<Id> {
    match model.screen.walk()?.route {
        Route::Plan(plan) => Some(plan),
        Route::AllPlans => None,
    }
}

/// Carries out what was chosen.
pub fn carry_out(model: &mut Model, step: MeetingStep, world: World<'_>) -> Vec<Effect> {
    let register = world.register;
    let open = register.open_meeting();
    let write = |intent| vec![Effect::Write { intent, draft: None }];
    let form = match step {
        MeetingStep::Begin => Some(meeting_begin::begin(plan_here(model), world)),
        MeetingStep::Attend => open.map(|meeting| meeting_form::attend(meeting, world)),
        MeetingStep::ComeOrGo(movement) => open.map(|meeting| meeting_time::come_or_go(movement, meeting, world)),
        MeetingStep::Time => open.map(|meeting| meeting_time::time(timed(model, meeting, world), meeting, world)),
        MeetingStep::TimeOfAll => open.map(|meeting| meeting_time::time(meeting.items().to_vec(), meeting, world)),
        MeetingStep::Rules => open.map(|meeting| meeting_form::rules(meeting, world)),
        MeetingStep::End => open.map(|meeting| meeting_end::end(meeting, world)),
        MeetingStep::Unreached => return agenda::show_unreached(model, world),
        MeetingStep::Agenda => return agenda::show(model, world),
        MeetingStep::PutOn(id) | MeetingStep::TakeOff(id) => {
            let with = if matches!(step, MeetingStep::PutOn(_)) { order::with } else { order::without };
            let found = open.zip(register.action(id));
            return found.map_or_else(Vec::new, |(meeting, action)| {
                write(Intent::SetAgenda { agenda: with(register, meeting, action) })
            });
        }
        MeetingStep::Minutes(meeting) => return vec![minutes(meeting)],
        MeetingStep::Reopen(meeting) => return write(Intent::ReopenMeeting { meeting }),
        MeetingStep::Agree(meeting) => return write(Intent::AgreeMinutes { meeting }),
    };
    form.map_or_else(Vec::new, |form| model.open_form(form))
}

fn minutes(meeting: Id) -> Effect {
    let options = Options { meeting: meeting.to_string(), ..Options::default() };
    Effect::Show(Box::new(ReportRequest { report: "minutes", filter: String::new(), options }))
}
