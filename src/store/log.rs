//! Reading the log.

use std::collections::{BTreeMap, HashMap};

use chrono::DateTime;
use rusqlite::{Connection, OptionalExtension, Params, Result, Row};

use crate::domain::arrival::Arrival;
use crate::domain::change::{Batch, Change};
use crate::domain::id::{Id, Origin};
use crate::problem::Problem;

use super::chain::Tip;
use super::erasures::{self, Restated};
use super::trouble::Doing;
use super::{Store, rows, single};

impl Store {
    /// Every batch, in log order (by first change).
    pub fn log(&self) -> Result<Vec<Batch>, Problem> {
        all(&self.db).map_err(|error| Doing::Reading.failed(error))
    }

    /// What was merged into this file, oldest first. Nothing vouches for these rows: one that cannot be read is left out.
    pub fn arrivals(&self) -> Result<Vec<Arrival>, Problem> {
        let read = || -> Result<Vec<Option<Arrival>>> {
            let mut statement = self.db.prepare("SELECT at, author, source, changes FROM merged ORDER BY rowid")?;
            let rows = statement.query_map([], |row| Ok(arrival(row).ok()))?;
            rows.collect()
        };
        let rows = read().map_err(|error| Doing::Reading.failed(error))?;
        Ok(rows.into_iter().flatten().collect())
    }

    /// Every import: the id of its first change, and the number of its last.
    pub fn imports(&self) -> Result<Vec<(Id, u64)>, Problem> {
        imports(&self.db, &self.tips).map_err(|error| Doing::Reading.failed(error))
    }

    /// One batch with its changes.
    pub fn batch(&self, id: Id) -> Result<Option<Batch>, Problem> {
        single::batch(&self.db, id).map_err(|error| Doing::Reading.failed(error))
    }

    /// One change.
    pub fn change(&self, id: Id) -> Result<Option<Change>, Problem> {
        let read = single::change(&self.db, id).map_err(|error| Doing::Reading.failed(error))?;
        Ok(read.map(|(_, change)| change))
    }

    pub(super) fn batches(&self, condition: &str, params: impl Params) -> Result<Vec<Batch>> {
        batches(&self.db, condition, params)
    }
}

fn arrival(row: &Row<'_>) -> Result<Arrival> {
    let at: String = row.get(0)?;
    let at = DateTime::parse_from_rfc3339(&at).map_err(|_| rows::unreadable(0))?;
    Ok(Arrival { at, author: row.get(1)?, source: row.get(2)?, changes: rows::number(row, 3)? })
}

/// Every batch, in log order.
pub fn all(db: &Connection) -> Result<Vec<Batch>> {
    batches(db, "1 ORDER BY c.lamport, c.origin, c.seq", [])
}

/// Visits every change in log order, with its batch's header but not that batch's other changes: a log of any length
/// takes no more memory than its longest change.
pub fn each(db: &Connection, mut take: impl FnMut(&Batch, &Change)) -> Result<()> {
    let sql = format!(
        "SELECT {}, {} FROM change c JOIN batch b ON b.id = c.batch ORDER BY c.lamport, c.origin, c.seq",
        rows::CHANGE,
        rows::BATCH
    );
    let mut statement = db.prepare(&sql)?;
    let mut found = statement.query([])?;
    let restated = erasures::restated(db)?;
    let mut current: Option<(String, Batch)> = None;
    while let Some(row) = found.next()? {
        let change = erasures::as_restated(rows::change(row)?, &restated);
        let id = row.get_ref(3)?.as_str()?;
        let batch = match current.take() {
            Some((known, batch)) if known == id => (known, batch),
            Some(_) | None => (id.to_owned(), rows::batch(rows::header(row, 5)?)?),
        };
        take(&batch.1, &change);
        current = Some(batch);
    }
    Ok(())
}

fn imports(db: &Connection, ends: &BTreeMap<Origin, Tip>) -> Result<Vec<(Id, u64)>> {
    let mut found = db.prepare_cached("SELECT id FROM batch WHERE cause LIKE '{\"kind\":\"import\"%'")?;
    let ids: Vec<String> = found.query_map([], |row| row.get(0))?.collect::<Result<_>>()?;
    let import = |text: &String| {
        let id: Id = text.parse().map_err(|_| rows::unreadable(0))?;
        let end = ends.get(&id.origin).map_or(0, |tip| tip.seq);
        Ok((id, last_of(db, id, end)?))
    };
    ids.iter().map(import).collect()
}

/// The number of the last change of the batch that begins with `first`, found by halving: the changes of a batch follow one
/// another, and `end` is the last of its origin.
fn last_of(db: &Connection, first: Id, end: u64) -> Result<u64> {
    let mut batch_of = db.prepare_cached("SELECT batch FROM change WHERE origin = ?1 AND seq = ?2")?;
    let (origin, batch) = (first.origin.to_string(), first.to_string());
    let (mut inside, mut beyond) = (first.seq, end.max(first.seq) + 1);
    while beyond - inside > 1 {
        let middle = inside + (beyond - inside) / 2;
        let found: Option<String> = batch_of.query_row((&origin, rows::sql(middle)?), |row| row.get(0)).optional()?;
        *(if found.as_ref() == Some(&batch) { &mut inside } else { &mut beyond }) = middle;
    }
    Ok(inside)
}

/// The batches of the changes that a condition selects, in its order.
pub fn batches(db: &Connection, condition: &str, params: impl Params) -> Result<Vec<Batch>> {
    let sql = format!(
        "SELECT {}, {} FROM change c JOIN batch b ON b.id = c.batch WHERE {condition}",
        rows::CHANGE,
        rows::BATCH
    );
    let mut statement = db.prepare_cached(&sql)?;
    let mut found = statement.query(params)?;
    let mut batches = Gathered { restated: erasures::restated(db)?, ..Gathered::default() };
    while let Some(row) = found.next()? {
        batches.take(row)?;
    }
    Ok(batches.list)
}

/// Groups changes into their batches.
#[derive(Default)]
struct Gathered {
    list: Vec<Batch>,
    places: HashMap<String, usize>,
    restated: Restated,
}

impl Gathered {
    fn take(&mut self, row: &Row<'_>) -> Result<()> {
        let change = erasures::as_restated(rows::change(row)?, &self.restated);
        let batch = row.get_ref(3)?.as_str()?;
        let place = if let Some(place) = self.places.get(batch) {
            *place
        } else {
            self.places.insert(batch.to_owned(), self.list.len());
            self.list.push(rows::batch(rows::header(row, 5)?)?);
            self.list.len() - 1
        };
        if let Some(batch) = self.list.get_mut(place) {
            batch.changes.push(change);
        }
        Ok(())
    }
}
