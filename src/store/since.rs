//! The changes since the newest backup, noted beside it as they are saved.
//!
//! With them the backup is the register as it is, so the first change of a run need not wait until all of it has been copied again;
//! and a register that is lost is restored with its last change. What is noted counts only where it leads from a backup that is
//! there to the ends of the register's own chains. So lines that are torn or missing cost only the wait for a copy.

use std::collections::BTreeMap;
use std::fs::{self, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Local};
use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use rusqlite::Connection;
use tempfile::NamedTempFile;

use crate::domain::id::Origin;
use crate::files::{give_name, private_folder, protect, real_folder};
use crate::wire::bundle::{Beginning, beginning, print};

use super::backup::{self, BackupFile, gone, inside};
use super::chain::Tip;
use super::merge::{Lines, sent_lines};
use super::origin::note_of;
use super::point::{self, is_point, points_of};
use super::trouble::Fault;
use super::{Access, Store, absent, connect, tips};

/// The ends of all chains.
type Ends = BTreeMap<Origin, Tip>;

/// The name under which this state is restored.
const NAME: &str = "the newest with the changes since";

const ENDING: &str = "since";

/// Bytes from which copying the register again is the lesser work: some thousand changes.
pub const LARGEST: u64 = 1 << 20;

/// Bytes of it when unpacked; it packs to a tenth at most.
const LARGEST_UNPACKED: u64 = 64 << 20;

/// What is noted since the newest backup of one register.
#[derive(Clone, Debug, Default)]
pub struct Since {
    file: Option<PathBuf>,
    /// Where the backup and what is noted lead; none where that is nowhere.
    ends: Option<Ends>,
}

/// The file for a register at a path: beside its note, because copies of one register under one name share their backups.
pub fn file_of(data: &Path, uuid: &str, path: &Path) -> PathBuf {
    note_of(data, uuid, path).with_extension(ENDING)
}

impl Since {
    /// What is noted in a file.
    pub fn read(file: &Path) -> Since {
        let noted = Noted::read(file).filter(|noted| noted.backup.is_file());
        Since { file: Some(file.to_owned()), ends: noted.map(|noted| noted.lines.ends) }
    }

    /// Whether the backup and what is noted are a register with these ends.
    pub fn leads_to(&self, tips: &Ends) -> bool {
        self.ends.as_ref() == Some(tips)
    }

    /// What is known to be noted in a file.
    pub fn known(file: PathBuf, ends: Ends) -> Since {
        Since { file: Some(file), ends: Some(ends) }
    }

    /// Begins anew with a backup that has just been made, of a register with these ends.
    pub fn begin(file: PathBuf, uuid: &str, backup: &Path, ends: Ends) -> Since {
        let ends = begun(&file, uuid, backup, &ends).is_ok().then_some(ends);
        Since { file: Some(file), ends }
    }

    /// Notes what has been saved since, once that is in the register.
    pub fn note(&mut self, db: &Connection, tips: &Ends) {
        let (Some(file), Some(ends)) = (&self.file, &mut self.ends) else { return };
        let is_new = |(origin, tip): &(&Origin, &Tip)| ends.get(origin).is_none_or(|end| end.seq < tip.seq);
        if !tips.iter().any(|tip| is_new(&tip)) {
            return;
        }
        let noted = sent_lines(db, ends, tips).and_then(|lines| Ok(added(file, &lines)?));
        if noted.is_ok_and(|is_noted| is_noted) {
            let new: Ends = tips.iter().filter(is_new).map(|(origin, tip)| (*origin, *tip)).collect();
            ends.extend(new);
        } else {
            // What is noted stays of use; from here on it leads no further.
            self.ends = None;
        }
    }
}

fn begun(file: &Path, uuid: &str, backup: &Path, ends: &Ends) -> Result<(), Fault> {
    let nowhere = || io::Error::from(io::ErrorKind::NotFound);
    let (folder, data) = file.parent().and_then(|folder| Some((folder, folder.parent()?))).ok_or_else(nowhere)?;
    let backup = backup.strip_prefix(data).map_err(io::Error::other)?.to_string_lossy().into_owned();
    let first = Beginning { uuid: uuid.to_owned(), backup, before: tips::print(ends) };
    private_folder(folder)?;
    let folder = real_folder(folder)?;
    let mut begun = tempfile::Builder::new().prefix(".arising-").suffix(".part").tempfile_in(folder)?;
    protect(begun.path());
    begun.write_all(&packed(&(print(&first).map_err(io::Error::other)? + "\n"))?)?;
    give_name(begun, |begun| begun.persist(file))?;
    Ok(())
}

/// Adds lines at the end, unless the file is gone or would be too large. They are written at once, so that two programs do not mix
/// theirs.
fn added(file: &Path, lines: &str) -> io::Result<bool> {
    let (mut file, packed) = (OpenOptions::new().append(true).open(file)?, packed(lines)?);
    if file.metadata()?.len() + packed.len() as u64 > LARGEST {
        return Ok(false);
    }
    file.write_all(&packed)?;
    Ok(true)
}

/// Lines as they are in the file: the length of what follows in bytes (four bytes, big-endian), and the lines, compressed (deflate). So a
/// name that was typed stands nowhere to be read, as in a bundle.
fn packed(lines: &str) -> io::Result<Vec<u8>> {
    let mut packed = DeflateEncoder::new(vec![0; 4], Compression::fast());
    packed.write_all(lines.as_bytes())?;
    let mut packed = packed.finish()?;
    let length = u32::try_from(packed.len() - 4).map_err(io::Error::other)?;
    packed.splice(..4, length.to_be_bytes());
    Ok(packed)
}

/// All lines of a file, as far as it is whole.
fn unpacked(mut bytes: &[u8]) -> String {
    let mut text = String::new();
    while let Some((length, rest)) = bytes.split_first_chunk() {
        let length = u32::from_be_bytes(*length) as usize;
        let Some((packed, rest)) = rest.split_at_checked(length) else { break };
        let mut lines = String::new();
        let left = LARGEST_UNPACKED.saturating_sub(text.len() as u64);
        if DeflateDecoder::new(packed).take(left).read_to_string(&mut lines).is_err() || !lines.ends_with('\n') {
            break;
        }
        text += &lines;
        bytes = rest;
    }
    text
}

/// A file as read.
pub struct Noted {
    uuid: String,
    /// From which it leads on.
    pub backup: PathBuf,
    lines: Lines,
}

/// The backup from which a file leads on.
pub fn leads_from(file: &Path) -> Option<PathBuf> {
    let bytes = small_file(file, LARGEST)?;
    let (length, _) = bytes.split_first_chunk()?;
    let text = unpacked(bytes.get(..(u32::from_be_bytes(*length) as usize).checked_add(4)?)?);
    backup_of(file, &beginning(text.lines().next()?)?)
}

/// A restore point is in the folder of its backup.
fn backup_of(file: &Path, first: &Beginning) -> Option<PathBuf> {
    let backup = Path::new(&first.backup);
    if is_point(file) {
        Some(file.with_file_name(backup.file_name()?))
    } else {
        Some(file.parent()?.parent()?.join(backup))
    }
}

impl Noted {
    /// None if there is none, or its beginning is not readable.
    pub fn read(file: &Path) -> Option<Noted> {
        Noted::of(file, &small_file(file, LARGEST)?)
    }

    /// What the bytes of a file say.
    pub fn of(file: &Path, bytes: &[u8]) -> Option<Noted> {
        let text = unpacked(bytes);
        let mut whole = text.lines();
        let first: Beginning = beginning(whole.next()?)?;
        let mut lines = Lines::after(tips::parse(&first.before)?);
        // Two programs may have written theirs in another order than the chain's.
        let mut left: Vec<&str> = whole.collect();
        loop {
            let before = left.len();
            left.retain(|line| lines.take(line).is_none());
            if left.is_empty() || left.len() == before {
                break;
            }
        }
        Some(Noted { backup: backup_of(file, &first)?, uuid: first.uuid, lines })
    }

    /// Where the backup and what is noted lead.
    pub fn ends(&self) -> &Ends {
        &self.lines.ends
    }

    /// The backup from which it leads on. Where that has been rotated away, the newest is later, and has some of the changes.
    fn backup(&self) -> Option<BackupFile> {
        let all = inside(self.backup.parent()?);
        let own = all.iter().find(|backup| backup.path == self.backup).cloned();
        own.or_else(|| all.into_iter().max_by_key(|backup| (backup.changes, backup.made)))
    }
}

/// What a file of this kind says that no one should have made larger; none where there is another thing of that name.
pub fn small_file(path: &Path, largest: u64) -> Option<Vec<u8>> {
    let about = path.symlink_metadata().ok()?;
    if !about.is_file() || about.len() > largest {
        return None;
    }
    let mut bytes = Vec::new();
    fs::File::open(path).ok()?.take(largest).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

/// The state to which the newest backup and the changes since lead, if any are noted.
pub fn newest(file: PathBuf) -> Option<BackupFile> {
    let noted = Noted::read(&file).filter(|noted| !noted.lines.is_empty())?;
    let made: DateTime<Local> = file.metadata().and_then(|file| file.modified()).ok()?.into();
    let (made, changes) = (made.naive_local(), tips::count(&noted.lines.ends));
    let is_beyond = changes > noted.backup()?.changes;
    is_beyond.then_some(BackupFile { path: file, made, changes })
}

/// What such a state is called in a list; none for a dated backup.
pub fn name(path: &Path) -> Option<&'static str> {
    path.extension().is_some_and(|ending| ending == ENDING).then_some(NAME)
}

impl Noted {
    /// Puts what is noted onto the newest backup, or onto its own.
    fn put_together(self) -> Result<NamedTempFile, Fault> {
        let backup = self.backup().ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))?;
        self.onto(&backup.path)
    }

    /// Puts what is noted onto a copy of a backup, in the folder of the backups. Whoever uses it verifies it, as any backup.
    pub fn onto(self, backup: &Path) -> Result<NamedTempFile, Fault> {
        let folder = backup.parent().unwrap_or(Path::new("."));
        let file = backup::whole(&connect::file(backup, Access::ReadOnly)?, folder)?;
        let db = connect::file(file.path(), Access::ReadWrite)?;
        db.execute_batch("PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF")?;
        let has = tips::tips(&db)?;
        db.execute_batch("BEGIN")?;
        self.lines.beyond(self.uuid, &has).insert(&db)?;
        db.execute_batch("COMMIT")?;
        Ok(file)
    }
}

/// A backup as one file: itself, or put together from what leads to it, for as long as this lives.
pub struct Whole {
    path: PathBuf,
    _file: Option<NamedTempFile>,
}

impl Whole {
    pub fn of(backup: &Path) -> Result<Whole, Fault> {
        let file = if is_point(backup) {
            Some(point::put_together(backup)?)
        } else {
            name(backup).and_then(|_| Noted::read(backup)).map(Noted::put_together).transpose()?
        };
        let path = file.as_ref().map_or(backup, |file| file.path()).to_owned();
        Ok(Whole { path, _file: file })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Store {
    /// Notes what has just been saved.
    pub(super) fn note_since(&mut self) {
        self.since.note(&self.db, &self.tips);
    }

    /// Where the newest backup leads, unless that is known.
    pub(super) fn find_since(&mut self) {
        if let (None, Some(file)) = (&self.since.file, self.since_file()) {
            self.since = Since::read(&file);
        }
    }

    /// Begins to note what follows a backup: from there to what is in the file by now, which another program may have written, and noted
    /// in the file that was there before.
    pub(super) fn begin_since(&mut self, backup: &Path, ends: Ends) {
        let Some(file) = self.since_file() else { return };
        self.since = Since::begin(file, &self.uuid, backup, ends);
        if let Ok(now) = tips::tips(&self.db) {
            self.since.note(&self.db, &now);
        }
    }

    /// None for a register in memory, where the computer has no data folder, and for an agency copy: what comes for it can change what it
    /// has.
    pub(super) fn since_file(&self) -> Option<PathBuf> {
        let (data, place) = (self.places.data.as_ref()?, self.place.as_ref()?);
        let is_whole = absent::agency_copy(&self.db).is_ok_and(|copy| copy.is_none());
        is_whole.then(|| file_of(data, &self.uuid, &place.path))
    }

    /// Words of so many changes are being erased: they may be noted, or on the screen that was kept.
    pub(super) fn forget_words(&mut self, erased: u64) {
        if erased > 0 {
            self.since = Since::default();
            self.has_erased = true;
            self.remove_noted();
        }
    }

    /// Once an erasure is in the file, again: another program may have kept a screen meanwhile.
    pub(super) fn forget_again(&mut self) {
        if std::mem::take(&mut self.has_erased) {
            self.remove_noted();
        }
    }

    /// Removes what is noted of this register, the screens kept of it and its restore points, wherever its file was; those that
    /// cannot be removed. The points go last: whoever makes one meanwhile looks afterwards whether what is noted is still there.
    pub(super) fn remove_noted(&self) -> Vec<PathBuf> {
        let data = self.places.data.as_ref();
        let folder = data.map(|data| data.join("origins"));
        let notes = folder.and_then(|folder| fs::read_dir(folder).ok()).into_iter().flatten().flatten();
        let is_one = |name: &str| name.starts_with(&self.uuid) && ENDINGS.iter().any(|ending| name.ends_with(ending));
        let all = notes.filter(|note| note.file_name().to_str().is_some_and(is_one)).map(|note| note.path());
        let points = data.into_iter().flat_map(|data| points_of(data, &self.uuid));
        all.chain(points).filter(|path| gone(fs::remove_file(path)).is_err()).collect()
    }
}

const ENDINGS: [&str; 2] = [".since", ".screen"];
