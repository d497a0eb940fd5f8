//! Bells: how a screen at which nobody does anything hears that another program has written its register.
//!
//! Each open screen hangs a pipe with a name into a folder that belongs to the register; whoever writes the register puts
//! a byte into every pipe there. Waiting for it costs nothing: no clock ticks. (inotify would do the same, but takes up to
//! 16 ms to let go, for which everybody who leaves would wait.) What is written on another machine is heard with the next
//! key.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use super::Store;
use super::place::private_folder;

/// The folder of a register's bells.
#[derive(Clone, Debug)]
pub struct Bells {
    folder: PathBuf,
}

/// One screen's bell, hanging for as long as this is kept.
#[derive(Debug)]
pub struct Bell {
    path: PathBuf,
    pipe: File,
}

impl Store {
    /// Where screens on this register hang their bells; none for a register in memory or on a machine without a folder.
    pub fn bells(&self) -> Option<Bells> {
        let (data, _) = self.places.data.as_ref().zip(self.place.as_ref())?;
        Some(Bells { folder: data.join("screens").join(&self.uuid) })
    }
}

impl Bells {
    /// Hangs a bell for this process.
    pub fn hang(&self) -> io::Result<Bell> {
        private_folder(&self.folder)?;
        let path = self.folder.join(std::process::id().to_string());
        let pipe = make_pipe(&path)?;
        Ok(Bell { path, pipe })
    }

    /// Rings every bell. A bell that nobody hears any more (its screen was killed) is taken down.
    pub fn ring(&self) {
        for path in fs::read_dir(&self.folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
            if ring_one(&path).is_err() {
                // Whoever else takes it down first has done the same.
                fs::remove_file(&path).ok();
            }
        }
    }
}

impl Bell {
    /// The part that waits, for a thread of its own.
    pub fn ear(&self) -> io::Result<Ear> {
        self.pipe.try_clone().map(Ear)
    }
}

/// Hears a bell.
#[derive(Debug)]
pub struct Ear(File);

impl Ear {
    /// Sleeps until the bell has rung.
    pub fn wait(&mut self) -> io::Result<()> {
        self.0.read(&mut [0; 64]).map(drop)
    }
}

impl Drop for Bell {
    fn drop(&mut self) {
        fs::remove_file(&self.path).ok();
    }
}

/// Opened for reading and writing, so that it never comes to an end while nobody rings.
#[cfg(unix)]
fn make_pipe(path: &Path) -> io::Result<File> {
    use rustix::fs::{CWD, Mode, mkfifoat};

    // One of an earlier process with the same number.
    fs::remove_file(path).ok();
    mkfifoat(CWD, path, Mode::RUSR | Mode::WUSR)?;
    OpenOptions::new().read(true).write(true).open(path)
}

#[cfg(not(unix))]
fn make_pipe(_: &Path) -> io::Result<File> {
    Err(io::ErrorKind::Unsupported.into())
}

#[cfg(unix)]
fn ring_one(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::{FileTypeExt, OpenOptionsExt};

    if !fs::symlink_metadata(path)?.file_type().is_fifo() {
        return Ok(());
    }
    let nonblocking = i32::try_from(rustix::fs::OFlags::NONBLOCK.bits()).unwrap_or_default();
    let mut pipe = OpenOptions::new().write(true).custom_flags(nonblocking).open(path)?;
    match pipe.write(b"!") {
        // A full pipe has been rung often enough.
        Err(error) if error.kind() == io::ErrorKind::WouldBlock => Ok(()),
        rung => rung.map(drop),
    }
}

#[cfg(not(unix))]
fn ring_one(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bell_is_heard_and_a_dead_one_is_taken_down() {
        let home = tempfile::tempdir().unwrap();
        let bells = Bells { folder: home.path().join("screens") };
        let bell = bells.hang().unwrap();
        let mut ear = bell.ear().unwrap();
        bells.ring();
        ear.wait().unwrap();
        drop((bell, ear));
        assert_eq!(fs::read_dir(&bells.folder).unwrap().count(), 0);

        make_pipe(&bells.folder.join("4711")).unwrap();
        bells.ring();
        assert_eq!(fs::read_dir(&bells.folder).unwrap().count(), 0, "nobody hears it any more");
    }
}
