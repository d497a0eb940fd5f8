//! Tables not laid out as one header row and one cell for each thing → the ordinary shape.

mod contents;
mod groups;
mod no_action;
mod shades;
mod spans;
mod stand_in;
mod tail;
mod ticks;
mod unfilled;

use std::collections::BTreeMap;

use super::columns::{Header, counted};
use super::headings::{self, Heading};
use crate::domain::flag::Flag;
use crate::import::table::{Block, Cell, Document, Row, Table};
use crate::import::words::vocabulary::Vocabulary;
use crate::text;

/// The header rows of a table by their places.
type Headers = BTreeMap<usize, Header>;

/// The fewest identical cells in a row that were once a single cell across all columns.
const SPREAD: usize = 3;

/// The most words of a row that is left out which are repeated.
const REPEATED: usize = 120;

/// Gives every table the ordinary shape; what was combined is reported as doubts about the document, and what is no
/// part of the plan as notes.
pub fn settle(document: &mut Document, vocabulary: &Vocabulary) -> Vec<Flag> {
    let mut flags = Vec::new();
    let (mut said, mut number) = (Vec::new(), 0);
    let names: Vec<String> = document.table_names().into_iter().map(str::to_owned).collect();
    let is_headed = document.blocks.iter().any(|block| match block {
        Block::Paragraph(text) => matches!(headings::of(text, vocabulary), Some(Heading::Recommendation { .. })),
        Block::Table(_) => false,
    });
    let mut blocks = Vec::with_capacity(document.blocks.len());
    for mut block in std::mem::take(&mut document.blocks) {
        let mut key = Vec::new();
        if let Block::Table(table) = &mut block {
            number += 1;
            spread(table);
            spans::split(table, vocabulary);
            groups::join(table, vocabulary);
            priority(table);
            let ticked = ticks::gather(table, vocabulary);
            flags.extend(ticked.into_iter().filter(|flag| !flags.contains(flag)).collect::<Vec<_>>());
            key = reduce(table, &place(&names, number), &mut said, vocabulary);
            contents::judge(table, vocabulary);
            if !is_headed {
                said.extend(contents::numbers_of_recommendations(table, &place(&names, number), vocabulary));
            }
        }
        blocks.push(block);
        blocks.extend(key.into_iter().map(Block::Paragraph));
    }
    document.blocks = blocks;
    document.notes.extend(said.iter().cloned());
    document.notices.extend(said);
    flags
}

/// Leaves out the rows that are no part of the plan; returns the lines of its key to the ratings.
fn reduce(table: &mut Table, place: &str, said: &mut Vec<String>, vocabulary: &Vocabulary) -> Vec<String> {
    let headers = headers(table, vocabulary);
    let painted = if headers.is_empty() { shades::take(table) } else { Vec::new() };
    if !painted.is_empty() {
        return painted;
    }
    said.extend(unfilled::clear(table, place, &headers));
    said.extend(no_action::clear(table, place, &headers));
    let taken = tail::take(table, place, &headers, vocabulary);
    said.extend(taken.said);
    taken.key
}

/// The header rows of a table by their places, looked for once: every row must be tried.
fn headers(table: &Table, vocabulary: &Vocabulary) -> Headers {
    let mut headers = Headers::new();
    for (at, row) in table.rows.iter().enumerate() {
        let above = headers.last_key_value().map(|(_, header)| header);
        headers.extend(counted::next(row, above, vocabulary).map(|header| (at, header)));
    }
    headers
}

/// "table 2", or the sheet's name.
fn place(names: &[String], number: usize) -> String {
    match number.checked_sub(1).and_then(|at| names.get(at)).filter(|name| !name.is_empty()) {
        Some(name) => format!("sheet “{}”", text::one_line(name)),
        None => format!("table {number}"),
    }
}

/// "table 1, row 2 was left out (total): “Total actions: 12”".
fn left_out(place: &str, at: usize, what: &str, row: &Row) -> String {
    let line = super::remnant::line(row, ": ");
    format!("{place}, row {} was left out ({what}): “{}”", at + 1, text::truncate(&line, REPEATED))
}

/// A title across all columns that was repeated in each of them, as exports do with merged cells, is one cell.
fn spread(table: &mut Table) {
    for row in &mut table.rows {
        let mut texts = row.cells.iter().map(|cell| cell.text.trim());
        let first = texts.next().unwrap_or("").to_owned();
        let is_spread = row.cells.len() >= SPREAD && first.chars().any(char::is_alphabetic);
        if is_spread && texts.all(|text| text == first) {
            row.cells.iter_mut().skip(1).for_each(|cell| *cell = Cell::default());
        }
    }
}

/// A column headed "Priority" with cells such as "High" or "2" says how urgent an action is; if it holds prose, it is
/// an aim of the plan.
fn priority(table: &mut Table) {
    for at in 0..table.width() {
        let is_header = |row: &Row| row.text(at).trim().eq_ignore_ascii_case("priority") && row.cells.len() > 2;
        let Some(header) = table.rows.iter().position(is_header) else { continue };
        let is_grade = |row: &Row| row.text(at).split_whitespace().count() <= 2;
        let below = table.rows.get(header + 1..).unwrap_or(&[]);
        if below.iter().all(is_grade) && below.iter().any(|row| !is_blank(row, at)) {
            let cells = table.rows.iter_mut().filter(|row| is_header(row)).filter_map(|row| row.cells.get_mut(at));
            cells.for_each(|cell| cell.text = "Priority level".into());
        }
    }
}

/// Whether a row is blank, or the cell is not.
fn is_blank(row: &Row, at: usize) -> bool {
    row.cells.get(at).is_none_or(Cell::is_blank)
}
