//! Restores a backup: it is verified first, and the present file is kept beside it.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use chrono::{DateTime, FixedOffset};
use rusqlite::Connection;
use tempfile::NamedTempFile;

use crate::domain::agency_copy::AgencyCopy;
use crate::files::{HELD, absolute, patiently, private_file, private_folder, sync_folder};
use crate::problem::Problem;

use super::kept::{BEFORE, RESTORED, free_name};
use super::place::Places;
use super::since::Whole;
use super::trouble::{Doing, Fault};
use super::verify::everything;
use super::{Access, Store, absent, backup, carry, connect, schema};

/// What a restore did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    pub changes: u64,
    /// Where the previous file is now.
    pub kept: Option<PathBuf>,
}

/// Whether a backup of one register may take the place of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Other {
    Refuse,
    Replace,
}

/// Copies the backup to `to` in one step: at every moment there is a complete register at `to`, the old one or the new.
/// The old one is kept under another name; the backup itself is left untouched.
pub fn restore(
    backup: &Path,
    to: &Path,
    at: &DateTime<FixedOffset>,
    other: Other,
    places: &Places,
) -> Result<Restored, Problem> {
    put_back(backup, to, at, other, places).map_err(|fault| Doing::Restoring.failed(fault))
}

fn put_back(
    backup: &Path,
    to: &Path,
    at: &DateTime<FixedOffset>,
    other: Other,
    places: &Places,
) -> Result<Restored, Fault> {
    let whole = Whole::of(&absolute(backup)?)?;
    let from = connect::file(whole.path(), Access::ReadOnly)?;
    schema::examine(&from)?;
    let uuid = schema::uuid(&from)?;
    let from = carry::readable(from)?;
    let verified = everything(&from)?;
    let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    private_folder(folder)?;
    let to = absolute(to)?;
    if other == Other::Refuse {
        refuse_another(&to, &uuid)?;
        refuse_other_words(&to, &from)?;
    }
    let copy = backup::stage(&from, to.parent().unwrap_or(Path::new(".")))?;
    let kept = exchange(copy, &to, at)?;
    explain(backup, &to, at, places)?;
    Ok(Restored { changes: verified.changes, kept })
}

/// A readable register at `to` must be the one that the backup was made from.
fn refuse_another(to: &Path, uuid: &str) -> Result<(), Fault> {
    let there = || schema::uuid(&connect::file(to, Access::ReadOnly)?);
    match there() {
        Ok(there) if there != uuid => {
            let why = "it is a backup of a different register";
            let hint = "Name that register with --register, or replace this one with --force.";
            Err(Doing::Restoring.because(why, hint).into())
        }
        // A register that is missing, or too damaged to be identified, is what a backup is for.
        Ok(_) | Err(_) => Ok(()),
    }
}

/// An agency copy lacks words that the full register has, and must not take its place unasked; nor the other way round.
fn refuse_other_words(to: &Path, from: &Connection) -> Result<(), Fault> {
    let there = || -> Result<_, Fault> { Ok(absent::agency_copy(&connect::file(to, Access::ReadOnly)?)?) };
    let (Ok(there), from) = (there(), absent::agency_copy(from)?) else { return Ok(()) };
    let party = |copy: &Option<AgencyCopy>| copy.as_ref().map(|copy| copy.party);
    if party(&there) == party(&from) {
        return Ok(());
    }
    let named = |copy: Option<AgencyCopy>| {
        copy.map_or_else(|| "the full register".to_owned(), |copy| format!("the agency copy for {}", copy.name))
    };
    let why = format!("it is {}, and {} is there", named(from), named(there));
    Err(Doing::Restoring.because(why, "Name another file with --register, or replace this one with --force.").into())
}

/// Gives `copy` the name `to`, and the file that had it another name, in the same step. Where the system cannot do that,
/// the old file gets a second name first, so that there is always one at `to`.
fn exchange(copy: NamedTempFile, to: &Path, at: &DateTime<FixedOffset>) -> Result<Option<PathBuf>, Fault> {
    if to.symlink_metadata().is_err() {
        put_journal_aside(to, to, at)?;
        backup::settle(copy, to)?;
        return Ok(None);
    }
    // Windows gives away no name that is open, not even to us. Whoever opens the file meanwhile still has it when it is to
    // be replaced, which then fails.
    let hold = hold(to)?.filter(|_| cfg!(unix));
    let kept = free_name(to, BEFORE, at);
    put_journal_aside(to, &kept, at)?;
    backup::settle(copy, &kept)?;
    if swap(&kept, to).is_err() {
        let copy = with_suffix(&kept, ".part");
        fs::rename(&kept, &copy)?;
        second_name(to, &kept)?;
        drop(hold);
        patiently(|| fs::rename(&copy, to)).map_err(|error| in_use(error, &copy, &kept))?;
    }
    to.parent().map_or(Ok(()), sync_folder)?;
    Ok(Some(kept))
}

/// The file is in use, so everything stays as it was: the copy and the second name go.
fn in_use(error: io::Error, copy: &Path, kept: &Path) -> Fault {
    fs::remove_file(copy).and_then(|()| fs::remove_file(kept)).ok();
    if cfg!(windows) { Doing::Restoring.because(HELD.0, HELD.1).into() } else { error.into() }
}

/// Swaps the names of two files in one step, where the system and the disk can.
#[cfg(target_os = "linux")]
fn swap(a: &Path, b: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE)?)
}

#[cfg(not(target_os = "linux"))]
fn swap(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// A hard link, or a copy where the disk has no links (FAT on a memory stick).
fn second_name(of: &Path, name: &Path) -> io::Result<()> {
    if fs::hard_link(of, name).is_ok() {
        return Ok(());
    }
    let mut copy = private_file(name)?;
    io::copy(&mut fs::File::open(of)?, &mut copy)?;
    copy.sync_all()
}

/// Changes that this computer knows and that the restored file lacks were given up on purpose.
fn explain(of: &Path, to: &Path, at: &DateTime<FixedOffset>, places: &Places) -> Result<(), Fault> {
    let store = Store::open_in(to, Access::ReadWrite, places)?;
    let missing = store.witnesses().missing(&store.db)?;
    let name = backup::name_of(of);
    Ok(store.explain(&missing, at, &format!("{RESTORED}{name}"))?)
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
pub fn put_journal_aside(of: &Path, kept: &Path, at: &DateTime<FixedOffset>) -> Result<(), Fault> {
    for suffix in ["-journal", "-wal", "-shm"] {
        let journal = with_suffix(of, suffix);
        let Ok(metadata) = journal.symlink_metadata() else {
            continue;
        };
        if metadata.len() == 0 {
            patiently(|| fs::remove_file(&journal))?;
        } else {
            let beside = with_suffix(kept, suffix);
            let to = if beside.symlink_metadata().is_ok() { free_name(&journal, BEFORE, at) } else { beside };
            patiently(|| fs::rename(&journal, &to))?;
        }
    }
    Ok(())
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(path.as_os_str());
    name.push(suffix);
    PathBuf::from(name)
}
