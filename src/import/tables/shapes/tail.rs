//! Rows of a table that are no part of the plan: totals, the key to the ratings, "Last updated …", "End of table".

use super::Headers;
use crate::import::cells::ratings;
use crate::import::table::{Cell, Row, Table};
use crate::import::tables::columns::Header;
use crate::import::words::clean;
use crate::import::words::roles::Role;
use crate::import::words::vocabulary::Vocabulary;

/// The most words of a total's name.
const TOTAL: usize = 6;

/// The shortest prose, in bytes.
const PROSE: usize = 40;

/// How rows about the document begin.
const ABOUT: [&str; 21] = [
    "last updated",
    "last reviewed",
    "date updated",
    "date of last",
    "updated on",
    "updated by",
    "next review",
    "next update",
    "review date",
    "end of table",
    "end of log",
    "end of document",
    "end of report",
    "end of actions",
    "end of plan",
    "end of list",
    "end of sheet",
    "prepared by",
    "produced by",
    "source:",
    "printed on",
];

/// How the key to the ratings begins.
const KEYS: [&str; 11] = [
    "brag key",
    "key",
    "legend",
    "rag key",
    "rag rating key",
    "rag legend",
    "rating key",
    "ratings key",
    "status key",
    "key to rag",
    "key to brag",
];

/// What was taken out of a table.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// A sentence for each row.
    pub said: Vec<String>,
    /// The lines of the key to the ratings.
    pub key: Vec<String>,
}

/// Takes such rows out from below the header, and a key from above it too, leaving them blank.
pub fn take(table: &mut Table, place: &str, headers: &Headers, vocabulary: &Vocabulary) -> Taken {
    let mut taken = Taken::default();
    let mut header: Option<&Header> = None;
    let mut is_key = false;
    let has_key = table.rows.iter().filter(|row| !is_full(row) && is_explained(row, vocabulary)).count() > 1;
    for (at, row) in table.rows.iter_mut().enumerate().filter(|(_, row)| !row.is_blank()) {
        if let Some(found) = headers.get(&at) {
            (header, is_key) = (Some(found), false);
            continue;
        }
        if headers.is_empty() || is_full(row) {
            is_key = false;
            continue;
        }
        let begins = begins_key(row);
        is_key = begins
            || is_key && is_level(row, vocabulary)
            || has_key && is_explained(row, vocabulary) && !header.is_some_and(|header| is_rated(row, header));
        let other = || header.and_then(|header| said_by(row, header, vocabulary));
        let what = if is_key { Some("key to the ratings") } else { other() };
        let Some(what) = what else { continue };
        taken.said.push(super::left_out(place, at, what, row));
        if is_key && !begins && taken.key.is_empty() {
            taken.key.push("Key".into());
        }
        taken.key.extend(is_key.then(|| key_line(row)));
        row.cells.iter_mut().for_each(|cell| *cell = Cell::default());
    }
    taken
}

/// "Key:" and "Red = late" as "Key: Red = late".
fn key_line(row: &Row) -> String {
    match filled(row).as_slice() {
        [only] => only.clone(),
        several => several.iter().map(|cell| cell.trim_end_matches(':').trim()).collect::<Vec<_>>().join(": "),
    }
}

fn said_by(row: &Row, header: &Header, vocabulary: &Vocabulary) -> Option<&'static str> {
    if is_total(row, vocabulary) {
        Some("total")
    } else if is_scale(row, vocabulary) {
        Some("scale of the ratings")
    } else if is_about(row, header) {
        Some("note about the document")
    } else {
        None
    }
}

/// Whether most cells have words, and one of them prose: nearly every row of a plan, which needs no closer look.
fn is_full(row: &Row) -> bool {
    count(row) > 3 && row.cells.iter().any(|cell| cell.text.len() > PROSE)
}

/// The number of cells with words.
fn count(row: &Row) -> usize {
    row.cells.iter().filter(|cell| !cell.is_blank()).count()
}

fn filled(row: &Row) -> Vec<String> {
    row.cells.iter().map(|cell| clean::line(&cell.text)).filter(|text| !text.is_empty()).collect()
}

/// "Total actions | 12", "Number of actions: 12", "Green | 5": a name, and nothing else but figures.
fn is_total(row: &Row, vocabulary: &Vocabulary) -> bool {
    let cells = filled(row);
    let Some((name, others)) = cells.split_first() else { return false };
    let lower = name.to_lowercase();
    let begins =
        ["total", "totals", "grand total", "sub-total", "subtotal", "number of", "no. of", "count of", "overall total"];
    let is_named = begins
        .iter()
        .any(|word| lower.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', ':'])));
    let own = lower.rsplit([' ', ':', '=']).next().filter(|own| is_figure(own));
    let has_figure = !others.is_empty() || own.is_some();
    let is_tally = others.len() == 1 && ratings::is_rating(name, vocabulary);
    let are_figures = others.iter().all(|other| is_figure(other) || is_named && is_label(other, &cells));
    lower.split_whitespace().count() <= TOTAL && (is_named && has_figure || is_tally) && are_figures
}

/// "Green: 5" and "Completed" beside the figures of a total.
fn is_label(text: &str, cells: &[String]) -> bool {
    let ends = text.rsplit([' ', ':', '=']).next().is_some_and(is_figure);
    text.split_whitespace().count() <= 4 && (ends || cells.iter().filter(|cell| is_figure(cell)).count() > 1)
}

/// A count, a share or a sum, and no date.
fn is_figure(text: &str) -> bool {
    let has_digit = text.contains(|c: char| c.is_ascii_digit());
    has_digit && text.chars().all(|c| c.is_ascii_digit() || "%£., ()".contains(c)) && text.matches('.').count() < 2
}

/// "Last updated 3 May 2027", "End of table": one cell, or a name and a value, and none of them a lead's.
fn is_about(row: &Row, header: &Header) -> bool {
    let cells = filled(row);
    let lower = cells.first().map(|text| text.to_lowercase()).unwrap_or_default();
    let numbered = header.place(Role::Number).is_some_and(|at| at > 0 && !row.text(at).trim().is_empty());
    let is_marked = |words: &&str| lower.trim_start_matches(['*', '-', '–', ' ']).starts_with(*words);
    !numbered && cells.len() <= 2 && lower.split_whitespace().count() <= 12 && ABOUT.iter().any(is_marked)
}

/// "RAG key", "Key: R = …".
fn begins_key(row: &Row) -> bool {
    let cells = filled(row);
    let lower = cells.first().map(|text| text.to_lowercase()).unwrap_or_default();
    KEYS.iter().any(|key| {
        lower.strip_prefix(key).is_some_and(|rest| rest.is_empty() || rest.trim_start().starts_with(':'))
            || key.starts_with("key to") && lower.starts_with(key)
    })
}

/// "Red | Not begun": a level and what it means.
fn is_level(row: &Row, vocabulary: &Vocabulary) -> bool {
    let cells = filled(row);
    let is_shaded = row.cells.iter().any(|cell| cell.shade.is_some());
    let head = cells.first().map_or("", |text| text.split([':', '=', '–']).next().unwrap_or(text).trim());
    let is_letter = head.chars().count() == 1 && head.starts_with(char::is_alphabetic);
    cells.len() <= 2 && (ratings::is_rating(head, vocabulary) || is_letter || is_shaded)
}

/// "Red | Not begun", of which a table has several: a level and a few words, and nothing else.
fn is_explained(row: &Row, vocabulary: &Vocabulary) -> bool {
    if count(row) != 2 {
        return false;
    }
    match filled(row).as_slice() {
        [level, meaning] => ratings::is_rating(level, vocabulary) && meaning.split_whitespace().count() <= TOTAL,
        _ => false,
    }
}

/// Whether its first cell with words is in a column of ratings.
fn is_rated(row: &Row, header: &Header) -> bool {
    let first = row.cells.iter().position(|cell| !cell.is_blank());
    let column = first.and_then(|at| header.columns.get(at));
    column.is_some_and(|column| column.roles.iter().any(|role| matches!(role, Role::Rating | Role::Status)))
}

/// "Red | Amber | Green".
fn is_scale(row: &Row, vocabulary: &Vocabulary) -> bool {
    let cells = filled(row);
    cells.len() > 2 && cells.iter().all(|cell| ratings::is_rating(cell, vocabulary))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(rows: &[&[&str]]) -> (usize, Vec<String>) {
        let header: &[&str] = &["Ref", "Action", "Lead", "RAG"];
        let rows = [header].into_iter().chain(rows.iter().copied()).map(|row| Row::new(row.iter().copied())).collect();
        let mut table = Table { rows, ..Table::default() };
        let vocabulary = Vocabulary::built_in().unwrap();
        let headers = super::super::headers(&table, &vocabulary);
        let taken = take(&mut table, "table 1", &headers, &vocabulary);
        (taken.said.len(), taken.key)
    }

    #[test]
    fn totals_keys_and_notes_are_taken_out_and_reported() {
        for row in [
            ["Total actions", "12", "", ""],
            ["", "Total: 12", "", ""],
            ["Totals", "", "", "7"],
            ["", "Number of actions completed", "4", ""],
            ["Green", "5", "", ""],
            ["Last updated 3 May 2027", "", "", ""],
            ["Last updated:", "3 May 2027", "", ""],
            ["– End of table –", "", "", ""],
        ] {
            assert_eq!(taken(&[&row]).0, 1, "{row:?}");
        }
        let key: [&[&str]; 3] = [&["RAG key:", "", "", ""], &["Red", "Not begun", "", ""], &["G", "Done", "", ""]];
        assert_eq!(taken(&key), (3, vec!["RAG key:".into(), "Red: Not begun".into(), "G: Done".into()]));
    }

    #[test]
    fn levels_with_their_meanings_are_a_key_without_a_heading() {
        let key: [&[&str]; 3] =
            [&["1", "Feed", "Ducks", ""], &["Red", "Not begun", "", ""], &["Green", "Done", "", ""]];
        assert_eq!(taken(&key), (2, vec!["Key".into(), "Red: Not begun".into(), "Green: Done".into()]));
        assert_eq!(taken(&[&["Red", "Amber", "Green", ""]]).0, 1);
    }

    #[test]
    fn a_key_above_the_header_is_one_too() {
        let above: [&[&str]; 3] =
            [&["Key:", "Blue = done; Green = on track", "", ""], &["", "", "", ""], &["Ref", "Action", "Lead", "RAG"]];
        let rows = above.into_iter().chain([&["1", "Feed", "Ducks", "Green"][..]]);
        let rows = rows.map(|row| Row::new(row.iter().copied())).collect();
        let mut table = Table { rows, ..Table::default() };
        let vocabulary = Vocabulary::built_in().unwrap();
        let headers = super::super::headers(&table, &vocabulary);
        let taken = take(&mut table, "table 1", &headers, &vocabulary);
        assert_eq!(taken.key, ["Key: Blue = done; Green = on track"]);
        assert!(table.rows[0].is_blank() && !table.rows[3].is_blank());
    }

    #[test]
    fn actions_that_begin_like_a_total_or_a_key_stay() {
        for row in [
            ["7", "Total the returns of all agencies", "Ducks", "Green"],
            ["", "Total Respect training is offered to all", "Ducks", ""],
            ["", "Key workers to be told", "Ducks", ""],
            ["", "Last updated policy to be sent to the ducks and all the other birds of the pond", "", ""],
            ["Green", "Write a note on ponds", "Ducks", ""],
        ] {
            assert_eq!(taken(&[&row]).0, 0, "{row:?}");
        }
    }
}
