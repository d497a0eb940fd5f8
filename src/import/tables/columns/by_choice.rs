//! Columns as the user says them, where a table has no header row.

use super::{Column, Header, Role};
use crate::import::words::column_choices::ColumnChoices;

/// The columns of a table without a header row, if the user mapped them by position.
pub fn unheaded(chosen: &ColumnChoices, width: usize) -> Option<Header> {
    let columns = chosen.by_place(width).into_iter().enumerate().map(|(at, roles)| Column {
        name: format!("Column {}", at + 1),
        roles: roles.map(<[Role]>::to_vec).unwrap_or_default(),
        ..Column::default()
    });
    let header = Header { columns: columns.collect(), is_raised: false };
    header.has(Role::Action).then_some(header)
}

/// The inferred columns, overridden by their mappings; `None` where that leaves no actions. Inferences give
/// way: a role that was given to one column is taken from every other.
pub fn over(chosen: &ColumnChoices, inferred: &Header) -> Option<Header> {
    let names: Vec<String> = inferred.columns.iter().map(|column| column.name.clone()).collect();
    let chosen = chosen.of(&names);
    let mut header = inferred.clone();
    for (column, chosen_here) in header.columns.iter_mut().zip(&chosen) {
        match chosen_here {
            Some(roles) => column.roles = roles.to_vec(),
            None => column.roles.retain(|role| !chosen.iter().flatten().any(|roles| roles.contains(role))),
        }
    }
    header.has(Role::Action).then_some(header)
}
