//! Which key runs which command: used for input, the footer, help, the palette and the documentation.

use std::collections::HashMap;

use super::command::Command;
use super::key::Key;
use super::scope::Scope;

/// A command with its keys, the one to show first.
#[derive(Clone)]
pub struct Binding {
    pub command: &'static Command,
    pub keys: Vec<Key>,
}

impl Binding {
    /// The key for a sentence or the footer; empty if the command has none.
    pub fn key(&self) -> String {
        self.keys.first().map(Key::to_string).unwrap_or_default()
    }

    /// All its keys, for reading: `Down j`.
    pub fn key_names(&self) -> String {
        self.keys.iter().map(Key::to_string).collect::<Vec<_>>().join(" ")
    }
}

/// Every command with its keys.
#[derive(Clone)]
pub struct Keymap {
    /// In the table's order.
    bindings: Vec<Binding>,
    by_key: HashMap<(Scope, Key), &'static Command>,
}

impl Keymap {
    /// The built-in keys of these commands.
    pub fn of(commands: impl Iterator<Item = &'static Command>) -> Keymap {
        let built_in = |command: &Command| command.keys.iter().filter_map(|spelled| spelled.parse().ok()).collect();
        Keymap::new(commands.map(|command| Binding { command, keys: built_in(command) }).collect())
    }

    pub fn new(bindings: Vec<Binding>) -> Keymap {
        let mut by_key = HashMap::new();
        for Binding { command, keys } in &bindings {
            for scope in command.scopes {
                by_key.extend(keys.iter().map(|key| ((*scope, *key), *command)));
            }
        }
        Keymap { bindings, by_key }
    }

    /// The command that a key runs where these scopes listen, nearest first.
    pub fn command(&self, listening: &[Scope], key: Key) -> Option<&'static Command> {
        listening.iter().chain(&[Scope::Always]).find_map(|scope| self.by_key.get(&(*scope, key)).copied())
    }

    pub fn all(&self) -> &[Binding] {
        &self.bindings
    }

    /// The commands that work in a scope.
    pub fn in_scope(&self, scope: Scope) -> impl Iterator<Item = &Binding> {
        self.bindings.iter().filter(move |binding| binding.command.scopes.contains(&scope))
    }

    /// The command of that name.
    pub fn named(&self, name: &str) -> Option<&Binding> {
        self.bindings.iter().find(|binding| binding.command.name == name)
    }

    /// The first key of a command, for use in a sentence; empty if there is no such command.
    pub fn key_of(&self, name: &str) -> String {
        self.named(name).map(Binding::key).unwrap_or_default()
    }
}
