//! How the chair's screen and the windows for the room find each other: by notes in a folder of the register's, outside it.
//!
//! Each window has a file of its own there, into which the chair's screen writes where it is before it rings the bells.
//! Locks say who is still there, because the system releases them whatever ends a program: a window holds one beside its
//! file, and the chair's screen holds that of the chair. Of two screens on one register, the first is the chair's.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use crate::files::private_folder;

use super::Store;
use super::bell::Bells;

/// The folder of a register's windows.
#[derive(Clone, Debug)]
pub struct Rooms {
    folder: PathBuf,
    bells: Bells,
}

/// What the chair's screen has told the windows.
#[derive(Debug)]
pub struct Teller {
    rooms: Rooms,
    /// Held while this screen is the chair's.
    chair: Option<File>,
    told: String,
}

/// A window, in place until this is dropped.
#[derive(Debug)]
pub struct Follower {
    rooms: Rooms,
    note: PathBuf,
    /// Held while the window is open.
    _open: File,
}

impl Store {
    /// None for a register in memory, and on a computer with no data folder.
    pub fn rooms(&self) -> Option<Rooms> {
        let (data, bells) = (self.places.data.as_ref()?, self.bells()?);
        Some(Rooms { folder: data.join("rooms").join(&self.uuid), bells })
    }
}

impl Rooms {
    pub fn teller(self) -> Teller {
        Teller { rooms: self, chair: None, told: String::new() }
    }

    /// Opens a window, and asks the chair's screen where it is.
    pub fn follow(&self) -> io::Result<Follower> {
        private_folder(&self.folder)?;
        let note = self.folder.join(std::process::id().to_string());
        let open = lock_file(&lock_of(&note))?;
        open.lock()?;
        fs::write(&note, "")?;
        self.bells.ring_others();
        Ok(Follower { rooms: self.clone(), note, _open: open })
    }

    /// The notes of all windows: their names are the numbers of their processes.
    fn notes(&self) -> Vec<PathBuf> {
        let files = fs::read_dir(&self.folder).into_iter().flatten().flatten().map(|file| file.path());
        let is_note = |path: &PathBuf| {
            path.file_name().is_some_and(|name| name.as_encoded_bytes().iter().all(u8::is_ascii_digit))
        };
        files.filter(is_note).collect()
    }

    fn chair(&self) -> PathBuf {
        self.folder.join("chair")
    }
}

impl Teller {
    /// Tells every window where the screen is, unless it knows. Without windows this costs one look at a folder.
    pub fn tell(&mut self, spot: &str) {
        let is_told = self.told == spot;
        let knows = |note: &PathBuf| is_told && note.metadata().is_ok_and(|note| note.len() > 0);
        let notes: Vec<PathBuf> = self.rooms.notes().into_iter().filter(|note| !knows(note)).collect();
        let notes: Vec<PathBuf> = notes.into_iter().filter(|note| is_followed(note)).collect();
        if notes.is_empty() || !self.is_chair() {
            return;
        }
        for note in notes {
            // A window that cannot be told stays where it was.
            fs::write(note, spot).ok();
        }
        spot.clone_into(&mut self.told);
        self.rooms.bells.ring_others();
    }

    fn is_chair(&mut self) -> bool {
        if self.chair.is_none() {
            let file = lock_file(&self.rooms.chair()).ok();
            self.chair = file.filter(|chair| chair.try_lock().is_ok());
        }
        self.chair.is_some()
    }
}

impl Follower {
    /// Where the chair's screen was last; none before it has said.
    pub fn spot(&self) -> Option<String> {
        fs::read_to_string(&self.note).ok().filter(|spot| !spot.is_empty())
    }

    /// What was said holds no longer, and is to be said again.
    pub fn forget(&self) {
        // If that fails, a chair's screen that comes back tells nothing until it moves.
        fs::write(&self.note, "").ok();
    }

    /// For another thread: waits until there is no chair's screen.
    pub fn absence(&self) -> io::Result<Absence> {
        lock_file(&self.rooms.chair()).map(Absence)
    }
}

/// Waits for the end of the chair's screen.
#[derive(Debug)]
pub struct Absence(File);

impl Absence {
    /// Blocks while there is one, and returns when it has ended, whatever ended it.
    pub fn wait(self) -> io::Result<()> {
        // Released as the file is closed.
        self.0.lock_shared()
    }
}

impl Drop for Follower {
    fn drop(&mut self) {
        fs::remove_file(&self.note).ok();
        fs::remove_file(lock_of(&self.note)).ok();
    }
}

/// A file whose lock means something, whoever makes it first.
fn lock_file(path: &Path) -> io::Result<File> {
    File::options().write(true).create(true).truncate(false).open(path)
}

fn lock_of(note: &Path) -> PathBuf {
    note.with_extension("open")
}

/// Whether the window of that note is still open. The note of one that was killed is removed.
fn is_followed(note: &Path) -> bool {
    let lock = lock_of(note);
    let is_left = File::open(&lock).is_ok_and(|open| open.try_lock().is_ok());
    if is_left {
        fs::remove_file(note).ok();
        fs::remove_file(lock).ok();
    }
    !is_left
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rooms() -> (tempfile::TempDir, Rooms) {
        let home = tempfile::tempdir().unwrap();
        let bells = Bells::in_folder(home.path().join("screens"));
        let rooms = Rooms { folder: home.path().join("rooms"), bells };
        (home, rooms)
    }

    #[test]
    fn a_window_knows_where_the_chairs_screen_is_whichever_came_first() {
        let (_home, rooms) = rooms();
        let mut teller = rooms.clone().teller();
        teller.tell("action 1");
        let window = rooms.follow().unwrap();
        assert_eq!(window.spot(), None);
        teller.tell("action 1");
        assert_eq!(window.spot().as_deref(), Some("action 1"));
        teller.tell("calm");
        assert_eq!(window.spot().as_deref(), Some("calm"));
        window.forget();
        teller.tell("calm");
        assert_eq!(window.spot().as_deref(), Some("calm"));
    }

    #[test]
    fn of_two_screens_the_first_is_the_chairs_until_it_ends() {
        let (_home, rooms) = rooms();
        let window = rooms.follow().unwrap();
        let (mut first, mut second) = (rooms.clone().teller(), rooms.clone().teller());
        first.tell("action 1");
        second.tell("action 2");
        assert_eq!(window.spot().as_deref(), Some("action 1"));
        let absence = window.absence().unwrap();
        let waiting = std::thread::spawn(move || absence.wait());
        drop(first);
        waiting.join().unwrap().unwrap();
        second.tell("action 2");
        assert_eq!(window.spot().as_deref(), Some("action 2"));
    }

    #[test]
    fn the_note_of_a_window_that_was_killed_is_removed() {
        let (_home, rooms) = rooms();
        private_folder(&rooms.folder).unwrap();
        let note = rooms.folder.join("4711");
        fs::write(&note, "").unwrap();
        fs::write(lock_of(&note), "").unwrap();
        rooms.clone().teller().tell("calm");
        assert!(!note.exists() && !lock_of(&note).exists());
    }
}
