//! The store's guarantees to the layers above.

use chrono::DateTime;

use crate::domain::change::{Cause, Kind, Op, Value};
use crate::domain::id::Id;
use crate::domain::register::Register;

use super::as_left::Mark;
use super::{Access, Places, Stamp, Store};

pub fn stamp() -> Stamp {
    let at = DateTime::parse_from_rfc3339("2026-03-12T10:15:00+00:00").unwrap();
    Stamp { author: "J. Lee".into(), at, meeting: None, cause: Cause::Edit }
}

pub fn plan() -> Vec<Op> {
    vec![
        Op::Add { kind: Kind::Plan, values: vec![Value::Slug("adult-q".into())] },
        Op::Add {
            kind: Kind::Action { plan: Id::pending(0), recommendation: None },
            values: vec![Value::Text("Write the protocol".into())],
        },
    ]
}

#[test]
fn what_is_appended_is_read_back_and_folds() {
    let mut store = Store::in_memory().unwrap();
    let batch = store.append(plan(), &stamp()).unwrap();
    assert_eq!(store.log().unwrap(), vec![batch.clone()]);
    assert_eq!(store.batch(batch.id).unwrap(), Some(batch.clone()));
    assert_eq!(store.change(batch.changes[1].id).unwrap(), Some(batch.changes[1].clone()));
    let register = Register::fold(&store.log().unwrap());
    assert_eq!(register.actions[0].text(), "Write the protocol");
    assert_eq!(register.actions[0].plan, register.plans[0].id);
}

#[test]
fn a_long_batch_is_chained_like_a_short_one_and_read_back_in_order() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::create_in(&folder.path().join("register.sqlite"), &super::Places::default()).unwrap();
    let action = |at: usize| Op::Add {
        kind: Kind::Action { plan: Id::pending(0), recommendation: None },
        values: vec![Value::Text(format!("Write protocol {at}"))],
    };
    let ops = |count: usize| plan().into_iter().take(1).chain((1..count).map(action)).collect::<Vec<Op>>();
    // Rows are written sixteen at a time.
    let written = [1500, 15, 16, 17, 32].map(|count| store.append(ops(count), &stamp()).unwrap());
    assert!(store.log().unwrap() == written, "the log says what was written");
    store.check().unwrap();
}

#[test]
fn a_full_disk_is_said_and_costs_nothing_that_was_saved() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("register.sqlite");
    let mut store = Store::create_in(&path, &super::Places::default()).unwrap();
    let first = store.append(plan(), &stamp()).unwrap();
    store.save_draft("note", "half a sentence").unwrap();
    let pages: i64 = store.db.pragma_query_value(None, "page_count", |row| row.get(0)).unwrap();
    let limit = |store: &Store, pages: i64| {
        store.db.pragma_update_and_check(None, "max_page_count", pages, |row| row.get::<_, i64>(0)).unwrap()
    };
    limit(&store, pages);
    let long = vec![Op::Add { kind: Kind::Plan, values: vec![Value::Notes(vec!["word ".repeat(9000)])] }];
    let problem = store.append(long.clone(), &stamp()).unwrap_err();
    assert!(problem.to_string().starts_with("NOT SAVED: the disk is full. Free some space"), "{problem}");
    assert_eq!(store.draft("note").unwrap().as_deref(), Some("half a sentence"));
    assert_eq!(store.log().unwrap(), vec![first.clone()], "it can still be read");
    limit(&store, 1 << 30);
    let second = store.append(long, &stamp()).unwrap();
    assert_eq!(second.id.seq, first.id.seq + 2, "and written again once there is space, without a gap");
    store.check().unwrap();
}

#[test]
fn writing_is_durable_by_sqlites_own_word() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::create_in(&folder.path().join("register.sqlite"), &super::Places::default()).unwrap();
    let read = |name: &str| -> String {
        let text = store.db.pragma_query_value(None, name, |row| row.get_ref(0).map(|cell| format!("{cell:?}")));
        text.unwrap().to_lowercase()
    };
    assert!(read("journal_mode").contains(&format!("{:?}", b"truncate")) || read("journal_mode").contains("truncate"));
    assert_eq!(read("synchronous"), "integer(3)");
    assert_eq!(read("trusted_schema"), "integer(0)");
    assert_eq!(read("secure_delete"), "integer(1)");
    assert!(rusqlite::version_number() >= 3_051_003);
}

#[test]
fn what_has_decayed_unnoticed_is_found_in_the_background_and_refused_by_every_run_after_it() {
    let folder = tempfile::tempdir().unwrap();
    let places = Places { data: Some(folder.path().join("data")) };
    let file = folder.path().join("register.sqlite");
    Store::create_in(&file, &places).unwrap().append(plan(), &stamp()).unwrap();
    let open = || Store::open_in(&file, Access::ReadWrite, &places).unwrap();
    let mut bytes = std::fs::read(&file).unwrap();
    let place = memchr::memmem::find(&bytes, b"Write the protocol").unwrap();
    bytes[place] ^= 1;
    std::fs::write(&file, bytes).unwrap();
    // As if no one had written to it: nothing tells it from the file that was left.
    let mut store = open();
    store.as_left.note_verified(&Mark::of(store.place.as_ref().unwrap()).unwrap());
    store = open();
    assert!(store.verify().is_ok());
    let found = store.verifier().run();
    store.accept(&found);
    assert!(found.is_err() && store.append(plan(), &stamp()).is_err());
    assert!(open().verify().is_err());
}
