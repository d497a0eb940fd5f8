//! What this computer knows about a register from outside its file, and where the file disagrees.
//!
//! The chain inside a file proves that its rows belong together, not that they are the rows that were written: anyone who
//! rebuilds the whole chain, or puts an older copy in its place, leaves a consistent file. This computer knows better: it
//! noted where the chain ended, and it has backups. A disagreement is kept until the user explains it, and is never
//! overwritten.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use chrono::{DateTime, FixedOffset, NaiveDateTime, Timelike};
use rusqlite::Connection;

use crate::domain::id::Origin;
use crate::problem::Problem;

use super::backup::{BackupFile, inside};
use super::chain::{Tip, hex, unhex};
use super::point::is_point;
use super::since::Noted;
use super::trouble::{Doing, Fault};
use super::{Access, Store, connect, tips};

/// A state of the register that this computer knows and that the file does not contain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    pub origin: Origin,
    pub tip: Tip,
    /// The backup that contains it; none if this computer noted it while writing.
    pub backup: Option<PathBuf>,
}

impl Missing {
    /// How many changes of that origin the state had.
    pub fn changes(&self) -> u64 {
        self.tip.seq
    }
}

/// The states that were found missing, one per line, followed by the explanation if there is one.
#[derive(Clone, Debug)]
pub struct Memory {
    path: PathBuf,
}

impl Memory {
    pub fn beside(note: &Path) -> Memory {
        let mut path = note.as_os_str().to_owned();
        path.push(".missing");
        Memory { path: path.into() }
    }

    /// Keeps a state that the file did not contain.
    pub fn keep(&self, origin: Origin, tip: Tip) -> io::Result<()> {
        if self.states().iter().any(|(state, _)| *state == (origin, tip)) { Ok(()) } else { self.add(origin, tip, "") }
    }

    /// Those without an explanation.
    fn unexplained(&self) -> Vec<(Origin, Tip)> {
        let all = self.states();
        let is_explained = |state: &(Origin, Tip)| all.iter().any(|(other, why)| other == state && !why.is_empty());
        let mut open: Vec<_> = all.iter().map(|(state, _)| *state).filter(|state| !is_explained(state)).collect();
        open.dedup();
        open
    }

    fn is_explained(&self, origin: Origin, tip: Tip) -> bool {
        self.states().iter().any(|(state, why)| *state == (origin, tip) && !why.is_empty())
    }

    /// The explanation that was recorded at this local time, without the time.
    pub fn reason_at(&self, at: NaiveDateTime) -> Option<String> {
        let reasons = self.states().into_iter().map(|(_, why)| why);
        let dated = |why: String| {
            let (time, reason) = why.split_once(' ')?;
            let time = DateTime::parse_from_rfc3339(time).ok()?.naive_local().with_nanosecond(0)?;
            (time == at).then(|| reason.to_owned())
        };
        reasons.filter_map(dated).next_back()
    }

    fn states(&self) -> Vec<((Origin, Tip), String)> {
        fs::read_to_string(&self.path).unwrap_or_default().lines().filter_map(parse).collect()
    }

    fn add(&self, origin: Origin, tip: Tip, why: &str) -> io::Result<()> {
        let mut options = OpenOptions::new();
        options.append(true).create(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let line = format!("{origin} {} {}\t{}\n", tip.seq, hex(&tip.hash), why.replace(['\n', '\r', '\t'], " "));
        options.open(&self.path)?.write_all(line.as_bytes())
    }
}

fn parse(line: &str) -> Option<((Origin, Tip), String)> {
    let (state, why) = line.split_once('\t')?;
    let mut words = state.split(' ');
    let origin = words.next()?.parse().ok()?;
    Some(((origin, Tip { seq: words.next()?.parse().ok()?, hash: unhex(words.next()?)? }), why.to_owned()))
}

/// What a register's file is compared with.
#[derive(Clone, Debug, Default)]
pub struct Witnesses {
    pub memory: Option<Memory>,
    /// The folder of its backups.
    pub backups: Option<PathBuf>,
}

impl Witnesses {
    /// Every state that the file should contain and does not, unless it has been explained.
    pub fn missing(&self, db: &Connection) -> Result<Vec<Missing>, Fault> {
        let mut missing = self.noted(db)?;
        for backup in self.backups.iter().flat_map(|folder| inside(folder)) {
            let lost = lost_since(&backup, db)?.into_iter();
            missing.extend(
                lost.filter(|(origin, tip)| !self.is_explained(*origin, *tip)).map(|(origin, tip)| Missing {
                    origin,
                    tip,
                    backup: Some(backup.path.clone()),
                }),
            );
        }
        Ok(missing)
    }

    /// Those among the states that this computer noted while writing.
    pub fn noted(&self, db: &Connection) -> Result<Vec<Missing>, Fault> {
        let mut missing = Vec::new();
        for (origin, tip) in self.memory.iter().flat_map(Memory::unexplained) {
            if !tips::holds(db, origin, tip)? {
                missing.push(Missing { origin, tip, backup: None });
            }
        }
        Ok(missing)
    }

    /// Keeps the explanation of states that the file does not contain.
    pub fn explain(&self, missing: &[Missing], at: &DateTime<FixedOffset>, why: &str) -> io::Result<()> {
        let Some(memory) = &self.memory else { return Ok(()) };
        let why = format!("{} {why}", at.to_rfc3339());
        missing.iter().try_for_each(|state| memory.add(state.origin, state.tip, &why))
    }

    fn is_explained(&self, origin: Origin, tip: Tip) -> bool {
        self.memory.as_ref().is_some_and(|memory| memory.is_explained(origin, tip))
    }
}

/// The ends of the backup's chains that are not in the file. A backup that cannot be read says nothing about the file.
fn lost_since(backup: &BackupFile, db: &Connection) -> Result<Vec<(Origin, Tip)>, Fault> {
    let ends = if is_point(&backup.path) {
        Noted::read(&backup.path).map(|noted| noted.ends().clone())
    } else {
        connect::file(&backup.path, Access::ReadOnly).and_then(|db| tips::tips(&db)).ok()
    };
    let mut lost = Vec::new();
    for (origin, tip) in ends.unwrap_or_default() {
        if !tips::holds(db, origin, tip)? {
            lost.push((origin, tip));
        }
    }
    Ok(lost)
}

impl Store {
    /// Records why the file lacks states that this computer knows, so that they are no longer reported.
    pub fn explain(&self, missing: &[Missing], at: &DateTime<FixedOffset>, why: &str) -> Result<(), Problem> {
        self.witnesses().explain(missing, at, why).map_err(|error| Doing::Saving.failed(error))
    }

    pub(super) fn witnesses(&self) -> Witnesses {
        Witnesses { memory: self.memory.clone(), backups: self.shelf().map(|shelf| shelf.folder().to_owned()) }
    }
}
