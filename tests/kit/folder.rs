//! A private folder with a register in it, and small changes to write.

use std::collections::BTreeMap;
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

    /// In memory where the system has such a folder: for tests that make thousands of files, whose durability is not the point.
    pub fn in_memory() -> Folder {
        Folder(tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap())
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

/// Alters a register's file as someone with `sqlite3` can, who first removes the triggers and then puts them back.
pub fn without_triggers(db: &rusqlite::Connection, alter: impl FnOnce(&rusqlite::Connection)) {
    let triggers: Vec<(String, String)> = {
        let mut found = db.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").unwrap();
        found.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().map(Result::unwrap).collect()
    };
    for (name, _) in &triggers {
        db.execute_batch(&format!("DROP TRIGGER {name}")).unwrap();
    }
    alter(db);
    for (_, sql) in &triggers {
        db.execute_batch(sql).unwrap();
    }
}

/// What someone who has the file and the skill, but not the key of the copy that wrote it, can do about its signatures.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Forger {
    /// Leaves them as they are.
    Careless,
    /// Signs with a key of his own, and gives the copy that key.
    WithAnotherKey,
}

/// Recomputes every digest and hash of the log, as docs/FORMAT.md describes them.
pub fn rechain(db: &rusqlite::Connection, forger: Forger) {
    use sha2::{Digest, Sha256};
    let key = ed25519_dalek::SigningKey::from_bytes(&[7; 32]);
    if forger == Forger::WithAnotherKey {
        db.execute("UPDATE origin SET key = ?1", [key.verifying_key().to_bytes()]).unwrap();
    }
    let mut starts: BTreeMap<String, [u8; 32]> = begun(db);
    for (batch, salt, words) in batches(db) {
        let mut header = Sha256::new().chain_update(salt);
        for text in std::iter::once(Some(&batch)).chain(words.iter().map(Option::as_ref)) {
            update(&mut header, text.map(String::as_str));
        }
        let header = header.finalize();
        let (origin, _) = batch.split_once('.').unwrap();
        let before = starts.entry(origin.to_owned()).or_default();
        for (lamport, seq, body, salt) in changes(db, &batch) {
            let digest = Sha256::new().chain_update(&salt).chain_update(&body).finalize();
            *before = Sha256::new()
                .chain_update(*before)
                .chain_update(lamport.to_be_bytes())
                .chain_update(u64::from_str_radix(origin, 16).unwrap().to_be_bytes())
                .chain_update(seq.to_be_bytes())
                .chain_update(header)
                .chain_update(digest)
                .finalize()
                .into();
            let values = (digest.as_slice(), before.as_slice(), origin, seq);
            db.execute("UPDATE change SET digest = ?1, hash = ?2 WHERE origin = ?3 AND seq = ?4", values).unwrap();
        }
        db.execute("UPDATE batch SET digest = ?1 WHERE id = ?2", (header.as_slice(), &batch)).unwrap();
        if forger == Forger::WithAnotherKey {
            let message = [b"arising: the end of a batch\0".as_slice(), before.as_slice()].concat();
            let signature = ed25519_dalek::Signer::sign(&key, &message).to_bytes();
            db.execute("UPDATE batch SET signature = ?1 WHERE id = ?2", (signature, &batch)).unwrap();
        }
    }
}

/// Where the chain of each copy begins.
fn begun(db: &rusqlite::Connection) -> BTreeMap<String, [u8; 32]> {
    use sha2::{Digest, Sha256};
    let mut found = db.prepare("SELECT id, key, computer, at, known FROM origin").unwrap();
    let read = |row: &rusqlite::Row<'_>| {
        let id: String = row.get(0)?;
        let mut sha = Sha256::new();
        sha.update(u64::from_str_radix(&id, 16).unwrap().to_be_bytes());
        sha.update(row.get::<_, Vec<u8>>(1)?);
        for column in 2..5 {
            update(&mut sha, Some(&row.get::<_, String>(column)?));
        }
        Ok((id, sha.finalize().into()))
    };
    found.query_map([], read).unwrap().map(Result::unwrap).collect()
}

fn update(sha: &mut sha2::Sha256, text: Option<&str>) {
    use sha2::Digest;
    sha.update(text.map_or(u64::MAX, |text| text.len() as u64).to_be_bytes());
    sha.update(text.unwrap_or_default());
}

/// Every batch, in the order of its copy: id, salt, and author, time, meeting and cause.
fn batches(db: &rusqlite::Connection) -> Vec<(String, Vec<u8>, [Option<String>; 4])> {
    let sql = "SELECT b.id, b.salt, b.author, b.at, b.meeting, b.cause FROM batch b
               JOIN change c ON c.origin || '.' || c.seq = b.id ORDER BY c.origin, c.seq";
    let mut found = db.prepare(sql).unwrap();
    let read = |row: &rusqlite::Row<'_>| {
        let words = [row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?];
        Ok((row.get(0)?, row.get::<_, Option<Vec<u8>>>(1)?.unwrap_or_default(), words))
    };
    found.query_map([], read).unwrap().map(Result::unwrap).collect()
}

/// The changes of a batch: Lamport time, seq, body and salt.
fn changes(db: &rusqlite::Connection, batch: &str) -> Vec<(i64, i64, String, Vec<u8>)> {
    let mut found = db.prepare("SELECT lamport, seq, body, salt FROM change WHERE batch = ?1 ORDER BY seq").unwrap();
    let read = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?));
    found.query_map([batch], read).unwrap().map(Result::unwrap).collect()
}

/// A file of the Office or OpenDocument family with one of its parts changed.
pub fn with_part(bytes: &[u8], name: &str, change: impl Fn(String) -> String) -> Vec<u8> {
    let mut from = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut to = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for at in 0..from.len() {
        let mut file = from.by_index(at).unwrap();
        let (mut content, own) = (Vec::new(), file.name().unwrap().into_owned());
        std::io::Read::read_to_end(&mut file, &mut content).unwrap();
        if own == name {
            content = change(String::from_utf8(content).unwrap()).into_bytes();
        }
        to.start_file(own, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut to, &content).unwrap();
    }
    to.finish().unwrap().into_inner()
}
