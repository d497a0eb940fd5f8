//! Keys in the help overlay.

use crate::app::command::{Command, Place, Scope, always};

pub const COMMANDS: &[Command] = &[Command {
    name: "help.close",
    keys: &["Esc", "?", "q", "Enter", "F1", "Ctrl-C"],
    scope: Scope::Help,
    label: "close",
    help: "Closes help.",
    place: Place::Footer(0),
    why_not: always,
    run: |model, _| {
        model.overlays.pop();
        Vec::new()
    },
}];
