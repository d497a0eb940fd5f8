//! Batch headers, newest first, without reading more of the log than needed.

use rusqlite::Result;

use crate::domain::id::Id;
use crate::domain::undo::BatchHead;
use crate::problem::Problem;

use super::trouble::Doing;
use super::{Store, rows};

/// How many batches are read at a time.
const STRIDE: usize = 32;

/// Batches from the newest to the oldest.
pub struct Heads<'a> {
    store: &'a Store,
    /// Read but not yet returned, newest last.
    ready: Vec<(u64, BatchHead)>,
    /// Everything from here onwards has been read.
    below: (u64, Option<Id>),
    problem: Option<Problem>,
}

impl Store {
    /// The headers of all batches, newest first. Ends early on a problem, which [`Heads::problem`] then returns.
    pub fn heads_newest_first(&self) -> Heads<'_> {
        let newest = u64::try_from(i64::MAX).unwrap_or(u64::MAX);
        Heads { store: self, ready: Vec::new(), below: (newest, None), problem: None }
    }
}

impl Heads<'_> {
    /// The problem that ended it early, if any.
    pub fn problem(&self) -> Option<&Problem> {
        self.problem.as_ref()
    }

    fn load(&mut self) -> Result<()> {
        let sql = "SELECT c.lamport, b.id, b.author, b.at, b.meeting, b.cause
                   FROM change c JOIN batch b ON b.id = c.batch
                   WHERE (c.lamport, c.origin, c.seq) < (?1, ?2, ?3) AND c.batch = c.origin || '.' || c.seq
                   ORDER BY c.lamport DESC, c.origin DESC, c.seq DESC LIMIT ?4";
        let (lamport, id) = self.below;
        let origin = id.map_or_else(|| "~".into(), |id| id.origin.to_string());
        let seq = id.map_or(0, |id| id.seq);
        let mut statement = self.store.db.prepare_cached(sql)?;
        let params = (rows::sql(lamport)?, origin, rows::sql(seq)?, rows::sql(STRIDE as u64)?);
        let heads = statement.query_map(params, |row| {
            let batch = rows::batch(rows::header(row, 1)?)?;
            Ok((rows::number(row, 0)?, BatchHead { id: batch.id, author: batch.author, cause: batch.cause }))
        })?;
        self.ready = heads.collect::<Result<_>>()?;
        self.ready.reverse();
        Ok(())
    }
}

impl Iterator for Heads<'_> {
    type Item = BatchHead;

    fn next(&mut self) -> Option<BatchHead> {
        if self.ready.is_empty()
            && self.problem.is_none()
            && let Err(error) = self.load()
        {
            self.problem = Some(Doing::Reading.failed(error));
        }
        let (lamport, head) = self.ready.pop()?;
        self.below = (lamport, Some(head.id));
        Some(head)
    }
}
