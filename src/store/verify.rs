//! Finding out whether a register is whole: the file's pages, the chain over its history, and the snapshot.

use rusqlite::Connection;

use crate::problem::Problem;

use super::place::FilePlace;
use super::trouble::{Doing, Fault};
use super::walk::history;
use super::{Access, Store, Trust, connect, schema, snapshot, tips};

/// What a register that is whole holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    pub changes: u64,
    pub batches: u64,
    /// Copies of the register that have written to it.
    pub origins: usize,
    /// Whether the snapshot, if there is one, says the same as the log.
    pub snapshot_agrees: bool,
}

/// Looks at the file through a connection of its own, so that it can run on another thread while the screen is shown.
#[derive(Clone, Debug)]
pub struct Verifier {
    place: Option<FilePlace>,
}

impl Verifier {
    /// Reads the whole file once. A register in memory is whole by construction.
    pub fn run(&self) -> Result<Verified, Problem> {
        let Some(place) = &self.place else {
            return Ok(Verified { changes: 0, batches: 0, origins: 0, snapshot_agrees: true });
        };
        let look = || {
            let db = connect::file(&place.path, Access::ReadOnly)?;
            schema::examine(&db)?;
            everything(&db)
        };
        look().map_err(|fault| Doing::Reading.failed(fault))
    }
}

impl Store {
    /// For verifying behind the first frame; hand the result to [`Store::accept`].
    pub fn verifier(&self) -> Verifier {
        Verifier { place: self.place.clone() }
    }

    /// Takes in what a verifier found; nothing is written to a register that is not whole.
    pub fn accept(&mut self, found: Result<Verified, Problem>) {
        if let Ok(verified) = &found
            && !verified.snapshot_agrees
            && self.access == Access::ReadWrite
        {
            // Only a cache; if it cannot be thrown away now, the next verification will try again.
            let _ = self.drop_snapshot();
        }
        self.trust = found.map_or_else(Trust::Broken, |_| Trust::Verified);
    }

    /// Verifies everything through this connection.
    pub fn check(&self) -> Result<Verified, Problem> {
        everything(&self.db).map_err(|fault| Doing::Reading.failed(fault))
    }

    pub(super) fn verify_chain(&self) -> Result<(), Problem> {
        reading(&self.db, |db| pages(db).and_then(|()| history(db)).map(|_| ()))
            .map_err(|fault| Doing::Reading.failed(fault))
    }
}

/// Verifies everything that a file holds.
pub fn everything(db: &Connection) -> Result<Verified, Fault> {
    reading(db, |db| {
        pages(db)?;
        let (ends, batches) = history(db)?;
        let snapshot_agrees = match snapshot::read(db)? {
            Some((register, tips)) => register == snapshot::from_log(db, &tips)?,
            None => true,
        };
        Ok(Verified { changes: tips::count(&ends), batches, origins: ends.len(), snapshot_agrees })
    })
}

/// Does `work` on one state of the file, whatever others write meanwhile.
fn reading<T>(db: &Connection, work: impl FnOnce(&Connection) -> Result<T, Fault>) -> Result<T, Fault> {
    let transaction = db.unchecked_transaction()?;
    let done = work(&transaction)?;
    transaction.finish()?;
    Ok(done)
}

/// `SQLite`'s own view of its pages, and that no change has lost its batch.
fn pages(db: &Connection) -> Result<(), Fault> {
    let verdict: String = db.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    let orphans = db.prepare("PRAGMA foreign_key_check")?.exists([])?;
    match (verdict.as_str(), orphans) {
        ("ok", false) => Ok(()),
        ("ok", true) => Err(broken("a change belongs to a batch that is missing")),
        (verdict, _) => Err(broken(format!("the file is damaged ({verdict})"))),
    }
}

pub fn broken(why: impl Into<String>) -> Fault {
    let hint = "Do not change this file. Keep it, and bring back the newest backup: arising restore.";
    Problem::new("The register is not whole", why, hint).into()
}
