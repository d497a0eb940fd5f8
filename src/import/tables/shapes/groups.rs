//! Headers of two rows: groups ("Timescale", "RAG") above the names of their columns ("Start", "End"; "Q1", "Q2").

use super::is_blank;
use crate::domain::date_text;
use crate::import::table::{Cell, Row, Table};
use crate::import::tables::columns::{self, Header};
use crate::import::words::clean;
use crate::import::words::vocabulary::{Vocabulary, words};

/// The longest name of a column below a group.
const LONGEST: usize = 40;

/// Puts the names of both rows into the first, leaving the second blank.
pub fn join(table: &mut Table, vocabulary: &Vocabulary) {
    for at in 1..table.rows.len() {
        let (above, below) = table.rows.split_at_mut(at);
        let (Some(head), Some(names)) = (above.last_mut(), below.first_mut()) else { continue };
        if !names_columns(head, names) {
            continue;
        }
        let whole = united(head, names, vocabulary);
        if [&*head, &whole].into_iter().any(|row| Header::guessed(row, vocabulary).is_some()) {
            *head = whole;
            names.cells.fill(Cell::default());
        }
    }
}

/// Whether each cell of the second row is below a group of two or more columns, and each group has its names:
/// a row of the plan would have text below other columns too.
fn names_columns(head: &Row, names: &Row) -> bool {
    let width = head.cells.len().max(names.cells.len());
    let is_group = |at: usize| !is_blank(head, at) && at + 1 < width && is_blank(head, at + 1);
    let is_under = |at: usize| is_group(at) || is_blank(head, at);
    let is_name = |cell: &Cell| {
        let text = cell.text.trim();
        text.len() <= LONGEST && text.chars().any(char::is_alphabetic)
    };
    let fits = |at: usize| match names.cells.get(at).filter(|cell| !cell.is_blank()) {
        Some(name) => is_under(at) && is_name(name),
        None => !is_under(at),
    };
    let starts = !is_blank(head, 0) && (0..width).any(is_group);
    starts && (0..width).any(|at| !is_under(at)) && (0..width).all(fits)
}

/// The header with its groups and the names below them in one row.
fn united(head: &Row, names: &Row, vocabulary: &Vocabulary) -> Row {
    let mut whole = head.clone();
    let mut group = String::new();
    whole.cells.resize(head.cells.len().max(names.cells.len()), Cell::default());
    for (cell, name) in whole.cells.iter_mut().zip(&names.cells) {
        if !cell.is_blank() {
            group = clean::line(&cell.text);
        }
        let text = clean::line(&name.text);
        if !text.is_empty() {
            let says_all =
                says_itself(&text, vocabulary) || asks(&text) && columns::label(&group, vocabulary).is_empty();
            let is_alone = says_all && is_only(&text, names) && !says_when(&group);
            cell.text = if is_alone { text } else { format!("{group} {text}") };
            cell.is_merged = false;
        }
    }
    whole
}

/// Whether no other group has a column of this name: two of the name "RAG" are told apart by their groups only.
fn is_only(name: &str, names: &Row) -> bool {
    let same = names.cells.iter().filter(|other| words(&other.text) == words(name));
    same.count() == 1
}

/// "Who" and "When" below "Delivery", which names no column itself.
fn asks(name: &str) -> bool {
    ["who", "when", "what", "how"].contains(&words(name).join(" ").as_str())
}

/// Whether a group says of which month or day its columns are, "September 2026".
fn says_when(group: &str) -> bool {
    !date_text::find(group, None).is_empty()
}

/// Whether a name says what its column holds without its group: "End" does, "Date" and "No." do not.
fn says_itself(name: &str, vocabulary: &Vocabulary) -> bool {
    let name = words(name);
    let phrases = name.iter().filter_map(|word| vocabulary.by_first.get(word)).flatten();
    let is_alone = vocabulary.columns.values().any(|synonyms| synonyms.alone.contains(&name.join(" ")));
    !is_alone && phrases.into_iter().any(|phrase| phrase.words == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(rows: &[&[&str]]) -> Vec<String> {
        let vocabulary = Vocabulary::built_in().unwrap();
        let rows = rows.iter().map(|row| Row::new(row.iter().copied())).collect();
        let mut table = Table { rows, ..Table::default() };
        join(&mut table, &vocabulary);
        table.rows[0].cells.iter().map(|cell| cell.text.clone()).collect()
    }

    #[test]
    fn groups_and_names_are_one_header() {
        let rows: [&[&str]; 2] =
            [&["Action", "Timescale", "", "Owner", "RAG", ""], &["", "Start", "End", "", "Q1", "Q2"]];
        assert_eq!(joined(&rows), ["Action", "Start", "End", "Owner", "RAG Q1", "RAG Q2"]);
    }

    #[test]
    fn a_question_below_a_group_that_names_nothing_is_the_name() {
        let rows: [&[&str]; 3] =
            [&["Action", "Delivery", "", "RAG"], &["", "Who", "When", ""], &["Feed", "Pond Trust", "May", "G"]];
        assert_eq!(joined(&rows), ["Action", "Who", "When", "RAG"]);
    }

    #[test]
    fn columns_of_one_name_are_told_apart_by_their_groups() {
        let rows: [&[&str]; 2] =
            [&["Action", "June 2026", "", "Sept 2026", ""], &["", "Update", "RAG", "Update", "RAG"]];
        let all = ["Action", "June 2026 Update", "June 2026 RAG", "Sept 2026 Update", "Sept 2026 RAG"];
        assert_eq!(joined(&rows), all);
        let rows: [&[&str]; 2] = [&["Action", "Q1", "", "Q2", ""], &["", "Update", "RAG", "Update", "RAG"]];
        assert_eq!(joined(&rows), ["Action", "Q1 Update", "Q1 RAG", "Q2 Update", "Q2 RAG"]);
        let rows: [&[&str]; 2] = [&["Action", "Lead", "June 2026", ""], &["", "", "Update", "RAG"]];
        assert_eq!(joined(&rows), ["Action", "Lead", "June 2026 Update", "June 2026 RAG"]);
    }

    #[test]
    fn a_row_of_the_plan_is_not_a_header() {
        let rows: [&[&str]; 2] = [&["Action", "Owner", ""], &["Write", "ICB", "May"]];
        assert_eq!(joined(&rows), ["Action", "Owner", ""]);
    }
}
