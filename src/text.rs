//! Text on the screen: its width, cutting and wrapping, and sanitising harmful characters.

mod letters;

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

pub use letters::{composed, is_same_word, lower, put_plain};

/// Replaces a character that must not reach a terminal and has no visible equivalent.
const SUBSTITUTE: char = '\u{fffd}';

/// How many columns a terminal uses for `text`, which must be a single line.
pub fn width(text: &str) -> usize {
    if is_plain(text) {
        return text.len();
    }
    if is_single(text) { text.chars().count() } else { text.graphemes(true).map(UnicodeWidthStr::width).sum() }
}

/// `text` in at most `cols` columns, ending in `…` if it was cut.
pub fn truncate(text: &str, cols: usize) -> String {
    let (head, dots) = cut(text, cols);
    format!("{head}{dots}")
}

/// What of `text` is shown in at most `cols` columns, and what shows that it was cut: `…`, for which there may be no room.
pub fn cut(text: &str, cols: usize) -> (&str, &'static str) {
    if split_at_width(text, cols).1.is_empty() {
        return (text, "");
    }
    let Some(room) = cols.checked_sub(1) else { return ("", "") };
    (split_at_width(text, room).0.trim_end(), "…")
}

/// Whether each character takes one column and none has to do with its neighbours, as in nearly all English text.
pub fn is_single(text: &str) -> bool {
    text.chars().all(|c| {
        matches!(c, ' '..='~' | '\u{a1}'..='\u{ac}' | '\u{ae}'..='\u{ff}' | '\u{2010}'..='\u{2027}'
            | '\u{2030}'..='\u{205e}' | '\u{2500}'..='\u{259f}')
    })
}

/// `text` as lines of at most `cols` columns (at least one), broken at spaces where possible.
///
/// A paragraph keeps its indentation, and the later lines of a "• point" are aligned with its text. A no-break space
/// does not break.
pub fn wrap(text: &str, cols: usize) -> Vec<String> {
    let cols = cols.max(1);
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        wrap_paragraph(paragraph, cols, &mut lines);
    }
    lines
}

/// "1 action", "2 actions".
pub fn counted(count: usize, thing: &str) -> String {
    let is_vowel = |letter: char| "aeiou".contains(letter);
    match thing.strip_suffix('y').filter(|stem| !stem.ends_with(is_vowel)) {
        _ if count == 1 => format!("1 {thing}"),
        Some(stem) => format!("{count} {stem}ies"),
        None => format!("{count} {thing}s"),
    }
}

/// `text` with its first letter capitalised.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// `text` on one line, all of it: line ends and runs of spaces become single spaces.
pub fn flat(text: &str) -> String {
    let mut flat = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !flat.is_empty() {
            flat.push(' ');
        }
        flat.push_str(word);
    }
    flat
}

/// [`flat`], but no more of it than any screen is wide: for one row of a list, which cuts it anyway.
pub fn one_line(text: &str) -> String {
    const MOST: usize = 400;
    if text.len() <= MOST {
        return flat(text);
    }
    let ascii = text.get(..MOST).filter(|start| start.is_ascii());
    let start = ascii.or_else(|| text.char_indices().nth(MOST).and_then(|(end, _)| text.get(..end))).unwrap_or(text);
    flat(start)
}

/// `text` with every character made visible that could move the cursor, reverse the reading order or hide.
///
/// Line ends stay; a tab becomes a space. Borrowed if there is nothing to change, which is nearly always.
pub fn harmless(text: &str) -> Cow<'_, str> {
    if is_plain(text) || !text.chars().any(|c| c != '\n' && picture(c) != Some(c)) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.replace("\r\n", "\n").chars().filter_map(picture).collect())
}

/// The words of a phrase in a form for comparison: lower case, singular, without punctuation, "&" as "and".
pub fn words(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut word = String::new();
    let mut end = |word: &mut String| {
        word.truncate(singular(word).len());
        found.extend((!word.is_empty()).then(|| std::mem::take(word)));
    };
    for c in lower(text).chars() {
        match c {
            '\'' | '’' => {}
            '&' => {
                end(&mut word);
                end(&mut "and".to_owned());
            }
            c if c.is_alphanumeric() => word.push(c),
            _ => end(&mut word),
        }
    }
    end(&mut word);
    found
}

fn singular(word: &str) -> &str {
    match word.strip_suffix('s') {
        Some(stem) if stem.len() > 2 && !stem.ends_with(['s', 'u', 'i']) => stem,
        _ => word,
    }
}

fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| (b' '..=b'~').contains(&byte))
}

/// What is shown for a character; `None` if it is left out.
fn picture(c: char) -> Option<char> {
    match c {
        '\n' | '\u{2028}' | '\u{2029}' | '\u{85}' => Some('\n'),
        '\t' => Some(' '),
        // A soft hyphen is only a hint for line breaking.
        '\u{ad}' => None,
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)),
        '\u{7f}' => Some('\u{2421}'),
        c if c.is_control() || is_unseen(c) || is_no_character(c) => Some(SUBSTITUTE),
        c => Some(c),
    }
}

/// Zero-width characters that change how their neighbours are read, or only make two different texts look alike.
fn is_unseen(c: char) -> bool {
    matches!(c,
        '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}'
        | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// The 66 code points that Unicode never gives to a character. XML forbids two of them, and a file that has any is not
/// well-formed for every program.
fn is_no_character(c: char) -> bool {
    matches!(c, '\u{fdd0}'..='\u{fdef}') || u32::from(c) & 0xfffe == 0xfffe
}

/// The longest prefix of `text` that fits in `cols` columns, and the rest.
fn split_at_width(text: &str, cols: usize) -> (&str, &str) {
    if is_plain(text) {
        return text.split_at(cols.min(text.len()));
    }
    let mut used = 0;
    for (at, grapheme) in text.grapheme_indices(true) {
        used += grapheme.width();
        if used > cols {
            return text.split_at(at);
        }
    }
    (text, "")
}

fn wrap_paragraph(paragraph: &str, cols: usize, lines: &mut Vec<String>) {
    let paragraph = paragraph.trim_end();
    let (indent, hang, body) = indentation(paragraph, cols);
    let mut line = Line { text: indent, used: 0, empty: true };
    line.used = width(&line.text);
    for word in body.split([' ', '\t']).filter(|word| !word.is_empty()) {
        line.add(word, cols, hang, lines);
    }
    lines.push(line.text);
}

/// The first line's prefix, the indentation of the other lines, and the text.
fn indentation(paragraph: &str, cols: usize) -> (String, usize, &str) {
    let body = paragraph.trim_start_matches([' ', '\t']);
    let spaces = paragraph.len() - body.len();
    let mark = bullet(body);
    let first = format!("{}{mark}", " ".repeat(spaces));
    let hang = width(&first);
    // Deep indentation in a narrow window would leave no room for text.
    if hang * 2 > cols { (String::new(), 0, body) } else { (first, hang, body.strip_prefix(mark).unwrap_or(body)) }
}

/// The bullet or number that begins a list item, with the spaces after it; empty if there is none.
fn bullet(body: &str) -> &str {
    let Some((mark, rest)) = body.split_once([' ', '\t', '\u{a0}']) else { return "" };
    let is_number = mark.len() <= 4
        && mark.strip_suffix(['.', ')']).is_some_and(|number| number.bytes().all(|b| b.is_ascii_alphanumeric()))
        && mark.starts_with(|c: char| c.is_ascii_digit() || mark.len() == 2);
    if rest.is_empty() || !(is_number || matches!(mark, "•" | "·" | "-" | "–" | "*" | "▪" | "◦" | "o" | "●"))
    {
        return "";
    }
    let words = body.strip_prefix(mark).unwrap_or_default().trim_start_matches([' ', '\t', '\u{a0}']);
    body.strip_suffix(words).unwrap_or_default()
}

/// The line being filled.
struct Line {
    text: String,
    used: usize,
    empty: bool,
}

impl Line {
    fn add(&mut self, word: &str, cols: usize, hang: usize, lines: &mut Vec<String>) {
        let needs = width(word);
        let gap = usize::from(!self.empty);
        if self.used + gap + needs > cols && !self.empty {
            self.turn(hang, lines);
        } else if !self.empty {
            self.text.push(' ');
            self.used += 1;
        }
        if self.used + needs <= cols { self.put(word, needs) } else { self.add_in_pieces(word, cols, hang, lines) }
    }

    fn add_in_pieces(&mut self, word: &str, cols: usize, hang: usize, lines: &mut Vec<String>) {
        let mut rest = word;
        while !rest.is_empty() {
            let (piece, tail) = split_at_width(rest, cols - self.used.min(cols));
            if !piece.is_empty() {
                self.put(piece, width(piece));
                rest = tail;
            } else if self.empty {
                // A single character wider than the whole line.
                self.put("…", 1);
                rest = rest.graphemes(true).next().and_then(|wide| rest.strip_prefix(wide)).unwrap_or_default();
            }
            if !rest.is_empty() {
                self.turn(hang, lines);
            }
        }
    }

    fn put(&mut self, piece: &str, needs: usize) {
        self.text.push_str(piece);
        self.used += needs;
        self.empty = false;
    }

    fn turn(&mut self, hang: usize, lines: &mut Vec<String>) {
        lines.push(std::mem::replace(&mut self.text, " ".repeat(hang)));
        self.used = hang;
        self.empty = true;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn width_counts_columns_and_not_characters() {
        for (text, columns) in [("", 0), ("plain", 5), ("Sépt", 4), ("e\u{301}", 1), ("計画", 4), ("👩‍👩‍👧", 2), ("…", 1)]
        {
            assert_eq!(width(text), columns, "{text}");
        }
    }

    #[test]
    fn what_counts_as_single_takes_one_column_beside_anything() {
        for c in ('\0'..='\u{ffff}').filter(|c| is_single(c.encode_utf8(&mut [0; 4]))) {
            let text = format!("a{c}b{c}{c}");
            assert_eq!(text.graphemes(true).map(UnicodeWidthStr::width).collect::<Vec<_>>(), [1; 5], "{c:?}");
        }
        assert!(is_single("Police · “HC” – café…"));
        assert!(["e\u{301}", "計画", "👧", "a\nb", "\u{ad}", "©\u{fe0f}"].iter().all(|text| !is_single(text)));
    }

    #[test]
    fn truncated_text_ends_in_an_ellipsis() {
        assert_eq!(truncate("recommendation", 14), "recommendation");
        assert_eq!(truncate("recommendation", 8), "recomme…");
        assert_eq!(truncate("two words", 5), "two…");
        assert_eq!(truncate("計画書", 4), "計…");
        assert_eq!(truncate("x", 0), "");
    }

    #[test]
    fn wrapping_breaks_at_spaces_and_cuts_only_what_is_too_long() {
        assert_eq!(wrap("the revised model of triage", 12), ["the revised", "model of", "triage"]);
        assert_eq!(wrap("one\n\ntwo", 9), ["one", "", "two"]);
        assert_eq!(wrap("a multidisciplinary b", 8), ["a", "multidis", "ciplinar", "y b"]);
        assert_eq!(wrap("1\u{a0}May 2", 5), ["1\u{a0}May", "2"]);
        assert_eq!(wrap("", 5), [""]);
    }

    #[test]
    fn the_lines_of_a_bullet_align_under_its_text() {
        assert_eq!(wrap("• agree a common definition", 14), ["• agree a", "  common", "  definition"]);
        assert_eq!(wrap("  - two deep", 8), ["  - two", "    deep"]);
        assert_eq!(wrap("10. tenth point", 11), ["10. tenth", "    point"]);
        assert_eq!(wrap("A plan of two", 6), ["A plan", "of two"]);
        assert_eq!(wrap("                deep", 8), ["deep"], "no room is lost to deep indentation");
    }

    #[test]
    fn harmful_characters_are_made_visible() {
        assert_eq!(harmless("plain – “text”"), "plain – “text”");
        assert!(matches!(harmless("Sépt"), Cow::Borrowed(_)));
        assert_eq!(harmless("\u{1b}[2Jred\u{7}"), "␛[2Jred␇");
        assert_eq!(harmless("a\u{202e}b\u{200b}c\u{9b}d"), "a\u{fffd}b\u{fffd}c\u{fffd}d");
        assert_eq!(harmless("one\r\ntwo\tthree\u{ad}"), "one\ntwo three");
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn lines_fit_and_lose_no_word(text in "([a-z•\\-计é👧]{1,12}[ \n]{1,2}){0,20}", cols in 4usize..40) {
            let lines = wrap(&text, cols);
            for line in &lines {
                prop_assert!(width(line) <= cols, "{line:?} in {cols}");
            }
            let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(letters(&lines.concat()), letters(&text));
        }

        #[test]
        fn what_is_cut_fits(text in "\\PC{0,40}", cols in 0usize..20) {
            prop_assert!(width(&truncate(&text, cols)) <= cols);
        }

        #[test]
        fn nothing_harmful_remains(text in any::<String>()) {
            let shown = harmless(&text);
            prop_assert!(!shown.chars().any(|c| c != '\n' && (c.is_control() || is_unseen(c) || is_no_character(c))));
            prop_assert_eq!(harmless(&shown), shown.clone());
        }
    }
}
