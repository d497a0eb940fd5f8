//! `keys.toml` in the data folder: your own keys, one row a command. A mistake in it is a sentence with its line, not a reason
//! not to start; the built-in keys then apply.

use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::app::keymap::Keymap;
use crate::app::rebinding::{Mistake, Wanted, rebound};
use crate::app::table;
use crate::import::words::taught;
use crate::problem::Problem;

/// The file's name.
pub const FILE: &str = "keys.toml";

/// What the file in the data folder says; none where there is none.
pub fn text(folder: &Path) -> Option<String> {
    std::fs::read_to_string(folder.join(FILE)).ok()
}

/// The keys in force.
#[derive(Clone)]
pub struct Keys {
    pub keymap: Keymap,
    /// Why the file was left out, one for each mistake.
    pub problems: Vec<Problem>,
}

impl Keys {
    pub fn built_in() -> Keys {
        Keys { keymap: table::keymap(), problems: Vec::new() }
    }

    /// With what the data folder holds, where there is one.
    pub fn load(folder: Option<&Path>) -> Keys {
        let Some(path) = folder.map(|folder| folder.join(FILE)) else { return Keys::built_in() };
        match taught::text(&path) {
            Ok(None) => Keys::built_in(),
            Ok(Some(text)) => Keys::read(&path, &text),
            Err(why) => Keys { problems: vec![damaged(&path, &why)], ..Keys::built_in() },
        }
    }

    fn read(path: &Path, text: &str) -> Keys {
        let built_in = Keys::built_in();
        let read = match DeTable::parse(text) {
            Ok(table) => rows(text, table.get_ref(), "").and_then(|rows| rebound(&built_in.keymap, &rows)),
            Err(error) => return Keys { problems: vec![damaged(path, &taught::mistake(text, &error))], ..built_in },
        };
        let told = |Mistake { line, why }: Mistake| damaged(path, &format!("line {line}: {why}"));
        match read {
            Ok(keymap) => Keys { keymap, problems: Vec::new() },
            Err(mistakes) => Keys { problems: mistakes.into_iter().map(told).collect(), ..built_in },
        }
    }

    /// The problems for the message line: the first, and how many more there are.
    pub fn remark(&self) -> Option<String> {
        let first = self.problems.first()?;
        Some(match self.problems.len() {
            1 => first.to_string(),
            more => format!("{first} `arising keys` lists all {more} mistakes."),
        })
    }
}

/// The rows of a table; one within a table has its name behind a full stop, so that `action.progress` need not be quoted.
fn rows(text: &str, table: &DeTable<'_>, within: &str) -> Result<Vec<Wanted>, Vec<Mistake>> {
    let (mut rows, mut mistakes) = (Vec::new(), Vec::new());
    for (key, value) in table {
        let name = if within.is_empty() { key.get_ref().to_string() } else { format!("{within}.{}", key.get_ref()) };
        let line = line_of(text, key);
        match spelled(value.get_ref()) {
            Some(keys) => rows.push(Wanted { line, name, keys }),
            None => match value.get_ref() {
                DeValue::Table(inner) => match self::rows(text, inner, &name) {
                    Ok(inner) => rows.extend(inner),
                    Err(inner) => mistakes.extend(inner),
                },
                DeValue::String(_)
                | DeValue::Integer(_)
                | DeValue::Float(_)
                | DeValue::Boolean(_)
                | DeValue::Datetime(_)
                | DeValue::Array(_) => {
                    let why = format!("`{name}` needs a key in quotes, or a list of them as in [\"P\", \"F5\"]");
                    mistakes.push(Mistake { line, why });
                }
            },
        }
    }
    rows.sort_by_key(|row| row.line);
    if mistakes.is_empty() { Ok(rows) } else { Err(mistakes) }
}

/// One key or a list of keys, as spelled.
fn spelled(value: &DeValue<'_>) -> Option<Vec<String>> {
    match value {
        DeValue::String(key) => Some(vec![key.to_string()]),
        DeValue::Array(list) => list.iter().map(|key| key.get_ref().as_str().map(str::to_owned)).collect(),
        DeValue::Integer(_) | DeValue::Float(_) | DeValue::Boolean(_) | DeValue::Datetime(_) | DeValue::Table(_) => {
            None
        }
    }
}

fn line_of<T>(text: &str, at: &Spanned<T>) -> usize {
    text.get(..at.span().start).map_or(1, |before| before.matches('\n').count() + 1)
}

fn damaged(path: &Path, why: &str) -> Problem {
    Problem::new(
        "Could not use your own keys",
        format!("{}, {why}", path.display()),
        "The built-in keys apply until it is corrected.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Keys {
        Keys::read(Path::new("keys.toml"), text)
    }

    #[test]
    fn rows_are_read_quoted_or_not_one_key_or_several() {
        let keys = read("\"action.progress\" = \"P\"\naction.target = [\"w\", \"F5\"]\n[rate]\nred = \"1\"\n");
        assert_eq!(keys.problems, []);
        let of = |name: &str| keys.keymap.named(name).map(crate::app::keymap::Binding::key_names).unwrap_or_default();
        assert_eq!([of("action.progress"), of("action.target"), of("rate.red")], ["P", "w F5", "1"]);
    }

    #[test]
    fn a_mistake_leaves_the_built_in_keys_in_force_and_names_its_line() {
        let keys = read("# mine\n\"action.progress\" = \"P\"\n\"action.progres\" = \"Q\"\n\"rate.red\" = 1\n");
        assert_eq!(keys.keymap.key_of("action.progress"), "p");
        assert_eq!(
            keys.remark().as_deref(),
            Some(
                "Could not use your own keys: keys.toml, line 4: `rate.red` needs a key in quotes, or a list of them as in \
                 [\"P\", \"F5\"]. The built-in keys apply until it is corrected."
            )
        );
        let broken = read("\"rate.red\" = \n");
        assert!(broken.problems.first().is_some_and(|problem| problem.why.contains("keys.toml, line 1: ")));
    }

    #[test]
    fn several_mistakes_are_counted() {
        let keys = read("nothing = \"P\"\n\"rate.red\" = \"Esc\"\n");
        assert_eq!(keys.problems.len(), 2);
        assert!(keys.remark().is_some_and(|words| words.ends_with("`arising keys` lists all 2 mistakes.")));
    }
}
