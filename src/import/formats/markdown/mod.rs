//! Markdown → neutral form: pipe tables, with the headings and paragraphs around them.

mod marked;

use super::decode;
use crate::import::limits;
use crate::import::table::{Block, Cell, Document, Footnote, Row, Table};
use crate::problem::Problem;

/// The longest address of a link.
const ADDRESS: usize = 2_000;

/// Whether a text holds a pipe table: a line of cells with a line of dashes below.
pub fn recognises(bytes: &[u8]) -> bool {
    decode::decode(bytes).is_ok_and(|text| {
        let mut lines = text.lines().peekable();
        while let Some(line) = lines.next() {
            if lines.peek().is_some_and(|next| begins(line, next)) {
                return true;
            }
        }
        false
    })
}

/// The tables and paragraphs of a text.
pub fn read(bytes: &[u8]) -> Result<Document, Problem> {
    let text = decode::decode(bytes)?;
    limits::cells(text.bytes().filter(|byte| matches!(byte, b'|' | b'\n')).count())?;
    let (lines, footnotes) = marked::parted(&text);
    let notes = footnotes.iter().map(Footnote::sentence).collect();
    let mut document = Document { notes, footnotes, ..Document::default() };
    let mut paragraph = String::new();
    let mut lines = lines.into_iter().peekable();
    while let Some(line) = lines.next() {
        if !lines.peek().is_some_and(|next| begins(line, next)) {
            prose(line, &mut paragraph, &mut document);
            continue;
        }
        end(&mut paragraph, &mut document);
        lines.next();
        let mut rows = vec![row(line, &document.footnotes)];
        while let Some(line) = lines.next_if(|line| line.contains('|')) {
            rows.push(row(line, &document.footnotes));
        }
        document.blocks.push(Block::Table(Table { rows, ..Table::default() }));
    }
    end(&mut paragraph, &mut document);
    Ok(document)
}

/// Whether a table begins here: the next line has a rule of dashes for each cell of this one.
fn begins(line: &str, next: &str) -> bool {
    if !line.contains('|') || !next.contains('-') || !next.contains('|') {
        return false;
    }
    let rules = cells(next);
    let is_rule = |cell: &String| {
        let dashes = cell.trim().trim_start_matches(':').trim_end_matches(':');
        !dashes.is_empty() && dashes.bytes().all(|byte| byte == b'-')
    };
    rules.iter().all(is_rule) && rules.len() == cells(line).len()
}

/// Consecutive lines form one paragraph; a heading or a list item is separate.
fn prose(line: &str, paragraph: &mut String, document: &mut Document) {
    let line = line.trim();
    let is_heading = line.starts_with('#');
    let is_item = ["- ", "* ", "+ ", "> "].into_iter().any(|mark| line.starts_with(mark));
    if line.is_empty() || is_heading || is_item {
        end(paragraph, document);
    }
    let is_rule = line.len() > 2 && (line.bytes().all(|byte| byte == b'-') || line.bytes().all(|byte| byte == b'='));
    if line.is_empty() || is_rule {
        end(paragraph, document);
        return;
    }
    if !paragraph.is_empty() {
        paragraph.push(' ');
    }
    paragraph.push_str(if is_heading { line.trim_matches('#').trim() } else { line });
    if is_heading {
        end(paragraph, document);
    }
}

fn end(paragraph: &mut String, document: &mut Document) {
    let text = plain(&std::mem::take(paragraph), &document.footnotes);
    if !text.is_empty() {
        document.blocks.push(Block::Paragraph(text));
    }
}

fn row(line: &str, notes: &[Footnote]) -> Row {
    Row { cells: cells(line).iter().map(|cell| Cell::new(plain(cell, notes))).collect() }
}

/// The cells of a line; a bar after a backslash is part of a cell.
fn cells(line: &str) -> Vec<String> {
    let line = line.trim();
    let inside = line.strip_prefix('|').unwrap_or(line);
    let mut cells = vec![String::new()];
    let mut letters = inside.chars().peekable();
    while let Some(letter) = letters.next() {
        let last = cells.last_mut();
        match (letter, last) {
            ('\\', Some(cell)) if letters.next_if_eq(&'|').is_some() => cell.push('|'),
            ('|', _) => cells.push(String::new()),
            (letter, Some(cell)) => cell.push(letter),
            (_, None) => {}
        }
    }
    let ends_with_bar = cells.len() > 1 && cells.last().is_some_and(|cell| cell.trim().is_empty());
    if ends_with_bar {
        cells.pop();
    }
    cells
}

/// Text without its formatting marks, with `<br>` as a newline.
fn plain(text: &str, notes: &[Footnote]) -> String {
    let text = marked::marked(&breaks(text), notes)
        .replace("&nbsp;", " ")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&");
    let text = text.replace("**", "").replace("__", "").replace('`', "");
    let text = unescaped(&links(&emphasis(&text)));
    text.lines().map(str::trim).collect::<Vec<_>>().join("\n").trim().to_owned()
}

fn breaks(text: &str) -> String {
    ["<br>", "<br/>", "<br />", "<BR>"].iter().fold(text.to_owned(), |text, tag| text.replace(tag, "\n"))
}

/// Removes the marks of `*x*` and `_x_`; a mark inside a word, on its own or without a partner stays.
fn emphasis(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let is_edge = |at: Option<usize>| {
        at.and_then(|at| letters.get(at)).is_none_or(|letter| !letter.is_alphanumeric() && !"*_".contains(*letter))
    };
    let is_inside = |at: Option<usize>| at.and_then(|at| letters.get(at)).is_some_and(|letter| !letter.is_whitespace());
    let opens = |at: usize| is_edge(at.checked_sub(1)) && is_inside(Some(at + 1));
    let closes = |at: usize| is_inside(at.checked_sub(1)) && is_edge(Some(at + 1));
    let mut dropped = vec![false; letters.len()];
    for mark in ['*', '_'] {
        let mut open = None;
        for at in (0..letters.len()).filter(|at| letters.get(*at) == Some(&mark)) {
            match open {
                Some(begin) if closes(at) => {
                    for place in [begin, at] {
                        dropped.get_mut(place).into_iter().for_each(|drop| *drop = true);
                    }
                    open = None;
                }
                Some(_) => {}
                None => open = opens(at).then_some(at),
            }
        }
    }
    letters.iter().zip(&dropped).filter(|(_, drop)| !**drop).map(|(letter, _)| *letter).collect()
}

/// `[words](address)` → `words`.
fn links(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('[') {
        plain.push_str(before);
        rest = if let Some((words, next)) = link(after) {
            plain.push_str(words);
            next
        } else {
            plain.push('[');
            after
        };
    }
    plain + rest
}

/// What a link shows and what follows it, after its first bracket. Looks no further than a link can be long.
fn link(text: &str) -> Option<(&str, &str)> {
    let (words, rest) = text.split_at_checked(text.find(['[', ']', '\n'])?)?;
    let rest = rest.strip_prefix("](")?;
    let (end, _) = rest.char_indices().take(ADDRESS).find(|(_, letter)| *letter == ')')?;
    Some((words, rest.get(end + 1..)?))
}

fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let escaped = if letter == '\\' { letters.next_if(char::is_ascii_punctuation) } else { None };
        plain.push(escaped.unwrap_or(letter));
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const PLAN: &str = "# Riverside *review* plan\n\nUpdated in May\nby the **chair**.\n\n\
        | **No** | Action | Lead |\n|:--|---|--:|\n\
        | 1 | Write to `all`<br>then call \\| meet | [HR](https://example.org) |\n\
        | 2 | _Check_ the file_name | A & B |\n\n## Key\n- Green: done\n- Red: late\n";

    #[test]
    fn a_table_and_the_words_around_it_are_read() {
        let document = read(PLAN.as_bytes()).unwrap();
        let words: Vec<&str> = document
            .blocks
            .iter()
            .map(|block| match block {
                Block::Paragraph(text) => text.as_str(),
                Block::Table(_) => "TABLE",
            })
            .collect();
        assert_eq!(
            words,
            ["Riverside review plan", "Updated in May by the chair.", "TABLE", "Key", "- Green: done", "- Red: late"]
        );
        let table = document.tables().next().unwrap();
        assert_eq!(table.rows[0], Row::new(["No", "Action", "Lead"]));
        assert_eq!(table.rows[1], Row::new(["1", "Write to all\nthen call | meet", "HR"]));
        assert_eq!(table.rows[2], Row::new(["2", "Check the file_name", "A & B"]));
    }

    #[test]
    fn tables_without_outer_bars_and_blank_cells_are_read() {
        let document = read(b"Action | Lead\n--- | ---\nWrite |\n| | HR |\n").unwrap();
        let table = document.tables().next().unwrap();
        assert_eq!(table.rows.iter().map(|row| row.text(0)).collect::<Vec<_>>(), ["Action", "Write", ""]);
        assert_eq!(table.rows[2].text(1), "HR");
    }

    #[test]
    fn only_a_rule_of_dashes_makes_a_table() {
        assert!(recognises(PLAN.as_bytes()));
        assert!(!recognises(b"a | b\nc | d\n"));
        assert!(!recognises(b"Action|Lead\nWrite|-\n--|HR\n"));
    }

    #[test]
    fn brackets_that_close_nothing_are_words() {
        assert_eq!(links("[[a](b) [c [d](e"), "[a [c [d](e");
        let many = "[".repeat(300_000) + &"[a](".repeat(10_000);
        assert_eq!(links(&many), many);
    }

    proptest! {
        #[test]
        fn any_text_gives_a_document(text in "[a|\\-\\n\\\\*_\\[\\]()<br>#` ]{0,200}", bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let letters = |document: &Document| -> usize {
                let cells = document.tables().flat_map(|table| &table.rows).flat_map(|row| &row.cells);
                cells.map(|cell| cell.text.chars().count()).sum()
            };
            if let Ok(document) = read(&bytes) {
                prop_assert!(letters(&document) <= bytes.len());
            }
            let document = read(text.as_bytes());
            prop_assert!(document.is_ok_and(|document| letters(&document) <= text.len()));
        }
    }
}
