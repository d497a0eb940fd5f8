//! Rows that say there is nothing to do: "None", "N/A" or "No action required" where the action belongs.

use super::Headers;
use crate::import::cells::action_words;
use crate::import::table::{Cell, Row, Table};
use crate::import::tables::columns::{Column, Header};
use crate::import::words::clean;
use crate::import::words::roles::Role;

/// What makes a row an action whatever its words: somebody does it, or it has a date or a state.
const OF_AN_ACTION: [Role; 9] = [
    Role::Lead,
    Role::Via,
    Role::Target,
    Role::Revised,
    Role::Completed,
    Role::Rating,
    Role::Status,
    Role::Done,
    Role::Progress,
];

/// Makes no action of such rows: a recommendation beside the words stays, and every other row is left out; the
/// sentences that say so.
pub fn clear(table: &mut Table, place: &str, headers: &Headers) -> Vec<String> {
    let mut said = Vec::new();
    let mut header: Option<&Header> = None;
    for (at, row) in table.rows.iter_mut().enumerate() {
        if let Some(next) = headers.get(&at) {
            header = Some(next);
        } else if let Some(words) = header.and_then(|header| nothing(row, header)) {
            let action = header.and_then(|header| action_beside_recommendation(row, header));
            if let Some(action) = action {
                said.push(format!("{place}, row {}: no action is made of “{words}”", at + 1));
                action.text.clear();
            } else {
                said.push(super::left_out(place, at, "nothing is to be done", row));
                row.cells.iter_mut().for_each(|cell| *cell = Cell::default());
            }
        }
    }
    said
}

/// The words for there being no action, if the row has nothing else that an action has.
fn nothing(row: &Row, header: &Header) -> Option<String> {
    let action = row.text(header.place(Role::Action)?);
    let says = |cell: &Cell| !cell.text.trim().is_empty() && !action_words::is_none(&cell.text);
    let is_painted = |cell: &Cell, column: &Column| cell.shade.is_some() && column.roles.contains(&Role::Rating);
    let is_of_it = |column: &Column| column.roles.iter().any(|role| OF_AN_ACTION.contains(role));
    let mut cells = row.cells.iter().zip(&header.columns);
    let has_else = cells.any(|(cell, column)| is_of_it(column) && says(cell) || is_painted(cell, column));
    let is_alone = header.columns.get(header.place(Role::Action)?)?.roles == [Role::Action];
    (is_alone && !has_else && action_words::is_none(action)).then(|| clean::line(action))
}

/// The cell of the action, where the row has a recommendation or finding too.
fn action_beside_recommendation<'a>(row: &'a mut Row, header: &Header) -> Option<&'a mut Cell> {
    let has = |role| header.place(role).is_some_and(|at| !row.text(at).trim().is_empty());
    let stays = has(Role::Recommendation) || has(Role::Finding);
    row.cells.get_mut(header.place(Role::Action)?).filter(|_| stays)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::words::vocabulary::Vocabulary;

    fn left(rows: &[&[&str]]) -> (Vec<Vec<String>>, Vec<String>) {
        let rows = rows.iter().map(|row| Row::new(row.iter().copied())).collect();
        let mut table = Table { rows, ..Table::default() };
        let headers = super::super::headers(&table, &Vocabulary::built_in().unwrap());
        let said = clear(&mut table, "table 1", &headers);
        (table.rows.iter().map(|row| row.cells.iter().map(|cell| cell.text.clone()).collect()).collect(), said)
    }

    #[test]
    fn a_recommendation_that_needs_no_action_stays_without_one() {
        let header: &[&str] = &["No", "Recommendation", "Action", "Lead", "Target date"];
        let (rows, said) = left(&[header, &["1", "Train the swans", "No action required", "N/A", "-"]]);
        assert_eq!(rows[1], ["1", "Train the swans", "", "N/A", "-"]);
        assert_eq!(said, ["table 1, row 2: no action is made of “No action required”"]);
    }

    #[test]
    fn a_row_with_nothing_to_do_is_left_out_and_quoted() {
        let header: &[&str] = &["Standard", "Action required", "By whom", "By when"];
        let (rows, said) = left(&[header, &["Safe ponds", "None", "", ""]]);
        assert!(rows[1].iter().all(String::is_empty));
        assert_eq!(said, ["table 1, row 2 was left out (nothing is to be done): “Safe ponds: None”"]);
    }

    #[test]
    fn what_has_a_lead_a_date_or_a_state_is_an_action_whatever_it_says() {
        let header: &[&str] = &["Recommendation", "Action", "Lead", "RAG"];
        for row in [["Train the swans", "None", "Ducks", ""], ["Train the swans", "N/A", "", "Green"]] {
            let (rows, said) = left(&[header, &row]);
            assert_eq!((rows[1][1].as_str(), said), (row[1], Vec::new()));
        }
        let mut painted = Row::new(["Train the swans", "None", "", ""]);
        painted.cells[3].shade = Some("Green".into());
        let mut table = Table { rows: vec![Row::new(header.iter().copied()), painted], ..Table::default() };
        let headers = super::super::headers(&table, &Vocabulary::built_in().unwrap());
        assert_eq!(clear(&mut table, "table 1", &headers), Vec::<String>::new());
    }
}
