//! Brings together copies of one register that were edited apart.
//!
//! What another copy sends, a register or a bundle, is proved row by row against what is here ([`proof`]) before anything is
//! written; then all of it is, or nothing. Rows are copied as they are: whoever receives them in whatever order, once or twice,
//! ends with the same log.

mod bundle;
mod fork;
mod proof;
mod received;
mod restated;
mod seal;
mod sent;
mod share;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use chrono::{DateTime, FixedOffset};

use crate::domain::change::Batch;
use crate::domain::fork::{Fork, Forks};
use crate::domain::id::Origin;
use crate::domain::register::Register;
use crate::files::absolute;
use crate::problem::Problem;

use super::chain::Tip;
use super::given::{is_register, sound};
use super::met::Newcomer;
use super::open::random;
use super::origins::Began;
use super::transaction::Before;
use super::trouble::{Doing, Fault};
use super::{Store, absent, erasures, log, origins, rows, schema, signed, snapshot, tips};
pub use bundle::is_bundle;
pub(super) use bundle::{Lines, sent_lines};
pub use fork::restated_in;
use proof::{Proved, proved};
pub use received::{Erasure, Taken};
pub use seal::{NONE_SEALED, Opened, Target, is_sealed, seal_of};
pub use sent::{Copied, Sent, SentBatch, SentChange, Words};
pub use share::Shared;

/// Whether changes that bear no signature are taken: those of builds before format 1.0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsigned {
    Refuse,
    Take,
}

/// Whether what is merged stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trial {
    /// Only to see what would come.
    Try,
    Write,
}

/// On what terms files are merged.
#[derive(Clone, Copy, Debug)]
pub struct Terms<'a> {
    pub unsigned: Unsigned,
    pub trial: Trial,
    pub opened: &'a Opened,
    pub forks: Forks,
}

impl Terms<'_> {
    /// Signed changes only, in files of which none is sealed or forked.
    pub fn usual(trial: Trial) -> Terms<'static> {
        Terms { unsigned: Unsigned::Refuse, trial, opened: &NONE_SEALED, forks: Forks::Refuse }
    }
}

/// How files are merged, by whom and when.
#[derive(Clone, Copy, Debug)]
pub struct How<'a> {
    pub terms: Terms<'a>,
    pub author: &'a str,
    pub at: DateTime<FixedOffset>,
}

/// What a merge brought, or would bring.
#[derive(Clone, Debug)]
pub struct Merged {
    /// The log as it then is, in its order.
    pub log: Vec<Batch>,
    /// How many changes of each copy were here before.
    pub here: BTreeMap<Origin, u64>,
    /// The register as it then is.
    pub register: Register,
    /// In an agency copy, how many changes are no longer withheld.
    pub filled: u64,
    /// What the computer of each copy is called.
    pub computers: BTreeMap<Origin, String>,
    /// The copies that this computer had not met.
    pub first: Vec<Newcomer>,
}

/// Whether a file can be merged, whatever its name: a register, or a bundle, sealed or not.
pub fn is_copy(path: &Path) -> bool {
    is_register(path) || is_bundle(path) || is_sealed(path)
}

/// The identity of the register that a file is of.
pub fn uuid_of(file: &Path, opened: &Opened) -> Result<String, Problem> {
    let read = || -> Result<String, Fault> {
        if let Some(sent) = in_bundle(file, opened)? {
            return Ok(sent.uuid);
        }
        schema::uuid(&sound(file)?)
    };
    read().map_err(|fault| named(file, fault))
}

/// The rows in a file, if it is a bundle.
fn in_bundle(file: &Path, opened: &Opened) -> Result<Option<Sent>, Fault> {
    match opened.of(file) {
        Some(bytes) => bundle::parsed(bytes).map(Some),
        None if is_bundle(file) => bundle::read(&absolute(file)?).map(Some),
        None => Ok(None),
    }
}

/// The files that a user named; of a folder, every register and bundle in it.
pub fn copies(named: &[PathBuf]) -> Result<Vec<PathBuf>, Problem> {
    let mut all = Vec::new();
    for path in named {
        if !path.exists() {
            let why = format!("there is no file {}", path.display());
            return Err(Doing::Merging.because(why, "Check the spelling, and that the stick or the folder is there."));
        }
        if !path.is_dir() {
            all.push(path.clone());
            continue;
        }
        let inside = fs::read_dir(path).map_err(|error| Doing::Merging.failed(error))?;
        let mut found: Vec<PathBuf> = inside.flatten().map(|file| file.path()).filter(|path| is_copy(path)).collect();
        if found.is_empty() {
            let why = format!("there is no register and no bundle in {}", path.display());
            return Err(Doing::Merging.because(why, "Name the file that you were given."));
        }
        found.sort();
        all.extend(found);
    }
    Ok(all)
}

impl Store {
    /// Brings registers and bundles together with this one: all of them in one transaction, after a backup, or none.
    pub fn merge(&mut self, files: &[PathBuf], how: How<'_>) -> Result<Merged, Problem> {
        match how.terms.trial {
            Trial::Try => self.may_write()?,
            Trial::Write => self.make_ready(&how.at, Before::Many)?,
        }
        let merged = self.transaction(|store| store.merge_within(files, how));
        let merged = merged.map_err(|fault| Doing::Merging.failed(fault))?;
        if how.terms.trial == Trial::Write {
            self.meet(&how.at);
            self.tell_screens();
        }
        Ok(merged)
    }

    /// Called inside a transaction.
    fn merge_within(&mut self, files: &[PathBuf], how: How<'_>) -> Result<Merged, Fault> {
        self.look()?;
        let here = self.tips.iter().map(|(origin, tip)| (*origin, tip.seq)).collect();
        self.is_the_one_met()?;
        let known = origins::all(&self.db)?;
        self.db.execute_batch("SAVEPOINT merge")?;
        let brought = self.take_all(files, how)?;
        let erased = erasures::enforce(&self.db)?;
        let ends = self.complete()?;
        let merged = self.merged(here, &known, brought)?;
        if how.terms.trial == Trial::Try || brought == Taken::default() {
            self.db.execute_batch("ROLLBACK TO merge")?;
        } else {
            self.settle_in(ends)?;
            self.forget_words(erased);
        }
        self.db.execute_batch("RELEASE merge")?;
        Ok(merged)
    }

    /// Refuses where this file brought another key than the one met here.
    fn is_the_one_met(&self) -> Result<(), Fault> {
        let Some(other) = self.met().other_key_in(&self.db)? else { return Ok(()) };
        let why = format!("this register is not the one that was here: {}", other.sentence());
        Err(Doing::Merging.because(why, "Check it first: arising check.").into())
    }

    /// What was brought to a register that had these changes and knew these copies.
    fn merged(
        &self,
        here: BTreeMap<Origin, u64>,
        known: &BTreeMap<Origin, Began>,
        brought: Taken,
    ) -> Result<Merged, Fault> {
        let log = log::all(&self.db)?;
        let register = Register::fold(&log);
        let began = origins::all(&self.db)?;
        let met = self.met().all();
        let is_first = |began: &&Began| !known.contains_key(&began.origin) && !met.contains_key(&began.origin);
        let first = began.values().filter(is_first).map(Newcomer::from).collect();
        let computers = began.into_values().map(|began| (began.origin, began.computer)).collect();
        Ok(Merged { log, here, register, filled: brought.filled, computers, first })
    }

    /// Takes the files in whatever order they continue one another.
    fn take_all(&self, files: &[PathBuf], how: How<'_>) -> Result<Taken, Fault> {
        let mut waiting: Vec<&PathBuf> = files.iter().collect();
        let mut brought = Taken::default();
        loop {
            let mut refusals = Vec::new();
            let before = waiting.len();
            let mut left = Vec::new();
            for file in waiting {
                match self.take(file, how) {
                    Ok(taken) => {
                        brought.changes += taken.changes;
                        brought.filled += taken.filled;
                    }
                    Err(fault) => {
                        left.push(file);
                        refusals.push(named(file, fault));
                    }
                }
            }
            match refusals.into_iter().next() {
                None => return Ok(brought),
                Some(problem) if left.len() == before => return Err(problem.into()),
                Some(_) => waiting = left,
            }
        }
    }

    /// Adds what one file brings. Nothing of it is written unless all of it fits.
    fn take(&self, file: &Path, how: How<'_>) -> Result<Taken, Fault> {
        if !is_copy(file) {
            let hint = format!("To import a document: arising import \"{}\".", file.display());
            return Err(refused("it is neither a register nor a bundle", hint));
        }
        let sent = match in_bundle(file, how.terms.opened)? {
            Some(sent) => sent,
            None => self.of_register(file)?,
        };
        if sent.uuid != self.uuid {
            let hint = "Only copies of one register can be merged. To have a plan of that one here, import the plan's document.";
            return Err(refused("it is of another register", hint));
        }
        if let Some(other) = self.met().other_key(&sent.origins) {
            return Err(refused(other.sentence(), "Find out who made that file; this register is unchanged."));
        }
        self.meet_copy(sent.copy.as_ref())?;
        let copy = sent.copy.clone();
        let sent = if fork::is_in(&self.db, &sent)? { self.forked(file, sent, how)? } else { sent };
        let taken = self.absorb(sent, copy, how.terms.unsigned)?;
        if taken.changes > 0 {
            let source = file.file_name().unwrap_or(file.as_os_str()).to_string_lossy();
            let row = (rows::time(&how.at), how.author, source, rows::sql(taken.changes)?);
            self.db.execute("INSERT INTO merged (at, author, source, changes) VALUES (?1, ?2, ?3, ?4)", row)?;
        }
        Ok(taken)
    }

    /// Proves rows and adds those that are not here.
    fn absorb(&self, sent: Sent, copy: Option<Copied>, unsigned: Unsigned) -> Result<Taken, Fault> {
        let Proved { news, known } = proved(&self.db, sent, unsigned)?;
        news.insert(&self.db)?;
        let filled = if absent::agency_copy(&self.db)?.is_some() { self.fill(&news, &known, copy)? } else { 0 };
        Ok(Taken { changes: news.count(), filled })
    }

    /// Only an agency copy for the same party may be merged into an agency copy. An empty file becomes the copy that it is given.
    fn meet_copy(&self, sent: Option<&Copied>) -> Result<(), Fault> {
        let Some(here) = absent::agency_copy(&self.db)? else {
            let becomes = sent.filter(|_| tips::tips(&self.db).is_ok_and(|ends| ends.is_empty()));
            return Ok(becomes.map_or(Ok(()), |copy| absent::note(&self.db, &copy.of, &copy.given))?);
        };
        let what = match sent {
            Some(copy) if copy.of.party == here.party => return Ok(()),
            Some(copy) => format!("an agency copy for {}", copy.of.name),
            None => "the whole register".to_owned(),
        };
        let why = format!("it is {what}, and this is the agency copy for {}", here.name);
        Err(refused(why, "Ask the board for a newer copy for this agency: arising share --for."))
    }

    /// Takes what an agency copy may now know of changes that were withheld. Returns of how many.
    fn fill(&self, news: &Sent, known: &[SentBatch], copy: Option<Copied>) -> Result<u64, Fault> {
        let mut filled = 0;
        for batch in known {
            filled += batch.fill(&self.db)? + batch.keep_excerpts(&self.db)?;
        }
        for batch in &news.batches {
            batch.keep_excerpts(&self.db)?;
        }
        copy.map_or(Ok(()), |copy| absent::note(&self.db, &copy.of, &copy.given))?;
        Ok(filled)
    }

    /// What a file brings that parts from the chains here.
    fn forked(&self, file: &Path, sent: Sent, how: How<'_>) -> Result<Sent, Fault> {
        let sent = whole(file, sent)?;
        let forks = fork::found(&self.db, &sent)?;
        if absent::agency_copy(&self.db)?.is_some() {
            let why = "this agency copy and that file have two different histories";
            return Err(refused(why, "Ask the board for a newer copy for this agency: arising share --for."));
        }
        match how.terms.forks {
            Forks::AsNewCopy => fork::resolved(&self.db, sent, &forks, how.terms.unsigned),
            Forks::Refuse => Err(fork::refusal(&forks)),
        }
    }

    /// The forks between a file and this register.
    pub fn forks(&self, file: &Path, opened: &Opened) -> Result<Vec<Fork>, Problem> {
        let look = || -> Result<Vec<Fork>, Fault> {
            let sent = match in_bundle(file, opened)? {
                Some(sent) => sent,
                None => self.of_register(file)?,
            };
            if sent.uuid != self.uuid || !fork::is_in(&self.db, &sent)? {
                return Ok(Vec::new());
            }
            let found = fork::found(&self.db, &whole(file, sent)?)?;
            Ok(found.into_iter().map(|found| found.fork).collect())
        };
        look().map_err(|fault| named(file, fault))
    }

    /// What another register holds beyond the chains of this one.
    fn of_register(&self, file: &Path) -> Result<Sent, Fault> {
        let there = sound(file)?;
        let uuid = schema::uuid(&there)?;
        // What was withheld from an agency copy may have come since.
        let is_copy = absent::agency_copy(&self.db)?.is_some();
        let has = if is_copy { BTreeMap::new() } else { tips::tips(&self.db)? };
        Sent::beyond(&there, uuid, &has)
    }

    /// The new ends of the chains, if nothing before them is missing.
    fn complete(&self) -> Result<BTreeMap<Origin, Tip>, Fault> {
        let ends = tips::tips(&self.db)?;
        if !signed::lacks(&self.db)?.is_empty() {
            let hint = "Merge what came before it first, or ask for all of it: arising share without --to.";
            return Err(Doing::Merging.because("it continues changes that are not here yet", hint).into());
        }
        Ok(ends)
    }

    /// A snapshot may lie beyond what has come.
    fn settle_in(&mut self, ends: BTreeMap<Origin, Tip>) -> Result<(), Fault> {
        snapshot::forget(&self.db)?;
        let own = self.keeper.origin;
        let continues = ends.get(&own) != self.tips.get(&own);
        self.tips = ends;
        if continues {
            // Another copy goes on under this copy's name: this one takes another.
            self.keeper.part_from(Origin(random()?))?;
        }
        Ok(())
    }
}

/// All the rows of a register; of a bundle, those that it has.
fn whole(file: &Path, sent: Sent) -> Result<Sent, Fault> {
    if is_register(file) { Sent::beyond(&sound(file)?, sent.uuid, &BTreeMap::new()) } else { Ok(sent) }
}

/// Why nothing of a file is merged; the file is named later.
fn refused(why: impl Into<String>, hint: impl Into<String>) -> Fault {
    Problem::new("", why, hint).into()
}

fn named(file: &Path, fault: Fault) -> Problem {
    let source = file.file_name().unwrap_or(file.as_os_str()).to_string_lossy();
    let problem = Doing::Merging.failed(fault);
    let is_plain = problem.what.is_empty() || problem.what == Doing::Merging.what();
    let why = if is_plain { problem.why } else { format!("{}: {}", problem.what, problem.why) };
    Problem::new(format!("{source} was not merged"), why, problem.hint)
}
