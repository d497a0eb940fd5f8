//! The file as this computer last left it, noted outside the register: while no one else has touched a file since it was
//! verified, a command need not read it whole again.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use crate::files::private_folder;

use super::place::FilePlace;

/// After this long a file is verified in full again even where no one has touched it: what is stored can decay.
const FOR: Duration = Duration::from_secs(24 * 60 * 60);

/// The note about one file; none where this computer has no folder for it.
#[derive(Clone, Debug, Default)]
pub struct AsLeft(Option<PathBuf>);

/// What tells two states of a file apart without reading it: which file it is, its length, and when it was last written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark(String);

impl Mark {
    /// The file as it is now; none if it cannot be found.
    pub fn of(place: &FilePlace) -> Option<Mark> {
        place.mark().ok().map(Mark)
    }
}

impl AsLeft {
    /// The note beside the one of where the chain of this copy ended.
    pub fn beside(note: Option<&Path>) -> AsLeft {
        AsLeft(note.map(|note| {
            let mut path = note.as_os_str().to_owned();
            path.push(".left");
            path.into()
        }))
    }

    /// Whether the file is as it was left, and was verified in full less than a day ago.
    pub fn is_verified(&self, place: &FilePlace) -> bool {
        let is_recent = |at| SystemTime::now().duration_since(at).is_ok_and(|since| since < FOR);
        self.read().is_some_and(|(at, mark)| is_recent(at) && Mark::of(place) == Some(mark))
    }

    /// Whether the file is as it was left, however long ago it was verified.
    pub fn is_unchanged(&self, place: &FilePlace) -> bool {
        self.read().is_some_and(|(_, mark)| Mark::of(place) == Some(mark))
    }

    /// The file with this mark has just been verified in full.
    pub fn note_verified(&self, mark: &Mark) {
        self.write(SystemTime::now(), mark);
    }

    /// Runs a write to the file. If it was as it was left until then, it is so again.
    pub fn through<T, E>(&self, place: &FilePlace, write: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
        let at = self.read().filter(|(_, mark)| Mark::of(place).as_ref() == Some(mark)).map(|(at, _)| at);
        let done = write();
        if let (Some(at), Some(mark)) = (at, Mark::of(place)) {
            self.write(at, &mark);
        }
        done
    }

    /// The file is not to be relied on.
    pub fn forget(&self) {
        if let Some(path) = &self.0 {
            // Where it cannot be removed, neither could anything be noted.
            fs::remove_file(path).ok();
        }
    }

    fn read(&self) -> Option<(SystemTime, Mark)> {
        let text = fs::read_to_string(self.0.as_ref()?).ok()?;
        let (at, mark) = text.strip_suffix('\n')?.split_once(' ')?;
        Some((SystemTime::UNIX_EPOCH + Duration::from_secs(at.parse().ok()?), Mark(mark.to_owned())))
    }

    /// If it cannot be written, the only cost is that the file is verified again.
    fn write(&self, at: SystemTime, mark: &Mark) {
        let seconds = at.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs();
        let write = |path: &PathBuf| -> io::Result<()> {
            path.parent().map_or(Ok(()), private_folder)?;
            let mut options = OpenOptions::new();
            options.write(true).create(true).truncate(true);
            #[cfg(unix)]
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
            options.open(path)?.write_all(format!("{seconds} {}\n", mark.0).as_bytes())
        };
        self.0.as_ref().map(write);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_as_it_was_left_until_someone_else_writes_to_it() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("register.sqlite");
        fs::write(&file, "one").unwrap();
        let place = FilePlace::find(&file).unwrap();
        let note = AsLeft::beside(Some(&folder.path().join("note")));
        assert!(!note.is_verified(&place));
        note.note_verified(&Mark::of(&place).unwrap());
        assert!(note.is_verified(&place));
        note.through(&place, || fs::write(&file, "two, and longer")).unwrap();
        assert!(note.is_verified(&place));
        fs::write(&file, "three").unwrap();
        assert!(!note.is_verified(&place));
        note.through(&place, || fs::write(&file, "four, and longer")).unwrap();
        assert!(!note.is_verified(&place), "our own write does not vouch for another's");
    }

    #[test]
    fn after_a_day_it_is_verified_again() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("register.sqlite");
        fs::write(&file, "one").unwrap();
        let place = FilePlace::find(&file).unwrap();
        let note = AsLeft::beside(Some(&folder.path().join("note")));
        note.write(SystemTime::now() - FOR, &Mark::of(&place).unwrap());
        assert!(!note.is_verified(&place));
        note.through(&place, || fs::write(&file, "two, and longer")).unwrap();
        assert!(!note.is_verified(&place), "a write is no verification");
    }
}
