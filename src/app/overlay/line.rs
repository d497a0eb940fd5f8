//! One line of typing at the foot of the screen: a filter, a search, the path of a document.

use super::paths::Paths;
use crate::app::editor::Editor;
use crate::app::key::Key;
use crate::app::message::World;
use crate::domain::filter::Filter;
use crate::problem::Problem;

/// What the line is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// The whole filter, as text.
    Filter,
    /// Words to find, in addition to the current filter.
    Search,
    /// Words that changes in the history must contain.
    Words,
    /// A document to read.
    ImportPath,
}

pub struct InputLine {
    pub purpose: Purpose,
    pub editor: Editor,
    /// The filter and search words that Esc restores.
    pub before: Filter,
    pub words_before: String,
    /// What a search's words are added to.
    base: Filter,
    /// Why what is typed cannot be understood (yet).
    pub problem: Option<Problem>,
    /// What a path can be completed from.
    pub paths: Paths,
}

impl InputLine {
    pub fn new(purpose: Purpose, text: String, before: Filter) -> InputLine {
        let words_before = String::new();
        let (editor, paths) = (Editor::new(text), Paths::default());
        InputLine { purpose, editor, base: before.clone(), before, words_before, problem: None, paths }
    }

    /// Asks for a document in a folder, which gives way to another path that is typed.
    pub fn for_path(folder: &str) -> InputLine {
        let editor = Editor::offering(folder);
        InputLine { editor, ..InputLine::new(Purpose::ImportPath, String::new(), Filter::default()) }
    }

    /// Completes the path from what its folder holds.
    pub fn complete(&mut self, world: World<'_>) {
        if let Some(text) = self.paths.completed(self.editor.text()) {
            self.editor = Editor::new(text);
        } else if self.editor.is_offered() {
            self.editor = Editor::new(self.editor.text());
        }
        self.look(world);
    }

    /// Looks into the folder of the path.
    pub fn look(&mut self, world: World<'_>) {
        if self.purpose == Purpose::ImportPath {
            self.paths.follow(self.editor.text(), world);
        }
    }

    /// A search in the history that starts from the current words; the current filter stays.
    pub fn for_words(words: String, before: Filter) -> InputLine {
        InputLine { words_before: words.clone(), ..InputLine::new(Purpose::Words, words, before) }
    }

    /// A search that starts from the current words, in addition to the rest of the filter.
    pub fn searching(words: String, rest: Filter, before: Filter) -> InputLine {
        InputLine { base: rest, ..InputLine::new(Purpose::Search, words, before) }
    }

    pub fn press(&mut self, key: Key) {
        self.editor.press(key);
    }

    pub fn paste(&mut self, text: &str) {
        self.editor.insert(&text.split_whitespace().collect::<Vec<_>>().join(" "));
    }

    /// The filter for the typed text; the screen gives it near-duplicates as they are found.
    pub fn filter(&self, world: World<'_>) -> Result<Filter, Problem> {
        let text = match self.purpose {
            Purpose::Filter => self.editor.text().to_owned(),
            Purpose::Search => format!("{} {}", self.base, quoted_words(self.editor.text())),
            Purpose::Words | Purpose::ImportPath => return Ok(self.before.clone()),
        };
        Filter::parse_unread(&text, world.register)
    }
}

/// The words quoted one by one, so that none is read as a term like `lead:`.
fn quoted_words(text: &str) -> String {
    let bare = text.replace('"', " ");
    let words: Vec<String> = bare.split_whitespace().map(|word| format!("\"{word}\"")).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_is_words_and_never_terms() {
        assert_eq!(quoted_words("lead:x  \"two"), "\"lead:x\" \"two\"");
    }
}
