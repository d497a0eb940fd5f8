//! The register's file: an append-only log in one `SQLite` database, and everything that protects it.
//!
//! The only module that uses rusqlite. In reading order: where the file and its companions are (`place`, `lost`), how it
//! is opened (`open`, `connect`, `schema`), written (`transaction`, `append`) and read (`log`, `single`, `pages`, `heads`, `news`), how
//! tampering is detected (`chain`, `walk`, `verify`, `witness`, `head`), which copy is writing (`origin`), then drafts,
//! snapshot and backups, and what is given back (`given`, `restore`, `kept`).

mod absent;
mod append;
mod as_left;
mod backup;
mod bell;
mod beside;
mod carry;
mod chain;
mod connect;
mod drafts;
mod drift;
mod erasures;
mod given;
mod head;
mod heads;
mod kept;
mod key;
mod links;
mod log;
mod lost;
mod made_again;
mod merge;
mod met;
mod migrate;
mod moved;
mod news;
mod open;
mod origin;
mod origins;
mod own;
mod pages;
mod part;
mod place;
mod point;
mod restore;
mod rooms;
mod rotation;
mod rows;
mod runs_of_file;
mod schema;
mod screen;
mod signed;
mod since;
mod single;
mod snapshot;
mod snapshot_writer;
mod tips;
mod transaction;
mod trouble;
mod verifier;
mod verify;
mod vouched;
mod walk;
mod witness;
mod writers;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use rusqlite::Connection;

use crate::domain::change::Batch;
use crate::domain::id::Origin;
use crate::problem::Problem;

pub use append::{Along, Stamp};
pub use backup::{BackupFile, backups, name_of, restorable};
pub use bell::{Bell, Bells, Ear};
pub use beside::Beside;
pub use chain::{Hash, Header, HeaderWords, Tip};
pub use drift::Drift;
pub use given::{difference, is_register};
pub use head::Moment;
pub use heads::Heads;
pub use kept::{Kept, kept};
pub use key::{has_claimed, has_signed};
pub use lost::{Left, left_of};
pub use merge::{
    Copied, Erasure, How, Merged, NONE_SEALED, Opened, Sent, SentBatch, SentChange, Shared, Taken, Target, Terms,
    Trial, Unsigned, Words, copies, is_bundle, is_copy, is_sealed, seal_of,
};
pub use met::{Newcomer, OtherKey, day};
pub use moved::{Moved, move_to};
pub use open::Access;
pub use origins::Began;
pub use pages::Pages;
pub use place::Places;
pub use restore::{Other, Restored, restore};
pub use rooms::{Absence, Follower, Rooms, Teller};
pub use runs_of_file::{Blocks, likeness, read_all, read_some, unreadable};
pub use screen::ScreenNote;
pub use snapshot::{Resting, apply_in_order};
pub use snapshot_writer::{Piece, SnapshotWriter};
pub use tips::{parse as parse_ends, print as print_ends};
pub use verifier::Verifier;
pub use verify::Verified;
pub use witness::Missing;
pub use writers::{Signatory, Writer};

use as_left::AsLeft;
use origin::OriginKeeper;
use place::FilePlace;
use since::Since;
use verifier::UnderWay;
use vouched::Vouched;
use witness::Memory;

/// An open register file.
pub struct Store {
    db: Connection,
    /// None for a register in memory.
    place: Option<FilePlace>,
    places: Places,
    uuid: String,
    access: Access,
    notice: Option<String>,
    keeper: OriginKeeper,
    /// States that this computer noted and that the file no longer held.
    memory: Option<Memory>,
    /// The end of each origin's chain when last read.
    tips: BTreeMap<Origin, Tip>,
    /// `SQLite`'s count of commits by other connections when last read.
    data_version: i64,
    /// Other writers' batches found while writing and not yet returned by `news`.
    missed: Vec<Batch>,
    trust: Trust,
    as_left: AsLeft,
    vouched: Vouched,
    since: Since,
    /// Whether the transaction under way erases words.
    has_erased: bool,
    backed_up: bool,
    /// How far the verifier has come that runs beside this store.
    under_way: Arc<UnderWay>,
}

/// Whether the file has been verified since it was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Trust {
    Unverified,
    /// Not in this run, but it is as this computer left it after it was.
    AsLeft,
    Verified,
    Broken(Problem),
}

impl Store {
    /// Whether the register can be written or only read.
    pub fn access(&self) -> Access {
        self.access
    }

    /// A notice for the user about how the register was opened: "read-only: the file is write-protected".
    pub fn notice(&self) -> Option<&str> {
        self.notice.as_deref()
    }

    /// The register's identity, the same in every copy.
    pub fn uuid(&self) -> &str {
        &self.uuid
    }

    /// The identity under which this copy writes.
    pub fn origin(&self) -> Origin {
        self.keeper.origin
    }

    /// The file's path; `None` in memory.
    pub fn path(&self) -> Option<&Path> {
        self.place.as_ref().map(|place| place.path.as_path())
    }
}

#[cfg(test)]
mod tests;
#[cfg(test)]
mod view_tests;
