//! The command table: one row a command, read by keys, footer, help, palette, documentation and tests alike.

use super::key::Key;
use super::model::{Effect, Model, World};

/// Where a command's keys are heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// On every screen, when nothing lies over it.
    Everywhere,
    /// Over everything, even where text is typed.
    Always,
    Walk,
    Plans,
    Welcome,
    /// A document that was read and is not taken in yet.
    Review,
    /// The columns of such a document.
    Columns,
    /// A report on the screen.
    Paper,
    /// What happened, change by change.
    History,
    /// A document being read.
    Reading,
    /// A form with text fields.
    Form,
    /// A list to choose from by typing: parties, commands.
    Choice,
    /// The filter and search line.
    Line,
    Help,
}

impl Scope {
    /// In the order in which documents list them.
    pub const ALL: [Scope; 14] = [
        Scope::Everywhere,
        Scope::Always,
        Scope::Walk,
        Scope::Plans,
        Scope::Welcome,
        Scope::Review,
        Scope::Columns,
        Scope::Paper,
        Scope::History,
        Scope::Reading,
        Scope::Form,
        Scope::Choice,
        Scope::Line,
        Scope::Help,
    ];

    pub fn title(self) -> &'static str {
        match self {
            Scope::Everywhere => "On every screen",
            Scope::Always => "At any time",
            Scope::Walk => "In the walk",
            Scope::Plans => "In the register",
            Scope::Welcome => "At the start",
            Scope::Review => "In the review of a document",
            Scope::Columns => "In the columns of a document",
            Scope::Paper => "In a report",
            Scope::History => "In the history",
            Scope::Reading => "While a document is read",
            Scope::Form => "In a form",
            Scope::Choice => "In a list to choose from",
            Scope::Line => "In the filter and search line",
            Scope::Help => "In help",
        }
    }
}

/// Whether the footer shows a command, and how early: smaller numbers stay longest as the window narrows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Footer(u8),
    HelpOnly,
}

/// One thing that the program can do.
pub struct Command {
    /// `rate.red`: what the palette, the configuration and the documentation call it.
    pub name: &'static str,
    /// As [`super::key::Key`] spells them.
    pub keys: &'static [&'static str],
    pub scope: Scope,
    /// The footer's word. Neighbours with the same word share one entry there.
    pub label: &'static str,
    /// One sentence.
    pub help: &'static str,
    pub place: Place,
    /// Why it cannot be done now, where so.
    pub why_not: fn(&Model, World<'_>) -> Option<String>,
    pub run: fn(&mut Model, World<'_>) -> Vec<Effect>,
}

impl Command {
    pub fn keys(&self) -> impl Iterator<Item = Key> {
        self.keys.iter().filter_map(|spelled| spelled.parse().ok())
    }

    /// Its keys as a person reads them: `Down j`.
    pub fn key_names(&self) -> String {
        self.keys().map(|key| key.to_string()).collect::<Vec<_>>().join(" ")
    }
}

impl PartialEq for Command {
    fn eq(&self, other: &Command) -> bool {
        self.name == other.name
    }
}

/// For commands that always work.
pub fn always(_: &Model, _: World<'_>) -> Option<String> {
    None
}

/// Every command, scope by scope.
pub fn all() -> impl Iterator<Item = &'static Command> {
    use super::commands::{
        adding, choice, columns, edit, everywhere, find, form, help, history, line, meeting, paper, past, plan, plans,
        reading, review, walk, welcome,
    };
    let tables: [&[Command]; 19] = [
        edit::COMMANDS,
        adding::COMMANDS,
        walk::COMMANDS,
        meeting::COMMANDS,
        plan::COMMANDS,
        find::COMMANDS,
        everywhere::COMMANDS,
        plans::COMMANDS,
        welcome::COMMANDS,
        review::COMMANDS,
        columns::COMMANDS,
        paper::COMMANDS,
        history::COMMANDS,
        past::COMMANDS,
        reading::COMMANDS,
        form::COMMANDS,
        choice::COMMANDS,
        line::COMMANDS,
        help::COMMANDS,
    ];
    tables.into_iter().flatten()
}

/// The first key of a command, for a sentence that names it; empty where there is no such command.
pub fn key_of(name: &str) -> String {
    let key = named(name).and_then(|command| command.keys().next());
    key.map(|key| key.to_string()).unwrap_or_default()
}

/// The command of that name.
pub fn named(name: &str) -> Option<&'static Command> {
    all().find(|command| command.name == name)
}

#[cfg(test)]
mod tests {
    use std::collections::{HashMap, HashSet};

    use super::*;

    #[test]
    fn no_two_commands_share_a_name_or_a_key_in_one_scope() {
        let mut names = HashSet::new();
        let mut keys = HashMap::new();
        for command in all() {
            assert!(names.insert(command.name), "two commands are called {}", command.name);
            for spelled in command.keys {
                let key: Key =
                    spelled.parse().unwrap_or_else(|_| panic!("{} has no such key as {spelled}", command.name));
                if let Some(other) = keys.insert((command.scope, key), command.name) {
                    panic!("{spelled} is both {other} and {}", command.name);
                }
            }
        }
    }

    #[test]
    fn no_screen_key_hides_one_that_works_everywhere() {
        let everywhere: Vec<_> = all().filter(|c| c.scope == Scope::Everywhere).flat_map(|c| c.keys).collect();
        for command in all().filter(|c| {
            matches!(
                c.scope,
                Scope::Walk
                    | Scope::Plans
                    | Scope::Welcome
                    | Scope::Review
                    | Scope::Columns
                    | Scope::Paper
                    | Scope::History
            )
        }) {
            for key in command.keys {
                assert!(!everywhere.contains(&key), "{} hides {key}", command.name);
            }
        }
    }

    #[test]
    fn every_help_text_is_a_sentence() {
        for command in all() {
            assert!(command.help.ends_with('.'), "{}: {}", command.name, command.help);
        }
    }
}
