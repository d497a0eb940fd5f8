//! Settles doubts about the selected action, and dismisses challenges.

use crate::app::command::{self, Command};
use crate::app::commands::{cannot_write, current, no_action};
use crate::app::message::{Effect, World};
use crate::app::model::Model;
use crate::app::overlay::Overlay;
use crate::app::overlay::choice::{Choice, Chosen, Item};
use crate::app::overlay::field::{Field, Holds};
use crate::app::overlay::form::{Form, Kind, Purpose};
use crate::app::scope::Scope;
use crate::domain::intent::Intent;
use crate::domain::query;

const ROW: Command = Command { scopes: &[Scope::Walk], ..command::ROW };

pub const COMMANDS: &[Command] = &[Command {
    name: "flag.settle",
    keys: &["y"],
    label: "settle doubt",
    help: "Settles the first doubt about the action; if there is none, dismisses a challenge, with the reason.",
    why_not: no_doubt,
    run: settle,
    ..ROW
}];

fn no_doubt(model: &Model, world: World<'_>) -> Option<String> {
    cannot_write(model, world).or_else(|| no_action(model, world)).or_else(|| {
        let doubts = current(model, world).map_or(0, |action| action.flags().len());
        (doubts == 0 && asked(model, world).is_empty())
            .then(|| "There are no doubts or challenges about this action".into())
    })
}

/// What can be dismissed for the selected action: its challenges and suggested duplicates.
fn asked(model: &Model, world: World<'_>) -> Vec<String> {
    let action = current(model, world);
    action.map(|action| query::questions(world.register, action, world.today())).unwrap_or_default()
}

/// Settles the first doubt; if there is none, asks which challenge to dismiss, if there are several, and why.
fn settle(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    let Some(action) = current(model, world) else { return Vec::new() };
    if action.flags().is_empty() {
        let questions = asked(model, world);
        return match questions.as_slice() {
            [] => Vec::new(),
            [only] => put_aside(model, only.clone(), world),
            [_, _, ..] => choose_question(model, questions),
        };
    }
    vec![Effect::Write { intent: Intent::SettleFlag { action: action.id, index: 0 }, draft: None }]
}

fn choose_question(model: &mut Model, questions: Vec<String>) -> Vec<Effect> {
    let items = questions.into_iter().map(|asked| Item::new(asked.clone(), Chosen::Question(asked))).collect();
    model.overlays.push(Overlay::Choice(Choice::new("Dismiss which challenge?", items)));
    Vec::new()
}

/// Asks why a challenge is dismissed.
pub fn put_aside(model: &mut Model, question: String, world: World<'_>) -> Vec<Effect> {
    let Some(action) = current(model, world) else { return Vec::new() };
    let title = format!("Why this does not count for {}: {question}", world.register.reference(action));
    let fields = vec![Field::new("Reason", Holds::Text, "")];
    model.open_form(Form::new(Purpose::Change(Kind::Dismiss(question), action.id), title, fields))
}
