//! Text being typed: the text, the cursor, and the keys that every text field understands.

use unicode_segmentation::UnicodeSegmentation;

use super::key::{Key, KeyCode};

/// What stands for each character of a secret.
const MASK: &str = "•";

/// Text with a cursor between two visible characters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Editor {
    text: String,
    /// A byte position on a grapheme boundary.
    cursor: usize,
    /// The text was suggested by the program, and typing replaces it.
    is_offered: bool,
}

impl Editor {
    pub fn new(text: impl Into<String>) -> Editor {
        let text = text.into();
        Editor { cursor: text.len(), text, is_offered: false }
    }

    /// Starts with a suggested text. The first letter typed replaces it; moving the cursor accepts it.
    pub fn offering(text: impl Into<String>) -> Editor {
        let editor = Editor::new(text);
        Editor { is_offered: !editor.is_empty(), ..editor }
    }

    pub fn is_offered(&self) -> bool {
        self.is_offered
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    /// A text that shows only how long this one is.
    #[must_use]
    pub fn masked(&self) -> Editor {
        let dots = |text: &str| MASK.repeat(text.graphemes(true).count());
        let cursor = dots(self.left()).len();
        Editor { text: dots(&self.text), cursor, is_offered: false }
    }

    pub fn cursor(&self) -> usize {
        self.cursor
    }

    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Inserts `text` at the cursor, as typing and pasting do.
    pub fn insert(&mut self, text: &str) {
        if std::mem::take(&mut self.is_offered) {
            self.delete(0, self.text.len());
        }
        self.text.insert_str(self.cursor, text);
        self.cursor += text.len();
    }

    /// Handles a key that has a meaning in every text field; returns whether it did.
    pub fn press(&mut self, key: Key) -> bool {
        if let Some(c) = key.text() {
            self.insert(c.encode_utf8(&mut [0; 4]));
            return true;
        }
        let was_offered = std::mem::take(&mut self.is_offered);
        match (key.code, key.ctrl()) {
            (KeyCode::Backspace | KeyCode::Delete, _) if was_offered => self.delete(0, self.text.len()),
            (KeyCode::Backspace, false) => self.delete(self.before(), self.cursor),
            (KeyCode::Backspace | KeyCode::Char('w'), true) => self.delete(self.word_before(), self.cursor),
            (KeyCode::Delete, _) => self.delete(self.cursor, self.after()),
            (KeyCode::Char('u'), true) => self.delete(self.line_start(), self.cursor),
            (KeyCode::Char('k'), true) => self.delete(self.cursor, self.line_end()),
            (KeyCode::Left, false) => self.cursor = self.before(),
            (KeyCode::Right, false) => self.cursor = self.after(),
            (KeyCode::Left, true) => self.cursor = self.word_before(),
            (KeyCode::Right, true) => self.cursor = self.word_after(),
            (KeyCode::Home, _) | (KeyCode::Char('a'), true) => self.cursor = self.line_start(),
            (KeyCode::End, _) | (KeyCode::Char('e'), true) => self.cursor = self.line_end(),
            (KeyCode::Up, _) => self.up(),
            (KeyCode::Down, _) => self.down(),
            _ => return false,
        }
        true
    }

    fn delete(&mut self, from: usize, to: usize) {
        self.text.replace_range(from..to, "");
        self.cursor = from;
    }

    fn left(&self) -> &str {
        self.text.get(..self.cursor).unwrap_or_default()
    }

    fn right(&self) -> &str {
        self.text.get(self.cursor..).unwrap_or_default()
    }

    fn before(&self) -> usize {
        self.left().grapheme_indices(true).next_back().map_or(0, |(at, _)| at)
    }

    fn after(&self) -> usize {
        self.cursor + self.right().graphemes(true).next().map_or(0, str::len)
    }

    fn word_before(&self) -> usize {
        self.left().unicode_word_indices().next_back().map_or(0, |(at, _)| at)
    }

    fn word_after(&self) -> usize {
        self.right().unicode_word_indices().next().map_or(self.text.len(), |(at, word)| self.cursor + at + word.len())
    }

    fn line_start(&self) -> usize {
        self.left().rfind('\n').map_or(0, |at| at + 1)
    }

    fn line_end(&self) -> usize {
        self.right().find('\n').map_or(self.text.len(), |at| self.cursor + at)
    }

    fn up(&mut self) {
        let start = self.line_start();
        if start == 0 {
            self.cursor = 0;
            return;
        }
        let column = self.column();
        self.cursor = start - 1;
        self.cursor = self.column_from(self.line_start(), column);
    }

    fn down(&mut self) {
        let end = self.line_end();
        if end == self.text.len() {
            self.cursor = end;
            return;
        }
        let column = self.column();
        self.cursor = self.column_from(end + 1, column);
    }

    /// How many characters of its line are on the left of the cursor.
    fn column(&self) -> usize {
        self.left().rsplit('\n').next().unwrap_or_default().graphemes(true).count()
    }

    /// The position `column` characters into the line that begins at `start`, or that line's end.
    fn column_from(&self, start: usize, column: usize) -> usize {
        let line = self.text.get(start..).and_then(|rest| rest.split('\n').next()).unwrap_or_default();
        start + line.grapheme_indices(true).nth(column).map_or(line.len(), |(at, _)| at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(keys: &str) -> Editor {
        let mut editor = Editor::new("one two\nthree");
        keys.split(' ').for_each(|key| assert!(editor.press(key.parse().expect("a key")), "{key} is not understood"));
        editor
    }

    #[test]
    fn moves_and_deletes_by_character_word_and_line() {
        assert_eq!(typed("Backspace x").text(), "one two\nthrex");
        assert_eq!(typed("Ctrl-Backspace").text(), "one two\n");
        assert_eq!(typed("Home Up Ctrl-Right y").text(), "oney two\nthree");
        assert_eq!(typed("Up z Down End w").text(), "one tzwo\nthreew");
        assert_eq!(typed("Ctrl-U").text(), "one two\n");
        assert_eq!(typed("Up Ctrl-K").text(), "one t\nthree");
    }

    #[test]
    fn typing_replaces_the_suggested_text() {
        let after = |keys: &str| {
            let mut editor = Editor::offering("today");
            keys.split(' ').for_each(|key| assert!(editor.press(key.parse().expect("a key")), "{key}"));
            editor.text().to_owned()
        };
        assert_eq!(after("f r i"), "fri");
        assert_eq!(after("Backspace"), "");
        assert_eq!(after("Delete x"), "x");
        assert_eq!(after("End x"), "todayx");
        assert_eq!(after("Left Left Backspace"), "toay");
    }

    #[test]
    fn a_letter_is_deleted_with_its_accent() {
        let mut editor = Editor::new("cafe\u{301}");
        editor.press("Backspace".parse().expect("a key"));
        assert_eq!(editor.text(), "caf");
    }
}
