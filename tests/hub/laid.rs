//! The hub's tables and views as the owner lays them down, and a register's rows copied into them without the client.

use std::path::Path;

use postgres::Client;
use postgres::types::ToSql;
use rusqlite::types::Value as Cell;
use rusqlite::{Connection, OpenFlags};

use crate::kit::server::Database;

/// Lays down tables and views, twice, as an upgrade does: what is there stays.
pub fn lay(database: &Database<'_>) {
    for _ in 0..2 {
        database.owner().batch_execute(&arising::hub::init_sql()).unwrap();
    }
}

/// A login role that reads: all boards (`*`), or one.
pub fn reader(database: &Database<'_>, name: &str, board: &str) -> String {
    member(database, name, board, None, "arising_reader")
}

/// A login role of this board, or of a party of it.
pub fn member(database: &Database<'_>, name: &str, board: &str, party: Option<&str>, group: &str) -> String {
    let (role, mut owner) = (database.name_of(name), database.owner());
    owner.batch_execute(&format!("CREATE ROLE {role} LOGIN; GRANT {group} TO {role}; SET ROLE arising_owner")).unwrap();
    let writes = group == "arising_laptop";
    let sql = "INSERT INTO arising.member (role, board, party, writes) VALUES ($1, $2, $3, $4)";
    owner.execute(sql, &[&role, &board, &party, &writes]).unwrap();
    database.set_password(&role, "a password");
    role
}

/// A register, opened for reading only.
pub fn opened(register: &Path) -> Connection {
    Connection::open_with_flags(register, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap()
}

/// What is copied: a table with its columns after the board, and where a register has them.
const COPIED: [(&str, &str, &str); 6] = [
    ("origin", "id, key, computer, at, known, party", "SELECT id, key, computer, at, known, party FROM origin"),
    (
        "batch",
        "id, origin, first, last, lamport, digest, signature",
        "SELECT b.id, c.origin, min(c.seq), max(c.seq), min(c.lamport), b.digest, b.signature
         FROM batch b JOIN change c ON c.batch = b.id GROUP BY b.id ORDER BY c.origin, min(c.seq)",
    ),
    (
        "batch_words",
        "id, author, at, meeting, cause, salt",
        "SELECT id, author, at, meeting, cause, salt FROM batch WHERE author IS NOT NULL",
    ),
    (
        "change",
        "origin, seq, lamport, batch, digest, hash",
        "SELECT origin, seq, lamport, batch, digest, hash FROM change ORDER BY origin, seq",
    ),
    ("change_words", "origin, seq, body, salt", "SELECT origin, seq, body, salt FROM change WHERE body IS NOT NULL"),
    (
        "erased",
        "origin, seq, by_origin, by_seq, body",
        "SELECT substr(id, 1, 16), CAST(substr(id, 18) AS INTEGER), substr(by, 1, 16), CAST(substr(by, 18) AS INTEGER), body
         FROM erased",
    ),
];

/// Copies all rows of a register to the hub, as a board of this name; its identity.
pub fn copy(database: &Database<'_>, register: &Path, name: &str) -> String {
    let (from, mut to) = (opened(register), database.owner());
    let board: String = from.query_row("SELECT value FROM about WHERE name = 'uuid'", [], |row| row.get(0)).unwrap();
    to.batch_execute("SET ROLE arising_owner; BEGIN").unwrap();
    to.execute("INSERT INTO arising.board (uuid, name) VALUES ($1, $2)", &[&board, &name]).unwrap();
    for (table, columns, rows) in COPIED {
        copy_table(&from, &mut to, &board, (table, columns, rows));
    }
    to.batch_execute("COMMIT").unwrap();
    board
}

fn copy_table(from: &Connection, to: &mut Client, board: &str, (table, columns, rows): (&str, &str, &str)) {
    let count = columns.split(',').count();
    let places: Vec<String> = (1..=count + 1).map(|at| format!("${at}")).collect();
    let insert = format!("INSERT INTO arising.{table} (board, {columns}) VALUES ({})", places.join(", "));
    let insert = to.prepare(&insert).unwrap();
    let mut found = from.prepare(rows).unwrap();
    let mut found = found.query([]).unwrap();
    while let Some(row) = found.next().unwrap() {
        let cells: Vec<Box<dyn ToSql + Sync>> = (0..count).map(|at| cell(row.get(at).unwrap())).collect();
        let cells = std::iter::once(&board as &(dyn ToSql + Sync)).chain(cells.iter().map(|cell| &**cell));
        to.execute(&insert, &cells.collect::<Vec<_>>()).unwrap();
    }
}

fn cell(cell: Cell) -> Box<dyn ToSql + Sync> {
    match cell {
        Cell::Null => Box::new(None::<String>),
        Cell::Integer(number) => Box::new(number),
        Cell::Real(number) => Box::new(number),
        Cell::Text(text) => Box::new(text),
        Cell::Blob(bytes) => Box::new(bytes),
    }
}
