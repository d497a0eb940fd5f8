//! The register screen: choosing the plan to walk.

use crate::app::command::{self, Command, Footer};
use crate::app::message::{Effect, Route, World};
use crate::app::model::Model;
use crate::app::scope::Scope;
use crate::app::screen::Screen;
use crate::app::screen::walk::Walk;
use crate::domain::id::Id;

const ROW: Command = Command { scopes: &[Scope::Plans], ..command::ROW };

pub const COMMANDS: &[Command] = &[
    Command {
        name: "plans.walk",
        keys: &["Enter", "Right", "l"],
        label: "walk",
        help: "Walk through the selected plan.",
        also: "open",
        footer: Footer::Rank(1),
        run: walk_one,
        ..ROW
    },
    Command {
        name: "plans.walk-all",
        keys: &["A"],
        label: "walk all",
        help: "Walk through all plans together.",
        footer: Footer::Rank(2),
        run: walk_all,
        ..ROW
    },
    Command {
        name: "plans.down",
        keys: &["Down", "j", "n"],
        label: "down",
        help: "Go to the next plan.",
        run: |m, _| step(m, 1),
        ..ROW
    },
    Command {
        name: "plans.up",
        keys: &["Up", "k", "N"],
        label: "up",
        help: "Go to the previous plan.",
        run: |m, _| step(m, -1),
        ..ROW
    },
    Command {
        name: "plans.first",
        keys: &["Home", "PgUp"],
        label: "first",
        help: "Go to the first plan.",
        run: |m, _| step(m, isize::MIN),
        ..ROW
    },
    Command {
        name: "plans.last",
        keys: &["End", "PgDn"],
        label: "last",
        help: "Go to the last plan.",
        run: |m, _| step(m, isize::MAX),
        ..ROW
    },
];

fn step(model: &mut Model, by: isize) -> Vec<Effect> {
    if let Some(plans) = model.screen.plans_mut() {
        plans.step(by);
    }
    Vec::new()
}

fn walk_one(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    if let Some(plan) = model.screen.plans_mut().and_then(|plans| plans.plan()) {
        start(model, Route::Plan(plan), world);
    }
    Vec::new()
}

fn walk_all(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    start(model, Route::AllPlans, world);
    Vec::new()
}

/// Walks the only plan, or all plans together.
pub fn walk_everything(model: &mut Model, world: World<'_>) {
    let mut plans = world.register.visible_plans();
    match (plans.next(), plans.next()) {
        (Some(only), None) => start(model, Route::Plan(only.id), world),
        (_, _) => start(model, Route::AllPlans, world),
    }
}

/// Walks one plan.
pub fn walk_plan(model: &mut Model, plan: Id, world: World<'_>) {
    start(model, Route::Plan(plan), world);
}

fn start(model: &mut Model, route: Route, world: World<'_>) {
    model.show(Screen::Walk(Box::new(Walk::new(route))));
    model.refresh(world);
}
