//! Where the register's file is, whether it is still the same file, and where the program keeps what must be outside
//! it.

use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};

use crate::files::{absolute, data_folder};
use crate::problem::Problem;

use super::trouble::{Doing, Fault};

/// The folders of this computer that a store may use.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places {
    /// For what must not travel with the file: this copy's origin, and backups. None: do without.
    pub data: Option<PathBuf>,
}

impl Places {
    pub fn of_this_machine() -> Places {
        Places { data: data_folder() }
    }
}

/// A file, by path and identity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilePlace {
    /// Absolute, with the folder's links resolved.
    pub path: PathBuf,
    pub identity: Identity,
}

/// What identifies a file as the same file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The disk.
    volume: u64,
    /// The file's number on it.
    file: u64,
}

impl FilePlace {
    /// Finds an existing file. Links are refused: `SQLite`'s journal would be beside the link, not beside the file.
    pub fn find(path: &Path) -> Result<FilePlace, Problem> {
        let missing = |error: io::Error| missing(path, error);
        let path = absolute(path).map_err(missing)?;
        let metadata = fs::symlink_metadata(&path).map_err(missing)?;
        if metadata.is_symlink() {
            return Err(Doing::Opening.because("it is a link", "Name the file that the link points to."));
        }
        if !metadata.is_file() {
            return Err(Doing::Opening.because(format!("{} is not a file", path.display()), ""));
        }
        let identity = identity(&path, &metadata).map_err(missing)?;
        Ok(FilePlace { path, identity })
    }

    /// Fails if the path no longer leads to the same file, or the file is shorter than `bytes`.
    pub fn check(&self, bytes: u64) -> Result<(), Fault> {
        let metadata = fs::symlink_metadata(&self.path).map_err(|_| Fault::Replaced)?;
        let is_same = identity(&self.path, &metadata).is_ok_and(|found| found == self.identity);
        if is_same && metadata.len() >= bytes { Ok(()) } else { Err(Fault::Replaced) }
    }

    /// Its identity, its length and its times in one line, to be compared and not read.
    pub fn mark(&self) -> io::Result<String> {
        let metadata = fs::symlink_metadata(&self.path)?;
        let Identity { volume, file } = identity(&self.path, &metadata)?;
        Ok(format!("{volume:x} {file:x} {} {}", metadata.len(), times(&metadata)))
    }

    /// Why it is not writable, if so.
    pub fn obstacle(&self) -> Option<&'static str> {
        let folder = self.path.parent().unwrap_or(Path::new("."));
        if !may_write(&self.path) {
            Some("the file is write-protected")
        } else if !may_write(folder) {
            Some("its folder is write-protected")
        } else {
            None
        }
    }
}

fn missing(path: &Path, error: io::Error) -> Problem {
    if error.kind() != io::ErrorKind::NotFound {
        return Doing::Opening.failed(error);
    }
    let why = format!("{} does not exist", path.display());
    Doing::Opening.because(why, "Create one with arising init, or import a plan.")
}

#[cfg(unix)]
fn may_write(path: &Path) -> bool {
    rustix::fs::access(path, rustix::fs::Access::WRITE_OK).is_ok()
}

#[cfg(not(unix))]
fn may_write(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|metadata| metadata.is_dir() || !metadata.permissions().readonly())
}

/// When its contents were changed, and when anything about it was: the second no program can set.
#[cfg(unix)]
fn times(metadata: &Metadata) -> String {
    use std::os::unix::fs::MetadataExt;
    let [written, changed] = [(metadata.mtime(), metadata.mtime_nsec()), (metadata.ctime(), metadata.ctime_nsec())];
    format!("{}.{:09} {}.{:09}", written.0, written.1, changed.0, changed.1)
}

#[cfg(windows)]
fn times(metadata: &Metadata) -> String {
    use std::os::windows::fs::MetadataExt;
    metadata.last_write_time().to_string()
}

#[cfg(unix)]
#[expect(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
fn identity(_path: &Path, metadata: &Metadata) -> io::Result<Identity> {
    use std::os::unix::fs::MetadataExt;
    Ok(Identity { volume: metadata.dev(), file: metadata.ino() })
}

/// Times would not do: a name that is given again within seconds keeps its time of creation.
#[cfg(windows)]
fn identity(path: &Path, _metadata: &Metadata) -> io::Result<Identity> {
    let winsys::Identity { volume, file } = winsys::identity(path)?;
    Ok(Identity { volume, file })
}
