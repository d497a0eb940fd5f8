//! The register screen: choosing the plan to walk.

use crate::app::command::{Command, Place, Scope, always};
use crate::app::model::{Effect, Model, World};
use crate::app::screen::Screen;
use crate::app::screen::plans::Plans;
use crate::app::screen::walk::{self, Walk};

macro_rules! plans_row {
    ($name:literal, $keys:expr, $label:literal, $help:literal, $place:expr, $run:expr) => {
        Command {
            name: $name,
            keys: $keys,
            scope: Scope::Plans,
            label: $label,
            help: $help,
            place: $place,
            why_not: always,
            run: $run,
        }
    };
}

pub const COMMANDS: &[Command] = &[
    plans_row!(
        "plans.walk",
        &["Enter", "Right", "l"],
        "walk",
        "Walks the plan under the cursor.",
        Place::Footer(1),
        walk_one
    ),
    plans_row!("plans.walk-all", &["A"], "walk all", "Walks all plans together.", Place::Footer(2), walk_all),
    plans_row!("plans.down", &["Down", "j", "n"], "down", "Goes to the next plan.", Place::HelpOnly, |m, _| step(m, 1)),
    plans_row!("plans.up", &["Up", "k", "N"], "up", "Goes to the plan before.", Place::HelpOnly, |m, _| step(m, -1)),
    plans_row!("plans.first", &["Home", "PgUp"], "first", "Goes to the first plan.", Place::HelpOnly, |m, _| {
        step(m, isize::MIN)
    }),
    plans_row!("plans.last", &["End", "PgDn"], "last", "Goes to the last plan.", Place::HelpOnly, |m, _| step(
        m,
        isize::MAX
    )),
];

fn plans_mut(model: &mut Model) -> Option<&mut Plans> {
    match &mut model.screen {
        Screen::Plans(plans) => Some(plans),
        Screen::Walk(_) | Screen::Welcome(_) | Screen::Review(_) | Screen::Paper(_) | Screen::History(_) => None,
    }
}

fn step(model: &mut Model, by: isize) -> Vec<Effect> {
    if let Some(plans) = plans_mut(model) {
        plans.step(by);
    }
    Vec::new()
}

fn walk_one(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    if let Some(plan) = plans_mut(model).and_then(|plans| plans.plan()) {
        start(model, walk::Scope::Plan(plan), world);
    }
    Vec::new()
}

fn walk_all(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    start(model, walk::Scope::AllPlans, world);
    Vec::new()
}

/// Walks whatever there is: the only plan, or all together.
pub fn walk_everything(model: &mut Model, world: World<'_>) {
    let mut plans = world.register.visible_plans();
    match (plans.next(), plans.next()) {
        (Some(only), None) => start(model, walk::Scope::Plan(only.id), world),
        (_, _) => start(model, walk::Scope::AllPlans, world),
    }
}

fn start(model: &mut Model, scope: walk::Scope, world: World<'_>) {
    model.show(Screen::Walk(Box::new(Walk::new(scope))));
    model.refresh(world);
}
