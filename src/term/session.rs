//! The state of the terminal while the program has it, and the one place that gives it back.
//!
//! Three may give the terminal back: the program's end, a panic and the signal thread. All go through [`Shared`], which
//! does it once and from then on lets nothing be written, so that a frame still being drawn cannot reach the shell.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError};
use std::thread;
use std::time::{Duration, Instant};

use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::queue;
use crossterm::style::{Print, ResetColor};
use crossterm::terminal::{
    EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};

use super::input::Waker;

/// Who gets wheel and clicks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mouse {
    /// The program.
    On,
    /// The terminal: text can be selected with the mouse as everywhere else.
    #[default]
    Off,
}

/// Wheel and buttons, with places in decimal. Not crossterm's command for it, which also asks for every movement and so
/// would wake the program whenever the mouse passes.
const MOUSE_ON: &str = "\x1b[?1000h\x1b[?1006h";
const MOUSE_OFF: &str = "\x1b[?1006l\x1b[?1000l";

/// How long giving back waits for a frame that is being written. A terminal that takes longer has been stopped.
const PATIENCE: Duration = Duration::from_millis(300);

/// What the threads know of the terminal in common.
pub(super) struct Shared {
    state: Mutex<State>,
    waker: Waker,
}

#[derive(Default)]
struct State {
    /// Whether the terminal is ours now.
    held: bool,
    /// Whether the session has ended for good.
    over: bool,
    mouse: Mouse,
    news: News,
}

/// What has happened to the terminal since the reader last asked.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct News {
    pub resized: bool,
    pub redraw: bool,
    /// The exit code with which the program is told to end. Once told, it stays.
    pub leave: Option<u8>,
}

/// Holds the terminal; gives it back when dropped.
pub(super) struct Session {
    shared: Arc<Shared>,
}

impl Session {
    /// A session that does not have the terminal yet: see [`Shared::take`].
    pub fn new(waker: Waker) -> Session {
        let shared = Arc::new(Shared { state: Mutex::default(), waker });
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

    /// Makes the terminal ours, or ours again after the program was stopped: a shell may have changed its modes meanwhile,
    /// so raw mode is set afresh.
    pub fn take(&self) -> io::Result<()> {
        let mut state = self.lock();
        if state.over || state.news.leave.is_some() {
            return Ok(());
        }
        disable_raw_mode()?;
        enable_raw_mode()?;
        let mut bytes = Vec::new();
        queue!(bytes, EnterAlternateScreen, EnableBracketedPaste)?;
        if state.mouse == Mouse::On {
            queue!(bytes, Print(MOUSE_ON))?;
        }
        state.held = true;
        send(&bytes)
    }

    /// Gives the terminal back as it was found. Done a second time, it does nothing.
    ///
    /// Nothing is done about errors: where the terminal has gone, there is nothing to put right.
    pub fn give_back(&self) {
        if let Some(mut state) = self.lock_soon() {
            if !std::mem::replace(&mut state.held, false) {
                return;
            }
            // Modes first: whoever sees the shell's screen again can rely on it.
            let _ = disable_raw_mode();
            let _ = send(&farewell());
        } else {
            // Somebody has been writing for too long: the terminal is stopped, and writing to it would stop us too.
            let _ = disable_raw_mode();
        }
    }

    /// Writes to the terminal if it is ours; otherwise the bytes are dropped.
    pub fn write(&self, bytes: &[u8]) -> io::Result<()> {
        let state = self.lock();
        if state.held { send(bytes) } else { Ok(()) }
    }

    pub fn mouse(&self, mouse: Mouse) -> io::Result<()> {
        self.lock().mouse = mouse;
        self.write(match mouse {
            Mouse::On => MOUSE_ON.as_bytes(),
            Mouse::Off => MOUSE_OFF.as_bytes(),
        })
    }

    /// Notes something for the reader and wakes it.
    pub fn tell(&self, note: impl FnOnce(&mut News)) {
        note(&mut self.lock().news);
        self.waker.wake();
    }

    /// What was told since the last time.
    pub fn take_news(&self) -> News {
        let mut state = self.lock();
        let left = News { leave: state.news.leave, ..News::default() };
        std::mem::replace(&mut state.news, left)
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

/// What undoes everything that may have been switched on, whether or not it was.
fn farewell() -> Vec<u8> {
    let mut bytes = Vec::new();
    let _ = queue!(
        bytes,
        EndSynchronizedUpdate,
        ResetColor,
        Print(MOUSE_OFF),
        DisableBracketedPaste,
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

/// Puts giving back before whatever the program does about a panic. A panic on another thread must not write over a
/// screen that lives on; it is for whoever waits for that thread to tell of it.
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
