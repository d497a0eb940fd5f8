//! One line of typing at the foot of the screen: a filter, a search, the path of a document.

use crate::app::editor::Editor;
use crate::app::key::Key;
use crate::app::model::World;
use crate::domain::filter::Filter;
use crate::problem::Problem;

/// What the line is for.
#[derive(Clone, Debug, PartialEq)]
pub enum Purpose {
    /// The whole filter, in its own words.
    Filter,
    /// Words to find, on top of the filter that is on.
    Search,
    /// A document to read.
    ImportPath,
}

pub struct Line {
    pub purpose: Purpose,
    pub editor: Editor,
    /// The filter that comes back with Esc.
    pub before: Filter,
    /// Why what is typed cannot be understood (yet).
    pub problem: Option<Problem>,
}

impl Line {
    pub fn new(purpose: Purpose, text: String, before: Filter) -> Line {
        Line { purpose, editor: Editor::new(text), before, problem: None }
    }

    pub fn press(&mut self, key: Key) {
        self.editor.press(key);
    }

    pub fn paste(&mut self, text: &str) {
        self.editor.insert(&text.split_whitespace().collect::<Vec<_>>().join(" "));
    }

    /// The filter that the typed text asks for.
    pub fn filter(&self, world: World<'_>) -> Result<Filter, Problem> {
        let text = match self.purpose {
            Purpose::Filter => self.editor.text().to_owned(),
            Purpose::Search => format!("{} {}", self.before, quoted_words(self.editor.text())),
            Purpose::ImportPath => return Ok(self.before.clone()),
        };
        Filter::parse(&text, world.register, world.today())
    }
}

/// The words one by one in quotes, so that none of them is taken for a term like `lead:`.
fn quoted_words(text: &str) -> String {
    let bare = text.replace('"', " ");
    bare.split_whitespace().map(|word| format!("\"{word}\" ")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_is_words_and_never_terms() {
        assert_eq!(quoted_words("lead:x  \"two"), "\"lead:x\" \"two\" ");
    }
}
