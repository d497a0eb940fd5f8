//! A report as plain text of at most 100 columns: each row of a table as lines with its column's name before them.

use super::document::{Block, Document, Merge, Table, plain};
use crate::domain::date_words;
use crate::problem::Problem;
use crate::text;

/// Columns of a line.
const WIDTH: usize = 100;

pub fn render(document: &Document) -> Result<Vec<u8>, Problem> {
    let mut out = Vec::new();
    if !document.marking.is_empty() {
        out.push(one(&document.marking));
        out.push(String::new());
    }
    heading(&mut out, &document.title, '=');
    out.push(date_words::day(document.day));
    for block in &document.blocks {
        out.push(String::new());
        match block {
            Block::Heading(found) => heading(&mut out, &found.text, if found.level < 2 { '-' } else { '.' }),
            Block::Paragraph(runs) => wrapped(&mut out, &plain(runs), 0),
            Block::List(points) => points.iter().for_each(|point| wrapped(&mut out, &format!("• {}", plain(point)), 0)),
            Block::Table(found) => table(&mut out, found),
            Block::PageBreak => out.push("\u{2014}".repeat(WIDTH / 2)),
        }
    }
    let lines: Vec<&str> = out.iter().map(|line| line.trim_end()).collect();
    Ok((lines.join("\n") + "\n").into_bytes())
}

fn heading(out: &mut Vec<String>, words: &str, rule: char) {
    let lines = text::wrap(&one(words), WIDTH);
    let width = lines.iter().map(|line| text::width(line)).max().unwrap_or(0);
    out.extend(lines);
    out.push(rule.to_string().repeat(width));
}

/// Narrow tables as they are; others row by row.
fn table(out: &mut Vec<String>, table: &Table) {
    match widths(table) {
        Some(widths) => grid(out, table, &widths),
        None => records(out, table),
    }
}

/// The widths of the columns, where every row fits on one line.
fn widths(table: &Table) -> Option<Vec<usize>> {
    let width = |at: usize, title: &str| {
        let cells = table.rows.iter().filter_map(|row| row.get(at)).map(|cell| text::width(&one(&cell.text)));
        cells.chain([text::width(&one(title))]).max().unwrap_or(0)
    };
    let widths: Vec<usize> = table.columns.iter().enumerate().map(|(at, column)| width(at, &column.title)).collect();
    let broken = table.rows.iter().flatten().any(|cell| cell.text.contains('\n'));
    (!broken && widths.iter().sum::<usize>() + 2 * widths.len() <= WIDTH).then_some(widths)
}

fn grid(out: &mut Vec<String>, table: &Table, widths: &[usize]) {
    let line = |cells: &mut dyn Iterator<Item = &str>| -> String {
        cells.zip(widths).map(|(cell, width)| padded(&one(cell), width + 2)).collect()
    };
    out.push(line(&mut table.columns.iter().map(|column| column.title.as_str())));
    out.extend(table.rows.iter().map(|row| line(&mut row.iter().map(|cell| cell.text.as_str()))));
}

fn records(out: &mut Vec<String>, table: &Table) {
    const LABEL: usize = 24;
    for row in &table.rows {
        for (column, cell) in table.columns.iter().zip(row) {
            if cell.text.is_empty() || cell.merge == Merge::GoesOn {
                continue;
            }
            let mut lines = Vec::new();
            wrapped(&mut lines, &cell.text, LABEL);
            let label = padded(&text::truncate(&one(&column.title), LABEL - 2), LABEL);
            if let Some(first) = lines.first_mut() {
                *first = label + first.trim_start();
            }
            out.extend(lines);
        }
        out.push(String::new());
    }
    out.pop();
}

fn wrapped(out: &mut Vec<String>, words: &str, indent: usize) {
    let lines = text::wrap(&text::harmless(words), WIDTH - indent);
    out.extend(lines.iter().map(|line| " ".repeat(indent) + line));
}

fn padded(words: &str, width: usize) -> String {
    format!("{words}{}", " ".repeat(width.saturating_sub(text::width(words))))
}

fn one(words: &str) -> String {
    text::harmless(words).split_whitespace().collect::<Vec<_>>().join(" ")
}
