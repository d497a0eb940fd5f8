//! Copies of one register, edited apart and merged: in any order, once or twice, whole or not at all.

use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use crate::kit::folder::{self, Folder, Forger, rate, stamp, stamp_at, two_actions};
use arising::domain::change::Op;
use arising::domain::id::Id;
use arising::domain::register::Register;
use arising::problem::Problem;
use arising::store::{Access, How, Merged, NONE_SEALED, Places, Store, Terms, Trial, Unsigned};

/// Several copies of one register, each with its own computer's memory.
pub struct Copies {
    folder: Folder,
    pub action: Id,
}

impl Copies {
    pub fn new() -> Copies {
        let folder = Folder::new();
        let mut store = Store::create_in(&folder.path("0.sqlite"), &places(&folder, 0)).unwrap();
        let first = store.append(two_actions(), &stamp()).unwrap();
        Copies { action: first.changes[1].id, folder }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path(name)
    }

    /// The copy of that number; the first time, it is made from the first.
    pub fn open(&self, number: usize) -> Store {
        let path = self.path(&format!("{number}.sqlite"));
        if !path.exists() {
            fs::copy(self.path("0.sqlite"), &path).unwrap();
        }
        Store::open_in(&path, Access::ReadWrite, &places(&self.folder, number)).unwrap()
    }

    /// A bundle of everything that the copy has.
    pub fn bundle(&self, number: usize, name: &str) -> PathBuf {
        let path = self.path(name);
        self.open(number).share(&path, None, &stamp().at).unwrap();
        path
    }
}

fn places(folder: &Folder, number: usize) -> Places {
    Places { data: Some(folder.path(&format!("computer {number}"))) }
}

fn merge(store: &mut Store, files: &[&Path]) -> Result<Merged, Problem> {
    merge_as(store, files, Unsigned::Refuse)
}

fn merge_as(store: &mut Store, files: &[&Path], unsigned: Unsigned) -> Result<Merged, Problem> {
    let files: Vec<PathBuf> = files.iter().map(|path| path.to_path_buf()).collect();
    let terms = Terms { unsigned, ..Terms::usual(Trial::Write) };
    store.merge(&files, How { terms, author: "J. Lee", at: stamp().at })
}

/// Asserts that the file is refused with these words, and that nothing changed.
#[track_caller]
fn refused(copies: &Copies, number: usize, file: &Path, words: &str) {
    let mut store = copies.open(number);
    let before = store.head();
    let problem = merge(&mut store, &[file]).unwrap_err().to_string();
    assert!(problem.contains(words), "{problem}");
    assert!(problem.contains("was not merged"), "{problem}");
    drop(store);
    let store = copies.open(number);
    assert_eq!(store.head(), before);
    store.check().unwrap();
}

#[test]
fn half_a_character_is_refused_and_a_whole_one_is_taken_however_it_is_escaped() {
    let copies = Copies::new();
    drop(copies.open(0));
    let unknown = |body: &str| vec![Op::Unknown { body: body.into() }];
    copies.open(1).append(unknown(r#"{"later":"\\ud83d \ud83d\ude00 \u0000"}"#), &stamp()).unwrap();
    assert_eq!(merge(&mut copies.open(0), &[&copies.bundle(1, "whole")]).unwrap().log.len(), 2);
    copies.open(2).append(unknown(r#"{"later":"\ud83d"}"#), &stamp()).unwrap();
    refused(&copies, 0, &copies.bundle(2, "half"), "its content is not in the form");
    copies.open(3).append(unknown("[]"), &stamp()).unwrap();
    refused(&copies, 0, &copies.bundle(3, "list"), "its content is not in the form");
}

#[test]
fn both_sides_of_a_conflict_are_kept_until_one_change_settles_them() {
    let copies = Copies::new();
    let (mut one, mut two) = (copies.open(0), copies.open(1));
    one.append(vec![rate(copies.action, "Red", &[])], &stamp()).unwrap();
    two.append(vec![rate(copies.action, "Green", &[])], &stamp_at("2020-01-01T10:00:00+00:00")).unwrap();
    drop(two);
    let merged = merge(&mut one, &[&copies.bundle(1, "b")]).unwrap();
    let action = merged.register.action(copies.action).unwrap();
    let values: Vec<_> = action.rating.heads().iter().map(|head| head.value.clone().unwrap()).collect();
    assert_eq!(values.len(), 2, "{values:?}");
    let replaces: Vec<Id> = action.rating.ids();
    one.append(vec![rate(copies.action, "Amber", &replaces)], &stamp()).unwrap();
    drop(one);
    let mut two = copies.open(1);
    let merged = merge(&mut two, &[&copies.bundle(0, "a")]).unwrap();
    assert!(!merged.register.action(copies.action).unwrap().rating.in_conflict());
}

#[test]
fn a_merge_is_the_same_from_a_register_and_from_a_bundle_and_again_changes_nothing() {
    let copies = Copies::new();
    copies.open(1).append(vec![rate(copies.action, "Green", &[])], &stamp()).unwrap();
    let bundle = copies.bundle(1, "b");
    let from_bundle = merge(&mut copies.open(2), &[&bundle]).unwrap().register;
    let mut store = copies.open(3);
    let from_register = merge(&mut store, &[&copies.path("1.sqlite")]).unwrap().register;
    assert_eq!(from_bundle, from_register);
    let head = store.head();
    let again = merge(&mut store, &[&bundle, &bundle, &copies.path("1.sqlite")]).unwrap();
    assert_eq!((store.head(), again.register), (head, from_register));
    assert_eq!(store.head(), copies.open(1).head());
    store.check().unwrap();
}

#[test]
fn the_same_rows_make_the_same_bundle_to_the_byte() {
    let copies = Copies::new();
    copies.open(1).append(vec![rate(copies.action, "Green", &[])], &stamp()).unwrap();
    let (one, other) = (copies.bundle(1, "b"), copies.bundle(1, "c"));
    assert_eq!(fs::read(&one).unwrap(), fs::read(other).unwrap());
    merge(&mut copies.open(0), &[&one]).unwrap();
    assert_eq!(fs::read(&one).unwrap(), fs::read(copies.bundle(0, "d")).unwrap(), "whoever writes it");
}

#[test]
fn a_trial_shows_what_would_come_and_writes_nothing() {
    let copies = Copies::new();
    copies.open(1).append(vec![rate(copies.action, "Green", &[])], &stamp()).unwrap();
    let bundle = copies.bundle(1, "b");
    let mut store = copies.open(0);
    let head = store.head();
    let how = How { terms: Terms::usual(Trial::Try), author: "J. Lee", at: stamp().at };
    let merged = store.merge(&[bundle], how).unwrap();
    assert_eq!(merged.register.action(copies.action).unwrap().rating(), Some("Green"));
    assert_eq!(store.head(), head);
    assert_eq!(store.register().unwrap().action(copies.action).unwrap().rating(), None);
    drop(store);
    copies.open(0).check().unwrap();
}

#[test]
fn what_is_given_to_the_same_person_again_is_only_what_is_new_and_needs_what_came_before() {
    let copies = Copies::new();
    let mut store = copies.open(0);
    let (first, second) = (copies.path("first"), copies.path("second"));
    assert_eq!(store.share(&first, Some("chair"), &stamp().at).unwrap().changes, 3);
    store.append(vec![rate(copies.action, "Green", &[])], &stamp()).unwrap();
    let shared = store.share(&second, Some("chair"), &stamp().at).unwrap();
    assert_eq!((shared.changes, shared.since.is_some()), (1, true));
    let new = copies.path("new.sqlite");
    let mut new = Store::create_copy(&new, &second, &NONE_SEALED, &places(&copies.folder, 9)).unwrap();
    for trial in [Trial::Try, Trial::Write] {
        let how = How { terms: Terms::usual(trial), author: "J. Lee", at: stamp().at };
        let problem = new.merge(std::slice::from_ref(&second), how).unwrap_err().to_string();
        assert!(problem.contains("it continues changes that are not here yet"), "{problem}");
    }
    merge(&mut new, &[&second, &first]).unwrap();
    assert_eq!(new.head(), store.head(), "in whatever order they are named");
}

#[test]
fn a_bundle_that_is_cut_or_changed_by_a_bit_is_refused_whole() {
    let copies = Copies::new();
    copies.open(1).append(vec![rate(copies.action, "Green", &[])], &stamp()).unwrap();
    let bytes = fs::read(copies.bundle(1, "b")).unwrap();
    let (mut store, file) = (copies.open(0), copies.path("changed"));
    let head = store.head();
    let mut tried = 0;
    for place in 0..bytes.len() {
        let mut changed = bytes.clone();
        changed[place] ^= 1 << (place % 8);
        fs::write(&file, &changed).unwrap();
        merge(&mut store, &[&file]).expect_err("a changed bit");
        fs::write(&file, &bytes[..place]).unwrap();
        merge(&mut store, &[&file]).expect_err("a missing end");
        tried += 2;
    }
    assert!(tried > 1000, "{tried}");
    assert_eq!(store.head(), head);
    store.check().unwrap();
}

/// A bundle whose text was altered, with its sum made right again.
fn altered(bundle: &Path, alter: impl Fn(&str) -> String) -> PathBuf {
    use sha2::{Digest, Sha256};
    let bytes = fs::read(bundle).unwrap();
    let packed = bytes.splitn(3, |byte| *byte == b'\n').nth(2).unwrap();
    let mut text = String::new();
    flate2::read::DeflateDecoder::new(packed).read_to_string(&mut text).unwrap();
    let changed = alter(&text);
    assert_ne!(changed, text, "nothing was altered");
    let mut deflater = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::default());
    deflater.write_all(changed.as_bytes()).unwrap();
    let packed = deflater.finish().unwrap();
    let digits = |byte: &u8| format!("{byte:02x}");
    let sum = Sha256::digest(&packed).iter().map(digits).collect::<Vec<_>>().concat();
    let path = bundle.with_extension("altered");
    fs::write(&path, [format!("arising bundle 1\n{sum}\n").as_bytes(), &packed].concat()).unwrap();
    path
}

#[test]
fn a_bundle_that_was_altered_by_hand_is_refused() {
    let copies = Copies::new();
    copies.open(1).append(vec![rate(copies.action, "Green", &[])], &stamp()).unwrap();
    let bundle = copies.bundle(1, "b");
    let own = copies.open(1).origin().to_string();
    let end = "it is damaged or incomplete";
    for (from, to, words) in [
        ("Green", "Blue", "its content was altered"),
        ("J. Lee", "K. Lee", "its author, time or cause was altered"),
        ("\"lamport\":4", "\"lamport\":9223372036854775807", end),
        ("\"lamport\":4", "\"lamport\":18446744073709551615", end),
        ("\"lamport\":4", "\"lamport\":18446744073709551616", end),
        (&own, "0000000000000000", end),
        ("\"signature\":\"", "\"signature\":\"00", end),
        ("\"uuid\":\"", "\"uuid\":\"0", "another register"),
        ("\"changes\":[", "\"changes\":[],\"more\":[", end),
    ] {
        let file = altered(&bundle, |text| text.replacen(from, to, 9));
        let mut store = copies.open(0);
        let head = store.head();
        let problem = merge(&mut store, &[&file]).unwrap_err().to_string();
        let is_meant = problem.contains(words) || problem.contains("does not fit") || problem.contains("signature");
        assert!(is_meant, "{from} → {to}: {problem}");
        assert_eq!(store.head(), head, "{from} → {to}");
    }
    let newer = copies.path("newer");
    let bytes = fs::read(&bundle).unwrap();
    fs::write(&newer, [b"arising bundle 2\n", &bytes[17..]].concat()).unwrap();
    refused(&copies, 0, &newer, "it has format 2 of a bundle");
}

#[test]
fn another_key_for_a_known_copy_and_a_number_beyond_all_are_refused() {
    let copies = Copies::new();
    drop(copies.open(1));
    let forge = |name: &str, sql: &str| {
        let path = copies.path(name);
        fs::copy(copies.path("0.sqlite"), &path).unwrap();
        let db = rusqlite::Connection::open(&path).unwrap();
        folder::without_triggers(&db, |db| {
            db.execute_batch(sql).unwrap();
            folder::rechain(db, Forger::WithAnotherKey);
        });
        path
    };
    let other_key =
        forge("key.sqlite", "UPDATE change SET body = replace(body, 'Write the protocol', 'Write nothing')");
    refused(&copies, 1, &other_key, "it names another key for the copy on");
    let far = forge("far.sqlite", "UPDATE change SET lamport = 9000000000000000000 WHERE lamport = 3");
    refused(&copies, 1, &far, "a higher number than there are changes");
}

#[test]
fn another_key_than_the_one_met_is_refused_even_where_the_register_is_new() {
    let copies = Copies::new();
    let bundle = copies.bundle(0, "b");
    let forged = copies.path("forged.sqlite");
    fs::copy(copies.path("0.sqlite"), &forged).unwrap();
    let db = rusqlite::Connection::open(&forged).unwrap();
    folder::without_triggers(&db, |db| folder::rechain(db, Forger::WithAnotherKey));
    drop(db);
    let new = |name: &str, of: &Path| {
        Store::create_copy(&copies.path(name), of, &NONE_SEALED, &places(&copies.folder, 5)).unwrap()
    };
    let first = merge(&mut new("one.sqlite", &bundle), &[&bundle]).unwrap().first;
    assert_eq!(first.len(), 1);
    let mut again = new("two.sqlite", &forged);
    let problem = merge(&mut again, &[&forged]).unwrap_err().to_string();
    assert!(
        problem.contains("another key for the copy on") && problem.contains("met here on 12 Mar 2026"),
        "{problem}"
    );
    assert_eq!(again.log().unwrap(), []);
    assert_eq!(merge(&mut again, &[&bundle]).unwrap().first, [], "it was met before");
    // The file itself was exchanged.
    let store = Store::open_in(&forged, Access::ReadWrite, &places(&copies.folder, 5)).unwrap();
    let found = store.verifier().run().unwrap().other_key.unwrap().sentence();
    assert!(found.contains("met here on 12 Mar 2026"), "{found}");
    let mut store = store;
    let problem = merge(&mut store, &[&bundle]).unwrap_err().to_string();
    assert!(problem.contains("this register is not the one that was here"), "{problem}");
}

#[test]
fn where_nothing_can_be_remembered_a_merge_is_done_all_the_same() {
    let copies = Copies::new();
    let bundle = copies.bundle(0, "b");
    let file = copies.path("a file");
    fs::write(&file, "").unwrap();
    for data in [None, Some(file)] {
        let path = copies.path(if data.is_none() { "none.sqlite" } else { "file.sqlite" });
        let mut store = Store::create_copy(&path, &bundle, &NONE_SEALED, &Places { data }).unwrap();
        assert_eq!(merge(&mut store, &[&bundle]).unwrap().first.len(), 1);
        let [writer] = &store.writers().unwrap()[..] else { panic!("one copy has written") };
        assert_eq!(writer.signed.as_ref().unwrap().met, None);
    }
}

#[test]
fn changes_without_a_signature_are_taken_only_when_the_user_says_so() {
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/formats/0.3.sqlite");
    let folder = Folder::new();
    let mut store = Store::create_copy(&folder.register(), &fixture, &NONE_SEALED, &folder.places()).unwrap();
    let problem = merge(&mut store, &[&fixture]).unwrap_err().to_string();
    assert!(problem.contains("bear no signature") && problem.contains("--unsigned"), "{problem}");
    assert_eq!(store.log().unwrap(), []);
    let merged = merge_as(&mut store, &[&fixture], Unsigned::Take).unwrap();
    assert_eq!(merged.register.visible_actions().count(), 3);
    store.check().unwrap();
}

#[test]
fn a_copy_of_another_register_is_refused() {
    let (copies, other) = (Copies::new(), Copies::new());
    refused(&copies, 0, &other.path("0.sqlite"), "it is of another register");
    refused(&copies, 0, &other.bundle(0, "b"), "it is of another register");
    let text = copies.path("plan.md");
    fs::write(&text, "| a | b |\n").unwrap();
    refused(&copies, 0, &text, "it is neither a register nor a bundle");
}

/// The copy of that number, made as one makes a second computer from the first: file, note and key.
pub fn cloned(copies: &Copies, number: usize) -> Store {
    let own = |number: usize| {
        let mut files = folder::walk(&places(&copies.folder, number).data.unwrap().join("origins"));
        files.retain(|path| path.is_file());
        files.sort();
        files
    };
    drop(copies.open(0));
    drop(copies.open(number));
    for (from, to) in own(0).iter().zip(own(number)) {
        fs::copy(from, to).unwrap();
    }
    let store = copies.open(number);
    assert_eq!(store.origin(), copies.open(0).origin(), "both take themselves for the same copy");
    store
}

#[test]
fn a_copy_with_two_histories_is_named_and_neither_is_taken() {
    let copies = Copies::new();
    cloned(&copies, 1).append(vec![rate(copies.action, "Green", &[])], &stamp()).unwrap();
    copies.open(0).append(vec![rate(copies.action, "Red", &[])], &stamp()).unwrap();
    for file in [copies.path("1.sqlite"), copies.bundle(1, "b")] {
        refused(&copies, 0, &file, "has written two different histories");
    }
}

#[test]
fn a_copy_that_another_continues_under_its_name_takes_another_name() {
    let copies = Copies::new();
    cloned(&copies, 1).append(vec![rate(copies.action, "Green", &[])], &stamp()).unwrap();
    let mut store = copies.open(0);
    let before = store.origin();
    merge(&mut store, &[&copies.path("1.sqlite")]).unwrap();
    assert_ne!(store.origin(), before);
    store.append(vec![rate(copies.action, "Red", &[])], &stamp()).unwrap();
    let origin = store.origin();
    drop(store);
    assert_eq!(copies.open(0).origin(), origin, "and keeps it");
    let mut other = copies.open(1);
    other.append(vec![rate(copies.action, "Blue", &[])], &stamp()).unwrap();
    merge(&mut other, &[&copies.path("0.sqlite")]).unwrap();
    drop(other);
    merge(&mut copies.open(0), &[&copies.path("1.sqlite")]).unwrap();
    assert_eq!(copies.open(0).head(), copies.open(1).head());
}

#[test]
fn a_screen_that_is_open_learns_what_was_merged() {
    let copies = Copies::new();
    let mut open = copies.open(0);
    copies.open(1).append(vec![rate(copies.action, "Green", &[])], &stamp()).unwrap();
    open.append(vec![rate(copies.action, "Red", &[])], &stamp()).unwrap();
    merge(&mut copies.open(0), &[&copies.bundle(1, "b")]).unwrap();
    let news = open.news().unwrap();
    assert_eq!(news.len(), 1);
    let register = open.register().unwrap();
    assert_eq!(register, Register::fold(&open.log().unwrap()));
    assert!(register.action(copies.action).unwrap().rating.in_conflict());
}

#[test]
fn an_erasure_that_rewrites_the_past_is_refused() {
    let copies = Copies::new();
    drop(copies.open(1));
    let rated = copies.open(0).append(vec![rate(copies.action, "Red", &[])], &stamp()).unwrap().id;
    let restated = vec![(rated, rate(copies.action, "Green", &[]))];
    let erasure = Op::Erase { what: "a name".into(), ground: "none".into(), restated };
    copies.open(1).append(vec![erasure], &stamp()).unwrap();
    let mut store = copies.open(0);
    let head = store.head();
    let problem = merge(&mut store, &[&copies.bundle(1, "b")]).unwrap_err().to_string();
    assert!(problem.contains("an erasure that rewrites what it erases"), "{problem}");
    assert_eq!(store.head(), head);
    assert_eq!(store.register().unwrap().action(copies.action).unwrap().rating(), Some("Red"));
    store.check().unwrap();
}
