//! Writing a batch: numbered, chained, in one transaction, and done only once COMMIT has returned.

use chrono::{DateTime, FixedOffset, Timelike};
use rusqlite::{Transaction, TransactionBehavior};

use crate::domain::change::{Batch, Cause, Change, Op};
use crate::domain::id::Id;
use crate::problem::Problem;
use crate::wire::{cause, line};

use super::chain::{self, Header, Tip};
use super::trouble::Doing;
use super::{Store, Trust, news, rows};

/// Who writes a batch, when, in which meeting and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    pub author: String,
    /// Recorded to the second.
    pub at: DateTime<FixedOffset>,
    pub meeting: Option<Id>,
    pub cause: Cause,
}

/// What else happens in the same transaction.
#[derive(Clone, Copy, Debug, Default)]
pub struct Along<'a> {
    /// The draft that has become this batch.
    pub forget: Option<&'a str>,
}

impl Store {
    /// Appends a batch and returns it as numbered; when this returns `Ok`, it is on the disk.
    pub fn append(&mut self, ops: Vec<Op>, stamp: &Stamp) -> Result<Batch, Problem> {
        self.append_along(ops, stamp, Along::default())
    }

    /// As [`Store::append`], with more in the same transaction.
    pub fn append_along(&mut self, ops: Vec<Op>, stamp: &Stamp, along: Along<'_>) -> Result<Batch, Problem> {
        if ops.is_empty() {
            return Err(Doing::Saving.because("there is nothing to save", ""));
        }
        if let Trust::Broken(problem) = &self.trust {
            return Err(problem.clone());
        }
        self.write(ops, stamp, along).map_err(|error| Doing::Saving.failed(&error))
    }

    fn write(&mut self, ops: Vec<Op>, stamp: &Stamp, along: Along<'_>) -> rusqlite::Result<Batch> {
        let tx = Transaction::new_unchecked(&self.db, TransactionBehavior::Immediate)?;
        let before = tip(&tx, self.origin)?;
        let lamport: u64 = tx
            .prepare_cached("SELECT ifnull(max(lamport), 0) FROM change")?
            .query_row([], |row| rows::number(row, 0))?;
        let batch = number(ops, stamp, Id { origin: self.origin, seq: before.seq + 1 }, lamport);
        let after = insert(&tx, &batch, before)?;
        if let Some(key) = along.forget {
            tx.prepare_cached("DELETE FROM draft WHERE key = ?1")?.execute([key])?;
        }
        tx.commit()?;
        self.tips.insert(self.origin, after);
        Ok(batch)
    }
}

fn tip(tx: &Transaction<'_>, origin: crate::domain::id::Origin) -> rusqlite::Result<Tip> {
    let _ = news::data_version(tx)?;
    let mut newest = tx.prepare_cached("SELECT seq, hash FROM change WHERE origin = ?1 ORDER BY seq DESC LIMIT 1")?;
    let found =
        newest.query_map([origin.to_string()], |row| Ok(Tip { seq: rows::number(row, 0)?, hash: row.get(1)? }))?.next();
    found.unwrap_or(Ok(Tip::START))
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

/// Writes the rows and returns the chain's new end.
fn insert(tx: &Transaction<'_>, batch: &Batch, before: Tip) -> rusqlite::Result<Tip> {
    let header = header(batch)?;
    tx.prepare_cached("INSERT INTO batch (id, author, at, meeting, cause) VALUES (?1, ?2, ?3, ?4, ?5)")?.execute((
        &header.id,
        &header.author,
        &header.at,
        &header.meeting,
        &header.cause,
    ))?;
    let header_digest = chain::header_digest(&header);
    let mut row = tx.prepare_cached(
        "INSERT INTO change (lamport, origin, seq, batch, body, salt, digest, hash)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?;
    let mut tip = before;
    for change in &batch.changes {
        let body = line::print(&change.op).map_err(unprintable)?;
        let mut salt = [0; 16];
        getrandom::fill(&mut salt).map_err(|error| unprintable(std::io::Error::other(error.to_string())))?;
        let digest = chain::digest(&salt, &body);
        let hash = chain::link(&tip.hash, change.lamport, change.id, &header_digest, &digest);
        let origin = change.id.origin.to_string();
        row.execute((
            rows::sql(change.lamport)?,
            origin,
            rows::sql(change.id.seq)?,
            &header.id,
            body,
            salt,
            digest,
            hash,
        ))?;
        tip = Tip { seq: change.id.seq, hash };
    }
    Ok(tip)
}

fn header(batch: &Batch) -> rusqlite::Result<Header> {
    Ok(Header {
        id: batch.id.to_string(),
        author: batch.author.clone(),
        at: rows::time(&batch.at),
        meeting: batch.meeting.map(|id| id.to_string()),
        cause: cause::print(&batch.cause).map_err(unprintable)?,
    })
}

fn unprintable(error: impl std::error::Error + Send + Sync + 'static) -> rusqlite::Error {
    rusqlite::Error::ToSqlConversionFailure(Box::new(error))
}
