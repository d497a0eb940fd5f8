//! The user's own name, under which changes are recorded: one line in the data folder.

use std::fs;
use std::path::{Path, PathBuf};

/// The file's name.
const FILE: &str = "name.txt";

/// How long a name may be.
const LONGEST: usize = 80;

/// Where the name is kept.
pub fn name_file(folder: &Path) -> PathBuf {
    folder.join(FILE)
}

/// The name that was given, if any.
pub fn own_name(folder: &Path) -> Option<String> {
    let text = fs::read_to_string(name_file(folder)).ok()?;
    a_name(text.trim_start_matches('\u{feff}').lines().next()?)
}

/// A name as typed, in one line; none for a blank one.
pub fn a_name(typed: &str) -> Option<String> {
    let words: Vec<&str> = typed.split(|c: char| c.is_whitespace() || c.is_control()).collect();
    let name: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
    let name: String = name.join(" ").chars().take(LONGEST).collect();
    Some(name).filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_the_first_line_of_its_file() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(own_name(folder.path()), None);
        fs::write(name_file(folder.path()), "\u{feff}  Ann\tLee \r\nnotes\n").unwrap();
        assert_eq!(own_name(folder.path()).as_deref(), Some("Ann Lee"));
        fs::write(name_file(folder.path()), "\n").unwrap();
        assert_eq!(own_name(folder.path()), None);
    }
}
