//! Which changes may lack their words: erased ones, and in an agency copy those that are withheld.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension, Result};

use crate::domain::id::Id;

use super::erasures;
use super::trouble::Fault;

/// What may be absent from a file.
#[derive(Clone, Debug, Default)]
pub struct Absences {
    erased: BTreeSet<Id>,
    is_agency_copy: bool,
}

impl Absences {
    pub fn may_lack(&self, id: Id) -> bool {
        self.is_agency_copy || self.erased.contains(&id)
    }

    /// Whether an erasure says that its words are gone.
    pub fn is_erased(&self, id: Id) -> bool {
        self.erased.contains(&id)
    }

    pub fn may_withhold(&self) -> bool {
        self.is_agency_copy
    }
}

/// What may be absent from this file.
pub fn known(db: &Connection) -> Result<Absences, Fault> {
    let erased = erasures::known(db)?;
    Ok(Absences { erased, is_agency_copy: copy_for(db)?.is_some() })
}

/// The party for whom this agency copy was made; none in a full register.
pub fn copy_for(db: &Connection) -> Result<Option<String>> {
    db.query_row("SELECT value FROM about WHERE name = 'copy_for'", [], |row| row.get(0)).optional()
}
