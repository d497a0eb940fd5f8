//! Keys in the help overlay.

use crate::app::command::{self, Command, Footer};
use crate::app::overlay::Overlay;
use crate::app::overlay::help::Help;
use crate::app::scope::Scope;

const ROW: Command = Command { scopes: &[Scope::Help], ..command::ROW };

pub const COMMANDS: &[Command] = &[
    Command {
        name: "help.close",
        keys: &["Esc", "?", "q", "Enter", "F1", "Ctrl-C"],
        label: "close",
        help: "Close help.",
        footer: Footer::Rank(0),
        run: |model, _| {
            model.overlays.pop();
            Vec::new()
        },
        ..ROW
    },
    Command {
        name: "help.while-typing",
        keys: &["F1"],
        scopes: &[Scope::Form, Scope::Secret, Scope::Choice, Scope::Splitting, Scope::Line],
        label: "help",
        help: "Show every key that works here; what you have typed stays.",
        run: |model, _| {
            model.overlays.push(Overlay::Help(Help::default()));
            Vec::new()
        },
        ..ROW
    },
];
