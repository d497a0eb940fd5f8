//! A private folder with a register in it, and small changes to write.

use std::fs;
use std::path::{Path, PathBuf};

use arising::domain::change::{Cause, Kind, Op, Value};
use arising::domain::id::Id;
use arising::store::{Access, Places, Stamp, Store};
use chrono::DateTime;

pub struct Folder(tempfile::TempDir);

impl Folder {
    pub fn new() -> Folder {
        Folder(tempfile::tempdir().unwrap())
    }

    pub fn root(&self) -> &Path {
        self.0.path()
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.root().join(name)
    }

    pub fn register(&self) -> PathBuf {
        self.path("register.sqlite")
    }

    pub fn places(&self) -> Places {
        Places { data: Some(self.path("data")) }
    }

    pub fn create(&self) -> Store {
        Store::create_in(&self.register(), &self.places()).unwrap()
    }

    pub fn open(&self, access: Access) -> Store {
        Store::open_in(&self.register(), access, &self.places()).unwrap()
    }

    pub fn open_problem(&self, path: &Path) -> String {
        match Store::open_in(path, Access::ReadWrite, &self.places()) {
            Ok(_) => panic!("{} was opened", path.display()),
            Err(problem) => problem.to_string(),
        }
    }

    /// Does to the file what a user with `sqlite3` could do.
    pub fn edit(&self, sql: &str) {
        rusqlite::Connection::open(self.register()).unwrap().execute_batch(sql).unwrap();
    }
}

pub fn stamp() -> Stamp {
    stamp_at("2026-03-12T10:15:00+00:00")
}

pub fn stamp_at(at: &str) -> Stamp {
    Stamp { author: "J. Lee".into(), at: DateTime::parse_from_rfc3339(at).unwrap(), meeting: None, cause: Cause::Edit }
}

/// A plan and two actions in it.
pub fn two_actions() -> Vec<Op> {
    let action = |text: &str| Op::Add {
        kind: Kind::Action { plan: Id::pending(0), recommendation: None },
        values: vec![Value::Text(text.into())],
    };
    let plan = Op::Add { kind: Kind::Plan, values: vec![Value::Slug("adult-q".into())] };
    vec![plan, action("Write the protocol"), action("Train the teams")]
}

pub fn rate(on: Id, word: &str, replaces: &[Id]) -> Op {
    Op::Set { on, value: Value::Rating(Some(word.into())), replaces: replaces.to_vec() }
}

/// Every file and folder below `root`.
pub fn walk(root: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(root).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(walk(&path));
        }
        found.push(path);
    }
    found
}

/// Recomputes every digest and hash of the log, as docs/FORMAT.md describes them: what anyone who has the file can do.
pub fn rechain(db: &rusqlite::Connection) {
    use sha2::{Digest, Sha256};
    type Row = (i64, String, i64, String, Vec<u8>, [String; 5]);
    let rows: Vec<Row> = {
        let sql = "SELECT c.lamport, c.origin, c.seq, c.body, c.salt, b.id, b.author, b.at, b.meeting, b.cause
                   FROM change c JOIN batch b ON b.id = c.batch ORDER BY c.origin, c.seq";
        let mut found = db.prepare(sql).unwrap();
        let text = |row: &rusqlite::Row<'_>, at: usize| row.get::<_, Option<String>>(at).map(Option::unwrap_or_default);
        let read = |row: &rusqlite::Row<'_>| {
            let batch = [text(row, 5)?, text(row, 6)?, text(row, 7)?, text(row, 8)?, text(row, 9)?];
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, batch))
        };
        found.query_map([], read).unwrap().map(Result::unwrap).collect()
    };
    let mut before = [0; 32];
    for (lamport, origin, seq, body, salt, batch) in rows {
        let digest = Sha256::new().chain_update(&salt).chain_update(&body).finalize();
        let mut header = Sha256::new();
        for (at, text) in batch.iter().enumerate() {
            let is_absent = at == 3 && text.is_empty();
            header.update(if is_absent { u64::MAX.to_be_bytes() } else { (text.len() as u64).to_be_bytes() });
            header.update(text);
        }
        let hash: [u8; 32] = Sha256::new()
            .chain_update(before)
            .chain_update(lamport.to_be_bytes())
            .chain_update(u64::from_str_radix(&origin, 16).unwrap().to_be_bytes())
            .chain_update(seq.to_be_bytes())
            .chain_update(header.finalize())
            .chain_update(digest)
            .finalize()
            .into();
        let values = (digest.as_slice(), hash.as_slice(), origin, seq);
        db.execute("UPDATE change SET digest = ?1, hash = ?2 WHERE origin = ?3 AND seq = ?4", values).unwrap();
        before = hash;
    }
}
