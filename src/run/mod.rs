//! Runs the screen: input → update → effects → draw, blocking when idle.
//!
//! [`stage`] is the whole program without the terminal, so that tests can drive it; [`seat`] is the register it works
//! on.

mod behind;
mod burst;
mod copies;
pub mod first_screen;
mod given;
mod hub;
mod minute;
mod naming;
mod on_terminal;
mod opening;
mod papers;
pub mod plain;
pub mod reading;
mod resting;
pub mod room;
pub mod seat;
pub mod stage;
mod theme;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use chrono::{NaiveDate, Timelike};
use ratatui::Frame;

use crate::app::key::Input;
use crate::app::layout::Size;
use crate::app::screen::walk::Prepared;
use crate::app::{Effect, Msg};
use crate::clock::Clock;
use crate::desk::Desk;
use crate::env::Env;
use crate::keys::Keys;
use crate::problem::Problem;
use crate::store::{Access, Places, Store};
use crate::term::{Mouse, Next, Term};
use behind::Behind;
use first_screen::{Around, FirstScreen, Keeper};
use seat::Seat;
use stage::{News, Stage};

/// Drafts are on disk at most this long after typing.
const DRAFT_DELAY: Duration = Duration::from_millis(700);

/// After this long without a key, what keys need is prepared, a little at a time.
const PAUSE: Duration = Duration::from_millis(4);

/// After so long without a key, the next opening is prepared: no key of a run of changes waits for that.
const REST: Duration = Duration::from_secs(1);

/// Without a bell, other programs' changes are noticed at most this long afterwards.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// The screen on a register; if there is none yet, it offers to create one.
pub fn open(register: &Path, clock: &Clock) -> Result<String, Problem> {
    check()?;
    if !register.exists() || plain::is_wanted() {
        return run(Seat::take(register)?, clock);
    }
    let (store, ground) = (Store::open(register, Access::ReadWrite)?, Ground::now(clock));
    let of = ground.around.of(&store, &ground.env);
    let Some(kept) = of.and_then(|of| FirstScreen::kept(&store, &of)) else {
        let seat = Seat::at(register, Desk::over(store)?);
        let first = Keeper::of(&ground.around, None);
        return played(Term::enter()?, seat, ground, clock, Some(first), &[]);
    };
    let mut term = Term::enter()?;
    term.draw(|frame| kept.paint(frame)).map_err(|error| lost(&error))?;
    let FirstScreen { of: kept, buffer, .. } = kept;
    drop(buffer);
    match behind::read(&mut term, store, &ground.keys.keymap)? {
        Behind::Read(desk, inputs) => {
            let first = Keeper::of(&ground.around, Some(kept));
            played(term, Seat::at(register, *desk), ground, clock, Some(first), &inputs)
        }
        Behind::Left(onward) => Ok(ended(&onward)),
    }
}

/// The screen on a register as at the end of a day, read-only.
pub fn show_past(register: &Path, day: NaiveDate, clock: &Clock) -> Result<String, Problem> {
    check()?;
    run(Seat::looking_back(register, day)?, clock)
}

/// The screen on a fresh, private copy of the fictional plan.
pub fn demo(clock: &Clock) -> Result<String, Problem> {
    check()?;
    run(Seat::demo(&clock.env())?, clock)
}

/// Whether there is a terminal that can show a screen, unless lines will do.
fn check() -> Result<(), Problem> {
    if plain::is_wanted() { Ok(()) } else { Term::check() }
}

/// Whether the main loop continues.
#[derive(PartialEq, Eq)]
enum Onward {
    Stay,
    /// Nothing visible has happened.
    StayAsItIs,
    /// Quit; everything is saved.
    Leave,
    /// A signal arrived: end with this exit code. The terminal is already restored.
    Exit(u8),
}

fn run(seat: Seat, clock: &Clock) -> Result<String, Problem> {
    if plain::is_wanted() {
        return plain::converse(seat, clock);
    }
    // The terminal first: its size counts once it is the program's.
    let term = Term::enter()?;
    played(term, seat, Ground::now(clock), clock, None, &[])
}

/// What there is before a register is shown.
struct Ground {
    around: Around,
    keys: Keys,
    data: Option<PathBuf>,
    env: Env,
}

impl Ground {
    fn now(clock: &Clock) -> Ground {
        let data = Places::of_this_machine().data;
        let (cols, rows) = Term::size().unwrap_or((80, 24));
        let around = Around::now(Size { cols, rows }, theme::choose(), data.as_deref());
        Ground { around, keys: Keys::load(data.as_deref()), data, env: clock.env() }
    }
}

/// Shows it, until it ends. `inputs` have come already.
fn played(
    term: Term,
    seat: Seat,
    ground: Ground,
    clock: &Clock,
    first: Option<Keeper>,
    inputs: &[Input],
) -> Result<String, Problem> {
    let Ground { around, keys, data, env } = ground;
    let mut stage = Stage::new(seat, around.size, around.theme, keys, env);
    stage.model.papers = papers::folder(&stage.seat, data.as_deref());
    stage.join_hub(data.as_deref());
    stage.taught = data;
    let session = Session {
        term,
        stage,
        clock,
        unkept_since: None,
        is_at_rest: false,
        stirred: Instant::now(),
        minute: 0,
        first,
        is_looked_after: false,
    };
    Ok(ended(&session.run(inputs)?))
}

fn ended(onward: &Onward) -> String {
    match onward {
        Onward::Stay | Onward::StayAsItIs | Onward::Leave => String::new(),
        Onward::Exit(code) => std::process::exit(i32::from(*code)),
    }
}

struct Session<'a> {
    term: Term,
    stage: Stage,
    clock: &'a Clock,
    /// The time of the earliest unsaved typing.
    unkept_since: Option<Instant>,
    /// Whether there was time since the last key to prepare what keys need.
    is_at_rest: bool,
    /// When something was last typed, or had changed.
    stirred: Instant,
    /// The minute that the screen shows.
    minute: u32,
    /// Keeps the first screen for the next opening.
    first: Option<Keeper>,
    /// Whether the register is being verified, and others' changes are heard of.
    is_looked_after: bool,
}

impl Session<'_> {
    fn run(mut self, inputs: &[Input]) -> Result<Onward, Problem> {
        let onward = self.play(inputs);
        if onward.is_err() {
            // Whatever failed, what is half typed can still be saved.
            self.stage.send(Msg::Pause);
        }
        let Session { term, stage, .. } = self;
        // The terminal first, so that the shell reappears at once.
        drop(term);
        stage.leave();
        onward
    }

    fn play(&mut self, inputs: &[Input]) -> Result<Onward, Problem> {
        // Mouse support is optional: a terminal that refuses it is no reason to stop.
        self.term.mouse(Mouse::On).ok();
        self.draw()?;
        panic_if_tested();
        if !self.stage.seat.may_put_off_care(&self.stage.env.now) {
            self.look_after();
        }
        self.stage.waker = Some(self.term.waker());
        if !inputs.is_empty() {
            if self.deal_with_all(inputs, None) == Onward::Leave {
                return Ok(Onward::Leave);
            }
            self.draw()?;
            self.look_after();
        }
        loop {
            self.stage.tell_rooms();
            self.stage.follow_hub();
            match self.turn()? {
                Onward::Stay => self.draw()?,
                Onward::StayAsItIs => {}
                over @ (Onward::Leave | Onward::Exit(_)) => return Ok(over),
            }
            self.look_after();
        }
    }

    /// Once, for each register.
    fn look_after(&mut self) {
        if !std::mem::replace(&mut self.is_looked_after, true) {
            self.stage.seat.look_after(self.term.waker(), self.stage.env.now);
            self.first.iter_mut().for_each(|first| first.keep_shown(&self.stage));
        }
    }

    fn draw(&mut self) -> Result<(), Problem> {
        let stage = &self.stage;
        self.minute = stage.env.now.minute();
        let first = &mut self.first;
        let draw = |frame: &mut Frame<'_>| {
            let cursor = stage.draw(frame);
            if let Some(first) = first {
                first.saw(stage, frame.buffer_mut(), cursor);
            }
        };
        self.term.draw(draw).map_err(|error| lost(&error))?;
        // Rather no screen than one from which actions are missing.
        stage.seat.desk.whole()
    }

    /// Waits for events and handles them all.
    fn turn(&mut self) -> Result<Onward, Problem> {
        let next = self.term.next(self.patience()).map_err(|error| lost(&error))?;
        self.stage.set_env(self.clock.env());
        match next {
            Next::Leave(code) => {
                self.stage.send(Msg::Pause);
                Ok(Onward::Exit(code))
            }
            Next::Keep => {
                let onward = self.deal_with(vec![Msg::Pause]);
                self.term.kept();
                Ok(onward)
            }
            Next::Inputs(inputs) => {
                let news = self.stage.take_news();
                let must_pause = self.unkept_since.is_some_and(|since| since.elapsed() >= DRAFT_DELAY);
                let pause = must_pause.then_some(Msg::Pause);
                let read = self.stage.look_at_reading();
                if inputs.is_empty() && pause.is_none() && (news, read) == (News::None, News::None) {
                    return Ok(self.rest());
                }
                Ok(self.deal_with_all(&inputs, pause))
            }
        }
    }

    /// No key is pressed: what keys need is prepared first, then the next opening.
    fn rest(&mut self) -> Onward {
        self.is_at_rest = true;
        if self.minute != self.stage.env.now.minute() && self.stage.until_next_minute().is_some() {
            return Onward::Stay;
        }
        if self.stage.is_prepared() {
            if self.until_rest().is_zero() {
                self.stage.seat.rest();
                self.first.iter_mut().for_each(|first| first.rest(&self.stage));
            }
            return Onward::StayAsItIs;
        }
        let prepared = self.stage.prepare();
        self.stage.seat.desk.spare_memory();
        match prepared {
            Prepared::Seen => Onward::Stay,
            Prepared::Unseen => Onward::StayAsItIs,
        }
    }

    fn until_rest(&self) -> Duration {
        REST.saturating_sub(self.stirred.elapsed())
    }

    /// How long to wait for a key; for ever if there is nothing else to do.
    fn patience(&self) -> Option<Duration> {
        let draft = self.unkept_since.map(|since| DRAFT_DELAY.saturating_sub(since.elapsed()));
        let look = self.stage.seat.must_be_looked_at().then_some(LOOK_EVERY);
        let prepare = (!self.stage.is_prepared()).then_some(if self.is_at_rest { Duration::ZERO } else { PAUSE });
        let rest = self.stage.seat.has_work_at_rest().then(|| self.until_rest().max(PAUSE));
        let reading = self.stage.is_reading().then_some(reading::TICK);
        let minute = self.stage.until_next_minute();
        let first = self.first.as_ref().filter(|first| first.is_stirred()).map(|_| self.until_rest());
        let care = (!self.is_looked_after).then_some(PAUSE);
        [draft, care, first, minute, look, prepare, rest, reading].into_iter().flatten().min()
    }

    /// Inputs that came together, one by one: what a key means depends on what those before it did.
    fn deal_with_all(&mut self, inputs: &[Input], pause: Option<Msg>) -> Onward {
        if inputs.len() > 1 {
            // Several can lead away from the register before it has been looked after: one cannot.
            self.look_after();
        }
        let mut rest = inputs;
        while let Some((first, others)) = rest.split_first() {
            let pasted = self.stage.pasted(rest);
            let (msg, others) = match pasted {
                Some((count, text)) => (Msg::Input(Input::Paste(text)), rest.get(count..).unwrap_or_default()),
                None => (Msg::Input(first.clone()), others),
            };
            if self.carry_out(msg) == Onward::Leave {
                return Onward::Leave;
            }
            rest = others;
        }
        self.deal_with(pause.into_iter().collect())
    }

    fn carry_out(&mut self, msg: Msg) -> Onward {
        for effect in self.stage.take(msg) {
            if effect == Effect::Quit {
                return Onward::Leave;
            }
            self.on_terminal(&effect);
        }
        Onward::Stay
    }

    fn deal_with(&mut self, msgs: Vec<Msg>) -> Onward {
        self.is_at_rest = false;
        self.stirred = Instant::now();
        self.first.iter_mut().for_each(Keeper::stir);
        for msg in msgs {
            if self.carry_out(msg) == Onward::Leave {
                return Onward::Leave;
            }
        }
        self.stage.look();
        let since = self.unkept_since.unwrap_or_else(Instant::now);
        self.unkept_since = self.stage.model.has_unkept_draft().then_some(since);
        Onward::Stay
    }
}

fn lost(error: &std::io::Error) -> Problem {
    Problem::new("The screen failed", error.to_string(), "Everything confirmed as saved is in the register.")
}

/// For the checks, which verify that the terminal survives a panic.
#[expect(clippy::panic, reason = "the checks ask for it")]
fn panic_if_tested() {
    if std::env::var_os("ARISING_TEST_PANIC").is_some_and(|value| value == "1") {
        std::panic::panic_any("asked to panic");
    }
}
