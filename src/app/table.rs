//! The table of every command, scope by scope.

use super::command::Command;
use super::commands::{
    copying, correcting, erasing, everywhere, history, hub, meeting, naming, paper, register, regrouping, review,
    typing, unsealing, updates, walk,
};
use super::keymap::Keymap;

/// Every command, in the order of the documentation.
pub fn all() -> impl Iterator<Item = &'static Command> {
    let tables: [&[Command]; 33] = [
        walk::rating::COMMANDS,
        walk::editing::COMMANDS,
        walk::closing::COMMANDS,
        walk::doubts::COMMANDS,
        walk::adding::COMMANDS,
        walk::marks::COMMANDS,
        walk::moving::COMMANDS,
        meeting::COMMANDS,
        walk::plan::COMMANDS,
        walk::finding::COMMANDS,
        copying::COMMANDS,
        correcting::COMMANDS,
        erasing::COMMANDS,
        naming::COMMANDS,
        updates::COMMANDS,
        regrouping::COMMANDS,
        everywhere::COMMANDS,
        hub::COMMANDS,
        register::plans::COMMANDS,
        register::welcome::COMMANDS,
        review::COMMANDS,
        review::columns::COMMANDS,
        paper::COMMANDS,
        paper::chasing::COMMANDS,
        history::COMMANDS,
        history::past::COMMANDS,
        review::reading::COMMANDS,
        typing::form::COMMANDS,
        unsealing::COMMANDS,
        typing::choice::COMMANDS,
        typing::splitting::COMMANDS,
        typing::line::COMMANDS,
        typing::help::COMMANDS,
    ];
    tables.into_iter().flatten()
}

/// The built-in keys.
pub fn keymap() -> Keymap {
    Keymap::of(all())
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::app::key::Key;
    use crate::app::scope::Scope;

    fn keys() -> Vec<(Scope, Key, &'static str)> {
        let spelled = all().flat_map(|command| command.keys.iter().map(move |key| (command, *key)));
        let keys = spelled.flat_map(|(command, spelled)| {
            let key: Key = spelled.parse().unwrap_or_else(|_| panic!("{} has no such key as {spelled}", command.name));
            command.scopes.iter().map(move |scope| (*scope, key, command.name))
        });
        keys.collect()
    }

    #[test]
    fn no_two_commands_share_a_name_or_a_key_in_one_scope() {
        let mut names = HashSet::new();
        for command in all() {
            assert!(names.insert(command.name), "two commands are called {}", command.name);
        }
        let keys = keys();
        for (at, (scope, key, name)) in keys.iter().enumerate() {
            for (other_scope, _, other) in keys.iter().skip(at + 1).filter(|(_, other, _)| other == key) {
                assert!(!scope.overlaps(*other_scope), "{key} is both {name} and {other}");
            }
        }
    }

    #[test]
    fn every_help_text_is_a_sentence() {
        for command in all() {
            assert!(command.help.ends_with('.'), "{}: {}", command.name, command.help);
            let verb = command.help.split(|letter: char| !letter.is_alphabetic()).next().unwrap_or_default();
            assert!(
                !verb.ends_with('s') || verb.ends_with("ss"),
                "{}: {} is no imperative",
                command.name,
                command.help
            );
        }
    }
}
