//! Tables on end: the names of the fields in the first column, one action below another.

use super::columns::{self, Column, counted};
use super::gathered::{Begins, Gathered, Part};
use super::headings::{self, Heading};
use crate::domain::draft::DraftUnder;
use crate::import::table::{Cell, Row, Table};
use crate::import::words::roles::Role;
use crate::import::words::vocabulary::Vocabulary;
use crate::import::words::{clean, number};

/// The fewest labels in a record.
const LABELS: usize = 3;

/// How many rows to search for the labels of the first record.
const BEGINNING: usize = 30;

/// What a row of such a table is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// A title above or between the records.
    Title(String),
    /// An action with its fields.
    Record(Gathered),
}

/// A label with its value.
struct Pair {
    name: String,
    roles: Vec<Role>,
    value: String,
    shade: Option<String>,
}

/// The records of a table with headings down the side; `None` where it is an ordinary table. `place` is the table's number in the document.
pub fn lines(table: &Table, place: usize, vocabulary: &Vocabulary) -> Option<Vec<Item>> {
    let rows: Vec<(usize, &Row)> = table.rows.iter().enumerate().filter(|(_, row)| !row.is_blank()).collect();
    // Nearly every table is an ordinary one, and its beginning shows that.
    let begins = |(_, row): &&(usize, &Row)| !columns::label(row.text(0), vocabulary).is_empty();
    if rows.iter().take(BEGINNING).filter(begins).count() < LABELS || counted::are_rows(&rows, vocabulary) {
        return None;
    }
    let pairs: Vec<Vec<Pair>> = rows.iter().map(|(_, row)| pairs(row, vocabulary)).collect();
    if !is_on_end(&pairs) {
        return None;
    }
    let mut lines: Vec<Item> = Vec::new();
    for ((at, row), pairs) in rows.into_iter().zip(pairs) {
        if pairs.is_empty() {
            lines.push(Item::Title(super::remnant::line(row, ": ")));
        }
        for pair in pairs {
            add(&mut lines, pair, (place, at + 1));
        }
    }
    Some(lines)
}

/// Most rows begin with a label; the labels have several roles, and some of them say what is to be done and by whom.
fn is_on_end(pairs: &[Vec<Pair>]) -> bool {
    let labelled = pairs.iter().filter(|row| !row.is_empty()).count();
    let mut seen: Vec<Role> = pairs.iter().flatten().flat_map(|pair| pair.roles.iter().copied()).collect();
    seen.sort_unstable();
    seen.dedup();
    let has = |roles: &[Role]| roles.iter().any(|role| seen.contains(role));
    labelled >= LABELS
        && labelled * 10 >= pairs.len() * 6
        && seen.len() >= LABELS
        && has(&[Role::Action])
        && has(&[Role::Lead, Role::Target, Role::Rating, Role::Status, Role::Progress])
}

/// The labels of a row with their values: "Lead | ICB", "Lead | ICB | By when | May 2024". None where it has no label.
fn pairs(row: &Row, vocabulary: &Vocabulary) -> Vec<Pair> {
    let mut pairs: Vec<Pair> = Vec::new();
    let mut is_value = false;
    if row.cells.iter().skip(1).all(Cell::is_blank) && headings::of(row.text(0), vocabulary).is_some() {
        return pairs;
    }
    for (at, cell) in row.cells.iter().enumerate() {
        let roles = if is_value { Vec::new() } else { columns::label(&cell.text, vocabulary) };
        let begins = |role: &Role| matches!(role, Role::Action | Role::Recommendation);
        let has_value = at + 1 < row.cells.len() || at == 0 && !roles.iter().any(begins);
        if !roles.is_empty() && has_value && !cell.is_blank() {
            let name = clean::line(&cell.text).trim_end_matches(':').to_owned();
            let is_numbered = matches!(headings::of(&name, vocabulary), Some(Heading::Recommendation { .. }));
            let value = if is_numbered { format!("{name}:") } else { String::new() };
            pairs.push(Pair { name, roles, value, shade: None });
            is_value = true;
            continue;
        }
        let Some(last) = pairs.last_mut() else { return Vec::new() };
        if !cell.is_merged && !cell.is_blank() {
            let joint = if last.value.is_empty() {
                ""
            } else if last.value.ends_with(':') {
                " "
            } else {
                "\n"
            };
            last.value.push_str(joint);
            last.value.push_str(&cell.text);
        }
        last.shade = last.shade.take().or_else(|| cell.shade.clone());
        is_value = false;
    }
    pairs
}

/// Adds a pair to its record: an action, or a label that is repeated, begins the next one, except for updates.
fn add(lines: &mut Vec<Item>, pair: Pair, place: (usize, usize)) {
    let Pair { name, roles, value, shade } = pair;
    let part = Part { column: Column { name, roles, ..Column::default() }, pieces: vec![value], shade };
    let is_update = |role: &Role| matches!(role, Role::Progress | Role::Status | Role::Other | Role::Particular(_));
    let is_key = |role: &Role| matches!(role, Role::Action | Role::Recommendation | Role::RecommendationNumber);
    let roles = part.column.roles.clone();
    if let Some(Item::Record(record)) = lines.last_mut() {
        let has = |role: &Role| record.parts.iter().any(|own| own.column.roles.contains(role));
        let is_named = record.parts.iter().any(|own| own.column.name == part.column.name);
        let begins = |role: &Role| has(role) && !is_update(role) && (is_named || is_key(role));
        if !roles.iter().any(begins) {
            record.parts.extend(number(&part));
            record.parts.push(part);
            record.stand_also(&[(place.0, place.1, place.1)]);
            return;
        }
    }
    let parts = number(&part).into_iter().chain([part]).collect();
    let places = vec![(place.0, place.1, place.1)];
    lines.push(Item::Record(Gathered {
        parts,
        places,
        under: DraftUnder::Nothing,
        begins: Begins::Action,
        ..Gathered::default()
    }));
}

/// "Action 2.1": the number in the label of an action.
fn number(part: &Part) -> Option<Part> {
    let last = part.column.name.rsplit(' ').next().filter(|_| part.column.roles.contains(&Role::Action))?;
    let number = last.trim_end_matches('.');
    let column = Column { name: "Number".into(), roles: vec![Role::Number], ..Column::default() };
    number::is_number(number).then(|| Part { column, pieces: vec![number.to_owned()], shade: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(rows: &[&[&str]]) -> Option<Vec<Item>> {
        let rows = rows.iter().map(|cells| Row::new(cells.iter().copied())).collect();
        lines(&Table { rows, ..Table::default() }, 1, &Vocabulary::built_in().unwrap())
    }

    #[test]
    fn a_table_with_headings_down_the_side_is_read_as_records() {
        let lines = read(&[
            &["Recommendation 2", "", "", ""],
            &["Action", "Write a protocol", "", ""],
            &["Lead agency", "ICB", "Target date", "May 2024"],
            &["Update", "Drafted", "", ""],
            &["Action", "Train staff", "", ""],
            &["Lead agency", "Police", "Target date", "June 2024"],
        ])
        .unwrap();
        let Some(Item::Record(first)) = lines.get(1) else { panic!("{lines:?}") };
        assert_eq!(
            (first.text(Role::Action), first.text(Role::Target)),
            ("Write a protocol".into(), "May 2024".into())
        );
        assert_eq!(first.place(), "table 1, rows 2–4");
        assert_eq!(lines.len(), 3);
    }

    #[test]
    fn an_ordinary_table_has_no_headings_down_the_side() {
        assert_eq!(read(&[&["Action", "Lead", "Target date"], &["Write", "ICB", "May 2024"]]), None);
        let rows: [&[&str]; 4] = [
            &["Finding", "Action", "Lead", "Progress"],
            &["Finding 1", "Write to the lead", "ICB", "Done"],
            &["Finding 1", "Train staff", "ICB", "Begun"],
            &["Finding 2", "Name a lead", "Police", ""],
        ];
        assert_eq!(read(&rows), None);
        let on_end: [&[&str]; 3] = [
            &["Action 1", "Write to all", "Lead", "ICB"],
            &["Action 2", "Train staff", "Lead", "Police"],
            &["Action 3", "Meet the lead", "Target date", "May 2024"],
        ];
        assert_eq!(read(&on_end).map(|lines| lines.len()), Some(3), "the labels of records may have numbers");
        assert_eq!(read(&[&["Chair", "Ann"], &["Date of meeting", "May"], &["Venue", "Hall"]]), None);
    }
}
