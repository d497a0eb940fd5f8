//! Copies of the register that sync programs leave beside it: `register-LAPTOP2.sqlite`, `register (conflicted copy).sqlite`.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use crate::files::folded;

use super::backup::stem;
use super::chain::Tip;
use super::given::{in_common, is_register};
use super::kept::BEFORE;
use super::trouble::Fault;
use super::{Access, Store, carry, connect, merge, schema, tips};

/// How many such files are looked at.
const LOOKED_AT: usize = 50;

/// A copy that holds changes which are not in the register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beside {
    pub path: PathBuf,
    /// How many they are.
    pub changes: u64,
}

impl Store {
    /// The copies beside the register, the one with the most changes that are not here first.
    pub fn beside(&self) -> Vec<Beside> {
        self.path().map(|path| found(path, &self.db)).unwrap_or_default()
    }
}

/// The same through another connection to the register. A file that cannot be read is no copy.
pub fn found(register: &Path, here: &Connection) -> Vec<Beside> {
    let files = register.parent().and_then(|folder| fs::read_dir(folder).ok()).into_iter().flatten().flatten();
    let named = files.map(|file| file.path()).filter(|path| is_named_after(path, register)).take(LOOKED_AT);
    let news = |path: PathBuf| Some(Beside { changes: beyond(&path, here).ok()?, path });
    let mut found: Vec<Beside> = named.filter_map(news).filter(|copy| copy.changes > 0).collect();
    found.sort_by(|a, b| (b.changes, &a.path).cmp(&(a.changes, &b.path)));
    found
}

/// Whether a name begins with the register's, and is none that a restore gives.
fn is_named_after(path: &Path, register: &Path) -> bool {
    let ending = |path: &Path| folded(&path.extension().unwrap_or_else(|| OsStr::new("")).to_string_lossy());
    let (own, name) = (folded(&stem(register)), folded(&stem(path)));
    let rest = name.strip_prefix(&own).filter(|rest| !rest.is_empty());
    rest.is_some_and(|rest| !rest.starts_with(BEFORE)) && ending(path) == ending(register)
}

/// How many changes a copy of this register has that are not here.
fn beyond(path: &Path, here: &Connection) -> Result<u64, Fault> {
    if !is_register(path) {
        return Ok(0);
    }
    let there = connect::file(path, Access::ReadOnly)?;
    schema::examine(&there)?;
    let there = carry::readable(there)?;
    if schema::uuid(&there)? != schema::uuid(here)? {
        return Ok(0);
    }
    let ends = tips::tips(here)?;
    let (mut changes, mut is_forked) = (0, false);
    for (origin, Tip { seq, .. }) in tips::tips(&there)? {
        let most = seq.min(ends.get(&origin).map_or(0, |own| own.seq));
        let common = in_common(origin, most, here, &there)?;
        changes += seq.saturating_sub(common);
        is_forked |= common < most;
    }
    let restated = if is_forked { merge::restated_in(here, &there)? } else { 0 };
    Ok(changes.saturating_sub(restated))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_that_sync_programs_give_are_known() {
        let is_copy = |name: &str| is_named_after(Path::new(name), Path::new("register.sqlite"));
        for name in [
            "register-LAPTOP2.sqlite",
            "register (1).sqlite",
            "register (conflicted copy 2026-11-28).sqlite",
            "register (Ann's conflicted copy 2026-11-28).sqlite",
            "register-ANN's conflicted copy.sqlite",
            "register - Copy.sqlite",
        ] {
            assert!(is_copy(name), "{name}");
        }
        for name in ["register.sqlite", "register before 2026-03-12T101500.sqlite", "register (1).docx", "other.sqlite"]
        {
            assert!(!is_copy(name), "{name}");
        }
    }
}
