//! The identity under which this copy of the register writes. Kept outside the file, so that each copy gets its own.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use sha2::{Digest, Sha256};

use crate::domain::id::Origin;

use super::chain::{Hash, Tip, hex, unhex};
use super::open::random;
use super::place::private_folder;
use super::tips;
use super::trouble::Fault;

/// This copy's origin, and the note, kept outside the file, of where its chain ended.
///
/// If the file ends before the note says, it is an older state that was put back; continuing under the same identity
/// would give two different changes the same id. The note is written before each COMMIT, so it is never behind the
/// file.
#[derive(Debug)]
pub struct OriginKeeper {
    pub origin: Origin,
    note: Option<File>,
}

impl OriginKeeper {
    /// The origin of the register `uuid` at `path`, or a new one: for a register without a file, where `data` is not
    /// writable, for a copy, and for a file that has been reverted to an older state.
    pub fn find(data: Option<&Path>, uuid: &str, path: Option<&Path>, db: &Connection) -> Result<OriginKeeper, Fault> {
        let (Some(data), Some(path)) = (data, path) else {
            return Ok(OriginKeeper { origin: Origin(random()?), note: None });
        };
        let Ok(mut note) = open_note(&data.join("origins"), uuid, path) else {
            return Ok(OriginKeeper { origin: Origin(random()?), note: None });
        };
        let known = match read(&mut note) {
            Some((origin, tip)) if tips::holds(db, origin, tip)? => Some(origin),
            Some(_) | None => None,
        };
        let origin = known.map_or_else(|| random().map(Origin), Ok)?;
        let mut keeper = OriginKeeper { origin, note: Some(note) };
        keeper.remember(tips::tip(db, origin)?, path);
        Ok(keeper)
    }

    /// Records that this origin's chain is about to end at `tip`.
    pub fn note(&mut self, tip: Tip) {
        let line = line(self.origin, tip);
        self.write(line.as_bytes());
    }

    fn remember(&mut self, tip: Tip, path: &Path) {
        let text = format!("{}{}\n", line(self.origin, tip), path.display());
        self.write(text.as_bytes());
    }

    /// If the note cannot be written, the only cost is a new origin next time.
    fn write(&mut self, bytes: &[u8]) {
        let written = self.note.as_mut().map(|note| note.rewind().and_then(|()| note.write_all(bytes)));
        if let Some(Err(_)) = written {
            self.note = None;
        }
    }
}

fn open_note(folder: &Path, uuid: &str, path: &Path) -> io::Result<File> {
    private_folder(folder)?;
    let key = Sha256::digest(path.as_os_str().as_encoded_bytes());
    let name: PathBuf = folder.join(format!("{uuid}-{}", hex(&key[..8])));
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(name)
}

/// Fixed length, so that it is overwritten in place.
fn line(origin: Origin, tip: Tip) -> String {
    format!("{origin} {:020} {}\n", tip.seq, hex(&tip.hash))
}

fn read(note: &mut File) -> Option<(Origin, Tip)> {
    let mut text = String::new();
    note.take(4096).read_to_string(&mut text).ok()?;
    let mut words = text.lines().next()?.split(' ');
    let origin = words.next()?.parse().ok()?;
    let seq = words.next()?.parse().ok()?;
    let hash: Hash = unhex(words.next()?)?;
    Some((origin, Tip { seq, hash }))
}
