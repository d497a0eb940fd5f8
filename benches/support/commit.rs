//! The least that saving a change can cost: one bare commit, as durable as the program's.

use std::path::Path;

use rusqlite::Connection;

/// The size of a rating change and its batch in a register: bodies, digests, ids and index entries.
const BYTES: usize = 420;

/// A database with one table, written with the same settings as a register.
pub struct Bare {
    db: Connection,
}

impl Bare {
    pub fn new(path: &Path) -> Bare {
        let db = Connection::open(path).expect("a database");
        db.execute_batch(
            "PRAGMA journal_mode = TRUNCATE; PRAGMA synchronous = EXTRA; CREATE TABLE written (body BLOB)",
        )
        .expect("a table");
        Bare { db }
    }

    pub fn commit(&self) {
        let mut insert = self.db.prepare_cached("INSERT INTO written VALUES (?1)").expect("a statement");
        insert.execute([vec![7_u8; BYTES]]).expect("a row");
    }
}
