//! The terminal: sets it up, draws on it, reads keys from it, and restores it whatever happens.
//!
//! This is the only module that uses crossterm. In reading order: `session` owns the terminal's state and restores it
//! exactly once; `signals` waits for signals and the closing of the window on a separate thread; `screen` draws, in the
//! fewest bytes (`ansi`); `input` is the single entry point for keys, decoded by `decode` and `sequence`.
//!
//! Nothing here polls: [`Term::next`] blocks until there is input, a signal or a call from a [`Waker`].

mod ansi;
#[cfg(windows)]
mod console;
#[cfg(unix)]
mod decode;
pub mod eager;
#[cfg(windows)]
mod endings;
#[cfg(windows)]
mod events;
#[cfg(unix)]
mod input;
mod modes;
mod paste;
mod screen;
pub mod secret;
#[cfg(unix)]
mod sequence;
mod session;
#[cfg(unix)]
mod signals;

use std::io::{self, IsTerminal};
use std::sync::Arc;
use std::time::Duration;

use crossterm::clipboard::CopyToClipboard;
use crossterm::queue;
use ratatui::Frame;

#[cfg(windows)]
use {console as input, endings as signals};

pub use self::input::Waker;
use self::screen::Screen;
pub use self::session::Mouse;
use self::session::Session;
use crate::app::key::Input;
use crate::problem::Problem;

/// The terminal while the program uses it. Dropping it restores it.
pub struct Term {
    // Fields drop in order. Once the session has restored the terminal, anything the screen still writes is discarded;
    // in the opposite order, ratatui would report an error on standard error if the window has gone.
    session: Session,
    screen: Screen,
    reader: input::Reader,
}

/// The result of [`Term::next`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// All input since the last call; empty if only a [`Waker`] or the time-out woke the reader.
    Inputs(Vec<Input>),
    /// The computer may be about to go to sleep or to end the session: the program should save drafts, and then say so by
    /// [`Term::kept`].
    Keep,
    /// The program has been asked to end (a signal, the window closed). The terminal is already restored; the program
    /// should save drafts and end with this exit code. It has a second to do so.
    Leave(u8),
}

/// Whether the user sits at a terminal that can print lines and nothing else.
pub fn is_dumb() -> bool {
    let is_named_so = cfg!(unix) && std::env::var_os("TERM").is_some_and(|name| name == "dumb");
    is_named_so && io::stdin().is_terminal() && io::stdout().is_terminal()
}

impl Term {
    /// Takes over the terminal.
    ///
    /// # Errors
    /// There is no terminal that can show a screen, or it cannot be set up.
    pub fn enter() -> Result<Term, Problem> {
        Term::check()?;
        Term::set_up().map_err(|error| problem(error.to_string()))
    }

    /// Whether there is a terminal that can show a screen and read keys.
    pub fn check() -> Result<(), Problem> {
        if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
            return Err(problem("input or output is not a terminal"));
        }
        if !modes::obeys_codes() {
            return Err(problem("this console is in its legacy mode, which cannot place text"));
        }
        match std::env::var("TERM") {
            Ok(name) if name == "dumb" => Err(problem("this terminal (TERM=dumb) cannot place text")),
            Ok(name) if name.is_empty() => Err(problem("TERM is empty")),
            Err(_) if cfg!(unix) => Err(problem("TERM is not set")),
            Ok(_) | Err(_) => Ok(()),
        }
    }

    fn set_up() -> io::Result<Term> {
        let (waker, hearing) = input::waker()?;
        let session = Session::new(waker);
        // Signals first: once the terminal is taken over, nothing may end the program without restoring it.
        signals::listen(Arc::clone(session.shared()))?;
        session.shared().take()?;
        let screen = Screen::new(Arc::clone(session.shared()))?;
        let reader = input::Reader::new(hearing, Arc::clone(session.shared()));
        Ok(Term { session, screen, reader })
    }

    /// Draws a frame; its changes reach the terminal in one write. A window closed meanwhile is not an error here:
    /// [`Term::next`] reports it, so that drafts are still saved.
    pub fn draw(&mut self, paint: impl FnOnce(&mut Frame<'_>)) -> io::Result<()> {
        match self.screen.draw(paint) {
            Err(_) if self.reader.is_window_gone() => Ok(()),
            drawn => drawn,
        }
    }

    /// Makes the next [`Term::draw`] write every cell, whatever the terminal is believed to show.
    pub fn forget_screen(&mut self) -> io::Result<()> {
        self.screen.forget()
    }

    /// Whether the terminal obeys the codes for colours. The console of Windows is asked to here, and one of before 2016
    /// cannot.
    pub fn obeys_codes() -> bool {
        modes::obeys_codes()
    }

    /// Undoes what [`Term::obeys_codes`] switched on, once everything is printed.
    pub fn printed() {
        modes::as_at_first();
    }

    /// Columns and rows; either may be 0.
    pub fn size() -> io::Result<(u16, u16)> {
        crossterm::terminal::size()
    }

    /// Waits for input, for at most `timeout` (for ever without one), and returns all that has arrived, so that a held
    /// key or a burst is drawn once.
    pub fn next(&mut self, timeout: Option<Duration>) -> io::Result<Next> {
        let next = self.reader.next(timeout)?;
        if let Next::Inputs(inputs) = &next
            && inputs.iter().any(|input| matches!(input, Input::Resize { .. }))
        {
            // Even if the size is back to the old one: in between, the terminal may have cut off what did not fit. If
            // the size is unavailable, the window has gone, and the next call reports that.
            let _ = self.screen.forget();
        }
        Ok(next)
    }

    /// See [`Next::Keep`].
    pub fn kept(&self) {
        self.session.shared().kept();
    }

    /// A handle with which another thread can wake [`Term::next`].
    pub fn waker(&self) -> Waker {
        self.session.shared().waker().clone()
    }

    /// Sets whether the program gets mouse events; while it does, selecting text in the terminal needs Shift.
    pub fn mouse(&mut self, mouse: Mouse) -> io::Result<()> {
        self.session.shared().mouse(mouse)
    }

    /// Puts text on the clipboard through the terminal (OSC 52), which also works over SSH. A terminal that does not allow
    /// it ignores this. On Windows the program does it itself, because the old console cannot.
    pub fn copy(&mut self, text: &str) -> io::Result<()> {
        #[cfg(windows)]
        if console::copy(text).is_ok() {
            return Ok(());
        }
        let mut bytes = Vec::new();
        queue!(bytes, CopyToClipboard::to_clipboard_from(text))?;
        self.session.shared().write(&bytes)
    }

    /// Suspends the program, as Ctrl-Z does elsewhere. When it resumes, the reader returns [`Input::Redraw`].
    ///
    /// # Errors
    /// No shell is waiting behind the program, so it could not be resumed.
    pub fn suspend(&mut self) -> Result<(), Problem> {
        #[cfg(unix)]
        return signals::stop_program();
        #[cfg(windows)]
        return Err(Problem::new("Could not suspend the program", "Windows does not support it", "Press q to quit."));
    }
}

fn problem(why: impl Into<String>) -> Problem {
    Problem::new(
        "Could not open the screen",
        why,
        "Start it in a terminal window, or use `arising plain`, `arising list` and the other commands.",
    )
}
