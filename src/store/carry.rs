//! Carries the register of a build before format 1.0 over: every change keeps its id, its words and its hash.

use rusqlite::backup::Backup;
use rusqlite::{Connection, Result};
use std::time::Duration;

use super::chain::{HeaderWords, header_digest};
use super::connect;
use super::migrate::{STEPS, format, migrate};
use super::schema::Format;
use super::trouble::Fault;
use super::verify::damage;

/// The formats of those builds, and the digests of their schemas.
pub const EARLIER: [(Format, &str); 4] = [
    (Format(1000), "360127bafe272cbece891c76e93ccf7535b949e8a904ce76ae940a7c40457493"),
    (Format(1001), "fc11f95bb63de569a0fe81c996936e1d7ae738cca857d0cbd4b4703bc533d3da"),
    (Format(1002), "d2a0749df7a7d87a8170f78f537f59d5fe1472986ec4faa0f59e067643845f7f"),
    (Format(1003), "76182a6b8199e6695da6468eca29f57152e861886e9e981aa388007b7ffde4fa"),
];

pub fn is_earlier(format: Format) -> bool {
    EARLIER.iter().any(|(earlier, _)| *earlier == format)
}

/// The tables of those formats. A snapshot is made again from the log.
const TABLES: [&str; 4] = ["about", "batch", "change", "draft"];

/// Makes room for the present schema: the old tables get another name, and everything else goes.
pub fn clear(db: &Connection) -> Result<()> {
    for kind in ["view", "trigger", "index"] {
        let sql = "SELECT name FROM sqlite_schema WHERE type = ?1 AND sql IS NOT NULL";
        let names: Vec<String> = db.prepare(sql)?.query_map([kind], |row| row.get(0))?.collect::<Result<_>>()?;
        names.iter().try_for_each(|name| db.execute_batch(&format!("DROP {kind} \"{name}\"")))?;
    }
    TABLES.iter().try_for_each(|table| db.execute_batch(&format!("ALTER TABLE {table} RENAME TO {table}_before")))?;
    db.execute_batch("DROP TABLE snapshot; DROP TABLE IF EXISTS sqlite_stat1; DROP TABLE IF EXISTS sqlite_stat4")
}

/// Fills the present tables from the old ones, and removes those.
pub fn fill(db: &Connection) -> Result<()> {
    db.execute_batch(
        "INSERT INTO about SELECT name, value FROM about_before WHERE name = 'uuid';
         INSERT INTO about SELECT 'uuid_again', value FROM about_before WHERE name = 'uuid';
         INSERT INTO draft SELECT key, text FROM draft_before",
    )?;
    batches(db)?;
    db.execute_batch(
        "INSERT INTO change (lamport, origin, seq, batch, body, salt, digest, hash)
         SELECT lamport, origin, seq, batch, body, salt, digest, hash FROM change_before ORDER BY lamport, origin, seq",
    )?;
    // What refers to a table goes before it.
    ["change", "batch", "draft", "about"]
        .iter()
        .try_for_each(|table| db.execute_batch(&format!("DROP TABLE {table}_before")))
}

fn batches(db: &Connection) -> Result<()> {
    let mut insert =
        db.prepare("INSERT INTO batch (id, author, at, meeting, cause, digest) VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?;
    let mut found = db.prepare("SELECT id, author, at, meeting, cause FROM batch_before")?;
    let mut rows = found.query([])?;
    while let Some(row) = rows.next()? {
        let id: String = row.get(0)?;
        let words = HeaderWords { author: row.get(1)?, at: row.get(2)?, meeting: row.get(3)?, cause: row.get(4)? };
        let digest = header_digest(&[], &id, &words);
        insert.execute((&id, &words.author, &words.at, &words.meeting, &words.cause, digest))?;
    }
    Ok(())
}

/// The register in a form that this program reads: itself, or what an earlier build wrote as a copy in memory.
pub fn readable(db: Connection) -> Result<Connection, Fault> {
    if is_earlier(format(&db)?) { copy(&db) } else { Ok(db) }
}

/// A copy in memory, carried over.
pub fn copy(db: &Connection) -> Result<Connection, Fault> {
    let mut copy = connect::memory()?;
    Backup::new(db, &mut copy)?.run_to_completion(10_000, Duration::ZERO, None)?;
    migrate(&copy, STEPS).map_err(|error| damage(error.into()))?;
    Ok(copy)
}
