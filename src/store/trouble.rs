//! What SQLite and the file system say, as a sentence that a board manager can act on.

use std::io;

use rusqlite::{Error, ErrorCode, ffi};

use crate::problem::Problem;

/// What was being done when it failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doing {
    Opening,
    Reading,
    Saving,
    BackingUp,
}

impl Doing {
    fn what(self) -> &'static str {
        match self {
            Doing::Opening => "Could not open the register",
            Doing::Reading => "Could not read the register",
            Doing::Saving => "NOT SAVED",
            Doing::BackingUp => "Could not make a backup",
        }
    }

    /// The problem that `error` is.
    pub fn failed(self, error: &Error) -> Problem {
        let (why, hint) = explain(error);
        Problem::new(self.what(), why, hint)
    }

    /// The same for the file system.
    pub fn io(self, error: &io::Error) -> Problem {
        let (why, hint) = match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => FULL,
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => READ_ONLY,
            _ => return Problem::new(self.what(), error.to_string(), ""),
        };
        Problem::new(self.what(), why, hint)
    }

    pub fn because(self, why: impl Into<String>, hint: impl Into<String>) -> Problem {
        Problem::new(self.what(), why, hint)
    }
}

const FULL: (&str, &str) = ("the disk is full", "Free some space and try again; nothing that was saved is lost");
const READ_ONLY: (&str, &str) = ("the file or its folder cannot be written to", "Copy it to a folder of your own");
const BUSY: (&str, &str) = ("another program holds the register", "Wait for it or close it, and try again");
const DAMAGED: (&str, &str) =
    ("the file is damaged", "Keep it as it is and restore the newest backup: arising restore");
const MOVED: (&str, &str) =
    ("the file was moved or replaced while it was open", "Find the file, then close and open it again");

fn explain(error: &Error) -> (String, String) {
    let Error::SqliteFailure(code, message) = error else {
        return (error.to_string(), String::new());
    };
    let (why, hint) = match (code.code, code.extended_code) {
        (_, ffi::SQLITE_READONLY_DBMOVED) => MOVED,
        (_, ffi::SQLITE_IOERR_WRITE) => ("the disk refused the write; it is full or a size limit is reached", FULL.1),
        (ErrorCode::DiskFull, _) => FULL,
        (ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked, _) => BUSY,
        (ErrorCode::ReadOnly | ErrorCode::PermissionDenied, _) => READ_ONLY,
        (ErrorCode::CannotOpen, _) => ("the file or its journal could not be opened", "Check the folder's permissions"),
        (ErrorCode::DatabaseCorrupt, _) => DAMAGED,
        (ErrorCode::NotADatabase, _) => ("it is not a register", "Open a file that arising made"),
        _ => return (message.clone().unwrap_or_else(|| error.to_string()), String::new()),
    };
    (why.into(), sentence(hint))
}

fn sentence(hint: &str) -> String {
    format!("{hint}.")
}
