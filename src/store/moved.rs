//! Moves a register to another folder: first a verified copy there, then another name for the old file. Nothing is deleted,
//! and at every moment there is a whole register under one of the two names.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::{DateTime, FixedOffset};
use rusqlite::Connection;

use crate::files::{absolute, patiently, private_folder, sync_folder};
use crate::problem::Problem;

use super::kept::{MOVED, free_name, note_moved};
use super::place::Places;
use super::restore::put_journal_aside;
use super::trouble::{Doing, Fault};
use super::verify::everything;
use super::{Access, Store, backup, connect, lost, schema, tips};

/// What a move did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    pub changes: u64,
    /// Where the old file is now.
    pub kept: PathBuf,
}

/// Moves the register at `from` to `to`, unfinished text included. If it is stopped in between, doing it again finishes it.
pub fn move_to(from: &Path, to: &Path, at: &DateTime<FixedOffset>, places: &Places) -> Result<Moved, Problem> {
    moved(from, to, at, places).map_err(|fault| Doing::Moving.failed(fault))
}

fn moved(from: &Path, to: &Path, at: &DateTime<FixedOffset>, places: &Places) -> Result<Moved, Fault> {
    let mut store = Store::open_in(from, Access::ReadWrite, places)?;
    store.may_write()?;
    let from = absolute(from)?;
    to.parent().map_or(Ok(()), private_folder)?;
    let to = absolute(to)?;
    // Until the old file has its other name, no one writes to it.
    store.db.execute_batch("BEGIN IMMEDIATE")?;
    if to.symlink_metadata().is_ok() {
        refuse_another(&store.db, &from, &to)?;
    } else {
        lost::refuse_over(&to)?;
        // `SQLite` copies nothing through a connection that is about to write.
        put_copy(&connect::file(&from, Access::ReadOnly)?, &to)?;
    }
    let ends = tips::tips(&store.db)?;
    let kept = free_name(&from, MOVED, at);
    note_moved(places.data.as_deref(), &schema::uuid(&store.db)?, &kept);
    // Windows gives no other name to a file that is open.
    let hold = Some(store).filter(|_| cfg!(unix));
    put_journal_aside(&from, &kept, at)?;
    patiently(|| fs::rename(&from, &kept))?;
    kept.parent().map_or(Ok(()), sync_folder)?;
    drop(hold);
    if tips::tips(&connect::file(&kept, Access::ReadOnly)?)? != ends {
        let hint =
            format!("They are in the old file: arising --register \"{}\" merge \"{}\".", to.display(), kept.display());
        return Err(Doing::Moving.because("another program wrote to it meanwhile", hint).into());
    }
    Ok(Moved { changes: tips::count(&ends), kept })
}

/// A copy that is there must be one that an earlier, interrupted move has made.
fn refuse_another(own: &Connection, from: &Path, to: &Path) -> Result<(), Fault> {
    let is_same = || -> Result<bool, Fault> {
        let there = connect::file(to, Access::ReadOnly)?;
        schema::examine(&there)?;
        everything(&there)?;
        Ok(schema::uuid(&there)? == schema::uuid(own)? && tips::tips(&there)? == tips::tips(own)?)
    };
    if is_same().unwrap_or(false) {
        return Ok(());
    }
    let why = format!("there is another register at {}; this one stays at {}", to.display(), from.display());
    let hint = format!(
        "If they are copies of one register: arising --register \"{}\" merge \"{}\".",
        to.display(),
        from.display()
    );
    Err(Doing::Moving.because(why, hint).into())
}

/// Writes a copy at `to`, which is read again before it gets its name.
fn put_copy(own: &Connection, to: &Path) -> Result<(), Fault> {
    let copy = backup::whole(own, to.parent().unwrap_or(Path::new(".")))?;
    let written = connect::file(copy.path(), Access::ReadOnly)?;
    everything(&written)?;
    if tips::tips(&written)? != tips::tips(own)? {
        return Err(Doing::Moving.because("the copy is not complete", "Try again; the register is unchanged.").into());
    }
    drop(written);
    backup::settle(copy, to)
}
