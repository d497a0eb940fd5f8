//! Where the program keeps what is its own: the usual register, backups, this copy's origin, and settings.

use std::env;
use std::path::{Path, PathBuf};

/// A file of this name beside the program keeps everything in that folder, on a stick for example.
pub const PORTABLE: &str = "arising-portable.txt";
/// The folder beside the program, then.
const BESIDE: &str = "arising-data";

/// `ARISING_DATA`; else a folder beside the program, where a file there says so; else the platform's folder for local data,
/// not the roaming one, which syncing could fork. None where the platform has none.
pub fn data_folder() -> Option<PathBuf> {
    let given = env::var_os("ARISING_DATA").filter(|given| !given.is_empty()).map(PathBuf::from);
    given.or_else(|| env::current_exe().ok().and_then(|program| beside(&program))).or_else(of_the_platform)
}

fn of_the_platform() -> Option<PathBuf> {
    directories::ProjectDirs::from("", "", "arising").map(|folders| folders.data_local_dir().to_owned())
}

fn beside(program: &Path) -> Option<PathBuf> {
    let folder = program.parent()?;
    folder.join(PORTABLE).is_file().then(|| folder.join(BESIDE))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_beside_the_program_keeps_everything_there() {
        let folder = tempfile::tempdir().unwrap();
        let program = folder.path().join("arising");
        assert_eq!(beside(&program), None);
        std::fs::write(folder.path().join(PORTABLE), "").unwrap();
        assert_eq!(beside(&program), Some(folder.path().join("arising-data")));
    }
}
