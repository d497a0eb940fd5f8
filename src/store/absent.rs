//! Which changes may lack their words: erased ones, and in an agency copy those that are withheld.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rusqlite::{Connection, OptionalExtension, Result, Row};

use crate::domain::agency_copy::AgencyCopy;
use crate::domain::id::{Id, Origin};
use crate::problem::Problem;

use super::chain::Tip;
use super::trouble::{Doing, Fault};
use super::{Store, erasures, origins, rows, tips};

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
    Ok(Absences { erased, is_agency_copy: agency_copy(db)?.is_some() })
}

/// For whom this agency copy was made; none in a full register.
pub fn agency_copy(db: &Connection) -> Result<Option<AgencyCopy>> {
    let read = |row: &Row<'_>| {
        let party = row.get_ref(0)?.as_str()?.parse().map_err(|_| rows::unreadable(0))?;
        Ok(AgencyCopy { party, name: row.get(1)?, actions: rows::number(row, 2)? })
    };
    db.prepare_cached("SELECT party, name, actions FROM copy")?.query_row([], read).optional()
}

/// The ends of all chains when it was made.
pub fn given_at(db: &Connection) -> Result<Option<BTreeMap<Origin, Tip>>> {
    let ends: Option<String> = db.query_row("SELECT tips FROM copy", [], |row| row.get(0)).optional()?;
    Ok(ends.and_then(|ends| tips::parse(&ends)))
}

/// Makes this the agency copy for a party, or says what it was last given.
pub fn note(db: &Connection, copy: &AgencyCopy, ends: &BTreeMap<Origin, Tip>) -> Result<()> {
    let known = given_at(db)?.map_or(0, |ends| tips::count(&ends));
    if known > tips::count(ends) {
        return Ok(());
    }
    let sql = "INSERT INTO copy (one, party, name, actions, tips) VALUES (1, ?1, ?2, ?3, ?4)
               ON CONFLICT (one) DO UPDATE SET name = ?2, actions = ?3, tips = ?4";
    let row = (copy.party.to_string(), &copy.name, rows::sql(copy.actions)?, tips::print(ends));
    db.execute(sql, row).map(|_| ())
}

/// What this copy may know of each change that is withheld in part.
pub fn excerpts(db: &Connection) -> Result<HashMap<Id, String>> {
    let mut statement = db.prepare_cached("SELECT id, body FROM excerpt")?;
    let read = |row: &Row<'_>| {
        let id = row.get_ref(0)?.as_str()?.parse().map_err(|_| rows::unreadable(0))?;
        Ok((id, row.get(1)?))
    };
    statement.query_map([], read)?.collect()
}

/// Keeps an excerpt of a change, unless all its words are here. Returns how many were not here: one or none.
pub fn keep_excerpt(db: &Connection, id: Id, body: &str) -> Result<u64> {
    let sql = "INSERT INTO excerpt (id, body)
               SELECT ?1, ?2 FROM change WHERE origin = ?3 AND seq = ?4 AND body IS NULL
               ON CONFLICT (id) DO UPDATE SET body = excluded.body WHERE body <> excluded.body";
    let row = (id.to_string(), body, id.origin.to_string(), rows::sql(id.seq)?);
    Ok(db.prepare_cached(sql)?.execute(row)? as u64)
}

impl Store {
    /// For whom this agency copy was made; none in a full register.
    pub fn agency_copy(&self) -> Result<Option<AgencyCopy>, Problem> {
        agency_copy(&self.db).map_err(|error| Doing::Reading.failed(error))
    }

    /// How many changes are withheld from this copy, all of their words or some.
    pub fn withheld(&self) -> Result<u64, Problem> {
        let sql = "SELECT count(*) FROM change c
                   WHERE c.body IS NULL AND NOT EXISTS (SELECT 1 FROM erased e WHERE e.id = c.origin || '.' || c.seq)";
        self.db.query_row(sql, [], |row| rows::number(row, 0)).map_err(|error| Doing::Reading.failed(error))
    }

    /// The parties in whose agency copies each origin wrote.
    pub fn agencies(&self) -> Result<BTreeMap<Origin, Id>, Problem> {
        let all = origins::all(&self.db).map_err(|error| Doing::Reading.failed(error))?;
        Ok(all.into_iter().filter_map(|(origin, began)| Some((origin, began.party?))).collect())
    }
}
