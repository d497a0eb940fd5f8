//! Keys in the help overlay.

use crate::app::command::{self, Command, Footer};
use crate::app::scope::Scope;

const ROW: Command = Command { scopes: &[Scope::Help], ..command::ROW };

pub const COMMANDS: &[Command] = &[Command {
    name: "help.close",
    keys: &["Esc", "?", "q", "Enter", "F1", "Ctrl-C"],
    scopes: &[Scope::Help],
    label: "close",
    help: "Close help.",
    footer: Footer::Rank(0),
    run: |model, _| {
        model.overlays.pop();
        Vec::new()
    },
    ..ROW
}];
