//! The terminal: taking it over, drawing on it, hearing keys from it and giving it back whole, whatever happens.
//!
//! This is the only module that names crossterm. In reading order: `session` owns the terminal's state and gives it back
//! once; `signals` hears signals and the closing of the window on a thread of its own; `screen` draws, in the fewest bytes
//! (`ansi`); `input` is the one gate through which keys come in, and `decode` and `sequence` tell what a terminal's bytes mean.
//!
//! Nothing here wakes up by itself: [`Term::next`] blocks until the person, a signal or a [`Waker`] has something to say.

mod ansi;
#[cfg(windows)]
mod console;
#[cfg(unix)]
mod decode;
#[cfg(any(windows, test))]
mod events;
#[cfg(unix)]
mod input;
mod paste;
mod screen;
#[cfg(unix)]
mod sequence;
mod session;
#[cfg(unix)]
mod signals;

use std::io::{self, IsTerminal};
use std::sync::Arc;
use std::time::Duration;

use ratatui::Frame;

#[cfg(windows)]
use console as input;

pub use self::input::Waker;
use self::screen::Screen;
pub use self::session::Mouse;
use self::session::Session;
use crate::app::key::Input;
use crate::problem::Problem;

/// The terminal while the program has it. Dropping it gives it back.
pub struct Term {
    // Fields drop in order. Once the session has given the terminal back, what the screen still writes goes nowhere;
    // the other way round, ratatui would complain, loudly, of a window that has gone.
    session: Session,
    screen: Screen,
    reader: input::Reader,
}

/// What [`Term::next`] brings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// All that has come in since; empty when only a [`Waker`] or the time-out woke the reader.
    Inputs(Vec<Input>),
    /// The program was told to end (a signal, the window closed). The terminal has been given back already; what is half
    /// typed should be kept and the program should end with this exit code. It has a second to do so.
    Leave(u8),
}

impl Term {
    /// Takes the terminal over.
    ///
    /// # Errors
    /// There is no terminal that could show a screen, or it cannot be set up.
    pub fn enter() -> Result<Term, Problem> {
        Term::check()?;
        Term::set_up().map_err(|error| problem(error.to_string()))
    }

    /// Whether there is a terminal that can show a screen and hear keys.
    pub fn check() -> Result<(), Problem> {
        if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
            return Err(problem("input or output is not a terminal"));
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
        // Signals first: from the moment the terminal is ours, nothing may end the program without giving it back.
        #[cfg(unix)]
        signals::listen(Arc::clone(session.shared()))?;
        session.shared().take()?;
        let screen = Screen::new(Arc::clone(session.shared()))?;
        let reader = input::Reader::new(hearing, Arc::clone(session.shared()));
        Ok(Term { session, screen, reader })
    }

    /// Draws a frame; what is new in it reaches the terminal in one write. That the window was closed meanwhile is no
    /// failure to draw: [`Term::next`] tells of it, so that what is half typed is still kept.
    pub fn draw(&mut self, paint: impl FnOnce(&mut Frame<'_>)) -> io::Result<()> {
        match self.screen.draw(paint) {
            Err(_) if self.reader.is_window_gone() => Ok(()),
            drawn => drawn,
        }
    }

    /// Makes the next [`Term::draw`] write every cell, whatever the terminal is thought to show.
    pub fn forget_screen(&mut self) -> io::Result<()> {
        self.screen.forget()
    }

    /// Columns and rows; either may be 0.
    pub fn size() -> io::Result<(u16, u16)> {
        crossterm::terminal::size()
    }

    /// Waits for input, for at most `timeout` (for ever without one), and brings everything that is there, so that a held
    /// key or a burst is drawn once.
    pub fn next(&mut self, timeout: Option<Duration>) -> io::Result<Next> {
        let next = self.reader.next(timeout)?;
        if let Next::Inputs(inputs) = &next
            && inputs.iter().any(|input| matches!(input, Input::Resize { .. }))
        {
            // Even where the size is the old one again: in between, the terminal may have cut off what did not fit. Where
            // the size cannot be told, the window has gone, and the next call says so.
            let _ = self.screen.forget();
        }
        Ok(next)
    }

    /// A handle with which another thread ends [`Term::next`]'s waiting.
    pub fn waker(&self) -> Waker {
        self.session.shared().waker().clone()
    }

    /// Whether wheel and clicks come to the program; while they do, selecting text in the terminal needs Shift.
    pub fn mouse(&mut self, mouse: Mouse) -> io::Result<()> {
        self.session.shared().mouse(mouse)
    }

    /// Stops the program as Ctrl-Z does elsewhere. When it is continued, the reader brings [`Input::Redraw`].
    ///
    /// # Errors
    /// No shell waits behind the program, so that nobody could continue it.
    pub fn suspend(&mut self) -> Result<(), Problem> {
        #[cfg(unix)]
        return signals::stop_program();
        #[cfg(windows)]
        return Err(Problem::new("Cannot be put aside here", "Windows has no such thing", "Press q to leave."));
    }
}

fn problem(why: impl Into<String>) -> Problem {
    Problem::new(
        "Could not open the screen",
        why,
        "Start it in a terminal window, or use `arising list` and the other commands.",
    )
}
