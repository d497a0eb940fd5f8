//! What is measured, in order; each line is one of the tables in docs/HUB.md.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use arising::desk::Desk;
use arising::env::Env;
use arising::hub::POLL;
use arising::store::{Access, Places, Store};
use chrono::{DateTime, TimeDelta};
use postgres::Client;

use super::region::{self, Shape};
use super::server::{Database, OWNER, SUPER, Server};

const BOARDS: usize = 130;
const BOARD: Shape = Shape { plans: 50, actions: 30, changes: 31_000 };
/// Of all laptops of a board, on a day with a meeting.
const DAY: u64 = 300;
/// How often a change's way is measured.
const TIMES: u64 = 9;
/// As IT would set a server of this size; all else is as PostgreSQL comes.
const SETTINGS: &str = "-c shared_buffers=1GB -c work_mem=16MB -c max_wal_size=1GB";
const VIEWS: [&str; 11] = [
    "action",
    "audit",
    "progress",
    "rating_history",
    "lead",
    "recommendation",
    "finding",
    "meeting",
    "minute",
    "plan",
    "party",
];
/// Tables with the columns after the board, in the order in which they refer to each other.
const TABLES: [(&str, &str); 5] = [
    ("origin", "id, key, computer, at, known, party"),
    ("batch", "id, origin, first, last, lamport, digest, signature"),
    ("batch_words", "id, author, at, meeting, cause, salt"),
    ("change", "origin, seq, lamport, batch, digest, hash"),
    ("change_words", "origin, seq, body, salt"),
];

pub fn run() {
    let boards = std::env::args().find_map(|argument| argument.parse().ok()).unwrap_or(BOARDS);
    let Some(server) = Server::with(SETTINGS) else { return };
    let hub = Hub { database: server.database(), server: &server, folder: tempfile::tempdir().unwrap() };
    println!("\n{} boards of {} changes; {}\n", boards, BOARD.changes, machine(&hub));
    hub.owner(&["hub", "init"]);
    timed("one board's five years written by the program", || hub.write());
    let board = hub.first();
    line("the hub's size with one board", &megabytes(hub.bytes()));
    timed("the rows of the other boards copied by the server", || hub.others(&board, boards));
    line("the hub's size with all", &megabytes(hub.bytes()));
    hub.sizes();
    hub.second();
    hub.day();
    hub.meeting();
    let mut reader = hub.reader();
    views(&mut reader, Some(&board));
    questions(&mut reader, &board);
    indexes(&hub, &board);
    views(&mut reader, None);
}

/// The hub, and the laptops' folders.
struct Hub<'s> {
    server: &'s Server,
    database: Database<'s>,
    folder: tempfile::TempDir,
}

/// Does something, and says how long it took.
fn timed<T>(what: &str, act: impl FnOnce() -> T) -> T {
    let begun = Instant::now();
    let done = act();
    line(what, &seconds(begun.elapsed()));
    done
}

fn line(what: &str, said: &str) {
    println!("| {what} | {said} |");
}

fn seconds(time: Duration) -> String {
    if time < Duration::from_secs(1) {
        format!("{} ms", time.as_millis())
    } else {
        format!("{:.1} s", time.as_secs_f64())
    }
}

fn megabytes(bytes: i64) -> String {
    format!("{} MB", bytes / 1_000_000)
}

fn machine(hub: &Hub<'_>) -> String {
    let read = |path: &str| fs::read_to_string(path).unwrap_or_default();
    let of = |text: &str, name: &str| -> Option<String> {
        text.lines().find_map(|line| Some(line.strip_prefix(name)?.split(':').next_back()?.trim().to_owned()))
    };
    let (processor, memory) = (of(&read("/proc/cpuinfo"), "model name"), of(&read("/proc/meminfo"), "MemTotal"));
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let version: String = hub.database.owner().query_one("SHOW server_version", &[]).unwrap().get(0);
    let built = if cfg!(debug_assertions) { "a debug build of the program" } else { "a release build of the program" };
    format!(
        "PostgreSQL {version} with {SETTINGS}; {cores} processors ({}), {} of memory; {built}",
        processor.unwrap_or_default(),
        memory.unwrap_or_default()
    )
}

impl Hub<'_> {
    fn path(&self, laptop: &str) -> PathBuf {
        let path = self.folder.path().join(laptop);
        fs::create_dir_all(&path).unwrap();
        path
    }

    fn places(&self, laptop: &str) -> Places {
        Places { data: Some(self.path(laptop).join("data")) }
    }

    fn register(&self, laptop: &str) -> PathBuf {
        self.path(laptop).join("board.sqlite")
    }

    /// The program on a laptop, as a user runs it.
    fn command(&self, laptop: &str, arguments: &[&str]) -> Command {
        let folder = self.path(laptop);
        let mut command = Command::new(env!("CARGO_BIN_EXE_arising"));
        command.args(arguments).current_dir(&folder).env_clear().env("HOME", &folder);
        command.env("ARISING_DATA", folder.join("data")).env("ARISING_REGISTER", self.register(laptop));
        command.env("PGPASSFILE", self.server.passfile());
        command
    }

    fn laptop(&self, laptop: &str, arguments: &[&str]) {
        let said = self.command(laptop, arguments).output().unwrap();
        assert!(said.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&said.stderr));
    }

    fn owner(&self, arguments: &[&str]) {
        let url = self.database.url(OWNER);
        let (before, after) = arguments.split_at(2);
        self.laptop("office", &[before, &[url.as_str()], after].concat());
    }

    /// Lets a laptop in, and returns its address.
    fn admit(&self, laptop: &str, more: &[&str]) -> String {
        let role = self.database.name_of(laptop);
        self.owner(&[&["hub", "laptop", &role, "--board"], more, &["--whole"]].concat());
        self.database.set_password(&role, "a password");
        self.database.url(&role)
    }

    fn write(&self) {
        let now = DateTime::parse_from_rfc3339("2021-11-22T10:00:00+00:00").unwrap();
        let env = Env { now, today: now.date_naive(), author: "The Chair".into() };
        // Each of its 28,000 acts is a commit: in memory, where the system has such a folder, because the disk is not the point.
        let folder = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap();
        let register = folder.path().join("board.sqlite");
        let mut desk = Desk::over(Store::create_in(&register, &Places::default()).unwrap()).unwrap();
        region::fill(&mut desk, BOARD, &env).unwrap();
        drop(desk);
        fs::copy(register, self.register("first")).unwrap();
    }

    /// The first laptop sends everything; the board's identity.
    fn first(&self) -> String {
        let desk = Desk::open_in(&self.register("first"), Access::ReadOnly, &self.places("first")).unwrap();
        let uuid = desk.store().uuid().to_owned();
        drop(desk);
        let url = self.admit("first", &["Board 000", "--uuid", &uuid]);
        self.laptop("first", &["hub", "join", &url]);
        timed("a laptop's first push of its board", || self.laptop("first", &["hub", "push"]));
        uuid
    }

    /// A second laptop of the board begins.
    fn second(&self) {
        let url = self.admit("second", &["Board 000"]);
        timed("a laptop's first pull of its board", || {
            self.laptop("second", &["hub", "join", &url]);
            self.laptop("second", &["hub", "sync"]);
        });
    }

    /// A day's changes go from one laptop to the other.
    fn day(&self) {
        self.laptop("first", &["hub", "sync"]);
        let now = DateTime::parse_from_rfc3339("2026-11-30T10:00:00+00:00").unwrap() + TimeDelta::minutes(1);
        let env = Env { now, today: now.date_naive(), author: "The Chair".into() };
        let mut desk = Desk::open_in(&self.register("first"), Access::ReadWrite, &self.places("first")).unwrap();
        let wanted = desk.register().lamport + DAY;
        region::work(&mut desk, region::MEETINGS, wanted, &env, &mut super::register::Words(3)).unwrap();
        drop(desk);
        timed(&format!("a day's sync, on the laptop that wrote {DAY} changes"), || {
            self.laptop("first", &["hub", "sync"]);
        });
        timed("a day's sync, on the other", || self.laptop("second", &["hub", "sync"]));
        timed("a sync with nothing new", || self.laptop("second", &["hub", "sync"]));
        timed("the command alone", || self.laptop("second", &["--version"]));
    }

    /// A change's way from one laptop to another while both follow a meeting, each asking every [`POLL`].
    fn meeting(&self) {
        let mut first = self.following("first");
        let mut second = self.following("second");
        let mut lines = BufReader::new(second.stdout.take().unwrap()).lines();
        let mut hears = |event: &str| {
            while !lines.next().unwrap().unwrap().contains(event) {}
        };
        hears("\"step\"");
        BufReader::new(first.stdout.as_mut().unwrap()).lines().next().unwrap().unwrap();
        let now = DateTime::parse_from_rfc3339("2026-11-30T11:00:00+00:00").unwrap();
        let env = Env { now, today: now.date_naive(), author: "The Chair".into() };
        let mut times = Vec::new();
        for seed in 0..TIMES {
            let mut desk = Desk::open_in(&self.register("first"), Access::ReadWrite, &self.places("first")).unwrap();
            let wanted = desk.register().lamport + 1;
            let begun = Instant::now();
            region::work(&mut desk, region::MEETINGS, wanted, &env, &mut super::register::Words(seed + 5)).unwrap();
            drop(desk);
            hears("\"taken\":");
            times.push(begun.elapsed());
        }
        for follower in [&mut first, &mut second] {
            drop(follower.stdin.take());
            follower.wait().unwrap();
        }
        times.sort();
        let what = format!(
            "in a meeting, from one laptop to another (each asks every {} ms): middle, longest",
            POLL.as_millis()
        );
        let (middle, longest) = (times[times.len() / 2], times[times.len() - 1]);
        line(&what, &format!("{}; {}", seconds(middle), seconds(longest)));
    }

    fn following(&self, name: &str) -> Child {
        let mut command = self.command(name, &["hub", "follow"]);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap()
    }

    /// The same rows under other identities: triggers and foreign keys have no say in it.
    fn others(&self, board: &str, boards: usize) {
        let mut client = self.server.connect(SUPER, &self.database.name);
        client.batch_execute("SET session_replication_role = replica").unwrap();
        for at in 1..boards {
            let new = format!("{at:032x}");
            let copy = |(table, columns): &(&str, &str)| {
                let into = format!("INSERT INTO arising.{table} (board, {columns})");
                format!("{into} SELECT '{new}', {columns} FROM arising.{table} WHERE board = '{board}'")
            };
            let name = format!("INSERT INTO arising.board (uuid, name) VALUES ('{new}', 'Board {at:03}')");
            let sql = std::iter::once(name).chain(TABLES.iter().map(copy)).collect::<Vec<_>>().join(";");
            client.batch_execute(&sql).unwrap();
        }
        client.batch_execute("VACUUM ANALYZE").unwrap();
    }

    fn bytes(&self) -> i64 {
        let mut client = self.server.connect(SUPER, &self.database.name);
        client.query_one("SELECT pg_database_size(current_database())", &[]).unwrap().get(0)
    }

    /// What every large table and its indexes take.
    fn sizes(&self) {
        let sql = "SELECT c.relname, c.reltuples::bigint, pg_table_size(c.oid), pg_indexes_size(c.oid) FROM pg_class c
                   WHERE c.relnamespace = 'arising'::regnamespace AND c.relkind = 'r' AND pg_table_size(c.oid) > 1000000
                   ORDER BY 3 DESC";
        for row in self.database.owner().query(sql, &[]).unwrap() {
            let (name, rows, table, indexes): (String, i64, i64, i64) =
                (row.get(0), row.get(1), row.get(2), row.get(3));
            line(&format!("`{name}`, {rows} rows"), &format!("{}, indexes {}", megabytes(table), megabytes(indexes)));
        }
    }

    /// A reader of all boards, as Power BI is.
    fn reader(&self) -> Client {
        let role = self.database.name_of("reader");
        self.owner(&["hub", "laptop", &role, "--board", "*", "--reader"]);
        self.database.set_password(&role, "a password");
        self.database.connect(&role)
    }
}

/// How long a query takes, with the server's own time on a processor (which other programs do not lengthen), and its first cell.
fn asked(client: &mut Client, sql: &str) -> (String, i64) {
    let server: i32 = client.query_one("SELECT pg_backend_pid()", &[]).unwrap().get(0);
    let (begun, before) = (Instant::now(), processor_time(server));
    let count = client.query_one(sql, &[]).unwrap().get(0);
    let (all, own) = (begun.elapsed(), processor_time(server).saturating_sub(before));
    (format!("{} ({})", seconds(all), seconds(own)), count)
}

/// Of a process, to a hundredth of a second.
fn processor_time(process: i32) -> Duration {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace().skip(11).take(2);
    Duration::from_millis(fields.filter_map(|ticks| ticks.parse::<u64>().ok()).sum::<u64>() * 10)
}

/// Every view read whole: for one board, or for all.
fn views(client: &mut Client, board: Option<&str>) {
    let (which, only) =
        board.map_or(("all boards", String::new()), |board| ("one board", format!("WHERE board = '{board}'")));
    for view in VIEWS {
        let (time, rows) =
            asked(client, &format!("SELECT count(v.*) FROM (SELECT * FROM arising.{view} {only} OFFSET 0) v"));
        line(&format!("`{view}` of {which}, {rows} rows"), &time);
    }
}

/// What IT and analysts ask.
fn questions(client: &mut Client, board: &str) {
    let owes = "SELECT count(*) FROM arising.lead l JOIN arising.action a ON a.board = l.board AND a.id = l.action
                WHERE l.role = 'lead' AND l.party = 'Agency 07 of the county' AND NOT a.closed";
    let named = "SELECT count(*) FROM arising.action a
                 WHERE a.board = (SELECT b.uuid FROM arising.board b WHERE b.name = 'Board 000')";
    line("what one agency owes in one board", &asked(client, &format!("{owes} AND l.board = '{board}'")).0);
    line("the actions of the board of a name", &asked(client, named).0);
    line("what one agency owes in all boards", &asked(client, owes).0);
}

/// What a query takes without any index, and without each that nothing refers to.
fn indexes(hub: &Hub<'_>, board: &str) {
    let mut client = hub.server.connect(SUPER, &hub.database.name);
    let view = format!(
        "SELECT count(*) FROM arising.change c JOIN arising.change_words w USING (board, origin, seq) WHERE c.board = '{board}'"
    );
    let ends = format!(
        "SELECT count(e.seq) FROM arising.origin o LEFT JOIN LATERAL (SELECT c.seq FROM arising.change c
        WHERE c.board = '{board}' AND c.origin = o.id ORDER BY c.seq DESC LIMIT 1) e ON true WHERE o.board = '{board}'"
    );
    let new = format!(
        "SELECT count(*) FROM arising.batch b WHERE b.board = '{board}' AND b.origin = (SELECT max(id) FROM arising.origin WHERE board = '{board}') AND b.last > 30900"
    );
    let own = format!(
        "SELECT count(*) FROM arising.batch_words b WHERE b.board = '{board}' AND b.id = ANY (SELECT id FROM arising.batch WHERE board = '{board}' LIMIT 300)"
    );
    for (what, sql, table, index) in [
        ("one board's words and proofs", &view, "change_words", "change_words_pkey"),
        ("where a board's chains end", &ends, "change", "change_pkey"),
        ("the batches after those", &new, "batch", "batch_by_origin"),
        ("who wrote 300 batches", &own, "batch_words", "batch_words_pkey"),
    ] {
        asked(&mut client, sql);
        let with = asked(&mut client, sql).0;
        client.batch_execute("BEGIN").unwrap();
        let constraint = if index.ends_with("pkey") {
            format!("ALTER TABLE arising.{table} DROP CONSTRAINT {index} CASCADE")
        } else {
            format!("DROP INDEX arising.{index}")
        };
        client.batch_execute(&constraint).unwrap();
        let without = asked(&mut client, sql).0;
        client.batch_execute("ROLLBACK").unwrap();
        line(&format!("{what}, with and without `{index}`"), &format!("{with}; {without}"));
    }
}
