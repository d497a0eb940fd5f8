//! The folded register stored beside the log, so that a long history opens fast. Only a cache: the log always wins.
//!
//! It is kept in parts, each under the digest of its bytes. What has not changed is not written again, and a part with a
//! damaged bit is no longer the one that is named.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension};
use sha2::{Digest, Sha256};

use crate::domain::change::Batch;
use crate::domain::id::{Id, Origin};
use crate::domain::register::Register;
use crate::problem::Problem;
use crate::wire::snapshot::{self, VERSION, pack, unpack};

use super::chain::{Hash, Tip};
use super::drift::{Drift, Part, count};
use super::runs_of_file::{Blocks, RunsOfFile, read_blocks};
use super::snapshot_writer::{Piece, What};
use super::trouble::{Doing, Fault};
use super::vouched::Vouched;
use super::{Access, Store, Trust, connect, log, part, rows, tips};

/// The ends of all chains at the time of a snapshot.
type Tips = BTreeMap<Origin, Tip>;

/// A new snapshot is due once this many changes have been written since the last: reading them starts to take
/// noticeable time.
const DUE: u64 = 500;

/// How many bytes of parts that no snapshot names a command leaves in the file. The next snapshot that the screen
/// writes removes them.
const LEFT: i64 = 8 << 20;

/// How many bytes of parts are written in one transaction by a command.
const ROUND: usize = 4 << 20;

/// When idle it is due earlier, but not so early that a large register is rewritten over and over.
fn due_at_rest(changes: u64) -> u64 {
    (changes / 100).clamp(100, DUE)
}

/// Whether there is nothing else to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resting {
    Yes,
    No,
}

impl Store {
    /// The register that the log produces, from the snapshot and later batches, or from the whole log; and how far it is
    /// from the snapshot.
    pub fn folded(&self, blocks: Blocks) -> Result<(Register, Drift), Problem> {
        let kept =
            connect::at_one_moment(&self.db, |_| self.kept(blocks)).map_err(|fault| Doing::Reading.failed(fault))?;
        let folded = || from_log(&self.db, &self.tips).map(|register| (register, Drift::default()));
        kept.and_then(brought_up).map_or_else(|| folded().map_err(|fault| Doing::Reading.failed(fault)), Ok)
    }

    /// The register that the log produces.
    pub fn register(&self) -> Result<Register, Problem> {
        self.folded(Blocks::AtOnce).map(|(register, _)| register)
    }

    /// Whether so much has changed since the last snapshot that a new one should be written.
    pub fn is_snapshot_due(&self, drift: &Drift, resting: Resting) -> bool {
        let now = tips::count(&self.tips);
        let due = match resting {
            Resting::Yes => due_at_rest(now),
            Resting::No => DUE,
        };
        self.access == Access::ReadWrite
            && matches!(self.trust, Trust::Verified | Trust::AsLeft)
            && now > drift.changes.saturating_add(due)
    }

    /// The next piece of a snapshot that a [`SnapshotWriter`](super::SnapshotWriter) is to write; none if nothing is left to do.
    pub fn next_piece(&self, register: &Register, drift: &mut Drift) -> Result<Option<Piece>, Problem> {
        let is_current = count(register) == tips::count(&self.tips);
        let packed = if is_current { drift.pack_next(register) } else { Ok(None) };
        let what = match packed.map_err(|fault| Doing::Saving.failed(fault)) {
            Ok(Some(part)) => Ok(Some(What::Part(part))),
            Ok(None) => Ok(drift.whole(register).filter(|_| is_current).map(|parts| {
                let is_vouched = drift.is_vouched(&self.vouched);
                What::Whole { parts, is_vouched }
            })),
            Err(problem) => Err(problem),
        };
        match &what {
            Ok(Some(What::Part(_))) => {}
            Ok(Some(What::Whole { .. })) => drift.changes = count(register),
            Ok(None) | Err(_) => drift.put_off(register),
        }
        what.map(|what| what.map(|what| Piece { ends: self.tips.clone(), what }))
    }

    /// Writes a snapshot now. Where the register is not what the file holds, no snapshot is named.
    pub fn keep_snapshot(&mut self, register: &Register, drift: &mut Drift) -> Result<(), Problem> {
        let written = self.write_in_rounds(register, drift);
        if !matches!(written, Ok(Some(_))) {
            // Of a snapshot that was not named, nothing stays.
            self.transaction(|store| sweep(&store.db, u32::MAX)).ok();
        }
        drift.changes = count(register);
        match &written {
            Ok(named) => self.vouched.note_if(named.filter(|_| drift.is_vouched(&self.vouched))),
            Err(_) => drift.put_off(register),
        }
        written.map(|_| ()).map_err(|fault| Doing::Saving.failed(fault))
    }

    /// What is packed may have to be read first, through a connection of its own, which would wait for a transaction: so each round is
    /// packed before it is written.
    fn write_in_rounds(&mut self, register: &Register, drift: &mut Drift) -> Result<Option<Hash>, Fault> {
        loop {
            let (parts, is_last) = drift.pack_some(register, ROUND)?;
            let named = self.transaction(|store| {
                // What was packed may hold words that another program has erased meanwhile.
                if tips::tips(&store.db)? != store.tips {
                    return Err(Fault::Replaced);
                }
                parts.iter().try_for_each(|part| put(&store.db, part))?;
                if is_last { store.name_whole(register, drift) } else { Ok(None) }
            })?;
            if is_last {
                return Ok(named);
            }
        }
    }

    /// Makes the parts that are in the file the snapshot, if they are the register as the file holds it.
    fn name_whole(&self, register: &Register, drift: &Drift) -> Result<Option<Hash>, Fault> {
        let is_current = count(register) == tips::count(&self.tips);
        let Some(parts) = drift.whole(register).filter(|_| is_current) else { return Ok(None) };
        let named = name(&self.db, &self.tips, &parts)?;
        // Another program may have written a later one, and removed parts that this one relied on.
        if !is_complete(&self.db)? {
            return Err(Fault::Replaced);
        }
        // To remove a little costs more than to write it: the pages are kept until the transaction ends, and overwritten.
        if unnamed_bytes(&self.db)? > LEFT {
            sweep(&self.db, u32::MAX)?;
        }
        Ok(Some(named))
    }

    /// Discards the snapshot; the next one is made from the log.
    pub(super) fn drop_snapshot(&mut self) -> Result<(), Fault> {
        self.transaction(|store| forget(&store.db))
    }

    /// The snapshot, as it is read, and the batches after it: of one moment, in which nothing is read through another connection.
    fn kept(&self, blocks: Blocks) -> Result<Option<(Kept, Vec<Batch>)>, Fault> {
        let file = self.place.as_ref().map(|place| place.path.as_path());
        let Some(kept) = read(&self.db, file, blocks)? else { return Ok(None) };
        let mut new = Vec::new();
        for (origin, tip) in &self.tips {
            let from = kept.then.get(origin).map_or(0, |tip| tip.seq);
            if tip.seq > from {
                let own = (origin.to_string(), rows::sql(from)?, rows::sql(tip.seq)?);
                new.extend(self.batches("c.origin = ?1 AND c.seq > ?2 AND c.seq <= ?3 ORDER BY c.seq", own)?);
            }
        }
        Ok(Some((kept, new)))
    }
}

/// The register of a snapshot and the batches after it. None where a part was damaged, or a batch belongs before what the snapshot holds.
fn brought_up((kept, new): (Kept, Vec<Batch>)) -> Option<(Register, Drift)> {
    let Kept { mut register, runs, then, parts, blocks } = kept;
    if blocks == Blocks::AtOnce {
        read_blocks(&register);
        register.take_in();
    }
    let name = called(&tips::print(&then), parts.as_flattened());
    let mut drift = Drift::none(&register, tips::count(&then), parts, name);
    let is_register = apply_in_order(&mut register, &new);
    for batch in &new {
        drift.note(&register, batch);
    }
    (is_register && runs.is_as_named()).then_some((register, drift))
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

/// Removes the snapshot. Called inside a transaction.
pub fn forget(db: &Connection) -> Result<(), Fault> {
    db.execute("DELETE FROM snapshot", [])?;
    db.execute("DELETE FROM snapshot_part", [])?;
    Ok(())
}

/// Called inside a transaction.
pub fn put(db: &Connection, part: &Part) -> Result<(), Fault> {
    let sql = "INSERT INTO snapshot_part (digest, state) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
    db.prepare_cached(sql)?.execute((part.digest, &part.state))?;
    Ok(())
}

/// Makes these parts the snapshot as at those chain ends, and returns what it is called. Called inside a transaction.
pub fn name(db: &Connection, ends: &Tips, parts: &[u8]) -> Result<Hash, Fault> {
    let sql = "INSERT INTO snapshot (one, version, tips, parts) VALUES (1, ?1, ?2, ?3)
               ON CONFLICT (one) DO UPDATE SET version = ?1, tips = ?2, parts = ?3";
    let tips = tips::print(ends);
    db.prepare_cached(sql)?.execute((VERSION, &tips, parts))?;
    Ok(called(&tips, parts))
}

/// A name for a snapshot of these parts as at those chain ends, which no other has.
fn called(tips: &str, parts: &[u8]) -> Hash {
    let digest = Sha256::new().chain_update(VERSION.to_le_bytes()).chain_update(tips).chain_update([0]);
    digest.chain_update(parts).finalize().into()
}

/// Removes up to so many parts that the snapshot does not name; returns how many. Called inside a transaction.
pub fn sweep(db: &Connection, most: u32) -> Result<usize, Fault> {
    let sql = format!(
        "DELETE FROM snapshot_part WHERE rowid IN
        (SELECT rowid FROM snapshot_part WHERE digest NOT IN ({NAMED}) LIMIT ?1)"
    );
    Ok(db.prepare_cached(&sql)?.execute([most])?)
}

/// How many bytes there are in parts that the snapshot does not name.
fn unnamed_bytes(db: &Connection) -> Result<i64, Fault> {
    let sql = format!("SELECT coalesce(sum(length(state)), 0) FROM snapshot_part WHERE digest NOT IN ({NAMED})");
    Ok(db.prepare_cached(&sql)?.query_row([], |row| row.get(0))?)
}

/// Whether every part that the snapshot names is there. Called inside a transaction.
pub fn is_complete(db: &Connection) -> Result<bool, Fault> {
    let sql = format!("SELECT NOT EXISTS ({NAMED} EXCEPT SELECT digest FROM snapshot_part)");
    Ok(db.prepare_cached(&sql)?.query_row([], |row| row.get(0))?)
}

/// The digests that the snapshot names.
const NAMED: &str = "WITH RECURSIVE place (at) AS (SELECT 1 FROM snapshot UNION ALL
     SELECT at + 32 FROM place WHERE at + 32 <= (SELECT length(parts) FROM snapshot))
     SELECT substr((SELECT parts FROM snapshot), at, 32) FROM place";

/// A snapshot as it was read.
struct Kept {
    register: Register,
    /// What all else is read from.
    runs: Arc<RunsOfFile>,
    then: Tips,
    parts: Vec<Hash>,
    /// When the blocks are read.
    blocks: Blocks,
}

/// The snapshot, if this version of the program wrote it, its first part is not damaged and the log still passes through the point where
/// it was made.
fn read(db: &Connection, file: Option<&Path>, blocks: Blocks) -> Result<Option<Kept>, Fault> {
    let Some((then, parts)) = named(db)? else { return Ok(None) };
    // With a single block there is little to leave for later.
    let blocks = if snapshot::place_of_outlines(1) < parts.len() { blocks } else { Blocks::AtOnce };
    let rest = parts.get(snapshot::place_of_rest()).map(|digest| part::proved(db, digest)).transpose()?.flatten();
    let runs = RunsOfFile::begin(db, file, &then, &parts, blocks)?.map(Arc::new);
    let Some((rest, runs)) = rest.zip(runs) else { return Ok(None) };
    let register = unpack(&rest, parts.len(), runs.clone()).ok();
    Ok(register.map(|register| Kept { register, runs, then, parts, blocks }))
}

/// What comparing a snapshot with the log has shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compared {
    /// There is none.
    None,
    Agrees {
        /// What it is called.
        name: Hash,
    },
    Misleads,
}

/// Whether the snapshot is what the log says. One that this computer vouches for need only be whole.
pub fn compared(db: &Connection, vouched: &Vouched) -> Result<Compared, Fault> {
    let Some((then, parts)) = named(db)? else {
        return Ok(Compared::None);
    };
    let name = called(&tips::print(&then), parts.as_flattened());
    let agrees = is_whole(db, &parts)? && (vouched.is_for(&name) || is_of_log(db, &then, &parts)?);
    Ok(if agrees { Compared::Agrees { name } } else { Compared::Misleads })
}

/// Whether every part is there, and what its digest says.
fn is_whole(db: &Connection, parts: &[Hash]) -> Result<bool, Fault> {
    for digest in parts {
        if !part::is_whole(db, digest)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Whether the log makes these parts.
fn is_of_log(db: &Connection, then: &Tips, parts: &[Hash]) -> Result<bool, Fault> {
    let honest = from_log(db, then)?;
    if snapshot::parts(&honest) != parts.len() {
        return Ok(false);
    }
    for (part, digest) in parts.iter().enumerate() {
        let state = pack(&honest, part).map_err(std::io::Error::other)?;
        if Hash::from(Sha256::digest(&state)) != *digest {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The parts that make up the snapshot, if this version wrote it and the log passes through the point where it was made.
fn named(db: &Connection) -> Result<Option<(Tips, Vec<Hash>)>, Fault> {
    let sql = "SELECT tips, parts FROM snapshot WHERE version = ?1";
    let read = |row: &rusqlite::Row<'_>| {
        let (hashes, _) = row.get_ref(1)?.as_blob()?.as_chunks();
        Ok(tips::parse(row.get_ref(0)?.as_str()?).zip(Some(hashes.to_vec())))
    };
    let Some((then, parts)) = db.prepare_cached(sql)?.query_row([VERSION], read).optional()?.flatten() else {
        return Ok(None);
    };
    for (origin, tip) in &then {
        if !tips::holds(db, *origin, *tip)? {
            return Ok(None);
        }
    }
    Ok(Some((then, parts)))
}

/// The register as at those chain ends.
pub(super) fn from_log(db: &Connection, ends: &Tips) -> Result<Register, Fault> {
    let within = |id: Id| ends.get(&id.origin).is_some_and(|tip| id.seq <= tip.seq);
    let mut register = Register::default();
    log::each(db, |batch, change| {
        if within(change.id) {
            register.apply_change(batch, change);
        }
    })?;
    Ok(register)
}
