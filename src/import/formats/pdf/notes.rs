//! Footnotes: a small number after a word, and a line at the foot of the page that begins with the same number.
//!
//! Both must be there. The number becomes a reference to the note, and the note is taken off the page, so that it neither runs into the
//! last row above it nor separates a table from the rest of it on the next page.

use std::collections::BTreeMap;

use super::grid::Grid;
use super::words::{self, Piece, PrintLine};
use crate::import::formats::marks;
use crate::import::table::Footnote;

/// As a share of the size of the letters before it: a reference is at most this large.
const SMALL: f32 = 0.85;
/// As shares of that size: how far above their baseline it can be, how far below, and how far behind them.
const RAISED: f32 = 0.75;
const LOWERED: f32 = 0.06;
const NEAR: f32 = 0.5;
/// As a share of the size of most letters: notes inside the edges of a table are at most this large.
const FINE: f32 = 0.95;
/// As a share of its size: a note goes on in the next line where that is no further below.
const PITCH: f32 = 1.7;
/// Points by which the lines of a note may begin further right or left than its first.
const INDENT: f32 = 24.0;
/// The most references of one page, and pieces of print to search for them.
const MOST: usize = 200;
const PIECES: usize = 20_000;

/// Takes the notes off a page, and marks the numbers that refer to them.
pub fn take(pieces: &mut Vec<Piece>, ruled: &[Grid], page: u32) -> Vec<Footnote> {
    let candidates = references(pieces);
    if candidates.is_empty() {
        return Vec::new();
    }
    let labels: Vec<String> = candidates.iter().map(|at| label(pieces, *at)).collect();
    let found = notes(pieces, &labels, ruled);
    let key = |label: &str| format!("{page}:{label}");
    for (at, label) in candidates.into_iter().zip(&labels) {
        if let Some(piece) = pieces.get_mut(at).filter(|_| found.iter().any(|note| note.label == *label)) {
            piece.text = marks::note(&key(label));
        }
    }
    pieces.retain(|piece| !found.iter().any(|note| note.holds(piece)));
    let footnote = |(at, note): (usize, Note)| {
        let number = note.label.parse().unwrap_or(at + 1);
        Footnote::new(key(&note.label), "footnote", number, note.text)
    };
    found.into_iter().enumerate().map(footnote).collect()
}

/// The places of small numbers that come directly after a word.
fn references(pieces: &[Piece]) -> Vec<usize> {
    let is_label = |piece: &&Piece| is_label(piece.text.trim());
    if pieces.len() > PIECES {
        return Vec::new();
    }
    let small = pieces.iter().enumerate().filter(|(_, piece)| is_label(piece));
    let after_word = small.filter(|(_, small)| pieces.iter().any(|word| is_after(small, word)));
    after_word.map(|(at, _)| at).take(MOST).collect()
}

fn label(pieces: &[Piece], at: usize) -> String {
    pieces.get(at).map(|piece| piece.text.trim().to_owned()).unwrap_or_default()
}

/// "1", "12", "*", "†".
fn is_label(text: &str) -> bool {
    let is_number = text.len() <= 2 && text.chars().all(|c| c.is_ascii_digit());
    !text.is_empty() && (is_number || text.chars().count() <= 2 && text.chars().all(|c| matches!(c, '*' | '†' | '‡')))
}

fn is_after(small: &Piece, word: &Piece) -> bool {
    let (above, behind) = ((small.base - word.base) / word.size, (small.left - word.right) / word.size);
    small.size <= SMALL * word.size
        && (-LOWERED..=RAISED).contains(&above)
        && (-NEAR..=NEAR).contains(&behind)
        && word.text.trim_end().ends_with(|c: char| !c.is_ascii_digit())
}

/// A note with the lines that it takes up.
struct Note {
    label: String,
    text: String,
    lines: Vec<PrintLine>,
}

impl Note {
    /// Whether a piece is printed in its lines.
    fn holds(&self, piece: &Piece) -> bool {
        let is_in = |line: &PrintLine| {
            let is_level = (piece.base - line.base).abs() <= line.size * RAISED && piece.size <= line.size * 1.05;
            is_level && piece.left >= line.left - 1.0 && piece.right <= line.right + 1.0
        };
        self.lines.iter().any(is_in)
    }
}

/// The notes at the foot of a page, from top to bottom.
fn notes(pieces: &[Piece], labels: &[String], ruled: &[Grid]) -> Vec<Note> {
    let body = usual_size(pieces);
    let mut lines = words::lines(pieces.to_vec());
    let is_foot = |line: &PrintLine| line.size <= FINE * body || is_below(line, ruled);
    let begins = |line: &PrintLine| labels.iter().any(|label| rest(&line.text, label).is_some());
    // Nothing in the size of the text is below the first of them.
    let last = lines.iter().rposition(|line| !is_foot(line)).map_or(0, |at| at + 1);
    let mut notes: Vec<Note> = Vec::new();
    for line in lines.drain(..).skip(last).skip_while(|line| !begins(line)) {
        let found = labels.iter().find_map(|label| Some((label, rest(&line.text, label)?)));
        let is_known = |label: &str| notes.iter().any(|note| note.label == label);
        match (found.filter(|(label, _)| !is_known(label)), notes.last_mut()) {
            (Some((label, text)), _) => {
                notes.push(Note { label: label.clone(), text: text.to_owned(), lines: vec![line] });
            }
            (None, Some(note)) if note.lines.last().is_some_and(|above| is_next(above, &line, &note.lines)) => {
                words::join(&mut note.text, &line.text);
                note.lines.push(line);
            }
            (None, _) => break,
        }
    }
    notes
}

/// The words of a note behind its number.
fn rest<'a>(line: &'a str, label: &str) -> Option<&'a str> {
    let rest = line.trim_start().strip_prefix(label)?;
    let words = rest.trim_start_matches(['.', ')', ':', ' ']);
    let is_whole = !rest.starts_with(|c: char| c.is_ascii_digit() || c == '/' || c == '*') && !rest.starts_with(". .");
    (is_whole && words.chars().any(char::is_alphabetic)).then_some(words)
}

fn is_next(above: &PrintLine, line: &PrintLine, own: &[PrintLine]) -> bool {
    let left = own.first().map_or(line.left, |first| first.left);
    above.base - line.base <= PITCH * above.size
        && (line.size - above.size).abs() <= above.size * 0.1
        && (line.left - left).abs() <= INDENT
}

fn is_below(line: &PrintLine, ruled: &[Grid]) -> bool {
    !ruled.is_empty() && ruled.iter().all(|grid| line.base < grid.area().bottom)
}

/// The size of most letters of the page.
fn usual_size(pieces: &[Piece]) -> f32 {
    let mut sizes: BTreeMap<u32, (usize, f32)> = BTreeMap::new();
    for piece in pieces {
        let known = sizes.entry(piece.size.to_bits()).or_insert((0, piece.size));
        known.0 += piece.text.len();
    }
    sizes.into_values().max_by_key(|(letters, _)| *letters).map_or(0.0, |(_, size)| size)
}
