//! The commands, by the screen on which they work. Adding one is a row in a table here and a function beside it.

#![allow(clippy::needless_update, reason = "every row of the table ends alike, even one that sets everything")]

pub mod copying;
pub mod correcting;
pub mod erasing;
pub mod everywhere;
pub mod history;
pub mod hub;
pub mod meeting;
pub mod merging;
pub mod naming;
pub mod paper;
pub mod register;
pub mod regrouping;
pub mod review;
pub mod typing;
pub mod unsealing;
pub mod updates;
pub mod walk;

use super::message::World;
use super::model::Model;
use super::screen::walk::Walk;
use crate::domain::action::Action;

/// The selected action.
pub fn current<'a>(model: &Model, world: World<'a>) -> Option<&'a Action> {
    model.screen.walk().and_then(Walk::action).and_then(|id| world.register.action(id))
}

/// Why the selected action cannot be changed.
pub fn cannot_edit(model: &Model, world: World<'_>) -> Option<String> {
    cannot_write(model, world).or_else(|| no_action(model, world))
}

/// Why there is nothing to report on.
pub fn no_plans(model: &Model, world: World<'_>) -> Option<String> {
    let is_empty = world.register.visible_plans().next().is_none();
    is_empty.then(|| format!("There is no plan yet; {} imports one", model.keymap.key_of("import")))
}

/// Why nothing can be written.
pub fn cannot_write(model: &Model, _: World<'_>) -> Option<String> {
    model.standing.read_only.as_ref().map(|why| format!("Nothing can be changed here: {why}"))
}

/// Why there is no action to change or show.
pub fn no_action(model: &Model, world: World<'_>) -> Option<String> {
    match current(model, world) {
        Some(_) => None,
        None => Some("No action is selected".into()),
    }
}
