//! What other processes have written to the same file.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::domain::change::Batch;
use crate::domain::id::Origin;
use crate::problem::Problem;

use super::chain::Tip;
use super::trouble::{Doing, Fault};
use super::{Store, connect, migrate, rows, schema, tips};

impl Store {
    /// The batches that others have written since the last call, oldest first. Almost free if there are none.
    pub fn news(&mut self) -> Result<Vec<Batch>, Problem> {
        self.look().map_err(|fault| Doing::Reading.failed(fault))?;
        Ok(std::mem::take(&mut self.missed))
    }

    /// Like [`Store::news`], but never waits: if another program is in the middle of writing, its changes come later.
    pub fn news_at_hand(&mut self) -> Result<Vec<Batch>, Problem> {
        let looked = self.look_without_waiting();
        match looked {
            Err(fault) if !fault.is_busy() => Err(Doing::Reading.failed(fault)),
            Ok(()) | Err(_) => Ok(std::mem::take(&mut self.missed)),
        }
    }

    fn look_without_waiting(&mut self) -> Result<(), Fault> {
        self.db.busy_timeout(Duration::ZERO)?;
        let looked = self.look();
        connect::patient(&self.db)?;
        looked
    }

    /// Collects what others wrote into `missed`; fails if the file no longer holds what it held before.
    pub(super) fn look(&mut self) -> Result<(), Fault> {
        let version = tips::data_version(&self.db)?;
        if version == self.data_version {
            return Ok(());
        }
        // Kept separate until all is read, so that after a failure half-way nothing is applied twice.
        let (now, found) = connect::at_one_moment(&self.db, |_| self.read_news())?;
        self.missed.extend(found);
        self.missed.sort_by_key(|batch| batch.changes.first().map(|change| (change.lamport, change.id)));
        self.tips = now;
        self.data_version = version;
        Ok(())
    }

    /// Where the chains now end, and what was added since.
    fn read_news(&self) -> Result<(BTreeMap<Origin, Tip>, Vec<Batch>), Fault> {
        self.confirm()?;
        let now = tips::tips(&self.db)?;
        let mut found = Vec::new();
        for (origin, tip) in &now {
            let seen = self.tips.get(origin).map_or(0, |tip| tip.seq);
            if tip.seq > seen {
                let own = (origin.to_string(), rows::sql(seen)?);
                found.extend(self.batches("c.origin = ?1 AND c.seq > ?2 ORDER BY c.seq", own)?);
            }
        }
        Ok((now, found))
    }

    /// Fails if another register or an older state of this one has been written over the open file, or if a newer
    /// version of the program has upgraded its format.
    fn confirm(&self) -> Result<(), Fault> {
        let format = migrate::format(&self.db)?;
        if format > schema::CURRENT {
            let why = format!("a newer version of arising has upgraded the file to format {format}");
            return Err(Doing::Saving.because(why, "Continue in the newer version; everything saved is in it.").into());
        }
        let uuid = schema::uuid(&self.db)?;
        for (origin, tip) in &self.tips {
            if !tips::holds(&self.db, *origin, *tip)? {
                return Err(Fault::Replaced);
            }
        }
        if uuid == self.uuid { Ok(()) } else { Err(Fault::Replaced) }
    }
}
