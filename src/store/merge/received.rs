//! Rows that come from a hub or go to it: each page is proved and taken as a file is, in a transaction of its own.

use std::collections::BTreeMap;
use std::path::Path;

use chrono::{DateTime, FixedOffset};
use rusqlite::OptionalExtension;

use crate::domain::agency_copy::Concern;
use crate::domain::id::{Id, Origin};
use crate::problem::Problem;

use super::super::chain::{Hash, Tip};
use super::super::open::make_file;
use super::super::origins::Began;
use super::super::place::Places;
use super::super::transaction::Before;
use super::super::trouble::{Doing, Fault};
use super::super::{Access, Store, absent, connect, erasures, lost, origins, rows, tips};
use super::sent::{Copied, Sent};
use super::{Merged, Unsigned, fork, refused};

/// How much of what was sent was not here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    pub changes: u64,
    /// In an agency copy, changes that were withheld.
    pub filled: u64,
}

/// A change whose words are erased, the last change that erased some of them, and what it now says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Erasure {
    pub id: Id,
    pub by: Id,
    pub body: String,
}

impl Store {
    /// Creates an empty copy of a register of which only the identity is known; an agency copy, where it is one.
    pub fn create_of(path: &Path, uuid: &str, copy: Option<&Copied>, places: &Places) -> Result<Store, Problem> {
        lost::refuse_over(path)?;
        let make = || {
            make_file(path, uuid)?;
            let db = connect::file(path, Access::ReadWrite)?;
            Ok(copy.map_or(Ok(()), |copy| absent::note(&db, &copy.of, &copy.given))?)
        };
        make().map_err(|fault: Fault| Doing::Creating.failed(fault))?;
        Store::open_in(path, Access::ReadWrite, places)
    }

    /// The ends of all chains as they now are in the file.
    pub fn ends(&self) -> Result<BTreeMap<Origin, Tip>, Problem> {
        tips::tips(&self.db).map_err(|fault| Doing::Reading.failed(fault))
    }

    /// The hash of one change, if it is here.
    pub fn hash_at(&self, id: Id) -> Result<Option<Hash>, Problem> {
        tips::at(&self.db, id.origin, id.seq).map_err(|error| Doing::Reading.failed(error))
    }

    /// The copies that have written, as they began.
    pub fn began(&self) -> Result<BTreeMap<Origin, Began>, Problem> {
        origins::all(&self.db).map_err(|error| Doing::Reading.failed(error))
    }

    /// The rows beyond the ends that another place has, once the file is verified.
    pub fn beyond(&mut self, has: &BTreeMap<Origin, Tip>) -> Result<Sent, Problem> {
        self.verify()?;
        Sent::beyond(&self.db, self.uuid.clone(), has).map_err(|fault| Doing::Sharing.failed(fault))
    }

    /// All rows as one party may have them, exactly as an agency copy would hold them.
    pub fn as_given(&mut self, concern: &Concern<'_>) -> Result<Sent, Problem> {
        let mut sent = self.beyond(&BTreeMap::new())?;
        sent.withhold(concern).map_err(|fault| Doing::Sharing.failed(fault))?;
        Ok(sent)
    }

    /// The ends that this agency copy was last given.
    pub fn given_ends(&self) -> Result<Option<BTreeMap<Origin, Tip>>, Problem> {
        absent::given_at(&self.db).map_err(|error| Doing::Reading.failed(error))
    }

    /// Every erased change.
    pub fn erasures(&self) -> Result<Vec<Erasure>, Problem> {
        let read = || -> rusqlite::Result<Vec<Erasure>> {
            let mut statement = self.db.prepare_cached("SELECT id, by, body FROM erased ORDER BY id")?;
            let id = |row: &rusqlite::Row<'_>, at: usize| -> rusqlite::Result<Id> {
                row.get_ref(at)?.as_str()?.parse().map_err(|_| rows::unreadable(at))
            };
            let one = |row: &rusqlite::Row<'_>| Ok(Erasure { id: id(row, 0)?, by: id(row, 1)?, body: row.get(2)? });
            statement.query_map([], one)?.collect()
        };
        read().map_err(|error| Doing::Reading.failed(error))
    }

    /// Whether an agency copy lacks what it may have of a change: its words, or this excerpt of them.
    pub fn lacks(&self, id: Id, excerpt: Option<&str>) -> Result<bool, Problem> {
        let sql = "SELECT c.body IS NOT NULL, EXISTS (SELECT 1 FROM erased e WHERE e.id = ?3),
                     (SELECT x.body FROM excerpt x WHERE x.id = ?3)
                   FROM change c WHERE c.origin = ?1 AND c.seq = ?2";
        let read = |row: &rusqlite::Row<'_>| {
            let (is_here, is_erased): (bool, bool) = (row.get(0)?, row.get(1)?);
            let kept: Option<String> = row.get(2)?;
            Ok(!is_here && !is_erased && (excerpt.is_none() || kept.as_deref() != excerpt))
        };
        let look = || -> rusqlite::Result<bool> {
            let own = (id.origin.to_string(), rows::sql(id.seq)?, id.to_string());
            Ok(self.db.prepare_cached(sql)?.query_row(own, read).optional()?.unwrap_or(false))
        };
        look().map_err(|error| Doing::Reading.failed(error))
    }

    /// Takes rows that a hub sent: all of them, or none. `source` is what the history calls it.
    pub fn take_rows(
        &mut self,
        sent: Sent,
        source: &str,
        author: &str,
        at: &DateTime<FixedOffset>,
    ) -> Result<Taken, Problem> {
        self.make_ready(at, Before::Many)?;
        let taken = self.transaction(|store| {
            let taken = store.take_page(sent)?;
            store.note_arrival(taken.changes, source, author, at)?;
            Ok(taken)
        });
        let taken = taken.map_err(|fault| Doing::Merging.failed(fault))?;
        self.tell_screens();
        Ok(taken)
    }

    /// Called inside a transaction.
    fn take_page(&mut self, sent: Sent) -> Result<Taken, Fault> {
        self.look()?;
        self.is_the_one_met()?;
        if sent.uuid != self.uuid {
            return Err(refused("it is of another register", ""));
        }
        if let Some(other) = self.met().other_key(&sent.origins) {
            return Err(refused(other.sentence(), "Find out who wrote those changes; this register is unchanged."));
        }
        self.meet_copy(sent.copy.as_ref())?;
        if fork::is_in(&self.db, &sent)? {
            return Err(fork::refusal(&fork::found(&self.db, &sent)?));
        }
        let copy = sent.copy.clone();
        let taken = self.absorb(sent, copy, Unsigned::Refuse)?;
        let erased = erasures::enforce(&self.db)?;
        self.forget_words(erased);
        let ends = self.complete()?;
        if taken != Taken::default() {
            self.settle_in(ends)?;
        }
        Ok(taken)
    }

    /// One line of the history for what comes from one place on one day, however often.
    fn note_arrival(&self, changes: u64, source: &str, author: &str, at: &DateTime<FixedOffset>) -> Result<(), Fault> {
        if changes == 0 {
            return Ok(());
        }
        let row = (rows::time(at), author, source, rows::sql(changes)?);
        let sql = "UPDATE merged SET changes = changes + ?4, at = ?1
                   WHERE rowid = (SELECT max(rowid) FROM merged) AND author = ?2 AND source = ?3
                     AND substr(at, 1, 10) = substr(?1, 1, 10)";
        if self.db.execute(sql, row.clone())? == 0 {
            self.db.execute("INSERT INTO merged (at, author, source, changes) VALUES (?1, ?2, ?3, ?4)", row)?;
        }
        Ok(())
    }

    /// What all pages together brought to a register that had these changes and knew these copies. Notes the copies that are new.
    pub fn came(
        &self,
        here: BTreeMap<Origin, u64>,
        known: &BTreeMap<Origin, Began>,
        brought: Taken,
        at: &DateTime<FixedOffset>,
    ) -> Result<Merged, Problem> {
        let merged = self.merged(here, known, brought).map_err(|fault| Doing::Reading.failed(fault))?;
        self.meet(at);
        Ok(merged)
    }
}
