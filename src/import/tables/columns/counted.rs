//! Rows that repeat a heading with a number: "Finding 1" below "Finding". They are rows of the plan, not a second header.

use super::{Column, Header, label};
use crate::domain::date_text;
use crate::import::cells::ratings;
use crate::import::table::Row;
use crate::import::words::roles::Role;
use crate::import::words::vocabulary::{Vocabulary, words};
use crate::import::words::{clean, number};

/// How many rows may be above a header.
const OPENING: usize = 10;

/// Whether a row counts what a column of the header above it is named after, and is not a header for the next number:
/// "Recommendation 2 | Action | Lead" is one, "Recommendation 2 | Name a lead | Port" is not.
fn is_row(row: &Row, above: &Header, vocabulary: &Vocabulary) -> bool {
    let cells: Vec<(String, &Column)> =
        row.cells.iter().map(|cell| clean::line(&cell.text)).zip(&above.columns).collect();
    let others = || cells.iter().filter(|(text, column)| !text.is_empty() && !counts(text, &column.name));
    let names = others().filter(|(text, column)| is_name(text, column, vocabulary)).count();
    cells.iter().any(|(text, column)| counts(text, &column.name)) && (names == 0 || names * 2 < others().count())
}

/// Whether rows, with their places, are a header of nothing but names, or one and rows that count its first column: not labels
/// with their values.
pub fn are_rows(rows: &[(usize, &Row)], vocabulary: &Vocabulary) -> bool {
    let is_label = |text: &&str| !label(text, vocabulary).is_empty();
    let is_header = |row: &Row| {
        let filled = || row.cells.iter().map(|cell| cell.text.trim()).filter(|text| !text.is_empty());
        let labels = filled().filter(is_label).count();
        labels > 2 && labels * 3 >= filled().count() * 2
    };
    let header = |row: &&Row| Header::of(row, vocabulary).filter(|_| is_header(row));
    let is_plain = |row: &Row| {
        let filled: Vec<&str> = row.cells.iter().map(|cell| cell.text.trim()).filter(|text| !text.is_empty()).collect();
        filled.len() > 2 && filled.iter().all(is_label)
    };
    if rows.first().is_some_and(|(_, row)| is_plain(row) && header(row).is_some()) && rows.len() > 1 {
        return true;
    }
    let mut opening = rows.iter().take(OPENING).enumerate();
    let found = opening.find_map(|(at, (_, row))| Some((at, header(row)?)));
    let below = |at: usize| rows.get(at + 1..).unwrap_or(&[]).iter();
    found.is_some_and(|(at, above)| below(at).any(|(_, row)| is_row(row, &above, vocabulary)))
}

/// The header that a row is, where the rows above stand under another.
pub fn next(row: &Row, above: Option<&Header>, vocabulary: &Vocabulary) -> Option<Header> {
    // Nearly every row has a cell too long for a header, which shows at once.
    let is_of_plan = |above: &Header| is_row(row, above, vocabulary) || has_values(row, above, vocabulary);
    Header::of(row, vocabulary).filter(|_| !above.is_some_and(is_of_plan))
}

/// Whether a row has a date below a column of deadlines, or a rating below one of ratings: "Action policy | 31 May | Closed".
fn has_values(row: &Row, above: &Header, vocabulary: &Vocabulary) -> bool {
    let holds = |column: &Column, role| column.roles.contains(&role);
    row.cells.iter().zip(&above.columns).any(|(cell, column)| {
        let text = clean::line(&cell.text);
        holds(column, Role::Target) && date_text::span(&text).is_some()
            || (holds(column, Role::Rating) || holds(column, Role::Status)) && ratings::is_rating(&text, vocabulary)
    })
}

/// "Finding 1", "Findings No. 2:" or "Recommendation 3a" below "Finding" or "Recommendations".
fn counts(text: &str, name: &str) -> bool {
    let (all, name) = (words(text), words(name));
    let is_count = |word: &&String| number::is_number(word) || ["no", "number", "nr"].contains(&word.as_str());
    let end = all.iter().rev().take_while(is_count).count();
    let stem = all.get(..all.len() - end).unwrap_or(&[]);
    let has_number = all.last().is_some_and(|last| number::is_number(last));
    has_number && !stem.is_empty() && ends_alike(&name, stem)
}

/// Whether a heading is this word, or ends with it: "Key findings" and "Finding".
fn ends_alike(name: &[String], stem: &[String]) -> bool {
    let is_alike = |(one, other): (&String, &String)| singular(one) == singular(other);
    name.len() >= stem.len() && name.iter().rev().zip(stem.iter().rev()).all(is_alike)
}

/// Whether a cell names the same as the column that it is in: "By whom" below "Lead".
fn is_name(text: &str, column: &Column, vocabulary: &Vocabulary) -> bool {
    let roles = label(text, vocabulary);
    words(text) == words(&column.name) || !roles.is_empty() && roles == column.roles
}

fn singular(word: &str) -> &str {
    word.strip_suffix('s').unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_counted(names: &[&str], cells: &[&str]) -> bool {
        let vocabulary = Vocabulary::built_in().unwrap();
        let above = Header::of(&Row::new(names.iter().copied()), &vocabulary).unwrap();
        is_row(&Row::new(cells.iter().copied()), &above, &vocabulary)
    }

    #[test]
    fn a_heading_with_a_number_is_a_row_of_the_plan() {
        let names = ["Key findings", "Recommendation", "Action", "Target date", "Lead"];
        for cells in [
            ["Finding 1", "Agree another", "Name a lead professional", "Jun 2026", "ACC"],
            ["Finding No. 2:", "", "Name a lead professional", "", "ACC"],
            ["", "Recommendation 3a", "Tell the lead", "May 2026", "ACC"],
            ["", "", "Action 1", "", "Lead 1"],
            ["Finding 1", "Recommendation 1", "Action 1", "Target date 1", "Lead 1"],
        ] {
            assert!(is_counted(&names, &cells), "{cells:?}");
        }
    }

    #[test]
    fn a_row_with_a_date_or_a_rating_of_its_own_is_no_second_header() {
        let vocabulary = Vocabulary::built_in().unwrap();
        let row = |cells: &[&str]| Row::new(cells.iter().copied());
        let above = Header::of(&row(&["Recommendation", "Action", "Lead", "Due date", "Status"]), &vocabulary).unwrap();
        let is_next = |cells: &[&str]| next(&row(cells), Some(&above), &vocabulary).is_some();
        assert!(!is_next(&["Share risk", "Action escalation policy", "QA Subgroup", "31/03/2026", ""]));
        assert!(!is_next(&["Share risk", "Action escalation policy", "QA Subgroup", "", "Closed"]));
        assert!(is_next(&["Recommendation", "Action", "Lead", "Target", "RAG"]));
        let plain = [row(&["Actions", "Owner", "Deadline"]), row(&["Update the plan", "Housing", "May 2027"])];
        assert!(are_rows(&plain.iter().enumerate().collect::<Vec<_>>(), &vocabulary));
    }

    #[test]
    fn a_header_stays_one() {
        let names = ["Recommendation", "Action", "Lead", "Target date"];
        assert!(!is_counted(&names, &names));
        assert!(!is_counted(&names, &["Recommendation 2", "Actions", "Lead", "Target date"]));
        assert!(!is_counted(&names, &["Recommendation 2", "Actions required", "By whom", "By when"]));
        let numbered = ["Recommendation 1", "Action", "Lead", "Target date"];
        assert!(!is_counted(&numbered, &["Recommendation 2", "What is to be done", "Who", "When"]));
    }
}
