//! Forks: finds where two histories of one copy part, and restates what a file has beyond that as the changes of a new copy.
//!
//! Name and key of the new copy follow from the fork, and each restated change from the one that it restates. So whoever resolves
//! the same fork, and however often, writes the same rows.

use std::collections::BTreeMap;

use chrono::DateTime;
use rusqlite::Connection;
use sha2::{Digest, Sha256};

use crate::domain::fork::{Fork, ForkSide};
use crate::domain::id::{Id, Origin};

use super::super::chain::{Hash, Tip};
use super::super::trouble::Fault;
use super::super::{origins, rows, schema, tips};
use super::proof::proved_beyond;
use super::refused;
use super::restated::Restating;
use super::sent::{Sent, SentBatch};

const PART: &str = "Ask for all of it: arising share without --to.";

/// A fork, and where it is.
pub struct Found {
    pub fork: Fork,
    /// The last change that both have.
    pub common: Tip,
    pub here: Branch,
    pub there: Branch,
}

/// The first change of one side.
pub struct Branch {
    pub hash: Hash,
    /// The salt of its batch: only who has the words of the record knows it.
    pub salt: Vec<u8>,
    pub author: String,
    pub at: String,
}

/// Whether what was sent parts from the chains that are here.
pub fn is_in(db: &Connection, sent: &Sent) -> Result<bool, Fault> {
    let here = tips::tips(db)?;
    let ends = sent.batches.iter().filter_map(SentBatch::end);
    let ends = ends.map(|end| (end.id.origin, Tip { seq: end.id.seq, hash: end.hash }));
    for (origin, tip) in sent.before.iter().map(|(origin, tip)| (*origin, *tip)).chain(ends) {
        let is_here = here.get(&origin).is_some_and(|end| tip.seq <= end.seq);
        if is_here && !tips::holds(db, origin, tip)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The forks between what was sent, which must begin before them, and what is here.
pub fn found(db: &Connection, sent: &Sent) -> Result<Vec<Found>, Fault> {
    let here = tips::tips(db)?;
    let mut all: Vec<Found> = Vec::new();
    for (origin, end) in here {
        if let Some(tip) = sent.before.get(&origin)
            && tip.seq <= end.seq
            && !tips::holds(db, origin, *tip)?
        {
            return Err(refused("it has only the later part of a history that is another one here", PART));
        }
        all.extend(found_in(db, sent, origin, end)?);
    }
    Ok(all)
}

fn found_in(db: &Connection, sent: &Sent, origin: Origin, end: Tip) -> Result<Option<Found>, Fault> {
    let mut common = sent.before.get(&origin).copied().unwrap_or(Tip::START);
    let own = |batch: &&SentBatch| batch.end().is_some_and(|end| end.id.origin == origin);
    let own: Vec<&SentBatch> = sent.batches.iter().filter(own).collect();
    let last = own.last().and_then(|batch| batch.end()).map_or(0, |end| end.id.seq);
    for batch in own {
        for change in &batch.changes {
            let Some(hash) = tips::at(db, origin, change.id.seq)? else { return Ok(None) };
            if hash == change.hash {
                common = Tip { seq: change.id.seq, hash };
                continue;
            }
            let words = batch.header.words.as_ref();
            let there = Branch {
                hash: change.hash,
                salt: batch.salt.clone().unwrap_or_default(),
                author: words.map(|words| words.author.clone()).unwrap_or_default(),
                at: words.map(|words| words.at.clone()).unwrap_or_default(),
            };
            let here = here(db, change.id)?;
            let fork = Fork {
                origin,
                computer: origins::one(db, origin)?.map(|began| began.computer),
                here: side(&here, end.seq - common.seq),
                there: side(&there, last - common.seq),
            };
            return Ok(Some(Found { fork, common, here, there }));
        }
    }
    Ok(None)
}

fn here(db: &Connection, first: Id) -> Result<Branch, Fault> {
    let sql = "SELECT c.hash, ifnull(b.salt, x''), ifnull(b.author, ''), ifnull(b.at, '')
               FROM change c JOIN batch b ON b.id = c.batch WHERE c.origin = ?1 AND c.seq = ?2";
    let own = (first.origin.to_string(), rows::sql(first.seq)?);
    let read = |row: &rusqlite::Row<'_>| {
        Ok(Branch { hash: row.get(0)?, salt: row.get(1)?, author: row.get(2)?, at: row.get(3)? })
    };
    Ok(db.query_row(sql, own, read)?)
}

fn side(branch: &Branch, changes: u64) -> ForkSide {
    let at = DateTime::parse_from_rfc3339(&branch.at).unwrap_or_default();
    ForkSide { changes, author: branch.author.clone(), since: at.date_naive() }
}

/// How many changes of another register are here, or are there, only as the changes of a new copy.
pub fn restated_in(db: &Connection, there: &Connection) -> Result<u64, Fault> {
    let uuid = schema::uuid(there)?;
    let sent = Sent::beyond(there, uuid.clone(), &BTreeMap::new())?;
    let mut changes = 0;
    for found in found(db, &sent)? {
        let theirs = tips::tip(db, found.name(&uuid, &found.there))?.seq;
        let ours = tips::tip(there, found.name(&uuid, &found.here))?.seq;
        changes += theirs.min(found.fork.there.changes) + ours.min(found.fork.here.changes);
    }
    Ok(changes)
}

/// Nothing is merged, because the user has not said what happens with the forks.
pub fn refusal(forks: &[Found]) -> Fault {
    let why: Vec<String> = forks.iter().map(|found| found.fork.sentence()).collect();
    refused(
        why.join("; "),
        "A backup was restored or a data folder copied, and both continued. To merge what the file adds, as the changes of a new copy: arising merge --as-new-copy.",
    )
}

impl Found {
    /// The name of the copy as which the other side is merged. It sorts beside the one that both write under, on the side on
    /// which the branch is; so wherever the fork is resolved, the order of all changes is the same.
    pub fn name(&self, uuid: &str, branch: &Branch) -> Origin {
        let digest = self.digest(b"arising: the copy of a fork\0", uuid, branch, &[]);
        let step = digest.iter().take(4).fold(0, |number, byte| number << 8 | u64::from(*byte)) + 1;
        let Origin(own) = self.fork.origin;
        let is_later = branch.hash > self.here.hash.min(self.there.hash);
        Origin(if is_later { own.wrapping_add(step) } else { own.wrapping_sub(step) }.max(1))
    }

    /// What its key follows from: known to whoever has the words of that side.
    pub fn secret(&self, uuid: &str, branch: &Branch) -> Hash {
        self.digest(b"arising: the key of a fork\0", uuid, branch, &branch.salt)
    }

    fn digest(&self, purpose: &[u8], uuid: &str, branch: &Branch, salt: &[u8]) -> Hash {
        let sha = Sha256::new().chain_update(purpose).chain_update(uuid);
        let Origin(own) = self.fork.origin;
        sha.chain_update(own.to_be_bytes()).chain_update(branch.hash).chain_update(salt).finalize().into()
    }
}

/// The rows of a file with these forks, restated where they are beyond them. Each is proved first, as what it was.
pub fn resolved(db: &Connection, mut sent: Sent, forks: &[Found], unsigned: super::Unsigned) -> Result<Sent, Fault> {
    let restating = Restating::of(&sent.uuid, forks);
    restating.leave_out(&mut sent);
    let mut here: BTreeMap<Origin, Tip> = tips::tips(db)?;
    here.extend(forks.iter().map(|found| (found.fork.origin, found.common)));
    let proved = proved_beyond(db, &here, sent, unsigned)?;
    restating.restated(proved.news, &origins::all(db)?)
}
