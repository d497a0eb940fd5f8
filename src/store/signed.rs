//! Follows the signatures along the chains: each batch of a copy that has a key ends with one.

use std::collections::BTreeMap;

use rusqlite::Connection;

use crate::domain::id::Origin;

use super::chain::{Hash, Tip};
use super::key;
use super::origins::{self, Began};
use super::tips;
use super::trouble::Fault;
use super::verify::broken;
use super::walk::Signatures;

/// The place in the walk, and the batch that is not yet complete.
#[derive(Debug)]
pub struct Signed {
    began: BTreeMap<Origin, Began>,
    which: Signatures,
    open: Option<Open>,
}

#[derive(Debug)]
struct Open {
    origin: Origin,
    batch: String,
    signature: Option<Vec<u8>>,
    end: Hash,
}

impl Signed {
    pub fn new(began: BTreeMap<Origin, Began>, which: Signatures) -> Signed {
        Signed { began, which, open: None }
    }

    /// Where the chain of a copy begins.
    pub fn start(&self, origin: Origin) -> Tip {
        self.began.get(&origin).map_or(Tip::START, Began::tip)
    }

    /// Begins a batch; the one before it is complete.
    pub fn enter(&mut self, origin: Origin, batch: &str, signature: Option<Vec<u8>>) -> Result<(), Fault> {
        let is_last = self.open.as_ref().is_some_and(|open| open.origin != origin);
        self.close(is_last)?;
        self.open = Some(Open { origin, batch: batch.to_owned(), signature, end: Hash::default() });
        Ok(())
    }

    /// The chain has come this far.
    pub fn reach(&mut self, hash: Hash) {
        if let Some(open) = &mut self.open {
            open.end = hash;
        }
    }

    pub fn end(&mut self) -> Result<(), Fault> {
        self.close(true)
    }

    fn close(&mut self, is_last: bool) -> Result<(), Fault> {
        let Some(Open { origin, batch, signature, end }) = self.open.take() else { return Ok(()) };
        let began = self.began.get(&origin);
        let is_due = is_last || self.which == Signatures::Every;
        let fits = match (began, &signature) {
            (Some(began), Some(signature)) => !is_due || key::has_signed(&began.key, &end, signature),
            (None, None) => true,
            (Some(_), None) | (None, Some(_)) => false,
        };
        let by = began.map(|began| format!(" on {}", began.computer)).unwrap_or_default();
        let what = if is_last { "the last changes written" } else { "the changes written" };
        let why = format!(
            "{what}{by} (batch {batch}) do not bear the signature of the copy that is said to have written them"
        );
        if fits { Ok(()) } else { Err(broken(why)) }
    }
}

/// Whether the file still has everything that each copy knew when it began: its signatures vouch for that, too.
pub fn knew(db: &Connection) -> Result<(), Fault> {
    match lacks(db)?.first() {
        None => Ok(()),
        Some(on) => Err(broken(format!("changes that the copy on {on} had when it began are not in it"))),
    }
}

/// The computers of the copies that knew changes, when they began, which are not in the file.
pub fn lacks(db: &Connection) -> Result<Vec<String>, Fault> {
    let mut lacks = Vec::new();
    for began in origins::all(db)?.into_values() {
        let known = began.knew().unwrap_or_default();
        let mut is_whole = !known.is_empty() || began.known.is_empty();
        for (origin, tip) in known {
            is_whole &= tips::holds(db, origin, tip)?;
        }
        if !is_whole {
            lacks.push(began.computer);
        }
    }
    Ok(lacks)
}

impl Default for Signed {
    fn default() -> Self {
        Signed::new(BTreeMap::new(), Signatures::Every)
    }
}
