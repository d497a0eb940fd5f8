//! Erased words: what the changes that held them now say, and that the words are gone from the file.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OptionalExtension};

use crate::domain::change::{Change, Op};
use crate::domain::erasing;
use crate::domain::id::Id;
use crate::problem::Problem;
use crate::wire::line;

use super::backup::shelves_of;
use super::given::is_register;
use super::trouble::{Doing, Fault};
use super::verify::broken;
use super::{Access, Store, absent, connect, kept as files, rows};

/// How many other registers are named.
const MOST: usize = 20;

/// What each erased change now says.
pub type Restated = HashMap<Id, Op>;

/// What each change says whose own words are not in this file: what an erasure left of it, or an excerpt.
pub fn restated(db: &Connection) -> rusqlite::Result<Restated> {
    let excerpts = absent::excerpts(db)?.into_iter().map(|(id, body)| (id, line::parse(&body)));
    Ok(excerpts.chain(kept(db)?).collect())
}

/// What one change says whose own words are not in this file.
pub fn restated_as(db: &Connection, id: Id) -> rusqlite::Result<Option<Op>> {
    let sql = "SELECT body FROM erased WHERE id = ?1 UNION ALL SELECT body FROM excerpt WHERE id = ?1";
    let read = |row: &rusqlite::Row<'_>| Ok(line::parse(row.get_ref(0)?.as_str()?));
    db.prepare_cached(sql)?.query_row([id.to_string()], read).optional()
}

/// What is left of each erased change, as the file keeps it.
pub fn kept(db: &Connection) -> rusqlite::Result<Restated> {
    let mut statement = db.prepare_cached("SELECT id, body FROM erased")?;
    let read = |row: &rusqlite::Row<'_>| {
        let id = row.get_ref(0)?.as_str()?.parse().map_err(|_| rows::unreadable(0))?;
        Ok((id, line::parse(row.get_ref(1)?.as_str()?)))
    };
    statement.query_map([], read)?.collect()
}

/// The change as it now reads.
pub fn as_restated(change: Change, restated: &Restated) -> Change {
    match (&change.op, restated.get(&change.id)) {
        (Op::Absent, Some(op)) => Change { op: op.clone(), ..change },
        _ => change,
    }
}

/// Every change that an operation erases, those of erasures that it restates too.
pub fn erased_by(op: &Op) -> Vec<Id> {
    let Op::Erase { restated, .. } = op else { return Vec::new() };
    restated.iter().flat_map(|(id, op)| std::iter::once(*id).chain(erased_by(op))).collect()
}

/// What each change is restated as, with the erasure that says so, the latest first.
type Versions = HashMap<Id, Vec<(Id, Op)>>;

/// As the erasures in the log say it, each with the last of them. Two that did not know of each other both count.
fn said(db: &Connection) -> rusqlite::Result<HashMap<Id, (Id, Op)>> {
    let mut all = Versions::new();
    // As in the index `change_that_erases`, word for word, or all changes would be read.
    let sql = format!("SELECT {} FROM change c WHERE substr(body, 1, 8) = '{{\"erase\"'", rows::CHANGE);
    let mut erasures: Vec<Change> = db.prepare(&sql)?.query_map([], rows::change)?.collect::<rusqlite::Result<_>>()?;
    erasures.extend(excerpts(db)?);
    erasures.sort_by_key(|change| Reverse((change.lamport, change.id)));
    for Change { id, op, .. } in &erasures {
        note(&mut all, *id, op);
    }
    let both = |(id, versions): (Id, Vec<(Id, Op)>)| {
        let by = versions.first()?.0;
        let versions: Vec<Op> = versions.into_iter().map(|(_, op)| op).collect();
        Some((id, (by, erasing::combined(&versions)?)))
    };
    Ok(all.into_iter().filter_map(both).collect())
}

/// The erasures that an agency copy knows in part.
fn excerpts(db: &Connection) -> rusqlite::Result<Vec<Change>> {
    let sql = "SELECT c.lamport, c.origin, c.seq, c.batch, x.body
               FROM excerpt x JOIN change c ON c.origin || '.' || c.seq = x.id
               WHERE x.body LIKE '{\"erase\"%' AND c.body IS NULL";
    db.prepare(sql)?.query_map([], rows::change)?.collect()
}

/// Adds what an erasure says, and what the erasures that it restates said.
fn note(all: &mut Versions, by: Id, op: &Op) {
    let Op::Erase { restated, .. } = op else { return };
    for (id, op) in restated {
        all.entry(*id).or_default().push((by, op.clone()));
        note(all, *id, op);
    }
}

/// Takes the words of every erased change out of the file. Called inside a transaction. An erasure may have come before the
/// words that it erases, or after them. Returns of how many changes there were any.
pub fn enforce(db: &Connection) -> Result<u64, Fault> {
    let mut erased = 0;
    for (id, (by, op)) in said(db)? {
        let own = (id.origin.to_string(), rows::sql(id.seq)?);
        let sql = "SELECT body FROM change WHERE origin = ?1 AND seq = ?2";
        let here: Option<Option<String>> =
            db.prepare_cached(sql)?.query_row(own.clone(), |row| row.get(0)).optional()?;
        let Some(words) = here else { continue };
        if words.as_ref().is_some_and(|words| !erasing::only_erases(&line::parse(words), &op)) {
            let why = "it has an erasure that rewrites what it erases";
            return Err(Doing::Merging.because(why, "Find out who made that file; this register is unchanged.").into());
        }
        let body = line::print(&op).map_err(std::io::Error::other)?;
        let sql = "INSERT INTO erased (id, by, body) VALUES (?1, ?2, ?3)
                   ON CONFLICT (id) DO UPDATE SET by = excluded.by, body = excluded.body";
        db.prepare_cached(sql)?.execute((id.to_string(), by.to_string(), body))?;
        db.prepare_cached("DELETE FROM excerpt WHERE id = ?1")?.execute([id.to_string()])?;
        if words.is_some() {
            let sql = "UPDATE change SET body = NULL, salt = NULL WHERE origin = ?1 AND seq = ?2";
            db.prepare_cached(sql)?.execute(own)?;
            erased += 1;
        }
    }
    Ok(erased)
}

/// The erased changes, if the file keeps exactly what the erasures in the log say.
pub fn known(db: &Connection) -> Result<BTreeSet<Id>, Fault> {
    let (kept, said) = (kept(db)?, said(db)?);
    let is_said = |(id, op): (&Id, &Op)| said.get(id).is_some_and(|(_, said)| said == op);
    if kept.iter().all(is_said) {
        Ok(kept.into_keys().collect())
    } else {
        Err(broken("what is kept of an erased change is not what its erasure says"))
    }
}

impl Store {
    /// The backups and earlier files of this register, on this computer, that still hold the words of any of these changes.
    pub fn copies_with(&self, ids: &[Id]) -> Vec<PathBuf> {
        let data = self.places.data.as_deref();
        let shelves = data.map(|data| shelves_of(data, &self.uuid)).unwrap_or_default();
        let dated = shelves.iter().flat_map(fs::read_dir).flatten().flatten().map(|file| file.path());
        let beside = self.path().into_iter().flat_map(files::beside);
        let all = dated.chain(beside).chain(files::moved_from(data, &self.uuid));
        // What a killed program left half made is a copy, too.
        let is_copy = |path: &PathBuf| path.extension().is_some_and(|ending| ending == "sqlite" || ending == "part");
        all.filter(|path| is_copy(path) && holds(path, ids)).chain(self.remove_noted()).collect()
    }

    /// Other registers in the same folder that still hold them. They are the user's: another copy, one that a sync program left.
    pub fn others_with(&self, ids: &[Id]) -> Vec<PathBuf> {
        let Some(path) = self.path() else { return Vec::new() };
        let files = path.parent().and_then(|folder| fs::read_dir(folder).ok()).into_iter().flatten().flatten();
        let ours: Vec<PathBuf> = files::beside(path).collect();
        let others = files.map(|file| file.path()).filter(|file| file != path && !ours.contains(file));
        others.filter(|file| is_register(file) && holds(file, ids)).take(MOST).collect()
    }

    /// Removes such copies.
    pub fn remove_copies(&self, copies: &[PathBuf]) -> Result<(), Problem> {
        let removed = copies.iter().try_for_each(fs::remove_file);
        removed.map_err(|error| {
            Doing::BackingUp.because(format!("a backup could not be removed ({error})"), "Remove it by hand.")
        })
    }
}

/// Whether a file still has the words of one of these changes. One that cannot be read may.
fn holds(path: &Path, ids: &[Id]) -> bool {
    let look = || -> Result<bool, Fault> {
        let db = connect::file(path, Access::ReadOnly)?;
        let mut statement = db.prepare("SELECT body IS NOT NULL FROM change WHERE origin = ?1 AND seq = ?2")?;
        for id in ids {
            let own = (id.origin.to_string(), rows::sql(id.seq)?);
            if statement.query_row(own, |row| row.get(0)).optional()?.unwrap_or(false) {
                return Ok(true);
            }
        }
        Ok(false)
    };
    look().unwrap_or(true)
}
