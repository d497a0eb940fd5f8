//! Making and opening a register's file.

use std::fs;
use std::path::Path;

use rusqlite::Connection;

use crate::domain::id::Origin;
use crate::problem::Problem;

use super::place::{FilePlace, Places, absolute};
use super::trouble::Doing;
use super::{Store, Trust, connect, news, schema};

/// What may be done with an open register.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    ReadWrite,
    ReadOnly,
}

impl Store {
    /// Makes a new, empty register; refuses if the file exists.
    pub fn create(path: &Path) -> Result<Store, Problem> {
        Store::create_in(path, &Places::of_this_machine())
    }

    /// Opens a register. `ReadWrite` falls back to reading, with a notice, where the file or its folder cannot be
    /// written to or a newer version wrote it.
    pub fn open(path: &Path, access: Access) -> Result<Store, Problem> {
        Store::open_in(path, access, &Places::of_this_machine())
    }

    /// As [`Store::create`], with the folders of the machine given.
    pub fn create_in(path: &Path, places: &Places) -> Result<Store, Problem> {
        let failed = |error: std::io::Error| Doing::Opening.io(&error);
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            fs::create_dir_all(folder).map_err(failed)?;
        }
        let path = absolute(path).map_err(failed)?;
        fs::File::create_new(&path).map_err(failed)?;
        let db = connect::file(&path, Access::ReadWrite)?;
        schema::create(&db, &new_uuid()?)?;
        drop(db);
        Store::open_in(&path, Access::ReadWrite, places)
    }

    /// As [`Store::open`], with the folders of the machine given.
    pub fn open_in(path: &Path, access: Access, _places: &Places) -> Result<Store, Problem> {
        connect::check_sqlite_version()?;
        let place = FilePlace::find(path)?;
        let db = connect::file(&place.path, access)?;
        schema::format(&db)?;
        if access == Access::ReadWrite {
            connect::make_durable(&db)?;
        }
        Store::over(db, Some(place), access)
    }

    /// A register that lives in memory and is gone when it is dropped.
    pub fn in_memory() -> Result<Store, Problem> {
        let db = connect::memory()?;
        schema::create(&db, &new_uuid()?)?;
        Store::over(db, None, Access::ReadWrite)
    }

    fn over(db: Connection, place: Option<FilePlace>, access: Access) -> Result<Store, Problem> {
        let failed = |error| Doing::Opening.failed(&error);
        let uuid = db.query_row("SELECT value FROM about WHERE name = 'uuid'", [], |row| row.get(0)).map_err(failed)?;
        let data_version = news::data_version(&db).map_err(failed)?;
        let tips = news::tips(&db).map_err(failed)?;
        let trust = Trust::Verified;
        let origin = Origin(random_u64()?);
        Ok(Store { db, place, uuid, access, notice: None, origin, tips, data_version, missed: Vec::new(), trust })
    }
}

/// 16 random bytes as 32 hexadecimal digits.
fn new_uuid() -> Result<String, Problem> {
    Ok(format!("{:016x}{:016x}", random_u64()?, random_u64()?))
}

/// A random number from the operating system; never 0, which stands for "pending".
pub fn random_u64() -> Result<u64, Problem> {
    let number = getrandom::u64().map_err(|error| Doing::Opening.because(error.to_string(), ""))?;
    Ok(number.max(1))
}
