//! A board's office for the tests: a hub that IT has set up, and laptops that know nothing of each other.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use arising::desk::Desk as Record;
use arising::domain::change::{Cause, Kind, Op, Value};
use arising::domain::id::Id;
use arising::store::{Access, Places};

use crate::kit::desk::{Desk, Said, fixture};
use crate::kit::folder::walk;
use crate::kit::headless::env;
use crate::kit::server::{Database, OWNER, Server};

/// A hub and its database.
pub struct Office<'s> {
    pub database: Database<'s>,
    passfile: PathBuf,
}

/// One laptop: a folder of its own, a role, a register.
pub struct Laptop {
    pub desk: Desk,
    pub role: String,
    pub url: String,
    passfile: PathBuf,
}

impl<'s> Office<'s> {
    /// Set up by the database's owner, with the program.
    pub fn new(server: &'s Server) -> Office<'s> {
        let office = Office { database: server.database(), passfile: server.passfile() };
        office.owner(&["hub", "init", &office.database.url(OWNER)]).expect_done();
        office
    }

    /// An existing database, after the server was away.
    pub fn again(server: &'s Server, name: &str) -> Office<'s> {
        Office { database: server.reopened(name), passfile: server.passfile() }
    }

    /// A command that IT runs, on a computer with nothing else on it.
    pub fn owner(&self, arguments: &[&str]) -> Said {
        let desk = Desk::empty();
        desk.command(arguments).env("PGPASSFILE", &self.passfile).output().unwrap().into()
    }

    pub fn owner_url(&self) -> String {
        self.database.url(OWNER)
    }

    /// A laptop whose role IT has not made yet.
    pub fn stranger(&self, name: &str) -> Laptop {
        let role = self.database.name_of(name);
        let url = self.database.url(&role);
        Laptop { desk: Desk::empty(), role, url, passfile: self.passfile.clone() }
    }

    /// Makes a role of a board: of the whole of it, where nothing else is said.
    pub fn admit(&self, laptop: &Laptop, board: &str, more: &[&str]) {
        let url = self.owner_url();
        let is_said = more.contains(&"--for") || more.contains(&"--reader");
        let whole: &[&str] = if is_said { &[] } else { &["--whole"] };
        let arguments = [&["hub", "laptop", &url, &laptop.role, "--board", board], more, whole].concat();
        self.owner(&arguments).expect_done();
        self.database.set_password(&laptop.role, &format!("words of {}", laptop.role));
    }

    /// The laptop on which the board's plans are, in step with the hub.
    pub fn first(&self, board: &str) -> Laptop {
        let laptop = self.stranger("first");
        laptop.run(&["import", &fixture("adult-m.txt"), &fixture("dhr9.txt")]).expect_done();
        self.admit(&laptop, board, &["--uuid", &laptop.uuid()]);
        laptop.run(&["hub", "join", &laptop.url]).expect_done();
        laptop.run(&["hub", "sync"]).expect_done();
        laptop
    }

    /// Another laptop of a board that is there, with what the hub has.
    pub fn further(&self, name: &str, board: &str) -> Laptop {
        let laptop = self.stranger(name);
        self.admit(&laptop, board, &[]);
        laptop.run(&["hub", "join", &laptop.url]).expect_done();
        laptop
    }

    /// The laptop of an agency, once the board has given it something.
    pub fn agency(&self, name: &str, board: &str, giver: &Laptop, party: &str) -> Laptop {
        let laptop = self.stranger(name);
        self.admit(&laptop, board, &["--for", &giver.party(party)]);
        giver.run(&["hub", "sync"]).expect_done();
        laptop.run(&["hub", "join", &laptop.url]).expect_done();
        laptop
    }

    pub fn count(&self, table: &str) -> i64 {
        self.number(&format!("SELECT count(*) FROM arising.{table}"))
    }

    pub fn text(&self, sql: &str) -> String {
        let mut owner = self.database.owner();
        owner.batch_execute("SET ROLE arising_owner").unwrap();
        owner.query_one(sql, &[]).unwrap().get(0)
    }

    /// A number that the owner of the tables finds.
    pub fn number(&self, sql: &str) -> i64 {
        let mut owner = self.database.owner();
        owner.batch_execute("SET ROLE arising_owner").unwrap();
        owner.query_one(sql, &[]).unwrap().get(0)
    }
}

impl Laptop {
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = self.desk.command(arguments);
        command.env("PGPASSFILE", &self.passfile);
        command
    }

    /// Where the passwords of its role are.
    pub fn passfile(&self) -> &Path {
        &self.passfile
    }

    #[track_caller]
    pub fn run(&self, arguments: &[&str]) -> Said {
        Said::from(self.command(arguments).output().unwrap())
    }

    #[track_caller]
    pub fn sync(&self) -> Said {
        self.run(&["hub", "sync"]).expect_done()
    }

    pub fn json(&self, arguments: &[&str]) -> serde_json::Value {
        let said = self.run(arguments).expect_done();
        serde_json::from_str(&said.out).unwrap()
    }

    /// The identity of its register.
    pub fn uuid(&self) -> String {
        let db = rusqlite::Connection::open(self.desk.register()).unwrap();
        db.query_row("SELECT value FROM about WHERE name = 'uuid'", [], |row| row.get(0)).unwrap()
    }

    /// Every action that it shows, with its plan.
    pub fn actions(&self, filter: &[&str]) -> Vec<String> {
        let list = self.json(&[&["list", "--json"], filter].concat());
        let name = |action: &serde_json::Value| {
            format!("{}:{}", action["plan"].as_str().unwrap(), action["ref"].as_str().unwrap())
        };
        list.as_array().unwrap().iter().map(name).collect()
    }

    /// An agency that leads an action.
    pub fn some_agency(&self) -> String {
        let list = self.json(&["list", "--json"]);
        let of = |action: &serde_json::Value| action["leads"][0]["agency"].as_str().map(str::to_owned);
        list.as_array().unwrap().iter().find_map(of).expect("an action that an agency leads")
    }

    /// Whether these words stand anywhere in its files.
    pub fn holds(&self, words: &str) -> bool {
        let is_in = |bytes: &Vec<u8>| bytes.windows(words.len()).any(|window| window == words.as_bytes());
        self.files().iter().any(|(_, bytes)| is_in(bytes))
    }

    /// The id of a party.
    pub fn party(&self, name: &str) -> String {
        let db = rusqlite::Connection::open(self.desk.register()).unwrap();
        db.query_row("SELECT id FROM party WHERE name = ?1", [name], |row| row.get(0)).unwrap()
    }

    /// The state of the record, which two registers with the same changes share.
    pub fn head(&self) -> serde_json::Value {
        self.json(&["check", "--json"])["head"].clone()
    }

    /// Every table of the log in one text.
    pub fn log(&self) -> String {
        self.json(&["log", "--json"]).to_string()
    }

    /// The note of its hub.
    fn note(&self) -> PathBuf {
        let found = walk(self.desk.folder()).into_iter();
        found.filter(|path| path.is_file()).find(|path| path.parent().unwrap().ends_with("hubs")).expect("a note")
    }

    /// From now on it uses this role.
    pub fn asks_as(&self, role: &str) {
        let text = fs::read_to_string(self.note()).unwrap();
        let (before, rest) = text.split_once("postgresql://").unwrap();
        let (_, after) = rest.split_once('@').unwrap();
        fs::write(self.note(), format!("{before}postgresql://{role}@{after}")).unwrap();
    }

    /// Adds many changes as another copy would that had written to this file.
    pub fn write_many(&self, batches: usize) {
        let elsewhere = tempfile::tempdir().unwrap();
        let places = Places { data: Some(elsewhere.path().to_owned()) };
        let mut desk = Record::open_in(&self.desk.register(), Access::ReadWrite, &places).unwrap();
        for number in 0..batches {
            let plan = Op::Add { kind: Kind::Plan, values: vec![Value::Slug(format!("many-{number}"))] };
            let action = |at: usize| Op::Add {
                kind: Kind::Action { plan: Id::pending(0), recommendation: None },
                values: vec![Value::Text(format!("Action {at}")), Value::Reference(at.to_string())],
            };
            let ops: Vec<Op> = std::iter::once(plan).chain((1..100).map(action)).collect();
            desk.import(&ops, Cause::Import { file: "many.docx".into() }, &env()).unwrap();
        }
    }

    /// All that is on its disk.
    pub fn image(&self) -> Vec<(PathBuf, Vec<u8>)> {
        self.files()
    }

    /// Makes its disk what it was.
    pub fn put_back(&self, image: &[(PathBuf, Vec<u8>)]) {
        for (path, _) in self.files() {
            fs::remove_file(path).unwrap();
        }
        for (path, bytes) in image {
            fs::write(path, bytes).unwrap();
        }
    }

    /// Everything that was written below its folder, in one text.
    pub fn files(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let found = walk(self.desk.folder());
        found.into_iter().filter(|path| path.is_file()).map(|path| (path.clone(), fs::read(&path).unwrap())).collect()
    }
}
