//! Writes a file atomically: first to a temporary file beside it, so that a failure leaves the old file untouched.

use std::fs::{self, File, Metadata};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use tempfile::NamedTempFile;

use crate::files::{HELD, absolute, give_name, is_held, name_file, private_folder, protect};
use crate::problem::Problem;

/// How a temporary file's name begins and ends, so that a killed run's can be recognised.
const OURS: (&str, &str) = (".arising-", ".tmp");
/// The age at which a temporary file is taken to be left over.
const LEFT_OVER: Duration = Duration::from_secs(3600);
/// How many files of a folder are looked at for that.
const LOOKED_AT: usize = 10_000;

/// Keeps the user's name in the data folder, which is made where there is none.
pub fn own_name(folder: &Path, name: &str) -> Result<(), Problem> {
    private_folder(folder).map_err(|error| Problem::new("Your name was not kept", error.to_string(), ""))?;
    whole(&name_file(folder), format!("{name}\n").as_bytes())
}

/// Writes the bytes to the file. A new file is for this user only, an old one keeps its permissions; a link stays a link.
pub fn whole(path: &Path, bytes: &[u8]) -> Result<(), Problem> {
    let target = dunce::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let folder = folder(&target);
    let old = fs::metadata(&target).ok();
    refusal(path, &target, old.as_ref()).map_or(Ok(()), Err)?;
    let is_special = old.as_ref().is_some_and(|old| !old.is_file());
    let written = if is_special { send(&target, bytes) } else { replace(&target, folder, old.as_ref(), bytes) };
    written.map_err(|error| failed(path, &error))
}

fn replace(target: &Path, folder: &Path, old: Option<&Metadata>, bytes: &[u8]) -> io::Result<()> {
    sweep(folder);
    // Created for this user only, whatever the umask.
    let mut file = tempfile::Builder::new().prefix(OURS.0).suffix(OURS.1).tempfile_in(folder)?;
    file.write_all(bytes)?;
    match old {
        Some(old) => keep_permissions(&file, target, old)?,
        None => protect(file.path()),
    }
    file.as_file().sync_all()?;
    give_name(file, |file| file.persist(target))
}

#[cfg(unix)]
fn keep_permissions(file: &NamedTempFile, _of: &Path, old: &Metadata) -> io::Result<()> {
    file.as_file().set_permissions(old.permissions())
}

/// A share may refuse it; then the folder's own list applies, as to every new file there.
#[cfg(windows)]
#[expect(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
fn keep_permissions(file: &NamedTempFile, of: &Path, _old: &Metadata) -> io::Result<()> {
    winsys::copy_access(of, file.path()).ok();
    Ok(())
}

/// Writes to a device or a pipe. One that no program reads from is an error: opening it would wait for ever.
#[cfg(unix)]
fn send(target: &Path, bytes: &[u8]) -> io::Result<()> {
    use rustix::fs::{Mode, OFlags, fcntl_setfl, open};
    let flags = OFlags::WRONLY | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
    let mut file = File::from(open(target, flags, Mode::empty())?);
    fcntl_setfl(&file, OFlags::empty())?;
    file.write_all(bytes)
}

#[cfg(not(unix))]
fn send(target: &Path, bytes: &[u8]) -> io::Result<()> {
    File::options().write(true).open(target)?.write_all(bytes)
}

/// Deletes what earlier runs of this user left in the folder when they were killed.
fn sweep(folder: &Path) {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten().take(LOOKED_AT);
    let is_ours = |name: &str| name.starts_with(OURS.0) && name.ends_with(OURS.1);
    for entry in entries.filter(|entry| entry.file_name().to_str().is_some_and(is_ours)) {
        let about = entry.metadata().ok().filter(|about| about.is_file() && is_own(about));
        if about.is_some_and(|about| is_left_over(&about)) {
            // Another run may have swept it.
            fs::remove_file(entry.path()).ok();
        }
    }
}

fn is_left_over(about: &Metadata) -> bool {
    let age = about.modified().ok().and_then(|at| SystemTime::now().duration_since(at).ok());
    age.is_some_and(|age| age > LEFT_OVER)
}

#[cfg(unix)]
fn is_own(about: &Metadata) -> bool {
    std::os::unix::fs::MetadataExt::uid(about) == rustix::process::geteuid().as_raw()
}

#[cfg(not(unix))]
fn is_own(_about: &Metadata) -> bool {
    true
}

/// Whether another user could have laid the link to lead the report elsewhere. The system's own, like /dev/stdout, are root's.
#[cfg(unix)]
fn is_link_of_another(path: &Path) -> bool {
    let is_foreign = |about: &Metadata| !is_own(about) && std::os::unix::fs::MetadataExt::uid(about) != 0;
    let mut path = path.to_owned();
    for _ in 0..40 {
        match (path.symlink_metadata(), fs::read_link(&path)) {
            (Ok(about), Ok(_)) if is_foreign(&about) => return true,
            (Ok(_), Ok(next)) => path = folder(&path).join(next),
            (Ok(_) | Err(_), Err(_)) | (Err(_), Ok(_)) => return false,
        }
    }
    true
}

#[cfg(not(unix))]
fn is_link_of_another(_path: &Path) -> bool {
    false
}

/// Problems that can be reported before writing anything.
fn refusal(path: &Path, target: &Path, old: Option<&Metadata>) -> Option<Problem> {
    let refuse = |why: String, hint: &str| Some(Problem::new(unwritten(path), why, hint));
    let folder = folder(target);
    if !folder.is_dir() {
        return refuse(format!("there is no folder {}", folder.display()), "Create it, or choose another folder.");
    }
    if is_link_of_another(path) {
        return refuse("it is a link that belongs to another user".into(), "Choose another name, or delete the link.");
    }
    // As it was typed too: Windows has a path of its own for a device.
    if let Err(error) = absolute(path).and(absolute(target))
        && error.kind() == ErrorKind::InvalidFilename
    {
        return refuse(error.to_string(), "");
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
    if is_unread(error) {
        let hint = "Start the program that is to read it first, or save to a file.";
        return Problem::new(unwritten(path), "it is a pipe that no program reads from", hint);
    }
    let (why, hint) = match error.kind() {
        _ if is_held(error) => HELD,
        ErrorKind::PermissionDenied => {
            ("you cannot write to this file or folder, or it is open elsewhere", "Close it there, or save elsewhere.")
        }
        ErrorKind::StorageFull => ("the disk is full", "Free some space, or save elsewhere."),
        ErrorKind::ReadOnlyFilesystem => ("the disk is read-only", "Save elsewhere."),
        _ => return Problem::new(unwritten(path), error.kind().to_string(), "Save elsewhere."),
    };
    Problem::new(unwritten(path), why, hint)
}

#[cfg(unix)]
fn is_unread(error: &io::Error) -> bool {
    error.raw_os_error() == Some(rustix::io::Errno::NXIO.raw_os_error())
}

#[cfg(not(unix))]
fn is_unread(_error: &io::Error) -> bool {
    false
}

fn unwritten(path: &Path) -> String {
    format!("Could not save {}", path.display())
}

fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}
