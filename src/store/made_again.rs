//! Actions made again from the log, one by one, while it is told from its beginning.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::Connection;

use crate::domain::action::Action;
use crate::domain::actions::RunSource;
use crate::domain::alike::Worded;
use crate::domain::change::Batch;
use crate::domain::id::{Id, Origin};
use crate::domain::trail::{Makers, Making, made};

use super::chain::Tip;
use super::trouble::Fault;
use super::{Access, Store, connect, rows, schema, single, tips};

/// How many headers of batches are kept.
const HEADERS: usize = 64;

pub struct MadeAgain {
    file: Mutex<File>,
    making: Mutex<Making>,
    is_lost: AtomicBool,
}

/// The file, through a connection of its own: that of the store may be reading a page.
struct File {
    db: Connection,
    headers: HashMap<String, Batch>,
}

impl Store {
    /// What makes the actions of this file's log again. None for a register in memory or of an earlier format, and where the file
    /// is no longer the one that was opened.
    pub fn makers(&self) -> Option<Arc<MadeAgain>> {
        let db = connect::file(&self.place.as_ref()?.path, Access::ReadOnly).ok()?;
        let is_same = |(origin, tip): (&Origin, &Tip)| tips::holds(&db, *origin, *tip).is_ok_and(|holds| holds);
        if schema::examine(&db).ok()? != schema::CURRENT || !self.tips.iter().all(is_same) {
            return None;
        }
        // Each change is looked up once or twice, so keeping pages of it is of little use.
        db.execute_batch("PRAGMA cache_size = -256").ok()?;
        let file = Mutex::new(File { db, headers: HashMap::new() });
        Some(Arc::new(MadeAgain { file, making: Mutex::default(), is_lost: AtomicBool::new(false) }))
    }
}

impl File {
    fn made(&mut self, ordinal: u32, ids: &[Id]) -> Result<Option<Action>, Fault> {
        let mut changes = Vec::new();
        for id in ids {
            let (of, change) = single::change(&self.db, *id)?.ok_or_else(|| rows::unreadable(3))?;
            changes.push((self.header(of)?, change));
        }
        Ok(made(ordinal, &changes))
    }

    fn header(&mut self, id: String) -> Result<Batch, Fault> {
        if let Some(known) = self.headers.get(&id) {
            return Ok(known.clone());
        }
        let batch = single::header(&self.db, &id)?.ok_or_else(|| rows::unreadable(3))?;
        if self.headers.len() >= HEADERS {
            self.headers.clear();
        }
        self.headers.insert(id, batch.clone());
        Ok(batch)
    }
}

impl Makers for MadeAgain {
    fn note(&self, at: usize, ordinal: u32, change: Id) {
        self.making.lock().unwrap_or_else(PoisonError::into_inner).note(at, ordinal, change);
    }

    fn source(self: Arc<Self>) -> Arc<dyn RunSource> {
        self
    }
}

impl RunSource for MadeAgain {
    fn run(&self, at: usize) -> Option<Vec<Action>> {
        let made_of = self.making.lock().unwrap_or_else(PoisonError::into_inner).of(at);
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        let again = made_of.and_then(|(ordinal, ids)| file.made(ordinal, &ids).ok().flatten());
        self.is_lost.fetch_or(again.is_none(), Ordering::Relaxed);
        again.map(|action| vec![action])
    }

    fn words(&self, _: usize) -> Option<Worded> {
        None
    }

    fn is_lost(&self) -> bool {
        self.is_lost.load(Ordering::Relaxed)
    }
}
