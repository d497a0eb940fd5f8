//! Follows every origin's chain from first change to last, and names the first change that breaks it.

use std::collections::BTreeMap;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row};

use crate::domain::describe;
use crate::domain::id::{Id, Origin};
use crate::domain::register::Register;

use super::absent::{self, Absences};
use super::chain::{self, Hash, Header, Tip};
use super::signed::{self, Signed};
use super::trouble::Fault;
use super::verify::broken;
use super::{log, origins, rows, tips};

/// Which signatures are verified. The last of each copy covers everything that it wrote; every one is for a thorough check,
/// and for naming the first that does not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signatures {
    Last,
    Every,
}

/// Verifies the chains. Returns their ends and the number of batches.
pub fn history(db: &Connection, signatures: Signatures) -> Result<(BTreeMap<Origin, Tip>, u64), Fault> {
    let mut statement = db.prepare(&format!(
        "SELECT {}, {}, c.salt, c.digest, c.hash, b.salt, b.digest, b.signature
         FROM change c INDEXED BY change_by_origin JOIN batch b ON b.id = c.batch ORDER BY c.origin, c.seq",
        rows::CHANGE,
        rows::BATCH
    ))?;
    let mut rows = statement.query([])?;
    let mut walk =
        Walk { signed: Signed::new(origins::all(db)?, signatures), absent: absent::known(db)?, ..Walk::default() };
    while let Some(row) = rows.next()? {
        if let Some(why) = walk.step(row)? {
            let id = Id { origin: rows::origin(row, 1)?, seq: rows::number(row, 2)? };
            return Err(name(db, id, &rows::header(row, 5)?, why));
        }
    }
    walk.signed.end()?;
    tips::check_reachable(db, &walk.tips)?;
    let counted = |table: &str| {
        db.query_row(&format!("SELECT count(*) FROM {table} NOT INDEXED"), [], |row| rows::number(row, 0))
    };
    let batches = counted("batch")?;
    if batches != walk.batches {
        return Err(broken("a batch has lost its changes"));
    }
    if counted("change")? != tips::count(&walk.tips) {
        return Err(broken("the log contains changes that are missing from its index"));
    }
    signed::knew(db)?;
    Ok((walk.tips, batches))
}

/// The position in the walk along the chains.
#[derive(Default)]
struct Walk {
    tips: BTreeMap<Origin, Tip>,
    lamport: u64,
    batch: String,
    header: Hash,
    batches: u64,
    signed: Signed,
    absent: Absences,
}

impl Walk {
    /// Checks the next change. Returns what is wrong with it, if anything.
    fn step(&mut self, row: &Row<'_>) -> Result<Option<&'static str>, Fault> {
        let id = Id { origin: rows::origin(row, 1)?, seq: rows::number(row, 2)? };
        let lamport = rows::number(row, 0)?;
        let before = self.tips.get(&id.origin).copied().unwrap_or_else(|| self.signed.start(id.origin));
        if let Some(why) = self.enter(row, id.origin)? {
            return Ok(Some(why));
        }
        let digest: Hash = row.get(11)?;
        let hash: Hash = row.get(12)?;
        let late = before.seq == 0 || lamport > self.lamport;
        self.lamport = lamport;
        self.tips.insert(id.origin, Tip { seq: id.seq, hash });
        self.signed.reach(hash);
        Ok(if id.seq != before.seq + 1 {
            Some("the change before it is missing")
        } else if !late {
            Some("its position was altered")
        } else if let Some(why) = self.content(row, id, &digest)? {
            Some(why)
        } else if chain::link(&before.hash, lamport, id, &self.header, &digest) != hash {
            Some(ALTERED)
        } else {
            None
        })
    }

    fn content(&self, row: &Row<'_>, id: Id, digest: &Hash) -> Result<Option<&'static str>, Fault> {
        Ok(match row.get_ref(4)? {
            ValueRef::Text(_) if self.absent.is_erased(id) => Some("its words were erased, and are back"),
            ValueRef::Text(body) if chain::digest(&row.get::<_, Vec<u8>>(10)?, body) == *digest => None,
            ValueRef::Text(_) => Some("its content was altered"),
            ValueRef::Null if self.absent.may_lack(id) => None,
            ValueRef::Null => Some("its words are missing"),
            _ => Some("it is larger than any change that arising writes"),
        })
    }

    /// Keeps the digest of the row's batch, which all its changes share, and checks it against the batch's words.
    fn enter(&mut self, row: &Row<'_>, origin: Origin) -> Result<Option<&'static str>, Fault> {
        let batch = row.get_ref(3)?.as_str().map_err(rusqlite::Error::from)?;
        if batch == self.batch {
            return Ok(None);
        }
        batch.clone_into(&mut self.batch);
        self.batches += 1;
        self.header = row.get(14)?;
        let salt: Option<Vec<u8>> = row.get(13)?;
        self.signed.enter(origin, batch, row.get(15)?)?;
        let fits = match rows::header(row, 5)?.words {
            Some(words) => chain::header_digest(&salt.unwrap_or_default(), batch, &words) == self.header,
            None => self.absent.may_withhold(),
        };
        Ok(if fits { None } else { Some(ALTERED) })
    }
}

const ALTERED: &str = "its author, time, cause or position was altered";

/// The problem with one change, described so that a person can find it.
fn name(db: &Connection, id: Id, header: &Header, why: &str) -> Fault {
    let about = about(db, id).map(|sentence| format!(" ({sentence})")).unwrap_or_default();
    let by = header.words.as_ref().map(|words| format!(" by {} at {}", words.author, words.at)).unwrap_or_default();
    broken(format!("change {id}{about}{by}: {why}"))
}

/// What the change now says, as far as the log can still be read.
fn about(db: &Connection, id: Id) -> Option<String> {
    let mut batches = log::all(db).ok()?;
    let batch = batches.iter().find(|batch| batch.changes.iter().any(|change| change.id == id))?.clone();
    let change = batch.changes.iter().find(|change| change.id == id)?;
    for batch in &mut batches {
        batch.changes.retain(|earlier| (earlier.lamport, earlier.id) < (change.lamport, change.id));
    }
    let line = describe::change(&Register::fold(&batches), &batch, change);
    Some(line.sentence).filter(|text| !text.is_empty())
}
