//! A connection to `SQLite` that trusts nothing in the file and loses nothing that it has confirmed.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;
use std::thread;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::{Connection, OpenFlags, Result};

use crate::files::{for_sqlite, is_held, patiently};
use crate::problem::Problem;

use super::open::Access;
use super::trouble::{Doing, Fault};

/// The first `SQLite` without the bug that could lose committed pages (the WAL reset of 3.7.0 to 3.51.2).
const OLDEST_SQLITE: i32 = 3_051_003;

/// The largest value that is read from a row, in bytes: enough for the snapshot of a large register, too little for a
/// hostile file to exhaust the memory.
const LARGEST: i32 = 256 << 20;

/// How often to try again while another connection has the register, before reporting that it is in use: about five seconds. The
/// first tries follow soon, because our own threads have it for a millisecond or two, and a key may be waiting.
const SOON: (i32, Duration) = (400, Duration::from_micros(500));
const LATER: (i32, Duration) = (960, Duration::from_millis(5));

/// Opens an existing file without reading anything from it yet. The path must be absolute: `SQLite` would read a name
/// like `file:x?mode=…` as a URI.
pub fn file(path: &Path, access: Access) -> Result<Connection, Fault> {
    if access == Access::ReadWrite && has_foreign_journal(path) {
        let why = "the journal beside it was not written by arising and would cause another file to be deleted";
        return Err(Doing::Opening.because(why, "Move the journal away, and find out where the file has been.").into());
    }
    let mode = match access {
        Access::ReadWrite => OpenFlags::SQLITE_OPEN_READ_WRITE,
        Access::ReadOnly => OpenFlags::SQLITE_OPEN_READ_ONLY,
    };
    let flags = mode | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_NOFOLLOW;
    patiently(|| held(path, access))?;
    Ok(harden(Connection::open_with_flags(for_sqlite(path), flags)?)?)
}

/// Fails if another program has opened the file without sharing it. `SQLite` would only say that it cannot be opened.
fn held(path: &Path, access: Access) -> std::io::Result<()> {
    if cfg!(unix) {
        return Ok(());
    }
    match File::options().read(true).write(access == Access::ReadWrite).open(path) {
        Err(error) if is_held(&error) => Err(error),
        // Any other trouble is for `SQLite` to report.
        Ok(_) | Err(_) => Ok(()),
    }
}

/// Whether a journal ends with the name of a super-journal, which a rollback would delete. Only a transaction over
/// several databases writes one, and ours use one database. The marker is `SQLite`'s (fileformat2, section 3).
fn has_foreign_journal(path: &Path) -> bool {
    const MARK: [u8; 8] = [0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7];
    let mut name = path.as_os_str().to_owned();
    name.push("-journal");
    let read = || -> std::io::Result<[u8; 8]> {
        let mut end = [0; 8];
        let mut journal = File::open(&name)?;
        journal.seek(SeekFrom::End(-8))?;
        journal.read_exact(&mut end)?;
        Ok(end)
    };
    read().is_ok_and(|end| end == MARK)
}

/// Runs `read` on one state of the file: between two statements of their own, another program may write.
pub fn at_one_moment<T>(db: &Connection, read: impl FnOnce(&Connection) -> Result<T, Fault>) -> Result<T, Fault> {
    if !db.is_autocommit() {
        return read(db);
    }
    let moment = db.unchecked_transaction()?;
    let done = read(&moment)?;
    moment.finish()?;
    Ok(done)
}

/// A database that vanishes with the process.
pub fn memory() -> Result<Connection> {
    harden(Connection::open_in_memory()?)
}

/// For a connection that may change many pages at once: two megabytes of them stay in memory. Others keep as few as
/// `.cargo/config.toml` says.
pub fn keep_pages(db: &Connection) -> Result<()> {
    db.execute_batch("PRAGMA cache_size = -2000")
}

/// For a connection that reads or writes a file once from its beginning to its end.
pub fn keep_few_pages(db: &Connection) -> Result<()> {
    db.execute_batch("PRAGMA cache_size = 16")
}

/// Has a connection wait for others.
pub fn patient(db: &Connection) -> Result<()> {
    db.busy_handler(Some(|tries| {
        let pause = if tries < SOON.0 { SOON.1 } else { LATER.1 };
        thread::sleep(pause);
        tries < SOON.0 + LATER.0
    }))
}

/// Everything that must be set before any byte of the file is trusted.
fn harden(db: Connection) -> Result<Connection> {
    patient(&db)?;
    db.set_prepared_statement_cache_capacity(64);
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    db.execute_batch(
        "PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0; PRAGMA temp_store = MEMORY;
         PRAGMA secure_delete = ON; PRAGMA foreign_keys = ON;",
    )?;
    let limits = [
        (Limit::SQLITE_LIMIT_LENGTH, LARGEST),
        (Limit::SQLITE_LIMIT_SQL_LENGTH, 100_000),
        (Limit::SQLITE_LIMIT_COLUMN, 100),
        (Limit::SQLITE_LIMIT_EXPR_DEPTH, 100),
        (Limit::SQLITE_LIMIT_ATTACHED, 0),
        (Limit::SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 100),
        (Limit::SQLITE_LIMIT_VARIABLE_NUMBER, 100),
        (Limit::SQLITE_LIMIT_TRIGGER_DEPTH, 10),
        (Limit::SQLITE_LIMIT_WORKER_THREADS, 0),
    ];
    for (limit, value) in limits {
        db.set_limit(limit, value)?;
    }
    Ok(db)
}

/// Makes COMMIT mean "on disk, even if the power fails now", and checks that `SQLite` has accepted that.
pub fn make_durable(db: &Connection) -> Result<(), Fault> {
    let journal: String = db.pragma_update_and_check(None, "journal_mode", "TRUNCATE", |row| row.get(0))?;
    db.execute_batch("PRAGMA synchronous = EXTRA")?;
    let synchronous: i64 = db.pragma_query_value(None, "synchronous", |row| row.get(0))?;
    if journal.eq_ignore_ascii_case("truncate") && synchronous == 3 {
        return Ok(());
    }
    let why = format!("SQLite would not write safely (journal {journal}, synchronous {synchronous})");
    Err(Doing::Opening.because(why, "Copy the register to one of this computer's own disks.").into())
}

/// Refuses to run on an `SQLite` with a known bug that loses data.
pub fn check_sqlite_version() -> Result<(), Problem> {
    if rusqlite::version_number() >= OLDEST_SQLITE {
        return Ok(());
    }
    let why = format!("it was built with SQLite {}, which can lose data", rusqlite::version());
    Err(Doing::Opening.because(why, "Install a newer arising."))
}
