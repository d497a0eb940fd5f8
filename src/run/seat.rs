//! The register that the screen works on: a file, the demo's private copy, or none yet.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver};
use std::thread;

use chrono::{DateTime, FixedOffset, NaiveDate};

use super::reading;
use super::resting::Resting;
use crate::app::Msg;
use crate::app::message::{Beneath, Waiting, World};
use crate::app::model::Standing;
use crate::app::room::Spot;
use crate::desk::Desk;
use crate::domain::arrival::Arrival;
use crate::domain::change::Batch;
use crate::domain::date_words;
use crate::domain::moment::Moment;
use crate::domain::register::Register;
use crate::env::Env;
use crate::files::{data_folder, synced_by};
use crate::import;
use crate::intake::Home;
use crate::problem::Problem;
use crate::store::{Access, Bell, Beside, Opened, Rooms, Teller, Verified};
use crate::term::Waker;

/// Where the register is stored.
enum Kept {
    /// The file named.
    File,
    /// Nothing yet: the file is created when there is something to save.
    NotYet,
    /// Never stored.
    Demo,
    /// The file named, as at the end of an earlier day.
    Past(NaiveDate),
}

/// The register at a past moment, with the day used as today.
struct Past {
    register: Register,
    moment: Moment,
    env: Env,
}

pub struct Seat {
    pub desk: Desk,
    pub standing: Standing,
    /// The past being shown, if any.
    past: Option<Past>,
    path: PathBuf,
    kept: Kept,
    /// What lay under the seal of a bundle, between the look at it and its merge.
    pub opened: Opened,
    /// The result of the verifying thread.
    verified: Option<Receiver<Result<Verified, Problem>>>,
    /// What the verifying thread found, until it is shown.
    noticed: Vec<Msg>,
    /// Rings when another program has written to the register.
    bell: Option<Bell>,
    /// Writes snapshots.
    resting: Option<Resting>,
    /// Tells the room's windows where the screen is.
    teller: Option<Teller>,
}

/// Whether a file of this name is a document, or can be a copy of the register.
fn can_be_read(name: &str) -> bool {
    let ending = Path::new(name).extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    import::is_document(name) || ["arising", "sqlite"].iter().any(|copy| ending.eq_ignore_ascii_case(copy))
}

/// How many names of a folder are looked at.
const LOOKED_AT: usize = 2_000;

/// The documents of a folder as typed, then its folders, by name; what is hidden is left out.
fn beneath(folder: &str) -> Vec<Beneath> {
    let folder = if folder.is_empty() { PathBuf::from(".") } else { reading::expanded(folder) };
    let files = fs::read_dir(folder).into_iter().flatten().flatten().take(LOOKED_AT);
    let named = files.filter_map(|file| Some((file.file_name().into_string().ok()?, file.path())));
    let found = named.map(|(name, path)| Beneath { is_folder: path.is_dir(), name });
    let is_shown = |one: &Beneath| !one.name.starts_with('.') && (one.is_folder || can_be_read(&one.name));
    let mut all: Vec<Beneath> = found.filter(is_shown).collect();
    all.sort_by_key(|one| (one.is_folder, one.name.to_lowercase()));
    all
}

/// What the screen may look at.
pub fn world<'a>(register: &'a Register, env: &'a Env) -> World<'a> {
    World { register, env, is_document: can_be_read, beneath }
}

impl Seat {
    /// The register's path, existing or not; empty for one in memory.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether what is changed is on disk, or will be once there is something to save.
    pub fn is_kept(&self) -> bool {
        matches!(self.kept, Kept::NotYet) || self.desk.store().path().is_some()
    }

    /// Opens the register, or an empty one that is not stored yet.
    pub fn take(path: &Path) -> Result<Seat, Problem> {
        if !path.exists() {
            let desk = Desk::in_memory()?;
            return Ok(Seat {
                desk,
                standing: Standing::default(),
                past: None,
                path: path.to_owned(),
                kept: Kept::NotYet,
                opened: Opened::default(),
                verified: None,
                noticed: Vec::new(),
                bell: None,
                resting: None,
                teller: None,
            });
        }
        Ok(Seat::at(path, Desk::open(path, Access::ReadWrite)?))
    }

    /// The register at a path, opened.
    pub fn at(path: &Path, desk: Desk) -> Seat {
        Seat { path: path.to_owned(), ..Seat::over(desk) }
    }

    /// Opens a register as at the end of a day.
    pub fn looking_back(path: &Path, day: NaiveDate) -> Result<Seat, Problem> {
        let mut seat = Seat::over(Desk::as_at(path, day)?);
        let why = format!("this shows the position as at {}; the past cannot be changed", date_words::day(day));
        seat.standing = Standing { read_only: Some(why), ..Standing::default() };
        seat.kept = Kept::Past(day);
        Ok(seat)
    }

    /// Uses a register that is already open.
    pub fn over(desk: Desk) -> Seat {
        let standing = standing(&desk);
        let path = PathBuf::new();
        Seat {
            desk,
            standing,
            past: None,
            path,
            kept: Kept::File,
            opened: Opened::default(),
            verified: None,
            noticed: Vec::new(),
            bell: None,
            resting: None,
            teller: None,
        }
    }

    /// A private copy of the demo in memory, gone when the program ends.
    pub fn demo(env: &Env) -> Result<Seat, Problem> {
        let mut desk = Desk::in_memory()?;
        crate::demo::fill(&mut desk, env)?;
        let mut seat = Seat::over(desk);
        seat.standing.remark = Some("Demo: a fictional plan in a private copy; nothing is kept when you quit".into());
        seat.kept = Kept::Demo;
        Ok(seat)
    }

    /// The register shown: the present one, or the past moment.
    pub fn world<'a>(&'a self, env: &'a Env) -> World<'a> {
        match &self.past {
            Some(past) => world(&past.register, &past.env),
            None => world(self.desk.register(), env),
        }
    }

    /// The code of the state shown; empty for a past moment.
    pub fn head(&self) -> String {
        let is_past = self.past.is_some() || matches!(self.kept, Kept::Past(_));
        if is_past { String::new() } else { self.desk.store().head() }
    }

    /// Switches to a past moment. Refused if there was nothing yet.
    pub fn show_past(&mut self, moment: &Moment, env: &Env) -> Result<(), Problem> {
        let register = moment.register(&self.whole_log()?);
        if register.visible_plans().next().is_none() {
            let why = format!("the register had no plan at {}", moment.words);
            return Err(Problem::new("There is nothing to show", why, "Choose a later day."));
        }
        let env = Env { today: moment.day, ..env.clone() };
        self.past = Some(Past { register, moment: moment.clone(), env });
        Ok(())
    }

    /// Returns to the present register.
    pub fn return_to_present(&mut self) {
        self.past = None;
    }

    /// The log up to the moment shown, in order.
    pub fn log(&self) -> Result<Vec<Batch>, Problem> {
        let log = self.whole_log()?;
        Ok(match &self.past {
            Some(past) => past.moment.until(&log).cloned().collect(),
            None => log,
        })
    }

    /// The log to its end, or to the day of `--as-at`.
    pub fn whole_log(&self) -> Result<Vec<Batch>, Problem> {
        let mut log = self.desk.store().log()?;
        if let Kept::Past(day) = self.kept {
            log.retain(|batch| batch.at.date_naive() <= day);
        }
        Ok(log)
    }

    /// What was merged into the file, oldest first, up to the day shown.
    pub fn arrivals(&self) -> Result<Vec<Arrival>, Problem> {
        let mut arrivals = self.desk.store().arrivals()?;
        if let Kept::Past(day) = self.kept {
            arrivals.retain(|arrival| arrival.at.date_naive() <= day);
        }
        Ok(arrivals)
    }

    /// Whether there is a register, or only the place for one.
    pub fn is_settled(&self) -> bool {
        !matches!(self.kept, Kept::NotYet)
    }

    /// Creates the file, if there is none yet.
    pub fn settle(&mut self) -> Result<(), Problem> {
        self.settled().map(drop)
    }

    /// Where there is no register yet, creates an empty copy of the one that a file is of.
    pub fn settle_as(&mut self, of: &Path) -> Result<(), Problem> {
        if let Kept::NotYet = self.kept {
            self.desk = Desk::create_copy(&self.path, of, &self.opened)?;
            self.resting = Resting::begin(&mut self.desk);
            self.kept = Kept::File;
        }
        Ok(())
    }

    /// Drafts from an earlier session.
    pub fn drafts(&self) -> HashMap<String, String> {
        // Unreadable drafts are no reason not to open the register.
        self.desk.drafts().unwrap_or_default().into_iter().collect()
    }

    /// Tells the windows for the room where the screen is.
    pub fn tell_rooms(&mut self, spot: Spot) {
        if let Kept::File = self.kept {
            self.teller = self.teller.take().or_else(|| self.desk.store().rooms().map(Rooms::teller));
            self.teller.iter_mut().for_each(|teller| teller.tell(&spot.to_string()));
        }
    }

    /// Whether other programs can write to the register without this one being notified.
    pub fn must_be_looked_at(&self) -> bool {
        matches!(self.kept, Kept::File) && self.bell.is_none()
    }

    /// Ends the session without freeing memory. Everything is on disk and the program is about to exit: freeing a large
    /// register piece by piece would be the slowest part of quitting.
    pub fn leave(self) {
        drop(self.bell);
        std::mem::forget((self.desk, self.past));
    }

    /// Whether the first key may be answered before the register is looked after.
    pub fn may_put_off_care(&self, now: &DateTime<FixedOffset>) -> bool {
        matches!(self.kept, Kept::File) && self.desk.put_off_verifying(now)
    }

    /// Starts what can run after the first frame: the bell, the verification of the file, the backup before the first
    /// change.
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
            // Without the thread, others' changes are noticed at the next key.
            thread::Builder::new().name("ear".into()).spawn(hear).ok();
        }
        let (sender, found) = mpsc::channel();
        let verifier = self.desk.verifier_with_backup(now);
        verifier.announce();
        let announced = verifier.clone();
        let thread = thread::Builder::new().name("verify".into()).spawn(move || {
            // The receiver is gone if the program has quit meanwhile.
            sender.send(verifier.run()).ok();
            waker.wake();
        });
        if thread.is_err() {
            announced.call_off();
        }
        self.verified = thread.is_ok().then_some(found);
    }

    /// What has just been noticed about the file: that it is not the one that was here, a copy beside it.
    pub fn noticed(&mut self) -> Vec<Msg> {
        std::mem::take(&mut self.noticed)
    }

    /// What others have written since, in sentences. The first call after the file has been verified also prepares a
    /// fast next opening.
    pub fn news(&mut self) -> Result<Vec<String>, Problem> {
        if let Some(found) = self.verified.as_ref().and_then(|verified| verified.try_recv().ok()) {
            self.verified = None;
            self.noticed = found.as_ref().map(noticed).unwrap_or_default();
            self.desk.accept(found)?;
            self.resting = Resting::begin(&mut self.desk);
        }
        match self.kept {
            Kept::File => self.desk.refresh(),
            Kept::NotYet | Kept::Past(_) | Kept::Demo => Ok(Vec::new()),
        }
    }
}

/// While no key is pressed.
impl Seat {
    /// Whether there is something to do.
    pub fn has_work_at_rest(&self) -> bool {
        self.resting.is_some() && self.desk.is_snapshot_due()
    }

    /// Does a little of it.
    pub fn rest(&mut self) {
        if let Some(resting) = &self.resting {
            resting.go_on(&mut self.desk);
        }
    }
}

/// A warning where a sync program may replace the register; none where the usual place would be no better.
fn synced(desk: &Desk) -> Option<String> {
    let service = synced_by(desk.store().path()?)?;
    let is_better = data_folder().is_some_and(|home| synced_by(&home.join("register.sqlite")).is_none());
    is_better.then(|| {
        format!("This register is in {service}, which can replace it while it is open: arising move-home moves it")
    })
}

/// What the screen shows of a file that was verified.
pub fn noticed(verified: &Verified) -> Vec<Msg> {
    let other_key = verified.other_key.as_ref().map(|other| Msg::Suspect(other.problem()));
    other_key.into_iter().chain(waiting(&verified.beside).map(Msg::Waiting)).collect()
}

/// The copy beside the register with the most that is not here.
pub fn waiting(beside: &[Beside]) -> Option<Waiting> {
    let copy = beside.first()?;
    let name = copy.path.file_name()?.to_string_lossy().into_owned();
    let changes = usize::try_from(copy.changes).unwrap_or(usize::MAX);
    Some(Waiting { path: copy.path.display().to_string(), name, changes })
}

impl Home for Seat {
    fn desk(&self) -> &Desk {
        &self.desk
    }

    fn settled(&mut self) -> Result<&mut Desk, Problem> {
        if let Kept::NotYet = self.kept {
            self.desk = Desk::create(&self.path)?;
            self.resting = Resting::begin(&mut self.desk);
            self.kept = Kept::File;
        }
        Ok(&mut self.desk)
    }
}

fn standing(desk: &Desk) -> Standing {
    let read_only = match desk.store().access() {
        Access::ReadWrite => None,
        Access::ReadOnly => {
            let why = desk.store().notice().unwrap_or("it was opened read-only");
            Some(why.strip_prefix("read-only: ").unwrap_or(why).to_owned())
        }
    };
    let remark =
        if read_only.is_none() { desk.store().notice().map(ToOwned::to_owned).or_else(|| synced(desk)) } else { None };
    Standing { read_only, remark, ..Standing::default() }
}
