//! Writes a batch: numbered, chained, in one transaction, and complete only once COMMIT has returned.

use std::io;

use chrono::{DateTime, FixedOffset, Timelike};
use rusqlite::{Connection, ToSql};

use crate::domain::change::{Batch, Cause, Change, Op};
use crate::domain::id::{Id, Origin};
use crate::problem::Problem;
use crate::wire::cause;

use super::chain::{self, HeaderWords, Tip};
use super::key::Key;
use super::links::{self, Link, Printed};
use super::open::random;
use super::transaction::Before;
use super::trouble::{Doing, Fault};
use super::{Store, erasures, origins, rows, snapshot, tips};

/// Who writes a batch, when, in which meeting and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    pub author: String,
    /// Stored with a precision of one second.
    pub at: DateTime<FixedOffset>,
    pub meeting: Option<Id>,
    pub cause: Cause,
}

/// What else happens in the same transaction.
#[derive(Clone, Copy, Debug, Default)]
pub struct Along<'a> {
    /// The draft that became this batch.
    pub forget: Option<&'a str>,
}

impl Store {
    /// Appends a batch and returns it with its number. Once this returns `Ok`, the batch is on disk.
    ///
    /// The first write of a run verifies the file, unless that has been done, and makes a dated backup.
    pub fn append(&mut self, ops: Vec<Op>, stamp: &Stamp) -> Result<Batch, Problem> {
        self.make_ready(&stamp.at, Before::from(&stamp.cause))?;
        let written = self.transaction(|store| store.write(ops, stamp, Along::default()));
        let written = written.map_err(|fault| Doing::Saving.failed(fault))?;
        self.tell_screens();
        Ok(written)
    }

    /// Like [`Store::append`], with more in the same transaction, and only if no one else has written since the last
    /// [`Store::news`]: `None` means that the change must be decided again in the light of what they wrote.
    pub fn append_if_current(
        &mut self,
        ops: Vec<Op>,
        stamp: &Stamp,
        along: Along<'_>,
    ) -> Result<Option<Batch>, Problem> {
        self.make_ready(&stamp.at, Before::from(&stamp.cause))?;
        let written = self.transaction(|store| {
            store.look()?;
            if store.missed.is_empty() { store.write(ops, stamp, along).map(Some) } else { Ok(None) }
        });
        let written = written.map_err(|fault| Doing::Saving.failed(fault))?;
        if written.is_some() {
            self.tell_screens();
        }
        Ok(written)
    }

    /// Other programs' screens.
    pub(super) fn tell_screens(&self) {
        if let Some(bells) = self.bells() {
            bells.ring_others();
        }
    }

    /// Called inside a transaction.
    fn write(&mut self, ops: Vec<Op>, stamp: &Stamp, along: Along<'_>) -> Result<Batch, Fault> {
        if ops.is_empty() {
            return Err(Doing::Saving.because("there are no changes to save", "").into());
        }
        self.look()?;
        let before = self.begin(&stamp.at)?;
        let origin = self.keeper.origin;
        let batch = number(ops, stamp, Id { origin, seq: before.seq + 1 }, tips::newest_lamport(&self.db)?);
        let tip = insert(&self.db, &batch, before, &self.keeper.key)?;
        self.erase(&batch)?;
        self.keeper.note(tip);
        self.tips.insert(origin, tip);
        if let Some(key) = along.forget {
            self.db.prepare_cached("DELETE FROM draft WHERE key = ?1")?.execute([key])?;
        }
        Ok(batch)
    }
}

impl Store {
    /// Carries out what the batch erases; a snapshot may hold the words too.
    fn erase(&mut self, batch: &Batch) -> Result<(), Fault> {
        if batch.changes.iter().any(|change| matches!(change.op, Op::Erase { .. })) {
            let erased = erasures::enforce(&self.db)?;
            self.forget_words(erased);
            snapshot::forget(&self.db)?;
        }
        Ok(())
    }

    /// Where the chain of this copy ends, or begins. Where another program has begun it with another key, this one takes
    /// another name.
    fn begin(&mut self, at: &DateTime<FixedOffset>) -> Result<Tip, Fault> {
        let public = self.keeper.key.public();
        let began = origins::one(&self.db, self.keeper.origin)?;
        if began.is_some_and(|began| began.key != public) {
            self.keeper.part_from(Origin(random()?))?;
        }
        match tips::tip(&self.db, self.keeper.origin)? {
            Tip::START => origins::begin(&self.db, self.keeper.origin, self.keeper.key.public(), at),
            tip => Ok(tip),
        }
    }
}

/// The batch with real ids and Lamport times.
fn number(ops: Vec<Op>, stamp: &Stamp, first: Id, lamport: u64) -> Batch {
    let place = |(at, op): (u64, Op)| Change {
        id: Id { origin: first.origin, seq: first.seq + at },
        lamport: lamport + 1 + at,
        op: op.settled(first),
    };
    Batch {
        id: first,
        author: stamp.author.clone(),
        at: stamp.at.with_nanosecond(0).unwrap_or(stamp.at),
        meeting: stamp.meeting,
        cause: stamp.cause.clone(),
        changes: (0..).zip(ops).map(place).collect(),
    }
}

/// Writes the rows, signed, and returns the chain's new end.
pub fn insert(db: &Connection, batch: &Batch, before: Tip, key: &Key) -> Result<Tip, Fault> {
    let (id, words, salt) = (batch.id.to_string(), words(batch)?, chain::salt()?);
    let header = chain::header_digest(&salt, &id, &words);
    let (links, tip) = links::of(&batch.changes, before, &header)?;
    let row = (&id, &words.author, &words.at, &words.meeting, &words.cause, salt, header, key.sign(&tip.hash));
    db.prepare_cached(
        "INSERT INTO batch (id, author, at, meeting, cause, salt, digest, signature)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?
    .execute(row)?;
    let (one, many) = (rows_of(1), rows_of(links::AT_ONCE));
    links::printed(&batch.changes, &links, |printed| {
        if printed.len() == links::AT_ONCE {
            return insert_rows(db, &many, &id, printed);
        }
        printed.chunks(1).try_for_each(|printed| insert_rows(db, &one, &id, printed))
    })?;
    Ok(tip)
}

/// Inserts so many changes of one origin and one batch. What a statement costs beside its rows is paid once.
fn rows_of(count: usize) -> String {
    let row = |at: usize| {
        let [lamport, seq, body, salt, digest, hash] = [3, 4, 5, 6, 7, 8].map(|column| at * 6 + column);
        format!("(?{lamport}, ?1, ?{seq}, ?2, ?{body}, ?{salt}, ?{digest}, ?{hash})")
    };
    let rows = (0..count).map(row).collect::<Vec<_>>().join(", ");
    format!("INSERT INTO change (lamport, origin, seq, batch, body, salt, digest, hash) VALUES {rows}")
}

/// As many rows as the statement has.
fn insert_rows(db: &Connection, sql: &str, batch: &str, printed: &[Printed<'_>]) -> Result<(), Fault> {
    let mut insert = db.prepare_cached(sql)?;
    let mut next = 1..;
    let mut bind = |value: &dyn ToSql| next.next().map_or(Ok(()), |at| insert.raw_bind_parameter(at, value));
    if let Some((change, ..)) = printed.first() {
        bind(&change.id.origin.to_string())?;
        bind(&batch)?;
    }
    for (change, Link { salt, digest, hash }, body) in printed {
        bind(&rows::sql(change.lamport)?)?;
        bind(&rows::sql(change.id.seq)?)?;
        bind(body)?;
        bind(salt)?;
        bind(digest)?;
        bind(hash)?;
    }
    insert.raw_execute()?;
    Ok(())
}

fn words(batch: &Batch) -> Result<HeaderWords, Fault> {
    Ok(HeaderWords {
        author: batch.author.clone(),
        at: rows::time(&batch.at),
        meeting: batch.meeting.map(|id| id.to_string()),
        cause: cause::print(&batch.cause).map_err(io::Error::other)?,
    })
}
