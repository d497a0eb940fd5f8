//! The folded register stored beside the log, so that a long history opens fast. Only a cache: the log always wins.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension};

use crate::domain::change::Batch;
use crate::domain::id::{Id, Origin};
use crate::domain::register::Register;
use crate::problem::Problem;
use crate::wire::snapshot::{VERSION, pack, unpack};

use super::chain::Tip;
use super::trouble::{Doing, Fault};
use super::{Access, Store, Trust, log, rows, tips};

/// The ends of all chains at the time of a snapshot.
type Tips = BTreeMap<Origin, Tip>;

/// A new snapshot is due once this many changes have been written since the last: reading them starts to take
/// noticeable time.
const DUE: u64 = 500;

/// When idle it is due earlier, but not so early that a large register is rewritten over and over.
fn due_at_rest(changes: u64) -> u64 {
    (changes / 100).clamp(100, DUE)
}

impl Store {
    /// The register that the log produces, from the snapshot and later batches, or from the whole log.
    pub fn register(&self) -> Result<Register, Problem> {
        let cached = self.cached().map_err(|fault| Doing::Reading.failed(fault))?;
        cached.map_or_else(|| from_log(&self.db, &self.tips).map_err(|fault| Doing::Reading.failed(fault)), Ok)
    }

    /// Writes a snapshot if many changes have been made since the last. Called when idle.
    pub fn freshen(&mut self, register: &Register) -> Result<(), Problem> {
        if self.access == Access::ReadOnly || self.trust != Trust::Verified {
            return Ok(());
        }
        let current = tips::count(&self.tips) == count(register);
        let due = current
            && self.is_due(due_at_rest(tips::count(&self.tips))).map_err(|fault| Doing::Reading.failed(fault))?;
        if !due {
            return Ok(());
        }
        let written = self.transaction(|store| store.write_snapshot(register));
        written.map_err(|fault| Doing::Saving.failed(fault))
    }

    /// Discards the snapshot; the next one is made from the log.
    pub(super) fn drop_snapshot(&mut self) -> Result<(), Fault> {
        self.transaction(|store| store.db.execute("DELETE FROM snapshot", []).map(|_| ()).map_err(Fault::from))
    }

    /// Called inside a transaction: writes a snapshot of `register` if one is due.
    pub(super) fn snapshot_if_due(&self, register: impl FnOnce() -> Register) -> Result<(), Fault> {
        if self.is_due(DUE)? { self.write_snapshot(&register()) } else { Ok(()) }
    }

    fn write_snapshot(&self, register: &Register) -> Result<(), Fault> {
        let sql = "INSERT INTO snapshot (one, version, tips, state) VALUES (1, ?1, ?2, ?3)
                   ON CONFLICT (one) DO UPDATE SET version = ?1, tips = ?2, state = ?3";
        let state = pack(register).map_err(std::io::Error::other)?;
        if count(register) == tips::count(&self.tips) {
            self.db.prepare_cached(sql)?.execute((VERSION, tips::print(&self.tips), state))?;
        }
        Ok(())
    }

    fn is_due(&self, due: u64) -> Result<bool, Fault> {
        let sql = "SELECT tips FROM snapshot WHERE version = ?1";
        let text: Option<String> = self.db.prepare_cached(sql)?.query_row([VERSION], |row| row.get(0)).optional()?;
        let kept = text.and_then(|text| tips::parse(&text)).map_or(0, |tips| tips::count(&tips));
        Ok(tips::count(&self.tips) > kept.saturating_add(due))
    }

    fn cached(&self) -> Result<Option<Register>, Fault> {
        let Some((mut register, then)) = read(&self.db)? else {
            return Ok(None);
        };
        let mut new = Vec::new();
        for (origin, tip) in &self.tips {
            let from = then.get(origin).map_or(0, |tip| tip.seq);
            if tip.seq > from {
                let own = (origin.to_string(), rows::sql(from)?, rows::sql(tip.seq)?);
                new.extend(self.batches("c.origin = ?1 AND c.seq > ?2 AND c.seq <= ?3 ORDER BY c.seq", own)?);
            }
        }
        Ok(apply_in_order(&mut register, &new).then_some(register))
    }
}

/// Applies batches in log order; false if one of them belongs before what the register already holds.
pub fn apply_in_order(register: &mut Register, new: &[Batch]) -> bool {
    let mut changes: Vec<_> =
        new.iter().flat_map(|batch| batch.changes.iter().map(move |change| (batch, change))).collect();
    changes.sort_by_key(|(_, change)| (change.lamport, change.id));
    if changes.first().is_some_and(|(_, change)| change.lamport <= register.lamport) {
        return false;
    }
    for (batch, change) in changes {
        register.apply_change(batch, change);
    }
    true
}

/// The snapshot, if this version of the program wrote it and the log still passes through the point where it was made.
fn read(db: &Connection) -> Result<Option<(Register, Tips)>, Fault> {
    Ok(with_state(db, |state| unpack(state).ok())?.and_then(|(then, register)| Some((register?, then))))
}

/// Whether there is a snapshot that disagrees with the log.
pub fn misleads(db: &Connection) -> Result<bool, Fault> {
    let Some((then, ())) = with_state(db, |_| ())? else {
        return Ok(false);
    };
    // Bytes are compared rather than registers, so that only one register is ever in memory.
    let honest = pack(&from_log(db, &then)?).map_err(std::io::Error::other)?;
    Ok(with_state(db, |state| state != honest)?.is_some_and(|(_, differs)| differs))
}

/// `look` applied to the snapshot's bytes, if this version wrote them and the log passes through the point it was made.
fn with_state<T>(db: &Connection, look: impl FnOnce(&[u8]) -> T) -> Result<Option<(Tips, T)>, Fault> {
    let sql = "SELECT tips, state FROM snapshot WHERE version = ?1";
    let read = |row: &rusqlite::Row<'_>| {
        let tips = tips::parse(row.get_ref(0)?.as_str()?);
        Ok(tips.zip(Some(look(row.get_ref(1)?.as_blob()?))))
    };
    let Some((then, seen)) = db.prepare_cached(sql)?.query_row([VERSION], read).optional()?.flatten() else {
        return Ok(None);
    };
    for (origin, tip) in &then {
        if !tips::holds(db, *origin, *tip)? {
            return Ok(None);
        }
    }
    Ok(Some((then, seen)))
}

/// The register as at those chain ends.
fn from_log(db: &Connection, ends: &Tips) -> Result<Register, Fault> {
    let within = |id: Id| ends.get(&id.origin).is_some_and(|tip| id.seq <= tip.seq);
    let mut register = Register::default();
    log::each(db, |batch, change| {
        if within(change.id) {
            register.apply_change(batch, change);
        }
    })?;
    Ok(register)
}

fn count(register: &Register) -> u64 {
    register.last.values().fold(0, |sum, seq| sum.saturating_add(*seq))
}
