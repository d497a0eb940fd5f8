//! Files and folders for this user only, and names that survive a loss of power.

use std::fs::{self, DirBuilder};
use std::io;
use std::path::Path;

/// Creates a folder and its parents, accessible to this user only.
#[cfg(unix)]
pub fn private_folder(path: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

#[cfg(windows)]
pub fn private_folder(path: &Path) -> io::Result<()> {
    let is_missing = |folder: &&Path| !folder.as_os_str().is_empty() && !folder.exists();
    let missing: Vec<&Path> = path.ancestors().take_while(is_missing).collect();
    for folder in missing.into_iter().rev() {
        match DirBuilder::new().create(folder) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
            Ok(()) => protect(folder),
        }
    }
    if path.as_os_str().is_empty() || path.is_dir() { Ok(()) } else { Err(io::ErrorKind::NotADirectory.into()) }
}

/// Creates a file readable by this user only; fails if it exists.
pub fn private_file(path: &Path) -> io::Result<fs::File> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path)?;
    protect(path);
    Ok(file)
}

/// Keeps a file or folder that has just been created to this user. On Unix it was created so.
#[cfg(unix)]
pub fn protect(_path: &Path) {}

/// In the user's own folders Windows has seen to it. Elsewhere a new file is for whoever may use its folder. A disk without
/// access lists (a memory stick) keeps nothing private, there as on Unix.
#[cfg(windows)]
pub fn protect(path: &Path) {
    let home = directories::BaseDirs::new().and_then(|own| dunce::canonicalize(own.home_dir()).ok());
    let path = dunce::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    if !home.is_some_and(|home| path.starts_with(home)) {
        winsys::keep_private(&path).ok();
    }
}

/// Makes the names in a folder durable.
#[cfg(unix)]
pub fn sync_folder(path: &Path) -> io::Result<()> {
    fs::File::open(path)?.sync_all()
}

/// NTFS keeps a journal of names, which this writes to the disk. Where a file system knows nothing of the kind (a share), it
/// refuses, and has not promised anything either.
#[cfg(windows)]
pub fn sync_folder(path: &Path) -> io::Result<()> {
    use std::os::windows::fs::OpenOptionsExt;
    const FILE_FLAG_BACKUP_SEMANTICS: u32 = 0x0200_0000;
    let folder = fs::OpenOptions::new().write(true).custom_flags(FILE_FLAG_BACKUP_SEMANTICS).open(path);
    folder.and_then(|folder| folder.sync_all()).ok();
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_are_created_with_their_parents_and_may_exist() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("a").join("b");
        private_folder(&folder).unwrap();
        private_folder(&folder).unwrap();
        sync_folder(&folder).unwrap();
        fs::write(folder.join("file"), "").unwrap();
        assert!(private_folder(&folder.join("file")).is_err(), "it is a file");
        assert!(private_file(&folder.join("file")).is_err(), "it exists");
        private_file(&folder.join("new")).unwrap();
    }
}
