//! The single entry point for input: waits without polling, reads all that has arrived and decodes it.
//!
//! The bytes are read and decoded here rather than by `crossterm::event`, for four reasons found with crossterm 0.29:
//! its reader cannot be woken from another thread; its wait is edge-triggered, so anything beyond 1,024 bytes is left
//! until the next key; half an escape sequence blocks it in `read`; and it spins for ever once the window has gone (its
//! issue 793). One `poll` on the terminal and a pipe has none of these problems.

use std::io::{self, Read, Write};
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use signal_hook::consts::SIGHUP;

use super::Next;
use super::decode::Decoder;
use super::session::Shared;
use crate::app::key::Input;

/// At most this much is read before a redraw, so that the screen still updates during a flood of input.
const MOST_AT_ONCE: usize = 64 * 1024;

/// Wakes the reader from any thread. Cheap to clone; waking twice before the reader looks counts once.
#[derive(Clone, Debug)]
pub struct Waker {
    pipe: Arc<UnixStream>,
}

/// The reader's end of the pipe.
pub(super) struct Wakes {
    pipe: UnixStream,
}

/// A waker and its receiving end.
pub(super) fn waker() -> io::Result<(Waker, Wakes)> {
    let (read, write) = UnixStream::pair()?;
    read.set_nonblocking(true)?;
    write.set_nonblocking(true)?;
    Ok((Waker { pipe: Arc::new(write) }, Wakes { pipe: read }))
}

impl Waker {
    pub fn wake(&self) {
        // A full pipe wakes the reader just as well.
        let _ = (&*self.pipe).write(&[0]);
    }
}

/// Reads user input.
pub(super) struct Reader {
    wakes: Wakes,
    shared: Arc<Shared>,
    decoder: Decoder,
}

/// What ended a wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ready {
    Nothing,
    Woken,
    Bytes,
    Gone,
}

impl Reader {
    pub fn new(wakes: Wakes, shared: Arc<Shared>) -> Reader {
        Reader { wakes, shared, decoder: Decoder::default() }
    }

    /// See [`super::Term::next`].
    pub fn next(&mut self, timeout: Option<Duration>) -> io::Result<Next> {
        let until = timeout.map(|timeout| Instant::now() + timeout);
        let mut inputs = Vec::new();
        loop {
            let left = until.map(|until| until.saturating_duration_since(Instant::now()));
            let ready = self.wait(shorter(self.decoder.grace(), left))?;
            match ready {
                Ready::Gone => return Ok(Next::Leave(gone())),
                Ready::Bytes if !self.read_all(&mut inputs)? => return Ok(Next::Leave(gone())),
                Ready::Bytes => {}
                Ready::Woken => self.wakes.drain(),
                Ready::Nothing => self.decoder.give_up(&mut inputs),
            }
            let news = self.shared.take_news();
            if let Some(code) = news.leave {
                return Ok(Next::Leave(code));
            }
            if news.resized {
                let size = super::Term::size();
                inputs.extend(size.map(|(cols, rows)| Input::Resize { cols, rows }));
            }
            if news.redraw {
                inputs.push(Input::Redraw);
            }
            let is_late = until.is_some_and(|until| Instant::now() >= until);
            if !inputs.is_empty() || ready == Ready::Woken || (ready == Ready::Nothing && is_late) {
                return Ok(Next::Inputs(inputs));
            }
        }
    }

    /// Whether the window has been closed.
    pub fn is_window_gone(&self) -> bool {
        matches!(self.wait(Some(Duration::ZERO)), Ok(Ready::Gone) | Err(_))
    }

    /// Reads what has arrived; returns whether the terminal can still be read.
    fn read_all(&mut self, inputs: &mut Vec<Input>) -> io::Result<bool> {
        let mut chunk = [0; 4096];
        let mut total = 0;
        while total < MOST_AT_ONCE {
            match rustix::io::read(rustix::stdio::stdin(), &mut chunk) {
                // A terminal reaches end-of-file when its window is closed, and gives an error when its shell has died.
                Ok(0) | Err(Errno::IO) => return Ok(false),
                Ok(count) => {
                    self.decoder.feed(chunk.get(..count).unwrap_or_default(), inputs);
                    total += count;
                }
                Err(Errno::INTR) => {}
                Err(Errno::AGAIN) => break,
                Err(error) => return Err(error.into()),
            }
            if self.wait(Some(Duration::ZERO))? != Ready::Bytes {
                break;
            }
        }
        Ok(true)
    }

    fn wait(&self, timeout: Option<Duration>) -> io::Result<Ready> {
        let terminal = rustix::stdio::stdin();
        let mut fds = [PollFd::new(&terminal, PollFlags::IN), PollFd::new(&self.wakes.pipe, PollFlags::IN)];
        let timeout = timeout.and_then(|timeout| Timespec::try_from(timeout).ok());
        // A signal interrupts the wait; the signal thread wakes us if it matters.
        while let Err(error) = poll(&mut fds, timeout.as_ref()) {
            if error != Errno::INTR {
                return Err(error.into());
            }
        }
        let [terminal, wakes] = &fds;
        if terminal.revents().intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL) {
            return Ok(Ready::Gone);
        }
        Ok(match (terminal.revents().contains(PollFlags::IN), wakes.revents().contains(PollFlags::IN)) {
            (true, _) => Ready::Bytes,
            (false, true) => Ready::Woken,
            (false, false) => Ready::Nothing,
        })
    }
}

impl Wakes {
    fn drain(&mut self) {
        let mut bytes = [0; 64];
        while matches!(self.pipe.read(&mut bytes), Ok(count) if count > 0) {}
    }
}

fn shorter(one: Option<Duration>, other: Option<Duration>) -> Option<Duration> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}

/// The exit code after the window was closed.
fn gone() -> u8 {
    u8::try_from(128 + SIGHUP).unwrap_or(u8::MAX)
}
