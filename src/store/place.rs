//! Where the register's file lies, whether it is still the same file, and where the program keeps what must lie outside.

use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};

use crate::problem::Problem;

use super::trouble::Doing;

/// The folders of this machine that a store may use.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places {
    /// For what must not travel with the file: the origin of this copy, and backups. None: do without.
    pub data: Option<PathBuf>,
}

impl Places {
    /// `ARISING_DATA`, or the platform's folder for data that stays on this machine.
    pub fn of_this_machine() -> Places {
        let given = std::env::var_os("ARISING_DATA").map(PathBuf::from);
        let usual = || directories::ProjectDirs::from("", "", "arising").map(|dirs| dirs.data_local_dir().to_owned());
        Places { data: given.or_else(usual) }
    }
}

/// A file by its path and its identity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilePlace {
    /// Absolute, without links.
    pub path: PathBuf,
    pub identity: Identity,
}

/// What stays the same while a file is the same file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Identity {
    device: u64,
    inode: u64,
}

impl FilePlace {
    /// Finds an existing file. A link is refused: SQLite's journal would lie beside the link and not beside the file.
    pub fn find(path: &Path) -> Result<FilePlace, Problem> {
        let path = absolute(path).map_err(|error| missing(path, &error))?;
        let metadata = fs::symlink_metadata(&path).map_err(|error| missing(&path, &error))?;
        if metadata.is_symlink() {
            return Err(Doing::Opening.because("it is a link", "Name the file that the link points to."));
        }
        if !metadata.is_file() {
            return Err(Doing::Opening.because(format!("{} is not a file", path.display()), ""));
        }
        Ok(FilePlace { path, identity: identity(&metadata) })
    }

    /// Whether the path still leads to the same file.
    pub fn is_unmoved(&self) -> bool {
        fs::symlink_metadata(&self.path).is_ok_and(|metadata| identity(&metadata) == self.identity)
    }

    /// Its size in bytes, or none if it cannot be seen.
    pub fn size(&self) -> Option<u64> {
        fs::symlink_metadata(&self.path).ok().map(|metadata| metadata.len())
    }
}

/// The path with its folder's links resolved; the file itself need not exist.
pub fn absolute(path: &Path) -> io::Result<PathBuf> {
    let name = path.file_name().ok_or(io::ErrorKind::InvalidInput)?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    Ok(folder.canonicalize()?.join(name))
}

fn missing(path: &Path, error: &io::Error) -> Problem {
    match error.kind() {
        io::ErrorKind::NotFound => Doing::Opening.because(
            format!("there is no file {}", path.display()),
            "Make one with arising init, or import a plan into it.",
        ),
        _ => Doing::Opening.io(error),
    }
}

#[cfg(unix)]
fn identity(metadata: &Metadata) -> Identity {
    use std::os::unix::fs::MetadataExt;
    Identity { device: metadata.dev(), inode: metadata.ino() }
}

/// Without file numbers, the time of creation tells files apart.
#[cfg(not(unix))]
fn identity(metadata: &Metadata) -> Identity {
    let age = |time: std::time::SystemTime| time.duration_since(std::time::UNIX_EPOCH).ok();
    let created = metadata.created().ok().and_then(age).map_or(0, |since| since.as_secs());
    Identity { device: 0, inode: created }
}
