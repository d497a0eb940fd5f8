//! Restores a backup: it is verified first, and the present file is kept beside it.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use chrono::{DateTime, FixedOffset};
use rusqlite::Connection;

use crate::problem::Problem;

use super::place::{absolute, private_folder};
use super::trouble::{Doing, Fault};
use super::verify::everything;
use super::{Access, backup, connect, schema};

/// What a restore did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    pub changes: u64,
    /// Where the previous file is now.
    pub kept: Option<PathBuf>,
}

/// Copies the backup to `to`. An existing file is renamed, never overwritten; the backup itself is left untouched.
pub fn restore(backup: &Path, to: &Path, at: &DateTime<FixedOffset>) -> Result<Restored, Problem> {
    put_back(backup, to, at).map_err(|fault| Doing::Restoring.failed(fault))
}

fn put_back(backup: &Path, to: &Path, at: &DateTime<FixedOffset>) -> Result<Restored, Fault> {
    let from = connect::file(&absolute(backup)?, Access::ReadOnly)?;
    schema::examine(&from)?;
    let verified = everything(&from)?;
    let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    private_folder(folder)?;
    let to = absolute(to)?;
    let folder = to.parent().unwrap_or(Path::new("."));
    let copy = backup::stage(&from, folder)?;
    let kept = if to.symlink_metadata().is_ok() { Some(put_aside(&to, at)?) } else { None };
    put_journal_aside(&to, kept.as_deref().unwrap_or(&to), at)?;
    if let Err(fault) = backup::settle(copy, &to) {
        kept.map_or(Ok(()), |kept| fs::rename(kept, &to))?;
        return Err(fault);
    }
    Ok(Restored { changes: verified.changes, kept })
}

/// Renames the present file once no other program is writing to it.
fn put_aside(path: &Path, at: &DateTime<FixedOffset>) -> Result<PathBuf, Fault> {
    let hold = hold(path)?;
    let kept = free_name(path, at);
    fs::rename(path, &kept)?;
    drop(hold);
    Ok(kept)
}

/// Waits until no one is writing. A file too damaged to lock is not being written by a working program either.
fn hold(path: &Path) -> Result<Option<Connection>, Fault> {
    let lock = || -> Result<Connection, Fault> {
        let db = connect::file(path, Access::ReadWrite)?;
        db.execute_batch("BEGIN EXCLUSIVE")?;
        Ok(db)
    };
    match lock() {
        Ok(db) => Ok(Some(db)),
        Err(fault) if fault.is_busy() => Err(fault),
        Err(_) => Ok(None),
    }
}

/// A journal belongs to the file it was written for; left behind, it would be applied to the restored one.
fn put_journal_aside(of: &Path, kept: &Path, at: &DateTime<FixedOffset>) -> Result<(), Fault> {
    for suffix in ["-journal", "-wal", "-shm"] {
        let journal = with_suffix(of, suffix);
        let Ok(metadata) = journal.symlink_metadata() else {
            continue;
        };
        if metadata.len() == 0 {
            fs::remove_file(&journal)?;
        } else {
            let beside = with_suffix(kept, suffix);
            let to = if beside.symlink_metadata().is_ok() { free_name(&journal, at) } else { beside };
            fs::rename(&journal, &to)?;
        }
    }
    Ok(())
}

/// `register before 2026-03-12T101500.sqlite`, with a number added if that exists.
fn free_name(path: &Path, at: &DateTime<FixedOffset>) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let ending = path.extension().map(|end| format!(".{}", end.to_string_lossy())).unwrap_or_default();
    let day = at.format("%Y-%m-%dT%H%M%S");
    let names = (1..).map(|number: u32| match number {
        1 => format!("{stem} before {day}{ending}"),
        _ => format!("{stem} before {day} ({number}){ending}"),
    });
    let free = names.map(|name| path.with_file_name(name)).find(|path| path.symlink_metadata().is_err());
    free.unwrap_or_else(|| path.with_extension("before"))
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(path.as_os_str());
    name.push(suffix);
    PathBuf::from(name)
}
