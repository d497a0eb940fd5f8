//! Creates and opens a register's file.

use std::path::Path;
use std::sync::Arc;

use rusqlite::Connection;

use crate::files::{absolute, give_name, private_folder, protect, sync_folder};
use crate::problem::Problem;

use super::as_left::AsLeft;
use super::merge::Opened;
use super::migrate::{STEPS, migrate};
use super::origin::OriginKeeper;
use super::place::{FilePlace, Places};
use super::schema::Format;
use super::since::Since;
use super::trouble::{Doing, Fault};
use super::verify::everything;
use super::vouched::Vouched;
use super::walk::{Signatures, history};
use super::witness::{Memory, Witnesses};
use super::{Store, Trust, backup, carry, connect, lost, merge, origin, schema, tips};

/// Shown until it has been explained to `arising check`.
const LESS: &str = "changes saved on this computer are missing from this file: run arising check";

/// How a register is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    ReadWrite,
    ReadOnly,
}

impl Store {
    /// Creates an empty register and its parent folders, readable by this user only. Refuses if the file exists, or if a
    /// register was there before and a copy of it is left.
    pub fn create(path: &Path) -> Result<Store, Problem> {
        Store::create_in(path, &Places::of_this_machine())
    }

    /// Opens a register. `ReadWrite` becomes `ReadOnly`, with a notice, if the file or its folder is not writable or
    /// has a newer minor version of the format.
    pub fn open(path: &Path, access: Access) -> Result<Store, Problem> {
        Store::open_in(path, access, &Places::of_this_machine())
    }

    /// A register in memory, gone when dropped.
    pub fn in_memory() -> Result<Store, Problem> {
        let make = || {
            let db = connect::memory()?;
            schema::create(&db, &new_uuid()?)?;
            Store::over(db, None, Access::ReadWrite, &Places::default())
        };
        make().map_err(|fault: Fault| Doing::Creating.failed(fault))
    }

    /// Like [`Store::create`], with the given folders of the computer.
    pub fn create_in(path: &Path, places: &Places) -> Result<Store, Problem> {
        lost::refuse_over(path)?;
        Store::create_anew(path, places)
    }

    /// Creates an empty copy of the register that a file, a register or a bundle, is of: it can then be merged.
    pub fn create_copy(path: &Path, of: &Path, opened: &Opened, places: &Places) -> Result<Store, Problem> {
        lost::refuse_over(path)?;
        let uuid = merge::uuid_of(of, opened)?;
        make_file(path, &uuid).map_err(|fault| Doing::Creating.failed(fault))?;
        Store::open_in(path, Access::ReadWrite, places)
    }

    /// Like [`Store::create_in`], even where a register was before.
    pub fn create_anew(path: &Path, places: &Places) -> Result<Store, Problem> {
        new_uuid()
            .map_err(Fault::from)
            .and_then(|uuid| make_file(path, &uuid))
            .map_err(|fault| Doing::Creating.failed(fault))?;
        Store::open_in(path, Access::ReadWrite, places)
    }

    /// Like [`Store::open`], with the given folders of the computer.
    pub fn open_in(path: &Path, access: Access, places: &Places) -> Result<Store, Problem> {
        connect::check_sqlite_version()?;
        lost::refuse_moved(path)?;
        let place = FilePlace::find(path).map_err(|problem| match lost::left_of(path, places) {
            Some(left) => {
                let why = format!("{}, but {} is there", problem.why, left.what);
                Doing::Opening.because(why, left.hint())
            }
            None => problem,
        })?;
        if merge::is_bundle(&place.path) || merge::is_sealed(&place.path) {
            let name = place.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let hint =
                format!("To bring it in, or to make a register of it where there is none yet: arising merge {name}.");
            return Err(Doing::Opening.because("it is a bundle from another copy, not a register", hint));
        }
        let obstacle = place.obstacle().filter(|_| access == Access::ReadWrite);
        let opened = match obstacle {
            Some(why) => read_only(place, why, places),
            None => open_file(place, access, places),
        };
        opened.map_err(|fault| Doing::Opening.failed(fault))
    }

    fn over(db: Connection, place: Option<FilePlace>, access: Access, places: &Places) -> Result<Store, Fault> {
        // On one state of the file, which is also faster than a lock for each question.
        db.execute_batch("BEGIN")?;
        let store = Store::over_now(db, place, access, places)?;
        store.db.execute_batch("COMMIT")?;
        Ok(store)
    }

    fn over_now(db: Connection, place: Option<FilePlace>, access: Access, places: &Places) -> Result<Store, Fault> {
        let uuid = schema::uuid(&db)?;
        // Where changes are missing, the log itself says which, if it can.
        let tips = tips::tips(&db).map_err(|fault| history(&db, Signatures::Last).err().unwrap_or(fault))?;
        let path = place.as_ref().map(|place| place.path.as_path());
        let note = places.data.as_deref().zip(path).map(|(data, path)| origin::note_of(data, &uuid, path));
        let note = note.as_deref();
        let keeper = OriginKeeper::find(note.filter(|_| access == Access::ReadWrite), path, &db)?;
        let memory = note.map(Memory::beside);
        let witnesses = Witnesses { memory: memory.clone(), backups: None };
        let notice = (!witnesses.noted(&db)?.is_empty()).then(|| LESS.to_owned());
        let data_version = tips::data_version(&db)?;
        let as_left = AsLeft::beside(note);
        let trust = match &place {
            None => Trust::Verified,
            Some(place) if as_left.is_verified(place) => Trust::AsLeft,
            Some(_) => Trust::Unverified,
        };
        Ok(Store {
            db,
            place,
            places: places.clone(),
            uuid,
            access,
            notice,
            keeper,
            memory,
            tips,
            data_version,
            missed: Vec::new(),
            trust,
            as_left,
            vouched: Vouched::beside(note),
            since: Since::default(),
            has_erased: false,
            backed_up: false,
            under_way: Arc::default(),
        })
    }
}

fn open_file(place: FilePlace, access: Access, places: &Places) -> Result<Store, Fault> {
    let db = connect(&place, access)?;
    let format = schema::examine(&db)?;
    if access == Access::ReadWrite && format > schema::CURRENT {
        drop(db);
        let why =
            format!("a newer version of arising wrote it (format {format}; this version writes {})", schema::CURRENT);
        return read_only(place, &why, places);
    }
    if access == Access::ReadWrite && db.is_readonly("main")? {
        drop(db);
        return read_only(place, "the disk is write-protected", places);
    }
    if access == Access::ReadWrite {
        connect::make_durable(&db)?;
        connect::keep_pages(&db)?;
    }
    place.check(0)?;
    if format < schema::CURRENT {
        return open_earlier(db, format, place, access, places);
    }
    Store::over(db, Some(place), access, places)
}

/// Verifies and backs up what an earlier build wrote, and carries it over; for reading only, in a copy.
fn open_earlier(
    db: Connection,
    format: Format,
    place: FilePlace,
    access: Access,
    places: &Places,
) -> Result<Store, Fault> {
    let copy = carry::copy(&db)?;
    everything(&copy)?;
    if access == Access::ReadOnly {
        return Store::over(copy, Some(place), access, places);
    }
    backup::before_migrating(&db, format, &place, places)?;
    migrate(&db, STEPS)?;
    Store::over(db, Some(place), access, places)
}

/// Even for reading, a writable file is opened for writing, so that an interrupted write can be rolled back.
pub fn connect(place: &FilePlace, access: Access) -> Result<Connection, Fault> {
    if access == Access::ReadWrite || place.obstacle().is_some() {
        return connect::file(&place.path, access);
    }
    let db = connect::file(&place.path, Access::ReadWrite)?;
    db.execute_batch("PRAGMA query_only = ON")?;
    Ok(db)
}

fn read_only(place: FilePlace, why: &str, places: &Places) -> Result<Store, Fault> {
    let mut store = open_file(place, Access::ReadOnly, places)?;
    let less = store.notice.take().map(|less| format!("; {less}")).unwrap_or_default();
    store.notice = Some(format!("read-only: {why}{less}"));
    Ok(store)
}

/// Creates the file under a temporary name and renames it once complete, so that no one ever sees half a register.
pub fn make_file(path: &Path, uuid: &str) -> Result<(), Fault> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    private_folder(folder)?;
    let path = absolute(path)?;
    if path.symlink_metadata().is_ok() {
        return Err(Doing::Creating
            .because(format!("{} exists", path.display()), "Open it, or choose another name.")
            .into());
    }
    let folder = path.parent().unwrap_or(Path::new("."));
    let file = tempfile::Builder::new().prefix(".arising-").suffix(".new").tempfile_in(folder)?;
    protect(file.path());
    let db = connect::file(file.path(), Access::ReadWrite)?;
    // It is on disk before it has its name.
    db.execute_batch("PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF")?;
    schema::create(&db, uuid)?;
    drop(db);
    file.as_file().sync_all()?;
    give_name(file, |file| file.persist_noclobber(&path))?;
    sync_folder(folder)?;
    Ok(())
}

/// 16 random bytes as 32 hexadecimal digits.
fn new_uuid() -> std::io::Result<String> {
    Ok(format!("{:016x}{:016x}", random()?, random()?))
}

/// A random number from the operating system; never 0, which stands for "pending".
pub fn random() -> std::io::Result<u64> {
    let number = getrandom::u64().map_err(|error| std::io::Error::other(error.to_string()))?;
    Ok(number.max(1))
}
