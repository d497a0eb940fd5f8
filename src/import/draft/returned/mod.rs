//! An agency's return: the report of its actions, with answers written into it. It says which action of which plan each
//! answer is about, and never creates a plan itself.

mod about;

use chrono::NaiveDate;

use crate::domain::date_text;
use crate::domain::draft::{Draft, DraftAnswer, DraftForm};
use crate::domain::flag::RawCell;
use crate::domain::form;
use crate::domain::progress::EntryText;
use crate::domain::target::Target;
use crate::import::cells::progress::{self, Dating};
use crate::import::options::Options;
use crate::import::table::{Document, Row, Table};
use crate::import::words::clean;

/// The header of the column of responses, before the name of the party; the second is that of older reports.
const RESPONSE: [&str; 2] = [form::RESPONSE, "Answer of "];
/// The header of the column of references, and what agencies make of it.
const REFERENCE: [&str; 3] = [form::REFERENCE, "Reference", "Ref."];
/// In how many rows at the top of a table its header is looked for.
const HEAD: usize = 3;

/// The columns of a table of answers.
struct AnswerColumns {
    names: Vec<String>,
    answer: usize,
    /// The party that answers.
    party: String,
}

/// The document as a return; none where none of its tables has columns for references and answers.
pub fn of(document: &Document, file: &str, options: &Options) -> Option<Draft> {
    let party = document.tables().find_map(|table| table.rows.iter().take(HEAD).find_map(columns))?.party;
    let form = about::form(document, party, options.today);
    let today = form.filled.unwrap_or(options.today);
    let mut answers = Vec::new();
    for (place, table) in document.tables().enumerate() {
        answers.extend(rows(table, place, (&form, today)));
    }
    Some(Draft { file: file.to_owned(), is_return: true, form, answers, ..Draft::default() })
}

/// The answers of a table. In a file of values one table can follow another, each under its own header row.
fn rows(table: &Table, place: usize, form: (&DraftForm, NaiveDate)) -> Vec<DraftAnswer> {
    let mut columns = None;
    let mut answers = Vec::new();
    for (at, row) in table.rows.iter().enumerate() {
        if let Some(head) = self::columns(row).filter(|_| columns.is_some() || at < HEAD) {
            columns = Some(head);
        } else if about::is_about(row) {
            columns = None;
        } else if let Some(columns) = &columns {
            answers.extend(answer(row, columns, form, format!("table {}, row {}", place + 1, at + 1)));
        }
    }
    answers
}

/// The columns under a header row of answers.
fn columns(row: &Row) -> Option<AnswerColumns> {
    let names: Vec<String> = row.cells.iter().map(|cell| clean::line(&cell.text)).collect();
    let has = |title: &str| names.iter().any(|own| own.eq_ignore_ascii_case(title));
    let giver = |name: &str| RESPONSE.iter().find_map(|head| name.strip_prefix(head)).map(ToOwned::to_owned);
    let whole = names.iter().enumerate().find_map(|(at, name)| Some((at, giver(name)?)));
    // The name may have been cut off, but then the other columns to fill in show what it is.
    let is_response = |name: &String| name.eq_ignore_ascii_case(form::RESPONSE.split(' ').next().unwrap_or_default());
    let bare = || names.iter().position(is_response).filter(|_| has(form::NEW_RATING)).map(|at| (at, String::new()));
    let (answer, party) = whole.or_else(bare)?;
    let is_form = REFERENCE.into_iter().any(has) && has(form::ACTION);
    is_form.then(|| AnswerColumns { answer, party: party.trim().to_owned(), names: names.clone() })
}

/// A row of the form. What was left blank is compared with the register all the same: the answer may be in a column
/// that was not asked for.
fn answer(
    row: &Row,
    columns: &AnswerColumns,
    (form, today): (&DraftForm, NaiveDate),
    place: String,
) -> Option<DraftAnswer> {
    let cells: Vec<RawCell> = columns.names.iter().enumerate().map(|(at, name)| cell(row, at, name)).collect();
    let mut answer = DraftAnswer { cells, place, ..DraftAnswer::default() };
    let reference = REFERENCE.iter().find_map(|name| answer.cell(name));
    answer.reference = clean::line(reference.unwrap_or_default());
    answer.action = clean::lines(answer.cell(form::ACTION).unwrap_or_default());
    let rating = clean::line(answer.cell(form::NEW_RATING).unwrap_or_default());
    answer.rating = Some(rating).filter(|rating| rating != form::PROMPT).unwrap_or_default();
    answer.targets = targets(answer.cell(form::NEW_DATE).unwrap_or_default(), today);
    let said = plain(row.text(columns.answer));
    answer.entries = if clean::is_nothing(&said) { Vec::new() } else { entries(&said, form, today) };
    let is_filled = !(answer.reference.is_empty() && answer.action.is_empty());
    let says = !(answer.entries.is_empty() && answer.rating.is_empty() && answer.targets.is_empty());
    (is_filled || says).then_some(answer)
}

fn cell(row: &Row, at: usize, name: &str) -> RawCell {
    RawCell { column: name.to_owned(), text: plain(row.text(at)) }
}

/// A spreadsheet keeps the apostrophe that made a cell harmless.
fn plain(text: &str) -> String {
    let text = text.trim();
    text.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@'])).unwrap_or(text).to_owned()
}

/// Several dates are separated by semicolons or line ends. A date without a year is the next one after the form was filled in.
fn targets(written: &str, today: NaiveDate) -> Vec<Target> {
    let parts = written.split([';', '\n']).map(str::trim).filter(|part| !part.is_empty());
    parts.map(|part| date_text::typed_target(part, today)).collect()
}

fn entries(text: &str, form: &DraftForm, today: NaiveDate) -> Vec<EntryText> {
    let mut entries = progress::entries(text, Dating::MarksAndSentences, today);
    let giver = form.giver();
    for entry in &mut entries {
        entry.date = entry.date.or_else(|| Some(today.into()));
        entry.by = entry.by.take().or_else(|| Some(giver.clone()).filter(|by| !by.is_empty()));
    }
    entries
}
