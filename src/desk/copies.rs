//! Copies of the register: merging and sharing them, and erasing words from all of them.

use std::path::{Path, PathBuf};

use super::{Desk, Written};
use crate::domain::agency_copy::{AgencyCopy, Concern};
use crate::domain::brought::Brought;
use crate::domain::change::{Batch, Cause, Op};
use crate::domain::erasing::{self, Erasing};
use crate::domain::fork::Fork;
use crate::domain::id::Id;
use crate::domain::register::{CopyFor, Register};
use crate::domain::rules;
use crate::domain::rules::Decided;
use crate::domain::updates::{self, Update};
use crate::env::Env;
use crate::problem::Problem;
use crate::store::{Blocks, Drift, How, Merged, Newcomer, Opened, Shared, Target, Terms, Trial};

/// What a merge brought or would bring, and the register as it then is.
#[derive(Clone, Debug)]
pub struct Merge {
    pub brought: Brought,
    pub log: Vec<Batch>,
    pub register: Register,
    /// The copies that this computer had not met.
    pub first: Vec<Newcomer>,
}

/// An agency copy that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedFor {
    pub of: AgencyCopy,
    /// How many actions it shows.
    pub own: usize,
    pub shared: Shared,
}

/// What was erased.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Erased {
    /// How many changes were restated without the words.
    pub changes: usize,
    /// The backups and earlier files on this computer that still hold them.
    pub copies: Vec<PathBuf>,
    /// Other registers beside it that do.
    pub others: Vec<PathBuf>,
}

/// Erasing.
impl Desk {
    /// Erases words for ever, on a ground that the record keeps.
    pub fn erase(&mut self, erasing: &Erasing, ground: &str, env: &Env) -> Result<Erased, Problem> {
        self.catch_up()?;
        rules::board_only(
            &self.register,
            "Ask the board to erase it; the next copy that it gives brings the erasure.",
        )?;
        let op = erasing::decide(&self.store.log()?, &self.register, erasing, ground)?;
        let ids: Vec<Id> = if let Op::Erase { restated, .. } = &op {
            restated.iter().map(|(id, _)| *id).collect()
        } else {
            Vec::new()
        };
        self.blank_drafts(erasing)?;
        self.store.append(vec![op], &self.stamp(env, Cause::Erasure))?;
        let (register, drift) = self.store.folded(Blocks::AtOnce)?;
        self.hold(register, drift);
        let (copies, others) = (self.store.copies_with(&ids), self.store.others_with(&ids));
        Ok(Erased { changes: ids.len(), copies, others })
    }

    /// What would be erased, in how many changes.
    pub fn would_erase(&self, erasing: &Erasing, ground: &str) -> Result<usize, Problem> {
        match erasing::decide(&self.store.log()?, &self.register, erasing, ground)? {
            Op::Erase { restated, .. } => Ok(restated.len()),
            Op::Add { .. } | Op::Set { .. } | Op::Unknown { .. } | Op::Absent => Ok(0),
        }
    }

    /// Removes copies that still hold erased words.
    pub fn remove_copies(&self, copies: &[PathBuf]) -> Result<(), Problem> {
        self.store.remove_copies(copies)
    }

    /// Half-typed text can hold the words too; about an action whose every text goes, all of it.
    fn blank_drafts(&mut self, erasing: &Erasing) -> Result<(), Problem> {
        for (key, text) in self.store.drafts()? {
            let kept = erasing::without_erased(&self.register, erasing, &key, &text);
            match kept {
                Some(kept) if kept == text => {}
                Some(kept) => self.store.save_draft(&key, &kept)?,
                None => self.store.forget_draft(&key)?,
            }
        }
        Ok(())
    }
}

/// Sharing.
impl Desk {
    /// Brings other copies of this register together with it, or only looks at what they would bring.
    pub fn merge(&mut self, files: &[PathBuf], terms: Terms<'_>, env: &Env) -> Result<Merge, Problem> {
        self.catch_up()?;
        let merged = self.store.merge(files, How { terms, author: &env.author, at: env.now })?;
        let Merged { log, here, register, filled, computers, first } = merged;
        let brought = Brought { filled, ..Brought::beyond(&log, &here, &register, &computers) };
        if terms.trial == Trial::Write {
            self.register.copy = CopyFor(self.store.agency_copy()?);
            self.hold(register.clone(), Drift::default());
        }
        Ok(Merge { brought, log, register, first })
    }

    /// The forks between a file and the register.
    pub fn forks(&self, file: &Path, opened: &Opened) -> Result<Vec<Fork>, Problem> {
        self.store.forks(file, opened)
    }

    /// Writes a bundle of the log, sealed or not; for the person named, only what is new since the last one.
    pub fn share(&mut self, target: Target<'_>, whom: Option<&str>, env: &Env) -> Result<Shared, Problem> {
        self.store.share(target, whom, &env.now)
    }

    /// Writes an agency copy: what concerns one party, and nothing else.
    pub fn share_for(&mut self, target: Target<'_>, party: Id) -> Result<SharedFor, Problem> {
        self.catch_up()?;
        let log = self.store.log()?;
        let concern = Concern::of(&self.register, &log, party);
        let of = concern.copy()?;
        let shared = self.store.share_for(target, of.clone(), &concern)?;
        Ok(SharedFor { of, own: concern.actions(), shared })
    }
}

/// What agencies wrote in their own copies.
impl Desk {
    /// The updates that no meeting has accepted yet, oldest first.
    pub fn updates(&self) -> Result<Vec<Update>, Problem> {
        let agencies = self.store.agencies()?;
        if agencies.is_empty() || self.register.copy.0.is_some() {
            return Ok(Vec::new());
        }
        Ok(updates::waiting(&self.store.log()?, &self.register, &agencies))
    }

    /// Sets an update back; the reason is a decision of the open meeting.
    pub fn decline(&mut self, update: &Update, reason: &str, env: &Env) -> Result<Written, Problem> {
        self.write_as(&Cause::Edit, env, None, |desk| {
            updates::decline(&desk.register, update, desk.inverse(update.of.batch)?, reason).map(Decided::from)
        })
    }
}
