//! Tables that stand on end: the names of the fields in the first column, one action below the other.

use super::columns::{self, Column};
use super::gathered::{Begins, Gathered, Part};
use super::headings::{self, Heading};
use crate::domain::draft::DraftUnder;
use crate::import::table::{Cell, Row, Table};
use crate::import::words::fields::Field;
use crate::import::words::vocabulary::Vocabulary;
use crate::import::words::{clean, number};

/// Fewer labels than this make no record.
const LABELS: usize = 3;

/// Rows among which the labels of the first record are.
const BEGINNING: usize = 30;

/// What a row of such a table is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// A title above or between the records.
    Title(String),
    /// An action with its fields.
    Record(Gathered),
}

/// A label with its value.
struct Pair {
    name: String,
    fields: Vec<Field>,
    value: String,
    shade: Option<String>,
}

/// The records of a table on end; `None` where it is an ordinary table. `place` is the table's number in the document.
pub fn lines(table: &Table, place: usize, vocabulary: &Vocabulary) -> Option<Vec<Line>> {
    let rows: Vec<(usize, &Row)> = table.rows.iter().enumerate().filter(|(_, row)| !row.is_blank()).collect();
    // Nearly every table is an ordinary one, and its beginning shows that.
    let begins = |(_, row): &&(usize, &Row)| !columns::label(row.text(0), vocabulary).is_empty();
    if rows.iter().take(BEGINNING).filter(begins).count() < LABELS {
        return None;
    }
    let pairs: Vec<Vec<Pair>> = rows.iter().map(|(_, row)| pairs(row, vocabulary)).collect();
    if !is_on_end(&pairs) {
        return None;
    }
    let mut lines: Vec<Line> = Vec::new();
    for ((at, row), pairs) in rows.into_iter().zip(pairs) {
        if pairs.is_empty() {
            lines.push(Line::Title(super::remnant::line(row, ": ")));
        }
        for pair in pairs {
            add(&mut lines, pair, (place, at + 1));
        }
    }
    Some(lines)
}

/// Most rows begin with a label; the labels are of several fields, and some of them say what is to be done and by whom.
fn is_on_end(pairs: &[Vec<Pair>]) -> bool {
    let labelled = pairs.iter().filter(|row| !row.is_empty()).count();
    let mut seen: Vec<Field> = pairs.iter().flatten().flat_map(|pair| pair.fields.iter().copied()).collect();
    seen.sort_unstable();
    seen.dedup();
    let has = |fields: &[Field]| fields.iter().any(|field| seen.contains(field));
    labelled >= LABELS
        && labelled * 10 >= pairs.len() * 6
        && seen.len() >= LABELS
        && has(&[Field::Action])
        && has(&[Field::Lead, Field::Target, Field::Rating, Field::Status, Field::Progress])
}

/// The labels of a row with their values: "Lead | ICB", "Lead | ICB | By when | May 2024". None where it has no label.
fn pairs(row: &Row, vocabulary: &Vocabulary) -> Vec<Pair> {
    let mut pairs: Vec<Pair> = Vec::new();
    let mut is_value = false;
    if row.cells.iter().skip(1).all(Cell::is_blank) && headings::of(row.text(0), vocabulary).is_some() {
        return pairs;
    }
    for (at, cell) in row.cells.iter().enumerate() {
        let fields = if is_value { Vec::new() } else { columns::label(&cell.text, vocabulary) };
        let begins = |field: &Field| matches!(field, Field::Action | Field::Recommendation);
        let has_value = at + 1 < row.cells.len() || at == 0 && !fields.iter().any(begins);
        if !fields.is_empty() && has_value && !cell.is_blank() {
            let name = clean::line(&cell.text).trim_end_matches(':').to_owned();
            let is_numbered = matches!(headings::of(&name, vocabulary), Some(Heading::Recommendation { .. }));
            let value = if is_numbered { format!("{name}:") } else { String::new() };
            pairs.push(Pair { name, fields, value, shade: None });
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

/// Adds a pair to the record it belongs to: an action, or a label that has come already, begins the next, but for updates.
fn add(lines: &mut Vec<Line>, pair: Pair, place: (usize, usize)) {
    let Pair { name, fields, value, shade } = pair;
    let part = Part { column: Column { name, fields }, pieces: vec![value], shade };
    let is_update = |field: &Field| matches!(field, Field::Progress | Field::Status | Field::Other | Field::Outcome);
    let is_key = |field: &Field| matches!(field, Field::Action | Field::Recommendation | Field::RecommendationNumber);
    let fields = part.column.fields.clone();
    if let Some(Line::Record(record)) = lines.last_mut() {
        let has = |field: &Field| record.parts.iter().any(|own| own.column.fields.contains(field));
        let is_named = record.parts.iter().any(|own| own.column.name == part.column.name);
        let begins = |field: &Field| has(field) && !is_update(field) && (is_named || is_key(field));
        if !fields.iter().any(begins) {
            record.parts.extend(number(&part));
            record.parts.push(part);
            record.stand_also(&[(place.0, place.1, place.1)]);
            return;
        }
    }
    let parts = number(&part).into_iter().chain([part]).collect();
    let places = vec![(place.0, place.1, place.1)];
    lines.push(Line::Record(Gathered {
        parts,
        places,
        under: DraftUnder::Nothing,
        begins: Begins::Action,
        ..Gathered::default()
    }));
}

/// "Action 2.1": the number in the label of an action.
fn number(part: &Part) -> Option<Part> {
    let last = part.column.name.rsplit(' ').next().filter(|_| part.column.fields.contains(&Field::Action))?;
    let number = last.trim_end_matches('.');
    let column = Column { name: "Number".into(), fields: vec![Field::Number] };
    number::is_number(number).then(|| Part { column, pieces: vec![number.to_owned()], shade: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(rows: &[&[&str]]) -> Option<Vec<Line>> {
        let rows = rows.iter().map(|cells| Row::new(cells.iter().copied())).collect();
        lines(&Table { rows, ..Table::default() }, 1, &Vocabulary::built_in().unwrap())
    }

    #[test]
    fn a_table_on_end_is_records() {
        let lines = read(&[
            &["Recommendation 2", "", "", ""],
            &["Action", "Write a protocol", "", ""],
            &["Lead agency", "ICB", "Target date", "May 2024"],
            &["Update", "Drafted", "", ""],
            &["Action", "Train staff", "", ""],
            &["Lead agency", "Police", "Target date", "June 2024"],
        ])
        .unwrap();
        let Some(Line::Record(first)) = lines.get(1) else { panic!("{lines:?}") };
        assert_eq!(
            (first.text(Field::Action), first.text(Field::Target)),
            ("Write a protocol".into(), "May 2024".into())
        );
        assert_eq!(first.place(), "table 1, rows 2–4");
        assert_eq!(lines.len(), 3);
    }

    #[test]
    fn an_ordinary_table_is_not_on_end() {
        assert_eq!(read(&[&["Action", "Lead", "Target date"], &["Write", "ICB", "May 2024"]]), None);
        assert_eq!(read(&[&["Chair", "Ann"], &["Date of meeting", "May"], &["Venue", "Hall"]]), None);
    }
}
