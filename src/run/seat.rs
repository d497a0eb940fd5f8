//! The register that the screen sits at: a file, the demo's private copy, or none yet.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver};
use std::thread;

use chrono::{DateTime, FixedOffset, NaiveDate};

use crate::app::message::World;
use crate::app::model::Standing;
use crate::desk::Desk;
use crate::domain::change::Batch;
use crate::domain::date_words;
use crate::domain::moment::Moment;
use crate::domain::register::Register;
use crate::env::Env;
use crate::import;
use crate::intake::Home;
use crate::problem::Problem;
use crate::store::{Access, Bell, Verified};
use crate::term::Waker;

/// What the desk's register is kept in.
enum Kept {
    /// The file named.
    File,
    /// Nothing yet: the file is made when there is something to keep.
    NotYet,
    /// Nothing, ever.
    Demo,
    /// The file named, as it stood at the end of an earlier day.
    Past(NaiveDate),
}

/// The register at an earlier moment, with the day by which it is judged.
struct Past {
    register: Register,
    moment: Moment,
    env: Env,
}

pub struct Seat {
    pub desk: Desk,
    pub standing: Standing,
    /// What is looked back at, while something is.
    past: Option<Past>,
    path: PathBuf,
    kept: Kept,
    /// Where the verifying thread will say what it found.
    verified: Option<Receiver<Result<Verified, Problem>>>,
    /// Rings when another program has written the register.
    bell: Option<Bell>,
}

/// What the screen may look at.
pub fn world<'a>(register: &'a Register, env: &'a Env) -> World<'a> {
    World { register, env, is_document: import::is_document }
}

impl Seat {
    /// Where the register is, or would be; empty for one in memory.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Opens the register, or sits at an empty one that is not kept anywhere yet.
    pub fn take(path: &Path) -> Result<Seat, Problem> {
        if !path.exists() {
            let desk = Desk::in_memory()?;
            return Ok(Seat {
                desk,
                standing: Standing::default(),
                past: None,
                path: path.to_owned(),
                kept: Kept::NotYet,
                verified: None,
                bell: None,
            });
        }
        let desk = Desk::open(path, Access::ReadWrite)?;
        Ok(Seat { path: path.to_owned(), ..Seat::over(desk) })
    }

    /// Sits at a register as it stood at the end of a day.
    pub fn looking_back(path: &Path, day: NaiveDate) -> Result<Seat, Problem> {
        let mut seat = Seat::over(Desk::as_at(path, day)?);
        let why = format!("this is how it stood on {}; the past stays as it was", date_words::day(day));
        seat.standing = Standing { read_only: Some(why), remark: None };
        seat.kept = Kept::Past(day);
        Ok(seat)
    }

    /// Sits at a register that is already open.
    pub fn over(desk: Desk) -> Seat {
        let standing = standing(&desk);
        let path = PathBuf::new();
        Seat { desk, standing, past: None, path, kept: Kept::File, verified: None, bell: None }
    }

    /// A private copy of the demo, held in memory: it goes when the program ends.
    pub fn demo(env: &Env) -> Result<Seat, Problem> {
        let mut desk = Desk::in_memory()?;
        crate::demo::fill(&mut desk, env)?;
        let mut seat = Seat::over(desk);
        seat.standing.remark = Some("Demo: a fictional plan in a private copy; nothing is kept when you leave".into());
        seat.kept = Kept::Demo;
        Ok(seat)
    }

    /// What the screen looks at: the register as it is, or the moment that is looked back at.
    pub fn world<'a>(&'a self, env: &'a Env) -> World<'a> {
        match &self.past {
            Some(past) => world(&past.register, &past.env),
            None => world(self.desk.register(), env),
        }
    }

    /// Looks back at an earlier moment. Refused where there was nothing yet.
    pub fn look_back(&mut self, moment: &Moment, env: &Env) -> Result<(), Problem> {
        let register = moment.register(&self.whole_log()?);
        if register.visible_plans().next().is_none() {
            let why = format!("the register had no plan at {}", moment.words);
            return Err(Problem::new("There is nothing to look back at", why, "Choose a later day."));
        }
        let env = Env { today: moment.day, ..env.clone() };
        self.past = Some(Past { register, moment: moment.clone(), env });
        Ok(())
    }

    /// Comes back to the register as it is.
    pub fn come_back(&mut self) {
        self.past = None;
    }

    /// The log as far as the screen looks at it, in order.
    pub fn log(&self) -> Result<Vec<Batch>, Problem> {
        let log = self.whole_log()?;
        Ok(match &self.past {
            Some(past) => past.moment.until(&log).cloned().collect(),
            None => log,
        })
    }

    /// The log to the end, or to the day on which the register was opened.
    pub fn whole_log(&self) -> Result<Vec<Batch>, Problem> {
        let mut log = self.desk.store().log()?;
        if let Kept::Past(day) = self.kept {
            log.retain(|batch| batch.at.date_naive() <= day);
        }
        Ok(log)
    }

    /// Creates the file, if there is none yet.
    pub fn settle(&mut self) -> Result<(), Problem> {
        self.settled().map(drop)
    }

    /// Half-typed texts of an earlier day.
    pub fn drafts(&self) -> HashMap<String, String> {
        // Texts that cannot be read back are no reason not to open the register.
        self.desk.drafts().unwrap_or_default().into_iter().collect()
    }

    /// Whether other programs may write the register meanwhile without this one being told.
    pub fn must_be_looked_at(&self) -> bool {
        matches!(self.kept, Kept::File) && self.bell.is_none()
    }

    /// Ends the sitting. Everything is on the disk already, and the program ends with this: to give back the memory of a
    /// large register piece by piece would take longer than everything else about leaving.
    pub fn leave(self) {
        drop(self.bell);
        std::mem::forget(self.desk);
    }

    /// Sees to what may run behind the first frame: the bell, the check of the file, the backup before a first change.
    pub fn look_after(&mut self, waker: Waker, now: DateTime<FixedOffset>) {
        if let Kept::NotYet | Kept::Past(_) | Kept::Demo = self.kept {
            return;
        }
        self.bell = self.desk.store().bells().and_then(|bells| bells.hang().ok());
        if let Some(mut ear) = self.bell.as_ref().and_then(|bell| bell.ear().ok()) {
            let waker = waker.clone();
            let hear = move || {
                while ear.wait().is_ok() {
                    waker.wake();
                }
            };
            // Without the thread, others' changes are taken in with the next key.
            thread::Builder::new().name("ear".into()).spawn(hear).ok();
        }
        let (sender, found) = mpsc::channel();
        let verifier = self.desk.verifier().with_backup(now);
        let thread = thread::Builder::new().name("verify".into()).spawn(move || {
            // Nobody is left to tell when the screen has been left meanwhile.
            sender.send(verifier.run()).ok();
            waker.wake();
        });
        self.verified = thread.is_ok().then_some(found);
    }

    /// What others have written since, in sentences. The first call after the file has been verified also sees to it that
    /// the next opening is fast.
    pub fn news(&mut self) -> Result<Vec<String>, Problem> {
        if let Some(found) = self.verified.as_ref().and_then(|verified| verified.try_recv().ok()) {
            self.verified = None;
            self.desk.accept(found)?;
            self.desk.freshen()?;
        }
        match self.kept {
            Kept::File => self.desk.refresh(),
            Kept::NotYet | Kept::Past(_) | Kept::Demo => Ok(Vec::new()),
        }
    }
}

impl Home for Seat {
    fn desk(&self) -> &Desk {
        &self.desk
    }

    fn settled(&mut self) -> Result<&mut Desk, Problem> {
        if let Kept::NotYet = self.kept {
            self.desk = Desk::create(&self.path)?;
            self.kept = Kept::File;
        }
        Ok(&mut self.desk)
    }
}

fn standing(desk: &Desk) -> Standing {
    let read_only = match desk.store().access() {
        Access::ReadWrite => None,
        Access::ReadOnly => {
            let why = desk.store().notice().unwrap_or("it was opened for reading");
            Some(why.strip_prefix("read-only: ").unwrap_or(why).to_owned())
        }
    };
    let remark = if read_only.is_none() { desk.store().notice().map(ToOwned::to_owned) } else { None };
    Standing { read_only, remark }
}
