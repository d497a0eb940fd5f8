//! Writes a bundle for the other copies: all of the log, or what is new since it was last given to the same person.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use chrono::{DateTime, FixedOffset};
use rusqlite::OptionalExtension;

use crate::domain::agency_copy::{AgencyCopy, Concern};
use crate::domain::id::Origin;
use crate::files::{absolute, give_name, protect, real_folder, sync_folder};
use crate::problem::Problem;

use super::super::chain::Tip;
use super::super::trouble::{Doing, Fault};
use super::super::{Access, Store, absent, backup, connect, erasures, rows, schema, tips};
use super::bundle;
use super::seal::Target;
use super::sent::{Copied, Sent};

/// The ends of all chains.
type Ends = BTreeMap<Origin, Tip>;

/// What a bundle holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shared {
    pub changes: u64,
    /// When something was last given to the same person, as the log writes a time.
    pub since: Option<String>,
}

impl Store {
    /// Writes a bundle, sealed or not; refuses if the file exists. For the person named, only what is new since the last one.
    pub fn share<'a>(
        &mut self,
        target: impl Into<Target<'a>>,
        whom: Option<&str>,
        at: &DateTime<FixedOffset>,
    ) -> Result<Shared, Problem> {
        let target = target.into();
        self.verify()?;
        let last = whom.map_or(Ok(None), |whom| self.last_given(whom));
        let written = last.and_then(|last| {
            let (since, has) = last.unzip();
            // An agency gives back what it has written; the board has the rest.
            let has = has.or(absent::given_at(&self.db)?);
            let sent = Sent::beyond(&self.db, self.uuid.clone(), &has.unwrap_or_default())?;
            let ends = tips::tips(&self.db)?;
            write(&target.sealed(&bundle::bytes(&sent, &ends)?)?, target.path)?;
            self.remember(whom, &ends, at)?;
            Ok(Shared { changes: sent.count(), since })
        });
        written.map_err(|fault| Doing::Sharing.failed(fault))
    }

    /// Writes an agency copy: a register if the name ends in `.sqlite` and it is not to be sealed, else a bundle. Refuses if the
    /// file exists.
    pub fn share_for<'a>(
        &mut self,
        target: impl Into<Target<'a>>,
        of: AgencyCopy,
        concern: &Concern<'_>,
    ) -> Result<Shared, Problem> {
        let target = target.into();
        self.verify()?;
        let write_it = || {
            let given = tips::tips(&self.db)?;
            let mut sent = Sent::beyond(&self.db, self.uuid.clone(), &Ends::new())?;
            sent.withhold(concern)?;
            sent.copy = Some(Copied { of, given: given.clone() });
            let is_register = target.path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("sqlite"));
            if is_register && target.lock.is_none() {
                register_of(&sent, target.path)?;
            } else {
                write(&target.sealed(&bundle::bytes(&sent, &given)?)?, target.path)?;
            }
            Ok(Shared { changes: sent.given(), since: None })
        };
        write_it().map_err(|fault: Fault| Doing::Sharing.failed(fault))
    }

    /// When something was last given to a person, and what it held.
    fn last_given(&self, whom: &str) -> Result<Option<(String, Ends)>, Fault> {
        let sql = "SELECT at, tips FROM shared WHERE whom = ?1";
        let read = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get::<_, String>(1)?));
        let found: Option<(String, String)> = self.db.query_row(sql, [whom], read).optional()?;
        Ok(found.and_then(|(at, ends)| Some((at, tips::parse(&ends)?))))
    }

    /// A register that can only be read gives everything each time.
    fn remember(
        &mut self,
        whom: Option<&str>,
        ends: &BTreeMap<Origin, Tip>,
        at: &DateTime<FixedOffset>,
    ) -> Result<(), Fault> {
        let Some(whom) = whom.filter(|_| self.access == Access::ReadWrite) else { return Ok(()) };
        let sql = "INSERT INTO shared (whom, at, tips) VALUES (?1, ?2, ?3)
                   ON CONFLICT (whom) DO UPDATE SET at = excluded.at, tips = excluded.tips";
        let row = (whom, rows::time(at), tips::print(ends));
        self.transaction(|store| store.db.execute(sql, row).map(|_| ()).map_err(Fault::from))
    }
}

/// An agency copy as a register of its own: made in memory, so that nothing of it is left where a program was stopped.
fn register_of(sent: &Sent, path: &Path) -> Result<(), Fault> {
    let path = free(path)?;
    let db = connect::memory()?;
    schema::create(&db, &sent.uuid)?;
    db.execute_batch("BEGIN")?;
    if let Some(copy) = &sent.copy {
        absent::note(&db, &copy.of, &copy.given)?;
    }
    sent.insert(&db)?;
    for batch in &sent.batches {
        batch.keep_excerpts(&db)?;
    }
    erasures::enforce(&db)?;
    db.execute_batch("COMMIT")?;
    backup::settle(backup::stage(&db, folder_of(&path))?, &path)
}

/// The path, if no file is there.
fn free(path: &Path) -> Result<PathBuf, Fault> {
    let path = absolute(path)?;
    if path.symlink_metadata().is_ok() {
        let why = format!("{} exists", path.display());
        return Err(Doing::Sharing.because(why, "Name another file with -o.").into());
    }
    Ok(path)
}

fn folder_of(path: &Path) -> &Path {
    path.parent().unwrap_or(Path::new("."))
}

/// Under a temporary name first: whoever waits for the file never sees half of it.
fn write(bytes: &[u8], path: &Path) -> Result<(), Fault> {
    let path = free(path)?;
    let folder = folder_of(&path);
    let mut file = tempfile::Builder::new().prefix(".arising-").suffix(".part").tempfile_in(real_folder(folder)?)?;
    protect(file.path());
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    give_name(file, |file| file.persist_noclobber(&path))?;
    Ok(sync_folder(folder)?)
}
