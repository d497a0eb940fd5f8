//! What is measured, in order, each a line of the table in docs/HUB.md.

use std::path::Path;
use std::time::{Duration, Instant};

use arising::desk::Desk;
use arising::env::Env;
use arising::store::{Places, Store};
use chrono::DateTime;
use postgres::Client;

use super::laid::{copy, lay, reader};
use super::region::{self, Shape};
use super::server::{Database, SUPER, Server};

const BOARDS: usize = 130;
const BOARD: Shape = Shape { plans: 50, actions: 30, changes: 31_000 };
/// As IT would set a server of this size; all else is as PostgreSQL comes.
const SETTINGS: &str = "-c shared_buffers=1GB -c work_mem=16MB -c max_wal_size=4GB -c checkpoint_timeout=15min";
const NAMES: [&str; 11] = [
    "plan",
    "party",
    "finding",
    "recommendation",
    "lead",
    "action",
    "progress",
    "rating_history",
    "audit",
    "meeting",
    "minute",
];

pub fn run() {
    let boards = std::env::args().filter_map(|argument| argument.parse().ok()).next().unwrap_or(BOARDS);
    let Some(server) = Server::with(SETTINGS) else { return };
    let database = server.database();
    let folder = tempfile::tempdir().unwrap();
    let register = folder.path().join("board.sqlite");
    timed("one board's five years written by the program (debug build where so built)", || write(&register));
    lay(&database);
    let board = timed("its rows loaded one by one", || copy(&database, &register, "Board 000"));
    timed("the other boards' rows copied by the server", || others(&server, &database, &board, boards));
    sizes(&database);
    let mut client = database.connect(&reader(&database, "reader", "*"));
    views(&mut client, &board);
    if std::env::var_os("ARISING_BENCH_WAIT").is_some() {
        println!("waiting: {} {} {}", server.socket().display(), server.passfile().display(), database.name);
        std::thread::sleep(Duration::from_secs(7_200));
    }
}

/// Does something, and says how long it took.
fn timed<T>(what: &str, act: impl FnOnce() -> T) -> T {
    let begun = Instant::now();
    let done = act();
    println!("| {what} | {:.2} s |", begun.elapsed().as_secs_f64());
    done
}

fn write(register: &Path) {
    let now = DateTime::parse_from_rfc3339("2021-11-22T10:00:00+00:00").unwrap();
    let env = Env { now, today: now.date_naive(), author: "The Chair".into() };
    let mut desk = Desk::over(Store::create_in(register, &Places::default()).unwrap()).unwrap();
    region::fill(&mut desk, BOARD, &env).unwrap();
}

/// Tables with the columns after the board, in the order in which they refer to each other.
const TABLES: [(&str, &str); 5] = [
    ("origin", "id, key, computer, at, known, party"),
    ("batch", "id, origin, first, last, lamport, digest, signature"),
    ("batch_words", "id, author, at, meeting, cause, salt"),
    ("change", "origin, seq, lamport, batch, digest, hash"),
    ("change_words", "origin, seq, body, salt"),
];

/// The same rows under other identities: triggers and foreign keys have no say in it.
fn others(server: &Server, database: &Database<'_>, board: &str, boards: usize) {
    let mut client = server.connect(SUPER, &database.name);
    client.batch_execute("SET session_replication_role = replica").unwrap();
    for at in 1..boards {
        let new = format!("{at:032x}");
        let mut sql = format!("INSERT INTO arising.board (uuid, name) VALUES ('{new}', 'Board {at:03}');");
        for (table, columns) in TABLES {
            sql += &format!(
                "INSERT INTO arising.{table} (board, {columns}) SELECT '{new}', {columns} FROM arising.{table} WHERE board = '{board}';"
            );
        }
        client.batch_execute(&sql).unwrap();
    }
    client.batch_execute("VACUUM ANALYZE").unwrap();
}

/// What every table and every index takes.
fn sizes(database: &Database<'_>) {
    let sql = "SELECT c.relname, c.relkind::text, pg_relation_size(c.oid), coalesce(s.n_live_tup, 0)
               FROM pg_class c LEFT JOIN pg_stat_user_tables s ON s.relid = c.oid
               WHERE c.relnamespace = 'arising'::regnamespace AND c.relkind IN ('r', 'i') AND pg_relation_size(c.oid) > 1000000
               ORDER BY 3 DESC";
    let mut all = 0;
    for row in database.owner().query(sql, &[]).unwrap() {
        let (name, kind, bytes, rows): (String, String, i64, i64) = (row.get(0), row.get(1), row.get(2), row.get(3));
        println!("| {kind} {name} | {} MB, {rows} rows |", bytes / 1_000_000);
        all += bytes;
    }
    println!("| all | {} MB |", all / 1_000_000);
}

fn views(client: &mut Client, board: &str) {
    for view in NAMES {
        for (whose, only) in [("of one board", format!("WHERE board = '{board}'")), ("of all", String::new())] {
            let sql = format!("SELECT count(*), sum(length(v::text)) FROM arising.{view} v {only}");
            let begun = Instant::now();
            let rows: i64 = client.query_one(&sql, &[]).unwrap().get(0);
            println!("| {view} {whose} | {:.2} s, {rows} rows |", begun.elapsed().as_secs_f64());
        }
    }
}
