//! `hub follow`: what the screen runs beside itself while a meeting is open, so that no network code runs in its own process.

use std::io::Read;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use super::Answer;
use super::context::Context;
use super::gate::{self, Kind, Reader};
use super::hub::{self, Open};
use crate::hub::{Done, Member, POLL, Ways, is_away};
use crate::json::{self, HubEvent};
use crate::problem::Problem;

/// While the hub is away, it is asked less often.
const AWAY: Duration = Duration::from_secs(5);
/// How often what agencies may have is worked out, which takes longer than the rest.
const GIVES: Duration = Duration::from_secs(60);
/// How often it is asked whether the input has ended.
const STEP: Duration = Duration::from_millis(50);

/// What is remembered between two rounds.
struct Following<'a> {
    context: &'a Context,
    open: Open,
    member: Option<Member>,
    away: Option<String>,
    told: Vec<String>,
    /// Since when agencies may have to be given something.
    owed: Option<Instant>,
}

/// Stays in step until standard input ends, or nobody reads what is printed; or looks once.
pub fn follow(context: &Context, open: Open, once: bool) -> Answer {
    let is_over = if once { Arc::default() } else { until_input_ends() };
    let mut following = Following { context, open, member: None, away: None, told: Vec::new(), owed: None };
    while !is_over.load(Ordering::Relaxed) {
        for event in following.round() {
            match gate::out(&(json::line(&event) + "\n"), Kind::File) {
                Ok(Reader::Listens) => {}
                Ok(Reader::HasLeft) | Err(_) => return Answer::default(),
            }
        }
        if once {
            break;
        }
        let pause = if following.away.is_some() { AWAY } else { POLL };
        let mut waited = Duration::ZERO;
        while waited < pause && !is_over.load(Ordering::Relaxed) {
            thread::sleep(STEP);
            waited += STEP;
        }
    }
    following.finish();
    Answer::default()
}

fn until_input_ends() -> Arc<AtomicBool> {
    let is_over = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&is_over);
    thread::spawn(move || {
        let mut byte = [0];
        while std::io::stdin().read(&mut byte).is_ok_and(|read| read > 0) {}
        flag.store(true, Ordering::Relaxed);
    });
    is_over
}

impl Following<'_> {
    /// One look at the hub, and what is to be said of it. The same is said once.
    fn round(&mut self) -> Vec<HubEvent> {
        match self.step() {
            Ok(None) => Vec::new(),
            Ok(Some(done)) => self.done(done),
            Err(problem) => {
                self.member = None;
                let why = problem.to_string();
                let is_new = self.away.as_ref() != Some(&why);
                self.away = Some(why.clone());
                let event = if is_away(&problem) { HubEvent::Away { why } } else { HubEvent::Refused { why } };
                is_new.then_some(event).into_iter().collect()
            }
        }
    }

    fn step(&mut self) -> Result<Option<Done>, Problem> {
        let env = self.context.clock.env();
        if let Some(member) = &self.member
            && self.open.session(self.context, &env).is_in_step(member)?
        {
            if self.owed.is_some_and(|since| since.elapsed() > GIVES) {
                self.give()?;
            }
            return Ok(None);
        }
        let ways = if self.member.is_some() { Ways::Swift } else { Ways::Both };
        let done = hub::run(self.context, &mut self.open, ways)?;
        self.owed = self.owed.or_else(|| (ways == Ways::Swift).then(Instant::now));
        let uuid = self.open.desk.store().uuid().to_owned();
        self.member = Some(self.open.hub.board(&uuid)?);
        Ok(Some(done))
    }

    fn give(&mut self) -> Result<(), Problem> {
        self.owed = None;
        hub::run(self.context, &mut self.open, Ways::Both).map(|_| ())
    }

    /// What is still owed at the end. If the hub is away, the next sync gives it.
    fn finish(&mut self) {
        if self.owed.is_some() && self.away.is_none() {
            self.give().ok();
        }
    }

    fn done(&mut self, done: Done) -> Vec<HubEvent> {
        self.away = None;
        let brought = done.merge.map(|merge| merge.brought).unwrap_or_default();
        let new: Vec<String> = done.told.iter().filter(|told| !self.told.contains(told)).cloned().collect();
        self.told = done.told;
        let said = (!brought.is_empty()).then(|| brought.sentence());
        let step = HubEvent::Step { sent: done.sent, taken: brought.changes, by: brought.by, said };
        std::iter::once(step).chain(new.into_iter().map(|what| HubEvent::Told { what })).collect()
    }
}
