//! The open register: the file and its folded contents, kept in step.
//!
//! Every change to a register goes through here: the rules decide, the store writes, and only what is on disk is
//! applied to the register that the screen shows.

mod copies;
mod exchange;
mod importing;
mod snapshots;
mod undoing;

use std::path::{Path, PathBuf};

use chrono::{DateTime, FixedOffset, NaiveDate};

use crate::domain::change::{Batch, Cause, Change, Kind, Op, Value};

use crate::domain::describe::Quoting;
use crate::domain::id::Id;
use crate::domain::intent::Intent;
use crate::domain::register::{CopyFor, Here, Register};
use crate::domain::rules::Decided;
use crate::domain::trail::Replay;
use crate::domain::{describe, rules, trail};
use crate::env::Env;
use crate::problem::Problem;
use crate::store::{self, Access, Along, Blocks, Drift, Opened, Places, Stamp, Store, Verified, Verifier};

pub use crate::domain::trail::TrailEntry;
pub use copies::{Erased, Merge, SharedFor};
pub use exchange::Before;
use snapshots::Snapshots;

/// How often to retry when another program writes at the same moment.
pub const TRIES: usize = 20;

/// How many runs of actions stay in memory, about 15 MiB: several boards' worth.
const KEPT_RUNS: usize = 16;

/// How many batches are read to find where a meeting left off.
const LOOKED_AT: usize = 100;

/// An open register.
pub struct Desk {
    store: Store,
    register: Register,
    /// How far it is from the file's snapshot.
    drift: Drift,
    snapshots: Snapshots,
    /// Changes by others that were noticed while writing and not yet reported.
    heard: Vec<String>,
}

/// What was written, and its sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// What an import added is in it without its words: the register has those.
    pub batch: Batch,
    /// "7.1 Green → Amber".
    pub sentence: String,
    /// Of an act on several actions: what was refused, one for each that stays as it is.
    pub refused: Vec<Problem>,
}

/// Opening.
impl Desk {
    /// Creates an empty register.
    pub fn create(path: &Path) -> Result<Desk, Problem> {
        Desk::over(Store::create(path)?)
    }

    /// Like [`Desk::create`], even where a register was before.
    pub fn create_anew(path: &Path) -> Result<Desk, Problem> {
        Desk::over(Store::create_anew(path, &Places::of_this_machine())?)
    }

    /// Creates an empty copy of the register that a file, a register or a bundle, is of.
    pub fn create_copy(path: &Path, of: &Path, opened: &Opened) -> Result<Desk, Problem> {
        Desk::over(Store::create_copy(path, of, opened, &Places::of_this_machine())?)
    }

    pub fn open(path: &Path, access: Access) -> Result<Desk, Problem> {
        Desk::over(Store::open(path, access)?)
    }

    /// Like [`Desk::open`], with the given folders of the computer.
    pub fn open_in(path: &Path, access: Access, places: &Places) -> Result<Desk, Problem> {
        Desk::over(Store::open_in(path, access, places)?)
    }

    /// The register as at the end of a day, read-only.
    pub fn as_at(path: &Path, day: NaiveDate) -> Result<Desk, Problem> {
        let mut desk = Desk::open(path, Access::ReadOnly)?;
        desk.register = desk.until(day)?;
        Ok(desk)
    }

    /// A register that exists only in memory.
    pub fn in_memory() -> Result<Desk, Problem> {
        Desk::over(Store::in_memory()?)
    }

    /// Like [`Desk::create`], with the given folders of the computer; none for a register that should leave no trace.
    pub fn create_in(path: &Path, places: &Places) -> Result<Desk, Problem> {
        Desk::over(Store::create_in(path, places)?)
    }

    /// The register of an open store.
    pub fn over(store: Store) -> Result<Desk, Problem> {
        Desk::reading(store, Blocks::AtOnce)
    }

    /// The same, read at once or when something is asked of it: the latter for whoever only adds to it.
    pub fn reading(store: Store, blocks: Blocks) -> Result<Desk, Problem> {
        let (register, drift) = store.folded(blocks)?;
        let copy = CopyFor(store.agency_copy()?);
        let none = Register { copy, ..Register::default() };
        let (empty, snapshots) = (Drift::default(), Snapshots::AtOnce);
        let mut desk = Desk { store, register: none, drift: empty, snapshots, heard: Vec::new() };
        desk.hold(register, drift);
        Ok(desk)
    }

    /// The register as it now is, for this copy.
    fn hold(&mut self, register: Register, drift: Drift) {
        self.drift = drift;
        let copy = std::mem::take(&mut self.register.copy);
        self.register = Register { here: Here(Some(self.store.origin())), copy, ..register };
        self.register.find_clashes();
    }

    /// After a batch that may have given an action a reference, or taken one away.
    fn look_for_clashes(&mut self, batch: &Batch) {
        // A withdrawn action is back when someone has changed it without knowing.
        let is_withdrawn = |on: Id| self.register.action(on).is_some_and(|action| action.withdrawn.get().is_some());
        let may = |op: &Op| match op {
            Op::Add { kind: Kind::Action { .. }, .. }
            | Op::Set { value: Value::Reference(_) | Value::Withdrawn(_), .. } => true,
            Op::Set { on, .. } => is_withdrawn(*on),
            Op::Add { .. } | Op::Unknown { .. } | Op::Erase { .. } | Op::Absent => false,
        };
        if batch.changes.iter().any(|change| may(&change.op)) {
            self.register.find_clashes();
        }
    }
}

/// Reading.
impl Desk {
    pub fn register(&self) -> &Register {
        &self.register
    }

    pub fn store(&self) -> &Store {
        &self.store
    }

    /// A notice for the user about how the register was opened or backed up.
    pub fn notice(&self) -> Option<&str> {
        self.store.notice()
    }

    /// The audit trail, oldest first.
    pub fn log(&self) -> Result<Vec<TrailEntry>, Problem> {
        let (mut entries, mut replay, mut pages) = (Vec::new(), Replay::default(), self.store.pages());
        while pages.next(|batch, change| entries.extend(replay.next(batch, change)))? {}
        Ok(entries)
    }

    /// The audit trail of one action with its progress entries and minutes, oldest first. Reads only the changes that matter to
    /// it, where those tell it all.
    pub fn history(&self, action: Id, quoting: Quoting) -> Result<Vec<TrailEntry>, Problem> {
        match trail::of_action(&self.register, action, &self.store, quoting)? {
            Some(entries) => Ok(entries),
            None => Ok(trail::of_action_in(&self.store.log()?, action, quoting)),
        }
    }

    /// The register as at the end of a day.
    pub fn until(&self, day: NaiveDate) -> Result<Register, Problem> {
        let (mut register, mut pages) = (Register::default(), self.store.pages());
        let take = |register: &mut Register, batch: &Batch, change: &Change| {
            if batch.at.date_naive() <= day {
                register.apply_change(batch, change);
            }
        };
        while pages.next(|batch, change| take(&mut register, batch, change))? {}
        register.find_clashes();
        Ok(register)
    }

    /// The last action worked on in the open meeting, as far as the newest batches show.
    pub fn last_in_meeting(&self) -> Option<Id> {
        let meeting = self.register.open_meeting()?.id;
        let newest = self.store.heads_newest_first().take(LOOKED_AT);
        let batches = newest.filter_map(|head| self.store.batch(head.id).ok().flatten());
        batches
            .filter(|batch| batch.meeting == Some(meeting))
            .find_map(|batch| batch.changes.iter().find_map(|change| trail::about_action(&self.register, change)))
    }

    /// Applies what others have written to the same file, and returns one sentence per batch. Does not wait for a write
    /// in progress, so that no keypress is held up.
    pub fn refresh(&mut self) -> Result<Vec<String>, Problem> {
        let news = self.store.news_at_hand()?;
        self.hear(news)?;
        Ok(std::mem::take(&mut self.heard))
    }
}

/// Changing.
impl Desk {
    /// Carries out an intent, if the rules allow it. Once this returns `Ok`, the change is on disk.
    pub fn write(&mut self, intent: &Intent, env: &Env) -> Result<Written, Problem> {
        self.write_as(&Cause::Edit, env, None, |desk| rules::decide_each(&desk.register, intent, env.today))
    }

    /// Like [`Desk::write`], and deletes in the same transaction the draft that became this change.
    pub fn write_from_draft(&mut self, intent: &Intent, env: &Env, draft: &str) -> Result<Written, Problem> {
        self.write_as(&Cause::Edit, env, Some(draft), |desk| rules::decide_each(&desk.register, intent, env.today))
    }

    fn write_as(
        &mut self,
        cause: &Cause,
        env: &Env,
        draft: Option<&str>,
        decide: impl Fn(&Desk) -> Result<Decided, Problem>,
    ) -> Result<Written, Problem> {
        for _ in 0..TRIES {
            self.catch_up()?;
            let Decided { ops, refused } = decide(self)?;
            self.whole()?;
            let stamp = self.stamp(env, cause.clone());
            let along = Along { forget: draft };
            if let Some(batch) = self.store.append_if_current(ops, &stamp, along)? {
                return Ok(Written { refused, ..self.take(batch) });
            }
        }
        Err(crowded_out())
    }

    /// Refuses what was found or decided on a register of which a part could no longer be read.
    pub fn whole(&self) -> Result<(), Problem> {
        if self.register.actions.watch().is_lost() { Err(store::unreadable()) } else { Ok(()) }
    }

    /// The operations that undo a batch, given the register as it is now.
    /// Changes made while a meeting is open belong to it.
    fn stamp(&self, env: &Env, cause: Cause) -> Stamp {
        let meeting = self.register.open_meeting().map(|meeting| meeting.id);
        Stamp { author: env.author.clone(), at: env.now, meeting, cause }
    }

    fn take(&mut self, mut batch: Batch) -> Written {
        let sentence = describe::batch(&self.register, &batch);
        self.apply(&mut batch);
        self.drift.note(&self.register, &batch);
        self.look_for_clashes(&batch);
        self.keep_snapshot();
        Written { batch, sentence, refused: Vec::new() }
    }

    /// Applies what others have written, waiting for a write in progress.
    pub fn catch_up(&mut self) -> Result<(), Problem> {
        let news = self.store.news()?;
        self.hear(news)
    }

    fn hear(&mut self, news: Vec<Batch>) -> Result<(), Problem> {
        for batch in news {
            self.heard.push(format!("{}: {}", batch.author, describe::batch(&self.register, &batch)));
            // Where words were erased, what came before reads differently.
            let erases = batch.cause == Cause::Erasure;
            if erases || !store::apply_in_order(&mut self.register, std::slice::from_ref(&batch)) {
                let (register, drift) = self.store.folded(Blocks::AtOnce)?;
                self.hold(register, drift);
            }
            self.drift.note(&self.register, &batch);
            self.look_for_clashes(&batch);
        }
        Ok(())
    }
}

/// The problem when every attempt met another program's change.
pub fn crowded_out() -> Problem {
    Problem::new("NOT SAVED", "other programs keep changing the register", "Try again in a moment.")
}

/// Upkeep.
impl Desk {
    /// Empties the register in memory, where only the file is still read.
    pub fn put_register_away(&mut self) {
        self.register = Register::default();
    }

    /// Keeps in memory what one board's register would take, and of a larger one what was changed: the rest is read again when
    /// something is asked of it.
    pub fn spare_memory(&mut self) {
        self.register.actions.spare(KEPT_RUNS);
    }

    /// Lets go of the register in memory without freeing it.
    pub fn let_go(&mut self) {
        std::mem::forget(std::mem::take(&mut self.register));
    }

    /// Makes a dated backup.
    pub fn back_up(&mut self, env: &Env) -> Result<PathBuf, Problem> {
        self.store.backup(&env.now)
    }

    /// Saves unfinished text.
    pub fn save_draft(&mut self, key: &str, text: &str) -> Result<(), Problem> {
        self.store.save_draft(key, text)
    }

    pub fn draft(&self, key: &str) -> Result<Option<String>, Problem> {
        self.store.draft(key)
    }

    pub fn drafts(&self) -> Result<Vec<(String, String)>, Problem> {
        self.store.drafts()
    }

    pub fn forget_draft(&mut self, key: &str) -> Result<(), Problem> {
        self.store.forget_draft(key)
    }

    /// Verifies the file now, unless that has been done; for a command that shows something once and ends.
    pub fn verify(&mut self) -> Result<(), Problem> {
        self.store.verify()
    }

    /// For verifying the file; pass the result to [`Desk::accept`].
    pub fn verifier(&self) -> Verifier {
        self.store.verifier()
    }

    /// The same on another thread, while the screen is shown; it also makes the dated backup.
    pub fn verifier_with_backup(&self, at: DateTime<FixedOffset>) -> Verifier {
        self.store.verifier_with_backup(at)
    }

    /// Whether that need not begin before the first key has been answered.
    pub fn put_off_verifying(&self, at: &DateTime<FixedOffset>) -> bool {
        self.store.put_off_verifying(at)
    }

    /// Accepts the verifier's result. `Err`: the file is damaged, and nothing more will be written to it.
    pub fn accept(&mut self, found: Result<Verified, Problem>) -> Result<(), Problem> {
        let misled = found.as_ref().is_ok_and(|verified| verified.snapshot_misleads);
        self.store.accept(&found);
        if misled {
            self.hold(Register::fold(&self.store.log()?), Drift::default());
        }
        found.map(|_| ())
    }
}
