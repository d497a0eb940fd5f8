//! How long opening, writing and the views take on a long history; run by hand:
//! `cargo test --release --test store_speed -- --ignored --nocapture`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod common;

use std::time::Instant;

use arising::desk::Desk;
use arising::domain::action::Targets;
use arising::domain::change::{Kind, Op, Value};
use arising::domain::flag::RawCell;
use arising::domain::id::Id;
use arising::domain::progress::{EntryOrigin, EntryText};
use arising::domain::target::Target;
use arising::store::{Access, Along};
use common::{Folder, rate, stamp};

const ACTIONS: usize = 1000;
const CHANGES: usize = 20_000;

fn action(number: usize) -> Op {
    let text = format!("Action {number}: agencies will work together on what the review found. ").repeat(3);
    let target = Target { raw: "Oct 2026".into(), span: None, flag: None };
    let raw = RawCell { column: "Action".into(), text: text.clone() };
    Op::Add {
        kind: Kind::Action { plan: Id::pending(0), recommendation: None },
        values: vec![
            Value::Text(text),
            Value::Rating(Some("Amber".into())),
            Value::Targets(Targets { dates: vec![target], reason: String::new() }),
            Value::Raw(vec![raw]),
        ],
    }
}

#[test]
#[ignore = "prints times"]
fn long_history() {
    let folder = Folder::new();
    let mut store = folder.create();
    let plan = Op::Add { kind: Kind::Plan, values: vec![Value::Slug("adult-q".into())] };
    let ops = std::iter::once(plan).chain((1..=ACTIONS).map(action)).collect();
    let first = store.append(ops, &stamp()).unwrap();
    let mut ratings: Vec<Vec<Id>> = vec![vec![]; ACTIONS];
    let mut written = ACTIONS + 1;
    while written < CHANGES {
        let ops: Vec<Op> = (0..ACTIONS)
            .map(|at| {
                let on = first.changes[at + 1].id;
                if written / ACTIONS % 4 == 3 {
                    let text = format!("Heard in the meeting: progress on {at} is as expected, a report will follow.");
                    let said = EntryText { date: None, text, by: None, origin: EntryOrigin::Written };
                    Op::Add { kind: Kind::Entry { action: on, said }, values: vec![] }
                } else {
                    rate(on, ["Red", "Amber", "Green"][written / ACTIONS % 3], &ratings[at])
                }
            })
            .collect();
        let batch = store.append(ops, &stamp()).unwrap();
        for (at, change) in batch.changes.iter().enumerate() {
            if matches!(change.op, Op::Set { .. }) {
                ratings[at] = vec![change.id];
            }
        }
        written += ACTIONS;
    }
    println!("file: {} kB", std::fs::metadata(folder.register()).unwrap().len() / 1024);
    let time = |what: &str, mut work: Box<dyn FnMut() + '_>| {
        let mut times: Vec<f64> = (0..7)
            .map(|_| {
                let start = Instant::now();
                work();
                start.elapsed().as_secs_f64() * 1000.0
            })
            .collect();
        times.sort_by(f64::total_cmp);
        println!("{what}: {:.2} ms (best {:.2})", times[3], times[0]);
    };
    drop(store);
    let open = || Desk::open_in(&folder.register(), Access::ReadWrite, &folder.places()).unwrap();
    time("open without snapshot", Box::new(|| drop(open())));
    let mut desk = open();
    desk.accept(desk.verifier().run()).unwrap();
    let start = Instant::now();
    desk.freshen().unwrap();
    println!("write snapshot: {:.2} ms", start.elapsed().as_secs_f64() * 1000.0);
    time("open store only", Box::new(|| drop(folder.open(Access::ReadWrite))));
    time("open with snapshot", Box::new(|| drop(open())));
    let bytes = arising::wire::snapshot::pack(desk.register()).unwrap();
    println!("snapshot: {} kB", bytes.len() / 1024);
    time("unpack", Box::new(|| drop(arising::wire::snapshot::unpack(&bytes).unwrap())));
    let db = rusqlite::Connection::open(folder.register()).unwrap();
    let sql = "SELECT state FROM snapshot";
    time("read blob", Box::new(|| drop(db.query_row(sql, [], |row| row.get::<_, Vec<u8>>(0)).unwrap())));
    let mut copies: Vec<_> = (0..7).map(|_| desk.register().clone()).collect();
    time("drop a register", Box::new(|| drop(copies.pop())));
    time("clone a register", Box::new(|| std::mem::forget(desk.register().clone())));
    time("verify all", Box::new(|| drop(desk.verifier().run().unwrap())));
    time("fold the log", Box::new(|| drop(desk.log().unwrap())));
    let mut store = folder.open(Access::ReadWrite);
    let start = Instant::now();
    store.append(vec![rate(first.changes[1].id, "Red", &[])], &stamp()).unwrap();
    println!("first write of a run: {:.2} ms", start.elapsed().as_secs_f64() * 1000.0);
    time("write", Box::new(|| drop(store.append(vec![rate(first.changes[1].id, "Red", &[])], &stamp()).unwrap())));
    let before = desk.register().clone();
    time(
        "write, current only",
        Box::new(|| {
            let along = Along { forget: None, before: Some(&before) };
            store.append_if_current(vec![rate(first.changes[1].id, "Red", &[])], &stamp(), along).unwrap().unwrap();
        }),
    );
    let bare = rusqlite::Connection::open(folder.path("bare.sqlite")).unwrap();
    bare.execute_batch("PRAGMA journal_mode = TRUNCATE; PRAGMA synchronous = EXTRA; CREATE TABLE t (a)").unwrap();
    time("one bare commit", Box::new(|| bare.execute_batch("INSERT INTO t VALUES (zeroblob(400))").unwrap()));
    let db = rusqlite::Connection::open(folder.register()).unwrap();
    for view in ["action", "lead", "progress", "rating_history", "audit", "plan", "party"] {
        let sql = format!("SELECT count(*) FROM (SELECT * FROM {view})");
        time(view, Box::new(|| assert!(db.query_row(&sql, [], |row| row.get::<_, i64>(0)).unwrap() >= 0)));
    }
}
