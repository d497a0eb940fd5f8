//! Input on Windows: a thread of its own waits for the console, and everything arrives through one channel.
//!
//! The thread costs nothing while no one types, and a mouse that only moves does not wake the program.

use std::io;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::Duration;

use winsys::Report;

use super::Next;
use super::events::Translator;
use super::session::Shared;
use crate::app::key::Input;

/// More reports than this at once are a paste, which the console may still be delivering.
const TYPED: usize = 8;
/// How long to wait for the rest of one: its last characters alone would count as typed.
const LULL: Duration = Duration::from_millis(20);

/// Wakes the reader from any thread.
#[derive(Clone, Debug)]
pub struct Waker {
    sender: Sender<Vec<Input>>,
}

/// The reader's end of the channel, for wakers and the console.
pub(super) struct Wakes {
    receiver: Receiver<Vec<Input>>,
}

#[expect(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
pub(super) fn waker() -> io::Result<(Waker, Wakes)> {
    let (sender, receiver) = mpsc::channel();
    Ok((Waker { sender }, Wakes { receiver }))
}

impl Waker {
    pub fn wake(&self) {
        // The reader is gone only when the program ends.
        let _ = self.sender.send(Vec::new());
    }
}

/// Reads user input.
pub(super) struct Reader {
    wakes: Wakes,
    shared: Arc<Shared>,
}

impl Reader {
    pub fn new(wakes: Wakes, shared: Arc<Shared>) -> Reader {
        let here = Arc::clone(&shared);
        thread::spawn(move || {
            // It ends when the console goes or the program does.
            forward(&here.waker().sender).ok();
            super::endings::window_gone(&here);
        });
        Reader { wakes, shared }
    }

    /// A window that closes while a frame is being written: the reader's thread notices it too.
    #[expect(clippy::unused_self, reason = "the same gate as elsewhere")]
    pub fn is_window_gone(&self) -> bool {
        crossterm::terminal::size().is_err()
    }

    /// See [`super::Term::next`]. What was typed before the program was asked to end comes first.
    pub fn next(&mut self, timeout: Option<Duration>) -> io::Result<Next> {
        let mut inputs = if self.shared.is_urgent() { Vec::new() } else { self.wait(timeout)? };
        inputs.extend(self.wakes.receiver.try_iter().flatten());
        let news = self.shared.take_news();
        match news.leave {
            Some(code) if inputs.is_empty() => return Ok(Next::Leave(code)),
            None if news.keep && inputs.is_empty() => return Ok(Next::Keep),
            Some(_) | None => {}
        }
        if news.redraw {
            inputs.push(Input::Redraw);
        }
        Ok(Next::Inputs(inputs))
    }

    /// What is sent next; nothing if the time is over.
    fn wait(&self, timeout: Option<Duration>) -> io::Result<Vec<Input>> {
        let first = match timeout {
            Some(timeout) => self.wakes.receiver.recv_timeout(timeout),
            None => self.wakes.receiver.recv().map_err(|_| RecvTimeoutError::Disconnected),
        };
        match first {
            Ok(inputs) => Ok(inputs),
            Err(RecvTimeoutError::Timeout) => Ok(Vec::new()),
            Err(RecvTimeoutError::Disconnected) => Err(io::ErrorKind::BrokenPipe.into()),
        }
    }
}

/// Puts a text on this computer's clipboard, which is not the user's if the user sits at another.
pub(super) fn copy(text: &str) -> io::Result<()> {
    if std::env::var_os("SSH_CONNECTION").is_some() {
        Err(io::ErrorKind::Unsupported.into())
    } else {
        winsys::copy(text)
    }
}

/// Sends what is typed, as long as there is a console and a program.
fn forward(to: &Sender<Vec<Input>>) -> io::Result<()> {
    let console = winsys::Input::open()?;
    let mut translator = Translator::default();
    loop {
        // Each burst by itself: keys typed one by one while the program was busy are no paste.
        let mut inputs = translator.translate(next_burst(&console)?);
        inputs.iter_mut().for_each(measure);
        if !inputs.is_empty() {
            to.send(inputs).map_err(|_| io::ErrorKind::BrokenPipe)?;
        }
    }
}

/// Waits for a report and returns it with all others already queued.
fn next_burst(console: &winsys::Input) -> io::Result<Vec<Report>> {
    let mut reports = console.read()?;
    let lull = |reports: &[Report]| if reports.len() < TYPED { Duration::ZERO } else { LULL };
    // If the console goes meanwhile, what it reported before still counts.
    while console.has_more(lull(&reports)).is_ok_and(|has_more| has_more)
        && let Ok(more) = console.read()
    {
        reports.extend(more);
    }
    Ok(reports)
}

/// What counts is the window, not its buffer, which may be thousands of rows high.
fn measure(input: &mut Input) {
    if let (Input::Resize { cols, rows }, Ok(size)) = (input, crossterm::terminal::size()) {
        (*cols, *rows) = size;
    }
}
