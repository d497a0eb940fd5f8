//! The register on the desk: the file and what it says, kept in step.
//!
//! Everything that changes a register goes through here: the rules decide, the store writes, and only what is on the
//! disk is taken into the register that the screen draws.

use std::path::Path;

use crate::domain::change::{Batch, Cause, Change, Op};
use crate::domain::id::Id;
use crate::domain::register::Register;
use crate::env::Env;
use crate::problem::Problem;
use crate::store::{Access, Along, Places, Stamp, Store};
use crate::stub::{
    describe::{self, Line},
    intent::Intent,
    rules, undo,
};

/// An open register.
pub struct Desk {
    store: Store,
    register: Register,
}

/// What was written, and how to say it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    pub batch: Batch,
    /// "7.1 Green → Amber".
    pub sentence: String,
}

/// One change of the log with the batch it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The batch without its changes: who, when, why.
    pub batch: Batch,
    pub change: Id,
    /// The thing that the change is about: its own id where it adds something.
    pub on: Option<Id>,
    pub line: Line,
}

impl Desk {
    pub fn create(path: &Path) -> Result<Desk, Problem> {
        Desk::over(Store::create(path)?)
    }

    pub fn open(path: &Path, access: Access) -> Result<Desk, Problem> {
        Desk::over(Store::open(path, access)?)
    }

    pub fn open_in(path: &Path, access: Access, places: &Places) -> Result<Desk, Problem> {
        Desk::over(Store::open_in(path, access, places)?)
    }

    pub fn in_memory() -> Result<Desk, Problem> {
        Desk::over(Store::in_memory()?)
    }

    /// Takes an open store and folds its log.
    pub fn over(store: Store) -> Result<Desk, Problem> {
        let register = store.register()?;
        Ok(Desk { store, register })
    }

    pub fn register(&self) -> &Register {
        &self.register
    }

    pub fn store(&self) -> &Store {
        &self.store
    }

    pub fn store_mut(&mut self) -> &mut Store {
        &mut self.store
    }

    /// Does what the user wants, if the rules allow it. When this returns `Ok`, it is on the disk.
    pub fn write(&mut self, intent: &Intent, env: &Env) -> Result<Written, Problem> {
        self.write_forgetting(intent, env, None)
    }

    /// As [`Desk::write`], and the draft that has become this change is gone in the same moment.
    pub fn write_forgetting(&mut self, intent: &Intent, env: &Env, draft: Option<&str>) -> Result<Written, Problem> {
        let ops = rules::decide(&self.register, intent, env.today)?;
        self.append(ops, &stamp(env, Cause::Edit), Along { forget: draft })
    }

    /// Takes back the last batch of this author that is not taken back yet.
    pub fn undo(&mut self, env: &Env) -> Result<Written, Problem> {
        let heads = self.store.heads_newest_first()?.into_iter();
        let of = undo::to_undo(heads, Some(&env.author))
            .ok_or_else(|| Problem::new("Nothing to undo", "you have changed nothing here yet", ""))?;
        self.invert(of, Cause::Undo { of }, env)
    }

    /// Does again what this author last took back.
    pub fn redo(&mut self, env: &Env) -> Result<Written, Problem> {
        let heads = self.store.heads_newest_first()?.into_iter();
        let of = undo::to_redo(heads, Some(&env.author))
            .ok_or_else(|| Problem::new("Nothing to redo", "you have undone nothing since your last change", ""))?;
        self.invert(of, Cause::Redo { of }, env)
    }

    /// Writes what an import makes of a document, as one batch.
    pub fn import(&mut self, ops: &[Op], cause: Cause, env: &Env) -> Result<Written, Problem> {
        self.append(ops.to_vec(), &stamp(env, cause), Along::default())
    }

    /// Takes in what others have written to the same file, and says it.
    pub fn refresh(&mut self) -> Result<Vec<String>, Problem> {
        let news = self.store.news()?;
        let mut sentences = Vec::new();
        for batch in news {
            sentences.push(format!("{}: {}", batch.author, describe::batch(&self.register, &batch)));
            self.register.apply(&batch);
        }
        Ok(sentences)
    }

    /// The audit trail, oldest first.
    pub fn log(&self) -> Result<Vec<Told>, Problem> {
        let batches = self.store.log()?;
        let mut all: Vec<(&Batch, &Change)> =
            batches.iter().flat_map(|batch| batch.changes.iter().map(move |change| (batch, change))).collect();
        all.sort_by_key(|(_, change)| (change.lamport, change.id));
        let mut register = Register::default();
        let mut told = Vec::with_capacity(all.len());
        for (batch, change) in all {
            let line = describe::change(&register, batch, change);
            register.apply_change(batch, change);
            let on = match &change.op {
                Op::Add { .. } => Some(change.id),
                Op::Set { on, .. } => Some(*on),
                Op::Unknown { .. } => None,
            };
            told.push(Told { batch: header(batch), change: change.id, on, line });
        }
        Ok(told)
    }

    fn invert(&mut self, of: Id, cause: Cause, env: &Env) -> Result<Written, Problem> {
        let batch = self.store.batch(of)?.ok_or_else(|| Problem::new("Not undone", "the batch is missing", ""))?;
        let find = |id| self.store.change(id).ok().flatten();
        let ops = undo::inverse(&batch, &self.register, &find)?;
        self.append(ops, &stamp(env, cause), Along::default())
    }

    fn append(&mut self, ops: Vec<Op>, stamp: &Stamp, along: Along<'_>) -> Result<Written, Problem> {
        let batch = self.store.append_along(ops, stamp, along)?;
        let sentence = describe::batch(&self.register, &batch);
        self.register.apply(&batch);
        Ok(Written { batch, sentence })
    }
}

fn stamp(env: &Env, cause: Cause) -> Stamp {
    Stamp { author: env.author.clone(), at: env.now, meeting: None, cause }
}

fn header(batch: &Batch) -> Batch {
    Batch { changes: Vec::new(), ..batch.clone() }
}
