//! The folded register beside the log, so that a long history opens fast. A cache: never believed over the log.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension};

use crate::domain::change::Batch;
use crate::domain::id::{Id, Origin};
use crate::domain::register::Register;
use crate::problem::Problem;
use crate::wire::snapshot::{VERSION, pack, unpack};

use super::chain::{Tip, hex, unhex};
use super::trouble::{Doing, Fault};
use super::{Access, Store, Trust, log, rows, tips};

/// The ends of all chains at the time of a snapshot.
type Tips = BTreeMap<Origin, Tip>;

/// A new snapshot is due once this many changes have been written since the last.
const DUE: u64 = 500;

impl Store {
    /// The register that the log makes: from the snapshot and what came after it, or from the whole log.
    pub fn register(&self) -> Result<Register, Problem> {
        let cached = self.cached().map_err(|fault| Doing::Reading.failed(fault))?;
        cached.map_or_else(|| Ok(Register::fold(&self.log()?)), Ok)
    }

    /// Writes a snapshot if many changes have been made since the last. For when nothing else is to do.
    pub fn freshen(&mut self, register: &Register) -> Result<(), Problem> {
        if self.access == Access::ReadOnly || self.trust != Trust::Verified {
            return Ok(());
        }
        let current = tips::count(&self.tips) == count(register);
        let due = current && self.is_due().map_err(|fault| Doing::Reading.failed(fault))?;
        if !due {
            return Ok(());
        }
        let written = self.transaction(|store| store.snapshot_if_due(|| register.clone()));
        written.map_err(|fault| Doing::Saving.failed(fault))
    }

    /// Throws the snapshot away; the next one is made from the log.
    pub(super) fn drop_snapshot(&mut self) -> Result<(), Fault> {
        self.transaction(|store| store.db.execute("DELETE FROM snapshot", []).map(|_| ()).map_err(Fault::from))
    }

    /// Inside a transaction: writes the snapshot that `register` gives, if it is time for one.
    pub(super) fn snapshot_if_due(&self, register: impl FnOnce() -> Register) -> Result<(), Fault> {
        if !self.is_due()? {
            return Ok(());
        }
        let register = register();
        let sql = "INSERT INTO snapshot (one, version, tips, state) VALUES (1, ?1, ?2, ?3)
                   ON CONFLICT (one) DO UPDATE SET version = ?1, tips = ?2, state = ?3";
        let state = pack(&register).map_err(std::io::Error::other)?;
        if count(&register) == tips::count(&self.tips) {
            self.db.prepare_cached(sql)?.execute((VERSION, print(&self.tips), state))?;
        }
        Ok(())
    }

    fn is_due(&self) -> Result<bool, Fault> {
        let sql = "SELECT tips FROM snapshot WHERE version = ?1";
        let text: Option<String> = self.db.prepare_cached(sql)?.query_row([VERSION], |row| row.get(0)).optional()?;
        let kept = text.and_then(|text| parse(&text)).map_or(0, |tips| tips::count(&tips));
        Ok(tips::count(&self.tips) > kept.saturating_add(DUE))
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
        Ok(take_in(&mut register, &new).then_some(register))
    }
}

/// Applies batches in the log's order; false if one of them belongs before what the register already holds.
pub fn take_in(register: &mut Register, new: &[Batch]) -> bool {
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

/// The snapshot, if this version of the program wrote it and the log still goes through where it was made.
pub fn read(db: &Connection) -> Result<Option<(Register, Tips)>, Fault> {
    let sql = "SELECT tips, state FROM snapshot WHERE version = ?1";
    let read = |row: &rusqlite::Row<'_>| {
        let tips = parse(row.get_ref(0)?.as_str()?);
        Ok(tips.zip(unpack(row.get_ref(1)?.as_blob()?).ok()))
    };
    let Some((then, register)) = db.prepare_cached(sql)?.query_row([VERSION], read).optional()?.flatten() else {
        return Ok(None);
    };
    for (origin, tip) in &then {
        if !tips::holds(db, *origin, *tip)? {
            return Ok(None);
        }
    }
    Ok(Some((register, then)))
}

/// The register as the log made it up to those ends.
pub fn from_log(db: &Connection, ends: &Tips) -> Result<Register, Fault> {
    let mut batches = log::all(db)?;
    let within = |id: Id| ends.get(&id.origin).is_some_and(|tip| id.seq <= tip.seq);
    for batch in &mut batches {
        batch.changes.retain(|change| within(change.id));
    }
    Ok(Register::fold(&batches))
}

fn count(register: &Register) -> u64 {
    register.last.values().fold(0, |sum, seq| sum.saturating_add(*seq))
}

/// `<origin> <seq> <hash>` per line.
fn print(tips: &Tips) -> String {
    let line = |(origin, tip): (&Origin, &Tip)| format!("{origin} {} {}\n", tip.seq, hex(&tip.hash));
    tips.iter().map(line).collect::<Vec<_>>().concat()
}

fn parse(text: &str) -> Option<Tips> {
    let tip = |line: &str| {
        let mut words = line.split(' ');
        let origin = words.next()?.parse().ok()?;
        Some((origin, Tip { seq: words.next()?.parse().ok()?, hash: unhex(words.next()?)? }))
    };
    text.lines().map(tip).collect()
}
