//! An action that is really several is split, and actions that are really one are joined.

use super::{cannot_edit, current};
use crate::app::command::{self, Command, Whose};
use crate::app::message::{Effect, World};
use crate::app::model::Model;
use crate::app::overlay::Overlay;
use crate::app::overlay::choice::{Choice, ChoiceOption, Chosen};
use crate::app::overlay::splitting::Splitting;
use crate::app::scope::Scope;
use crate::domain::action::Action;
use crate::domain::id::Id;
use crate::domain::intent::Intent;
use crate::text;

const ROW: Command = Command { scopes: &[Scope::Walk], why_not: cannot_edit, ..command::ROW };

pub const COMMANDS: &[Command] = &[
    Command {
        name: "action.split",
        whose: Whose::Board,
        label: "split the action",
        help: "Split the action into several; each gets the leads, dates and progress that belong to it.",
        run: split,
        ..ROW
    },
    Command {
        name: "action.join",
        whose: Whose::Board,
        label: "join another action with it",
        help: "Join another action of the plan with this one, which takes over its words, leads, dates and progress.",
        run: join,
        ..ROW
    },
];

fn split(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    let Some(action) = current(model, world) else { return Vec::new() };
    if let Some(splitting) = Splitting::new(world.register, action) {
        model.overlays.push(Overlay::Splitting(splitting));
    } else {
        let reference = world.register.reference(action);
        model.say(format!("{reference} is one short sentence, with no place at which another part could begin"));
    }
    Vec::new()
}

/// Offers the other actions of the plan, those under the same recommendation first.
fn join(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    let Some(into) = current(model, world) else { return Vec::new() };
    let reference = world.register.reference(into);
    let plan = world.register.plan(into.plan);
    let others = plan.into_iter().flat_map(|plan| world.register.actions_of(plan)).filter(|one| one.id != into.id);
    let (near, far): (Vec<&Action>, Vec<&Action>) = others.partition(|one| one.recommendation == into.recommendation);
    let option = |other: &Action| {
        let words = text::truncate(&text::one_line(other.text()), 60);
        let label = format!("{}  {words}", world.register.reference(other));
        let note = other.rating().unwrap_or("not rated").to_owned();
        ChoiceOption { note, ..ChoiceOption::new(label, Chosen::JoinWith(other.id)) }
    };
    let items: Vec<ChoiceOption> = near.into_iter().chain(far).map(option).collect();
    if items.is_empty() {
        model.say(format!("{reference} is the only action of its plan"));
        return Vec::new();
    }
    model.overlays.push(Overlay::Choice(Choice::new(format!("Which action becomes part of {reference}?"), items)));
    Vec::new()
}

pub fn join_with(model: &mut Model, other: Id, world: World<'_>) -> Vec<Effect> {
    let Some(into) = current(model, world) else { return Vec::new() };
    vec![Effect::Write { intent: Intent::JoinActions { into: into.id, others: vec![other] }, draft: None }]
}
