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
