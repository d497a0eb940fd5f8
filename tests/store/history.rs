//! History cannot be altered unnoticed, by accident or on purpose.

use crate::kit::folder::{Folder, rate, stamp, two_actions, without_triggers};
use arising::store::{Access, Store};
use rusqlite::Connection;

/// A register with a plan, two actions and three ratings.
fn register() -> (Folder, Store) {
    let folder = Folder::new();
    let mut store = folder.create();
    let first = store.append(two_actions(), &stamp()).unwrap();
    let action = first.changes[1].id;
    let mut replaces = vec![];
    for word in ["Red", "Amber", "Green"] {
        let batch = store.append(vec![rate(action, word, &replaces)], &stamp()).unwrap();
        replaces = vec![batch.id];
    }
    (folder, store)
}

fn tamper(folder: &Folder, sql: &str) {
    let db = Connection::open(folder.register()).unwrap();
    without_triggers(&db, |db| db.execute_batch(sql).unwrap());
}

#[test]
fn the_log_refuses_to_be_altered_deleted_or_replaced() {
    let (folder, store) = register();
    drop(store);
    let db = Connection::open(folder.register()).unwrap();
    for sql in [
        "UPDATE change SET body = '{}'",
        "DELETE FROM change",
        "UPDATE batch SET author = 'somebody else'",
        "DELETE FROM batch",
        "INSERT OR REPLACE INTO batch SELECT id, 'somebody else', at, meeting, cause, salt, digest, signature FROM batch",
        "INSERT OR REPLACE INTO change SELECT lamport, origin, seq, batch, '{}', salt, digest, hash FROM change",
        "INSERT INTO change SELECT lamport + 9, origin, seq + 9, batch, body, salt, digest, hash FROM change",
    ] {
        let refusal = db.execute_batch(sql).expect_err(sql).to_string();
        assert!(refusal.contains("the log only grows"), "{sql}: {refusal}");
    }
    folder.open(Access::ReadOnly).check().unwrap();
}

#[test]
fn a_register_that_is_whole_says_what_it_holds() {
    let (_folder, store) = register();
    let verified = store.check().unwrap();
    assert_eq!((verified.changes, verified.batches, verified.origins), (6, 4, 1));
    let again = store.verifier().run().unwrap();
    assert_eq!((again.changes, again.batches, again.origins, again.missing.len()), (6, 4, 1, 0));
}

#[test]
fn every_altered_column_is_found_and_its_change_named() {
    for (sql, change, why) in [
        ("UPDATE change SET body = replace(body, 'Amber', 'Green') WHERE seq = 5", 5, "its content was altered"),
        ("UPDATE change SET salt = zeroblob(16) WHERE seq = 4", 4, "its content was altered"),
        ("UPDATE change SET digest = zeroblob(32) WHERE seq = 4", 4, "its content was altered"),
        ("UPDATE change SET hash = zeroblob(32) WHERE seq = 6", 6, "its author, time, cause or position"),
        ("UPDATE batch SET author = 'K. Lee' WHERE id LIKE '%.4'", 4, "its author, time, cause or position"),
        ("UPDATE batch SET at = '2026-03-11T10:15:00+00:00' WHERE id LIKE '%.5'", 5, "its author, time"),
        ("UPDATE batch SET cause = '{\"kind\":\"undo\"}' WHERE id LIKE '%.5'", 5, "its author, time, cause"),
        ("UPDATE batch SET meeting = id WHERE id LIKE '%.5'", 5, "its author, time, cause or position"),
        ("UPDATE change SET lamport = lamport + 5 WHERE seq = 4", 4, "its author, time, cause or position"),
        ("UPDATE change SET batch = (SELECT min(id) FROM batch) WHERE seq = 6", 6, "its author, time, cause"),
        ("DELETE FROM change WHERE seq = 5", 6, "the change before it is missing"),
    ] {
        let (folder, store) = register();
        let id = format!("change {}.{change} ", store.origin());
        drop(store);
        tamper(&folder, sql);
        let named = |problem: &str| {
            assert!(problem.contains(&id), "{sql}: {problem}");
            assert!(problem.contains(why), "{sql}: {problem}");
        };
        match Store::open_in(&folder.register(), Access::ReadWrite, &folder.places()) {
            Ok(mut store) => {
                named(&store.check().expect_err(sql).to_string());
                let refusal = store.append(two_actions(), &stamp()).expect_err(sql).to_string();
                assert!(refusal.starts_with("NOT SAVED"), "{sql}: {refusal}");
            }
            Err(problem) => named(&problem.to_string()),
        }
    }
}

#[test]
fn the_first_broken_change_is_named_in_words() {
    let (folder, store) = register();
    drop(store);
    tamper(&folder, "UPDATE batch SET author = 'Nobody' WHERE id LIKE '%.5'");
    let problem = folder.open(Access::ReadOnly).check().unwrap_err().to_string();
    assert!(problem.contains("1 Red → Amber"), "{problem}");
    assert!(problem.contains("by Nobody at 2026-03-12T10:15:00+00:00"), "{problem}");
}

#[test]
fn orphans_are_found() {
    for sql in [
        "INSERT INTO batch VALUES ('00000000000000aa.1', 'x', '2026-03-12T10:15:00+00:00', NULL, '{}', NULL, zeroblob(32), NULL)",
        "PRAGMA foreign_keys = OFF; DELETE FROM batch WHERE id LIKE '%.5'",
    ] {
        let (folder, store) = register();
        drop(store);
        tamper(&folder, sql);
        assert!(folder.open(Access::ReadOnly).check().is_err(), "{sql}");
    }
}

#[test]
fn a_flipped_byte_anywhere_in_the_log_is_found() {
    let (folder, store) = register();
    drop(store);
    let whole = std::fs::read(folder.register()).unwrap();
    let mut found = 0;
    for needle in ["Write the protocol", "Amber", "J. Lee", "10:15:00", "replaces"] {
        for place in memchr::memmem::find_iter(&whole, needle) {
            let mut bytes = whole.clone();
            bytes[place + 1] ^= 1;
            std::fs::write(folder.register(), &bytes).unwrap();
            let opened = Store::open_in(&folder.register(), Access::ReadOnly, &folder.places());
            assert!(opened.and_then(|store| store.check()).is_err(), "{needle} at {place}");
            found += 1;
        }
    }
    assert!(found >= 9, "{found}");
}

#[test]
fn a_verdict_from_behind_the_first_frame_stops_all_writing() {
    let (folder, store) = register();
    drop(store);
    tamper(&folder, "UPDATE batch SET author = 'Nobody' WHERE id LIKE '%.4'");
    let mut store = folder.open(Access::ReadWrite);
    let verifier = store.verifier();
    let verdict = std::thread::spawn(move || verifier.run()).join().unwrap();
    assert!(verdict.is_err());
    store.accept(&verdict);
    assert!(store.append(two_actions(), &stamp()).is_err());
    assert!(store.save_draft("a", "b").is_err());
}

#[test]
fn a_flipped_byte_anywhere_in_the_file_never_passes_for_another_history() {
    let (folder, mut store) = register();
    let notes = vec![arising::domain::change::Value::Notes(vec!["A page of notes. ".repeat(300)])];
    let plan = arising::domain::change::Op::Add { kind: arising::domain::change::Kind::Plan, values: notes };
    store.append(vec![plan], &stamp()).unwrap();
    let (history, expected) = (store.log().unwrap(), store.register().unwrap());
    drop(store);
    let whole = std::fs::read(folder.register()).unwrap();
    let mut refused = 0;
    for flip in 0..600_usize {
        let mut bytes = whole.clone();
        let place = flip * 7919 % bytes.len();
        bytes[place] ^= 1 << (flip % 8);
        std::fs::write(folder.register(), &bytes).unwrap();
        let opened = Store::open_in(&folder.register(), Access::ReadOnly, &folder.places());
        match opened.and_then(|store| store.check().map(|_| store)) {
            Ok(store) => {
                assert_eq!(store.log().unwrap(), history, "byte {place}");
                assert_eq!(store.register().unwrap(), expected, "byte {place}");
            }
            Err(problem) => {
                assert!(!problem.why.is_empty(), "byte {place}: {problem}");
                refused += 1;
            }
        }
    }
    assert!(refused > 100, "{refused}");
}
