//! The list of keys, as `docs/KEYS.md` and `arising keys` give it: read from the command table, so it cannot be wrong.

use std::fmt::Write as _;

use super::command::{self, Command, Scope};

/// The commands of a scope, in the table's order.
pub fn commands(scope: Scope) -> impl Iterator<Item = &'static Command> {
    command::all().filter(move |command| command.scope == scope)
}

/// All keys as a Markdown document.
pub fn markdown() -> String {
    let mut text = String::from(
        "# Keys\n\nWritten by the program from its command table (`arising keys --markdown`); a test compares the two.\n\
         The name is what the palette (`:`) finds.\n",
    );
    for scope in Scope::ALL {
        text.push_str(&section(scope));
    }
    text
}

fn section(scope: Scope) -> String {
    let mut text = format!("\n## {}\n\n| key | does | name |\n|---|---|---|\n", scope.title());
    for command in commands(scope) {
        let keys: Vec<String> = command.keys().map(|key| format!("`{key}`")).collect();
        // Writing to a string cannot fail.
        writeln!(text, "| {} | {} | `{}` |", keys.join(" "), command.help, command.name).ok();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_is_in_it() {
        let text = markdown();
        for command in command::all() {
            assert!(text.contains(&format!("`{}`", command.name)), "{} is missing", command.name);
        }
    }
}
