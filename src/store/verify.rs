//! Verifies a register: the file's pages, the hash chains over its history, and the snapshot.

use std::path::PathBuf;

use chrono::{DateTime, FixedOffset};
use rusqlite::{Connection, Error, ErrorCode};

use crate::problem::Problem;

use super::backup::Shelf;
use super::beside::Beside;
use super::met::{Met, OtherKey};
use super::place::FilePlace;
use super::schema::Format;
use super::trouble::{Doing, Fault};
use super::walk::{Signatures, history};
use super::witness::{Missing, Witnesses};
use super::{Access, Store, Trust, beside, carry, connect, schema, snapshot, tips};

/// The contents of a verified register.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verified {
    pub changes: u64,
    pub batches: u64,
    /// How many copies of the register have contributed changes.
    pub origins: usize,
    /// Whether there is a snapshot that disagrees with the log.
    pub snapshot_misleads: bool,
    /// States that this computer knows and that the file does not contain, still to be explained.
    pub missing: Vec<Missing>,
    /// A copy for which the file names another key than the one that this computer has met.
    pub other_key: Option<OtherKey>,
    /// Copies beside the register, made by sync programs, that hold changes which are not in it.
    pub beside: Vec<Beside>,
    /// The format, if a newer version wrote the file: this one cannot tell whether its tables, triggers and views are right.
    pub newer: Option<Format>,
    /// The backup made afterwards, if requested and possible.
    pub backup: Option<PathBuf>,
}

/// Reads the file through a separate connection, so that it can run on another thread while the screen is shown.
#[derive(Clone, Debug)]
pub struct Verifier {
    place: Option<FilePlace>,
    shelf: Option<Shelf>,
    witnesses: Witnesses,
    met: Met,
    /// The number of changes in the register when the verifier was created.
    changes: u64,
    /// The current time, if a backup is to be made.
    backup_at: Option<DateTime<FixedOffset>>,
}

impl Verifier {
    /// Also makes the dated backup, so that the run's first write need not wait for it.
    #[must_use]
    pub fn with_backup(mut self, at: DateTime<FixedOffset>) -> Verifier {
        self.backup_at = Some(at);
        self
    }

    /// Reads the whole file once. A register in memory is intact by construction.
    pub fn run(&self) -> Result<Verified, Problem> {
        let Some(place) = &self.place else {
            return Ok(Verified::default());
        };
        let look = || {
            place.check(0)?;
            let db = connect::file(&place.path, Access::ReadOnly)?;
            let format = schema::examine(&db)?;
            let db = carry::readable(db)?;
            let missing = self.witnesses.missing(&db)?;
            let newer = Some(format).filter(|format| *format > schema::CURRENT);
            let other_key = self.met.other_key_in(&db)?;
            let verified = everything(&db)?;
            let beside = beside::found(&place.path, &db);
            Ok((Verified { missing, other_key, beside, newer, ..verified }, db))
        };
        let (mut verified, db) = look().map_err(|fault: Fault| Doing::Reading.failed(fault))?;
        if verified.changes > 0
            && let (Some(shelf), Some(at)) = (&self.shelf, &self.backup_at)
        {
            verified.backup = shelf.put_if_still(&db, at, self.changes).ok().flatten();
            self.met.note(&db, at);
        }
        Ok(verified)
    }
}

impl Store {
    /// For verifying in the background after the first frame; pass the result to [`Store::accept`].
    pub fn verifier(&self) -> Verifier {
        let changes = tips::count(&self.tips);
        let witnesses = self.witnesses();
        Verifier {
            place: self.place.clone(),
            shelf: self.shelf(),
            witnesses,
            met: self.met(),
            changes,
            backup_at: None,
        }
    }

    /// Accepts a verifier's result. Nothing more is written to a damaged register; one that could not be checked is
    /// verified before the first write.
    pub fn accept(&mut self, found: &Result<Verified, Problem>) {
        match found {
            Ok(verified) => {
                self.trust = Trust::Verified;
                self.backed_up |= verified.backup.is_some();
                if verified.snapshot_misleads && self.access == Access::ReadWrite {
                    // Only a cache: if it cannot be discarded now, the next verification will find it again.
                    drop(self.drop_snapshot());
                }
            }
            Err(problem) if is_broken(problem) => self.trust = Trust::Broken(problem.clone()),
            Err(_) => {}
        }
    }

    /// Verifies everything through this connection.
    pub fn check(&self) -> Result<Verified, Problem> {
        everything(&self.db).map_err(|fault| Doing::Reading.failed(fault))
    }

    /// Verifies what a write relies on, which is all but the snapshot; returns at once if that has been done.
    pub fn verify(&mut self) -> Result<(), Problem> {
        match &self.trust {
            Trust::Unverified => self.verify_chain(),
            Trust::Verified => Ok(()),
            Trust::Broken(problem) => Err(problem.clone()),
        }
    }

    fn verify_chain(&mut self) -> Result<(), Problem> {
        let found =
            reading(&self.db, |db| pages(db).and_then(|()| history(db, Signatures::Last)).map(|_| Verified::default()));
        let found = found.map_err(|fault| Doing::Reading.failed(fault));
        self.accept(&found);
        found.map(|_| ())
    }
}

/// Verifies everything in the file.
pub fn everything(db: &Connection) -> Result<Verified, Fault> {
    reading(db, |db| {
        pages(db)?;
        let (ends, batches) = history(db, Signatures::Every)?;
        let snapshot_misleads = snapshot::misleads(db)?;
        let changes = tips::count(&ends);
        Ok(Verified { changes, batches, origins: ends.len(), snapshot_misleads, ..Verified::default() })
    })
}

/// Runs `work` on a consistent state of the file, whatever others write meanwhile.
fn reading<T>(db: &Connection, work: impl FnOnce(&Connection) -> Result<T, Fault>) -> Result<T, Fault> {
    let transaction = db.unchecked_transaction()?;
    let done = work(&transaction).map_err(damage)?;
    transaction.finish()?;
    Ok(done)
}

/// `SQLite`'s own check of its pages and indexes, and that no change has lost its batch.
///
/// `quick_check` would not do: it does not compare an index with its table, and the chain is walked by the index, so a row
/// missing from the index would go unnoticed.
fn pages(db: &Connection) -> Result<(), Fault> {
    let verdict: String = db.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    let orphans = db.prepare("PRAGMA foreign_key_check")?.exists([])?;
    match (verdict.as_str(), orphans) {
        ("ok", false) => Ok(()),
        ("ok", true) => Err(broken("a change belongs to a batch that is missing")),
        (verdict, _) => Err(broken(format!("the file is damaged ({verdict})"))),
    }
}

const NOT_WHOLE: &str = "The register is damaged";

pub fn broken(why: impl Into<String>) -> Fault {
    let hint = "Do not change this file. Keep it, and restore the newest backup: arising restore.";
    Problem::new(NOT_WHOLE, why, hint).into()
}

/// Whether the register itself is at fault, rather than this attempt to read it.
pub fn is_broken(problem: &Problem) -> bool {
    problem.what == NOT_WHOLE
}

/// `SQLite` errors, and rows not in the right format, count as damage too.
pub fn damage(fault: Fault) -> Fault {
    match fault {
        Fault::Sqlite(Error::SqliteFailure(code, _))
            if !matches!(code.code, ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) =>
        {
            fault
        }
        Fault::Sqlite(error) => broken(format!("the file is damaged ({error})")),
        Fault::Io(_) | Fault::Replaced | Fault::Told(_) => fault,
    }
}
