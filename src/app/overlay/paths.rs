//! The path of a document, completed from what its folder holds.

use crate::app::message::{Beneath, World};

/// A folder, and what in it can be chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paths {
    /// As typed, with its last slash; none before it was looked into.
    folder: Option<String>,
    all: Vec<Beneath>,
}

impl Paths {
    /// Looks into the folder that the typed text names, if that is another one.
    pub fn follow(&mut self, typed: &str, world: World<'_>) {
        let (folder, _) = parts(typed);
        if self.folder.as_deref() != Some(folder) {
            self.all = (world.beneath)(folder);
            self.folder = Some(folder.to_owned());
        }
    }

    /// Whether the folder holds anything that can be chosen.
    pub fn is_found(&self) -> bool {
        !self.all.is_empty()
    }

    /// What begins with the letters typed after the folder.
    pub fn fitting(&self, typed: &str) -> Vec<&Beneath> {
        let begun = parts(typed).1.to_lowercase();
        self.all.iter().filter(|one| one.name.to_lowercase().starts_with(&begun)).collect()
    }

    /// The text with as much added as all that fits has in common: a whole name, where one fits; none if there is nothing to add.
    pub fn completed(&self, typed: &str) -> Option<String> {
        let (folder, begun) = parts(typed);
        let fitting = self.fitting(typed);
        let first = fitting.first()?;
        let common = fitting.iter().fold(first.name.as_str(), |common, one| shared(common, &one.name));
        let is_whole = fitting.len() == 1 && first.is_folder;
        let slash = if is_whole { separator(typed) } else { "" };
        let text = format!("{folder}{common}{slash}");
        (common.len() >= begun.len() && text != typed).then_some(text)
    }
}

/// The folder with its last slash, and what is typed after it.
fn parts(typed: &str) -> (&str, &str) {
    let slashes: &[char] = if cfg!(windows) { &['/', '\\'] } else { &['/'] };
    typed.rfind(slashes).and_then(|at| typed.split_at_checked(at + 1)).unwrap_or(("", typed))
}

/// The slash that the text uses.
pub fn separator(typed: &str) -> &'static str {
    if typed.contains('\\') && !typed.contains('/') { "\\" } else { "/" }
}

/// What two names begin with, in the letters of the first.
fn shared<'a>(one: &'a str, other: &str) -> &'a str {
    let is_same = |(a, b): &((usize, char), char)| a.1.to_lowercase().eq(b.to_lowercase());
    let end = one.char_indices().zip(other.chars()).take_while(is_same).last();
    let end = end.map_or(0, |((at, letter), _)| at + letter.len_utf8());
    one.get(..end).unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths() -> Paths {
        let one = |name: &str, is_folder| Beneath { name: name.into(), is_folder };
        let all = vec![one("Plan A.docx", false), one("Plan B.docx", false), one("zoo.csv", false), one("old", true)];
        Paths { folder: Some("docs/".into()), all }
    }

    #[test]
    fn what_fits_is_completed_as_far_as_it_agrees() {
        let completed = |typed: &str| paths().completed(typed);
        assert_eq!(completed("docs/p").as_deref(), Some("docs/Plan "));
        assert_eq!(completed("docs/Plan "), None, "two fit, and what they share is there");
        assert_eq!(completed("docs/plan b").as_deref(), Some("docs/Plan B.docx"));
        assert_eq!(completed("docs/o").as_deref(), Some("docs/old/"));
        assert_eq!(completed("docs/x"), None);
        assert_eq!(paths().fitting("docs/").len(), 4);
    }
}
