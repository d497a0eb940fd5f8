//! Verifies a register on another thread, while the screen is shown, and makes the dated backup.
//!
//! What is verified is the backup itself, before it gets its name: it is a copy page by page, made in a moment, so that no
//! one who writes to the register has to wait until all of it has been read.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, FixedOffset};
use rusqlite::Connection;

use crate::problem::Problem;

use super::as_left::Mark;
use super::backup::{Shelf, Staged};
use super::met::Met;
use super::place::FilePlace;
use super::trouble::{Doing, Fault};
use super::verify::{Verified, everything_but};
use super::vouched::Vouched;
use super::witness::Witnesses;
use super::{Access, Store, beside, carry, connect, schema, tips};

/// Reads the file through a separate connection.
#[derive(Clone, Debug)]
pub struct Verifier {
    place: Option<FilePlace>,
    shelf: Option<Shelf>,
    witnesses: Witnesses,
    met: Met,
    /// The number of changes in the register when the verifier was created.
    changes: u64,
    /// The snapshot that is not compared with the log.
    vouched: Vouched,
    /// The current time, if a backup is to be made.
    backup_at: Option<DateTime<FixedOffset>>,
    under_way: Arc<UnderWay>,
}

/// How far a verifier has come, for the first write, which must not overtake it.
#[derive(Debug, Default)]
pub struct UnderWay {
    stage: Mutex<Stage>,
    moved_on: Condvar,
}

#[derive(Clone, Debug, Default)]
enum Stage {
    /// None is running.
    #[default]
    Idle,
    Copying,
    /// If copied, the state before the first write is in a copy, and that is what is being verified.
    Verifying {
        is_copied: bool,
    },
    Ended {
        is_copied: bool,
        found: Box<Result<Verified, Problem>>,
    },
}

impl UnderWay {
    fn stage(&self) -> MutexGuard<'_, Stage> {
        self.stage.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn reach(&self, stage: Stage) {
        *self.stage() = stage;
        self.moved_on.notify_all();
    }

    /// Waits until no copy is being made; whether there is one of the state before the first write.
    pub fn is_copied(&self) -> bool {
        let copying = |stage: &mut Stage| matches!(stage, Stage::Copying);
        let stage = self.moved_on.wait_while(self.stage(), copying).unwrap_or_else(PoisonError::into_inner);
        matches!(*stage, Stage::Verifying { is_copied: true } | Stage::Ended { is_copied: true, .. })
    }

    /// Waits for the end of a verifier that is running, and returns what it found.
    pub fn found(&self) -> Option<Result<Verified, Problem>> {
        let running = |stage: &mut Stage| matches!(stage, Stage::Copying | Stage::Verifying { .. });
        let stage = self.moved_on.wait_while(self.stage(), running).unwrap_or_else(PoisonError::into_inner);
        match &*stage {
            Stage::Ended { found, .. } => Some((**found).clone()),
            Stage::Idle | Stage::Copying | Stage::Verifying { .. } => None,
        }
    }
}

/// Whatever happens to the verifier, no one waits for it any longer.
struct Ending<'a>(&'a UnderWay);

impl Drop for Ending<'_> {
    fn drop(&mut self) {
        let has_ended = matches!(*self.0.stage(), Stage::Ended { .. });
        if !has_ended {
            self.0.reach(Stage::Idle);
        }
    }
}

impl Store {
    /// For verifying in the background after the first frame; pass the result to [`Store::accept`]. It also makes the dated
    /// backup, so that the run's first write need not wait for it, and relies on a snapshot that this computer vouches for.
    pub fn verifier_with_backup(&self, at: DateTime<FixedOffset>) -> Verifier {
        Verifier { vouched: self.vouched.clone(), backup_at: Some(at), ..self.verifier() }
    }

    /// For verifying everything, whatever is known of it.
    pub fn verifier(&self) -> Verifier {
        Verifier {
            place: self.place.clone(),
            shelf: self.shelf(),
            witnesses: self.witnesses(),
            met: self.met(),
            changes: tips::count(&self.tips),
            vouched: Vouched::default(),
            backup_at: None,
            under_way: Arc::clone(&self.under_way),
        }
    }
}

impl Verifier {
    /// Has the first write wait for the copy from now on: for whoever is about to [`run`](Verifier::run) it on another thread.
    pub fn announce(&self) {
        if self.place.is_some() {
            self.under_way.reach(Stage::Copying);
        }
    }

    /// There is no such thread.
    pub fn call_off(&self) {
        self.under_way.reach(Stage::Idle);
    }

    /// Reads the whole file once. A register in memory is intact by construction.
    pub fn run(&self) -> Result<Verified, Problem> {
        let Some(place) = &self.place else {
            return Ok(Verified::default());
        };
        let _ending = Ending(&self.under_way);
        self.under_way.reach(Stage::Copying);
        let (copy, found) = match self.look(place) {
            Ok((copy, verified)) => (copy, Ok(verified)),
            Err(fault) => (None, Err(Doing::Reading.failed(fault))),
        };
        let is_copied = copy.as_ref().is_some_and(|copy| self.is_before_the_work(copy));
        let found = found.map(|verified| self.keep(copy, verified));
        self.under_way.reach(Stage::Ended { is_copied, found: Box::new(found.clone()) });
        found
    }

    fn look(&self, place: &FilePlace) -> Result<(Option<Staged>, Verified), Fault> {
        place.check(0)?;
        let db = connect::file(&place.path, Access::ReadOnly)?;
        let format = schema::examine(&db)?;
        let db = carry::readable(db)?;
        let mark = Mark::of(place);
        let copy = self.copy(&db);
        let is_copied = copy.as_ref().is_some_and(|copy| self.is_before_the_work(copy));
        self.under_way.reach(Stage::Verifying { is_copied });
        let missing = self.witnesses.missing(&db)?;
        let newer = Some(format).filter(|format| *format > schema::CURRENT);
        let other_key = self.met.other_key_in(&db)?;
        let verified = match &copy {
            Some(copy) => everything_but(&copy.open()?, &self.vouched)?,
            None => everything_but(&db, &self.vouched)?,
        };
        let mark = mark.filter(|mark| Mark::of(place).as_ref() == Some(mark));
        let beside = beside::found(&place.path, &db);
        Ok((copy, Verified { missing, other_key, beside, newer, mark, ..verified }))
    }

    /// A copy of a register with changes, if a backup is wanted. Where none can be made, the register itself is verified.
    fn copy(&self, db: &Connection) -> Option<Staged> {
        let backups = self.shelf.as_ref().filter(|_| self.backup_at.is_some() && self.changes > 0)?;
        backups.stage(db).ok()
    }

    /// Whether this is the state before the first write of the run: the register may have moved on since.
    fn is_before_the_work(&self, copy: &Staged) -> bool {
        copy.changes() == self.changes
    }

    /// Gives the verified copy its name among the backups.
    fn keep(&self, copy: Option<Staged>, verified: Verified) -> Verified {
        let (Some(copy), Some(backups), Some(at)) = (copy, &self.shelf, &self.backup_at) else { return verified };
        if let Ok(db) = copy.open() {
            self.met.note(&db, at);
        }
        let backup = self.is_before_the_work(&copy).then(|| backups.put_down(copy, at).ok()).flatten();
        Verified { backup, ..verified }
    }
}
