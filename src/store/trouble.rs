//! Turns errors from `SQLite` and the file system into sentences that a board manager can act on.

use std::io;

use rusqlite::{Error, ErrorCode, ffi};

use crate::files::{HELD, is_held};
use crate::problem::Problem;

/// The operation that failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doing {
    Creating,
    Opening,
    Reading,
    Saving,
    BackingUp,
    Restoring,
    Merging,
    Sharing,
    Moving,
}

/// Why an operation in the store failed.
#[derive(Debug)]
pub enum Fault {
    Sqlite(Error),
    Io(io::Error),
    /// The file is no longer the one that was opened, or no longer holds what it held.
    Replaced,
    /// Already a sentence.
    Told(Problem),
}

impl Fault {
    /// Whether the only reason is that another program is in the middle of writing.
    pub fn is_busy(&self) -> bool {
        match self {
            Fault::Sqlite(error) => error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy),
            Fault::Io(_) | Fault::Replaced | Fault::Told(_) => false,
        }
    }
}

impl From<Error> for Fault {
    fn from(error: Error) -> Fault {
        Fault::Sqlite(error)
    }
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Fault {
        Fault::Io(error)
    }
}

impl From<Problem> for Fault {
    fn from(problem: Problem) -> Fault {
        Fault::Told(problem)
    }
}

impl Doing {
    /// The fault as a problem for the user, given the operation.
    pub fn failed(self, fault: impl Into<Fault>) -> Problem {
        match fault.into() {
            Fault::Sqlite(error) => self.sqlite(&error),
            Fault::Io(error) => self.io(&error),
            Fault::Replaced => self.because(MOVED.0, MOVED.1),
            Fault::Told(problem) => problem,
        }
    }

    pub fn because(self, why: impl Into<String>, hint: impl Into<String>) -> Problem {
        Problem::new(self.what(), why, hint)
    }

    pub fn what(self) -> &'static str {
        match self {
            Doing::Creating => "Could not create the register",
            Doing::Opening => "Could not open the register",
            Doing::Reading => "Could not read the register",
            Doing::Saving => "NOT SAVED",
            Doing::BackingUp => "Could not make a backup",
            Doing::Restoring => "Could not restore the backup",
            Doing::Merging => "Nothing was merged",
            Doing::Sharing => "Could not write the bundle",
            Doing::Moving => "The register was not moved",
        }
    }

    fn sqlite(self, error: &Error) -> Problem {
        let Error::SqliteFailure(code, message) = error else {
            return self.because(format!("{} ({error})", DAMAGED.0), DAMAGED.1);
        };
        let (why, hint) = match (code.code, code.extended_code) {
            (_, ffi::SQLITE_READONLY_DBMOVED) => MOVED,
            (_, ffi::SQLITE_READONLY_ROLLBACK | ffi::SQLITE_READONLY_RECOVERY) => UNFINISHED,
            (_, ffi::SQLITE_IOERR_WRITE) => REFUSED,
            (ErrorCode::DiskFull, _) => FULL,
            (ErrorCode::TooBig, _) => TOO_LARGE,
            (ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked, _) => BUSY,
            (ErrorCode::ReadOnly | ErrorCode::PermissionDenied, _) => READ_ONLY,
            (ErrorCode::CannotOpen, _) => CLOSED,
            (ErrorCode::DatabaseCorrupt, _) => DAMAGED,
            (ErrorCode::NotADatabase, _) => FOREIGN,
            _ => return self.because(message.clone().unwrap_or_else(|| error.to_string()), ""),
        };
        self.because(why, hint)
    }

    fn io(self, error: &io::Error) -> Problem {
        let (why, hint) = match error.kind() {
            _ if is_held(error) => HELD,
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => FULL,
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => READ_ONLY,
            _ => return self.because(error.to_string(), ""),
        };
        self.because(why, hint)
    }
}

type WhyAndHint = (&'static str, &'static str);

const FULL: WhyAndHint = ("the disk is full", "Free some space and try again; nothing already saved is lost.");
const REFUSED: WhyAndHint =
    ("the disk is full or a size limit has been reached", "Free some space and try again; nothing is lost.");
const READ_ONLY: WhyAndHint =
    ("the file or its folder cannot be written to", "Copy the register to one of your own folders.");
const UNFINISHED: WhyAndHint = (
    "an interrupted write must first be rolled back, and the file or its folder cannot be written to",
    "Copy the register and the journal beside it to one of your own folders.",
);
const BUSY: WhyAndHint =
    ("another program is using the register", "Wait for it to finish or close it, then try again.");
const CLOSED: WhyAndHint =
    ("the file or its journal cannot be opened", "Check the permissions of the file and its folder.");
const DAMAGED: WhyAndHint = ("the file is damaged", "Keep it as it is and restore the newest backup: arising restore.");
const TOO_LARGE: WhyAndHint = (
    "it contains a text larger than any that arising writes",
    "Do not use it; restore a backup (arising restore) and find out where this file has been.",
);
const MOVED: WhyAndHint = (
    "the file was moved or replaced while it was open",
    "Find out what moved it, then open it again; your last change has not been saved.",
);
pub const FOREIGN: WhyAndHint =
    ("it is not a register", "Name a file created by arising, or create one: arising init.");
