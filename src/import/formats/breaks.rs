//! Line breaks: every sign by which a format ends a line within a cell becomes a newline.

use crate::import::table::{Block, Document};

/// Vertical tab, form feed, next line, line separator and paragraph separator.
const SIGNS: [char; 5] = ['\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'];

/// Makes newlines of all line breaks in the cells of tables.
pub fn settle(document: &mut Document) {
    let tables = document.blocks.iter_mut().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        Block::Paragraph(_) => None,
    });
    for cell in tables.flat_map(|table| &mut table.rows).flat_map(|row| &mut row.cells) {
        if let Some(text) = settled(&cell.text) {
            cell.text = text;
        }
    }
}

/// The text with newlines; `None` where it has no other break.
fn settled(text: &str) -> Option<String> {
    if !text.contains(['<', '_', '\r']) && !text.contains(SIGNS) {
        return None;
    }
    let text = text.replace("_x000D_\n", "\n").replace("_x000D_", "\n").replace("\r\n", "\n").replace('\r', "\n");
    Some(without_tags(&text).replace(SIGNS, "\n"))
}

/// `<br>`, `<br/>` and `<BR />` as newlines.
fn without_tags(text: &str) -> String {
    let mut parts = text.split('<');
    let mut made = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let after = part.split_once('>').filter(|(tag, _)| tag.trim_end_matches(['/', ' ']).eq_ignore_ascii_case("br"));
        match after {
            Some((_, rest)) => made.extend(["\n", rest]),
            None => made.extend(["<", part]),
        }
    }
    made
}

#[cfg(test)]
mod tests {
    use super::settled;

    #[test]
    fn every_sign_of_a_line_break_is_a_newline() {
        for sign in [
            "\u{b}",
            "\u{c}",
            "\u{85}",
            "\u{2028}",
            "\u{2029}",
            "<br>",
            "<BR />",
            "<br/>",
            "_x000D_",
            "_x000D_\n",
            "\r\n",
        ] {
            assert_eq!(
                settled(&format!("Marsh Police{sign}Fenwick Council")).as_deref(),
                Some("Marsh Police\nFenwick Council"),
                "{sign:?}"
            );
        }
    }

    #[test]
    fn other_words_stay_as_they_are() {
        assert_eq!(settled("Marsh Police\nFenwick Council"), None);
        let text = "fewer than <10 of them> and a_name <b>bold</b>";
        assert_eq!(settled(text).as_deref(), Some(text));
    }
}
