//! The list of keys, for the help screen, `docs/KEYS.md` and `arising keys`: taken from the current keys, so it cannot
//! be wrong.

use std::fmt::Write as _;

use super::keymap::{Binding, Keymap};
use super::message::World;
use super::model::Model;
use super::scope::Scope;

/// One line of help.
pub struct HelpLine<'a> {
    pub binding: &'a Binding,
    /// Why it is unavailable now.
    pub why_not: Option<String>,
}

/// The commands of the screen under the help, grouped by scope.
pub fn help<'a>(model: &'a Model, world: World<'_>) -> Vec<(Scope, Vec<HelpLine<'a>>)> {
    let line = |binding: &'a Binding| HelpLine { binding, why_not: (binding.command.why_not)(model, world) };
    let group = |scope: &Scope| (*scope, model.keymap.in_scope(*scope).map(line).collect());
    model.screen.scopes().iter().map(group).collect()
}

/// All keys as a Markdown document.
pub fn markdown(keymap: &Keymap) -> String {
    let mut text = String::from(
        "# Keys\n\nWritten by the program from its command table (`arising keys --markdown`); a test compares the two.\n\
         The name is what the palette (`:`) finds.\n",
    );
    for scope in Scope::ALL {
        text.push_str(&section(keymap, scope));
    }
    text
}

fn section(keymap: &Keymap, scope: Scope) -> String {
    let mut text = format!("\n## {}\n\n| key | does | name |\n|---|---|---|\n", scope.title());
    for Binding { command, keys } in keymap.in_scope(scope) {
        let keys: Vec<String> = keys.iter().map(|key| format!("`{key}`")).collect();
        // Writing to a string cannot fail.
        writeln!(text, "| {} | {} | `{}` |", keys.join(" "), command.help, command.name).ok();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::table;

    #[test]
    fn every_command_is_in_it() {
        let text = markdown(&table::keymap());
        for command in table::all() {
            assert!(text.contains(&format!("`{}`", command.name)), "{} is missing", command.name);
        }
    }
}
