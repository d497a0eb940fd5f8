//! Marks that a format leaves in its text for what text alone cannot say: struck-through words, references to notes, and
//! formulas without a result.
//!
//! They are characters that Unicode reserves for use inside a program, and are gone before anything is interpreted
//! (`tables::asides`).

/// Around struck-through words.
const STRUCK: char = '\u{fdd0}';
const STRUCK_ENDS: char = '\u{fdd1}';
/// Around the key of a note, and around a formula.
const NOTE: char = '\u{fdd2}';
const FORMULA: char = '\u{fdd3}';
const ENDS: char = '\u{fdd4}';
const ALL: [char; 5] = [STRUCK, STRUCK_ENDS, NOTE, FORMULA, ENDS];
/// What can be in front of an item of a list.
const BULLETS: [char; 6] = ['•', '·', '▪', '◦', '-', '–'];
/// What separates the items of a list, one of which may have been struck out.
const SEPARATORS: [char; 4] = [',', ';', '/', '&'];

/// Text taken apart at its marks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marked {
    /// What still stands.
    pub shown: String,
    /// The same with the struck-through words.
    pub whole: String,
    /// Struck-through passages, in order.
    pub struck: Vec<String>,
    /// Keys of notes, each with the words in front of its mark.
    pub notes: Vec<(String, String)>,
    /// Formulas that have no result; empty where the formula itself is unknown.
    pub formulas: Vec<String>,
}

/// The words as struck through; blank ones need no mark.
pub fn struck(words: &str) -> String {
    if words.trim().is_empty() { words.to_owned() } else { format!("{STRUCK}{words}{STRUCK_ENDS}") }
}

/// A reference to a note of the document.
pub fn note(key: &str) -> String {
    format!("{NOTE}{key}{ENDS}")
}

/// In place of the result of a formula.
pub fn formula(text: &str) -> String {
    format!("{FORMULA}={}{ENDS}", text.trim().trim_start_matches('='))
}

/// The number of its list in front of a line: struck through if the whole line is.
pub fn labelled(label: &str, line: &str) -> String {
    let is_struck = is_marked(line) && Marked::of(line).is_struck();
    if is_struck && !label.is_empty() { struck(label) + line } else { label.to_owned() + line }
}

pub fn is_marked(text: &str) -> bool {
    text.contains(ALL)
}

/// The text that still stands, without marks.
pub fn shown(text: &str) -> String {
    if is_marked(text) { Marked::of(text).shown } else { text.to_owned() }
}

impl Marked {
    pub fn of(text: &str) -> Marked {
        let mut marked = Marked::default();
        let lines: Vec<Line> = text.split('\n').scan(false, |open, line| Some(marked.line(line, open))).collect();
        let stands = |line: &&Line| !line.is_struck || !line.shown.is_empty();
        marked.shown = join(lines.iter().filter(stands).map(|line| line.shown.as_str()));
        marked.whole = join(lines.iter().map(|line| line.whole.as_str()));
        marked
    }

    /// Whether all its words are struck through. The bullets of a list are none.
    pub fn is_struck(&self) -> bool {
        let is_bare = |c: char| c.is_whitespace() || BULLETS.contains(&c);
        !self.struck.is_empty() && self.shown.chars().all(is_bare)
    }

    pub fn has_words(&self) -> bool {
        !self.whole.trim().is_empty()
    }

    /// Reads a line; `open` is whether struck-through words began in a line above.
    fn line(&mut self, text: &str, open: &mut bool) -> Line {
        let mut line = Line::default();
        let mut rest = text;
        loop {
            let end = rest.find(ALL).unwrap_or(rest.len());
            let (words, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
            line.words(words, *open);
            let mut letters = after.chars();
            let Some(mark) = letters.next() else { break };
            rest = letters.as_str();
            match mark {
                STRUCK => *open = true,
                STRUCK_ENDS => *open = false,
                NOTE => self.notes.push((inside(&mut rest), line.shown.trim().to_owned())),
                FORMULA => self.formulas.push(inside(&mut rest)),
                _ => {}
            }
        }
        self.struck.extend(line.passages.drain(..).map(|passage| passage.trim().to_owned()));
        line.shown = line.mended();
        line
    }
}

/// A line of text as it is read.
#[derive(Debug, Default)]
struct Line {
    shown: String,
    whole: String,
    passages: Vec<String>,
    /// Whether words of it are struck through.
    is_struck: bool,
    /// Whether nothing but blanks came since the last passage.
    is_near: bool,
}

impl Line {
    fn words(&mut self, words: &str, is_struck: bool) {
        self.whole.push_str(words);
        let is_blank = words.trim().is_empty();
        match (self.passages.last_mut().filter(|_| self.is_near), is_struck) {
            (Some(last), true) => last.push_str(words),
            (Some(last), false) if is_blank => last.push_str(words),
            (None, true) if !is_blank => self.passages.push(words.to_owned()),
            (_, _) => {}
        }
        self.is_near = is_struck || self.is_near && is_blank;
        self.is_struck |= is_struck && !is_blank;
        if !is_struck {
            self.shown.push_str(words);
        } else if !self.shown.is_empty() && !self.shown.ends_with(' ') {
            self.shown.push(' ');
        }
    }

    /// What still stands, without the separators and the spaces around what does not.
    fn mended(&self) -> String {
        if !self.is_struck {
            return self.shown.clone();
        }
        let is_between = |c: char| c == ' ' || SEPARATORS.contains(&c);
        let kept = self.shown.split(' ').filter(|word| !word.is_empty()).fold(String::new(), |mut kept, word| {
            let is_doubled = word.starts_with(SEPARATORS) && kept.ends_with(SEPARATORS);
            let word = if is_doubled { word.trim_start_matches(SEPARATORS) } else { word };
            let is_joined = kept.is_empty() || word.is_empty() || word.starts_with([',', ';', '.', ':']);
            kept.push_str(if is_joined { "" } else { " " });
            kept + word
        });
        kept.trim_matches(is_between).to_owned()
    }
}

/// What is between a mark and its end, and moves past it.
fn inside(rest: &mut &str) -> String {
    let (inside, after) = rest.split_once(ENDS).unwrap_or((rest, ""));
    let found = inside.replace(ALL, "");
    *rest = after;
    found
}

fn join<'a>(lines: impl Iterator<Item = &'a str>) -> String {
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(parts: &[(&str, bool)]) -> Marked {
        let words = parts.iter().map(|(words, gone)| if *gone { struck(words) } else { (*words).to_owned() });
        Marked::of(&words.collect::<String>())
    }

    #[test]
    fn struck_words_are_left_out_with_their_separators() {
        for (parts, shown) in [
            (&[("Fenwick Police", true), (" Fenwick Council", false)][..], "Fenwick Council"),
            (&[("Police, ", false), ("Health", true), (", Council", false)], "Police, Council"),
            (&[("Police / ", false), ("Health", true)], "Police"),
            (&[("Send ", false), ("two", true), (" letters.", false)], "Send letters."),
            (&[("Send it to ", false), ("the board", true), (".", false)], "Send it to."),
            (&[("Red", true), ("Amber", false)], "Amber"),
            (&[("Write\n", false), ("Send\n", true), ("File", false)], "Write\nFile"),
        ] {
            assert_eq!(of(parts).shown, shown, "{parts:?}");
        }
    }

    #[test]
    fn neighbouring_passages_are_one_and_may_be_all_there_is() {
        let marked = of(&[("Train ", true), (" ", false), ("staff", true)]);
        assert_eq!((marked.struck.as_slice(), marked.is_struck()), (&["Train  staff".to_owned()][..], true));
        assert!(Marked::of(&labelled("3. ", &struck("Train"))).is_struck());
        assert!(!of(&[("Train", false)]).is_struck());
    }

    #[test]
    fn notes_and_formulas_are_no_words_and_no_mark_need_be_closed() {
        let marked = Marked::of(&format!("Write{} it{}", note("f1"), formula("=B2+30")));
        assert_eq!((marked.shown.as_str(), marked.notes), ("Write it", vec![("f1".to_owned(), "Write".to_owned())]));
        assert_eq!(marked.formulas, ["=B2+30"]);
        assert_eq!(Marked::of("a\u{fdd0}b\nc\u{fdd2}d\u{fdd0}e").whole, "ab\nc");
    }
}
