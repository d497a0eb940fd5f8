//! Verifies a register: the file's pages, the hash chains over its history, and the snapshot.

use std::path::Path;
use std::thread;

use rusqlite::{Connection, Error, ErrorCode};

use crate::problem::Problem;

use super::as_left::Mark;
use super::backup::Backed;
use super::beside::Beside;
use super::chain::Hash;
use super::met::OtherKey;
use super::schema::Format;
use super::snapshot::{self, Compared};
use super::trouble::{Doing, Fault};
use super::vouched::Vouched;
use super::walk::{Signatures, history};
use super::witness::Missing;
use super::{Access, Store, Trust, connect, migrate, tips};

/// The contents of a verified register.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verified {
    pub changes: u64,
    pub batches: u64,
    /// How many copies of the register have contributed changes.
    pub origins: usize,
    /// Whether there is a snapshot that disagrees with the log.
    pub snapshot_misleads: bool,
    /// What the snapshot is called that agrees with it.
    pub(super) snapshot: Option<Hash>,
    /// States that this computer knows and that the file does not contain, still to be explained.
    pub missing: Vec<Missing>,
    /// A copy for which the file names another key than the one that this computer has met.
    pub other_key: Option<OtherKey>,
    /// Copies beside the register, made by sync programs, that hold changes which are not in it.
    pub beside: Vec<Beside>,
    /// The format, if a newer version wrote the file: this one cannot tell whether its tables, triggers and views are right.
    pub newer: Option<Format>,
    /// The backup made afterwards, if requested and possible.
    pub backup: Option<Backed>,
    /// The state of the file that was verified, if it stayed the same meanwhile.
    pub(super) mark: Option<Mark>,
}

impl Store {
    /// Accepts a verifier's result. Nothing more is written to a damaged register; one that could not be checked is
    /// verified before the first write.
    pub fn accept(&mut self, found: &Result<Verified, Problem>) {
        match found {
            Ok(verified) => {
                self.trust = Trust::Verified;
                verified.mark.iter().for_each(|mark| self.as_left.note_verified(mark));
                self.vouched.note_if(verified.snapshot);
                self.backed_up |= verified.backup.is_some();
                verified.backup.iter().for_each(|made| self.begin_since(&made.path, made.ends.clone()));
                if verified.snapshot_misleads && self.access == Access::ReadWrite {
                    // Only a cache: if it cannot be discarded now, the next verification will find it again.
                    drop(self.drop_snapshot());
                }
            }
            Err(problem) if is_broken(problem) => {
                self.trust = Trust::Broken(problem.clone());
                self.as_left.forget();
            }
            Err(_) => {}
        }
    }

    /// Verifies everything through this connection.
    pub fn check(&self) -> Result<Verified, Problem> {
        everything(&self.db).map_err(|fault| Doing::Reading.failed(fault))
    }

    /// Verifies what a write relies on, which is all but the snapshot; returns at once if that has been done, or if the file is
    /// as this computer left it after it was.
    pub fn verify(&mut self) -> Result<(), Problem> {
        match &self.trust {
            // It is verified within seconds, and was as it is.
            Trust::Unverified if self.under_way.is_running() && self.is_as_left() => Ok(()),
            Trust::Unverified => match self.under_way.found() {
                Some(found) if found.as_ref().map_or_else(is_broken, |_| true) => {
                    self.accept(&found);
                    found.map(|_| ())
                }
                // What kept the verifier from reading the file may have passed.
                Some(_) | None => self.verify_chain(),
            },
            Trust::Verified | Trust::AsLeft => Ok(()),
            Trust::Broken(problem) => Err(problem.clone()),
        }
    }

    pub(super) fn is_as_left(&self) -> bool {
        self.place.as_ref().is_some_and(|place| self.as_left.is_unchanged(place))
    }

    fn verify_chain(&mut self) -> Result<(), Problem> {
        let mark = || self.place.as_ref().and_then(Mark::of);
        let before = mark();
        let found = reading(&self.db, |db| pages(db).and_then(|()| history(db, Signatures::Last)));
        let mark = before.filter(|before| mark().as_ref() == Some(before));
        let found = found.map(|_| Verified { mark, ..Verified::default() });
        let found = found.map_err(|fault| Doing::Reading.failed(fault));
        self.accept(&found);
        found.map(|_| ())
    }
}

/// Verifies everything in the file.
pub fn everything(db: &Connection) -> Result<Verified, Fault> {
    everything_but(db, &Vouched::default())
}

/// Verifies everything in the file, but does not compare a snapshot with the log that is vouched for. What else it does with
/// the snapshot of a large file it does on another thread.
pub fn everything_but(db: &Connection, vouched: &Vouched) -> Result<Verified, Fault> {
    reading(db, |db| {
        // From the first read on no one else can write, so that the other connection sees the same state.
        migrate::format(db)?;
        let (found, compared) = thread::scope(|scope| {
            let snapshot = move |db: Connection| reading(&db, |db| snapshot::compared(db, vouched));
            let begin = |db| thread::Builder::new().spawn_scoped(scope, move || snapshot(db)).ok();
            let other = beside(db).and_then(begin);
            let found = pages(db).and_then(|()| history(db, Signatures::Every));
            (found, other.and_then(|other| other.join().ok()).and_then(Result::ok))
        });
        let (ends, batches) = found?;
        let (snapshot, snapshot_misleads) = match compared.map_or_else(|| snapshot::compared(db, vouched), Ok)? {
            Compared::None => (None, false),
            Compared::Agrees { name } => (Some(name), false),
            Compared::Misleads => (None, true),
        };
        let (changes, origins) = (tips::count(&ends), ends.len());
        Ok(Verified { changes, batches, origins, snapshot_misleads, snapshot, ..Verified::default() })
    })
}

/// A file of fewer bytes is verified so fast that another connection would not be worth its memory.
const LARGE: u64 = 32 << 20;

/// Another connection to the same file, for another thread; none for a small file, or a register in memory.
fn beside(db: &Connection) -> Option<Connection> {
    let path = db.path().filter(|path| !path.is_empty())?;
    let path = Some(Path::new(path)).filter(|path| path.metadata().is_ok_and(|about| about.len() >= LARGE))?;
    connect::file(path, Access::ReadOnly).ok()
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
