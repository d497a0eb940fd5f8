//! The help overlay: what works here now, and why the rest does not.

use crate::app::command::{self, Command, Scope};
use crate::app::key::{Key, KeyCode};
use crate::app::keymap;
use crate::app::model::{Model, World};

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Help {
    /// Lines scrolled away.
    pub top: u16,
}

impl Help {
    /// Scrolls; how far it can go is for the view to know, so this only moves.
    pub fn press(&mut self, key: Key) {
        let by: i16 = match key.code {
            KeyCode::Down | KeyCode::Char('j') => 1,
            KeyCode::Up | KeyCode::Char('k') => -1,
            KeyCode::PageDown | KeyCode::Char(' ') => 10,
            KeyCode::PageUp => -10,
            _ => 0,
        };
        self.top = self.top.saturating_add_signed(by);
    }
}

/// One line of help.
pub struct HelpLine {
    pub command: &'static Command,
    /// Why it does not work now.
    pub why_not: Option<String>,
}

/// The commands of the screen under the help, grouped by where their keys are heard.
pub fn lines(model: &Model, world: World<'_>) -> Vec<(Scope, Vec<HelpLine>)> {
    let scopes = keymap::on_screen(model).iter();
    let group = |scope: &Scope| {
        let commands = command::all().filter(|command| command.scope == *scope);
        let lines = commands.map(|command| HelpLine { command, why_not: (command.why_not)(model, world) });
        (*scope, lines.collect())
    };
    scopes.map(group).collect()
}
