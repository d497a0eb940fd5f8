//! Text being typed, wrapped to its field, with the cursor position.

use unicode_segmentation::UnicodeSegmentation;

use crate::app::editor::Editor;
use crate::text;

/// The text as rows of limited width.
pub struct Laid {
    pub rows: Vec<String>,
    /// Row and column of the cursor.
    pub cursor: (usize, usize),
}

/// Lays the text out. Unlike read-only text, it drops nothing at a line break, so every character has a position.
pub fn lay_out(editor: &Editor, cols: usize) -> Laid {
    let cols = cols.max(2);
    let mut laid = Laid { rows: vec![String::new()], cursor: (0, 0) };
    let mut used = 0;
    for (at, grapheme) in editor.text().grapheme_indices(true) {
        if at == editor.cursor() {
            laid.cursor = (laid.rows.len() - 1, used);
        }
        if grapheme == "\n" || grapheme == "\r\n" {
            laid.rows.push(String::new());
            used = 0;
            continue;
        }
        let shown = text::harmless(grapheme);
        let width = text::width(&shown);
        if used + width > cols - 1 {
            used = break_row(&mut laid);
        }
        if let Some(row) = laid.rows.last_mut() {
            row.push_str(&shown);
        }
        used += width;
    }
    if editor.cursor() >= editor.text().len() {
        laid.cursor = (laid.rows.len() - 1, used);
    }
    laid
}

/// Starts a new row with the word that no longer fits; returns the columns that word takes.
fn break_row(laid: &mut Laid) -> usize {
    let at = laid.rows.len().saturating_sub(1);
    let Some(row) = laid.rows.last_mut() else { return 0 };
    let word = match row.rfind(' ') {
        Some(space) if space + 1 < row.len() => row.split_off(space + 1),
        Some(_) | None => String::new(),
    };
    let kept = text::width(row);
    if laid.cursor.0 == at && laid.cursor.1 > kept {
        laid.cursor = (at + 1, laid.cursor.1 - kept);
    }
    let used = text::width(&word);
    laid.rows.push(word);
    used
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_move_whole_and_the_cursor_with_them() {
        let laid = lay_out(&Editor::new("one two three"), 8);
        assert_eq!(laid.rows, ["one ", "two ", "three"]);
        assert_eq!(laid.cursor, (2, 5));
    }

    #[test]
    fn a_word_longer_than_the_field_is_broken() {
        let laid = lay_out(&Editor::new("abcdefghij"), 5);
        assert_eq!(laid.rows, ["abcd", "efgh", "ij"]);
    }

    #[test]
    fn an_empty_line_at_the_end_holds_the_cursor() {
        assert_eq!(lay_out(&Editor::new("a\n"), 9).cursor, (1, 0));
    }
}
