//! Two connections to one register, two copies of it, and a copy that was set back.

use std::fs;

use crate::kit::folder::{Folder, rate, stamp, two_actions};
use arising::desk::Desk;
use arising::domain::intent::Intent;
use arising::env::Env;
use arising::store::{Access, Places, Store};

fn env(author: &str) -> Env {
    let now = stamp().at;
    Env { now, today: now.date_naive(), author: author.into() }
}

#[test]
fn what_another_process_writes_is_news_exactly_once() {
    let folder = Folder::new();
    let (mut mine, mut theirs) = (folder.create(), folder.open(Access::ReadWrite));
    assert!(mine.news().unwrap().is_empty());
    let first = theirs.append(two_actions(), &stamp()).unwrap();
    let second = theirs.append(vec![rate(first.changes[1].id, "Red", &[])], &stamp()).unwrap();
    assert_eq!(mine.news().unwrap(), vec![first, second]);
    assert!(mine.news().unwrap().is_empty());
    mine.append(two_actions(), &stamp()).unwrap();
    assert!(mine.news().unwrap().is_empty(), "what I wrote is no news to me");
}

#[test]
fn what_is_noticed_only_while_writing_is_news_afterwards() {
    let folder = Folder::new();
    let (mut mine, mut theirs) = (folder.create(), folder.open(Access::ReadWrite));
    assert_eq!(mine.origin(), theirs.origin(), "one copy of the register, two programs");
    let first = theirs.append(two_actions(), &stamp()).unwrap();
    let own = mine.append(two_actions(), &stamp()).unwrap();
    assert_eq!(own.id.seq, 4);
    assert_eq!(mine.news().unwrap(), vec![first.clone()]);
    assert_eq!(theirs.news().unwrap(), vec![own.clone()]);
    assert_eq!(mine.log().unwrap(), vec![first, own]);
    mine.check().unwrap();
}

#[test]
fn many_programs_write_at_once_and_nothing_is_lost() {
    let folder = Folder::new();
    folder.create().append(two_actions(), &stamp()).unwrap();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                let mut store = folder.open(Access::ReadWrite);
                for _ in 0..10 {
                    store.append(two_actions(), &stamp()).unwrap();
                }
            });
        }
    });
    let store = folder.open(Access::ReadWrite);
    assert_eq!(store.log().unwrap().len(), 41);
    assert_eq!(store.check().unwrap().changes, 123);
}

#[test]
fn a_decision_is_made_on_what_others_wrote_a_moment_ago() {
    let folder = Folder::new();
    let first = folder.create().append(two_actions(), &stamp()).unwrap();
    let action = first.changes[1].id;
    let mut mine = Desk::open_in(&folder.register(), Access::ReadWrite, &folder.places()).unwrap();
    let mut theirs = Desk::open_in(&folder.register(), Access::ReadWrite, &folder.places()).unwrap();
    let rate = |word: &str| Intent::Rate { action, rating: Some(word.into()), note: None };
    theirs.write(&rate("Amber"), &env("A. Khan")).unwrap();
    let written = mine.write(&rate("Green"), &env("J. Lee")).unwrap();
    assert!(written.sentence.contains("Amber → Green"), "{}", written.sentence);
    assert!(!mine.register().action(action).unwrap().rating.in_conflict());
    let heard = mine.refresh().unwrap();
    assert_eq!(heard.len(), 1);
    assert!(heard[0].starts_with("A. Khan: ") && heard[0].contains("Amber"), "{heard:?}");
    theirs.refresh().unwrap();
    assert_eq!(mine.register(), theirs.register());
}

#[test]
fn a_copied_file_gets_an_origin_of_its_own() {
    let folder = Folder::new();
    let mut store = folder.create();
    store.append(two_actions(), &stamp()).unwrap();
    let origin = store.origin();
    drop(store);
    fs::copy(folder.register(), folder.path("copy.sqlite")).unwrap();
    let mut copy = Store::open_in(&folder.path("copy.sqlite"), Access::ReadWrite, &folder.places()).unwrap();
    assert_ne!(copy.origin(), origin);
    copy.append(two_actions(), &stamp()).unwrap();
    assert_eq!(copy.check().unwrap().origins, 2);
    assert_eq!(folder.open(Access::ReadWrite).origin(), origin);
}

#[test]
fn a_file_that_was_set_back_goes_on_under_a_new_origin() {
    let folder = Folder::new();
    let mut store = folder.create();
    store.append(two_actions(), &stamp()).unwrap();
    fs::copy(folder.register(), folder.path("old")).unwrap();
    store.append(two_actions(), &stamp()).unwrap();
    let origin = store.origin();
    drop(store);
    fs::copy(folder.path("old"), folder.register()).unwrap();
    let mut store = folder.open(Access::ReadWrite);
    assert_ne!(store.origin(), origin, "a second change 4 of the same origin would be two changes with one name");
    store.append(two_actions(), &stamp()).unwrap();
    let again = store.origin();
    drop(store);
    assert_eq!(folder.open(Access::ReadWrite).origin(), again, "and stays with it");
}

#[test]
fn without_a_place_to_remember_every_run_has_its_own_origin() {
    let folder = Folder::new();
    fs::write(folder.path("blocked"), "a file where a folder should be").unwrap();
    let places = Places { data: Some(folder.path("blocked")) };
    drop(folder.create());
    let open = || Store::open_in(&folder.register(), Access::ReadWrite, &places).unwrap();
    let (mut first, mut second) = (open(), open());
    assert_ne!(first.origin(), second.origin());
    first.append(two_actions(), &stamp()).unwrap();
    second.append(two_actions(), &stamp()).unwrap();
    assert!(second.notice().unwrap().contains("backup"), "and says that it could not make a backup");
    assert_eq!(second.check().unwrap().origins, 2);
}

#[test]
fn a_locked_register_is_waited_for_and_then_said_to_be_locked() {
    let folder = Folder::new();
    let mut store = folder.create();
    store.append(two_actions(), &stamp()).unwrap();
    let other = rusqlite::Connection::open(folder.register()).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let problem = store.append(two_actions(), &stamp()).unwrap_err().to_string();
    assert!(problem.starts_with("NOT SAVED: another program is using the register"), "{problem}");
    other.execute_batch("ROLLBACK").unwrap();
    store.append(two_actions(), &stamp()).unwrap();
}

#[test]
fn looking_for_news_does_not_wait_for_a_write_under_way_and_hears_of_it_afterwards() {
    let folder = Folder::new();
    let mut store = folder.create();
    store.append(two_actions(), &stamp()).unwrap();
    let mut elsewhere = folder.open(Access::ReadWrite);
    let written = elsewhere.append(two_actions(), &stamp()).unwrap();
    let other = rusqlite::Connection::open(folder.register()).unwrap();
    other.execute_batch("BEGIN EXCLUSIVE").unwrap();
    let begun = std::time::Instant::now();
    assert_eq!(store.news_at_hand().unwrap(), vec![]);
    assert!(begun.elapsed() < std::time::Duration::from_secs(2), "waiting would take five seconds");
    other.execute_batch("ROLLBACK").unwrap();
    assert_eq!(store.news_at_hand().unwrap(), vec![written]);
    assert_eq!(store.news_at_hand().unwrap(), vec![]);
}

#[test]
fn a_newer_program_that_changes_the_format_meanwhile_is_noticed() {
    let folder = Folder::new();
    let mut store = folder.create();
    store.append(two_actions(), &stamp()).unwrap();
    // The usual mode deletes the journal, which Windows does not allow while a store has it open.
    folder.edit("PRAGMA journal_mode = TRUNCATE; CREATE TABLE newer (a TEXT) STRICT; PRAGMA user_version = 10007");
    let problem = store.append(two_actions(), &stamp()).unwrap_err().to_string();
    assert!(problem.starts_with("NOT SAVED") && problem.contains("format 1.7"), "{problem}");
}
