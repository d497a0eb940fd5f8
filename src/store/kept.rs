//! The files that restores have kept beside a register: the register as it was before each.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use chrono::{DateTime, FixedOffset, NaiveDateTime};

use crate::files::{absolute, folded, private_folder, protect};

use super::backup::stem;
use super::place::Places;
use super::trouble::Fault;
use super::witness::Memory;
use super::{Access, connect, origin, schema, tips};

/// How a restore begins its explanation of what is missing; the backup's name follows.
pub const RESTORED: &str = "restored ";

/// What follows the register's name in the name of a file that a restore kept.
pub const BEFORE: &str = " before ";
/// What follows it in the name of a file whose register was moved elsewhere.
pub const MOVED: &str = " moved ";
const AT: &str = "%Y-%m-%dT%H%M%S";
/// How long a time in that form is.
const LENGTH: usize = 17;

/// A register that a restore replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    pub path: PathBuf,
    /// Local time of the restore.
    pub at: NaiveDateTime,
    /// How many changes it holds; none if it cannot be read.
    pub changes: Option<u64>,
    /// The backup that took its place, where this computer knows.
    pub restored: Option<String>,
}

/// The registers that restores have replaced at `path`, the latest first.
pub fn kept(path: &Path, places: &Places) -> Vec<Kept> {
    let mut found: Vec<Kept> = beside(path).filter_map(|file| look(path, file, places)).collect();
    found.sort_by(|a, b| (b.at, &b.path).cmp(&(a.at, &a.path)));
    found
}

/// The files beside `path` with a name that a restore gives.
pub fn beside(path: &Path) -> impl Iterator<Item = PathBuf> {
    named(path, BEFORE)
}

/// The files beside `path` that were there before the register was moved elsewhere.
pub fn moved_away(path: &Path) -> Option<PathBuf> {
    named(path, MOVED).max()
}

/// Notes, in the data folder, the name that the old file of a moved register gets: it lies in another folder than the register
/// from then on. If that is impossible, the move is no worse for it.
pub fn note_moved(data: Option<&Path>, uuid: &str, kept: &Path) {
    let Some(note) = moved_note(data, uuid) else { return };
    let add = || -> io::Result<()> {
        note.parent().map_or(Ok(()), private_folder)?;
        let mut options = OpenOptions::new();
        options.append(true).create(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&note)?;
        protect(&note);
        file.write_all(format!("{}\n", kept.display()).as_bytes())
    };
    add().ok();
}

/// The old files of a register that was moved, as far as they are still there.
pub fn moved_from(data: Option<&Path>, uuid: &str) -> Vec<PathBuf> {
    let text = moved_note(data, uuid).and_then(|note| fs::read_to_string(note).ok()).unwrap_or_default();
    text.lines().map(PathBuf::from).filter(|path| path.is_file()).collect()
}

fn moved_note(data: Option<&Path>, uuid: &str) -> Option<PathBuf> {
    data.map(|data| data.join("origins").join(format!("{uuid}.moved")))
}

fn named(path: &Path, word: &str) -> impl Iterator<Item = PathBuf> + use<> {
    let folder = absolute(path).ok().and_then(|path| Some(path.parent()?.to_owned()));
    let files = folder.and_then(|folder| fs::read_dir(folder).ok()).into_iter().flatten().flatten();
    let ending = |path: &Path| folded(&path.extension().unwrap_or_default().to_string_lossy());
    let (start, end) = (folded(&format!("{}{word}", stem(path))), ending(path));
    files.map(|file| file.path()).filter(move |file| folded(&stem(file)).starts_with(&start) && ending(file) == end)
}

fn look(register: &Path, path: PathBuf, places: &Places) -> Option<Kept> {
    let name = stem(&path);
    // Of the same length, however it is spelt.
    let time = name.get(stem(register).len()..)?.strip_prefix(BEFORE)?;
    let (time, number) = time.split_at_checked(LENGTH)?;
    let at = NaiveDateTime::parse_from_str(time, AT).ok()?;
    let read = || -> Result<(u64, String), Fault> {
        let db = connect::file(&path, Access::ReadOnly)?;
        schema::examine(&db)?;
        Ok((tips::count(&tips::tips(&db)?), schema::uuid(&db)?))
    };
    let found = read().ok();
    let changes = found.as_ref().map(|(changes, _)| *changes);
    // Of two restores in one second, what is recorded is the first one's.
    let first = found.filter(|_| number.is_empty());
    let restored = first.and_then(|(_, uuid)| replaced_by(register, &uuid, at, places));
    Some(Kept { path, at, changes, restored })
}

/// The name of the backup that was restored at that time, from what the restore recorded.
fn replaced_by(register: &Path, uuid: &str, at: NaiveDateTime, places: &Places) -> Option<String> {
    let note = origin::note_of(places.data.as_ref()?, uuid, &absolute(register).ok()?);
    Memory::beside(&note).reason_at(at)?.strip_prefix(RESTORED).map(str::to_owned)
}

/// `register before 2026-03-12T101500.sqlite` with that word, and with a number added if that exists.
pub fn free_name(path: &Path, word: &str, at: &DateTime<FixedOffset>) -> PathBuf {
    let ending = path.extension().map(|end| format!(".{}", end.to_string_lossy())).unwrap_or_default();
    let start = format!("{}{word}{}", stem(path), at.format(AT));
    let names = (1..).map(|number: u32| match number {
        1 => format!("{start}{ending}"),
        _ => format!("{start} ({number}){ending}"),
    });
    let free = names.map(|name| path.with_file_name(name)).find(|path| path.symlink_metadata().is_err());
    free.unwrap_or_else(|| path.with_extension("before"))
}
