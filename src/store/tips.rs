//! Where each origin's chain ends in the file.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, Result, Row};

use crate::domain::id::Origin;

use super::chain::{Hash, Tip};
use super::rows;

/// `SQLite`'s count of commits by other connections: unchanged means that no one else wrote.
pub fn data_version(db: &Connection) -> Result<i64> {
    db.prepare_cached("PRAGMA data_version")?.query_row([], |row| row.get(0))
}

/// The ends of all chains. Steps from origin to origin through the index; never reads the whole log.
pub fn tips(db: &Connection) -> Result<BTreeMap<Origin, Tip>> {
    let mut statement = db.prepare_cached(
        "WITH RECURSIVE o (origin) AS (
           SELECT min(origin) FROM change
           UNION ALL SELECT (SELECT min(origin) FROM change WHERE origin > o.origin) FROM o WHERE o.origin IS NOT NULL)
         SELECT c.seq, c.hash, c.origin FROM o JOIN change c ON c.origin = o.origin
          AND c.seq = (SELECT max(seq) FROM change WHERE origin = o.origin)",
    )?;
    let rows = statement.query_map([], |row| Ok((rows::origin(row, 2)?, read(row)?)))?;
    rows.collect()
}

/// The end of one chain.
pub fn tip(db: &Connection, origin: Origin) -> Result<Tip> {
    let sql = "SELECT seq, hash FROM change WHERE origin = ?1 ORDER BY seq DESC LIMIT 1";
    let found = db.prepare_cached(sql)?.query_row([origin.to_string()], read).optional()?;
    Ok(found.unwrap_or(Tip::START))
}

/// Whether the file's chain of `origin` passes through `tip`.
pub fn holds(db: &Connection, origin: Origin, tip: Tip) -> Result<bool> {
    if tip == Tip::START {
        return Ok(true);
    }
    let sql = "SELECT hash FROM change WHERE origin = ?1 AND seq = ?2";
    let own = (origin.to_string(), rows::sql(tip.seq)?);
    let found: Option<Hash> = db.prepare_cached(sql)?.query_row(own, |row| row.get(0)).optional()?;
    Ok(found == Some(tip.hash))
}

/// The number of changes in chains with these ends: `seq` counts from 1 without gaps.
pub fn count(tips: &BTreeMap<Origin, Tip>) -> u64 {
    tips.values().map(|tip| tip.seq).fold(0, u64::saturating_add)
}

fn read(row: &Row<'_>) -> Result<Tip> {
    Ok(Tip { seq: rows::number(row, 0)?, hash: row.get(1)? })
}
