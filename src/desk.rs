//! The register on the desk: the file and what it says, kept in step.
//!
//! Everything that changes a register goes through here: the rules decide, the store writes, and only what is on the
//! disk is taken into the register that the screen draws.

use std::path::Path;

use chrono::NaiveDate;

use crate::domain::change::{Batch, Cause, Op};
use crate::domain::id::Id;
use crate::domain::intent::Intent;
use crate::domain::register::Register;
use crate::domain::{describe, rules, told, undo};
use crate::env::Env;
use crate::problem::Problem;
use crate::store::{self, Access, Along, Places, Stamp, Store, Verified, Verifier};

pub use crate::domain::told::Told;

/// How often a decision is made again because somebody else wrote in the same moment.
const TRIES: usize = 20;

/// How many batches are read to find where a meeting was left.
const LOOKED_AT: usize = 100;

/// An open register.
pub struct Desk {
    store: Store,
    register: Register,
    /// What others did, as noticed while writing and not yet told.
    heard: Vec<String>,
}

/// What was written, and how to say it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    pub batch: Batch,
    /// "7.1 Green → Amber".
    pub sentence: String,
}

/// Opening.
impl Desk {
    /// Makes a new, empty register.
    pub fn create(path: &Path) -> Result<Desk, Problem> {
        Desk::over(Store::create(path)?)
    }

    /// As [`Desk::create`], even where a register was before.
    pub fn create_anew(path: &Path) -> Result<Desk, Problem> {
        Desk::over(Store::create_anew(path, &Places::of_this_machine())?)
    }

    pub fn open(path: &Path, access: Access) -> Result<Desk, Problem> {
        Desk::over(Store::open(path, access)?)
    }

    /// As [`Desk::open`], with the folders of the machine given.
    pub fn open_in(path: &Path, access: Access, places: &Places) -> Result<Desk, Problem> {
        Desk::over(Store::open_in(path, access, places)?)
    }

    /// The register as it stood at the end of a day: only to look at.
    pub fn as_at(path: &Path, day: NaiveDate) -> Result<Desk, Problem> {
        let mut desk = Desk::open(path, Access::ReadOnly)?;
        let log = desk.store.log()?;
        desk.register = Register::fold(log.iter().filter(|batch| batch.at.date_naive() <= day));
        Ok(desk)
    }

    /// A register that is gone with the program.
    pub fn in_memory() -> Result<Desk, Problem> {
        Desk::over(Store::in_memory()?)
    }

    /// As [`Desk::create`], with the folders of the machine given; none for a register that shall leave no trace.
    pub fn create_in(path: &Path, places: &Places) -> Result<Desk, Problem> {
        Desk::over(Store::create_in(path, places)?)
    }

    /// The register of an open store.
    pub fn over(store: Store) -> Result<Desk, Problem> {
        let register = store.register()?;
        Ok(Desk { store, register, heard: Vec::new() })
    }
}

/// Looking.
impl Desk {
    pub fn register(&self) -> &Register {
        &self.register
    }

    pub fn store(&self) -> &Store {
        &self.store
    }

    /// What the user must be told about how the register was opened or backed up.
    pub fn notice(&self) -> Option<&str> {
        self.store.notice()
    }

    /// The audit trail, oldest first.
    pub fn log(&self) -> Result<Vec<Told>, Problem> {
        Ok(told::tell(&self.store.log()?))
    }

    /// The audit trail of one action and its progress entries, oldest first.
    pub fn history(&self, action: Id) -> Result<Vec<Told>, Problem> {
        Ok(self.log()?.into_iter().filter(|told| told.about == Some(action)).collect())
    }

    /// The action that was worked on last in the open meeting, as far as the newest batches tell.
    pub fn last_in_meeting(&self) -> Option<Id> {
        let meeting = self.register.open_meeting()?.id;
        let newest = self.store.heads_newest_first().take(LOOKED_AT);
        let batches = newest.filter_map(|head| self.store.batch(head.id).ok().flatten());
        batches
            .filter(|batch| batch.meeting == Some(meeting))
            .find_map(|batch| batch.changes.iter().find_map(|change| told::about_action(&self.register, change)))
    }

    /// Takes in what others have written to the same file, and says it, one sentence per batch. Does not wait for a write
    /// that is under way, so that no key has to.
    pub fn refresh(&mut self) -> Result<Vec<String>, Problem> {
        let news = self.store.news_at_hand()?;
        self.hear(news)?;
        Ok(std::mem::take(&mut self.heard))
    }
}

/// Changing.
impl Desk {
    /// Does what the user wants, if the rules allow it. When this returns `Ok`, it is on the disk.
    pub fn write(&mut self, intent: &Intent, env: &Env) -> Result<Written, Problem> {
        self.write_as(&Cause::Edit, env, None, |desk| rules::decide(&desk.register, intent, env.today))
    }

    /// As [`Desk::write`]; the draft that has become this change is gone in the same moment.
    pub fn write_from_draft(&mut self, intent: &Intent, env: &Env, draft: &str) -> Result<Written, Problem> {
        self.write_as(&Cause::Edit, env, Some(draft), |desk| rules::decide(&desk.register, intent, env.today))
    }

    /// Takes back the last batch of this author that is not taken back yet.
    pub fn undo(&mut self, env: &Env) -> Result<Written, Problem> {
        self.catch_up()?;
        let of = undo::to_undo(self.store.heads_newest_first(), Some(&env.author));
        let of = of.ok_or_else(|| Problem::new("Nothing to undo", "you have changed nothing here", ""))?;
        self.write_as(&Cause::Undo { of }, env, None, |desk| desk.inverse(of))
    }

    /// Does again what this author last took back.
    pub fn redo(&mut self, env: &Env) -> Result<Written, Problem> {
        self.catch_up()?;
        let of = undo::to_redo(self.store.heads_newest_first(), Some(&env.author));
        let of = of.ok_or_else(|| Problem::new("Nothing to redo", "you have taken nothing back", ""))?;
        self.write_as(&Cause::Redo { of }, env, None, |desk| desk.inverse(of))
    }

    /// Writes what the reconciliation of a document with this register gave, as one batch.
    pub fn import(&mut self, ops: &[Op], cause: Cause, env: &Env) -> Result<Written, Problem> {
        let along = Along { forget: None, before: Some(&self.register) };
        let written = self.store.append_if_current(ops.to_vec(), &self.stamp(env, cause), along)?;
        let retry = || Problem::new("NOT SAVED", "somebody else changed the register meanwhile", "Import it again.");
        Ok(self.take(written.ok_or_else(retry)?))
    }

    fn write_as(
        &mut self,
        cause: &Cause,
        env: &Env,
        draft: Option<&str>,
        decide: impl Fn(&Desk) -> Result<Vec<Op>, Problem>,
    ) -> Result<Written, Problem> {
        for _ in 0..TRIES {
            self.catch_up()?;
            let ops = decide(self)?;
            let stamp = self.stamp(env, cause.clone());
            let along = Along { forget: draft, before: Some(&self.register) };
            if let Some(batch) = self.store.append_if_current(ops, &stamp, along)? {
                return Ok(self.take(batch));
            }
        }
        Err(Problem::new("NOT SAVED", "others keep changing the register", "Try again in a moment."))
    }

    /// What takes a batch back, on the register as it is now.
    fn inverse(&self, of: Id) -> Result<Vec<Op>, Problem> {
        let missing = || Problem::new("Could not take it back", "its batch is missing from the log", "");
        let batch = self.store.batch(of)?.ok_or_else(missing)?;
        undo::inverse(&batch, &self.register, &|id| self.store.change(id).ok().flatten())
    }

    /// What is written while a meeting is open belongs to it.
    fn stamp(&self, env: &Env, cause: Cause) -> Stamp {
        let meeting = self.register.open_meeting().map(|meeting| meeting.id);
        Stamp { author: env.author.clone(), at: env.now, meeting, cause }
    }

    fn take(&mut self, batch: Batch) -> Written {
        let sentence = describe::batch(&self.register, &batch);
        self.register.apply(&batch);
        Written { batch, sentence }
    }

    fn catch_up(&mut self) -> Result<(), Problem> {
        let news = self.store.news()?;
        self.hear(news)
    }

    fn hear(&mut self, news: Vec<Batch>) -> Result<(), Problem> {
        for batch in news {
            self.heard.push(format!("{}: {}", batch.author, describe::batch(&self.register, &batch)));
            if !store::take_in(&mut self.register, std::slice::from_ref(&batch)) {
                self.register = self.store.register()?;
            }
        }
        Ok(())
    }
}

/// Keeping.
impl Desk {
    /// Keeps half-typed text.
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

    /// Verifies the file here and now, if nobody has; for a program that shows something once and is gone.
    pub fn verify(&mut self) -> Result<(), Problem> {
        self.store.verify()
    }

    /// For verifying the file on another thread; hand the result to [`Desk::accept`].
    pub fn verifier(&self) -> Verifier {
        self.store.verifier()
    }

    /// Takes in what the verifier found. `Err`: the file is not whole, and nothing more will be written to it.
    pub fn accept(&mut self, found: Result<Verified, Problem>) -> Result<(), Problem> {
        let misled = found.as_ref().is_ok_and(|verified| verified.snapshot_misleads);
        self.store.accept(&found);
        if misled {
            self.register = Register::fold(&self.store.log()?);
        }
        found.map(|_| ())
    }

    /// For a moment in which nothing else is to do: keeps the next opening fast.
    pub fn freshen(&mut self) -> Result<(), Problem> {
        self.store.freshen(&self.register)
    }
}
