//! Brings together copies of one register that were edited apart.
//!
//! What another copy sends, a register or a bundle, is proved row by row against what is here ([`proof`]) before anything is
//! written; then all of it is, or nothing. Rows are copied as they are: whoever receives them in whatever order, once or twice,
//! ends with the same log.

mod bundle;
mod proof;
mod sent;
mod share;

use std::path::Path;

use chrono::{DateTime, FixedOffset};

use crate::domain::id::Origin;
use crate::domain::lacking::Lacking;
use crate::domain::register::Register;
use crate::files::absolute;
use crate::problem::Problem;

use super::given::{is_register, sound};
use super::open::random;
use super::trouble::{Doing, Fault};
use super::{Store, log, schema, tips};
pub use bundle::is_bundle;
use proof::proved;
use sent::{Sent, SentBatch};
pub use share::Shared;

/// Whether changes that bear no signature are taken: those of builds before format 1.0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsigned {
    Refuse,
    Take,
}

/// What a file brings that is not here yet, proved.
#[derive(Clone, Debug)]
pub struct Incoming {
    /// The file's name, as shown.
    pub source: String,
    news: Sent,
}

impl Incoming {
    pub fn is_empty(&self) -> bool {
        self.news.batches.is_empty()
    }

    /// How many changes there are.
    pub fn changes(&self) -> usize {
        self.news.batches.iter().map(|batch| batch.changes.len()).sum()
    }
}

/// Whether a file can be merged, whatever its name: a register or a bundle.
pub fn is_copy(path: &Path) -> bool {
    is_register(path) || is_bundle(path)
}

impl Store {
    /// What a register or a bundle brings. Nothing is written; a file that cannot be merged is refused as a whole.
    pub fn incoming(&self, file: &Path, unsigned: Unsigned) -> Result<Incoming, Problem> {
        let source = file.file_name().unwrap_or(file.as_os_str()).to_string_lossy().into_owned();
        let read = || -> Result<Sent, Fault> {
            let sent = if is_bundle(file) { bundle::read(&absolute(file)?)? } else { of_register(self, file)? };
            if sent.uuid != self.uuid {
                return Err(refused(
                    "it is of another register",
                    "Only copies of one register can be merged. To have a plan of that one here, import the plan's document.",
                ));
            }
            proved(&self.db, sent, unsigned)
        };
        match read() {
            Ok(news) => Ok(Incoming { source, news }),
            Err(fault) => Err(named(&source, fault)),
        }
    }

    /// The changes that would come, in words, and the register that would result.
    pub fn preview(&self, incoming: &Incoming) -> Result<(Lacking, Register), Problem> {
        let look = || -> Result<(Lacking, Register), Fault> {
            let mut all = log::all(&self.db)?;
            all.extend(incoming.news.batches.iter().map(SentBatch::batch).collect::<Result<Vec<_>, Fault>>()?);
            all.sort_by_key(|batch| batch.changes.first().map(|change| (change.lamport, change.id)));
            let here = self.tips.iter().map(|(origin, tip)| (*origin, tip.seq)).collect();
            Ok((Lacking::beyond(&all, &here), Register::fold(&all)))
        };
        look().map_err(|fault| named(&incoming.source, fault))
    }

    /// Writes all of it in one transaction, after a backup.
    pub fn merge(&mut self, incoming: &Incoming, author: &str, at: &DateTime<FixedOffset>) -> Result<(), Problem> {
        self.make_ready(at)?;
        let merged = self.transaction(|store| store.take(incoming, author, at));
        merged.map_err(|fault| Doing::Merging.failed(fault))?;
        self.tell_screens();
        Ok(())
    }

    /// Called inside a transaction. What others have written since it was proved stays where it was: only new rows are added.
    fn take(&mut self, incoming: &Incoming, author: &str, at: &DateTime<FixedOffset>) -> Result<(), Fault> {
        self.look()?;
        let news = proved(&self.db, incoming.news.clone(), Unsigned::Take)?;
        news.insert(&self.db)?;
        let ends = tips::tips(&self.db)?;
        // A snapshot may lie beyond what has come.
        self.db.execute("DELETE FROM snapshot", [])?;
        let row = (super::rows::time(at), author, &incoming.source, super::rows::sql(news.count())?);
        self.db.execute("INSERT INTO merged (at, author, source, changes) VALUES (?1, ?2, ?3, ?4)", row)?;
        let continues = ends.get(&self.keeper.origin) != self.tips.get(&self.keeper.origin);
        self.tips = ends;
        if continues {
            // Another copy goes on under this copy's name: this one takes another.
            self.keeper.part_from(Origin(random()?))?;
        }
        Ok(())
    }
}

/// What another register holds beyond the chains of this one.
fn of_register(store: &Store, file: &Path) -> Result<Sent, Fault> {
    let there = sound(file)?;
    let uuid = schema::uuid(&there)?;
    Sent::beyond(&there, uuid, &store.tips)
}

/// Why nothing of a file is merged.
fn refused(why: impl Into<String>, hint: impl Into<String>) -> Fault {
    Problem::new("", why, hint).into()
}

fn named(source: &str, fault: Fault) -> Problem {
    let problem = Doing::Merging.failed(fault);
    let why = if problem.what.is_empty() || problem.what == Doing::Merging.what() {
        problem.why
    } else {
        format!("{}: {}", problem.what, problem.why)
    };
    Problem::new(format!("{source} was not merged"), why, problem.hint)
}
