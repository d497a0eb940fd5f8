//! What a return says about itself: which form it is, and who filled it in when.

use chrono::NaiveDate;

use crate::domain::date_text;
use crate::domain::draft::DraftForm;
use crate::domain::form;
use crate::import::table::{Block, Document, Row};
use crate::import::words::clean;

/// The form, read from the table at its end or from lines such as "Completed by: Jane Smith".
pub fn form(document: &Document, party: String, today: NaiveDate) -> DraftForm {
    let said = |label: &str| value(document, label).unwrap_or_default();
    let day = |label: &str| {
        let date = date_text::entry_date(&said(label), today)?;
        date.day.and_then(|_| date.first())
    };
    let party = if party.is_empty() { said(form::PARTY) } else { party };
    DraftForm {
        party,
        person: said(form::PERSON),
        // What is to come cannot have been filled in yet.
        filled: day(form::FILLED).filter(|day| *day <= today),
        made: day(form::MADE),
        record: said(form::RECORD),
    }
}

const LABELS: [&str; 8] =
    [form::ABOUT, form::PERSON, form::FILLED, form::RETURN_BY, form::RETURN_TO, form::PARTY, form::MADE, form::RECORD];

/// Whether a row is about the form and not about an action.
pub fn is_about(row: &Row) -> bool {
    let first = row.cells.iter().find(|cell| !cell.text.trim().is_empty());
    first.is_some_and(|cell| LABELS.iter().any(|label| is_label(&cell.text, label)))
}

/// What is beside or after a label.
fn value(document: &Document, label: &str) -> Option<String> {
    let found = document.blocks.iter().find_map(|block| match block {
        Block::Paragraph(text) => text.lines().find_map(|line| after(line, label)),
        Block::Table(table) => table.rows.iter().find_map(|row| beside(row, label)),
    });
    found.filter(|value| !value.is_empty())
}

fn after(line: &str, label: &str) -> Option<String> {
    let (name, value) = line.split_once(':')?;
    is_label(name, label).then(|| clean::line(value))
}

fn beside(row: &Row, label: &str) -> Option<String> {
    let at = row.cells.iter().position(|cell| is_label(&cell.text, label))?;
    let rest = row.cells.iter().skip(at + 1).map(|cell| clean::line(&cell.text));
    Some(rest.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" "))
}

fn is_label(text: &str, label: &str) -> bool {
    clean::line(text).trim_matches([':', '*', ' ']).eq_ignore_ascii_case(label)
}
