//! The identity under which this copy of the register writes. Kept outside the file, so that each copy gets its own.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use sha2::{Digest, Sha256};

use crate::domain::id::Origin;
use crate::files::{folded, private_folder};

use super::chain::{Hash, Tip, hex, unhex};
use super::key::Key;
use super::open::random;
use super::own::Own;
use super::trouble::Fault;
use super::witness::Memory;
use super::{origins, tips};

/// This copy's origin, and the note, kept outside the file, of where its chain ended.
///
/// If the file ends before the note says, it is an older state that was put back; continuing under the same identity
/// would give two different changes the same id. So the note is written before each COMMIT and is never behind the file.
/// It is written again after COMMIT has returned: only a confirmed change counts as missing from the file, not a write
/// that was interrupted.
#[derive(Debug)]
pub struct OriginKeeper {
    pub origin: Origin,
    /// Signs what this copy writes.
    pub key: Key,
    note: Option<File>,
    place: Option<PathBuf>,
    confirmed: Tip,
}

/// What a note says.
struct Noted {
    origin: Origin,
    /// Where the chain was about to end.
    coming: Tip,
    /// Where it ended when a COMMIT last returned.
    confirmed: Tip,
}

impl OriginKeeper {
    /// The origin in the note at `note`, or a new one: for a register without a file, where the note cannot be written, for
    /// a copy, and for a file that has been reverted to an older state.
    pub fn find(note: Option<&Path>, path: Option<&Path>, db: &Connection) -> Result<OriginKeeper, Fault> {
        let new = || -> io::Result<OriginKeeper> {
            let (origin, key) = (Origin(random()?), Key::generate()?);
            Ok(OriginKeeper { origin, key, note: None, place: None, confirmed: Tip::START })
        };
        let (Some(place), Some(path)) = (note, path) else {
            return Ok(new()?);
        };
        let Ok(mut note) = open_note(place) else {
            return Ok(new()?);
        };
        let noted = read(&mut note);
        let own = Own::beside(place);
        if let (Some(own), Some(noted)) = (&own, &noted) {
            own.add(noted.origin);
        }
        if let Some(noted) = &noted
            && !tips::holds(db, noted.origin, noted.confirmed)?
            && Memory::beside(place).keep(noted.origin, noted.confirmed).is_err()
        {
            // The note is not overwritten until what it knows has been kept.
            return Ok(new()?);
        }
        let known = match noted {
            Some(noted) if tips::holds(db, noted.origin, noted.coming)? => key_of(noted.origin, place, db)?,
            Some(_) | None => None,
        };
        let (origin, key) = if let Some(known) = known {
            known
        } else {
            let origin = Origin(random()?);
            if let Some(own) = &own {
                own.add(origin);
            }
            (origin, new_key(place, origin)?)
        };
        let confirmed = tips::tip(db, origin)?;
        let mut keeper = OriginKeeper { origin, key, note: Some(note), place: Some(place.to_owned()), confirmed };
        keeper.remember(path);
        Ok(keeper)
    }

    /// Records that this origin's chain is about to end at `tip`.
    pub fn note(&mut self, tip: Tip) {
        let line = line(self.origin, tip);
        self.write(line.as_bytes());
    }

    /// Notes that this origin's chain ends at `tip`, now on disk.
    pub fn confirm(&mut self, tip: Tip) {
        self.confirmed = tip;
        let lines = self.lines();
        self.write(lines.as_bytes());
    }

    /// Writes from now on under another name, because another copy goes on under this one.
    pub fn part_from(&mut self, origin: Origin) -> io::Result<()> {
        self.origin = origin;
        self.key = self.place.as_deref().map_or_else(Key::generate, |place| new_key(place, origin))?;
        if let Some(own) = self.place.as_deref().and_then(Own::beside) {
            own.add(origin);
        }
        self.confirm(Tip::START);
        Ok(())
    }

    /// Where the note is; none where this computer can keep none.
    pub fn place(&self) -> Option<&Path> {
        self.place.as_deref()
    }

    fn remember(&mut self, path: &Path) {
        let text = format!("{}{}\n", self.lines(), path.display());
        self.write(text.as_bytes());
    }

    fn lines(&self) -> String {
        line(self.origin, self.confirmed).repeat(2)
    }

    /// If the note cannot be written, the only cost is a new origin next time.
    fn write(&mut self, bytes: &[u8]) {
        let written = self.note.as_mut().map(|note| note.rewind().and_then(|()| note.write_all(bytes)));
        if let Some(Err(_)) = written {
            self.note = None;
        }
    }
}

/// The origin with its key, if this copy has the key with which the origin began. Without it nothing could be signed.
fn key_of(origin: Origin, note: &Path, db: &Connection) -> Result<Option<(Origin, Key)>, Fault> {
    let Some(key) = Key::beside(note, origin) else { return Ok(None) };
    let fits = match origins::one(db, origin)? {
        Some(began) => began.key == key.public(),
        None => tips::tip(db, origin)?.seq == 0,
    };
    Ok(fits.then_some((origin, key)))
}

fn new_key(note: &Path, origin: Origin) -> io::Result<Key> {
    let key = Key::generate()?;
    // If it cannot be kept, the only cost is a new origin next time.
    key.keep(note, origin).ok();
    Ok(key)
}

/// The note of where the chain of the register `uuid` at `path` ended.
pub fn note_of(data: &Path, uuid: &str, path: &Path) -> PathBuf {
    data.join("origins").join(format!("{uuid}-{}", key(path)))
}

/// The identities of the registers that this computer has written to at `path`.
pub fn notes_of(data: &Path, path: &Path) -> Vec<String> {
    let end = format!("-{}", key(path));
    let notes = fs::read_dir(data.join("origins")).into_iter().flatten().flatten();
    notes.filter_map(|note| note.file_name().to_str()?.strip_suffix(&end).map(str::to_owned)).collect()
}

/// A path as a part of a note's name.
fn key(path: &Path) -> String {
    let spelt = path.to_str().map_or_else(|| path.as_os_str().as_encoded_bytes().to_vec(), |path| folded(path).into());
    let digits = hex(&Sha256::digest(spelt));
    digits.get(..16).unwrap_or(&digits).to_owned()
}

fn open_note(place: &Path) -> io::Result<File> {
    place.parent().map_or(Ok(()), private_folder)?;
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(place)
}

/// Fixed length, so that it is overwritten in place.
fn line(origin: Origin, tip: Tip) -> String {
    format!("{origin} {:020} {}\n", tip.seq, hex(&tip.hash))
}

fn read(note: &mut File) -> Option<Noted> {
    let mut text = String::new();
    note.take(4096).read_to_string(&mut text).ok()?;
    let mut lines = text.lines();
    let (origin, coming) = parse(lines.next()?)?;
    let (_, confirmed) = parse(lines.next()?).filter(|(same, _)| *same == origin)?;
    Some(Noted { origin, coming, confirmed })
}

fn parse(line: &str) -> Option<(Origin, Tip)> {
    let mut words = line.split(' ');
    let origin = words.next()?.parse().ok()?;
    let seq = words.next()?.parse().ok()?;
    let hash: Hash = unhex(words.next()?)?;
    Some((origin, Tip { seq, hash }))
}
