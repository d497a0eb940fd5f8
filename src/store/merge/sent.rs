//! The log's rows as one copy sends them to another: as they are stored, with their proof.

use std::collections::BTreeMap;

use rusqlite::{Connection, Result, Row};

use super::super::chain::{Hash, Header, Tip};
use super::super::origins::{self, Began};
use super::super::trouble::Fault;
use super::super::{absent, rows, tips};
use crate::domain::agency_copy::{AgencyCopy, Concern};
use crate::domain::change::Change;
use crate::domain::id::{Id, Origin};
use crate::wire::line;

/// Rows of one register.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sent {
    pub uuid: String,
    /// Where the chains are before these rows.
    pub before: BTreeMap<Origin, Tip>,
    pub origins: Vec<Began>,
    /// By origin, in the order of their changes.
    pub batches: Vec<SentBatch>,
    /// Where they come from, if that is an agency copy, or they are to be one.
    pub copy: Option<Copied>,
}

/// For whom an agency copy is, and the ends of all chains when it was last given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copied {
    pub of: AgencyCopy,
    pub given: BTreeMap<Origin, Tip>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentBatch {
    pub header: Header,
    pub salt: Option<Vec<u8>>,
    pub digest: Hash,
    pub signature: Option<Vec<u8>>,
    pub changes: Vec<SentChange>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentChange {
    pub id: Id,
    pub lamport: u64,
    /// None where they are erased or withheld.
    pub words: Option<Words>,
    /// What an agency copy may know of them, where they are withheld.
    pub excerpt: Option<String>,
    pub digest: Hash,
    pub hash: Hash,
}

/// A body with its salt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    pub body: String,
    pub salt: Vec<u8>,
}

impl Sent {
    /// What a register holds beyond the ends that another copy has.
    pub fn beyond(db: &Connection, uuid: String, has: &BTreeMap<Origin, Tip>) -> Result<Sent, Fault> {
        let copy = absent::agency_copy(db)?.zip(absent::given_at(db)?).map(|(of, given)| Copied { of, given });
        let mut sent = Sent { uuid, copy, ..Sent::default() };
        let began = origins::all(db)?;
        for (origin, end) in tips::tips(db)? {
            let known = has.get(&origin).copied().unwrap_or(Tip::START);
            let from = known.seq.min(end.seq);
            if let Some(hash) = tips::at(db, origin, from)? {
                sent.before.insert(origin, Tip { seq: from, hash });
            }
            sent.origins.extend(began.get(&origin).cloned());
            sent.batches.extend(batches(db, origin, from)?);
        }
        let excerpts = absent::excerpts(db)?;
        for change in sent.batches.iter_mut().flat_map(|batch| &mut batch.changes) {
            change.excerpt = excerpts.get(&change.id).cloned();
        }
        Ok(sent)
    }

    /// What a register of the board with the ends `tips` holds beyond the ends `has`: only rows.
    pub fn between(db: &Connection, has: &BTreeMap<Origin, Tip>, tips: &BTreeMap<Origin, Tip>) -> Result<Sent, Fault> {
        let mut sent = Sent::default();
        for (origin, end) in tips {
            let known = has.get(origin).map_or(0, |tip| tip.seq);
            if known == 0 {
                sent.origins.extend(origins::one(db, *origin)?);
            }
            if known < end.seq {
                sent.batches.extend(batches(db, *origin, known)?);
            }
        }
        Ok(sent)
    }

    /// How many changes have words, all or in part.
    pub fn given(&self) -> u64 {
        let all = self.batches.iter().flat_map(|batch| &batch.changes);
        all.filter(|change| change.words.is_some() || change.excerpt.is_some()).count() as u64
    }

    /// The same rows as one party may have them.
    pub fn withhold(&mut self, concern: &Concern<'_>) -> Result<(), Fault> {
        self.batches.iter_mut().try_for_each(|batch| batch.withhold(concern))
    }

    /// How many changes there are.
    pub fn count(&self) -> u64 {
        self.batches.iter().map(|batch| batch.changes.len() as u64).sum()
    }

    /// Adds the rows to a log that they continue.
    pub fn insert(&self, db: &Connection) -> Result<(), Fault> {
        for began in &self.origins {
            if origins::one(db, began.origin)?.is_none() {
                origins::insert(db, began)?;
            }
        }
        self.batches.iter().try_for_each(|batch| batch.insert(db))
    }
}

impl SentBatch {
    pub fn end(&self) -> Option<&SentChange> {
        self.changes.last()
    }

    /// Whatever the party may not know goes, with the salt: without it, its digest says nothing of the words.
    fn withhold(&mut self, concern: &Concern<'_>) -> Result<(), Fault> {
        let mut any = false;
        for change in &mut self.changes {
            let Some(words) = change.words.take() else { continue };
            let op = line::parse(&words.body);
            let given = concern.excerpt(&Change { id: change.id, lamport: change.lamport, op: op.clone() });
            any |= given.is_some();
            match given {
                Some(given) if given == op => change.words = Some(words),
                Some(given) => change.excerpt = Some(line::print(&given).map_err(std::io::Error::other)?),
                None => {}
            }
        }
        if !any {
            self.header.words = None;
            self.salt = None;
        }
        Ok(())
    }

    fn insert(&self, db: &Connection) -> Result<(), Fault> {
        let words = self.header.words.as_ref();
        let row = (
            &self.header.id,
            words.map(|words| &words.author),
            words.map(|words| &words.at),
            words.and_then(|words| words.meeting.as_ref()),
            words.map(|words| &words.cause),
            &self.salt,
            self.digest,
            &self.signature,
        );
        let sql = "INSERT INTO batch (id, author, at, meeting, cause, salt, digest, signature)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
        db.prepare_cached(sql)?.execute(row)?;
        let mut insert = db.prepare_cached(
            "INSERT INTO change (lamport, origin, seq, batch, body, salt, digest, hash)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?;
        for change in &self.changes {
            let (body, salt) = change.words.as_ref().map(|words| (&words.body, &words.salt)).unzip();
            let place = (rows::sql(change.lamport)?, change.id.origin.to_string(), rows::sql(change.id.seq)?);
            insert.execute((place.0, place.1, place.2, &self.header.id, body, salt, change.digest, change.hash))?;
        }
        Ok(())
    }

    /// Keeps what an agency copy may know of these changes, which are here already.
    /// Returns of how many it is new.
    pub fn keep_excerpts(&self, db: &Connection) -> Result<u64, Fault> {
        let mut kept = 0;
        for change in &self.changes {
            if let Some(body) = &change.excerpt {
                kept += absent::keep_excerpt(db, change.id, body)?;
            }
        }
        Ok(kept)
    }

    /// Gives changes that are here already the words that were withheld until now. Returns how many changes had none.
    pub fn fill(&self, db: &Connection) -> Result<u64, Fault> {
        let mut filled = 0;
        if let Some(words) = &self.header.words {
            let sql = "UPDATE batch SET author = ?1, at = ?2, meeting = ?3, cause = ?4, salt = ?5
                       WHERE id = ?6 AND digest = ?7 AND author IS NULL";
            let row =
                (&words.author, &words.at, &words.meeting, &words.cause, &self.salt, &self.header.id, self.digest);
            db.prepare_cached(sql)?.execute(row)?;
        }
        for change in &self.changes {
            if let Some(words) = &change.words {
                let sql = "UPDATE change SET body = ?1, salt = ?2
                           WHERE origin = ?3 AND seq = ?4 AND digest = ?5 AND body IS NULL
                             AND NOT EXISTS (SELECT 1 FROM erased WHERE id = ?6)";
                let (origin, seq) = (change.id.origin.to_string(), rows::sql(change.id.seq)?);
                let row = (&words.body, &words.salt, origin, seq, change.digest, change.id.to_string());
                if db.prepare_cached(sql)?.execute(row)? > 0 {
                    db.prepare_cached("DELETE FROM excerpt WHERE id = ?1")?.execute([change.id.to_string()])?;
                    filled += 1;
                }
            }
        }
        Ok(filled)
    }
}

/// The batches of one origin after its first `from` changes.
fn batches(db: &Connection, origin: Origin, from: u64) -> Result<Vec<SentBatch>, Fault> {
    let sql = format!(
        "SELECT {}, {}, c.salt, c.digest, c.hash, b.salt, b.digest, b.signature
         FROM change c JOIN batch b ON b.id = c.batch WHERE c.origin = ?1 AND c.seq > ?2 ORDER BY c.seq",
        rows::CHANGE,
        rows::BATCH
    );
    let mut statement = db.prepare_cached(&sql)?;
    let mut found = statement.query((origin.to_string(), rows::sql(from)?))?;
    let mut batches: Vec<SentBatch> = Vec::new();
    while let Some(row) = found.next()? {
        let change = change(row)?;
        let id: String = row.get(3)?;
        match batches.last_mut() {
            Some(batch) if batch.header.id == id => batch.changes.push(change),
            Some(_) | None => batches.push(SentBatch {
                header: rows::header(row, 5)?,
                salt: row.get(13)?,
                digest: row.get(14)?,
                signature: row.get(15)?,
                changes: vec![change],
            }),
        }
    }
    Ok(batches)
}

fn change(row: &Row<'_>) -> Result<SentChange> {
    let body: Option<String> = row.get(4)?;
    let salt: Option<Vec<u8>> = row.get(10)?;
    Ok(SentChange {
        id: Id { origin: rows::origin(row, 1)?, seq: rows::number(row, 2)? },
        lamport: rows::number(row, 0)?,
        words: body.zip(salt).map(|(body, salt)| Words { body, salt }),
        excerpt: None,
        digest: row.get(11)?,
        hash: row.get(12)?,
    })
}
