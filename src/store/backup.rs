//! Dated backups outside the register's folder: before a run's first write, and on request.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};
use std::{fs, io, thread};

use chrono::{DateTime, FixedOffset, NaiveDateTime};
use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};
use tempfile::NamedTempFile;

use crate::domain::id::Origin;
use crate::files::{absolute, folded, give_name, private_folder, protect, real_folder, sync_folder};
use crate::problem::Problem;

use super::chain::Tip;
use super::origin::notes_of;
use super::place::{FilePlace, Places};
use super::schema::Format;
use super::trouble::{Doing, Fault};
use super::{Access, Store, connect, head, point, rotation, schema, since, tips};

/// A backup, as described by its file name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BackupFile {
    pub path: PathBuf,
    /// Local time where it was made.
    pub made: NaiveDateTime,
    /// How many changes it holds.
    pub changes: u64,
}

/// Where the backups of one register are kept.
#[derive(Clone, Debug)]
pub struct Shelf {
    folder: PathBuf,
}

impl Store {
    /// Makes a dated backup of this register and deletes those that rotation no longer keeps.
    pub fn backup(&mut self, at: &DateTime<FixedOffset>) -> Result<PathBuf, Problem> {
        let none =
            || Doing::BackingUp.because("this computer has no folder for it", "Name a file: arising backup -o FILE.");
        let put = |shelf: Shelf| shelf.put(&self.db, at);
        let put = self.shelf().ok_or_else(none).map_err(Fault::Told).and_then(put);
        let Backed { path, ends } = put.map_err(|fault| Doing::BackingUp.failed(fault))?;
        self.begin_since(&path, ends);
        Ok(path)
    }

    /// Writes a copy of this register as one file; refuses if the file exists.
    pub fn backup_to(&self, path: &Path) -> Result<(), Problem> {
        let write = || {
            let path = absolute(path)?;
            settle(stage(&self.db, path.parent().unwrap_or(Path::new(".")))?, &path)
        };
        write().map_err(|fault: Fault| Doing::BackingUp.failed(fault))
    }

    /// Runs before the first write of a run. If the backup fails, the work continues with a notice: refusing to record
    /// a decision because an old state could not be copied would lose more.
    pub(super) fn backup_before_writing(&mut self, at: &DateTime<FixedOffset>) {
        let empty = tips::tips(&self.db).is_ok_and(|tips| tips.is_empty());
        if self.place.is_some() && !empty {
            self.notice = self.backup(at).err().map(|problem| problem.to_string()).or(self.notice.take());
        }
        if let Some(folder) = self.place.as_ref().and_then(|place| place.path.parent()) {
            // A leftover that cannot be removed only takes up space.
            sweep(folder).ok();
        }
    }

    /// Whether a whole backup was made on this day.
    pub(super) fn has_backup_of_today(&self, at: &DateTime<FixedOffset>) -> bool {
        let is_of_today = |backup: &BackupFile| backup.made.date() == at.date_naive() && !point::is_point(&backup.path);
        self.shelf().is_some_and(|shelf| inside(shelf.folder()).iter().any(is_of_today))
    }

    /// None for a register in memory, and where the computer has no data folder.
    pub(super) fn shelf(&self) -> Option<Shelf> {
        let (data, place) = (self.places.data.as_ref()?, self.place.as_ref()?);
        Some(Shelf { folder: shelf_of(data, &place.path, &self.uuid) })
    }
}

/// Copies the file as an earlier version wrote it; rotation never deletes this copy.
pub fn before_migrating(db: &Connection, from: Format, place: &FilePlace, places: &Places) -> Result<(), Fault> {
    let Some(data) = &places.data else { return Ok(()) };
    let folder = shelf_of(data, &place.path, &schema::uuid(db)?);
    private_folder(&folder)?;
    let path = folder.join(format!("as format {from}.sqlite"));
    if path.exists() { Ok(()) } else { put_down(stage(db, &folder)?, &path) }
}

impl Shelf {
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// What is put here at a time, of a register with these ends: `2026-03-12T101500 97 changes 4F3A-91C2-07BD-E1A2-9C33.sqlite`.
    pub fn path(&self, at: &DateTime<FixedOffset>, ends: &BTreeMap<Origin, Tip>, ending: &str) -> PathBuf {
        self.folder.join(format!("{} {}.{ending}", at.naive_local().format(MADE), state(ends)))
    }

    /// Makes a dated backup and deletes those no longer kept.
    pub fn put(&self, db: &Connection, at: &DateTime<FixedOffset>) -> Result<Backed, Fault> {
        self.put_down(self.stage(db)?, at)
    }

    /// Copies the register as it is at one moment: whoever writes waits until it is copied.
    pub fn stage(&self, db: &Connection) -> Result<Staged, Fault> {
        self.staged(|folder| copied(db, folder, NO_DRAFTS))
    }

    /// Copies it a little at a time, so that whoever writes hardly waits: it begins again after each write, once there is a pause.
    pub fn stage_at_leisure(&self, db: &Connection) -> Result<Staged, Fault> {
        self.staged(|folder| copied_by(db, folder, NO_DRAFTS, at_leisure))
    }

    fn staged(&self, copied: impl FnOnce(&Path) -> Result<NamedTempFile, Fault>) -> Result<Staged, Fault> {
        private_folder(&self.folder)?;
        let file = copied(&self.folder)?;
        let ends = tips::tips(&connect::file(file.path(), Access::ReadOnly)?)?;
        Ok(Staged { file, ends })
    }

    /// Gives a copy its name once it is safe on disk, and deletes the backups no longer kept.
    pub fn put_down(&self, staged: Staged, at: &DateTime<FixedOffset>) -> Result<Backed, Fault> {
        let Staged { file, ends } = staged;
        let path = self.path(at, &ends, WHOLE);
        if !path.exists() {
            file.as_file().sync_all()?;
            put_down(file, &path)?;
        }
        rotation::rotate(&self.folder, &path, at.naive_local())?;
        Ok(Backed { path, ends })
    }
}

/// A complete copy that does not have its name yet, nor need be on disk: whoever waits for it to be made does not wait for the
/// disk.
#[derive(Debug)]
pub struct Staged {
    file: NamedTempFile,
    ends: BTreeMap<Origin, Tip>,
}

/// A backup that was made, and the ends of the chains in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backed {
    pub path: PathBuf,
    pub ends: BTreeMap<Origin, Tip>,
}

impl Staged {
    /// How many changes it holds.
    pub fn changes(&self) -> u64 {
        tips::count(&self.ends)
    }

    /// For reading it.
    pub fn open(&self) -> Result<Connection, Fault> {
        connect::file(self.file.path(), Access::ReadOnly)
    }
}

/// The folder of the backups of the register `uuid` at `path`.
pub fn shelf_of(data: &Path, path: &Path, uuid: &str) -> PathBuf {
    data.join("backups").join(format!("{}-{}", folded(&stem(path)), uuid.get(..8).unwrap_or(uuid)))
}

/// Every folder of backups of the register `uuid`, wherever its file was and whatever it was called.
pub fn shelves_of(data: &Path, uuid: &str) -> Vec<PathBuf> {
    let end = format!("-{}", uuid.get(..8).unwrap_or(uuid));
    let folders = fs::read_dir(data.join("backups")).into_iter().flatten().flatten();
    folders.filter(|folder| folder.file_name().to_string_lossy().ends_with(&end)).map(|folder| folder.path()).collect()
}

/// The dated backups of the register at `path`, most changes first, whatever a clock said. Found by name, so that they are found
/// even if the file is gone.
pub fn backups(path: &Path, places: &Places) -> Vec<BackupFile> {
    let Some(data) = &places.data else {
        return Vec::new();
    };
    let name = format!("{}-", folded(&stem(path)));
    let folders = fs::read_dir(data.join("backups")).into_iter().flatten().flatten();
    let own = folders.filter(|folder| folder.file_name().to_string_lossy().starts_with(&name));
    sorted(own.flat_map(|folder| inside(&folder.path())).collect())
}

/// What can be restored of the register at `path`: its backups, and the newest with the changes since. Of registers of one name, only
/// those that this computer has had there, if it knows any.
pub fn restorable(path: &Path, places: &Places) -> Vec<BackupFile> {
    let known = absolute(path).ok().zip(places.data.as_deref());
    let known: Vec<BackupFile> = known.into_iter().flat_map(|(path, data)| of_known(data, &path)).collect();
    if known.is_empty() { backups(path, places) } else { known }
}

/// The same of the registers that this computer has had at this path.
pub fn of_known(data: &Path, path: &Path) -> Vec<BackupFile> {
    let of = |uuid: String| {
        let noted = since::newest(since::file_of(data, &uuid, path));
        inside(&shelf_of(data, path, &uuid)).into_iter().chain(noted)
    };
    sorted(notes_of(data, path).into_iter().flat_map(of).collect())
}

fn sorted(mut found: Vec<BackupFile>) -> Vec<BackupFile> {
    found.sort_by_key(|backup| Reverse((backup.changes, backup.made)));
    found
}

/// The complete backups in a folder, restore points among them; one still being written has a different name.
pub fn inside(folder: &Path) -> Vec<BackupFile> {
    let files = fs::read_dir(folder).into_iter().flatten().flatten();
    files.filter_map(|file| parse(file.path())).collect()
}

/// Copies a register as at one moment into a temporary file, complete and synced to disk. Drafts are not part of the
/// record and are left out.
pub fn stage(from: &Connection, folder: &Path) -> Result<NamedTempFile, Fault> {
    synced(copied(from, folder, NO_DRAFTS)?)
}

/// The same with the drafts.
pub fn whole(from: &Connection, folder: &Path) -> Result<NamedTempFile, Fault> {
    synced(copied(from, folder, "")?)
}

const NO_DRAFTS: &str = "DELETE FROM draft";

fn synced(file: NamedTempFile) -> Result<NamedTempFile, Fault> {
    file.as_file().sync_all()?;
    Ok(file)
}

fn copied(from: &Connection, folder: &Path, then: &str) -> Result<NamedTempFile, Fault> {
    copied_by(from, folder, then, |copy| copy.run_to_completion(10_000, Duration::from_millis(5), None))
}

/// How many pages are copied before whoever waits to write has a turn: less than a millisecond's work.
const A_LITTLE: i32 = 64;

fn at_leisure(copy: &Backup<'_, '_>) -> rusqlite::Result<()> {
    let mut left = i32::MAX;
    loop {
        match copy.step(A_LITTLE)? {
            StepResult::Done => return Ok(()),
            StepResult::More if copy.progress().remaining <= left => left = copy.progress().remaining,
            // The register has been written to.
            _ => {
                thread::sleep(Duration::from_millis(50));
                left = i32::MAX;
            }
        }
    }
}

fn copied_by(
    from: &Connection,
    folder: &Path,
    then: &str,
    copy: impl FnOnce(&Backup<'_, '_>) -> rusqlite::Result<()>,
) -> Result<NamedTempFile, Fault> {
    let file = tempfile::Builder::new().prefix(".arising-").suffix(".part").tempfile_in(real_folder(folder)?)?;
    protect(file.path());
    let mut to = connect::file(file.path(), Access::ReadWrite)?;
    to.execute_batch("PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF")?;
    connect::keep_few_pages(&to)?;
    copy(&Backup::new(from, &mut to)?)?;
    to.execute_batch(then)?;
    drop(to);
    Ok(file)
}

/// Gives a backup its name. Where another program has just made the same one, that will do: the name says which state it holds.
fn put_down(file: NamedTempFile, path: &Path) -> Result<(), Fault> {
    match settle(file, path) {
        Err(Fault::Io(error)) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        done => done,
    }
}

/// Gives a staged copy its final name; never overwrites.
pub fn settle(file: NamedTempFile, path: &Path) -> Result<(), Fault> {
    give_name(file, |file| file.persist_noclobber(path))?;
    path.parent().map_or(Ok(()), sync_folder)?;
    Ok(())
}

/// Removes our own unfinished files left by a killed process, once no process can still be writing them.
pub fn sweep(folder: &Path) -> io::Result<()> {
    for file in fs::read_dir(folder)? {
        let file = file?;
        let old = |time: SystemTime| time.elapsed().is_ok_and(|age| age > Duration::from_secs(3600));
        let name = file.file_name();
        let ours = name.to_string_lossy().starts_with(".arising-");
        if ours && file.metadata().and_then(|metadata| metadata.modified()).is_ok_and(old) {
            gone(fs::remove_file(file.path()))?;
        }
    }
    Ok(())
}

/// Removing a file that another program has just removed is no error.
pub fn gone(removed: io::Result<()>) -> io::Result<()> {
    removed.or_else(|error| if error.kind() == io::ErrorKind::NotFound { Ok(()) } else { Err(error) })
}

const MADE: &str = "%Y-%m-%dT%H%M%S";

/// How the name of a whole backup ends.
const WHOLE: &str = "sqlite";

/// How many changes there are, and the code of the state: what follows the time in a backup's name.
fn state(ends: &BTreeMap<Origin, Tip>) -> String {
    format!("{} changes {}", tips::count(ends), head::code(ends))
}

/// Whether a backup's name promises the state with these ends.
pub fn is_named_after(backup: &Path, ends: &BTreeMap<Origin, Tip>) -> bool {
    stem(backup).split_once(' ').is_some_and(|(_, promised)| promised == state(ends))
}

impl BackupFile {
    /// What it is called in a list, and when it is restored.
    pub fn name(&self) -> String {
        name_of(&self.path)
    }
}

/// What a backup is called.
pub fn name_of(backup: &Path) -> String {
    let of_file = || backup.file_name().unwrap_or_default().to_string_lossy().into_owned();
    since::name(backup).map_or_else(of_file, str::to_owned)
}

fn parse(path: PathBuf) -> Option<BackupFile> {
    let (name, ending) = path.file_name()?.to_str()?.rsplit_once('.')?;
    let (name, _code) = name.split_once(" changes").filter(|_| [WHOLE, point::ENDING].contains(&ending))?;
    let (made, changes) = name.split_once(' ')?;
    let made = NaiveDateTime::parse_from_str(made, MADE).ok()?;
    let changes = changes.parse().ok()?;
    Some(BackupFile { path, made, changes })
}

pub fn stem(path: &Path) -> String {
    path.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned())
}
