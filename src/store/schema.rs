//! The file's format: how it is marked, which versions this program can read, and what a sound file contains.

use rusqlite::{Connection, Result};
use sha2::{Digest, Sha256};

use super::trouble::{Doing, FOREIGN, Fault};

/// "ARIS" in `SQLite`'s header: this database is a register.
pub const APPLICATION_ID: i32 = 0x4152_4953;

/// A format's version as `user_version` keeps it: 1000 × major + minor. A newer minor version only adds: an older
/// program can read it and must not write it. A newer major version cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Format(pub i32);

/// What this program writes.
pub const CURRENT: Format = Format(1000);

/// Everything that a file of format 1.0 contains.
const CURRENT_SQL: &str = include_str!("../../assets/schema/0001.sql");

/// The [`fingerprint`] of a file of the current format; a test keeps it up to date.
const CURRENT_FINGERPRINT: &str = "360127bafe272cbece891c76e93ccf7535b949e8a904ce76ae940a7c40457493";

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
pub fn create(db: &Connection, uuid: &str) -> Result<()> {
    db.execute_batch("BEGIN IMMEDIATE")?;
    db.execute_batch(CURRENT_SQL)?;
    db.execute("INSERT INTO about (name, value) VALUES ('uuid', ?1)", [uuid])?;
    db.pragma_update(None, "application_id", APPLICATION_ID)?;
    db.pragma_update(None, "user_version", CURRENT.0)?;
    db.execute_batch("COMMIT")
}

/// The file's format. Refuses what is not a register, what a newer major version wrote, and a file of the current
/// format that contains anything else than it should: a planted trigger could change what is written.
pub fn examine(db: &Connection) -> Result<Format, Fault> {
    let id: i32 = db.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let format = db.pragma_query_value(None, "user_version", |row| row.get(0)).map(Format)?;
    if id != APPLICATION_ID || format < CURRENT {
        return Err(Doing::Opening.because(FOREIGN.0, FOREIGN.1).into());
    }
    if format.major() > CURRENT.major() {
        let why = format!("it has format {format}, and this arising reads formats up to {}.x", CURRENT.major());
        return Err(Doing::Opening
            .because(why, "Install the newer arising that wrote it; the file is unchanged.")
            .into());
    }
    if format == CURRENT && fingerprint(db)? != CURRENT_FINGERPRINT {
        let why = "it contains tables, triggers or views that arising did not put there";
        let hint = "Do not use it; bring back a backup (arising restore) and ask where this file has been.";
        return Err(Doing::Opening.because(why, hint).into());
    }
    Ok(format)
}

/// A digest of every table, index, trigger and view of the file. What `SQLite`'s ANALYZE leaves behind does not count.
fn fingerprint(db: &Connection) -> Result<String> {
    let mut statement = db.prepare(
        "SELECT type || ' ' || name || ' ' || tbl_name || ' ' || ifnull(sql, '') FROM sqlite_schema
         WHERE NOT (type = 'table' AND name IN ('sqlite_stat1', 'sqlite_stat4')) ORDER BY type, name",
    )?;
    let mut rows = statement.query([])?;
    let mut sha = Sha256::new();
    while let Some(row) = rows.next()? {
        sha.update(row.get_ref(0)?.as_bytes()?);
        sha.update([0]);
    }
    Ok(super::chain::hex(&sha.finalize()))
}

#[cfg(test)]
mod tests {
    use super::super::connect;
    use super::*;

    #[test]
    fn the_expected_contents_are_those_of_a_new_register() {
        let db = connect::memory().unwrap();
        create(&db, "test").unwrap();
        assert_eq!(fingerprint(&db).unwrap(), CURRENT_FINGERPRINT, "update CURRENT_FINGERPRINT");
    }
}
