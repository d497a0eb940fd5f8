//! The copies that this computer has met, with their keys, noted outside the register: a file that has been elsewhere cannot
//! bring another key for one of them unnoticed.

use std::collections::BTreeMap;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use chrono::{DateTime, FixedOffset};
use rusqlite::Connection;
use sha2::{Digest, Sha256};

use crate::domain::date_words;
use crate::domain::id::Origin;
use crate::files::private_folder;
use crate::problem::Problem;

use super::chain::{hex, unhex};
use super::key::Public;
use super::origins::{self, Began};
use super::trouble::Fault;
use super::{Store, head, rows};

/// The note for one register; none where this computer has no folder for it.
#[derive(Clone, Debug, Default)]
pub struct Met(Option<PathBuf>);

/// The key with which a copy was first met, and when, as the log writes a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct First {
    pub key: Public,
    pub at: String,
}

/// A copy for which a file names another key than the one met here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherKey {
    computer: String,
    met: String,
}

/// A copy that a merge brought, met for the first time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Newcomer {
    pub computer: String,
    /// The short form of its key.
    pub key: String,
}

impl Met {
    pub fn of(data: Option<&Path>, uuid: &str) -> Met {
        Met(data.map(|data| data.join("origins").join(format!("{uuid}.met"))))
    }

    /// Every copy in the note. The first line about one holds, whatever was added later.
    pub fn all(&self) -> BTreeMap<Origin, First> {
        let text = self.0.as_deref().and_then(|path| fs::read_to_string(path).ok()).unwrap_or_default();
        let mut all = BTreeMap::new();
        for (origin, first) in text.lines().filter_map(parse) {
            all.entry(origin).or_insert(first);
        }
        all
    }

    /// The first of these copies whose key is not the one with which it was met.
    pub fn other_key<'a>(&self, began: impl IntoIterator<Item = &'a Began>) -> Option<OtherKey> {
        let all = self.all();
        let differs = |began: &Began| all.get(&began.origin).filter(|first| first.key != began.key).cloned();
        let found = began.into_iter().find_map(|began| Some((began, differs(began)?)));
        found.map(|(began, first)| OtherKey { computer: began.computer.clone(), met: day(&first.at) })
    }

    /// The same for the copies in a register.
    pub fn other_key_in(&self, db: &Connection) -> Result<Option<OtherKey>, Fault> {
        Ok(self.other_key(origins::all(db)?.values()))
    }

    /// Notes the copies in a register that are not in the note yet. If that is impossible, they are met next time.
    pub fn note(&self, db: &Connection, at: &DateTime<FixedOffset>) {
        let all = self.all();
        let here = origins::all(db).unwrap_or_default();
        let new: Vec<&Began> = here.values().filter(|began| !all.contains_key(&began.origin)).collect();
        if !new.is_empty() {
            self.add(&new, at).ok();
        }
    }

    fn add(&self, new: &[&Began], at: &DateTime<FixedOffset>) -> io::Result<()> {
        let Some(path) = &self.0 else { return Ok(()) };
        path.parent().map_or(Ok(()), private_folder)?;
        let line = |began: &&Began| format!("{} {} {}\n", began.origin, hex(&began.key), rows::time(at));
        let mut options = OpenOptions::new();
        options.append(true).create(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.open(path)?.write_all(new.iter().map(line).collect::<String>().as_bytes())
    }
}

impl OtherKey {
    /// "it names another key for the copy on SXP-L-0417 than the one met here on 12 Nov 2026".
    pub fn sentence(&self) -> String {
        format!("it names another key for the copy on {} than the one met here on {}", self.computer, self.met)
    }

    /// What is said where this is found in the register itself.
    pub fn problem(&self) -> Problem {
        let hint = "Keep this file, merge nothing from it, and find out who had it. The backups that arising restore lists are \
                    older copies to compare it with.";
        Problem::new("This is not the register that was here", self.sentence(), hint)
    }
}

impl Newcomer {
    pub fn sentence(&self) -> String {
        format!("First changes from {}, key {}", self.computer, self.key)
    }
}

impl From<&Began> for Newcomer {
    fn from(began: &Began) -> Newcomer {
        Newcomer { computer: began.computer.clone(), key: code(&began.key) }
    }
}

impl Store {
    pub(super) fn met(&self) -> Met {
        Met::of(self.places.data.as_deref(), &self.uuid)
    }

    /// Notes the copies that have written to this register, so that another key for one of them is noticed.
    pub fn meet(&self, at: &DateTime<FixedOffset>) {
        self.met().note(&self.db, at);
    }
}

/// The short form of a key, to be read aloud: five groups, as in a record's code.
pub fn code(key: &Public) -> String {
    head::groups(&Sha256::digest(key))
}

/// The day of a time as the log writes it.
pub fn day(at: &str) -> String {
    DateTime::parse_from_rfc3339(at).map_or_else(|_| at.to_owned(), |at| date_words::day(at.date_naive()))
}

fn parse(line: &str) -> Option<(Origin, First)> {
    let mut words = line.split(' ');
    Some((words.next()?.parse().ok()?, First { key: unhex(words.next()?)?, at: words.next()?.to_owned() }))
}
