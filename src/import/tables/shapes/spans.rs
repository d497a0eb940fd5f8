//! A header cell over two columns, the number and the words: "No. Commitment" above "1" and "Keep a list of boats".

use super::is_blank;
use crate::import::table::{Cell, Row, Table};
use crate::import::tables::columns;
use crate::import::words::roles::Role;
use crate::import::words::vocabulary::Vocabulary;
use crate::import::words::{clean, number};

/// Gives each of the two columns its name.
pub fn split(table: &mut Table, vocabulary: &Vocabulary) {
    let places = named(table, vocabulary);
    for at in 0..table.width().saturating_sub(1) {
        let Some(place) = header(table, at, &places) else { continue };
        let Some(row) = table.rows.get_mut(place) else { continue };
        let (first, second) = names(&clean::line(row.text(at)), vocabulary);
        for (cell, name) in row.cells.iter_mut().skip(at).zip([first, second]) {
            *cell = Cell::new(name);
        }
    }
}

/// The rows at the beginning that name a column, up to the header: below it, "Complete" is a status. Found once: a table may be
/// very wide.
fn named(table: &Table, vocabulary: &Vocabulary) -> Vec<usize> {
    let names = |row: &Row| row.cells.iter().filter(|cell| !columns::label(&cell.text, vocabulary).is_empty()).count();
    let mut places = Vec::new();
    for (at, count) in table.opening().map(|(at, row)| (at, names(row))).filter(|(_, count)| *count > 0) {
        places.push(at);
        if count > 1 {
            break;
        }
    }
    places
}

/// The row with such a cell: words here and none in the next column, above numbers here and words there.
fn header(table: &Table, at: usize, places: &[usize]) -> Option<usize> {
    let is_number = |text: &str| number::of(text.trim_matches(['(', ' '])).is_some_and(|found| found.text.is_empty());
    let is_over =
        |row: &Row| !is_blank(row, at) && is_blank(row, at + 1) && row.cells.len() > at + 1 && !is_number(row.text(at));
    let place = places.iter().copied().find(|place| table.rows.get(*place).is_some_and(is_over))?;
    let below = table.rows.get(place + 1..)?.iter().filter(|row| !is_blank(row, at) && !is_blank(row, at + 1));
    let numbered: Vec<bool> = below.map(|row| is_number(row.text(at)) && !is_number(row.text(at + 1))).collect();
    (!numbered.is_empty() && numbered.iter().all(|is_one| *is_one)).then_some(place)
}

/// "No. Commitment" → "No." and "Commitment"; "Commitment" → "#" and "Commitment".
fn names(name: &str, vocabulary: &Vocabulary) -> (String, String) {
    let cuts = name.match_indices(' ').map(|(at, _)| (name.get(..at).unwrap_or(""), name.get(at + 1..).unwrap_or("")));
    let is_number = |text: &str| columns::label(text, vocabulary) == [Role::Number];
    let cut = cuts.into_iter().find(|(number, rest)| is_number(number) && !rest.trim().is_empty());
    match cut {
        Some((number, rest)) => (number.to_owned(), rest.trim_start_matches(['/', '&', '-', '–', ' ']).to_owned()),
        None => ("#".to_owned(), name.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header_of(rows: &[&[&str]]) -> Vec<String> {
        let rows = rows.iter().map(|row| Row::new(row.iter().copied())).collect();
        let mut table = Table { rows, ..Table::default() };
        split(&mut table, &Vocabulary::built_in().unwrap());
        table.rows[0].cells.iter().map(|cell| cell.text.clone()).collect()
    }

    #[test]
    fn a_header_over_number_and_words_names_both_columns() {
        let body: [&[&str]; 2] = [&["Theme A", "", ""], &["1)", "Keep a list of ducks", "Pond Trust"]];
        let with = |header: &[&str]| header_of(&[header, body[0], body[1]]);
        assert_eq!(with(&["No. Action", "", "Lead"]), ["No.", "Action", "Lead"]);
        assert_eq!(with(&["Action", "", "Lead"]), ["#", "Action", "Lead"]);
        assert_eq!(with(&["No. Promise", "", "Lead"]), ["No.", "Promise", "Lead"]);
    }

    #[test]
    fn other_headers_stay() {
        let rows: [&[&str]; 2] = [&["Action", "", "Lead"], &["Keep a list of ducks", "see note", "Pond Trust"]];
        assert_eq!(header_of(&rows), ["Action", "", "Lead"]);
        let below: [&[&str]; 3] =
            [&["Ref", "Rec", "Status"], &["1", "Keep a list of ducks", ""], &["2", "", "Complete"]];
        let rows = below.iter().map(|row| Row::new(row.iter().copied())).collect();
        let mut table = Table { rows, ..Table::default() };
        split(&mut table, &Vocabulary::built_in().unwrap());
        assert_eq!(table.rows[2].text(0), "2", "a row of the plan is no header");
        let rows: [&[&str]; 2] = [&["No.", "Action", "Lead"], &["1", "Keep a list", "Pond Trust"]];
        assert_eq!(header_of(&rows), ["No.", "Action", "Lead"]);
    }
}
