//! Compares a register that was given back with the one in use, by each origin's chain. The file given is only read.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use rusqlite::Connection;

use crate::domain::given::{Apart, Given};
use crate::domain::id::Origin;
use crate::domain::lacking::Lacking;
use crate::domain::register::Register;
use crate::files::absolute;
use crate::problem::Problem;

use super::chain::Tip;
use super::place::FilePlace;
use super::since::Whole;
use super::trouble::{Doing, Fault};
use super::verify::{damage, everything, is_broken};
use super::{Access, Store, carry, connect, log, open, schema, tips};

/// How an `SQLite` file begins, and where its header has the application's mark.
const SQLITE: &[u8] = b"SQLite format 3\0";
const MARK: std::ops::Range<usize> = 68..72;

/// Whether a file is a register, whatever its name. Only the header is read: a damaged register is one, too.
pub fn is_register(path: &Path) -> bool {
    let mut header = [0; MARK.end];
    // A pipe could keep us waiting for ever.
    let is_file = path.metadata().is_ok_and(|about| about.is_file());
    let mut read = || File::open(path)?.read_exact(&mut header);
    is_file
        && read().is_ok()
        && header.starts_with(SQLITE)
        && header.get(MARK) == Some(schema::APPLICATION_ID.to_be_bytes().as_slice())
}

impl Store {
    /// What a register that was given back is to this one.
    pub fn compare(&self, given: &Path) -> Result<Given, Problem> {
        let compare = || -> Result<Given, Fault> {
            let there = sound(given)?;
            if schema::uuid(&there)? == self.uuid {
                return apart(&self.db, &there).map(Given::Copy);
            }
            Ok(Given::another(&Register::fold(&log::all(&there)?)))
        };
        compare().map_err(|fault| named(given, Doing::Opening.failed(fault)))
    }
}

/// How a backup and the register at `path` differ. None where there is nothing to compare it with: no register, one that is too
/// damaged to be read, or a different one.
pub fn difference(backup: &Path, path: &Path) -> Result<Option<Apart>, Problem> {
    let fails = |fault| named(backup, Doing::Opening.failed(fault));
    let whole = Whole::of(backup).map_err(fails)?;
    let there = sound(whole.path()).map_err(fails)?;
    let compare = || -> Result<Option<Apart>, Fault> {
        let here = open::connect(&FilePlace::find(path)?, Access::ReadOnly)?;
        schema::examine(&here)?;
        let here = carry::readable(here)?;
        let is_same = schema::uuid(&here)? == schema::uuid(&there)?;
        if is_same { apart(&here, &there).map(Some) } else { Ok(None) }
    };
    match compare() {
        Err(fault) if fault.is_busy() => Err(Doing::Restoring.failed(fault)),
        Err(_) => Ok(None),
        Ok(found) => Ok(found),
    }
}

/// The register in a file, verified.
pub fn sound(path: &Path) -> Result<Connection, Fault> {
    let db = connect::file(&absolute(path)?, Access::ReadOnly)?;
    let verified = schema::examine(&db).and_then(|_| {
        let db = carry::readable(db)?;
        everything(&db).map(|_| db)
    });
    // What begins as a register and cannot be read is a damaged one; anything else never was one.
    verified.map_err(|fault| if is_register(path) { damage(fault) } else { fault })
}

fn apart(here: &Connection, there: &Connection) -> Result<Apart, Fault> {
    let read = |db: &Connection| Ok::<_, Fault>((tips::tips(db)?, log::all(db)?));
    let (ends, own) = connect::at_one_moment(here, read)?;
    let (others, theirs) = connect::at_one_moment(there, read)?;
    let mut shared: BTreeMap<Origin, u64> = BTreeMap::new();
    for (origin, tip) in &ends {
        let most = tip.seq.min(others.get(origin).map_or(0, |other| other.seq));
        shared.insert(*origin, in_common(*origin, most, here, there)?);
    }
    Ok(Apart { here: Lacking::beyond(&own, &shared), there: Lacking::beyond(&theirs, &shared) })
}

/// How many changes from the first on two chains of one origin share. Each hash covers everything before it, so halving the
/// distance finds where they part.
pub fn in_common(origin: Origin, most: u64, here: &Connection, there: &Connection) -> Result<u64, Fault> {
    let (mut shared, mut apart) = (0, most + 1);
    let mut at = most;
    while shared + 1 < apart {
        let own = tips::at(here, origin, at)?;
        let is_shared = match own {
            Some(hash) => tips::holds(there, origin, Tip { seq: at, hash })?,
            None => false,
        };
        if is_shared {
            shared = at;
        } else {
            apart = at;
        }
        at = shared.midpoint(apart);
    }
    Ok(shared)
}

/// The problem with a file that was given back, which must not be taken for the register in use.
fn named(given: &Path, problem: Problem) -> Problem {
    let name = given.file_name().unwrap_or(given.as_os_str()).to_string_lossy();
    let what = format!("{name} cannot be used");
    if is_broken(&problem) {
        return Problem::new(what, format!("it is damaged ({})", problem.why), "The register in use is unchanged.");
    }
    Problem { what, ..problem }
}
