//! The actions and recommendations of a register, read from its file's snapshot part by part, when something is asked of them.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::thread;

use rusqlite::Connection;

use crate::domain::action::Action;
use crate::domain::actions::{Actions, OUTLINED, RUN, RunSource};
use crate::domain::alike::{Likeness, Worded};
use crate::domain::id::Origin;
use crate::domain::outline::Outlines;
use crate::domain::recommendation::Recommendation;
use crate::domain::register::Register;
use crate::problem::Problem;
use crate::wire::snapshot::{self, Damaged};

use super::chain::{Hash, Tip};
use super::part::{is_named, unproved};
use super::snapshot::from_log;
use super::trouble::Fault;
use super::{Access, connect, tips};

/// How many runs are fetched with the rest of the snapshot: those of any register that one board keeps. Of a larger one, the
/// first screen shows these.
const FETCHED: usize = 16;

/// When a register's blocks, its outlines and recommendations, are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blocks {
    /// All of them, before anything is asked of it: for whoever looks at the whole.
    AtOnce,
    WhenAsked,
}

/// When actions could not be read any more.
pub fn unreadable() -> Problem {
    let why = "its file is gone, or its disk does not answer, and not all actions had been read";
    let hint = "Everything reported as saved is in the register. Look at the disk or the stick, then open it again.";
    Problem::new("The register can no longer be read", why, hint)
}

/// The parts of one snapshot, read when they are asked for.
pub struct RunsOfFile {
    /// None for a register in memory.
    file: Option<PathBuf>,
    /// Where all chains ended at the time of the snapshot.
    then: BTreeMap<Origin, Tip>,
    /// The digests of all parts.
    parts: Vec<Hash>,
    /// What was fetched with the rest, until it is asked for.
    fetched: Mutex<HashMap<Hash, Vec<u8>>>,
    /// A connection of its own: that of the store may be in the middle of a transaction.
    db: Mutex<Option<Connection>>,
    /// Everything, made from the log after a part of the snapshot was no longer there or damaged. None if it could not be.
    honest: OnceLock<Option<Box<Register>>>,
    is_lost: AtomicBool,
}

impl RunsOfFile {
    /// None if a part of the snapshot is not there.
    pub fn begin(
        db: &Connection,
        file: Option<&Path>,
        then: &BTreeMap<Origin, Tip>,
        parts: &[Hash],
        blocks: Blocks,
    ) -> Result<Option<RunsOfFile>, Fault> {
        let (of_blocks, of_runs) = match blocks {
            _ if file.is_none() => (usize::MAX, usize::MAX),
            Blocks::AtOnce => (usize::MAX, FETCHED),
            Blocks::WhenAsked => (0, 0),
        };
        let outlines = parts_at(parts, snapshot::place_of_outlines).take(of_blocks);
        let recommendations = parts_at(parts, snapshot::place_of_recommendations).take(of_blocks);
        let runs = parts_at(parts, snapshot::place_of_run).take(of_runs);
        let mut fetched = HashMap::new();
        for digest in outlines.chain(recommendations).chain(runs) {
            let Some(part) = unproved(db, digest)? else { return Ok(None) };
            fetched.insert(*digest, part);
        }
        Ok(Some(RunsOfFile {
            file: file.map(Path::to_owned),
            then: then.clone(),
            parts: parts.to_vec(),
            fetched: Mutex::new(fetched),
            db: Mutex::default(),
            honest: OnceLock::new(),
            is_lost: AtomicBool::new(false),
        }))
    }

    /// The bytes of a part as they are in the file, or were when it was opened; none if they are not those of its digest.
    fn bytes(&self, place: usize) -> Option<Vec<u8>> {
        let digest = self.parts.get(place)?;
        let mut fetched = self.fetched.lock().unwrap_or_else(PoisonError::into_inner);
        let found = fetched.remove(digest);
        drop(fetched);
        let bytes = found.or_else(|| self.with_file(|db| unproved(db, digest)).flatten());
        bytes.filter(|bytes| is_named(bytes, digest))
    }

    fn with_file<T>(&self, read: impl FnOnce(&Connection) -> Result<T, Fault>) -> Option<T> {
        let mut db = self.db.lock().unwrap_or_else(PoisonError::into_inner);
        if db.is_none() {
            *db = connect::file(self.file.as_deref()?, Access::ReadOnly).ok();
        }
        read(db.as_ref()?).ok()
    }

    /// Whether the file is still the one whose snapshot this was.
    fn is_of(&self, db: &Connection) -> Result<bool, Fault> {
        self.then.iter().try_fold(true, |so_far, (origin, tip)| Ok(so_far && tips::holds(db, *origin, *tip)?))
    }

    /// What is asked of a part: of its bytes, or else of what the log makes.
    fn read<T>(
        &self,
        place: usize,
        of_bytes: impl Fn(&[u8]) -> Result<T, Damaged>,
        of_all: impl Fn(&Register) -> Option<T>,
    ) -> Option<T> {
        self.parts.get(place)?;
        let read = self.bytes(place).and_then(|bytes| of_bytes(&bytes).ok());
        let read = read.or_else(|| self.honest().and_then(of_all));
        self.is_lost.fetch_or(read.is_none(), Ordering::Relaxed);
        read
    }

    /// The register that the log makes: the snapshot is only a cache.
    fn honest(&self) -> Option<&Register> {
        let whole = |db: &Connection| if self.is_of(db)? { from_log(db, &self.then).map(Some) } else { Ok(None) };
        let all = || self.with_file(whole).flatten().map(Box::new);
        self.honest.get_or_init(all).as_deref()
    }

    /// Whether every part that was asked for was as its digest says.
    pub fn is_as_named(&self) -> bool {
        self.honest.get().is_none() && !self.is_lost()
    }
}

/// A block that has as many as the register's first part says.
fn of_length<T>(block: T, length: fn(&T) -> usize, count: usize) -> Result<T, Damaged> {
    if length(&block) == count { Ok(block) } else { Err(Damaged) }
}

/// The digests of the parts at those places.
fn parts_at(parts: &[Hash], place: fn(usize) -> usize) -> impl Iterator<Item = &Hash> {
    (0..).map_while(move |at| parts.get(place(at)))
}

impl RunSource for RunsOfFile {
    fn run(&self, at: usize) -> Option<Vec<Action>> {
        self.read(snapshot::place_of_run(at), snapshot::run, |all| Some(all.actions.run(at).to_vec()))
    }

    fn some(&self, at: usize, places: &[usize]) -> Option<Vec<Action>> {
        let among = |all: &Register| places.iter().map(|place| all.actions.run(at).get(*place).cloned()).collect();
        self.read(snapshot::place_of_run(at), |bytes| snapshot::some_of_run(bytes, places), among)
    }

    fn outlines(&self, block: usize, count: usize) -> Option<Outlines> {
        let of_all = |all: &Register| {
            let mut outlines = Outlines::default();
            let places = block * OUTLINED..all.actions.len().min((block + 1) * OUTLINED);
            let mut each =
                places.filter_map(|at| all.actions.outline(at).map(|outline| (outline, all.actions.entries(at))));
            each.all(|(outline, entries)| outlines.push(&outline, &entries)).then_some(outlines)
        };
        let of_bytes = |bytes: &[u8]| snapshot::outlines(bytes).and_then(|read| of_length(read, Outlines::len, count));
        self.read(snapshot::place_of_outlines(block), of_bytes, of_all)
    }

    fn recommendations(&self, block: usize, count: usize) -> Option<Vec<Recommendation>> {
        let of_all = |all: &Register| Some(all.recommendations.block(block).to_vec());
        let of_bytes =
            |bytes: &[u8]| snapshot::recommendations(bytes).and_then(|read| of_length(read, Vec::len, count));
        self.read(snapshot::place_of_recommendations(block), of_bytes, of_all)
    }

    fn words(&self, at: usize) -> Option<Worded> {
        self.bytes(snapshot::place_of_words(at)).and_then(|bytes| snapshot::words_of_run(&bytes).ok())
    }

    fn is_lost(&self) -> bool {
        self.is_lost.load(Ordering::Relaxed)
    }
}

/// Reads the blocks of a register that are not in memory: the outlines beside the recommendations, where that is worth while.
pub fn read_blocks(register: &Register) {
    let recommendations = || {
        for at in 0..register.recommendations.blocks() {
            register.recommendations.block(at);
        }
    };
    let outlines = || {
        for at in 0..register.actions.blocks() {
            register.actions.outlines(at);
        }
    };
    thread::scope(|scope| {
        if register.actions.blocks() > 1 {
            // Where there is no other thread, or it ends early, they are read when they are asked for.
            drop(thread::Builder::new().spawn_scoped(scope, recommendations));
        }
        outlines();
    });
}

/// The actions at these places of a register's list, which go up: half of them read by another thread; fewer where some can no longer be read.
pub fn read_some(actions: &Actions, places: &[usize]) -> Vec<Action> {
    let runs: Vec<&[usize]> = places.chunk_by(|one, next| one / RUN == next / RUN).collect();
    let read = |runs: &[&[usize]]| {
        let of_run = |places: &&[usize]| {
            let within: Vec<usize> = places.iter().map(|place| place % RUN).collect();
            places.first().map(|first| actions.some(first / RUN, &within)).unwrap_or_default()
        };
        runs.iter().flat_map(of_run).collect::<Vec<_>>()
    };
    let (first, last) = runs.split_at(runs.len().div_ceil(2));
    thread::scope(|scope| {
        let beside = thread::Builder::new();
        let beside = if last.is_empty() { None } else { beside.spawn_scoped(scope, || read(last)).ok() };
        let mut all = read(first);
        // Where there was no other thread, or it ended early, this one reads them all.
        all.extend(beside.and_then(|beside| beside.join().ok()).unwrap_or_else(|| read(last)));
        all
    })
}

/// Reads all actions that are not in memory yet, from both ends: for whoever is about to ask something of each.
pub fn read_all(actions: &Actions) {
    let read = |at: usize| {
        if !actions.is_read(at) {
            actions.run(at);
        }
    };
    thread::scope(|scope| {
        let from_the_end = || (0..actions.runs()).rev().for_each(read);
        // Where there is no other thread, this one reads them all.
        drop(thread::Builder::new().spawn_scoped(scope, from_the_end));
        (0..actions.runs()).for_each(read);
    });
}

/// From how many runs on another thread is worth while.
const MANY_RUNS: usize = 8;

/// The words of all actions, to be compared: where there are many, half of them are read by another thread.
pub fn likeness(register: &Register) -> Likeness {
    let runs = register.actions.runs();
    if runs < MANY_RUNS {
        return Likeness::of(register);
    }
    thread::scope(|scope| {
        let last = move || Likeness::of_runs(register, runs / 2..runs);
        let beside = thread::Builder::new().spawn_scoped(scope, last).ok();
        let mut all = Likeness::of_runs(register, 0..runs / 2);
        // Where there was no other thread, or it ended early, this one reads on.
        beside.and_then(|beside| beside.join().ok()).into_iter().for_each(|last| all.append(last));
        all.completed(register)
    })
}
