//! Reading the log.

use rusqlite::{OptionalExtension, Params, Result};

use crate::domain::change::{Batch, Change};
use crate::domain::id::Id;
use crate::problem::Problem;

use crate::stub::undo::BatchHead;

use super::trouble::Doing;
use super::{Store, rows};

impl Store {
    /// Every batch, in the log's order (by first change).
    pub fn log(&self) -> Result<Vec<Batch>, Problem> {
        self.batches("1 ORDER BY c.lamport, c.origin, c.seq", []).map_err(|error| Doing::Reading.failed(&error))
    }

    /// One batch with its changes.
    pub fn batch(&self, id: Id) -> Result<Option<Batch>, Problem> {
        let read = || {
            let own = (id.to_string(), id.origin.to_string(), rows::sql(id.seq)?);
            self.batches("c.batch = ?1 AND c.origin = ?2 AND c.seq >= ?3 ORDER BY c.seq", own)
        };
        read().map(|batches| batches.into_iter().next()).map_err(|error| Doing::Reading.failed(&error))
    }

    /// One change.
    pub fn change(&self, id: Id) -> Result<Option<Change>, Problem> {
        let sql = format!("SELECT {} FROM change c WHERE c.origin = ?1 AND c.seq = ?2", rows::CHANGE);
        let read = || {
            let mut statement = self.db.prepare_cached(&sql)?;
            statement.query_row((id.origin.to_string(), rows::sql(id.seq)?), rows::change).optional()
        };
        read().map_err(|error| Doing::Reading.failed(&error))
    }

    /// Who wrote which batch and why, newest first.
    pub fn heads_newest_first(&self) -> Result<Vec<BatchHead>, Problem> {
        let mut batches = self.log()?;
        batches.reverse();
        Ok(batches.into_iter().map(|b| BatchHead { id: b.id, author: b.author, cause: b.cause }).collect())
    }

    /// The batches of the changes that a condition picks, in the order in which it gives them.
    pub(super) fn batches(&self, condition: &str, params: impl Params) -> Result<Vec<Batch>> {
        let sql = format!(
            "SELECT {}, {} FROM change c JOIN batch b ON b.id = c.batch WHERE {condition}",
            rows::CHANGE,
            rows::BATCH
        );
        let mut statement = self.db.prepare_cached(&sql)?;
        let mut found = statement.query(params)?;
        let mut batches = Gathered::default();
        while let Some(row) = found.next()? {
            batches.take(row)?;
        }
        Ok(batches.list)
    }
}

/// Changes on their way into their batches.
#[derive(Default)]
struct Gathered {
    list: Vec<Batch>,
    places: std::collections::HashMap<String, usize>,
}

impl Gathered {
    fn take(&mut self, row: &rusqlite::Row<'_>) -> Result<()> {
        let change = rows::change(row)?;
        let batch = row.get_ref(3)?.as_str()?;
        let place = match self.places.get(batch) {
            Some(place) => *place,
            None => {
                self.places.insert(batch.to_owned(), self.list.len());
                self.list.push(rows::batch(rows::header(row, 5)?)?);
                self.list.len() - 1
            }
        };
        if let Some(batch) = self.list.get_mut(place) {
            batch.changes.push(change);
        }
        Ok(())
    }
}
