//! Follows every origin's chain from first change to last, and names the first change that breaks it.

use std::collections::BTreeMap;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row};

use crate::domain::describe;
use crate::domain::id::{Id, Origin};
use crate::domain::register::Register;

use super::chain::{self, Hash, Header, Tip};
use super::trouble::Fault;
use super::verify::broken;
use super::{log, rows, tips};

/// Verifies the chains. Returns their ends and the number of batches.
pub fn history(db: &Connection) -> Result<(BTreeMap<Origin, Tip>, u64), Fault> {
    let mut statement = db.prepare(&format!(
        "SELECT {}, {}, c.salt, c.digest, c.hash
         FROM change c INDEXED BY change_by_origin JOIN batch b ON b.id = c.batch ORDER BY c.origin, c.seq",
        rows::CHANGE,
        rows::BATCH
    ))?;
    let mut rows = statement.query([])?;
    let mut walk = Walk::default();
    while let Some(row) = rows.next()? {
        if let Some(why) = walk.step(row)? {
            let id = Id { origin: rows::origin(row, 1)?, seq: rows::number(row, 2)? };
            return Err(name(db, id, &rows::header(row, 5)?, why));
        }
    }
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
}

impl Walk {
    /// Checks the next change. Returns what is wrong with it, if anything.
    fn step(&mut self, row: &Row<'_>) -> rusqlite::Result<Option<&'static str>> {
        let id = Id { origin: rows::origin(row, 1)?, seq: rows::number(row, 2)? };
        let lamport = rows::number(row, 0)?;
        let before = self.tips.get(&id.origin).copied().unwrap_or(Tip::START);
        self.enter(row)?;
        let ValueRef::Text(body) = row.get_ref(4)? else {
            return Ok(Some("it is larger than any change that arising writes"));
        };
        let digest: Hash = row.get(11)?;
        let hash: Hash = row.get(12)?;
        let late = before == Tip::START || lamport > self.lamport;
        self.lamport = lamport;
        self.tips.insert(id.origin, Tip { seq: id.seq, hash });
        Ok(if id.seq != before.seq + 1 {
            Some("the change before it is missing")
        } else if !late {
            Some("its position was altered")
        } else if chain::digest(row.get_ref(10)?.as_blob()?, body) != digest {
            Some("its content was altered")
        } else if chain::link(&before.hash, lamport, id, &self.header, &digest) != hash {
            Some("its author, time, cause or position was altered")
        } else {
            None
        })
    }

    /// Keeps the digest of the row's batch, which all its changes share.
    fn enter(&mut self, row: &Row<'_>) -> rusqlite::Result<()> {
        let batch = row.get_ref(3)?.as_str()?;
        if batch != self.batch {
            batch.clone_into(&mut self.batch);
            self.header = chain::header_digest(&rows::header(row, 5)?);
            self.batches += 1;
        }
        Ok(())
    }
}

/// The problem with one change, described so that a person can find it.
fn name(db: &Connection, id: Id, header: &Header, why: &str) -> Fault {
    let about = about(db, id).map(|sentence| format!(" ({sentence})")).unwrap_or_default();
    broken(format!("change {id}{about} by {} at {}: {why}", header.author, header.at))
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
