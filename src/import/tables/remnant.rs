//! Incomplete header rows: the second line of one, or one damaged in scanning.

use super::columns::Header;
use crate::import::table::Row;
use crate::import::words::clean;
use crate::import::words::spelling::distance;
use crate::import::words::vocabulary::{Vocabulary, words};

/// The position of a row that may be the rest of a header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Where {
    UnderHeader,
    Elsewhere,
}

/// Whether the row says only words of the header above, or nearly: "achieved | outcome | status".
pub fn is_remnant(row: &Row, header: &Header, place: Where) -> bool {
    if row.cells.iter().any(|cell| cell.text.len() > 60) {
        return false;
    }
    let cells: Vec<(usize, Vec<String>)> = row
        .cells
        .iter()
        .enumerate()
        .map(|(at, cell)| (at, words(&clean::line(&cell.text))))
        .filter(|cell| !cell.1.is_empty())
        .collect();
    let is_short = cells.iter().all(|(_, cell)| cell.len() <= 5);
    if !is_short || cells.is_empty() {
        return false;
    }
    let known = cells.iter().filter(|(at, cell)| is_of_header(cell, *at, header)).count();
    let begins_low = |at: usize| clean::line(row.text(at)).starts_with(char::is_lowercase);
    let is_low = cells.iter().all(|(at, _)| begins_low(*at));
    let is_completion =
        place == Where::UnderHeader && is_low && cells.len() > 1 && row.cells.len() >= header.columns.len();
    (known == cells.len() && cells.len() > 1)
        || (known * 2 > cells.len() && place == Where::UnderHeader)
        || is_completion
}

/// The header completed with the words of its second line.
pub fn completed(header: &Header, row: &Row, vocabulary: &Vocabulary) -> Option<Header> {
    let cells = header.columns.iter().enumerate().map(|(at, column)| {
        let more = clean::line(row.text(at));
        let known = words(&column.name);
        let is_new = column.name.len() + more.len() < 90 && !words(&more).iter().all(|word| is_like(word, &known));
        if is_new { format!("{} {more}", column.name) } else { column.name.clone() }
    });
    Header::of(&Row::new(cells), vocabulary)
}

/// The cells of a row on one line.
pub fn line(row: &Row, joint: &str) -> String {
    let cells = row.cells.iter().map(|cell| clean::line(&cell.text)).filter(|cell| !cell.is_empty());
    cells.collect::<Vec<_>>().join(joint)
}

/// Whether every word is in the header of its column, or all are the header of another.
fn is_of_header(cell: &[String], at: usize, header: &Header) -> bool {
    let own = header.columns.get(at).map(|column| words(&column.name)).unwrap_or_default();
    let all = || header.columns.iter().map(|column| words(&column.name));
    cell.iter().all(|word| is_like(word, &own)) || all().any(|other| cell == other.as_slice())
}

fn is_like(word: &str, words: &[String]) -> bool {
    words
        .iter()
        .any(|other| other == word || (word.len() > 4 && distance(word, other) * 5 <= word.len().max(other.len()) * 2))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::words::roles::Role;

    fn header(names: &[&str]) -> Header {
        Header::of(&Row::new(names.iter().copied()), &Vocabulary::built_in().unwrap()).unwrap()
    }

    #[test]
    fn a_second_and_a_damaged_line_of_a_header_are_recognised() {
        let whole = header(&[
            "Recommendations",
            "Outcome to be achieved",
            "Specific actions to achieve outcome",
            "Deadline and status",
            "Action owner",
        ]);
        assert!(is_remnant(&Row::new(["", "acilieveu", "outcome", "Status", ""]), &whole, Where::UnderHeader));
        let cut = header(&[
            "Recommendations",
            "Outcome to be",
            "Specific actions to achieve",
            "Deadline and",
            "Action owner",
        ]);
        let rest = Row::new(["", "achieved", "outcome", "status", ""]);
        assert!(is_remnant(&rest, &cut, Where::UnderHeader));
        let cut = completed(&cut, &rest, &Vocabulary::built_in().unwrap()).unwrap();
        assert_eq!(cut.columns[1].name, "Outcome to be achieved");
        assert!(cut.shares(Role::Status));
    }

    #[test]
    fn the_rest_of_a_row_is_not_the_rest_of_a_header() {
        let whole = header(&["Recommendation", "Action", "Lead", "Progress"]);
        assert!(!is_remnant(&Row::new(["", "with the police", "", "and partners"]), &whole, Where::Elsewhere));
        assert!(!is_remnant(&Row::new(["", "", "", "Completed"]), &whole, Where::UnderHeader));
    }
}
