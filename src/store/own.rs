//! Under which names this computer has written to a register, noted outside it: a copy takes a new name when its file was
//! restored or moved, and what it wrote before is still its user's own.

use std::collections::BTreeSet;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::domain::id::Origin;
use crate::files::{private_folder, protect};

use super::Store;

/// The note for one register, wherever its file is.
#[derive(Debug)]
pub struct Own(PathBuf);

impl Own {
    /// Beside the note of where its chain ended, which is named after the register's identity and its file's path.
    pub fn beside(note: &Path) -> Option<Own> {
        let (uuid, _) = note.file_name()?.to_str()?.split_once('-')?;
        Some(Own(note.with_file_name(format!("{uuid}.own"))))
    }

    pub fn all(&self) -> BTreeSet<Origin> {
        let text = fs::read_to_string(&self.0).unwrap_or_default();
        text.lines().filter_map(|line| line.parse().ok()).collect()
    }

    /// Adds a name. If it cannot be noted, undo stops where this computer took another name.
    pub fn add(&self, origin: Origin) {
        if !self.all().contains(&origin) {
            self.append(origin).ok();
        }
    }

    fn append(&self, origin: Origin) -> io::Result<()> {
        self.0.parent().map_or(Ok(()), private_folder)?;
        let mut options = OpenOptions::new();
        options.append(true).create(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&self.0)?;
        protect(&self.0);
        file.write_all(format!("{origin}\n").as_bytes())
    }
}

impl Store {
    /// The signature of this copy under who it is that writes as it.
    pub fn claim(&self, who: &str) -> [u8; 64] {
        self.keeper.key.claim(who)
    }

    /// The names under which this computer has written to the register. None where it can keep no note, and each run of the
    /// program is a copy of its own.
    pub fn own_origins(&self) -> Option<BTreeSet<Origin>> {
        let own = Own::beside(self.keeper.place()?)?;
        Some(own.all().into_iter().chain([self.keeper.origin]).collect())
    }
}
