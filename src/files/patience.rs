//! Waits for other programs to let go of a file. On Windows a sync client or a virus scanner opens whatever has just been
//! written, for a moment, and until it is done the file can be neither opened nor renamed.

use std::fs::File;
use std::io;
use std::thread;
use std::time::{Duration, Instant};

use tempfile::{NamedTempFile, PersistError};

/// How long to wait.
const PATIENCE: Duration = Duration::from_secs(2);
const PAUSE: Duration = Duration::from_millis(25);

/// Why a file could not be used that another program holds, and what to do.
pub const HELD: (&str, &str) = (
    "another program has the file open",
    "Close it there. If it is OneDrive or a virus scanner, wait a moment and try again.",
);

const ACCESS_DENIED: i32 = 5;
const SHARING_VIOLATION: i32 = 32;
const LOCK_VIOLATION: i32 = 33;

/// Whether an error means that another program has the file open.
pub fn is_held(error: &io::Error) -> bool {
    cfg!(windows) && matches!(error.raw_os_error(), Some(SHARING_VIOLATION | LOCK_VIOLATION))
}

/// Whether waiting may help. Windows also denies access to a name that is open when another file is to have it.
fn may_pass(error: &io::Error) -> bool {
    is_held(error) || cfg!(windows) && error.raw_os_error() == Some(ACCESS_DENIED)
}

/// Tries again for a moment while another program holds the file.
pub fn patiently<T>(mut step: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    let begun = Instant::now();
    loop {
        match step() {
            Err(error) if may_pass(&error) && begun.elapsed() < PATIENCE => thread::sleep(PAUSE),
            done => return done,
        }
    }
}

/// Gives a temporary file its name in the way of `give`, patiently.
pub fn give_name(
    file: NamedTempFile,
    mut give: impl FnMut(NamedTempFile) -> Result<File, PersistError>,
) -> io::Result<()> {
    let mut file = Some(file);
    patiently(|| match file.take().map(&mut give) {
        None => Err(io::ErrorKind::NotFound.into()),
        Some(Ok(_)) => Ok(()),
        Some(Err(failed)) => {
            file = Some(failed.file);
            Err(failed.error)
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_held_file_is_tried_again() {
        let mut tries = 0;
        let mut failing = |code: i32| {
            tries = 0;
            let done = patiently(|| {
                tries += 1;
                if tries < 3 { Err(io::Error::from_raw_os_error(code)) } else { Ok(()) }
            });
            (done.is_ok(), tries)
        };
        assert_eq!(failing(2), (false, 1));
        assert_eq!(failing(SHARING_VIOLATION), if cfg!(windows) { (true, 3) } else { (false, 1) });
    }

    #[test]
    fn a_temporary_file_gets_its_name() {
        let folder = tempfile::tempdir().unwrap();
        let new = || NamedTempFile::new_in(folder.path()).unwrap();
        let path = folder.path().join("plan");
        give_name(new(), |file| file.persist_noclobber(&path)).unwrap();
        let again = give_name(new(), |file| file.persist_noclobber(&path)).unwrap_err();
        assert_eq!(again.kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "what got no name is gone");
    }

    /// A file that another program opened without sharing it, as virus scanners do.
    #[cfg(windows)]
    #[test]
    fn a_file_is_replaced_once_another_program_lets_go_of_it() {
        use std::os::windows::fs::OpenOptionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("plan");
        std::fs::write(&path, "old").unwrap();
        let held = std::fs::OpenOptions::new().read(true).share_mode(0).open(&path).unwrap();
        let scanner = thread::spawn(move || {
            thread::sleep(Duration::from_millis(300));
            drop(held);
        });
        assert!(is_held(&File::open(&path).unwrap_err()));
        give_name(NamedTempFile::new_in(folder.path()).unwrap(), |file| file.persist(&path)).unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"");
        scanner.join().unwrap();
    }
}
