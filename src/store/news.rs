//! What other processes have written to the same file.

use std::collections::BTreeMap;

use rusqlite::{Connection, Result};

use crate::domain::change::Batch;
use crate::domain::id::Origin;
use crate::problem::Problem;

use super::chain::Tip;
use super::trouble::Doing;
use super::{Store, rows};

impl Store {
    /// The batches that others have written since the last look, oldest first. Costs next to nothing if there are none.
    pub fn news(&mut self) -> Result<Vec<Batch>, Problem> {
        self.look().map_err(|error| Doing::Reading.failed(&error))?;
        Ok(std::mem::take(&mut self.missed))
    }

    /// Collects what others wrote into `missed`.
    pub(super) fn look(&mut self) -> Result<()> {
        let version = data_version(&self.db)?;
        if version == self.data_version {
            return Ok(());
        }
        let tips = tips(&self.db)?;
        for (origin, tip) in &tips {
            let seen = self.tips.get(origin).map_or(0, |tip| tip.seq);
            if tip.seq > seen {
                let new = self
                    .batches("c.origin = ?1 AND c.seq > ?2 ORDER BY c.seq", (origin.to_string(), rows::sql(seen)?))?;
                self.missed.extend(new);
            }
        }
        self.tips = tips;
        self.data_version = version;
        self.missed.sort_by_key(|batch| batch.changes.first().map(|change| (change.lamport, change.id)));
        Ok(())
    }
}

pub fn data_version(db: &Connection) -> Result<i64> {
    db.prepare_cached("PRAGMA data_version")?.query_row([], |row| row.get(0))
}

/// How far every origin's chain has come. Steps from origin to origin by the index; never reads the whole log.
pub fn tips(db: &Connection) -> Result<BTreeMap<Origin, Tip>> {
    let mut statement = db.prepare_cached(
        "WITH RECURSIVE o (origin) AS (
           SELECT min(origin) FROM change
           UNION ALL SELECT (SELECT min(origin) FROM change WHERE origin > o.origin) FROM o WHERE o.origin IS NOT NULL)
         SELECT o.origin, c.seq, c.hash FROM o JOIN change c ON c.origin = o.origin
          AND c.seq = (SELECT max(seq) FROM change WHERE origin = o.origin)",
    )?;
    let rows = statement
        .query_map([], |row| Ok((rows::origin(row, 0)?, Tip { seq: rows::number(row, 1)?, hash: row.get(2)? })))?;
    rows.collect()
}
