//! Another file beside this register: what each of the two has that the other lacks.

use std::path::{Path, PathBuf};

use chrono::NaiveDateTime;
use rusqlite::Connection;

use crate::domain::id::Origin;
use crate::problem::Problem;

use super::backup::{BackupFile, MADE, stem};
use super::place::absolute;
use super::trouble::{Doing, Fault};
use super::verify::everything;
use super::{Access, connect, rows, schema, tips};

/// What every `SQLite` file begins with.
const HEADER: &[u8] = b"SQLite format 3\0";

/// A copy of a register, or another register, compared with the present one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compared {
    /// Whether it is a copy of the same register.
    pub is_same: bool,
    /// Changes that only the present register has.
    pub here_only: u64,
    /// The day and the author of the last of them.
    pub last_here: Option<(String, String)>,
    /// Changes that only the copy has.
    pub there_only: u64,
}

/// Whether a file is a database, whatever its name says.
pub fn is_database(path: &Path) -> bool {
    use std::io::Read;
    let mut head = [0; HEADER.len()];
    let read = std::fs::File::open(path).and_then(|mut file| file.read_exact(&mut head));
    read.is_ok() && head == HEADER
}

/// Compares a copy with the register at `here`; neither is written to.
///
/// # Errors
/// Why one of them cannot be read, or is not a register.
pub fn compare(copy: &Path, here: &Path) -> Result<Compared, Problem> {
    between(copy, here).map_err(|fault| Doing::Opening.failed(fault))
}

fn between(copy: &Path, here: &Path) -> Result<Compared, Fault> {
    let open = |path: &Path| -> Result<Connection, Fault> {
        let db = connect::file(&absolute(path)?, Access::ReadOnly)?;
        schema::examine(&db)?;
        Ok(db)
    };
    let (there, here) = (open(copy)?, open(here)?);
    everything(&there)?;
    let is_same = schema::uuid(&there)? == schema::uuid(&here)?;
    let (there_only, _) = only_in(&there, &here)?;
    let (here_only, last_here) = only_in(&here, &there)?;
    Ok(Compared { is_same, here_only, last_here, there_only })
}

/// How many changes the first has that the second lacks, with the day and the author of the last.
fn only_in(one: &Connection, other: &Connection) -> Result<(u64, Option<(String, String)>), Fault> {
    let (mut count, mut last) = (0_u64, None);
    for (origin, tip) in tips::tips(one)? {
        let shared = shared(one, other, origin, tip.seq)?;
        count = count.saturating_add(tip.seq - shared);
        if tip.seq > shared {
            last = last.max(Some(written(one, origin, tip.seq)?));
        }
    }
    Ok((count, last))
}

/// The number of changes of one origin that both have: two chains that part never meet again, so it is found by halving.
fn shared(one: &Connection, other: &Connection, origin: Origin, most: u64) -> Result<u64, Fault> {
    let (mut low, mut high) = (0, most.min(tips::tip(other, origin)?.seq));
    while low < high {
        let middle = low + (high - low).div_ceil(2);
        if hash(one, origin, middle)? == hash(other, origin, middle)? { low = middle } else { high = middle - 1 }
    }
    Ok(low)
}

fn hash(db: &Connection, origin: Origin, seq: u64) -> Result<Vec<u8>, Fault> {
    let sql = "SELECT hash FROM change WHERE origin = ?1 AND seq = ?2";
    Ok(db.prepare_cached(sql)?.query_row((origin.to_string(), rows::sql(seq)?), |row| row.get(0))?)
}

/// When a change was written, and by whom.
fn written(db: &Connection, origin: Origin, seq: u64) -> Result<(String, String), Fault> {
    let sql = "SELECT b.at, b.author FROM change c JOIN batch b ON b.id = c.batch WHERE c.origin = ?1 AND c.seq = ?2";
    let read = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?));
    Ok(db.prepare_cached(sql)?.query_row((origin.to_string(), rows::sql(seq)?), read)?)
}

/// The registers that were put aside when another took their place, latest first.
pub fn put_aside(register: &Path) -> Vec<BackupFile> {
    let folder = register.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let files = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|file| file.path());
    let mut found: Vec<BackupFile> = files.filter_map(|file| aside(file, register)).collect();
    found.sort_by_key(|file| std::cmp::Reverse(file.made));
    found
}

/// `register before 2026-03-12T101500.sqlite`, and with a number after it.
fn aside(file: PathBuf, register: &Path) -> Option<BackupFile> {
    let name = stem(&file);
    let day = name.strip_prefix(&format!("{} before ", stem(register)))?;
    let made = NaiveDateTime::parse_from_str(day.split(' ').next()?, MADE).ok()?;
    let count = || -> Result<u64, Fault> {
        Ok(tips::count(&tips::tips(&connect::file(&absolute(&file)?, Access::ReadOnly)?)?))
    };
    let changes = count().ok().filter(|_| file.extension() == register.extension())?;
    Some(BackupFile { path: file, made, changes })
}
