//! Writes a snapshot piece by piece through a connection of its own, so that no key waits for it.

use std::collections::BTreeMap;
use std::thread;
use std::time::Duration;

use rusqlite::Connection;

use crate::domain::id::Origin;

use super::as_left::AsLeft;
use super::chain::{Hash, Tip};
use super::drift::Part;
use super::place::FilePlace;
use super::snapshot;
use super::trouble::Fault;
use super::vouched::Vouched;
use super::{Access, Store, connect, tips};

/// How many parts one transaction writes or removes: few enough that a change to be saved meanwhile hardly waits.
const AT_ONCE: u32 = 4;

/// After each transaction: several times as long as whoever waits to save waits between two of the first tries, so that no change
/// waits for two transactions on a disk that is fast enough.
const BREATH: Duration = Duration::from_millis(2);

/// A part of a snapshot, or the list of all its parts, for a register whose chains end there.
#[derive(Clone, Debug)]
pub struct Piece {
    pub ends: BTreeMap<Origin, Tip>,
    pub what: What,
}

#[derive(Clone, Debug)]
pub enum What {
    Part(Part),
    /// Makes the parts with these digests the snapshot.
    Whole {
        parts: Vec<u8>,
        /// Whether this computer vouches for it.
        is_vouched: bool,
    },
}

/// The file that pieces are written to.
#[derive(Debug)]
pub struct SnapshotWriter {
    place: FilePlace,
    as_left: AsLeft,
    vouched: Vouched,
    db: Option<Connection>,
}

impl Store {
    /// For writing snapshots on another thread; none for a register in memory.
    pub fn snapshot_writer(&self) -> Option<SnapshotWriter> {
        let place = self.place.clone().filter(|_| self.access == Access::ReadWrite)?;
        Some(SnapshotWriter { place, as_left: self.as_left.clone(), vouched: self.vouched.clone(), db: None })
    }
}

impl SnapshotWriter {
    /// Writes some pieces in their order. False if one of them was no longer of the register as the file holds it: then the
    /// snapshot stays the earlier one. An erasure or a merge may have come between, and words that it took away stay away.
    pub fn write(&mut self, pieces: &[Piece]) -> bool {
        let mut rounds = pieces.chunks(AT_ONCE as usize);
        let mut name = None;
        let is_written = rounds.all(|some| self.transaction(|db| put_all(db, some, &mut name)).unwrap_or(false));
        self.vouched.note_if(name.filter(|_| is_written));
        let is_whole = pieces.iter().any(|piece| matches!(piece.what, What::Whole { .. }));
        while is_written && is_whole && self.transaction(|db| Ok(snapshot::sweep(db, AT_ONCE)? > 0)).unwrap_or(false) {}
        is_written
    }

    /// Runs `work` in a transaction; takes it back if it returns false.
    fn transaction(&mut self, work: impl FnOnce(&Connection) -> Result<bool, Fault>) -> Result<bool, Fault> {
        self.place.check(0)?;
        let db = match self.db.take() {
            Some(db) => db,
            None => open(&self.place)?,
        };
        let db = self.db.insert(db);
        db.execute_batch("BEGIN IMMEDIATE")?;
        let write = || -> Result<bool, Fault> {
            let done = work(db);
            let end = if matches!(done, Ok(true)) { "COMMIT" } else { "ROLLBACK" };
            db.execute_batch(end)?;
            self.place.check(0)?;
            done
        };
        let done = self.as_left.through(&self.place, write);
        thread::sleep(BREATH);
        done
    }
}

fn open(place: &FilePlace) -> Result<Connection, Fault> {
    let db = connect::file(&place.path, Access::ReadWrite)?;
    connect::make_durable(&db)?;
    connect::keep_pages(&db)?;
    Ok(db)
}

/// Writes pieces in their order; `name` becomes what the snapshot is called that is then whole, if it is vouched for.
fn put_all(db: &Connection, pieces: &[Piece], name: &mut Option<Hash>) -> Result<bool, Fault> {
    let now = tips::tips(db)?;
    for Piece { ends, what } in pieces {
        if *ends != now {
            return Ok(false);
        }
        match what {
            What::Part(part) => snapshot::put(db, part)?,
            What::Whole { parts, is_vouched } => {
                *name = Some(snapshot::name(db, ends, parts)?).filter(|_| *is_vouched);
                if !snapshot::is_complete(db)? {
                    return Ok(false);
                }
            }
        }
    }
    Ok(true)
}
