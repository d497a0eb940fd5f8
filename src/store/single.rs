//! Single changes and batches, read without the rest of the log.

use rusqlite::{Connection, OptionalExtension, Result, Row};

use crate::domain::change::{Batch, Change, Kind, Op, Value};
use crate::domain::id::Id;
use crate::domain::trail::SomeChanges;
use crate::problem::Problem;

use super::trouble::Doing;
use super::{Store, erasures, rows};

/// What a change that shows whether its batch split or joined actions has in its body: what is not parsed needs no time.
const REGROUPING: [&str; 4] = ["\"text\"", "\"raw\":[", "\"withdrawn\"", "\"action\""];

/// How those begin that have such words and show nothing: an entry or a minute is added.
const PLAIN: [&str; 2] = [r#"{"add":{"entry""#, r#"{"add":{"minute""#];

impl SomeChanges for Store {
    fn change(&self, id: Id) -> std::result::Result<Option<Batch>, Problem> {
        let read = || {
            let Some((of, change)) = change(&self.db, id)? else { return Ok(None) };
            Ok(header(&self.db, &of)?.map(|batch| Batch { changes: vec![change], ..batch }))
        };
        read().map_err(|error: rusqlite::Error| Doing::Reading.failed(error))
    }

    fn regrouping(&self, batch: Id) -> std::result::Result<Vec<Change>, Problem> {
        let is_plain = |body: &str| PLAIN.iter().any(|start| body.starts_with(start));
        let may = |body: &str| !is_plain(body) && REGROUPING.iter().any(|word| body.contains(word));
        let mut changes = changes(&self.db, batch, may).map_err(|error| Doing::Reading.failed(error))?;
        changes.retain(|change| match &change.op {
            Op::Add { kind, .. } => matches!(kind, Kind::Action { .. }),
            Op::Set { value, .. } => matches!(value, Value::Text(_) | Value::Raw(_) | Value::Withdrawn(_)),
            Op::Unknown { .. } | Op::Erase { .. } | Op::Absent => false,
        });
        Ok(changes)
    }
}

/// One change, with the id of its batch.
pub fn change(db: &Connection, id: Id) -> Result<Option<(String, Change)>> {
    let sql = format!("SELECT {} FROM change c WHERE c.origin = ?1 AND c.seq = ?2", rows::CHANGE);
    let own = (id.origin.to_string(), rows::sql(id.seq)?);
    let read = |row: &Row<'_>| Ok((row.get(3)?, rows::change(row)?));
    let found: Option<(String, Change)> = db.prepare_cached(&sql)?.query_row(own, read).optional()?;
    found.map(|(batch, change)| Ok((batch, as_it_reads(db, change)?))).transpose()
}

/// A batch without its changes.
pub fn header(db: &Connection, id: &str) -> Result<Option<Batch>> {
    let sql = format!("SELECT {} FROM batch b WHERE b.id = ?1", rows::BATCH);
    let read = |row: &Row<'_>| rows::batch(rows::header(row, 0)?);
    db.prepare_cached(&sql)?.query_row([id], read).optional()
}

/// A batch with all its changes.
pub fn batch(db: &Connection, id: Id) -> Result<Option<Batch>> {
    let changes = changes(db, id, |_| true)?;
    if changes.is_empty() {
        return Ok(None);
    }
    Ok(header(db, &id.to_string())?.map(|batch| Batch { changes, ..batch }))
}

/// Those changes of a batch whose bodies pass, and those whose words are not in the file. They follow one another, so the
/// first of another batch is the end.
fn changes(db: &Connection, batch: Id, may: impl Fn(&str) -> bool) -> Result<Vec<Change>> {
    let sql =
        format!("SELECT {} FROM change c WHERE c.origin = ?1 AND c.seq >= ?2 ORDER BY c.origin, c.seq", rows::CHANGE);
    let own = batch.to_string();
    let mut statement = db.prepare_cached(&sql)?;
    let mut found = statement.query((batch.origin.to_string(), rows::sql(batch.seq)?))?;
    let mut changes = Vec::new();
    while let Some(row) = found.next()? {
        if row.get_ref(3)?.as_str()? != own {
            break;
        }
        if row.get_ref(4)?.as_str_or_null().map_or(true, |body| body.is_none_or(&may)) {
            changes.push(as_it_reads(db, rows::change(row)?)?);
        }
    }
    Ok(changes)
}

/// The change as it now reads.
fn as_it_reads(db: &Connection, change: Change) -> Result<Change> {
    if change.op != Op::Absent {
        return Ok(change);
    }
    let op = erasures::restated_as(db, change.id)?;
    Ok(Change { op: op.unwrap_or(Op::Absent), ..change })
}
