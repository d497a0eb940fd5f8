//! The target of the selected action, or of all that are marked: moving it, and deciding an extension that is requested.

use super::editing;
use super::marks::chosen;
use crate::app::commands::current;
use crate::app::message::{Effect, World};
use crate::app::model::Model;
use crate::app::overlay::Overlay;
use crate::app::overlay::choice::{Choice, ChoiceOption, Chosen, TargetStep};
use crate::app::overlay::field::{FormField, Holds};
use crate::app::overlay::form::{ActionEdit, Form, Purpose};
use crate::domain::action::Action;
use crate::domain::intent::Intent;
use crate::domain::query;

/// Moves the target; where an extension is requested, asks first what is decided. An agency in its own copy asks for one.
pub fn target(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    let is_board = world.register.copy.0.is_none();
    match chosen(model, world).as_slice() {
        [action] if is_board && action.extension().is_some() => {
            ask(model, action, &world.register.reference(action));
            Vec::new()
        }
        [action] => move_target(model, action, world),
        [..] => editing::open_on_each(model, world, (ActionEdit::Target, verb(world)), |actions| {
            let mut written = actions.iter().map(|action| now(action));
            let first = written.next().unwrap_or_default();
            fields(if written.all(|other| other == first) { first } else { String::new() })
        }),
    }
}

/// What several actions get. An agency in its own copy asks for it.
fn verb(world: World<'_>) -> &'static str {
    if world.register.copy.0.is_some() { "Ask for an extension, until when and why, of" } else { "Target of" }
}

fn now(action: &Action) -> String {
    let now: Vec<&str> = action.targets().iter().map(|target| target.raw.as_str()).collect();
    now.join("; ")
}

fn fields(now: String) -> Vec<FormField> {
    vec![FormField::offering("Target", Holds::Target, now), FormField::new("Reason", Holds::Words, "")]
}

fn move_target(model: &mut Model, action: &Action, world: World<'_>) -> Vec<Effect> {
    let reference = world.register.reference(action);
    let title = match &world.register.copy.0 {
        Some(_) => format!("Ask for an extension of {reference}: until when, and why?"),
        None => title(action, &reference),
    };
    model.open_form(Form::new(Purpose::Change(ActionEdit::Target, action.id), title, fields(now(action))))
}

fn title(action: &Action, reference: &str) -> String {
    match query::slips(action) {
        Some(slips) => format!("Target of {reference} · {slips}"),
        None => format!("Target of {reference}"),
    }
}

/// Offers the three ways to answer the request.
fn ask(model: &mut Model, action: &Action, reference: &str) {
    let Some(asked) = action.extension() else { return };
    let items = vec![
        ChoiceOption::new(
            format!("Accept: move the target of {reference} to {}", asked.wanted()),
            Chosen::Target(TargetStep::Accept),
        ),
        ChoiceOption::new("Decline: the target stays", Chosen::Target(TargetStep::Decline)),
        ChoiceOption::new("Set another target", Chosen::Target(TargetStep::Move)),
    ];
    model.overlays.push(Overlay::Choice(Choice::new("An extension is requested", items)));
}

pub fn carry_out(model: &mut Model, step: TargetStep, world: World<'_>) -> Vec<Effect> {
    let Some(action) = current(model, world) else { return Vec::new() };
    match (step, action.extension()) {
        (TargetStep::Move, _) | (TargetStep::Accept, None) => move_target(model, action, world),
        (TargetStep::Accept, Some(asked)) => {
            let (dates, reason) = (asked.dates.clone(), asked.reason.clone());
            let intent = Intent::Retarget { action: action.id, dates, reason };
            vec![Effect::Write { intent, draft: None }]
        }
        (TargetStep::Decline, _) => {
            let title = format!("Decline the extension of {}", world.register.reference(action));
            let fields = vec![FormField::new("Reason", Holds::Words, "")];
            let form = Form::new(Purpose::Change(ActionEdit::DeclineExtension, action.id), title, fields);
            model.open_form(form)
        }
    }
}
