//! Settles doubts about the selected action, and dismisses challenges.

use crate::app::command::{self, Command};
use crate::app::commands::{cannot_write, current, no_action};
use crate::app::message::{Effect, World};
use crate::app::model::Model;
use crate::app::overlay::Overlay;
use crate::app::overlay::choice::{Choice, ChoiceOption, Chosen};
use crate::app::overlay::field::{FormField, Holds};
use crate::app::overlay::form::{ActionEdit, Form, Purpose};
use crate::app::scope::Scope;
use crate::domain::action::Action;
use crate::domain::conflict;
use crate::domain::intent::Intent;
use crate::domain::query;

const ROW: Command = Command { scopes: &[Scope::Walk], ..command::ROW };

pub const COMMANDS: &[Command] = &[Command {
    name: "flag.settle",
    keys: &["y"],
    label: "settle doubt",
    help: "Settle a conflict, else the first doubt about the action, else dismiss a challenge, with the reason.",
    also: "query question resolve",
    why_not: no_doubt,
    run: settle,
    ..ROW
}];

fn no_doubt(model: &Model, world: World<'_>) -> Option<String> {
    cannot_write(model, world).or_else(|| no_action(model, world)).or_else(|| {
        let doubts = current(model, world).map_or(0, |action| action.flags().len());
        let is_one = current(model, world).is_some_and(conflict::is_in);
        (!is_one && doubts == 0 && dismissible(model, world).is_empty())
            .then(|| "There are no doubts, challenges or conflicts about this action".into())
    })
}

/// What can be dismissed for the selected action: its challenges and suggested duplicates.
fn dismissible(model: &Model, world: World<'_>) -> Vec<String> {
    let likes = |action: &Action| model.screen.walk().map_or(&[][..], |walk| walk.beside(action.id));
    let action = current(model, world);
    action.map(|action| query::dismissible(world.register, action, likes(action), world.today())).unwrap_or_default()
}

/// Asks which value of a conflict is kept; else settles the first doubt; if there is none, asks which challenge to dismiss, if there are several, and why.
fn settle(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    let Some(action) = current(model, world) else { return Vec::new() };
    if conflict::is_in(action) {
        return vec![Effect::AskConflicts(action.id)];
    }
    if action.flags().is_empty() {
        let challenges = dismissible(model, world);
        return match challenges.as_slice() {
            [] => Vec::new(),
            [only] => dismiss(model, only.clone(), world),
            [_, _, ..] => choose_challenge(model, challenges),
        };
    }
    vec![Effect::Write { intent: Intent::SettleFlag { action: action.id, index: 0 }, draft: None }]
}

fn choose_challenge(model: &mut Model, challenges: Vec<String>) -> Vec<Effect> {
    let items = challenges
        .into_iter()
        .map(|challenge| ChoiceOption::new(challenge.clone(), Chosen::Challenge(challenge)))
        .collect();
    model.overlays.push(Overlay::Choice(Choice::new("Dismiss which challenge?", items)));
    Vec::new()
}

/// Asks why a challenge is dismissed.
pub fn dismiss(model: &mut Model, challenge: String, world: World<'_>) -> Vec<Effect> {
    let Some(action) = current(model, world) else { return Vec::new() };
    let title = format!("Why this does not count for {}: {challenge}", world.register.reference(action));
    let fields = vec![FormField::new("Reason", Holds::Text, "")];
    model.open_form(Form::new(Purpose::Change(ActionEdit::Dismiss(challenge), action.id), title, fields))
}
