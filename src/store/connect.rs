//! A connection to SQLite that trusts nothing in the file and loses nothing once it said yes.

use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::{Connection, OpenFlags, Result};

use crate::problem::Problem;

use super::open::Access;
use super::trouble::Doing;

/// The first SQLite without the fault that could lose committed pages (WAL reset).
const OLDEST_SQLITE: i32 = 3_051_003;

/// How long to wait for another process before saying so.
const PATIENCE: Duration = Duration::from_secs(5);

/// Opens an existing file; its contents have not been looked at yet.
pub fn file(path: &Path, access: Access) -> Result<Connection, Problem> {
    let mode = match access {
        Access::ReadWrite => OpenFlags::SQLITE_OPEN_READ_WRITE,
        Access::ReadOnly => OpenFlags::SQLITE_OPEN_READ_ONLY,
    };
    let flags = mode | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_NOFOLLOW;
    let db = Connection::open_with_flags(path, flags).map_err(|error| Doing::Opening.failed(&error))?;
    harden(&db).map_err(|error| Doing::Opening.failed(&error))?;
    Ok(db)
}

/// A database that vanishes with the process.
pub fn memory() -> Result<Connection, Problem> {
    let db = Connection::open_in_memory().map_err(|error| Doing::Opening.failed(&error))?;
    harden(&db).map_err(|error| Doing::Opening.failed(&error))?;
    Ok(db)
}

/// Everything that must be set before the first byte of the schema is believed.
fn harden(db: &Connection) -> Result<()> {
    db.busy_timeout(PATIENCE)?;
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    db.execute_batch(
        "PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0; PRAGMA temp_store = MEMORY;
         PRAGMA secure_delete = ON; PRAGMA foreign_keys = ON;",
    )?;
    let limits = [
        (Limit::SQLITE_LIMIT_LENGTH, 512 << 20),
        (Limit::SQLITE_LIMIT_SQL_LENGTH, 100_000),
        (Limit::SQLITE_LIMIT_COLUMN, 100),
        (Limit::SQLITE_LIMIT_EXPR_DEPTH, 100),
        (Limit::SQLITE_LIMIT_ATTACHED, 0),
        (Limit::SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 100),
        (Limit::SQLITE_LIMIT_VARIABLE_NUMBER, 100),
        (Limit::SQLITE_LIMIT_TRIGGER_DEPTH, 10),
        (Limit::SQLITE_LIMIT_WORKER_THREADS, 0),
    ];
    limits.into_iter().try_for_each(|(limit, value)| db.set_limit(limit, value).map(|_| ()))
}

/// Makes a COMMIT mean "on the disk, even if the battery falls out now", and reads back that SQLite agreed.
pub fn make_durable(db: &Connection) -> Result<(), Problem> {
    let failed = |error| Doing::Opening.failed(&error);
    let journal: String =
        db.pragma_update_and_check(None, "journal_mode", "TRUNCATE", |row| row.get(0)).map_err(failed)?;
    db.execute_batch("PRAGMA synchronous = EXTRA").map_err(failed)?;
    let synchronous: i64 = db.pragma_query_value(None, "synchronous", |row| row.get(0)).map_err(failed)?;
    if journal.eq_ignore_ascii_case("truncate") && synchronous == 3 {
        return Ok(());
    }
    Err(Doing::Opening.because(format!("safe writing is not possible here (journal {journal}, {synchronous})"), ""))
}

/// Refuses to run on an SQLite with a known fault that loses data.
pub fn check_sqlite_version() -> Result<(), Problem> {
    if rusqlite::version_number() >= OLDEST_SQLITE {
        return Ok(());
    }
    Err(Doing::Opening.because(format!("SQLite {} can lose data", rusqlite::version()), "Install a newer arising."))
}
