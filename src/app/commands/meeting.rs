//! The meeting: begun and ended, items discussed, decided, carried forward, or put aside with a reason.

use super::{cannot_edit, cannot_write, current, find};
use crate::app::command::{Command, Place, Scope};
use crate::app::model::{Effect, Model, World};
use crate::app::overlay::Overlay;
use crate::app::overlay::choice::{Choice, Chosen, Item};
use crate::app::overlay::field::{Field, Holds};
use crate::app::overlay::form::{Form, Kind, Purpose};
use crate::app::overlay::meeting_form;
use crate::domain::filter::Filter;
use crate::domain::id::Id;
use crate::domain::intent::Intent;

macro_rules! meeting_row {
    ($name:literal, $key:literal, $scope:expr, $label:literal, $help:literal, $place:expr, $why_not:expr, $run:expr) => {
        Command {
            name: $name,
            keys: &[$key],
            scope: $scope,
            label: $label,
            help: $help,
            place: $place,
            why_not: $why_not,
            run: $run,
        }
    };
}

pub const COMMANDS: &[Command] = &[
    meeting_row!(
        "meeting.open",
        "m",
        Scope::Walk,
        "meeting",
        "Begins a meeting; while one is open, ends it or shows its agenda.",
        Place::HelpOnly,
        |model, _| cannot_write(model),
        open
    ),
    meeting_row!(
        "meeting.open-in-register",
        "m",
        Scope::Plans,
        "meeting",
        "Begins a meeting; while one is open, ends it or shows its agenda.",
        Place::Footer(3),
        |model, _| cannot_write(model),
        open
    ),
    meeting_row!(
        "meeting.discuss",
        "Space",
        Scope::Walk,
        "discussed",
        "Marks the action as discussed in this meeting, or takes the mark away.",
        Place::Footer(4),
        no_item,
        |m, w| write(m, w, |action| Intent::Discuss { action })
    ),
    meeting_row!(
        "meeting.decide",
        "!",
        Scope::Walk,
        "decision",
        "Writes down what the meeting decided about the action.",
        Place::HelpOnly,
        no_item,
        |m, w| form(m, w, Kind::Decide, "Decision on", "Decision")
    ),
    meeting_row!(
        "meeting.carry",
        "C",
        Scope::Walk,
        "carry forward",
        "Carries the action forward to the next meeting, with the reason.",
        Place::HelpOnly,
        no_item,
        |m, w| form(m, w, Kind::CarryForward, "Carry forward", "Reason")
    ),
    meeting_row!(
        "action.abandon",
        "X",
        Scope::Walk,
        "not implemented",
        "Says that the action will not be implemented, and why.",
        Place::HelpOnly,
        cannot_edit,
        |m, w| form(m, w, Kind::Abandon, "Not to be implemented:", "Reason")
    ),
];

/// Why nothing can be minuted.
fn no_item(model: &Model, world: World<'_>) -> Option<String> {
    let no_meeting = || world.register.open_meeting().is_none().then(|| "No meeting is open; m begins one".into());
    cannot_edit(model, world).or_else(no_meeting)
}

fn write(model: &mut Model, world: World<'_>, intent: impl FnOnce(Id) -> Intent) -> Vec<Effect> {
    let Some(action) = current(model, world) else { return Vec::new() };
    vec![Effect::Write { intent: intent(action.id), draft: None }]
}

fn form(model: &mut Model, world: World<'_>, kind: Kind, title: &str, label: &'static str) -> Vec<Effect> {
    let Some(action) = current(model, world) else { return Vec::new() };
    let title = format!("{title} {}", world.register.reference(action));
    push(model, Form::new(Purpose::Change(kind, action.id), title, vec![Field::new(label, Holds::Text, "")]))
}

fn push(model: &mut Model, mut form: Form) -> Vec<Effect> {
    form.kept = model.drafts.get(&form.draft_key()).cloned();
    model.overlays.push(Overlay::Form(form));
    Vec::new()
}

fn open(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    let Some(meeting) = world.register.open_meeting() else { return push(model, meeting_form::begin(world)) };
    let offer = |label: String, chosen| Item { label, also: String::new(), note: String::new(), why_not: None, chosen };
    let items = vec![
        offer(format!("Show the agenda: {} items", meeting.items().len()), Chosen::Agenda),
        offer(format!("End the meeting of {}", world.register.meeting_name(meeting)), Chosen::EndMeeting),
    ];
    model.overlays.push(Overlay::Choice(Choice::new("The meeting", items)));
    Vec::new()
}

/// Opens the form that ends the meeting.
pub fn end(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    match world.register.open_meeting() {
        Some(meeting) => push(model, meeting_form::end(meeting, world)),
        None => Vec::new(),
    }
}

/// Walks the items of the agenda, across all plans.
pub fn show_agenda(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    super::plans::walk_everything(model, world);
    match Filter::parse("agenda", world.register, world.today()) {
        Ok(filter) => find::set(model, filter, world),
        Err(problem) => model.refuse(problem),
    }
    Vec::new()
}

/// Goes on where an open meeting was left: at the item last spoken of, or the next that was not dealt with.
pub fn resume(model: &mut Model, left_at: Option<Id>, world: World<'_>) {
    let Some(meeting) = world.register.open_meeting().filter(|_| model.standing.read_only.is_none()) else { return };
    show_agenda(model, world);
    let items = meeting.items();
    let from = items.iter().position(|item| Some(*item) == left_at).unwrap_or(0);
    let onward = items.iter().skip(from).chain(items.iter().take(from));
    if let Some(first) = onward.into_iter().find(|item| !meeting.is_dealt_with(**item)) {
        crate::app::screen::walk::go_to(model, *first);
    }
    model.say(format!("The meeting of {} goes on", world.register.meeting_name(meeting)));
}

/// Goes to the next item of the agenda that was not dealt with; answers whether there is one in the walk.
pub fn next_item(model: &mut Model, world: World<'_>) -> bool {
    let Some(meeting) = world.register.open_meeting() else { return false };
    let Some(walk) = model.screen.walk_mut() else { return false };
    let is_open = |row: &crate::app::screen::rows::Row| {
        row.action().is_some_and(|id| meeting.items().contains(&id) && !meeting.is_dealt_with(id))
    };
    let places = (walk.cursor + 1..walk.rows.len()).chain(0..walk.cursor);
    let next = places.into_iter().find(|at| walk.rows.get(*at).is_some_and(is_open));
    let Some(at) = next.and_then(|at| walk.rows.get(at)).and_then(crate::app::screen::rows::Row::action) else {
        return false;
    };
    crate::app::screen::walk::go_to(model, at);
    true
}
