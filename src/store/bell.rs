//! Bells: how an idle screen learns that another program has written to its register.
//!
//! Each open screen creates a named pipe in a folder belonging to the register; every writer then puts a byte into
//! every other pipe there. On Windows it is a named event, with a file in that folder to say so. Waiting costs nothing, because
//! there is no polling. (inotify would work too, but takes up to 16 ms to close, which would delay every exit.) Changes
//! written on another computer are noticed at the next keypress.

use std::fs::{self, File};
use std::io;
#[cfg(unix)]
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use crate::files::private_folder;

use super::Store;

/// The folder of a register's bells.
#[derive(Clone, Debug)]
pub struct Bells {
    folder: PathBuf,
}

/// One screen's bell, in place until this is dropped.
#[derive(Debug)]
pub struct Bell {
    path: PathBuf,
    line: Line,
}

/// What a bell is made of: a named pipe, or on Windows a named event.
#[cfg(unix)]
type Line = File;
#[cfg(windows)]
type Line = winsys::Event;

impl Store {
    /// Where screens on this register put their bells; none for a register in memory or on a computer with no data
    /// folder.
    pub fn bells(&self) -> Option<Bells> {
        let (data, _) = self.places.data.as_ref().zip(self.place.as_ref())?;
        Some(Bells { folder: data.join("screens").join(&self.uuid) })
    }
}

impl Bells {
    /// Puts up a bell for this process.
    pub fn hang(&self) -> io::Result<Bell> {
        private_folder(&self.folder)?;
        let path = self.own();
        let line = hang_one(&path)?;
        Ok(Bell { path, line })
    }

    #[cfg(test)]
    pub(super) fn in_folder(folder: PathBuf) -> Bells {
        Bells { folder }
    }

    /// Rings every bell but this process's own: what it writes it knows. A bell without a listener (its screen was killed) is
    /// removed.
    pub fn ring_others(&self) {
        self.ring_but(Some(&self.own()));
    }

    fn own(&self) -> PathBuf {
        self.folder.join(std::process::id().to_string())
    }

    fn ring_but(&self, own: Option<&Path>) {
        let bells = fs::read_dir(&self.folder).into_iter().flatten().flatten().map(|entry| entry.path());
        for path in bells.filter(|path| Some(path.as_path()) != own) {
            if ring_one(&path).is_err() {
                // If another process removes it first, the result is the same.
                fs::remove_file(&path).ok();
            }
        }
    }
}

impl Bell {
    /// The waiting half, for a separate thread.
    pub fn ear(&self) -> io::Result<Ear> {
        self.line.try_clone().map(Ear)
    }
}

/// Waits for a bell.
#[derive(Debug)]
pub struct Ear(Line);

impl Ear {
    /// Blocks until the bell rings.
    #[cfg(unix)]
    pub fn wait(&mut self) -> io::Result<()> {
        self.0.read(&mut [0; 64]).map(drop)
    }

    /// Blocks until the bell rings.
    #[cfg(windows)]
    pub fn wait(&mut self) -> io::Result<()> {
        self.0.wait()
    }
}

impl Drop for Bell {
    fn drop(&mut self) {
        fs::remove_file(&self.path).ok();
    }
}

/// Opened for reading and writing, so that it never reaches end-of-file between writers.
#[cfg(unix)]
fn hang_one(path: &Path) -> io::Result<Line> {
    use rustix::fs::{CWD, Mode, mkfifoat};
    use std::fs::OpenOptions;

    // It is put up once it has a listener: whoever rings takes one without for dead.
    let folder = path.parent().unwrap_or(path);
    let name = path.file_name().unwrap_or_default();
    let making = folder.with_extension(name);
    // Left by an earlier process with the same id.
    fs::remove_file(&making).ok();
    mkfifoat(CWD, &making, Mode::RUSR | Mode::WUSR)?;
    let line = OpenOptions::new().read(true).write(true).open(&making)?;
    fs::rename(&making, path)?;
    Ok(line)
}

/// The file says to whoever rings that there is an event of its name.
#[cfg(windows)]
fn hang_one(path: &Path) -> io::Result<Line> {
    let line = Line::create(&event_name(path))?;
    File::create(path)?;
    Ok(line)
}

/// For all sessions of this computer: the same user may have two, one of them remote.
#[cfg(windows)]
fn event_name(path: &Path) -> String {
    let part = |path: Option<&Path>| path.and_then(Path::file_name).unwrap_or_default().to_string_lossy().into_owned();
    format!("Global\\arising-{}-{}", part(path.parent()), part(Some(path)))
}

#[cfg(unix)]
fn ring_one(path: &Path) -> io::Result<()> {
    use std::fs::OpenOptions;
    use std::os::unix::fs::{FileTypeExt, OpenOptionsExt};

    if !fs::symlink_metadata(path)?.file_type().is_fifo() {
        return Ok(());
    }
    let nonblocking = i32::try_from(rustix::fs::OFlags::NONBLOCK.bits()).unwrap_or_default();
    let mut pipe = OpenOptions::new().write(true).custom_flags(nonblocking).open(path)?;
    match pipe.write(b"!") {
        // A full pipe has already been rung.
        Err(error) if error.kind() == io::ErrorKind::WouldBlock => Ok(()),
        rung => rung.map(drop),
    }
}

#[cfg(windows)]
fn ring_one(path: &Path) -> io::Result<()> {
    Line::open(&event_name(path))?.set()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bell_is_heard_and_a_dead_one_is_taken_down() {
        let home = tempfile::tempdir().unwrap();
        let bells = Bells { folder: home.path().join("screens") };
        let bell = bells.hang().unwrap();
        let mut ear = bell.ear().unwrap();
        bells.ring_but(None);
        ear.wait().unwrap();
        drop((bell, ear));
        assert_eq!(fs::read_dir(&bells.folder).unwrap().count(), 0);

        drop(hang_one(&bells.folder.join("4711")).unwrap());
        bells.ring_but(None);
        assert_eq!(fs::read_dir(&bells.folder).unwrap().count(), 0, "it has no listener any more");
    }

    #[cfg(unix)]
    #[test]
    fn a_screen_is_told_of_what_others_write_and_not_of_what_it_writes_itself() {
        let home = tempfile::tempdir().unwrap();
        let bells = Bells { folder: home.path().join("screens") };
        let (own, other) = (bells.hang().unwrap(), hang_one(&bells.folder.join("4711")).unwrap());
        bells.ring_others();
        let waiting = |line: &Line| rustix::io::ioctl_fionread(line).unwrap();
        assert_eq!((waiting(&own.line), waiting(&other)), (0, 1));
    }
}
