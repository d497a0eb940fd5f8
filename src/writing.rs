//! Writes a file atomically: first to a temporary file beside it, so that a failure leaves the old file untouched.

use std::fs::{self, Metadata};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use crate::problem::Problem;

/// Writes the bytes to the file. A new file gets the usual permissions, an old one keeps its own; a link stays a link.
pub fn whole(path: &Path, bytes: &[u8]) -> Result<(), Problem> {
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let folder = folder(&target);
    let old = fs::metadata(&target).ok();
    refusal(path, &target, old.as_ref()).map_or(Ok(()), Err)?;
    let is_special = old.as_ref().is_some_and(|old| !old.is_file());
    let written = if is_special { fs::write(&target, bytes) } else { replace(&target, folder, old.as_ref(), bytes) };
    written.map_err(|error| failed(path, &error))
}

fn replace(target: &Path, folder: &Path, old: Option<&Metadata>, bytes: &[u8]) -> io::Result<()> {
    let mut file = fresh(folder)?;
    file.write_all(bytes)?;
    if let Some(old) = old {
        file.as_file().set_permissions(old.permissions())?;
    }
    file.as_file().sync_all()?;
    file.persist(target).map(drop).map_err(|error| error.error)
}

/// A temporary file with the permissions of any new file.
#[cfg(unix)]
fn fresh(folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    use std::os::unix::fs::PermissionsExt;
    tempfile::Builder::new().permissions(fs::Permissions::from_mode(0o666)).tempfile_in(folder)
}

#[cfg(not(unix))]
fn fresh(folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    tempfile::NamedTempFile::new_in(folder)
}

/// Problems that can be reported before writing anything.
fn refusal(path: &Path, target: &Path, old: Option<&Metadata>) -> Option<Problem> {
    let refuse = |why: String, hint: &str| Some(Problem::new(unwritten(path), why, hint));
    let folder = folder(target);
    if !folder.is_dir() {
        return refuse(format!("there is no folder {}", folder.display()), "Create it, or choose another folder.");
    }
    let old = old?;
    if old.is_dir() {
        return refuse("it is a folder".into(), "Give the name of a file in it.");
    }
    if old.is_file() && old.permissions().readonly() {
        return refuse("it is read-only".into(), "Choose another name, or allow writing to it.");
    }
    let lock = locks(target).into_iter().find(|lock| lock.exists())?;
    let hint = format!("Close it there, or choose another name. If no one has it open, delete {}.", lock.display());
    refuse("it is open in another program".into(), &hint)
}

/// The lock files that Word and `LibreOffice` create for an open file.
fn locks(target: &Path) -> Vec<PathBuf> {
    let Some(name) = target.file_name().and_then(|name| name.to_str()) else { return Vec::new() };
    let after = |letters: usize| name.char_indices().nth(letters).and_then(|(at, _)| name.get(at..)).unwrap_or("");
    let of_word = [0, 1, 2].map(after).into_iter().filter(|rest| !rest.is_empty()).map(|rest| format!("~${rest}"));
    of_word.chain([format!(".~lock.{name}#")]).map(|lock| folder(target).join(lock)).collect()
}

fn failed(path: &Path, error: &io::Error) -> Problem {
    let (why, hint) = match error.kind() {
        ErrorKind::PermissionDenied => {
            ("you cannot write to this file or folder, or it is open elsewhere", "Close it there, or save elsewhere.")
        }
        ErrorKind::StorageFull => ("the disk is full", "Free some space, or save elsewhere."),
        ErrorKind::ReadOnlyFilesystem => ("the disk is read-only", "Save elsewhere."),
        _ => return Problem::new(unwritten(path), error.kind().to_string(), "Save elsewhere."),
    };
    Problem::new(unwritten(path), why, hint)
}

fn unwritten(path: &Path) -> String {
    format!("Could not save {}", path.display())
}

fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}
