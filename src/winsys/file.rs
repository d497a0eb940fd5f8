//! What identifies a file on Windows, whatever its name is.

use std::fs::{File, OpenOptions};
use std::io;
use std::os::windows::fs::OpenOptionsExt;
use std::os::windows::io::AsRawHandle;
use std::path::Path;

use windows_sys::Win32::Storage::FileSystem::{
    BY_HANDLE_FILE_INFORMATION, FILE_FLAG_BACKUP_SEMANTICS, FILE_FLAG_OPEN_REPARSE_POINT, FILE_SHARE_DELETE,
    FILE_SHARE_READ, FILE_SHARE_WRITE, GetFileInformationByHandle,
};

use crate::wide::checked;

/// The serial number of a volume, and the number of a file on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Identity {
    pub volume: u64,
    pub file: u64,
}

/// The identity of the file, folder or link at `path`. It is opened without any access, so that no one's use of it can
/// refuse this or be disturbed by it.
pub fn identity(path: &Path) -> io::Result<Identity> {
    let file = OpenOptions::new()
        .access_mode(0)
        .share_mode(FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE)
        .custom_flags(FILE_FLAG_BACKUP_SEMANTICS | FILE_FLAG_OPEN_REPARSE_POINT)
        .open(path)?;
    let about = information(&file)?;
    let number = (u64::from(about.nFileIndexHigh) << 32) | u64::from(about.nFileIndexLow);
    Ok(Identity { volume: u64::from(about.dwVolumeSerialNumber), file: number })
}

fn information(file: &File) -> io::Result<BY_HANDLE_FILE_INFORMATION> {
    let mut about = BY_HANDLE_FILE_INFORMATION::default();
    // SAFETY: the handle is open while `file` is borrowed, and `about` is a writable structure of the type that the call
    // fills in.
    checked(unsafe { GetFileInformationByHandle(file.as_raw_handle(), &raw mut about) })?;
    Ok(about)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_file_keeps_its_identity_under_another_name_and_its_successor_has_another() {
        let folder = tempfile::tempdir().unwrap();
        let (a, b) = (folder.path().join("a"), folder.path().join("b"));
        fs::write(&a, "one").unwrap();
        let first = identity(&a).unwrap();
        fs::rename(&a, &b).unwrap();
        fs::write(&a, "two").unwrap();
        assert_eq!(identity(&b).unwrap(), first);
        assert_ne!(identity(&a).unwrap(), first);
    }
}
