//! Input on Windows: crossterm reads the console on a separate thread, and everything arrives through one channel.
//!
//! Waiting for the Windows console together with anything else takes unsafe code; a thread that blocks in crossterm's
//! `read` does not, and costs nothing while no one types.

use std::io;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::Duration;

use crossterm::event::{Event, poll, read};

use super::Next;
use super::events::Translator;
use super::session::Shared;
use crate::app::key::Input;

/// More events than this at once are a paste, which the console may still be delivering.
const TYPED: usize = 8;
/// How long to wait for the rest of one: its last characters alone would count as typed.
const LULL: Duration = Duration::from_millis(20);

/// Wakes the reader from any thread.
#[derive(Clone, Debug)]
pub struct Waker {
    sender: Sender<Vec<Event>>,
}

/// The reader's end of the channel, for wakers and the console.
pub(super) struct Wakes {
    receiver: Receiver<Vec<Event>>,
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
    translator: Translator,
}

impl Reader {
    pub fn new(wakes: Wakes, shared: Arc<Shared>) -> Reader {
        let here = Arc::clone(&shared);
        thread::spawn(move || {
            while let Ok(events) = next_burst() {
                if here.waker().sender.send(events).is_err() {
                    return;
                }
            }
            super::endings::window_gone(&here);
        });
        Reader { wakes, shared, translator: Translator::default() }
    }

    /// A window that closes while a frame is being written: the reader's thread notices it too.
    #[expect(clippy::unused_self, reason = "the same gate as elsewhere")]
    pub fn is_window_gone(&self) -> bool {
        crossterm::terminal::size().is_err()
    }

    /// See [`super::Term::next`].
    pub fn next(&mut self, timeout: Option<Duration>) -> io::Result<Next> {
        let first = match timeout {
            Some(timeout) => self.wakes.receiver.recv_timeout(timeout),
            None => self.wakes.receiver.recv().map_err(|_| RecvTimeoutError::Disconnected),
        };
        let first = match first {
            Ok(events) => events,
            Err(RecvTimeoutError::Timeout) => return Ok(Next::Inputs(Vec::new())),
            Err(RecvTimeoutError::Disconnected) => return Err(io::ErrorKind::BrokenPipe.into()),
        };
        // Each burst by itself: keys typed one by one while the program was busy are no paste.
        let mut inputs = self.translator.translate(first);
        for events in self.wakes.receiver.try_iter() {
            inputs.extend(self.translator.translate(events));
        }
        inputs.iter_mut().for_each(measure);
        let news = self.shared.take_news();
        if let Some(code) = news.leave {
            return Ok(Next::Leave(code));
        }
        if news.redraw {
            inputs.push(Input::Redraw);
        }
        Ok(Next::Inputs(inputs))
    }
}

/// Waits for an event and returns it with all others already queued.
fn next_burst() -> io::Result<Vec<Event>> {
    let mut events = vec![read()?];
    while poll(if events.len() < TYPED { Duration::ZERO } else { LULL })? {
        events.push(read()?);
    }
    Ok(events)
}

/// A resize as the console reports it is that of its buffer, which may be thousands of rows high; the window counts.
fn measure(input: &mut Input) {
    if let (Input::Resize { cols, rows }, Ok(size)) = (input, crossterm::terminal::size()) {
        (*cols, *rows) = size;
    }
}
