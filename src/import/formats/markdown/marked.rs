//! What Markdown strikes through, and the notes that it refers to, as marks in the text.

use crate::import::formats::marks;
use crate::import::table::Footnote;

/// Tags around struck-through words.
const STRUCK: [&str; 3] = ["s", "del", "strike"];
/// The longest key of a note, and the longest tag.
const KEY: usize = 60;
const TAG: usize = 200;
/// Notes of a document to look for in its text.
const NOTES: usize = 1_000;

/// The text with marks in place of `~~words~~`, `<del>words</del>` and `[^1]`.
pub fn marked(text: &str, notes: &[Footnote]) -> String {
    if !text.contains(['~', '<', '[']) {
        return text.to_owned();
    }
    references(&tags(&tildes(text)), notes)
}

/// Two tildes around words strike them through; one does not, nor do three.
fn tildes(text: &str) -> String {
    let mut made = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("~~") {
        let is_edge = !before.ends_with(['~', '\\']) && !after.starts_with('~');
        let words = after.split_once("~~").filter(|(words, _)| is_edge && is_tight(words));
        made.push_str(before);
        rest = if let Some((words, next)) = words {
            made.push_str(&marks::struck(words));
            next
        } else {
            made.push_str(if before.ends_with('\\') { "~~" } else { "" });
            after.trim_start_matches('~')
        };
    }
    made + rest
}

fn is_tight(words: &str) -> bool {
    !words.is_empty() && !words.starts_with(char::is_whitespace) && !words.ends_with(char::is_whitespace)
}

fn tags(text: &str) -> String {
    let mut made = String::with_capacity(text.len());
    let (mut rest, mut words, mut depth) = (text, String::new(), 0_usize);
    while let Some((before, after)) = rest.split_once('<') {
        let tag = until(after, '>', TAG).map(|(tag, next)| (name(tag), tag.starts_with('/'), next));
        let to = if depth > 0 { &mut words } else { &mut made };
        to.push_str(before);
        match tag {
            Some((name, closes, next)) if STRUCK.contains(&name.as_str()) => {
                depth = if closes { depth.saturating_sub(1) } else { depth + 1 };
                rest = next;
            }
            Some((name, _, next)) if name == "ins" => rest = next,
            Some(_) | None => {
                to.push('<');
                rest = after;
            }
        }
        if depth == 0 && !words.is_empty() {
            made.push_str(&marks::struck(&std::mem::take(&mut words)));
        }
    }
    if depth > 0 {
        words.push_str(rest);
        return made + &marks::struck(&words);
    }
    made + rest
}

/// What is before a sign and what is after it, where it is no further away than this.
fn until(text: &str, sign: char, most: usize) -> Option<(&str, &str)> {
    let (at, _) = text.char_indices().take(most).find(|(_, letter)| *letter == sign)?;
    Some((text.get(..at)?, text.get(at + sign.len_utf8()..)?))
}

/// "del" of `</DEL class='x'>`.
fn name(tag: &str) -> String {
    let tag = tag.strip_prefix('/').unwrap_or(tag);
    tag.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default().to_ascii_lowercase()
}

fn references(text: &str, notes: &[Footnote]) -> String {
    let mut made = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("[^") {
        made.push_str(before);
        let is_known = |(key, _): &(&str, &str)| notes.iter().take(NOTES).any(|note| note.key == *key);
        let known = until(after, ']', KEY).filter(is_known);
        rest = if let Some((key, next)) = known {
            made.push_str(&marks::note(key));
            next
        } else {
            made.push_str("[^");
            after
        };
    }
    made + rest
}

/// A line that begins the words of a note: its key, and the words.
fn definition(line: &str) -> Option<(&str, &str)> {
    let (key, words) = line.trim_start().strip_prefix("[^")?.split_once("]:")?;
    (!key.is_empty() && key.len() <= KEY && !key.contains(['[', ' '])).then_some((key, words.trim()))
}

/// The lines of a text without its notes, and the notes.
pub fn parted(text: &str) -> (Vec<&str>, Vec<Footnote>) {
    let (mut lines, mut notes): (Vec<&str>, Vec<Footnote>) = (Vec::new(), Vec::new());
    let mut is_note = false;
    for line in text.lines() {
        let found = definition(line);
        let continues = is_note && line.starts_with([' ', '\t']) && !line.trim().is_empty();
        is_note = continues || found.is_some();
        match (found, notes.last_mut().filter(|_| continues)) {
            (Some((key, words)), _) => {
                notes.push(Footnote::new(key, "footnote", notes.len() + 1, words.to_owned()));
            }
            (None, Some(last)) => last.text = format!("{} {}", last.text, line.trim()),
            (None, None) => lines.push(line),
        }
    }
    (lines, notes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> marks::Marked {
        marks::Marked::of(&marked(text, &[Footnote::new("1", "footnote", 1, "Agreed.".into())]))
    }

    #[test]
    fn two_tildes_and_the_tags_of_web_pages_strike_words_through() {
        for text in ["Send ~~two~~ letters", "Send <del>two</del> letters", "Send <S>two</S> <ins>letters</ins>"] {
            assert_eq!((of(text).shown.as_str(), of(text).struck), ("Send letters", vec!["two".to_owned()]), "{text}");
        }
        for text in ["~20 letters~", "~~ two ~~", "a <b>two</b>", "~~~ two ~~~", r"\~~two~~"] {
            assert_eq!(of(text).struck, [""; 0], "{text}");
        }
    }

    #[test]
    fn only_a_note_with_words_is_a_reference() {
        assert_eq!((of("Write[^1] it[^2]").shown.as_str(), of("Write[^1]").notes[0].0.as_str()), ("Write it[^2]", "1"));
        let (lines, notes) = parted("| a[^1] |\n[^1]: Agreed\n    in May\nend");
        assert_eq!((lines, notes[0].text.as_str()), (vec!["| a[^1] |", "end"], "Agreed in May"));
    }
}
