//! A document being read behind the screen, so that keys are heard meanwhile.

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

/// How often the screen says how long it has taken.
pub const TICK: Duration = Duration::from_millis(100);

/// Reads a document until it is done or to be stopped.
pub type Reader = fn(&Path, &Options, &AtomicBool) -> Result<Draft, Problem>;

pub struct Reading {
    /// As it was given.
    pub path: String,
    answer: Receiver<Result<Draft, Problem>>,
    stop: Arc<AtomicBool>,
    since: Instant,
}

impl Reading {
    /// Begins to read; `waker` is rung when it is done. Without one, whoever asks waits.
    pub fn begin(path: String, options: Options, reader: Reader, waker: Option<Waker>) -> Reading {
        let (sender, answer) = mpsc::channel();
        let stop = Arc::new(AtomicBool::new(false));
        let (document, stopped) = (expanded(&path), Arc::clone(&stop));
        let read = move || {
            // Nobody may be left to tell.
            sender.send(reader(&document, &options, &stopped)).ok();
            if let Some(waker) = waker {
                waker.wake();
            }
        };
        let started = thread::Builder::new().name("read".into()).spawn(read);
        // Without the thread the sender is gone, and the answer says so.
        drop(started);
        Reading { path, answer, stop, since: Instant::now() }
    }

    /// What came of it, if it is done.
    pub fn answer(&self) -> Option<Result<Draft, Problem>> {
        match self.answer.try_recv() {
            Ok(answer) => Some(answer),
            Err(mpsc::TryRecvError::Empty) => None,
            Err(mpsc::TryRecvError::Disconnected) => Some(Err(broken())),
        }
    }

    /// Waits until it is done.
    pub fn wait(&self) -> Result<Draft, Problem> {
        self.answer.recv().unwrap_or_else(|_| Err(broken()))
    }

    /// For how long it has been going on, in milliseconds.
    pub fn taken(&self) -> u64 {
        u64::try_from(self.since.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}

/// Ends the reading itself too.
impl Drop for Reading {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
    }
}

fn broken() -> Problem {
    Problem::new(
        "The document was not read",
        "its reader could not be started",
        "Try again; the register is unchanged.",
    )
}

/// A path as people type or drop it: in quotes, with `~` for the home folder, blanks behind backslashes.
pub fn expanded(typed: &str) -> PathBuf {
    let bare = typed.trim().trim_matches(['"', '\'']);
    let bare = if cfg!(unix) && !Path::new(bare).exists() { bare.replace("\\ ", " ") } else { bare.to_owned() };
    let bare = bare.strip_prefix("file://").map_or_else(|| bare.clone(), |path| path.replace("%20", " "));
    match (bare.strip_prefix("~/"), directories::BaseDirs::new()) {
        (Some(rest), Some(home)) => home.home_dir().join(rest),
        (Some(_) | None, _) => PathBuf::from(bare),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_taken_as_terminals_type_dropped_files() {
        assert_eq!(expanded("'/x/a plan.docx' "), PathBuf::from("/x/a plan.docx"));
        assert_eq!(expanded("file:///x/a%20plan.docx"), PathBuf::from("/x/a plan.docx"));
        #[cfg(unix)]
        assert_eq!(expanded(r"/x/a\ plan.docx"), PathBuf::from("/x/a plan.docx"));
    }
}
