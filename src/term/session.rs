//! The state of the terminal while the program uses it, and the one place that restores it.
//!
//! Three things can restore the terminal: the end of the program, a panic and the signal thread. All go through
//! [`Shared`], which does it once and then blocks all writing, so that a frame still being drawn cannot reach the
//! shell.

use std::io::{self, Write};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError, TryLockError};
use std::thread;
use std::time::{Duration, Instant};

use crossterm::queue;
use crossterm::style::{Print, ResetColor};
use crossterm::terminal::{EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen};

use super::input::Waker;
use super::modes::{self, Found};

/// Who receives mouse events.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mouse {
    /// The program.
    On,
    /// The terminal, so that text can be selected with the mouse as usual.
    #[default]
    Off,
}

/// How long restoring waits for a frame that is being written. A terminal that takes longer has been stopped.
const PATIENCE: Duration = Duration::from_millis(300);

/// The terminal's state, shared between threads.
pub(super) struct Shared {
    state: Mutex<State>,
    /// Set when the terminal is first taken over.
    found: OnceLock<Found>,
    waker: Waker,
    /// Signalled when what was half typed has been saved.
    kept: Condvar,
}

#[derive(Default)]
struct State {
    /// Whether we have the terminal now.
    held: bool,
    /// Whether the session has ended for good.
    over: bool,
    mouse: Mouse,
    news: News,
}

/// What has happened to the terminal since the reader last checked.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct News {
    #[cfg(unix)]
    pub resized: bool,
    pub redraw: bool,
    /// Whether what is half typed is to be saved at once. Cleared by [`Shared::kept`].
    pub keep: bool,
    /// The exit code with which the program should end. Never cleared once set.
    pub leave: Option<u8>,
}

/// Holds the terminal; restores it when dropped.
pub(super) struct Session {
    shared: Arc<Shared>,
}

impl Session {
    /// A session that does not have the terminal yet: see [`Shared::take`].
    pub fn new(waker: Waker) -> Session {
        let shared = Arc::new(Shared { state: Mutex::default(), found: OnceLock::new(), waker, kept: Condvar::new() });
        give_back_on_panic(Arc::clone(&shared));
        Session { shared }
    }

    pub fn shared(&self) -> &Arc<Shared> {
        &self.shared
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        self.shared.give_back();
        self.shared.lock().over = true;
    }
}

impl Shared {
    pub fn waker(&self) -> &Waker {
        &self.waker
    }

    /// Takes over the terminal, for the first time or after the program was suspended: a shell may have changed its
    /// modes meanwhile, so raw mode is set again.
    pub fn take(&self) -> io::Result<()> {
        let mut state = self.lock();
        if state.over || state.news.leave.is_some() {
            return Ok(());
        }
        let found = Found::take()?;
        self.found.get_or_init(|| found);
        let mut bytes = Vec::new();
        queue!(bytes, EnterAlternateScreen, Print(modes::pastes_on()))?;
        if state.mouse == Mouse::On {
            queue!(bytes, Print(modes::mouse(Mouse::On)?))?;
        }
        state.held = true;
        send(&bytes)
    }

    /// Restores the terminal to how it was found. A second call does nothing.
    ///
    /// Errors are ignored: if the terminal has gone, there is nothing to restore.
    pub fn give_back(&self) {
        if let Some(mut state) = self.lock_soon() {
            if !std::mem::replace(&mut state.held, false) {
                return;
            }
            // Modes first: once the shell's screen is visible again, it must be usable.
            self.on_found(Found::give_back_input);
            let _ = send(&farewell());
            self.on_found(Found::give_back_output);
        } else {
            // A write has been blocked for too long: the terminal is stopped, and writing to it would block us too.
            self.on_found(Found::give_back_input);
        }
    }

    fn on_found(&self, give_back: fn(&Found)) {
        self.found.get().into_iter().for_each(give_back);
    }

    /// Writes to the terminal if we have it; otherwise the bytes are discarded.
    pub fn write(&self, bytes: &[u8]) -> io::Result<()> {
        let state = self.lock();
        if state.held { send(bytes) } else { Ok(()) }
    }

    pub fn mouse(&self, mouse: Mouse) -> io::Result<()> {
        self.lock().mouse = mouse;
        self.write(modes::mouse(mouse)?.as_bytes())
    }

    /// Records an event for the reader and wakes it.
    pub fn notify(&self, note: impl FnOnce(&mut News)) {
        note(&mut self.lock().news);
        self.waker.wake();
    }

    /// The events since the last call.
    pub fn take_news(&self) -> News {
        let mut state = self.lock();
        let left = News { leave: state.news.leave, keep: state.news.keep, ..News::default() };
        std::mem::replace(&mut state.news, left)
    }

    /// Whether the reader is to return at once.
    #[cfg(windows)]
    pub fn is_urgent(&self) -> bool {
        let news = self.lock().news;
        news.keep || news.leave.is_some()
    }

    /// Has what is half typed saved, and returns once it is.
    #[cfg(windows)]
    pub fn keep(&self, within: Duration) {
        self.notify(|news| news.keep = true);
        let is_waiting = |state: &mut State| state.news.keep && !state.over;
        drop(self.kept.wait_timeout_while(self.lock(), within, is_waiting));
    }

    /// What was half typed has been saved.
    pub fn kept(&self) {
        self.lock().news.keep = false;
        self.kept.notify_all();
    }

    pub fn is_over(&self) -> bool {
        self.lock().over
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn lock_soon(&self) -> Option<MutexGuard<'_, State>> {
        let begun = Instant::now();
        loop {
            match self.state.try_lock() {
                Ok(state) => return Some(state),
                Err(TryLockError::Poisoned(poisoned)) => return Some(poisoned.into_inner()),
                Err(TryLockError::WouldBlock) if begun.elapsed() > PATIENCE => return None,
                Err(TryLockError::WouldBlock) => thread::sleep(Duration::from_millis(1)),
            }
        }
    }
}

/// Switches off everything that may have been switched on, whether or not it was.
fn farewell() -> Vec<u8> {
    let mut bytes = Vec::new();
    let _ = queue!(
        bytes,
        EndSynchronizedUpdate,
        ResetColor,
        Print(modes::all_off()),
        LeaveAlternateScreen,
        crossterm::cursor::Show
    );
    bytes
}

fn send(bytes: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(bytes)?;
    out.flush()
}

/// Restores the terminal before the existing panic hook runs. A panic on another thread must not write over a live
/// screen; whoever joins that thread reports it.
fn give_back_on_panic(shared: Arc<Shared>) {
    let owner = thread::current().id();
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if thread::current().id() == owner {
            shared.give_back();
        }
        if thread::current().id() == owner || shared.is_over() {
            before(panic);
        }
    }));
}
