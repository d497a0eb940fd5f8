//! Text as shown: without the marks that producing the document left in it (the raw cell keeps those).

const GLYPHS: [char; 11] = ['·', '•', '▪', '◦', '●', '■', '‣', '*', '\u{f0b7}', '\u{f0a7}', '\u{f0d8}'];

/// Without marks; spaces single, blank lines dropped, list items as "• …" lines.
pub fn lines(raw: &str) -> String {
    if is_clean(raw) {
        return raw.to_owned();
    }
    let bare = without_marks(raw);
    let mut all: Vec<String> = Vec::new();
    for line in bare.split(['\n', '\u{b}', '\u{c}']) {
        let words = spaces(line);
        match without_glyph(&words) {
            Some("") => {}
            Some(item) => all.push(format!("• {item}")),
            None if words.is_empty() => {}
            None => all.push(words),
        }
    }
    all.join("\n")
}

/// The same on one line, for names, dates and headers.
pub fn line(raw: &str) -> String {
    if is_clean(raw) && !raw.contains('•') {
        return raw.to_owned();
    }
    spaces(&lines(raw).replace("• ", ""))
}

/// How people leave a cell blank: nothing, a dash, "n/a", "nil".
pub fn is_nothing(raw: &str) -> bool {
    let said = raw.trim().trim_end_matches('.').to_lowercase();
    ["", "n/a", "na", "n.a", "n\\a", "not applicable", "-", "--", "–", "—", "nil", "none"].contains(&said.as_str())
}

/// Whether a text is a single line that needs nothing done to it, as most are.
fn is_clean(raw: &str) -> bool {
    if raw.bytes().all(|byte| matches!(byte, b' '..=b'~') && !matches!(byte, b'[' | b'<')) {
        let is_spaced = raw.is_empty() || raw.starts_with(' ') || raw.ends_with(' ') || raw.contains("  ");
        return !is_spaced && without_glyph(raw).is_none();
    }
    let mut before = ' ';
    let is_usual = raw.chars().all(|c| {
        let is_doubled = c == ' ' && before == ' ';
        before = c;
        !is_doubled && (c == ' ' || !c.is_whitespace() && !c.is_control() && !may_be_mark(c))
    });
    is_usual && before != ' ' && without_glyph(raw).is_none()
}

/// The text of an action: [`lines`] without the list glyph and the "Action:" in front of it.
pub fn action(raw: &str) -> String {
    let text = lines(raw);
    let text = text.strip_prefix("• ").unwrap_or(&text);
    after_label(text).unwrap_or(text).trim_start().to_owned()
}

/// What follows "Action:", "Action 2:" or "Actions -" at the beginning.
fn after_label(text: &str) -> Option<&str> {
    let head = text.get(..6).filter(|head| head.eq_ignore_ascii_case("action"))?;
    let rest = text.get(head.len()..)?;
    let rest = rest.strip_prefix(['s', 'S']).unwrap_or(rest).trim_start_matches(' ');
    let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').trim_start_matches(' ');
    rest.strip_prefix(':').or_else(|| rest.strip_prefix(['-', '–']).filter(|rest| rest.starts_with(' ')))
}

/// Without a list glyph in front; `None` where there is none.
pub fn without_glyph(line: &str) -> Option<&str> {
    // "**Action**" is bold in Markdown, not a list.
    let rest = line
        .strip_prefix(GLYPHS)
        .filter(|_| !line.starts_with("**"))
        .or_else(|| line.strip_prefix("- "))
        .or_else(|| line.strip_prefix("o "))?;
    Some(rest.trim_start())
}

/// Without `[bookmark: …]`, `<b>`, `## ` and invisible characters.
pub fn without_marks(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.find(may_be_mark) {
        let (before, tail) = rest.split_at(at);
        text.push_str(before);
        rest = after_mark(tail).unwrap_or_else(|| {
            let mut letters = tail.chars();
            text.extend(letters.next().filter(|c| !is_unseen(*c)));
            letters.as_str()
        });
    }
    text.push_str(rest);
    text
}

fn may_be_mark(c: char) -> bool {
    matches!(c, '[' | '<') || is_unseen(c)
}

fn is_unseen(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{ad}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn after_mark(text: &str) -> Option<&str> {
    if let Some(after) = text.strip_prefix("[bookmark:") {
        let end = after.find(']').filter(|end| *end < 80)?;
        return after.get(end + 1..);
    }
    let inside = text.strip_prefix('<')?;
    let inside = inside.strip_prefix('/').unwrap_or(inside);
    ["b", "i", "u", "strong", "em", "br", "br/", "p"]
        .iter()
        .find_map(|tag| inside.strip_prefix(tag).and_then(|rest| rest.trim_start_matches(' ').strip_prefix('>')))
}

/// Every run of spaces of any kind as a single space.
pub fn spaces(line: &str) -> String {
    let mut text = String::with_capacity(line.len());
    for word in line.split(|c: char| c.is_whitespace() || c == '\u{a0}').filter(|word| !word.is_empty()) {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(word);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_action_is_shown_without_its_label_and_marks() {
        let raw = "· [bookmark: _Hlk1]Action:  Write a\u{a0}plan.\n\n· with <b>dates</b>\n·\n1. and names";
        assert_eq!(action(raw), "Write a plan.\n• with dates\n1. and names");
        assert_eq!(action("Action:\n1. Share it"), "1. Share it");
        assert_eq!(action("Actions for the board"), "Actions for the board");
        assert_eq!(action("Action 2 – Tell them"), "Tell them");
    }

    #[test]
    fn a_text_that_needs_nothing_done_to_it_is_recognised() {
        for raw in ["Write a plan.", "1. Größe – a/b (c)", "a • b", "x"] {
            assert!(is_clean(raw), "{raw}");
        }
        for raw in
            ["", " a", "a ", "a  b", "a\u{a0}b", "• a", "- a", "o a", "a\nb", "<b>a</b>", "a\u{200b}", "[a]", "*"]
        {
            assert!(!is_clean(raw), "{raw:?}");
        }
    }

    #[test]
    fn anything_but_a_mark_stays() {
        assert_eq!(lines("a <better> way [sic]\n\n a - b"), "a <better> way [sic]\na - b");
        assert_eq!(line("Progress/\nnext steps"), "Progress/ next steps");
    }
}
