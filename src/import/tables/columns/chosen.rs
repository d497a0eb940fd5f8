//! Columns as a person says them, where a table has no header row.

use super::{Column, Field, Header};
use crate::import::words::chosen::Chosen;

/// The columns of a table without a header row, where it was said by their places which of them are actions.
pub fn unheaded(chosen: &Chosen, width: usize) -> Option<Header> {
    let columns = chosen.by_place(width).into_iter().enumerate().map(|(at, fields)| Column {
        name: format!("Column {}", at + 1),
        fields: fields.map(<[Field]>::to_vec).unwrap_or_default(),
    });
    let header = Header { columns: columns.collect(), is_raised: false };
    header.has(Field::Action).then_some(header)
}

/// The columns that were inferred from their cells, but for what was said of them; `None` where that leaves no actions.
/// What a cell suggests gives way: a field that is said of one column is no other's.
pub fn over(chosen: &Chosen, inferred: &Header) -> Option<Header> {
    let names: Vec<String> = inferred.columns.iter().map(|column| column.name.clone()).collect();
    let chosen = chosen.of(&names);
    let mut header = inferred.clone();
    for (column, chosen_here) in header.columns.iter_mut().zip(&chosen) {
        match chosen_here {
            Some(fields) => column.fields = fields.to_vec(),
            None => column.fields.retain(|field| !chosen.iter().flatten().any(|fields| fields.contains(field))),
        }
    }
    header.has(Field::Action).then_some(header)
}
