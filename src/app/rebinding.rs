//! Your own keys laid over the built-in ones: all of them, or every reason why not.

use std::collections::HashMap;

use super::editor::Editor;
use super::key::Key;
use super::keymap::{Binding, Keymap};
use super::scope::Scope;
use crate::domain::filter::distance;

/// Keys that stay where they are, so that no file can lock anyone out: a command keeps those it has, and gets no other.
const FIXED: [&str; 15] = [
    "Esc",
    "Enter",
    "Tab",
    "Shift-Tab",
    "Backspace",
    "Up",
    "Down",
    "Left",
    "Right",
    "Home",
    "End",
    "PgUp",
    "PgDn",
    "F1",
    "Ctrl-C",
];

/// Keys that terminals send as another one.
const NEVER_SENT: [(&str, &str); 4] =
    [("Ctrl-I", "Tab"), ("Ctrl-M", "Enter"), ("Ctrl-[", "Esc"), ("Ctrl-H", "Backspace")];

/// One row of the user's: a command, and the keys that it is to have beside its fixed ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    pub line: usize,
    pub name: String,
    /// As spelled.
    pub keys: Vec<String>,
}

/// Why a row cannot be followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    pub line: usize,
    pub why: String,
}

/// The keymap with the rows laid over it.
///
/// # Errors
/// Every mistake in the rows, in the order of their lines; then none of them counts.
pub fn rebound(built_in: &Keymap, rows: &[Wanted]) -> Result<Keymap, Vec<Mistake>> {
    let mut bindings = built_in.all().to_vec();
    let mut lines: HashMap<&str, usize> = HashMap::new();
    let mut mistakes = Vec::new();
    for row in rows {
        let mut refuse = |why: String| mistakes.push(Mistake { line: row.line, why });
        let Some(binding) = bindings.iter_mut().find(|binding| binding.command.name == row.name) else {
            refuse(unknown(&row.name, built_in));
            continue;
        };
        if lines.insert(binding.command.name, row.line).is_some() {
            refuse(format!("`{}` has a row already", row.name));
        }
        match keys(binding, &row.keys) {
            Ok(keys) => binding.keys = keys,
            Err(reasons) => reasons.into_iter().for_each(refuse),
        }
    }
    mistakes.extend(clashes(&bindings, &lines));
    mistakes.sort_by_key(|mistake| mistake.line);
    if mistakes.is_empty() { Ok(Keymap::new(bindings)) } else { Err(mistakes) }
}

fn unknown(name: &str, built_in: &Keymap) -> String {
    let names = built_in.all().iter().map(|binding| binding.command.name);
    let nearest = names.min_by_key(|known| distance(known, name)).unwrap_or_default();
    format!("there is no command `{name}`; the nearest is `{nearest}`")
}

/// The keys of a command: those asked for, then the fixed ones that it keeps.
fn keys(binding: &Binding, spelled: &[String]) -> Result<Vec<Key>, Vec<String>> {
    let fixed: Vec<Key> = binding.keys.iter().copied().filter(is_fixed).collect();
    let (mut keys, mut reasons) = (Vec::new(), Vec::new());
    for word in spelled {
        match key(binding, &fixed, word) {
            Ok(key) if keys.contains(&key) => {}
            Ok(key) => keys.push(key),
            Err(why) => reasons.push(why),
        }
    }
    keys.extend(fixed.into_iter().filter(|key| !keys.contains(key)).collect::<Vec<_>>());
    if reasons.is_empty() { Ok(keys) } else { Err(reasons) }
}

fn key(binding: &Binding, fixed: &[Key], word: &str) -> Result<Key, String> {
    let key: Key = word
        .parse()
        .map_err(|_| format!("there is no key `{word}`; write it like r, N, Space, Ctrl-R, Alt-Enter or F5"))?;
    let sent = NEVER_SENT.iter().find(|(never, _)| never.parse() == Ok(key));
    if let Some((_, instead)) = sent {
        return Err(format!("`{key}` reaches the program as {instead}; choose another key"));
    }
    if is_fixed(&key) && !fixed.contains(&key) {
        return Err(format!("`{key}` is fixed and cannot be given to `{}`", binding.command.name));
    }
    let types = |scope: &Scope| scope.is_for_typing() && !fixed.contains(&key) && Editor::new("a b").press(key);
    match binding.command.scopes.iter().find(|scope| types(scope)) {
        Some(_) => Err(format!("`{key}` is needed for typing where `{}` works", binding.command.name)),
        None => Ok(key),
    }
}

fn is_fixed(key: &Key) -> bool {
    FIXED.iter().any(|fixed| fixed.parse() == Ok(*key))
}

/// Two commands on one key where both would be heard, each reported at a row that asked for it.
fn clashes(bindings: &[Binding], lines: &HashMap<&str, usize>) -> Vec<Mistake> {
    let mut by_key: HashMap<Key, Vec<&Binding>> = HashMap::new();
    let mut found = Vec::new();
    for binding in bindings {
        for key in &binding.keys {
            let others = by_key.entry(*key).or_default();
            found.extend(others.iter().filter_map(|other| clash(*key, other, binding, lines)));
            others.push(binding);
        }
    }
    found
}

fn clash(key: Key, one: &Binding, other: &Binding, lines: &HashMap<&str, usize>) -> Option<Mistake> {
    let (one, other) = (one.command, other.command);
    let is_heard = |scope: &Scope| other.scopes.iter().any(|also| scope.overlaps(*also));
    if !one.scopes.iter().any(is_heard) {
        return None;
    }
    let (line, name, with) = match (lines.get(one.name), lines.get(other.name)) {
        (Some(first), Some(second)) if first > second => (*first, one.name, other.name),
        (_, Some(second)) => (*second, other.name, one.name),
        (Some(first), None) => (*first, one.name, other.name),
        (None, None) => return None,
    };
    Some(Mistake { line, why: format!("`{key}` for `{name}` is already the key of `{with}`") })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::app::table;

    fn row(line: usize, name: &str, keys: &[&str]) -> Wanted {
        Wanted { line, name: name.into(), keys: keys.iter().map(|key| (*key).to_owned()).collect() }
    }

    fn why(rows: &[Wanted]) -> Vec<(usize, String)> {
        let mistakes = rebound(&table::keymap(), rows).err().unwrap_or_default();
        mistakes.into_iter().map(|mistake| (mistake.line, mistake.why)).collect()
    }

    #[test]
    fn a_command_gets_its_new_key_and_keeps_its_fixed_ones() {
        let keymap = rebound(&table::keymap(), &[row(1, "action.progress", &["P"]), row(2, "walk.down", &["w"])]);
        let keymap = keymap.unwrap_or_else(|mistakes| panic!("{mistakes:?}"));
        assert_eq!(keymap.key_of("action.progress"), "P");
        assert_eq!(keymap.named("walk.down").map(Binding::key_names).as_deref(), Some("w Down"));
        let walk = [Scope::Walk, Scope::Everywhere];
        assert!(keymap.command(&walk, Key::char('p')).is_none());
        assert_eq!(keymap.command(&walk, Key::char('P')).map(|command| command.name), Some("action.progress"));
    }

    #[test]
    fn two_commands_can_swap_their_keys_and_one_can_have_none() {
        let rows = [row(1, "rate.red", &["g"]), row(2, "rate.green", &["r"]), row(3, "theme", &[])];
        assert!(why(&rows).is_empty());
    }

    #[test]
    fn every_mistake_is_a_sentence_with_its_line() {
        let rows = [
            row(1, "action.progres", &["P"]),
            row(2, "rate.red", &["Hyper-R"]),
            row(3, "rate.green", &["Esc"]),
            row(4, "action.target", &["p"]),
            row(5, "form.discard", &["x"]),
            row(6, "theme", &["Ctrl-M"]),
            row(7, "rate.red", &["Q"]),
            row(8, "find.words", &["u"]),
            row(9, "form.new-line", &["F9"]),
        ];
        assert_eq!(
            why(&rows).iter().map(|(line, why)| format!("{line}: {why}")).collect::<Vec<_>>(),
            [
                "1: there is no command `action.progres`; the nearest is `action.progress`",
                "2: there is no key `Hyper-R`; write it like r, N, Space, Ctrl-R, Alt-Enter or F5",
                "3: `Esc` is fixed and cannot be given to `rate.green`",
                "4: `p` for `action.target` is already the key of `action.progress`",
                "5: `x` is needed for typing where `form.discard` works",
                "6: `Ctrl-M` reaches the program as Enter; choose another key",
                "7: `rate.red` has a row already",
                "8: `u` for `find.words` is already the key of `undo`",
                "9: `F9` for `form.new-line` is already the key of `blank.while-typing`",
            ]
        );
    }

    fn any_rows() -> impl Strategy<Value = Vec<Wanted>> {
        let names: Vec<&str> = table::all().map(|command| command.name).collect();
        let keys = prop::sample::select(vec![
            "P", "w", "Q", "1", "9", "Ctrl-T", "Alt-x", "F5", "F9", "p", "g", "r", "Space", "Esc", "Ctrl-O", "é",
        ]);
        let row = (prop::sample::select(names), prop::collection::vec(keys, 0..3));
        prop::collection::vec(row, 0..5)
            .prop_map(|rows| rows.iter().enumerate().map(|(at, (name, keys))| row_of(at, name, keys)).collect())
    }

    fn row_of(at: usize, name: &str, keys: &[&str]) -> Wanted {
        row(at + 1, name, keys)
    }

    proptest! {
        #[test]
        fn whatever_is_accepted_gives_each_key_one_command_and_shows_the_key_that_works(rows in any_rows()) {
            let Ok(keymap) = rebound(&table::keymap(), &rows) else { return Ok(()) };
            for (at, one) in keymap.all().iter().enumerate() {
                for scope in one.command.scopes {
                    for key in &one.keys {
                        let heard = keymap.command(&[*scope], *key).map(|command| command.name);
                        prop_assert_eq!(heard, Some(one.command.name), "{}", key);
                        for other in keymap.all().iter().skip(at + 1).filter(|other| other.keys.contains(key)) {
                            let both = other.command.scopes.iter().any(|also| scope.overlaps(*also));
                            prop_assert!(!both, "{} runs {} and {}", key, one.command.name, other.command.name);
                        }
                    }
                }
                let first = one.keys.first().map(Key::to_string).unwrap_or_default();
                prop_assert_eq!(one.key(), first);
            }
            for name in ["walk.back", "form.close", "choice.close", "help.close", "quit", "help"] {
                let keys = keymap.named(name).map(|binding| binding.keys.clone()).unwrap_or_default();
                prop_assert!(keys.iter().any(is_fixed), "{} can be locked out", name);
            }
        }
    }
}
