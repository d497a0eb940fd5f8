//! How every write happens: to the file that was opened, all or nothing, and complete once COMMIT has returned.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset};

use crate::domain::change::Cause;
use crate::domain::id::Origin;
use crate::problem::Problem;

use super::chain::Tip;
use super::trouble::{Doing, Fault};
use super::{Access, Store};

/// What is about to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Before {
    /// By one act of the user.
    OneChange,
    /// An import, a merge.
    Many,
    /// An erasure: what is only noted goes with it.
    Erasing,
}

impl From<&Cause> for Before {
    fn from(cause: &Cause) -> Before {
        match cause {
            Cause::Edit | Cause::Undo { .. } | Cause::Redo { .. } => Before::OneChange,
            Cause::Import { .. } => Before::Many,
            Cause::Erasure => Before::Erasing,
        }
    }
}

impl Store {
    /// Whether the next write may proceed: the file is writable, verified and backed up.
    pub(super) fn make_ready(&mut self, at: &DateTime<FixedOffset>, before: Before) -> Result<(), Problem> {
        self.may_write()?;
        if !self.backed_up {
            self.backed_up = true;
            if !self.has_backup(at, before) {
                self.backup_before_writing(at);
            }
            self.meet(at);
        }
        Ok(())
    }

    /// Whether the state before this write is among the backups: in a copy; before many changes also as a restore point, which is
    /// made now; before one change also in the newest backup, on a day that has one, with what is noted beside it.
    fn has_backup(&mut self, at: &DateTime<FixedOffset>, before: Before) -> bool {
        match before {
            Before::OneChange => self.is_noted(at),
            Before::Many => self.has_put_point(at) || self.under_way.is_copied(),
            Before::Erasing => self.under_way.is_copied(),
        }
    }

    fn is_noted(&mut self, at: &DateTime<FixedOffset>) -> bool {
        if let Some(since) = self.under_way.noted() {
            self.since = since;
        }
        self.find_since();
        self.under_way.is_secured() || (self.since.leads_to(&self.tips) && self.has_backup_of_today(at))
    }

    /// Whether the file is writable and verified; verifies it if that has not been done.
    pub(super) fn may_write(&mut self) -> Result<(), Problem> {
        if self.access == Access::ReadOnly {
            let why = self.notice.clone().unwrap_or_else(|| "the register was opened for reading only".into());
            return Err(Doing::Saving.because(why, "To change it, copy the register to one of your own folders."));
        }
        self.verify()
            .map_err(|problem| Doing::Saving.because(format!("{}: {}", problem.what, problem.why), problem.hint))
    }

    /// Runs `work` in one transaction that holds the write lock.
    pub(super) fn transaction<T>(&mut self, work: impl FnOnce(&mut Store) -> Result<T, Fault>) -> Result<T, Fault> {
        self.check_place(0)?;
        let tips = self.tips.clone();
        self.db.execute_batch("BEGIN IMMEDIATE")?;
        let (as_left, place) = (self.as_left.clone(), self.place.clone());
        let write = || self.check_size().and_then(|()| work(self)).and_then(|done| self.commit(done));
        let done = match place {
            Some(place) => as_left.through(&place, write),
            None => write(),
        };
        match &done {
            Ok(_) => {
                self.keeper.confirm(self.own_tip());
                self.note_since();
                self.forget_again();
            }
            Err(_) => self.take_back(tips),
        }
        done
    }

    /// After a failed write. After most failures `SQLite` has already rolled back.
    fn take_back(&mut self, tips: BTreeMap<Origin, Tip>) {
        if !self.db.is_autocommit() {
            drop(self.db.execute_batch("ROLLBACK"));
        }
        self.tips = tips;
        self.keeper.note(self.own_tip());
    }

    /// Where the chain of this copy ends.
    fn own_tip(&self) -> Tip {
        self.tips.get(&self.keeper.origin).copied().unwrap_or(Tip::START)
    }

    /// A commit to a file that has lost its name is worthless.
    fn commit<T>(&mut self, done: T) -> Result<T, Fault> {
        self.db.execute_batch("COMMIT")?;
        self.check_place(0).map(|()| done)
    }

    /// Under the lock no one else changes the size: a shorter file has been truncated.
    fn check_size(&self) -> Result<(), Fault> {
        let pages: i64 = self.db.prepare_cached("PRAGMA page_count")?.query_row([], |row| row.get(0))?;
        let size: i64 = self.db.prepare_cached("PRAGMA page_size")?.query_row([], |row| row.get(0))?;
        self.check_place(u64::try_from(pages.saturating_mul(size)).unwrap_or(u64::MAX))
    }

    fn check_place(&self, bytes: u64) -> Result<(), Fault> {
        self.place.as_ref().map_or(Ok(()), |place| place.check(bytes))
    }
}
