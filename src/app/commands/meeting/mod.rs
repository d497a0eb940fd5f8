//! The meeting: items discussed, decided, carried forward, or put aside with a reason; its menu and its agenda.

pub mod agenda;
pub mod menu;

use super::{cannot_edit, cannot_write, current};
use crate::app::command::{Command, Place, Scope};
use crate::app::model::{Effect, Model, World};
use crate::app::overlay::Overlay;
use crate::app::overlay::field::{Field, Holds};
use crate::app::overlay::form::{Form, Kind, Purpose};
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
        "Begins a meeting; in one: the agenda, who is here, the minutes so far, its end. After one: its minutes.",
        Place::HelpOnly,
        |model, _| cannot_write(model),
        menu::open
    ),
    meeting_row!(
        "meeting.open-in-register",
        "m",
        Scope::Plans,
        "meeting",
        "Begins a meeting; in one: the agenda, who is here, the minutes so far, its end. After one: its minutes.",
        Place::Footer(3),
        |model, _| cannot_write(model),
        menu::open
    ),
    meeting_row!(
        "meeting.discuss",
        "Space",
        Scope::Walk,
        "discussed",
        "Marks the action as discussed in this meeting, or takes the mark away.",
        Place::Footer(1),
        no_item,
        |m, w| write(m, w, |action| Intent::Discuss { action })
    ),
    meeting_row!(
        "meeting.decide",
        "!",
        Scope::Walk,
        "decision",
        "Writes down what the meeting decided about the action.",
        Place::Footer(7),
        no_item,
        |m, w| form(m, w, Kind::Decide, "Decision on", "Decision")
    ),
    meeting_row!(
        "meeting.carry",
        "C",
        Scope::Walk,
        "carry forward",
        "Carries the action forward to the next meeting, with the reason.",
        Place::Footer(7),
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

/// Opens a form; what was typed into it earlier and never saved is offered.
pub fn push(model: &mut Model, mut form: Form) -> Vec<Effect> {
    form.kept = model.drafts.get(&form.draft_key()).cloned();
    model.overlays.push(Overlay::Form(form));
    Vec::new()
}
