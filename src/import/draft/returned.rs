//! An agency's return: the report of its actions, with answers written into it. It says which action of which plan each
//! answer is about, and never creates a plan itself.

use crate::domain::draft::{Draft, DraftAnswer};
use crate::import::cells::progress::{self, Dating};
use crate::import::options::Options;
use crate::import::table::{Document, Row, Table};
use crate::import::words::clean;

/// The header of the column of responses, before the name of the party; the second is that of older reports.
const RESPONSE: [&str; 2] = ["Response from ", "Answer of "];
const RATING: &str = "New rating";

/// Which column of a table holds what.
struct AnswerColumns {
    reference: usize,
    action: usize,
    answer: usize,
    rating: Option<usize>,
    /// The party that answers.
    by: String,
}

/// The document as a return; none where none of its tables has columns for references and answers.
pub fn of(document: &Document, file: &str, options: &Options) -> Option<Draft> {
    let mut is_return = false;
    let mut answers = Vec::new();
    for (place, table) in document.tables().enumerate() {
        let Some((head, columns)) = columns(table) else { continue };
        is_return = true;
        for (at, row) in table.rows.iter().enumerate().skip(head + 1) {
            answers.extend(answer(row, &columns, options, format!("table {}, row {}", place + 1, at + 1)));
        }
    }
    is_return.then(|| Draft { file: file.to_owned(), is_return, answers, ..Draft::default() })
}

/// The header row of a table of answers, and its columns.
fn columns(table: &Table) -> Option<(usize, AnswerColumns)> {
    table.rows.iter().take(3).enumerate().find_map(|(at, row)| {
        let names: Vec<String> = row.cells.iter().map(|cell| clean::line(&cell.text)).collect();
        let column = |title: &str| names.iter().position(|own| own.eq_ignore_ascii_case(title));
        let giver = |name: &str| RESPONSE.iter().find_map(|head| name.strip_prefix(head)).map(ToOwned::to_owned);
        let (answer, by) = names.iter().enumerate().find_map(|(at, name)| Some((at, giver(name)?)))?;
        let (reference, action, rating) = (column("Ref")?, column("Action")?, column(RATING));
        Some((at, AnswerColumns { reference, action, answer, rating, by: by.trim().to_owned() }))
    })
}

/// What a row answers; nothing where it was left blank.
fn answer(row: &Row, columns: &AnswerColumns, options: &Options, place: String) -> Option<DraftAnswer> {
    let rating = columns.rating.map(|at| clean::line(row.text(at))).unwrap_or_default();
    // A spreadsheet keeps the apostrophe that made a cell harmless.
    let text = row.text(columns.answer).trim();
    let text = text.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@'])).unwrap_or(text);
    let mut entries = progress::entries(text, Dating::MarksAndSentences, options.today);
    for entry in &mut entries {
        entry.date = entry.date.or_else(|| Some(options.today.into()));
        entry.by = entry.by.take().or_else(|| Some(columns.by.clone()).filter(|by| !by.is_empty()));
    }
    let is_answered = !entries.is_empty() || !rating.is_empty();
    is_answered.then(|| DraftAnswer {
        reference: clean::line(row.text(columns.reference)),
        action: clean::lines(row.text(columns.action)),
        entries,
        rating,
        place,
    })
}
