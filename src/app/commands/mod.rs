//! The commands, by what they are about. Adding one is a row in a table here and a function beside it.

pub mod adding;
pub mod choice;
pub mod columns;
pub mod edit;
pub mod everywhere;
pub mod find;
pub mod form;
pub mod help;
pub mod history;
pub mod line;
pub mod meeting;
pub mod mend;
pub mod paper;
pub mod paper_file;
pub mod past;
pub mod plan;
pub mod plans;
pub mod rate;
pub mod reading;
pub mod review;
pub mod walk;
pub mod welcome;

use super::model::{Model, World};
use crate::domain::action::Action;

/// The action under the cursor.
pub fn current<'a>(model: &Model, world: World<'a>) -> Option<&'a Action> {
    model.screen.walk().and_then(super::screen::walk::Walk::action).and_then(|id| world.register.action(id))
}

/// Why the action under the cursor cannot be changed.
pub fn cannot_edit(model: &Model, world: World<'_>) -> Option<String> {
    cannot_write(model).or_else(|| no_action(model, world))
}

/// Why there is nothing to report on.
pub fn no_plans(_: &Model, world: World<'_>) -> Option<String> {
    world.register.visible_plans().next().is_none().then(|| "There is no plan yet; I reads one".into())
}

/// Why nothing can be written.
pub fn cannot_write(model: &Model) -> Option<String> {
    model.standing.read_only.as_ref().map(|why| format!("Nothing can be changed here: {why}"))
}

/// Why there is no action to speak of.
pub fn no_action(model: &Model, world: World<'_>) -> Option<String> {
    match current(model, world) {
        Some(_) => None,
        None => Some("No action is under the cursor".into()),
    }
}
