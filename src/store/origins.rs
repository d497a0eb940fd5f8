//! The copies that have written to the register: each with the public half of its key, and what it knew when it began.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset};
use rusqlite::{Connection, OptionalExtension, Result, Row};
use sha2::{Digest, Sha256};

use crate::domain::id::{Id, Origin};

use super::chain::{self, Hash, Tip};
use super::key::Public;
use super::{absent, rows, tips};

/// A copy's row. Its chain begins with the hash over it, so none of it can be altered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Began {
    pub origin: Origin,
    pub key: Public,
    /// What the computer is called.
    pub computer: String,
    /// As the log writes a time.
    pub at: String,
    /// The ends of all chains that the copy knew, one per line: its first signature also vouches for them.
    pub known: String,
    /// The party whose agency copy it is.
    pub party: Option<Id>,
}

impl Began {
    /// Where the copy's chain begins.
    pub fn tip(&self) -> Tip {
        Tip { seq: 0, hash: self.hash() }
    }

    fn hash(&self) -> Hash {
        let mut sha = Sha256::new();
        sha.update(self.origin.0.to_be_bytes());
        sha.update(self.key);
        for text in [&self.computer, &self.at, &self.known] {
            chain::update(&mut sha, Some(text));
        }
        if let Some(party) = self.party {
            chain::update(&mut sha, Some(&party.to_string()));
        }
        sha.finalize().into()
    }

    pub fn knew(&self) -> Option<BTreeMap<Origin, Tip>> {
        tips::parse(&self.known)
    }
}

/// Where the chain of a copy that writes for the first time begins; adds its row.
pub fn begin(
    db: &Connection,
    origin: Origin,
    key: Public,
    at: &DateTime<FixedOffset>,
) -> Result<Tip, super::trouble::Fault> {
    if let Some(began) = one(db, origin)? {
        return Ok(began.tip());
    }
    let known = tips::print(&tips::tips(db)?);
    let party = absent::agency_copy(db)?.map(|copy| copy.party);
    let began = Began { origin, key, computer: crate::files::computer_name(), at: rows::time(at), known, party };
    insert(db, &began)?;
    Ok(began.tip())
}

pub fn insert(db: &Connection, began: &Began) -> Result<()> {
    let sql = "INSERT INTO origin (id, key, computer, at, known, party) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    let Began { origin, key, computer, at, known, party } = began;
    db.execute(sql, (origin.to_string(), key, computer, at, known, party.map(|party| party.to_string()))).map(|_| ())
}

pub fn one(db: &Connection, origin: Origin) -> Result<Option<Began>> {
    let sql = "SELECT id, key, computer, at, known, party FROM origin WHERE id = ?1";
    db.prepare_cached(sql)?.query_row([origin.to_string()], read).optional()
}

/// All of them. Those that wrote before format 1.0 have no row.
pub fn all(db: &Connection) -> Result<BTreeMap<Origin, Began>> {
    let mut statement = db.prepare("SELECT id, key, computer, at, known, party FROM origin ORDER BY id")?;
    let found = statement.query_map([], read)?;
    found.map(|began| began.map(|began| (began.origin, began))).collect()
}

fn read(row: &Row<'_>) -> Result<Began> {
    let party: Option<String> = row.get(5)?;
    Ok(Began {
        origin: rows::origin(row, 0)?,
        key: row.get(1)?,
        computer: row.get(2)?,
        at: row.get(3)?,
        known: row.get(4)?,
        party: party.map(|id| id.parse().map_err(|_| rows::unreadable(5))).transpose()?,
    })
}
