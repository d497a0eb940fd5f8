//! The file's format: how it is marked, which versions this program can read, and what a valid file contains.

use rusqlite::{Connection, Result};
use sha2::{Digest, Sha256};

use super::migrate::{self, STEPS, migrate};
use super::trouble::{Doing, FOREIGN, Fault};
use super::{carry, connect};

/// The size of a page in bytes. Measured with 22,500 changes of 440 and of 1,180 bytes: 4 KiB pages make a file of 15 and
/// 43 MB, 8 KiB pages one of 15 and 36 MB, and a commit takes as long (0.8 ms); 16 KiB pages save little more and make it slower.
const PAGE: i32 = 8192;

/// "ARIS" in `SQLite`'s header: this database is a register.
pub const APPLICATION_ID: i32 = 0x4152_4953;

/// A format's version as stored in `user_version`: 10,000 × major + minor. Builds before the first release wrote 1000 to
/// 1003, called 0.0 to 0.3. A newer minor version only adds: an older
/// program can read it but must not write it. A newer major version cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Format(pub i32);

/// The format that this program writes: the result of the last step.
pub const CURRENT: Format = match STEPS.last() {
    Some(step) => step.to,
    None => Format(0),
};

/// The name under which the identity is written a second time: no chain covers it, and a single damaged bit would turn it into
/// that of another register.
const AGAIN: &str = "uuid_again";

impl Format {
    pub fn major(self) -> i32 {
        self.0 / 10_000
    }
}

impl std::fmt::Display for Format {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.major(), self.0 % 1000)
    }
}

/// Turns an empty database into a register with this identity.
pub fn create(db: &Connection, uuid: &str) -> Result<()> {
    db.pragma_update(None, "page_size", PAGE)?;
    migrate(db, STEPS)?;
    db.execute("INSERT INTO about (name, value) VALUES ('uuid', ?1), ('uuid_again', ?1)", [uuid])?;
    db.pragma_update(None, "application_id", APPLICATION_ID)
}

/// The file's format. Refuses a file that is not a register, one from a newer major version, and one whose schema
/// differs from its format's: a planted trigger could change what is written.
pub fn examine(db: &Connection) -> Result<Format, Fault> {
    let id: i32 = db.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let format = migrate::format(db)?;
    if id != APPLICATION_ID {
        return Err(Doing::Opening.because(FOREIGN.0, FOREIGN.1).into());
    }
    if format.major() > CURRENT.major() {
        let why =
            format!("it has format {format}, and this version of arising reads formats up to {}.x", CURRENT.major());
        let hint = "Install the newer version that wrote it; the file is unchanged.";
        return Err(Doing::Opening.because(why, hint).into());
    }
    let released = STEPS.iter().map(|step| (step.to, step.contents));
    let known = released.chain(carry::EARLIER).find(|(known, _)| *known == format);
    match known {
        Some((_, contents)) if fingerprint(db)? == contents => Ok(format),
        None if format > CURRENT => Ok(format),
        Some(_) | None => {
            let why = "it contains tables, triggers or views that arising did not put there";
            let hint = "Do not use it; restore a backup (arising restore) and find out where this file has been.";
            Err(Doing::Opening.because(why, hint).into())
        }
    }
}

/// The register's identity: 32 lower-case hexadecimal digits. Folders are named after it, so nothing else is accepted. It is
/// written twice, and nothing else is written beside it.
pub fn uuid(db: &Connection) -> Result<String, Fault> {
    connect::at_one_moment(db, uuid_now)
}

fn uuid_now(db: &Connection) -> Result<String, Fault> {
    let uuid: String = db.query_row("SELECT value FROM about WHERE name = 'uuid'", [], |row| row.get(0))?;
    let is_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    let is_uuid = uuid.len() == 32 && uuid.bytes().all(is_digit);
    if is_uuid && is_alone(db, &uuid)? {
        return Ok(uuid);
    }
    let why = if is_uuid { "its identity is damaged" } else { "its identity is not one that arising creates" };
    let hint = "Do not use it; restore a backup (arising restore) and find out where this file has been.";
    Err(Doing::Opening.because(why, hint).into())
}

/// Whether the table holds this identity, its second copy and nothing else. A newer format may hold more.
fn is_alone(db: &Connection, uuid: &str) -> Result<bool> {
    let format = migrate::format(db)?;
    let mut statement = db.prepare("SELECT name, value FROM about WHERE name <> 'uuid'")?;
    let others: Vec<(String, String)> =
        statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_>>()?;
    let again: Vec<&str> = others.iter().filter(|(name, _)| name == AGAIN).map(|(_, value)| value.as_str()).collect();
    let as_written = again == [uuid] || (again.is_empty() && carry::is_earlier(format));
    Ok(as_written && (format > CURRENT || others.len() == again.len()))
}

/// A digest of every table, index, trigger and view in the file, except those that `SQLite`'s ANALYZE creates.
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
    use super::*;

    #[test]
    fn every_step_makes_what_it_says() {
        let db = connect::memory().unwrap();
        for (taken, step) in STEPS.iter().enumerate() {
            migrate(&db, &STEPS[..=taken]).unwrap();
            assert_eq!(fingerprint(&db).unwrap(), step.contents, "format {}", step.to);
        }
        assert_eq!(migrate::format(&db).unwrap(), CURRENT);
    }
}
