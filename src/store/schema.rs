//! The file's format: how it is marked, which versions this program can read, and how a file is brought up to date.

use rusqlite::Connection;
use sha2::{Digest, Sha256};

use crate::problem::Problem;

use super::trouble::Doing;

/// "ARIS" in SQLite's header: this database is a register.
pub const APPLICATION_ID: i32 = 0x4152_4953;

/// A format's version as `user_version` keeps it: 1000 × major + minor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Format(pub i32);

/// What this program writes.
pub const CURRENT: Format = Format(1000);

const FIRST: &str = include_str!("../../assets/schema/0001.sql");

impl Format {
    pub fn major(self) -> i32 {
        self.0 / 1000
    }
}

impl std::fmt::Display for Format {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.major(), self.0 % 1000)
    }
}

/// Makes an empty database into a register with this identity.
pub fn create(db: &Connection, uuid: &str) -> Result<(), Problem> {
    let failed = |error| Doing::Opening.failed(&error);
    db.execute_batch("BEGIN IMMEDIATE").map_err(failed)?;
    db.execute_batch(FIRST).map_err(failed)?;
    db.execute("INSERT INTO about (name, value) VALUES ('uuid', ?1)", [uuid]).map_err(failed)?;
    db.pragma_update(None, "application_id", APPLICATION_ID).map_err(failed)?;
    db.pragma_update(None, "user_version", CURRENT.0).map_err(failed)?;
    db.execute_batch("COMMIT").map_err(failed)
}

/// The file's format; refuses what is not a register or is of a newer major version.
pub fn format(db: &Connection) -> Result<Format, Problem> {
    let failed = |error| Doing::Opening.failed(&error);
    let id: i32 = db.pragma_query_value(None, "application_id", |row| row.get(0)).map_err(failed)?;
    let version = db.pragma_query_value(None, "user_version", |row| row.get(0)).map(Format).map_err(failed)?;
    if id != APPLICATION_ID {
        return Err(Doing::Opening.because("it is not a register", "Open a file that arising made."));
    }
    if version.major() > CURRENT.major() {
        let why = format!("it has format {version} and this arising reads up to {}", CURRENT.major());
        return Err(Doing::Opening.because(why, "Install the newer arising that wrote it."));
    }
    Ok(version)
}

/// A digest of every table, index, trigger and view of the file.
pub fn fingerprint(db: &Connection) -> rusqlite::Result<String> {
    let mut sha = Sha256::new();
    let mut rows = db.prepare(
        "SELECT type || ' ' || name || ' ' || tbl_name || ' ' || ifnull(sql, '') FROM sqlite_schema
         WHERE NOT (type = 'table' AND name IN ('sqlite_stat1', 'sqlite_stat4')) ORDER BY type, name",
    )?;
    let rows = rows.query_map([], |row| row.get::<_, String>(0))?;
    for row in rows {
        sha.update(row?);
        sha.update([0]);
    }
    Ok(sha.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}
