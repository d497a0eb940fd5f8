//! Lines drawn through the middle of words: the words are struck through, and the lines are no rules of a table.

use super::drawing::{Drawing, Rule};
use super::words::Piece;
use crate::import::formats::marks;

/// As shares of the letter size: how far above the baseline a line through the words is. Lower, it underlines them.
const LOWEST: f32 = 0.12;
const HIGHEST: f32 = 0.5;
/// The share of such a line that has words around it: a rule of a table is longer than they are.
const COVERED: f32 = 0.75;
/// Lines and pieces of print of one page to compare.
const MOST: usize = 4_000_000;

/// Marks the words that are struck through, and takes the lines through them out of the drawing.
pub fn mark(drawing: &mut Drawing, pieces: &mut [Piece]) {
    if drawing.across.len().saturating_mul(pieces.len()) > MOST {
        return;
    }
    let (through, rules): (Vec<Rule>, Vec<Rule>) = drawing.across.iter().partition(|rule| is_through(rule, pieces));
    drawing.across = rules;
    for piece in pieces.iter_mut() {
        let own: Vec<&Rule> = through.iter().filter(|rule| shared(rule, piece) > 0.0).collect();
        if !own.is_empty() {
            piece.text = marked(piece, &own);
        }
    }
}

fn is_through(rule: &Rule, pieces: &[Piece]) -> bool {
    let length = rule.to - rule.from;
    let covered: f32 = pieces.iter().map(|piece| shared(rule, piece)).sum();
    length > 1.0 && covered >= COVERED * length
}

/// How much of a line goes through a piece, with the space to the next word.
fn shared(rule: &Rule, piece: &Piece) -> f32 {
    let height = (rule.at - piece.base) / piece.size;
    if !(LOWEST..=HIGHEST).contains(&height) {
        return 0.0;
    }
    (rule.to.min(piece.right + piece.size * 0.3) - rule.from.max(piece.left)).max(0.0)
}

/// The text of a piece with marks around each word whose middle a line goes through; the bullet of a list stays.
fn marked(piece: &Piece, lines: &[&Rule]) -> String {
    let letter = (piece.right - piece.left) / count(&piece.text).max(1.0);
    let (mut text, mut at) = (String::new(), piece.left);
    for word in piece.text.split_inclusive(' ') {
        let words = word.trim_end();
        let middle = at + count(words) * letter / 2.0;
        let is_struck = lines.iter().any(|rule| (rule.from..=rule.to).contains(&middle));
        let is_word = words.chars().any(char::is_alphanumeric);
        text.push_str(&if is_struck && is_word { marks::struck(words) } else { words.to_owned() });
        text.push_str(word.get(words.len()..).unwrap_or_default());
        at += count(word) * letter;
    }
    text
}

#[allow(clippy::cast_precision_loss)]
fn count(text: &str) -> f32 {
    text.chars().count() as f32
}
