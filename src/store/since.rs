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
use tempfile::TempDir;

use crate::domain::id::Origin;
use crate::files::{give_name, protect, real_folder};
use crate::wire::bundle::{Beginning, beginning, print};

use super::backup::{BackupFile, inside, shelves_of};
use super::chain::Tip;
use super::merge::{Lines, sent_lines};
use super::trouble::Fault;
use super::{Access, Store, absent, connect, head, tips};

/// The ends of all chains.
type Ends = BTreeMap<Origin, Tip>;

/// What the file is called: also the name under which its state is restored.
const NAME: &str = "the newest with the changes since.backup";

/// Bytes from which copying the register again is the lesser work: some thousand changes.
const LARGEST: u64 = 1 << 20;

/// Bytes of it when unpacked; it packs to a tenth at most.
const LARGEST_UNPACKED: u64 = 64 << 20;

/// What is noted beside the newest backup of one register.
#[derive(Clone, Debug, Default)]
pub struct Since {
    file: Option<PathBuf>,
    /// Where the backup and what is noted lead; none where that is nowhere.
    ends: Option<Ends>,
}

impl Since {
    /// What is noted in a folder of backups.
    pub fn read(folder: &Path) -> Since {
        let file = folder.join(NAME);
        let ends = Noted::read(&file).filter(|noted| noted.has_backup(folder)).map(|noted| noted.lines.ends);
        Since { file: Some(file), ends }
    }

    /// Whether the backup and what is noted are a register with these ends.
    pub fn leads_to(&self, tips: &Ends) -> bool {
        self.ends.as_ref() == Some(tips)
    }

    /// Begins anew with a backup that has just been made, of a register with these ends.
    pub fn begin(&mut self, uuid: &str, backup: &Path, ends: Ends) {
        self.file = Some(backup.with_file_name(NAME));
        self.ends = self.written(uuid, &ends).is_ok().then_some(ends);
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
            self.ends = None;
            fs::remove_file(file).ok();
        }
    }

    fn written(&self, uuid: &str, ends: &Ends) -> Result<(), Fault> {
        let Some((folder, path)) = self.file.as_ref().and_then(|file| Some((file.parent()?, file))) else {
            return Ok(());
        };
        let first = Beginning { uuid: uuid.to_owned(), before: tips::print(ends) };
        let folder = real_folder(folder)?;
        let mut file = tempfile::Builder::new().prefix(".arising-").suffix(".part").tempfile_in(folder)?;
        protect(file.path());
        file.write_all(&packed(&(print(&first).map_err(io::Error::other)? + "\n"))?)?;
        give_name(file, |file| file.persist(path))?;
        Ok(())
    }
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
struct Noted {
    uuid: String,
    /// The code of the backup from which it leads on.
    from: String,
    lines: Lines,
}

impl Noted {
    /// None if there is none, or its beginning is not readable; only as far as it is whole.
    fn read(file: &Path) -> Option<Noted> {
        let text = unpacked(&fs::read(file).ok()?);
        let mut whole = text.lines();
        let first: Beginning = beginning(whole.next()?)?;
        let before = tips::parse(&first.before)?;
        let from = head::code(&before);
        let mut lines = Lines::after(before);
        // What follows a line that cannot be read may lack something.
        while whole.next().and_then(|line| lines.take(line)).is_some() {}
        Some(Noted { uuid: first.uuid, from, lines })
    }

    fn has_backup(&self, folder: &Path) -> bool {
        inside(folder).iter().any(|backup| backup.is_of(&self.from))
    }

    /// The backup from which it leads on. Where that has been rotated away, the newest is later, and has some of the changes.
    fn backup(&self, folder: &Path) -> Option<BackupFile> {
        let all = inside(folder);
        let own = all.iter().find(|backup| backup.is_of(&self.from)).cloned();
        own.or_else(|| all.into_iter().max_by_key(|backup| (backup.changes, backup.made)))
    }
}

/// The state in a folder of backups to which the newest backup and the changes since lead, if there are any.
pub fn newest(folder: &Path) -> Option<BackupFile> {
    let path = folder.join(NAME);
    let noted = Noted::read(&path).filter(|noted| !noted.lines.is_empty())?;
    let made: DateTime<Local> = path.metadata().and_then(|file| file.modified()).ok()?.into();
    let (made, changes) = (made.naive_local(), tips::count(&noted.lines.ends));
    let is_beyond = changes > noted.backup(folder)?.changes;
    is_beyond.then_some(BackupFile { path, made, changes })
}

/// A backup as one file: itself, or the newest put together with the changes since, for as long as this lives.
pub struct Whole {
    path: PathBuf,
    _folder: Option<TempDir>,
}

impl Whole {
    pub fn of(backup: &Path) -> Result<Whole, Fault> {
        match Noted::read(backup).filter(|_| backup.file_name().is_some_and(|name| name == NAME)) {
            Some(noted) => noted.put_together(backup.parent().unwrap_or(Path::new("."))),
            None => Ok(Whole { path: backup.to_owned(), _folder: None }),
        }
    }

    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Noted {
    /// Onto the backup from which it leads on. Whoever uses it verifies it, as any backup.
    fn put_together(self, folder: &Path) -> Result<Whole, Fault> {
        let backup = self.backup(folder).ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))?;
        let home = tempfile::Builder::new().prefix(".arising-").tempdir()?;
        let path = home.path().join(NAME).with_extension("sqlite");
        fs::copy(&backup.path, &path)?;
        let db = connect::file(&path, Access::ReadWrite)?;
        let has = tips::tips(&db)?;
        db.execute_batch("BEGIN")?;
        self.lines.beyond(self.uuid, &has).insert(&db)?;
        db.execute_batch("COMMIT")?;
        Ok(Whole { path, _folder: Some(home) })
    }
}

impl Store {
    /// Notes what has just been saved. An agency copy notes nothing: what comes for it can change what it has.
    pub(super) fn note_since(&mut self) {
        self.since.note(&self.db, &self.tips);
    }

    /// Where the newest backup leads, unless that is known.
    pub(super) fn find_since(&mut self) {
        if let (None, Some(shelf)) = (&self.since.file, self.shelf()) {
            self.since = Since::read(shelf.folder());
        }
    }

    /// Begins to note what follows a backup.
    pub(super) fn begin_since(&mut self, backup: &Path, ends: Ends) {
        if absent::agency_copy(&self.db).is_ok_and(|copy| copy.is_none()) {
            self.since.begin(&self.uuid, backup, ends);
            self.note_since();
        }
    }

    /// Words of so many changes are being erased: they may be noted, or on the screen that was kept.
    pub(super) fn forget_words(&mut self, erased: u64) {
        if erased == 0 {
            return;
        }
        self.since = Since::default();
        let shelves = self.places.data.as_deref().map(|data| shelves_of(data, &self.uuid)).unwrap_or_default();
        for folder in shelves {
            fs::remove_file(folder.join(NAME)).ok();
        }
        self.forget_screens();
    }
}
