//! Who has written to the register: each copy with its computer, its key, its authors and when this computer first met it.

use std::collections::BTreeMap;

use crate::domain::id::Origin;
use crate::problem::Problem;

use super::trouble::{Doing, Fault};
use super::{Store, met, origins, rows};

/// A copy that has written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Writer {
    pub origin: Origin,
    /// None for one that wrote before format 1.0, without a key.
    pub signed: Option<Signatory>,
    /// Those who wrote most come first.
    pub authors: Vec<String>,
    pub changes: u64,
}

/// What a copy with a key said about itself when it began.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signatory {
    pub computer: String,
    /// As the log writes a time.
    pub began: String,
    /// The short form of its key.
    pub key: String,
    /// When this computer first met it; none where it cannot remember.
    pub met: Option<String>,
}

impl Store {
    /// Every copy that has written; those without a key first, then as they began.
    pub fn writers(&self) -> Result<Vec<Writer>, Problem> {
        self.read_writers().map_err(|fault| Doing::Reading.failed(fault))
    }

    fn read_writers(&self) -> Result<Vec<Writer>, Fault> {
        let mut all: BTreeMap<Origin, Writer> = BTreeMap::new();
        let mut statement = self.db.prepare(
            "SELECT c.origin, b.author, count(*) FROM change c JOIN batch b ON b.id = c.batch
             GROUP BY c.origin, b.author ORDER BY count(*) DESC, b.author",
        )?;
        let mut found = statement.query([])?;
        while let Some(row) = found.next()? {
            let origin = rows::origin(row, 0)?;
            let new = || Writer { origin, signed: None, authors: Vec::new(), changes: 0 };
            let writer = all.entry(origin).or_insert_with(new);
            writer.authors.extend(row.get::<_, Option<String>>(1)?);
            writer.changes += rows::number(row, 2)?;
        }
        let (began, met) = (origins::all(&self.db)?, self.met().all());
        for (origin, writer) in &mut all {
            writer.signed = began.get(origin).map(|began| Signatory {
                computer: began.computer.clone(),
                began: began.at.clone(),
                key: met::code(&began.key),
                met: met.get(origin).map(|first| first.at.clone()),
            });
        }
        let mut all: Vec<Writer> = all.into_values().collect();
        all.sort_by_key(|writer| writer.signed.as_ref().map(|signed| signed.began.clone()));
        Ok(all)
    }
}
