//! What other processes have written to the same file.

use crate::domain::change::Batch;
use crate::problem::Problem;

use super::trouble::{Doing, Fault};
use super::{Store, migrate, rows, schema, tips};

impl Store {
    /// The batches that others have written since the last look, oldest first. Costs next to nothing if there are none.
    pub fn news(&mut self) -> Result<Vec<Batch>, Problem> {
        self.look().map_err(|fault| Doing::Reading.failed(fault))?;
        Ok(std::mem::take(&mut self.missed))
    }

    /// Collects what others wrote into `missed`; fails if the file no longer holds what it held.
    pub(super) fn look(&mut self) -> Result<(), Fault> {
        let version = tips::data_version(&self.db)?;
        if version == self.data_version {
            return Ok(());
        }
        self.confirm()?;
        let now = tips::tips(&self.db)?;
        for (origin, tip) in &now {
            let seen = self.tips.get(origin).map_or(0, |tip| tip.seq);
            if tip.seq > seen {
                let own = (origin.to_string(), rows::sql(seen)?);
                self.missed.extend(self.batches("c.origin = ?1 AND c.seq > ?2 ORDER BY c.seq", own)?);
            }
        }
        self.missed.sort_by_key(|batch| batch.changes.first().map(|change| (change.lamport, change.id)));
        self.tips = now;
        self.data_version = version;
        Ok(())
    }

    /// Fails if another register, or an older state of this one, has been written over the open file, or a newer
    /// program has brought it to a newer format.
    fn confirm(&self) -> Result<(), Fault> {
        let format = migrate::format(&self.db)?;
        if format > schema::CURRENT {
            let why = format!("a newer arising has brought the file to format {format}");
            return Err(Doing::Saving.because(why, "Go on with the newer one; what was saved is in it.").into());
        }
        let uuid: String = self.db.query_row("SELECT value FROM about WHERE name = 'uuid'", [], |row| row.get(0))?;
        for (origin, tip) in &self.tips {
            if !tips::holds(&self.db, *origin, *tip)? {
                return Err(Fault::Replaced);
            }
        }
        if uuid == self.uuid { Ok(()) } else { Err(Fault::Replaced) }
    }
}
