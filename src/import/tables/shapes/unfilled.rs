//! Rows and cells of a form that say how to fill it in: "Describe the action", "e.g. …", "Click here to enter text".

use super::Headers;
use crate::import::table::{Cell, Row, Table};
use crate::import::tables::columns::Header;
use crate::import::words::roles::Role;
use crate::import::words::{clean, number};
use crate::text;

/// What asks for words, in whatever column it is.
const ASKING: [&str; 14] = [
    "e.g",
    "eg ",
    "eg:",
    "i.e",
    "for example",
    "example:",
    "please ",
    "click ",
    "choose an item",
    "mention the",
    "describe the",
    "dd/mm",
    "insert ",
    "enter ",
];

/// What begins an instruction where a name, a date or a status belongs; an action can begin like this too.
const BEGINNING: [&str; 34] = [
    "reference",
    "describe",
    "mention",
    "specify",
    "state",
    "list",
    "name",
    "give",
    "explain",
    "provide",
    "indicate",
    "outline",
    "identify",
    "select",
    "choose",
    "include",
    "detail",
    "summarise",
    "type",
    "add",
    "write",
    "record",
    "note",
    "use",
    "what",
    "who",
    "when",
    "how",
    "which",
    "where",
    "why",
    "date",
    "number",
    "person",
];

/// What the first cell of a row of instructions, or of an example, may say.
const NAMED: [&str; 10] = [
    "guidance",
    "example",
    "examples",
    "instructions",
    "instruction",
    "e.g",
    "eg",
    "sample",
    "notes for completion",
    "how to complete",
];

/// What a form shows where nothing has been entered.
const PLACEHOLDERS: [&str; 12] = [
    "click or tap",
    "click here to",
    "tap here to",
    "choose an item",
    "enter text",
    "type here",
    "select date",
    "select one",
    "dd/mm/yy",
    "dd/mm/yyyy",
    "dd-mm-yyyy",
    "xx/xx/xx",
];

/// The longest placeholder, in bytes.
const PLACEHOLDER: usize = 120;

/// Leaves the placeholders blank, and the rows of instructions below each header; the sentences that say so.
pub fn clear(table: &mut Table, place: &str, headers: &Headers) -> Vec<String> {
    let mut said = placeholders(table, place).into_iter().collect::<Vec<_>>();
    said.extend(numbers(table, place, headers));
    let mut header: Option<&Header> = None;
    for (at, row) in table.rows.iter_mut().enumerate().filter(|(_, row)| !row.is_blank()) {
        if header.is_some_and(|header| is_guidance(row, header)) {
            said.push(super::left_out(place, at, "instructions for filling in the form", row));
            row.cells.iter_mut().for_each(|cell| *cell = Cell::default());
        } else {
            header = headers.get(&at);
        }
    }
    said
}

/// Removes the numbers of a form that has nothing else below its header.
fn numbers(table: &mut Table, place: &str, headers: &Headers) -> Option<String> {
    let header = *headers.keys().next()?;
    let is_number = |text: &str| number::of(text).is_some_and(|found| found.text.is_empty());
    let is_bare = |row: &Row| {
        let filled: Vec<&Cell> = row.cells.iter().filter(|cell| !cell.is_blank()).collect();
        filled.is_empty() || matches!(filled.as_slice(), [only] if is_number(clean::line(&only.text).as_str()))
    };
    let below = table.rows.get_mut(header + 1..)?;
    let count = below.iter().filter(|row| !row.is_blank()).count();
    if count == 0 || !below.iter().all(is_bare) {
        return None;
    }
    below.iter_mut().flat_map(|row| &mut row.cells).for_each(|cell| *cell = Cell::default());
    Some(format!("{place} has {} with a number and nothing else", text::counted(count, "row")))
}

/// Removes what a form shows in its empty cells.
fn placeholders(table: &mut Table, place: &str) -> Option<String> {
    let mut first: Option<String> = None;
    let cells = table.rows.iter_mut().flat_map(|row| &mut row.cells);
    for cell in cells.filter(|cell| cell.text.len() <= PLACEHOLDER && may_be_placeholder(&cell.text)) {
        let text = clean::line(&cell.text);
        if is_placeholder(&text) {
            cell.text.clear();
            first.get_or_insert(text);
        }
    }
    first.map(|text| format!("Places of {place} that were not filled in are blank: “{text}”"))
}

/// Whether a cell begins like one: most cells of a plan need no closer look.
fn may_be_placeholder(text: &str) -> bool {
    let text = text.trim_start();
    let is_like = |words: &str| text.get(..2).zip(words.get(..2)).is_some_and(|(a, b)| a.eq_ignore_ascii_case(b));
    text.starts_with(|c: char| !c.is_alphanumeric()) || PLACEHOLDERS.iter().any(|words| is_like(words))
}

fn is_placeholder(text: &str) -> bool {
    let lower = text.trim_end_matches('.').to_lowercase();
    let is_short = lower.split_whitespace().count() <= 8;
    let is_bracketed = |open, close| text.starts_with(open) && text.ends_with(close) && text.len() > 2;
    let asks = || BEGINNING.iter().chain(&["insert", "enter"]).any(|word| begins(lower.get(1..).unwrap_or(""), word));
    let is_line = text.len() > 2 && text.chars().all(|c| "_.… ".contains(c));
    is_line
        || is_short && PLACEHOLDERS.iter().any(|words| lower.starts_with(words))
        || is_short && (is_bracketed('[', ']') || is_bracketed('<', '>')) && asks()
}

/// Whether a row below the header tells the reader what to write in each column.
fn is_guidance(row: &Row, header: &Header) -> bool {
    let cells: Vec<(&[Role], String)> = row
        .cells
        .iter()
        .zip(&header.columns)
        .map(|(cell, column)| (column.roles.as_slice(), clean::line(&cell.text)))
        .filter(|(_, text)| !text.is_empty())
        .collect();
    let first = cells.first().map(|(_, text)| text.to_lowercase()).unwrap_or_default();
    if cells.len() > 1 && NAMED.contains(&first.trim_end_matches([':', '.'])) {
        return true;
    }
    let is_example = |(roles, text): &(&[Role], String)| {
        let lower = text.to_lowercase();
        roles.contains(&Role::Action) && ["example:", "e.g.", "for example"].iter().any(|word| lower.starts_with(word))
    };
    if cells.iter().any(is_example) {
        return true;
    }
    let asking = cells.iter().filter(|(roles, text)| asks(roles, text)).count();
    let is_sure = |(roles, text): &(&[Role], String)| !is_wordy(roles) && asks(roles, text) || is_question(text);
    let sure = cells.iter().filter(|cell| is_sure(cell)).count();
    let others = usize::from(cells.len() > 3 && sure > 1);
    cells.len() > 1 && asking + others >= cells.len() && sure > 0
}

/// Whether the words of a column are sentences anyway.
fn is_wordy(roles: &[Role]) -> bool {
    let wordy = |role: &Role| {
        matches!(role, Role::Action | Role::Recommendation | Role::Progress | Role::Finding | Role::Particular(_))
    };
    roles.is_empty() || roles.iter().any(wordy)
}

fn asks(roles: &[Role], text: &str) -> bool {
    let lower = text.to_lowercase();
    let is_instruction = BEGINNING.iter().any(|word| begins(&lower, word)) && lower.contains(' ');
    let options = lower.split('/').filter(|option| !option.trim().is_empty()).count();
    let is_choice = options > 1 && !is_wordy(roles) && !roles.contains(&Role::Lead) && !has_digit(&lower);
    is_question(text) || is_instruction || is_choice || is_placeholder(text)
}

/// "Who will do this?", "e.g. …", "Describe the action".
fn is_question(text: &str) -> bool {
    let lower = text.trim_start_matches(['(', '[', '<']).to_lowercase();
    lower.ends_with('?') || ASKING.iter().any(|words| lower.starts_with(words))
}

fn has_digit(text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_digit())
}

fn begins(lower: &str, word: &str) -> bool {
    lower.strip_prefix(word).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::words::vocabulary::Vocabulary;

    fn left(rows: &[&[&str]]) -> (usize, Vec<String>) {
        let rows = rows.iter().map(|row| Row::new(row.iter().copied())).collect();
        let mut table = Table { rows, ..Table::default() };
        let headers = super::super::headers(&table, &Vocabulary::built_in().unwrap());
        let said = clear(&mut table, "table 1", &headers);
        (table.rows.iter().filter(|row| !row.is_blank()).count() - 1, said)
    }

    #[test]
    fn a_row_of_instructions_is_left_out_and_reported() {
        let header: &[&str] = &["No", "Action", "Lead", "Target date", "RAG"];
        let real: &[&str] = &["1", "Describe the route to the pond", "Ducks", "May 2027", "Green"];
        for guidance in [
            ["", "Describe the action", "Who will do this?", "By when?", "R/A/G"],
            ["", "e.g. Mend the net", "e.g. Ducks", "e.g. May 2027", ""],
            ["Example", "Mend the net", "Ducks", "May 2027", "Green"],
            ["1", "Example: mend the net", "Ducks", "May 2027", "Green"],
            ["Ref", "What we will do", "Name of the lead", "Date by which it is done", "Red/Amber/Green"],
            ["", "State what you will do", "Name and post", "dd/mm/yyyy", "Red / Amber / Green"],
        ] {
            let (rows, said) = left(&[header, &guidance, real]);
            assert_eq!((rows, said.is_empty()), (1, false), "{guidance:?}");
        }
    }

    #[test]
    fn an_action_that_begins_like_an_instruction_stays() {
        let header: &[&str] = &["No", "Action", "Lead", "Progress"];
        for row in [
            ["1", "Describe the route to the pond", "Ducks", "Write up begun"],
            ["", "Provide a map", "", "List sent"],
            ["2", "Identify what is missing", "RV/TW", ""],
        ] {
            assert_eq!(left(&[header, &row]), (1, Vec::new()), "{row:?}");
        }
    }

    #[test]
    fn what_a_form_shows_in_empty_cells_is_no_text() {
        let rows: &[&[&str]] = &[&["Action", "Lead"], &["Click or tap here to enter text.", "[Insert name]"]];
        let (rows, said) = left(rows);
        assert_eq!((rows, said.len()), (0, 1));
    }
}
