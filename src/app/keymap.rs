//! From a key to its command, in the scope that is listening.

use std::collections::HashMap;

use super::command::{self, Command, Scope};
use super::key::Key;
use super::model::Model;
use super::overlay::Overlay;
use super::screen::Screen;

/// Which command a key runs in which scope.
pub struct Keymap {
    by_key: HashMap<(Scope, Key), &'static Command>,
}

impl Keymap {
    /// As the command table has it.
    pub fn standard() -> Keymap {
        let rows = command::all().flat_map(|command| {
            let keys = command.keys.iter().filter_map(|spelled| spelled.parse::<Key>().ok());
            keys.map(move |key| ((command.scope, key), command))
        });
        Keymap { by_key: rows.collect() }
    }

    /// The command of `key` where the model listens now.
    pub fn command(&self, model: &Model, key: Key) -> Option<&'static Command> {
        listening(model).iter().chain(&[Scope::Always]).find_map(|scope| self.by_key.get(&(*scope, key)).copied())
    }
}

/// The scopes that hear keys now, nearest first.
pub fn listening(model: &Model) -> &'static [Scope] {
    match model.overlays.last() {
        Some(Overlay::Help(_)) => &[Scope::Help],
        Some(Overlay::Form(_)) => &[Scope::Form],
        Some(Overlay::Choice(_)) => &[Scope::Choice],
        Some(Overlay::Line(_)) => &[Scope::Line],
        Some(Overlay::Reading(_)) => &[Scope::Reading],
        None => on_screen(model),
    }
}

/// The scopes of the screen itself, whatever lies over it.
pub fn on_screen(model: &Model) -> &'static [Scope] {
    match &model.screen {
        Screen::Walk(_) => &[Scope::Walk, Scope::Everywhere],
        Screen::Plans(_) => &[Scope::Plans, Scope::Everywhere],
        Screen::Welcome(_) => &[Scope::Welcome, Scope::Everywhere],
        Screen::Review(review) if review.columns.is_some() => &[Scope::Columns, Scope::Everywhere],
        Screen::Review(_) => &[Scope::Review, Scope::Everywhere],
        Screen::History(_) => &[Scope::History, Scope::Everywhere],
        Screen::Paper(_) => &[Scope::Paper, Scope::Everywhere],
    }
}
