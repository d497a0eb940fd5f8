//! The words of a page with their positions: pieces of print → lines → paragraphs.

use std::collections::BTreeSet;

use super::drawing::Area;
use super::library::Span;

/// The words that occur whole inside the lines of a document: they show what a hyphenated word looks like elsewhere.
#[derive(Debug, Default)]
pub struct Lexicon(BTreeSet<String>);

/// Pieces of print on one baseline, left to right.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PrintLine {
    pub text: String,
    pub left: f32,
    pub right: f32,
    /// The height of the baseline, in points from the bottom of the page.
    pub base: f32,
    /// The size of its largest letters, in points.
    pub size: f32,
}

/// A piece of print, as the file draws it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Piece {
    pub text: String,
    pub left: f32,
    pub right: f32,
    pub base: f32,
    pub size: f32,
}

/// What begins a list item. The last ones are what Word's symbol fonts give.
const BULLETS: &[char] = &['•', '·', '▪', '●', '◦', '‣', '➢', '➤', '✓', '\u{f0b7}', '\u{f0a7}', '\u{f0d8}', '\u{f076}'];
/// As a share of the letter size: pieces further apart than this are two words.
const WORD_GAP: f32 = 0.15;
/// As a share of the letter size: baselines further apart than this are two lines. Raised letters stay in theirs.
const LINE_GAP: f32 = 0.45;
/// As a share of the line spacing: a wider one separates paragraphs.
const PARAGRAPH_GAP: f32 = 1.35;
/// As a share of the line spacing: a wider one is an empty line.
const EMPTY_LINE: f32 = 1.9;

/// How many letters after "Action" to search for the mark that ends its label.
const LABEL: usize = 30;

impl Lexicon {
    /// Adds the words inside these lines; their first and last words may be parts.
    pub fn add<'a>(&mut self, lines: impl IntoIterator<Item = &'a PrintLine>) {
        for line in lines {
            let words: Vec<&str> = line.text.split_whitespace().collect();
            let inner = words.get(1..words.len().saturating_sub(1)).unwrap_or_default();
            self.0.extend(inner.iter().map(|word| plain(word)));
        }
    }

    /// Whether a line ends in the middle of a word for want of room: it is one word, known only with what follows.
    fn is_split(&self, line: &str, next: &str) -> bool {
        let (line, next) = (line.trim_start(), next.split_whitespace().next().unwrap_or_default());
        let begins = line.split(|c: char| !c.is_alphabetic()).next_back().unwrap_or_default();
        if line.contains(char::is_whitespace) || begins.len() < 4 || !next.starts_with(char::is_lowercase) {
            return false;
        }
        let is_known = |word: &str| self.0.contains(&plain(word));
        let ends = next.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        is_known(&format!("{begins}{ends}")) || ends.len() < 4 && !is_known(begins) && !is_known(ends)
    }
}

/// A word without its marks, in lower case.
fn plain(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

impl Piece {
    pub fn of(span: &Span) -> Option<Piece> {
        let known = [span.x, span.y, span.width, span.font_size].iter().all(|number| number.is_finite());
        if !known || span.text.trim().is_empty() {
            return None;
        }
        let text: String = span.text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let width = span.ink_width.unwrap_or(span.width).max(0.0);
        let trailing = trailing_spaces(&text) * span.font_size * 0.25;
        let ink = if span.ink_width.is_some() { width } else { (width - trailing).max(0.0) };
        Some(Piece { text, left: span.x, right: span.x + ink, base: span.y, size: span.font_size.abs().max(1.0) })
    }

    /// A point that is certainly inside the cell in which the piece begins.
    pub fn anchor(&self) -> (f32, f32) {
        (self.left + ((self.right - self.left) / 2.0).min(4.0), self.base + self.size * 0.3)
    }

    /// The piece in two at this place, where that falls between two words.
    pub fn split(self, at: f32) -> (Piece, Option<Piece>) {
        let letters = count(&self.text);
        let width = (self.right - self.left) / letters.max(1.0);
        let mut best: Option<(usize, f32, f32)> = None;
        let mut seen = 0.0;
        for (byte, letter) in self.text.char_indices() {
            let place = self.left + seen * width;
            let gap = self.text.get(byte..).map_or(0, |rest| rest.len() - rest.trim_start().len());
            if letter.is_whitespace() && best.is_none_or(|(_, _, away)| (place - at).abs() < away) && gap > 1 {
                best = Some((byte, place, (place - at).abs()));
            }
            seen += 1.0;
        }
        let Some((byte, place, away)) = best else { return (self, None) };
        if away > self.size * 4.0 {
            return (self, None);
        }
        let (one, other) = self.text.split_at(byte);
        let begins = at.max(place);
        let rest = Piece { text: other.trim_start().into(), left: begins, ..self.clone() };
        (Piece { text: one.into(), right: place, ..self.clone() }, (!rest.text.is_empty()).then_some(rest))
    }
}

fn trailing_spaces(text: &str) -> f32 {
    count(text) - count(text.trim_end())
}

#[allow(clippy::cast_precision_loss)]
fn count(text: &str) -> f32 {
    text.chars().count() as f32
}

/// Pieces → lines, from top to bottom. What is printed twice in one place, to look bold, counts once.
pub fn lines(mut pieces: Vec<Piece>) -> Vec<PrintLine> {
    pieces.sort_by(|a, b| b.base.total_cmp(&a.base).then(a.left.total_cmp(&b.left)));
    let mut rows: Vec<Vec<Piece>> = Vec::new();
    for piece in pieces {
        let row = rows.iter_mut().rev().take(3).find(|row| row.first().is_some_and(|first| is_level(first, &piece)));
        match row {
            Some(row) => row.push(piece),
            None => rows.push(vec![piece]),
        }
    }
    let mut lines: Vec<PrintLine> = rows.into_iter().map(line).collect();
    lines.sort_by(|a, b| b.base.total_cmp(&a.base));
    lines
}

fn is_level(one: &Piece, other: &Piece) -> bool {
    (one.base - other.base).abs() <= LINE_GAP * one.size.max(other.size)
}

fn line(mut row: Vec<Piece>) -> PrintLine {
    row.sort_by(|a, b| a.left.total_cmp(&b.left));
    row.dedup_by(|next, kept| {
        next.text == kept.text && (next.left - kept.left).abs() < 1.0 && (next.base - kept.base).abs() < 1.0
    });
    let largest = row.iter().map(|piece| piece.size).fold(0.0, f32::max);
    let base = row.iter().find(|piece| piece.size >= largest).map_or(0.0, |piece| piece.base);
    let mut line =
        PrintLine { left: f32::INFINITY, right: f32::NEG_INFINITY, base, size: largest, ..PrintLine::default() };
    for piece in row {
        let is_apart = piece.left - line.right > WORD_GAP * piece.size;
        let is_open = line.text.is_empty() || line.text.ends_with(' ') || piece.text.starts_with(' ');
        if is_apart && !is_open {
            line.text.push(' ');
        }
        line.text.push_str(&piece.text);
        line.left = line.left.min(piece.left);
        line.right = line.right.max(piece.right);
    }
    line
}

/// Lines → paragraphs with the number of empty lines before each. `right` is how far print may reach.
pub fn paragraphs(lines: &[PrintLine], right: f32) -> Vec<(usize, Vec<&PrintLine>)> {
    let apart = |(a, b): (&PrintLine, &PrintLine)| a.base - b.base;
    let leading = lines.iter().zip(lines.iter().skip(1)).map(apart).fold(f32::INFINITY, f32::min);
    let mut paragraphs: Vec<(usize, Vec<&PrintLine>)> = Vec::new();
    let mut before: Option<&PrintLine> = None;
    for line in lines {
        let pitch = leading.clamp(line.size, line.size * 1.6);
        let gap = before.map_or(0.0, |before| before.base - line.base);
        let is_new = before.is_none_or(|before| gap > PARAGRAPH_GAP * pitch || is_break(before, line, right));
        match paragraphs.last_mut() {
            Some((_, last)) if !is_new => last.push(line),
            Some(_) | None => paragraphs.push((usize::from(gap > EMPTY_LINE * pitch), vec![line])),
        }
        before = Some(line);
    }
    paragraphs
}

/// Whether the author ended a paragraph between two lines: a list item begins, or there was room for its first word.
fn is_break(before: &PrintLine, line: &PrintLine, right: f32) -> bool {
    if line.text.trim_start().starts_with(BULLETS) || begins_action(&line.text) {
        return true;
    }
    let letters = count(line.text.trim()).max(1.0);
    let word = count(line.text.split_whitespace().next().unwrap_or_default());
    let need = (line.right - line.left) / letters * word * 1.15 + line.size * 0.6;
    right - before.right > need && !before.text.trim_end().ends_with('-')
}

/// "Action: …", "ACTION 3 – …", "Actions for the clerk: …": minutes put each on a line of its own.
fn begins_action(line: &str) -> bool {
    let line = line.trim_start();
    let Some(head) = line.get(..6).filter(|head| *head == "Action" || *head == "ACTION") else { return false };
    let rest = line.get(head.len()..).unwrap_or_default().trim_start_matches(['s', 'S']);
    let label: String = rest.chars().take(LABEL).collect();
    let is_numbered = label.trim_start().starts_with(|c: char| c.is_ascii_digit() || c == '(');
    !rest.starts_with(char::is_alphanumeric)
        && (is_numbered || [":", " – ", " - "].iter().any(|mark| label.contains(mark)))
}

/// The lines of a paragraph as one. A word split at its hyphen is joined with the hyphen it was written with.
pub fn flow(lines: &[&PrintLine], lexicon: &Lexicon) -> String {
    let mut text = String::new();
    let mut before = "";
    for line in lines {
        if lexicon.is_split(before, &line.text) {
            text.push_str(line.text.trim_start());
        } else {
            join(&mut text, &line.text);
        }
        before = &line.text;
    }
    text
}

/// Adds the next text of the same paragraph.
pub fn join(text: &mut String, next: &str) {
    let is_split = text.ends_with('-') && !text.ends_with(" -") || text.ends_with('/') && !text.ends_with(" /");
    let is_soft = text.ends_with('\u{ad}');
    if is_soft {
        text.pop();
    }
    if !text.is_empty() && !is_split && !is_soft && !text.ends_with(' ') {
        text.push(' ');
    }
    let known = |c: char| if BULLETS.contains(&c) && c >= '\u{e000}' { '•' } else { c };
    text.extend(next.trim_start().chars().map(known));
}

/// The text in an area: paragraphs separated by newlines, empty lines kept.
pub fn text(lines: &[PrintLine], area: &Area, lexicon: &Lexicon) -> String {
    let left = lines.iter().map(|line| line.left).fold(f32::INFINITY, f32::min);
    let padding = (left - area.left).clamp(1.0, 12.0);
    let mut text = String::new();
    for (empty, paragraph) in paragraphs(lines, area.right - padding) {
        if !text.is_empty() {
            text.push_str(if empty > 0 { "\n\n" } else { "\n" });
        }
        text.push_str(flow(&paragraph, lexicon).trim_end());
    }
    text
}
