//! Which snapshot this computer vouches for, noted outside the register: the one that it wrote itself, or last compared with
//! the log. It need not be compared again, which would take as much memory as the register.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::files::{private_file, private_folder};

use super::chain::{Hash, hex};

/// The note about the snapshot of one file; none where this computer has no folder for it.
#[derive(Clone, Debug, Default)]
pub struct Vouched(Option<PathBuf>);

impl Vouched {
    /// The note beside the one of where the chain of this copy ended.
    pub fn beside(note: Option<&Path>) -> Vouched {
        Vouched(note.map(|note| {
            let mut path = note.as_os_str().to_owned();
            path.push(".snapshot");
            path.into()
        }))
    }

    /// Whether this is the snapshot whose name was noted.
    pub fn is_for(&self, snapshot: &Hash) -> bool {
        let noted = self.0.as_ref().and_then(|path| fs::read_to_string(path).ok());
        noted.is_some_and(|noted| noted.trim_end() == hex(snapshot))
    }

    /// Notes this snapshot, if there is one to vouch for.
    pub fn note_if(&self, snapshot: Option<Hash>) {
        if let Some(snapshot) = snapshot {
            self.note(&snapshot);
        }
    }

    /// If it cannot be noted, the only cost is that the snapshot is compared with the log.
    fn note(&self, snapshot: &Hash) {
        let write = |path: &PathBuf| {
            path.parent().map_or(Ok(()), private_folder)?;
            fs::remove_file(path).ok();
            private_file(path)?.write_all((hex(snapshot) + "\n").as_bytes())
        };
        self.0.as_ref().map(write);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_snapshot_that_was_noted_last_is_vouched_for() {
        let folder = tempfile::tempdir().unwrap();
        let vouched = Vouched::beside(Some(&folder.path().join("note")));
        assert!(!vouched.is_for(&[1; 32]));
        vouched.note(&[1; 32]);
        assert!(vouched.is_for(&[1; 32]));
        vouched.note(&[2; 32]);
        assert!(vouched.is_for(&[2; 32]) && !vouched.is_for(&[1; 32]));
    }
}
