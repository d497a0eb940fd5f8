//! Restore points: what is noted since the newest backup, kept before an import or a merge under a name like a backup's.
//!
//! With the backup from which it leads on, a point is the register as it was, in some kilobytes where a copy is as large as the
//! register. It is of use only with that very backup: a later one has more. So that is kept as long as the point is.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use chrono::{DateTime, FixedOffset};
use rusqlite::Connection;
use tempfile::NamedTempFile;

use crate::files::{give_name, protect, real_folder, sync_folder};

use super::backup::{Shelf, gone, inside, is_named_after, shelves_of};
use super::since::{LARGEST, Noted, Since, small_file};
use super::trouble::{Doing, Fault};
use super::{Access, Store, connect, rotation, tips};

/// How the name of a restore point ends.
pub const ENDING: &str = "point";

pub fn is_point(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == ENDING)
}

/// Every restore point of the register `uuid`, wherever its file was.
pub fn points_of(data: &Path, uuid: &str) -> impl Iterator<Item = PathBuf> {
    let all = shelves_of(data, uuid).into_iter().flat_map(|shelf| inside(&shelf));
    all.map(|file| file.path).filter(|path| is_point(path))
}

/// The register as it was at a point, and nothing else.
pub fn put_together(point: &Path) -> Result<NamedTempFile, Fault> {
    let hint = "Restore another backup (arising restore lists them); the register is unchanged.";
    let torn = || Doing::Restoring.because("this restore point is damaged, or was given another name", hint);
    let noted = Noted::read(point).filter(|noted| is_named_after(point, noted.ends())).ok_or_else(torn)?;
    let (backup, ends) = (noted.backup.clone(), noted.ends().clone());
    if !backup.is_file() {
        let name = backup.file_name().unwrap_or_default().to_string_lossy();
        let why = format!("the backup “{name}”, from which this restore point leads on, is not beside it");
        return Err(Doing::Restoring.because(why, hint).into());
    }
    let file = noted.onto(&backup)?;
    if tips::tips(&connect::file(file.path(), Access::ReadOnly)?)? == ends { Ok(file) } else { Err(torn().into()) }
}

impl Store {
    /// Keeps a restore point of the register as it is; false where that cannot be, and all of it has to be copied.
    pub(super) fn has_put_point(&mut self, at: &DateTime<FixedOffset>) -> bool {
        self.put_point(at).is_ok_and(|point| point.is_some())
    }

    fn put_point(&mut self, now: &DateTime<FixedOffset>) -> Result<Option<PathBuf>, Fault> {
        let (Some(backups), Some(since)) = (self.shelf(), self.since_file()) else { return Ok(None) };
        let Some(bytes) = small_file(&since, LARGEST).filter(|_| self.has_backup_of_today(now)) else {
            return Ok(None);
        };
        let ends = tips::tips(&self.db)?;
        let leads_here = |noted: &Noted| *noted.ends() == ends && noted.backup.parent() == Some(backups.folder());
        let Some(Noted { backup, .. }) = Noted::of(&since, &bytes).filter(leads_here) else { return Ok(None) };
        if !is_enough(&backup, &self.db)? {
            return Ok(None);
        }
        let point = backups.path(now, &ends, ENDING);
        backups.put_small(&bytes, &point)?;
        // Another program may have erased words meanwhile, or made a newer backup.
        let is_still_noted = small_file(&since, LARGEST).is_some_and(|noted| noted.starts_with(&bytes));
        if !is_still_noted || !backup.is_file() {
            gone(fs::remove_file(&point))?;
            return Ok(None);
        }
        self.since = Since::known(since, ends);
        rotation::rotate(backups.folder(), &point, now.naive_local())?;
        Ok(Some(point))
    }
}

impl Shelf {
    /// Puts a small file here, safe on disk before it has its name.
    fn put_small(&self, bytes: &[u8], path: &Path) -> io::Result<()> {
        let mut file =
            tempfile::Builder::new().prefix(".arising-").suffix(".part").tempfile_in(real_folder(self.folder())?)?;
        protect(file.path());
        file.write_all(bytes)?;
        file.as_file().sync_all()?;
        give_name(file, |file| file.persist(path))?;
        sync_folder(self.folder())
    }
}

/// Whether a backup is what its name says and has all of the register that is not noted line by line: what was merged into it, and
/// when.
fn is_enough(backup: &Path, register: &Connection) -> Result<bool, Fault> {
    let sql = "SELECT count(*), ifnull(sum(changes), 0), ifnull(max(at), '') FROM merged";
    let arrivals = |db: &Connection| -> rusqlite::Result<(i64, i64, String)> {
        db.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
    };
    let backed_up = connect::file(backup, Access::ReadOnly)?;
    Ok(is_named_after(backup, &tips::tips(&backed_up)?) && arrivals(register)? == arrivals(&backed_up)?)
}
