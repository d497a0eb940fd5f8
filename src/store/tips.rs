//! Where each origin's chain ends in the file.

use std::collections::BTreeMap;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, Result, Row};

use crate::domain::id::Origin;

use super::chain::{Hash, Tip, hex, unhex};
use super::trouble::Fault;
use super::verify::broken;
use super::{connect, rows};

/// `SQLite`'s count of commits by other connections: unchanged means that no one else wrote.
pub fn data_version(db: &Connection) -> Result<i64> {
    db.prepare_cached("PRAGMA data_version")?.query_row([], |row| row.get(0))
}

/// The ends of all chains; fails where one cannot be reached. Steps from origin to origin through the index; never reads
/// the whole log.
pub fn tips(db: &Connection) -> Result<BTreeMap<Origin, Tip>, Fault> {
    connect::at_one_moment(db, tips_now)
}

fn tips_now(db: &Connection) -> Result<BTreeMap<Origin, Tip>, Fault> {
    let mut statement = db.prepare_cached(
        "WITH RECURSIVE o (origin) AS (
           SELECT min(origin) FROM change
           UNION ALL SELECT (SELECT min(origin) FROM change WHERE origin > o.origin) FROM o WHERE o.origin IS NOT NULL)
         SELECT c.seq, c.hash, o.origin FROM o LEFT JOIN change c ON c.origin = o.origin
          AND c.seq = (SELECT max(seq) FROM change WHERE origin = o.origin)
         WHERE o.origin IS NOT NULL",
    )?;
    let mut found = statement.query([])?;
    let mut tips = BTreeMap::new();
    while let Some(row) = found.next()? {
        if row.get_ref(0)? == ValueRef::Null {
            return Err(broken("the last change of one copy cannot be found"));
        }
        tips.insert(rows::origin(row, 2)?, read(row)?);
    }
    check_reachable(db, &tips)?;
    Ok(tips)
}

/// Checks that the newest change is one of those counted. Each change's Lamport time is one more than the latest that its
/// writer knew, so it is never greater than the number of changes. If it is, changes were lost, or a forged time would
/// leave no room for later ones.
pub fn check_reachable(db: &Connection, tips: &BTreeMap<Origin, Tip>) -> Result<(), Fault> {
    if newest_lamport(db)? > count(tips) {
        return Err(broken(
            "its last change has a higher number than there are changes: some were lost, or it was forged",
        ));
    }
    Ok(())
}

/// The Lamport time of the last change; 0 for an empty log.
pub fn newest_lamport(db: &Connection) -> Result<u64> {
    db.prepare_cached("SELECT ifnull(max(lamport), 0) FROM change")?.query_row([], |row| rows::number(row, 0))
}

/// The end of one chain.
pub fn tip(db: &Connection, origin: Origin) -> Result<Tip> {
    let sql = "SELECT seq, hash FROM change WHERE origin = ?1 ORDER BY seq DESC LIMIT 1";
    let found = db.prepare_cached(sql)?.query_row([origin.to_string()], read).optional()?;
    Ok(found.unwrap_or(Tip::START))
}

/// Whether the file's chain of `origin` passes through `tip`.
pub fn holds(db: &Connection, origin: Origin, tip: Tip) -> Result<bool> {
    if tip.seq == 0 {
        return Ok(true);
    }
    Ok(at(db, origin, tip.seq)? == Some(tip.hash))
}

/// The hash of one change of the file's chain of `origin`.
pub fn at(db: &Connection, origin: Origin, seq: u64) -> Result<Option<Hash>> {
    let sql = "SELECT hash FROM change WHERE origin = ?1 AND seq = ?2";
    let own = (origin.to_string(), rows::sql(seq)?);
    db.prepare_cached(sql)?.query_row(own, |row| row.get(0)).optional()
}

/// The number of changes in chains with these ends: `seq` counts from 1 without gaps.
pub fn count(tips: &BTreeMap<Origin, Tip>) -> u64 {
    tips.values().map(|tip| tip.seq).fold(0, u64::saturating_add)
}

fn read(row: &Row<'_>) -> Result<Tip> {
    Ok(Tip { seq: rows::number(row, 0)?, hash: row.get(1)? })
}

/// `<origin> <seq> <hash>` per line.
pub fn print(tips: &BTreeMap<Origin, Tip>) -> String {
    let line = |(origin, tip): (&Origin, &Tip)| format!("{origin} {} {}\n", tip.seq, hex(&tip.hash));
    tips.iter().map(line).collect::<Vec<_>>().concat()
}

/// The reverse of [`print()`].
pub fn parse(text: &str) -> Option<BTreeMap<Origin, Tip>> {
    let tip = |line: &str| {
        let mut words = line.split(' ');
        let origin = words.next()?.parse().ok()?;
        Some((origin, Tip { seq: words.next()?.parse().ok()?, hash: unhex(words.next()?)? }))
    };
    text.lines().map(tip).collect()
}
