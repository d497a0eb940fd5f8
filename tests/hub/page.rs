//! What docs/HUB.md tells those who run a hub to type, typed: from the empty server to the restored backup.

use std::fs;
use std::process::Command;

use crate::kit::desk::{Desk, Said, fixture};
use crate::kit::server::{Database, SUPER, Server};

const PAGE: &str = include_str!("../../docs/HUB.md");
/// Of no server: the tests' is on a socket.
const HOST: &str = "hub.council.example/arising?sslrootcert=council-ca.pem";
/// The identity in the page's example.
const UUID: &str = "3f2a9c0d71e84b56a1b2c3d4e5f60718";

/// The blocks of code of one language, in order.
fn blocks(language: &str) -> Vec<String> {
    let fence = format!("```{language}\n");
    let after = PAGE.split(&fence).skip(1);
    after.map(|rest| rest.split("```").next().unwrap().to_owned()).collect()
}

/// The commands of the page that begin with this word; words in quotation marks are one.
fn commands(program: &str) -> Vec<Vec<String>> {
    let lines = blocks("sh").into_iter().flat_map(|block| block.lines().map(str::to_owned).collect::<Vec<_>>());
    lines.map(|line| words(&line)).filter(|words| words.first().is_some_and(|word| word == program)).collect()
}

fn words(line: &str) -> Vec<String> {
    let line = line.split(" > ").next().unwrap();
    let mut words = Vec::new();
    for (at, part) in line.split('"').enumerate() {
        if at % 2 == 1 {
            words.push(part.to_owned());
        } else {
            words.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    words
}

/// A hub made by the page, and a laptop that it lets in.
struct Played<'s> {
    server: &'s Server,
    database: Database<'s>,
    desk: Desk,
}

impl Played<'_> {
    /// A command of the page, with the tests' address and register for the page's.
    fn arising(&self, words: &[String]) -> Said {
        let here = format!("/arising?host={}", self.server.socket().display());
        let register = rusqlite::Connection::open(self.desk.register()).unwrap();
        let uuid: String =
            register.query_row("SELECT value FROM about WHERE name = 'uuid'", [], |row| row.get(0)).unwrap();
        let words: Vec<String> = words[1..].iter().map(|word| word.replace(HOST, &here).replace(UUID, &uuid)).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let said: Said = self.desk.command(&words).env("PGPASSFILE", self.server.passfile()).output().unwrap().into();
        said.expect_done()
    }

    /// A program of PostgreSQL's, as its superuser.
    fn postgres(&self, words: &[String]) {
        let mut command = Command::new(self.server.programs().join(&words[0]));
        command.args(&words[1..]).current_dir(self.desk.folder()).env("PGPASSFILE", self.server.passfile());
        command.env("PGHOST", self.server.socket()).env("PGUSER", SUPER).env_remove("PGPASSWORD");
        let said = command.output().unwrap();
        assert!(said.status.success(), "{words:?}: {}", String::from_utf8_lossy(&said.stderr));
    }

    /// Asks everything that the page asks; the answers in one text.
    fn read(&self) -> String {
        let asked = |sql: String| {
            let said = Said::from(self.database.psql("power-bi").args(["-A", "-t", "-c", &sql]).output().unwrap());
            let answer = said.expect_done().out;
            assert!(!answer.is_empty(), "no row: {sql}");
            answer
        };
        blocks("sql")[2..].iter().cloned().map(asked).collect()
    }
}

fn board() -> Desk {
    let desk = Desk::empty();
    // Today, because the page asks for the last month.
    let now = |arguments: &[&str]| desk.command(arguments).env_remove("ARISING_TODAY").output().unwrap();
    let done = |arguments: &[&str]| drop(Said::from(now(arguments)).expect_done());
    done(&["import", &fixture("review/harbour.csv")]);
    done(&["meeting", "start", "Practice Group", "--agenda", "everything"]);
    done(&["rate", "1.1", "green"]);
    done(&["meeting", "end"]);
    fs::write(desk.path("new.txt"), "a password").unwrap();
    fs::write(desk.path("reader.txt"), "a password").unwrap();
    desk
}

#[test]
fn the_page_for_it_can_be_typed_from_top_to_bottom() {
    let Some(server) = Server::own() else { return };
    let played = Played { server: &server, database: server.reopened("arising"), desk: board() };
    played.database.set_password(SUPER, "of the superuser");
    for sql in blocks("sql")[0].split_inclusive(';').filter(|sql| !sql.trim().is_empty()) {
        server.as_super(sql);
    }
    played.database.set_password("hub_admin", "of the owner");
    played.database.connect(SUPER).batch_execute(&blocks("sql")[1]).unwrap();
    let set_up = commands("arising");
    let (office, laptop): (Vec<_>, Vec<_>) =
        set_up.into_iter().partition(|words| ["init", "laptop"].contains(&words[2].as_str()));
    for words in &office {
        played.arising(words);
    }
    for role in ["harbour-chair", "power-bi"] {
        played.database.set_password(role, "a password");
    }
    for words in &laptop {
        played.arising(words);
    }
    assert_eq!((office.len(), laptop.len()), (4, 3), "the page's commands");
    let mut laptop = played.database.connect("harbour-chair");
    for make in ["SELECT lo_create(0)", "SELECT lo_from_bytea(0, 'x')", "CREATE TEMPORARY TABLE t (n int)"] {
        assert!(laptop.batch_execute(make).is_err(), "{make}");
    }
    drop(laptop);
    let before = played.read();
    for program in ["pg_dumpall", "pg_dump"] {
        for words in commands(program) {
            played.postgres(&words);
        }
    }
    assert!(fs::read_to_string(played.desk.path("roles.sql")).unwrap().contains("arising_owner"));
    server.as_super("DROP DATABASE arising");
    for program in ["createdb", "pg_restore", "vacuumdb"] {
        for words in commands(program) {
            played.postgres(&words);
        }
    }
    assert!(before.contains("Practice Group") && before.contains("Harbour SAB|6|"), "{before}");
    assert_eq!(played.read(), before);
    let status = played.desk.command(&["hub", "status"]).env("PGPASSFILE", server.passfile()).output().unwrap();
    assert!(Said::from(status).expect_done().out.contains("in step"));
}
