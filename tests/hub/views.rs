//! The views of the hub say of every board what those of its register say, and show nobody more than he may read.

use std::path::{Path, PathBuf};

use arising::desk::Desk as Open;
use arising::env::Env;
use arising::store::{Places, Store};
use chrono::DateTime;
use postgres::Client;
use postgres::types::Type;
use rusqlite::types::Value as Cell;

use super::laid::{copy, lay, member, opened, reader};
use crate::kit::demo;
use crate::kit::desk::{Desk, Said, fixture};
use crate::kit::published;
use crate::kit::server::Server;

const VIEWS: [&str; 11] = [
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

/// The names of a result's columns, and its rows.
type Table = (Vec<String>, Vec<Vec<Option<String>>>);

/// A view of a register, cells as text.
fn of_register(register: &Path, view: &str) -> Table {
    let db = opened(register);
    let mut found = db.prepare(&format!("SELECT * FROM {view}")).unwrap();
    let columns: Vec<String> = found.column_names().into_iter().map(ToOwned::to_owned).collect();
    let cell = |cell: Cell| match cell {
        Cell::Null => None,
        Cell::Integer(number) => Some(number.to_string()),
        Cell::Real(number) => Some(number.to_string()),
        Cell::Text(text) => Some(text),
        Cell::Blob(_) => panic!("a view has no bytes"),
    };
    let row = |row: &rusqlite::Row<'_>| Ok((0..columns.len()).map(|at| cell(row.get(at).unwrap())).collect::<Vec<_>>());
    let rows = found.query_map([], row).unwrap().map(Result::unwrap).collect();
    (columns, rows)
}

/// A view of the hub, cells as text. The one conversion that docs/HUB.md states: true is 1 and false is 0. A day's text is
/// that of a register.
fn of_hub(client: &mut Client, view: &str, only: Option<&str>) -> Table {
    let only = only.map_or_else(String::new, |board| format!("WHERE board = '{board}'"));
    let statement = client.prepare(&format!("SELECT * FROM arising.{view} {only}")).unwrap();
    let columns: Vec<String> = statement.columns().iter().map(|column| column.name().to_owned()).collect();
    let asked: Vec<String> = statement
        .columns()
        .iter()
        .map(|column| {
            let cast = if *column.type_() == Type::BOOL { "::int::text" } else { "::text" };
            format!("\"{}\"{cast}", column.name())
        })
        .collect();
    let rows = client.query(&format!("SELECT {} FROM arising.{view} {only}", asked.join(", ")), &[]).unwrap();
    (columns, rows.iter().map(|row| (0..row.len()).map(|at| row.get(at)).collect()).collect())
}

fn with_board(board: &str, (columns, rows): Table) -> Table {
    let first = |name: String, rest: Vec<String>| std::iter::once(name).chain(rest).collect();
    let rows = rows.into_iter().map(|row| std::iter::once(Some(board.to_owned())).chain(row).collect()).collect();
    (first("board".into(), columns), rows)
}

/// Compares every view of this board with its register's, row by row and in order; how many rows each has.
fn compare(client: &mut Client, board: &str, register: &Path) -> Vec<(&'static str, usize)> {
    let compare = |&view: &&'static str| {
        let (columns, expected) = with_board(board, of_register(register, view));
        let (named, found) = of_hub(client, view, Some(board));
        assert_eq!(named, columns, "{view}");
        for (at, (found, expected)) in found.iter().zip(&expected).enumerate() {
            assert_eq!(found, expected, "{view}, row {}: {columns:?}", at + 1);
        }
        assert_eq!(found.len(), expected.len(), "{view}");
        (view, found.len())
    };
    VIEWS.iter().map(compare).collect()
}

fn chair(desk: &Desk, arguments: &[&str]) -> Said {
    let path = desk.path("chair.sqlite");
    let arguments = [&["--register", path.to_str().unwrap(), "--author", "D. Okoro"], arguments].concat();
    Said::from(desk.command(&arguments).env("ARISING_DATA", desk.path("chair's laptop")).output().unwrap())
}

/// A register after a year: two people on two copies, meetings, and everything that a view has to get right.
fn a_year(desk: &Desk) -> PathBuf {
    let done = |arguments: &[&str]| drop(desk.run(arguments).expect_done());
    done(&["import", &fixture("review/harbour.csv"), &fixture("adult-m.txt"), &fixture("dhr9.txt")]);
    let start = ["meeting", "start", "Practice Group", "--chair", "A. Chair", "--present", "Harbour Police=B. Officer"];
    done(&[&start[..], &["--apologies", "HBFT", "--agenda", "everything", "--next", "2027-02-01"]].concat());
    done(&["rate", "harbour:1.1", "green"]);
    done(&["rate", "harbour:1.1", "amber", "--note", "Not “all” of it; \\ and\ttabs"]);
    done(&["meeting", "discuss", "harbour:1.1"]);
    done(&["meeting", "carry", "harbour:1.2", "--reason", "No report"]);
    done(&["meeting", "decide", "Write to the chief", "--about", "harbour:3.1"]);
    done(&["meeting", "note", "The room was cold."]);
    done(&["meeting", "as-read", "harbour:2.1", "Paper circulated"]);
    done(&["meeting", "end"]);
    done(&["rate", "harbour:1.2", "amber"]);
    done(&["undo"]);
    done(&["redo"]);
    done(&["undo"]);
    done(&["target", "harbour:1.2", "28 Feb 2027", "--request", "--by", "HBFT", "--reason", "Frost"]);
    done(&["target", "harbour:3.1", "Mar 2027; 30 June 2027", "--reason", "The conference moved"]);
    done(&["closure", "propose", "harbour:2.1", "Signed."]);
    done(&["closure", "agree", "harbour:2.1"]);
    done(&["closure", "abandon", "adult-m:2.1", "The unit was closed"]);
    done(&["closure", "propose", "adult-m:1.1", "Minutes of May"]);
    done(&["lead", "adult-m:2.2", "Tide & Time", "--new"]);
    done(&["text", "adult-m:2.2", "Write the protocol, and sign it"]);
    done(&["add", "A third", "--under", "harbour:1", "--target", "31 Jan 2027"]);
    done(&["withdraw", "harbour:4.1", "--reason", "double"]);
    done(&["withdraw", "harbour:3.2", "--reason", "double"]);
    done(&["number", "harbour:1.2", "R9"]);
    done(&["progress", "adult-m:1.1", "Philomena Hartwright rang."]);
    done(&["retention", "adult-m", "--review-on", "2027-01-01"]);
    done(&["share", "--to", "chair", "-o", "chair.arising"]);
    chair(desk, &["merge", "chair.arising"]).expect_done();
    apart(desk);
    done(&["erase", "--words", "Philomena Hartwright", "--ground", "Request of 3 Nov", "--yes"]);
    done(&["meeting", "start", "Practice Group", "--agenda", "everything"]);
    desk.register()
}

/// Both go on, and then have all of it: conflicts, a number given twice, an edit of what the other withdrew.
fn apart(desk: &Desk) {
    let done = |arguments: &[&str]| drop(desk.run(arguments).expect_done());
    done(&["rate", "adult-m:1.1", "amber"]);
    done(&["add", "One", "--under", "adult-m:1"]);
    done(&["withdraw", "dhr9:1.1", "--reason", "double"]);
    done(&["split", "harbour:3.1", "--at", "Book the rooms"]);
    for act in [
        &["rate", "adult-m:1.1", "red"][..],
        &["progress", "adult-m:2.1", "Agreed by all."],
        &["add", "Two", "--under", "adult-m:1"],
        &["text", "dhr9:1.1", "Still wanted"],
    ] {
        chair(desk, act).expect_done();
    }
    chair(desk, &["share", "-o", "back.arising"]).expect_done();
    done(&["merge", "back.arising"]);
}

/// The demonstration's register.
fn of_demo(desk: &Desk) -> PathBuf {
    let (register, now) =
        (desk.path("demo.sqlite"), DateTime::parse_from_rfc3339("2026-11-21T10:00:00+00:00").unwrap());
    let env = Env { now, today: now.date_naive(), author: "Chair".into() };
    let places = Places { data: Some(desk.path("data of the demo")) };
    let mut open = Open::over(Store::create_in(&register, &places).unwrap()).unwrap();
    demo::fill(&mut open, &env);
    register
}

#[test]
fn every_view_says_of_each_board_what_its_register_says() {
    let Some(server) = Server::shared() else { return };
    let (database, desk) = (server.database(), Desk::empty());
    lay(&database);
    let registers = [("Harbour", a_year(&desk)), ("Riverside", of_demo(&desk))];
    let boards: Vec<(String, PathBuf)> =
        registers.into_iter().map(|(name, register)| (copy(&database, &register, name), register)).collect();
    let mut client = database.connect(&reader(&database, "powerbi", "*"));
    let counts = compare(&mut client, &boards[0].0, &boards[0].1);
    assert!(counts.iter().all(|(_, rows)| *rows > 0), "a view that is empty proves nothing: {counts:?}");
    let holds = |view: &str, words: &str| {
        let rows = of_register(&boards[0].1, view).1;
        assert!(rows.into_iter().flatten().flatten().any(|cell| cell.contains(words)), "no {words} in {view}");
    };
    holds("action", "1.2′");
    holds("action", "28 Feb 2027");
    holds("action", "Still wanted");
    holds("progress", "[erased] rang.");
    holds("audit", "Book the rooms");
    holds("meeting", "B. Officer");
    compare(&mut client, &boards[1].0, &boards[1].1);
    let mut sorted = boards.clone();
    sorted.sort();
    for view in VIEWS {
        let rows = |(board, register): &(String, PathBuf)| with_board(board, of_register(register, view)).1;
        let expected: Vec<_> = sorted.iter().flat_map(rows).collect();
        assert_eq!(of_hub(&mut client, view, None).1, expected, "{view} of all boards");
    }
}

#[test]
fn every_view_says_of_a_published_plan_what_its_register_says() {
    let (Some(server), Some(plan)) = (Server::shared(), published::path("adult-c.docx")) else { return };
    let (database, desk) = (server.database(), Desk::empty());
    lay(&database);
    desk.run(&["import", plan.to_str().unwrap()]).expect_done();
    let board = copy(&database, &desk.register(), "Adult C");
    let mut client = database.connect(&reader(&database, "powerbi", "*"));
    let counts = compare(&mut client, &board, &desk.register());
    assert!(counts.iter().any(|(view, rows)| *view == "action" && *rows > 20), "{counts:?}");
}

#[test]
fn a_view_shows_nobody_more_than_the_row_policies_do() {
    let Some(server) = Server::shared() else { return };
    let (database, desk) = (server.database(), Desk::empty());
    lay(&database);
    let (harbour, riverside) = (a_year(&desk), of_demo(&desk));
    let (board, other) = (copy(&database, &harbour, "Harbour"), copy(&database, &riverside, "Riverside"));
    let mut laptop = database.connect(&member(&database, "laptop", &board, None, "arising_laptop"));
    let mut one = database.connect(&reader(&database, "analyst", &other));
    let mut nobody = database.connect(&reader(&database, "nobody", "00000000000000000000000000000000"));
    for view in VIEWS {
        assert_eq!(of_hub(&mut laptop, view, None).1, with_board(&board, of_register(&harbour, view)).1, "{view}");
        assert_eq!(of_hub(&mut laptop, view, Some(&other)).1.len(), 0, "{view} of a board that is not the laptop's");
        assert_eq!(of_hub(&mut one, view, None).1, with_board(&other, of_register(&riverside, view)).1, "{view}");
        assert_eq!(of_hub(&mut nobody, view, None).1.len(), 0, "{view} for a role of no board");
    }
}

#[test]
fn an_agencys_role_sees_in_a_view_what_it_was_given_and_no_more() {
    let Some(server) = Server::shared() else { return };
    let (database, desk) = (server.database(), Desk::empty());
    lay(&database);
    let register = of_demo(&desk);
    let board = copy(&database, &register, "Riverside");
    let cell = |sql: &str| -> String { opened(&register).query_row(sql, [], |row| row.get(0)).unwrap() };
    let (action, plan) = (cell("SELECT id FROM action WHERE ref = '1.1'"), cell("SELECT id FROM plan"));
    let party = cell("SELECT id FROM party WHERE name LIKE 'Ashmere Police%'");
    let mut agency = database.connect(&member(&database, "agency", &board, Some(&party), "arising_laptop"));
    for view in VIEWS {
        assert_eq!(of_hub(&mut agency, view, None).1.len(), 0, "{view} before anything was given");
    }
    let mut owner = database.owner();
    owner.batch_execute("SET ROLE arising_owner").unwrap();
    let mut give = |party: &str, id: &str, known: i64, excerpt: Option<&str>| {
        let sql = "INSERT INTO arising.grant_ (board, party, origin, seq, known, batch, excerpt)
                   SELECT board, $2, origin, seq, $4, batch, $5 FROM arising.change
                   WHERE board = $1 AND origin || '.' || seq = $3";
        assert_eq!(owner.execute(sql, &[&board, &party, &id, &known, &excerpt]).unwrap(), 1);
    };
    give(&party, &plan, 1, Some(r#"{"add":"plan","values":{"slug":"too old"}}"#));
    give(&party, &plan, 2, Some(r#"{"add":"plan","values":{"slug":"riverside"}}"#));
    give(&party, &action, 2, None);
    give("00000000000000ff.1", &cell("SELECT id FROM action WHERE ref = '1.2'"), 2, None);
    let text = cell("SELECT text FROM action WHERE ref = '1.1'");
    let rows = agency.query("SELECT plan, text, rating FROM arising.action", &[]).unwrap();
    let seen: Vec<(String, String)> = rows.iter().map(|row| (row.get(0), row.get(1))).collect();
    assert_eq!(seen, [("riverside".to_owned(), text)]);
    let audit = of_hub(&mut agency, "audit", None).1;
    assert_eq!(audit.len(), 2, "the plan's frame and the action: {audit:?}");
    let proofs: i64 = agency.query_one("SELECT count(*) FROM arising.change", &[]).unwrap().get(0);
    assert!(proofs > 100, "the proofs of all changes are there for every member");
}
