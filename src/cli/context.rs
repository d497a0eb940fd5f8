//! What every command needs: the register, the date and the author.

use std::cell::RefCell;
use std::ops::{Deref, DerefMut};
use std::path::{Path, PathBuf};

use chrono::{NaiveDate, TimeDelta};

use super::args::Global;
use super::page::{Page, Paper};
use crate::clock::Clock;
use crate::desk::Desk;
use crate::domain::actions::Watch;
use crate::domain::register::Register;
use crate::env::UNNAMED;
use crate::files::{data_folder, own_name};
use crate::problem::Problem;
use crate::store::{self, Access, Places, Store};

/// The command line's global options, with their defaults filled in.
#[derive(Clone, Debug)]
pub struct Context {
    register: Option<PathBuf>,
    pub as_at: Option<NaiveDate>,
    /// The author, as given.
    given: Option<String>,
    pub clock: Clock,
    pub paper: Paper,
    /// Of the register opened last.
    watch: RefCell<Watch>,
}

/// The register that one command opens. When the command is done, the file is closed as always, but the register in memory is
/// not freed: the program is about to end, and freeing a large register piece by piece takes a tenth of a command's time.
pub struct Brief(Desk);

impl Deref for Brief {
    type Target = Desk;

    fn deref(&self) -> &Desk {
        &self.0
    }
}

impl DerefMut for Brief {
    fn deref_mut(&mut self) -> &mut Desk {
        &mut self.0
    }
}

impl Drop for Brief {
    fn drop(&mut self) {
        self.0.let_go();
    }
}

/// An open register, and its contents on the day shown.
pub struct Look {
    pub desk: Brief,
    past: Option<Register>,
}

impl Look {
    pub fn register(&self) -> &Register {
        self.past.as_ref().unwrap_or_else(|| self.desk.register())
    }

    /// The same, for a command that asks something of every action.
    pub fn whole_register(&self) -> &Register {
        store::read_all(&self.register().actions);
        self.register()
    }

    /// Only the file, where the contents are not needed any more.
    pub fn put_register_away(&mut self) {
        self.past = None;
        self.desk.put_register_away();
    }
}

impl Context {
    pub fn new(global: &Global) -> Context {
        // An empty environment variable counts as unset.
        let register = global.register.clone().filter(|path| !path.as_os_str().is_empty()).or_else(usual_register);
        // For a past day, overdue is judged as at that day.
        let today = global.today.flatten().or(global.as_at);
        let offset = TimeDelta::try_seconds(global.clock_offset.unwrap_or(0)).unwrap_or_default();
        let given = global.author.clone().filter(|name| !name.trim().is_empty());
        let author = given.clone().or_else(|| own_name(&data_folder()?)).unwrap_or_else(account_name);
        let clock = Clock::new(today, offset, author);
        Context { register, as_at: global.as_at, given, clock, paper: Paper::stdout(), watch: RefCell::default() }
    }

    /// The name given with `--author`, or in the environment.
    pub fn given_author(&self) -> Option<&str> {
        self.given.as_deref()
    }

    /// Where the register is or will be created.
    pub fn register(&self) -> Result<&Path, Problem> {
        self.register.as_deref().ok_or_else(|| {
            let why = "this computer has no home folder";
            Problem::new("No register given", why, "Name one with --register FILE.")
        })
    }

    /// Where the register is unless another one is named.
    pub fn home(&self) -> Result<PathBuf, Problem> {
        usual_register().ok_or_else(|| Problem::new("Nothing was moved", "this computer has no home folder", ""))
    }

    pub fn today(&self) -> NaiveDate {
        self.clock.env().today
    }

    pub fn page(&self) -> Page {
        Page::new(self.paper)
    }

    /// The register to read, as it is or as at a past day.
    pub fn look(&self) -> Result<Look, Problem> {
        let desk = self.desk(Access::ReadOnly)?;
        let Some(day) = self.as_at else { return Ok(Look { desk, past: None }) };
        let past = desk.until(day)?;
        Ok(Look { desk, past: Some(past) })
    }

    /// The register to change, which must be the present one.
    pub fn change(&self) -> Result<Brief, Problem> {
        self.only_now()?;
        self.desk(Access::ReadWrite)
    }

    /// Refuses `--as-at` where it would mean changing the past.
    pub fn only_now(&self) -> Result<(), Problem> {
        match self.as_at {
            None => Ok(()),
            Some(day) => Err(Problem::new(
                "Nothing was changed",
                format!("--as-at {day} shows the past, which cannot be changed"),
                "Leave --as-at out.",
            )),
        }
    }

    /// The register with its log, verified.
    pub fn desk(&self, access: Access) -> Result<Brief, Problem> {
        let mut desk = Desk::open(self.existing()?, access)?;
        desk.verify()?;
        self.watch.replace(desk.register().actions.watch());
        Ok(Brief(desk))
    }

    /// Refuses an answer for which actions could no longer be read.
    ///
    /// # Errors
    /// If the register's file or its disk went while the command ran.
    pub fn whole<T>(&self, answer: T) -> Result<T, Problem> {
        if self.watch.borrow().is_lost() { Err(store::unreadable()) } else { Ok(answer) }
    }

    /// The register's file without its contents, verified: for what is told from the log alone.
    pub fn store(&self) -> Result<Store, Problem> {
        let mut store = Store::open(self.existing()?, Access::ReadOnly)?;
        store.verify()?;
        Ok(store)
    }

    /// Where the register is, if there is one.
    pub fn existing(&self) -> Result<&Path, Problem> {
        let path = self.register()?;
        if path.exists() {
            return Ok(path);
        }
        if let Some(left) = store::left_of(path, &Places::of_this_machine()) {
            let why = format!("{} is no longer there, but {} is", path.display(), left.what);
            return Err(Problem::new("There is no register", why, left.hint()));
        }
        Err(Problem::new(
            "There is no register yet",
            format!("{} does not exist", path.display()),
            "Import a plan with `arising import FILE`, or create an empty register with `arising init`.",
        ))
    }
}

/// The register in the data folder.
fn usual_register() -> Option<PathBuf> {
    data_folder().map(|folder| folder.join("register.sqlite"))
}

fn account_name() -> String {
    let named = ["USER", "LOGNAME", "USERNAME"].into_iter().filter_map(|key| std::env::var(key).ok());
    named.map(|name| name.trim().to_owned()).find(|name| !name.is_empty()).unwrap_or_else(|| UNNAMED.into())
}
