//! The room's window, on a second screen: follows the chair's and writes nothing.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use ratatui::Frame;

use super::{lost, minute, theme};
use crate::app::key::{Input, Key};
use crate::app::room::Spot;
use crate::clock::Clock;
use crate::desk::Desk;
use crate::domain::register::Register;
use crate::problem::Problem;
use crate::report::{self, Names};
use crate::store::{Absence, Access, Bell, Follower};
use crate::term::{Next, Term};
use crate::view::room::{self, Room};
use crate::view::theme::Theme;

/// The keys that close the window.
const CLOSING: [&str; 3] = ["q", "Esc", "Ctrl-C"];

/// Follows the chair's screen on that register.
pub fn present(register: &Path, names: Names, clock: &Clock) -> Result<String, Problem> {
    Term::check()?;
    let desk = Desk::open(register, Access::ReadOnly)?;
    let rooms = desk.store().rooms().ok_or_else(|| apart("this computer has no folder for it"))?;
    let follower = rooms.follow().map_err(|error| apart(error.to_string()))?;
    let bells = desk.store().bells().ok_or_else(|| apart("this computer has no folder for it"))?;
    let bell = bells.hang().map_err(|error| apart(error.to_string()))?;
    let term = Term::enter()?;
    let window = Window {
        term,
        desk,
        follower,
        clock,
        names,
        theme: Theme::of(theme::choose()),
        spot: Spot::Calm,
        named: None,
        alone: Arc::new(AtomicBool::new(false)),
        is_watched: false,
    };
    window.listen(&bell).map_err(|error| apart(error.to_string()))?;
    window.play()
}

fn apart(why: impl Into<String>) -> Problem {
    let hint = "Share the chair's screen instead, or try `arising present` again.";
    Problem::new("Could not open the room's window", why, hint)
}

struct Window<'a> {
    // First, so that the terminal is restored first.
    term: Term,
    desk: Desk,
    follower: Follower,
    clock: &'a Clock,
    names: Names,
    theme: Theme,
    spot: Spot,
    /// The register with posts for people's names, where that is asked for.
    named: Option<Register>,
    /// Set by the thread that watches over the chair's screen when that has ended.
    alone: Arc<AtomicBool>,
    /// Whether there is such a thread.
    is_watched: bool,
}

impl Window<'_> {
    /// Has the bell wake the window.
    fn listen(&self, bell: &Bell) -> std::io::Result<()> {
        let (mut ear, waker) = (bell.ear()?, self.term.waker());
        let hear = move || {
            while ear.wait().is_ok() {
                waker.wake();
            }
        };
        thread::Builder::new().name("ear".into()).spawn(hear).map(drop)
    }

    fn play(mut self) -> Result<String, Problem> {
        self.rename()?;
        loop {
            self.follow()?;
            self.draw()?;
            match self.term.next(self.patience()).map_err(|error| lost(&error))? {
                Next::Leave(code) => {
                    drop(self);
                    std::process::exit(i32::from(code));
                }
                Next::Keep => self.term.kept(),
                Next::Inputs(inputs) if inputs.iter().any(is_closing) => return Ok(String::new()),
                Next::Inputs(_) => {}
            }
        }
    }

    /// Until the meeting's time changes; for ever without a meeting, and while the room is shown nothing.
    fn patience(&self) -> Option<Duration> {
        let is_shown = self.spot != Spot::Blank;
        is_shown.then(|| minute::until_next(self.desk.register(), self.clock.env().now.naive_local())).flatten()
    }

    /// Looks where the chair's screen is, and what has been changed.
    fn follow(&mut self) -> Result<(), Problem> {
        if !self.desk.refresh()?.is_empty() {
            self.rename()?;
        }
        if self.alone.swap(false, Ordering::AcqRel) {
            self.is_watched = false;
            self.follower.forget();
        }
        let said = self.follower.spot();
        self.spot = said.as_deref().and_then(|spot| spot.parse().ok()).unwrap_or_default();
        if said.is_some() && !self.is_watched {
            self.is_watched = self.follower.absence().is_ok_and(|absence| self.watch(absence));
        }
        Ok(())
    }

    /// Has the end of the chair's screen wake the window.
    fn watch(&self, absence: Absence) -> bool {
        let (alone, waker) = (Arc::clone(&self.alone), self.term.waker());
        let wait = move || {
            if absence.wait().is_ok() {
                alone.store(true, Ordering::Release);
                waker.wake();
            }
        };
        thread::Builder::new().name("watch".into()).spawn(wait).is_ok()
    }

    /// Puts posts for people's names, where that is asked for.
    fn rename(&mut self) -> Result<(), Problem> {
        if self.names == Names::Redacted {
            let log = self.desk.store().log()?;
            self.named = Some(report::without_names(self.desk.register(), &log, self.clock.env().today));
        }
        Ok(())
    }

    fn draw(&mut self) -> Result<(), Problem> {
        let env = self.clock.env();
        let register = self.named.as_ref().unwrap_or_else(|| self.desk.register());
        let room = Room { register, env: &env, spot: self.spot, theme: &self.theme };
        self.term.draw(|frame: &mut Frame<'_>| room::draw(&room, frame.buffer_mut())).map_err(|error| lost(&error))
    }
}

fn is_closing(input: &Input) -> bool {
    let is = |key: &Key| CLOSING.iter().any(|closing| closing.parse().as_ref() == Ok(key));
    matches!(input, Input::Key(key) if is(key))
}
