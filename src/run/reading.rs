//! A document being read in the background, so that keys keep working.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

use crate::domain::draft::Draft;
use crate::import::Options;
use crate::problem::Problem;
use crate::term::Waker;

/// How often the time taken is updated.
pub const TICK: Duration = Duration::from_millis(100);

/// Reads a document until finished or cancelled.
pub type Reader = fn(&Path, &Options, &AtomicBool) -> Result<Draft, Problem>;

pub struct Reading {
    /// As it was given.
    pub path: String,
    answer: Receiver<Result<Draft, Problem>>,
    stop: Arc<AtomicBool>,
    since: Instant,
}

impl Reading {
    /// Starts reading and wakes `waker` when done. Without a waker, the caller waits.
    pub fn begin(path: String, options: Options, reader: Reader, waker: Option<Waker>) -> Reading {
        let (sender, answer) = mpsc::channel();
        let stop = Arc::new(AtomicBool::new(false));
        let (document, stopped) = (expanded(&path), Arc::clone(&stop));
        let read = move || {
            // The receiver may be gone.
            sender.send(reader(&document, &options, &stopped)).ok();
            if let Some(waker) = waker {
                waker.wake();
            }
        };
        let started = thread::Builder::new().name("read".into()).spawn(read);
        // If the thread could not start, the sender is gone and the receiver reports it.
        drop(started);
        Reading { path, answer, stop, since: Instant::now() }
    }

    /// The result, if finished.
    pub fn answer(&self) -> Option<Result<Draft, Problem>> {
        match self.answer.try_recv() {
            Ok(answer) => Some(answer),
            Err(mpsc::TryRecvError::Empty) => None,
            Err(mpsc::TryRecvError::Disconnected) => Some(Err(broken())),
        }
    }

    /// Waits for the result.
    pub fn wait(&self) -> Result<Draft, Problem> {
        self.answer.recv().unwrap_or_else(|_| Err(broken()))
    }

    /// The time taken so far, in milliseconds.
    pub fn taken(&self) -> u64 {
        u64::try_from(self.since.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}

/// Also cancels the reading.
impl Drop for Reading {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
    }
}

fn broken() -> Problem {
    Problem::new(
        "Could not read the document",
        "its reader could not be started",
        "Try again; the register is unchanged.",
    )
}

/// A path as typed or dropped: in quotes, with `~` for the home folder, or with escaped spaces.
pub fn expanded(typed: &str) -> PathBuf {
    let bare = typed.trim().trim_matches(['"', '\'']);
    let bare = if cfg!(unix) && !Path::new(bare).exists() { bare.replace("\\ ", " ") } else { bare.to_owned() };
    let bare = bare.strip_prefix("file://").map_or_else(|| bare.clone(), path_of);
    let in_home = bare.strip_prefix("~/").or_else(|| bare.strip_prefix("~\\").filter(|_| cfg!(windows)));
    match (in_home, directories::BaseDirs::new()) {
        (Some(rest), Some(home)) => home.home_dir().join(rest),
        (Some(_) | None, _) => PathBuf::from(bare),
    }
}

/// The path in a file's address. On Windows that of `file:///C:/x` begins with the disk, and that of `file://server/x` names
/// a computer.
fn path_of(address: &str) -> String {
    let path = decoded(address);
    let is_disk = |rest: &str| rest.as_bytes().get(1) == Some(&b':');
    match path.strip_prefix('/') {
        Some(rest) if cfg!(windows) && is_disk(rest) => rest.to_owned(),
        None if cfg!(windows) => format!("//{path}"),
        Some(_) | None => path,
    }
}

/// `%20` as a space, and so on. What is no such code stays.
fn decoded(address: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = address;
    while let Some((before, after)) = rest.split_once('%') {
        bytes.extend_from_slice(before.as_bytes());
        let digits = after.get(..2).filter(|digits| digits.chars().all(|c| c.is_ascii_hexdigit()));
        let code = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(code.unwrap_or(b'%'));
        rest = if code.is_some() { after.get(2..).unwrap_or_default() } else { after };
    }
    bytes.extend_from_slice(rest.as_bytes());
    String::from_utf8(bytes).unwrap_or_else(|_| address.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_taken_as_terminals_type_dropped_files() {
        assert_eq!(expanded("'/x/a plan.docx' "), PathBuf::from("/x/a plan.docx"));
        assert_eq!(expanded("file:///x/a%20plan.docx"), PathBuf::from("/x/a plan.docx"));
        assert_eq!(expanded("file:///x/100%/10%+5/caf%C3%A9.docx"), PathBuf::from("/x/100%/10%+5/café.docx"));
        #[cfg(unix)]
        assert_eq!(expanded(r"/x/a\ plan.docx"), PathBuf::from("/x/a plan.docx"));
    }

    #[cfg(windows)]
    #[test]
    fn a_files_address_names_its_disk_or_its_server() {
        assert_eq!(expanded("file:///C:/x/a%20plan.docx"), PathBuf::from("C:/x/a plan.docx"));
        assert_eq!(expanded("file://server/plans/a.docx"), PathBuf::from("//server/plans/a.docx"));
        assert!(expanded(r"~\plan.docx").is_absolute());
    }
}
