//! The snapshot of the register, from which it opens fast, and which is never believed over the log.

use std::collections::BTreeMap;

use crate::kit::folder::{Folder, rate, stamp, two_actions};
use arising::desk::Desk;
use arising::domain::change::{Cause, Kind, Op, Value};
use arising::domain::erasing::Erasing;
use arising::domain::id::Id;
use arising::domain::intent::Intent;
use arising::domain::register::Register;
use arising::env::Env;
use arising::store::{self, Access, Blocks};
use sha2::{Digest, Sha256};

type Hash = [u8; 32];

/// What the screen does while no key is pressed.
fn rest(desk: &mut Desk) {
    let mut writer = desk.rest_for_snapshots().unwrap();
    while let Some(piece) = desk.next_piece().unwrap() {
        assert!(writer.write(&[piece]));
    }
}

/// A register with some 900 changes.
fn long_history(folder: &Folder) -> Desk {
    let mut store = folder.create();
    let first = store.append(two_actions(), &stamp()).unwrap();
    let action = first.changes[1].id;
    let mut last = vec![];
    for round in 0..3 {
        let rates = (0..300).map(|n| rate(action, if n % 2 == round % 2 { "Red" } else { "Green" }, &last)).collect();
        last = store.append(rates, &stamp()).unwrap().changes.iter().map(|change| change.id).collect();
    }
    Desk::over(store).unwrap()
}

#[test]
fn a_snapshot_gives_the_register_that_the_log_gives() {
    let folder = Folder::new();
    let mut desk = long_history(&folder);
    rest(&mut desk);
    let snapshots = |folder: &Folder| -> i64 {
        let db = rusqlite::Connection::open(folder.register()).unwrap();
        db.query_row("SELECT count(*) FROM snapshot", [], |row| row.get(0)).unwrap()
    };
    assert_eq!(snapshots(&folder), 1);
    drop(desk);
    let mut store = folder.open(Access::ReadWrite);
    store.append(two_actions(), &stamp()).unwrap();
    drop(store);
    let store = folder.open(Access::ReadWrite);
    assert_eq!(store.register().unwrap(), Register::fold(&store.log().unwrap()));
    assert!(!store.check().unwrap().snapshot_misleads);
    drop(store);
    folder.edit("DELETE FROM snapshot");
    let store = folder.open(Access::ReadWrite);
    assert_eq!(store.register().unwrap(), Register::fold(&store.log().unwrap()));
}

#[test]
fn a_large_batch_brings_its_snapshot_along() {
    let folder = Folder::new();
    let mut desk = Desk::over(folder.create()).unwrap();
    let env = Env { now: stamp().at, today: stamp().at.date_naive(), author: "J. Lee".into() };
    let ops: Vec<_> = (0..600).flat_map(|_| two_actions().into_iter().take(1)).collect();
    desk.import(&ops, arising::domain::change::Cause::Import { file: "plan.docx".into() }, &env).unwrap();
    let db = rusqlite::Connection::open(folder.register()).unwrap();
    let kept: i64 = db.query_row("SELECT count(*) FROM snapshot", [], |row| row.get(0)).unwrap();
    assert_eq!(kept, 1);
    assert!(!desk.verifier().run().unwrap().snapshot_misleads);
}

#[test]
fn a_false_snapshot_is_found_and_thrown_away() {
    let folder = Folder::new();
    let mut desk = long_history(&folder);
    rest(&mut desk);
    drop(desk);
    // With its digest and without: whoever alters a part can also name it anew.
    for is_named in [false, true] {
        alter(&folder, is_named);
        let mut desk = Desk::open_in(&folder.register(), Access::ReadWrite, &folder.places()).unwrap();
        let shown = if is_named { "Trust the teams" } else { "Train the teams" };
        assert_eq!(desk.register().actions[1].text(), shown, "a part that is not the one named is never shown");
        let verdict = desk.verifier().run();
        assert!(verdict.as_ref().unwrap().snapshot_misleads);
        desk.accept(verdict).unwrap();
        assert_eq!(desk.register().actions[1].text(), "Train the teams");
        assert!(!desk.verifier().run().unwrap().snapshot_misleads);
        rest(&mut desk);
    }
}

#[test]
fn beside_the_screen_only_a_snapshot_that_this_computer_vouches_for_is_not_compared_again() {
    let folder = Folder::new();
    let mut desk = long_history(&folder);
    rest(&mut desk);
    drop(desk);
    let is_found = |desk: &Desk| desk.verifier_with_backup(stamp().at).run().unwrap().snapshot_misleads;
    let open = || Desk::open_in(&folder.register(), Access::ReadWrite, &folder.places()).unwrap();
    assert!(!is_found(&open()));
    alter(&folder, true);
    let mut desk = open();
    assert_eq!(desk.register().actions[1].text(), "Trust the teams");
    assert!(is_found(&open()), "no one vouches for what another wrote");
    // One that grew from it is no better, whoever wrote it.
    let action = desk.register().actions[0].id;
    for round in 0..120 {
        let rating = ["Red", "Green"][round % 2];
        desk.write(&Intent::Rate { action, rating: Some(rating.into()), note: None }, &env()).unwrap();
    }
    let before = snapshot_of(&folder);
    rest(&mut desk);
    assert_ne!(snapshot_of(&folder), before);
    assert!(is_found(&open()));
    let verdict = desk.verifier_with_backup(stamp().at).run();
    desk.accept(verdict).unwrap();
    assert_eq!(desk.register().actions[1].text(), "Train the teams");
    rest(&mut desk);
    assert!(!is_found(&open()));
}

/// The digests of the parts of the snapshot.
fn snapshot_of(folder: &Folder) -> Vec<u8> {
    let db = rusqlite::Connection::open(folder.register()).unwrap();
    db.query_row("SELECT parts FROM snapshot", [], |row| row.get(0)).unwrap()
}

#[test]
fn a_check_compares_even_a_snapshot_that_this_computer_vouches_for() {
    let folder = Folder::new();
    let mut desk = long_history(&folder);
    rest(&mut desk);
    let note = vouched(&folder);
    let before = std::fs::read_to_string(&note).unwrap();
    drop(desk);
    alter(&folder, true);
    let db = rusqlite::Connection::open(folder.register()).unwrap();
    let read = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
    let (version, tips, parts): (u32, String, Vec<u8>) =
        db.query_row("SELECT version, tips, parts FROM snapshot", [], read).unwrap();
    let name = Sha256::digest([&version.to_le_bytes()[..], tips.as_bytes(), &[0], &parts].concat());
    let name = name.iter().fold(String::new(), |name, byte| name + &format!("{byte:02x}"));
    assert_ne!(before, format!("{name}\n"));
    std::fs::write(&note, format!("{name}\n")).unwrap();
    let desk = Desk::open_in(&folder.register(), Access::ReadWrite, &folder.places()).unwrap();
    assert!(!desk.verifier_with_backup(stamp().at).run().unwrap().snapshot_misleads, "it is the one that was noted");
    assert!(desk.verifier().run().unwrap().snapshot_misleads);
}

/// The note of the snapshot that this computer vouches for.
fn vouched(folder: &Folder) -> std::path::PathBuf {
    let notes = std::fs::read_dir(folder.places().data.unwrap().join("origins")).unwrap();
    let mut notes = notes.map(|note| note.unwrap().path());
    notes.find(|note| note.extension().is_some_and(|end| end == "snapshot")).unwrap()
}

/// Alters a word in the snapshot.
fn alter(folder: &Folder, is_named: bool) {
    let db = rusqlite::Connection::open(folder.register()).unwrap();
    let sql = "SELECT state FROM snapshot_part WHERE instr(state, CAST('Train the teams' AS BLOB))";
    let before: Vec<u8> = db.query_row(sql, [], |row| row.get(0)).unwrap();
    let at = memchr::memmem::find(&before, b"Train the teams").unwrap();
    let mut after = before.clone();
    after[at..at + 5].copy_from_slice(b"Trust");
    let digest = |bytes: &[u8]| Hash::from(Sha256::digest(bytes));
    let name = if is_named { digest(&after) } else { digest(&before) };
    let parts: Vec<u8> = db.query_row("SELECT parts FROM snapshot", [], |row| row.get(0)).unwrap();
    let parts: Vec<Hash> =
        parts.as_chunks().0.iter().map(|part| if *part == digest(&before) { name } else { *part }).collect();
    db.execute("UPDATE snapshot_part SET digest = ?1, state = ?2 WHERE digest = ?3", (name, after, digest(&before)))
        .unwrap();
    db.execute("UPDATE snapshot SET parts = ?1", [parts.concat()]).unwrap();
}

/// The parts of a thousand actions: one for all else, one for their outlines,
/// one for recommendations, four for the actions and four for their words.
const NAMED: usize = 11;
/// The texts are all the same, so three of the parts with words are one in the file.
const PARTS: usize = NAMED - 2;

/// A register with so many actions that they take several parts, and the ids of the actions.
fn many_actions(folder: &Folder) -> (Desk, Vec<Id>) {
    so_many_actions(folder, 1000)
}

fn so_many_actions(folder: &Folder, count: usize) -> (Desk, Vec<Id>) {
    let mut desk = Desk::over(folder.create()).unwrap();
    let [plan, action, _] = two_actions().try_into().unwrap();
    let ops: Vec<Op> = std::iter::once(plan).chain(std::iter::repeat_n(action, count)).collect();
    let written = desk.import(&ops, Cause::Import { file: "plan.docx".into() }, &env()).unwrap();
    (desk, written.batch.changes[1..].iter().map(|change| change.id).collect())
}

fn env() -> Env {
    Env { now: stamp().at, today: stamp().at.date_naive(), author: "J. Lee".into() }
}

/// The parts in the file, each with its row.
fn parts(folder: &Folder) -> BTreeMap<i64, Hash> {
    let db = rusqlite::Connection::open(folder.register()).unwrap();
    let mut parts = db.prepare("SELECT rowid, digest FROM snapshot_part").unwrap();
    parts.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().map(Result::unwrap).collect()
}

#[test]
fn what_has_not_changed_is_not_written_again() {
    let folder = Folder::new();
    let (mut desk, actions) = many_actions(&folder);
    let before = parts(&folder);
    assert_eq!(before.len(), PARTS);
    for round in 0..120 {
        let rating = ["Red", "Green"][round % 2];
        desk.write(&Intent::Rate { action: actions[300], rating: Some(rating.into()), note: None }, &env()).unwrap();
    }
    rest(&mut desk);
    let after = parts(&folder);
    assert_eq!(after.len(), PARTS);
    assert_eq!(
        after.iter().filter(|part| before.get(part.0) == Some(part.1)).count(),
        PARTS - 3,
        "no word has changed"
    );
    assert!(!desk.verifier().run().unwrap().snapshot_misleads);
}

#[test]
fn a_snapshot_written_piece_by_piece_is_the_register_or_is_not_made() {
    let folder = Folder::new();
    let (mut desk, actions) = many_actions(&folder);
    let mut writer = desk.rest_for_snapshots().unwrap();
    let rate = |desk: &mut Desk, action: usize, rating: &str| {
        let intent = Intent::Rate { action: actions[action], rating: Some(rating.into()), note: None };
        desk.write(&intent, &env()).unwrap();
    };
    for action in 0..110 {
        rate(&mut desk, action * 9, "Amber");
    }
    let before = parts(&folder);
    let first = desk.next_piece().unwrap().unwrap();
    rate(&mut desk, 5, "Red");
    assert!(!writer.write(&[first]), "another change came between");
    desk.put_snapshot_off();
    assert!(desk.next_piece().unwrap().is_none(), "what failed is not tried again at once");
    assert_eq!(parts(&folder), before);
    for action in 0..110 {
        rate(&mut desk, action * 9, "Green");
    }
    let pieces: Vec<_> = std::iter::from_fn(|| desk.next_piece().unwrap()).collect();
    assert_eq!(pieces.len(), NAMED + 1, "the parts and their names");
    assert!(pieces.iter().all(|piece| writer.write(std::slice::from_ref(piece))));
    assert_eq!(parts(&folder).len(), PARTS, "the earlier parts are gone");
    assert!(!desk.verifier().run().unwrap().snapshot_misleads);
    let log = desk.store().log().unwrap();
    drop(desk);
    assert_eq!(folder.open(Access::ReadWrite).register().unwrap(), Register::fold(&log));
}

#[test]
fn an_erasure_leaves_no_part_of_a_snapshot_that_was_made_before_it() {
    let folder = Folder::new();
    let (mut desk, actions) = many_actions(&folder);
    let mut writer = desk.rest_for_snapshots().unwrap();
    let note = Intent::Progress { action: actions[0], date: None, text: "Zebedee Quill was seen".into(), by: None };
    desk.write(&note, &env()).unwrap();
    for action in actions.iter().take(110) {
        let intent = Intent::Rate { action: *action, rating: Some("Amber".into()), note: None };
        desk.write(&intent, &env()).unwrap();
    }
    let pieces: Vec<_> = std::iter::from_fn(|| desk.next_piece().unwrap()).collect();
    assert!(writer.write(&pieces[..2]));
    let entry = desk.register().actions[0].entries[0].id;
    desk.erase(&Erasing::Entry(entry), "Request of 3 Nov", &env()).unwrap();
    assert!(!writer.write(&pieces), "what was packed before the erasure");
    drop(desk);
    let bytes = std::fs::read(folder.register()).unwrap();
    assert!(memchr::memmem::find(&bytes, b"Zebedee Quill").is_none());
}

#[test]
fn a_command_names_no_snapshot_of_a_register_that_another_program_has_changed() {
    let folder = Folder::new();
    drop(long_history(&folder));
    let mut store = folder.open(Access::ReadWrite);
    let (register, mut drift) = (store.register().unwrap(), store::Drift::default());
    let other = Desk::open_in(&folder.register(), Access::ReadWrite, &folder.places());
    let intent = Intent::Rate { action: register.actions[1].id, rating: Some("Red".into()), note: None };
    other.unwrap().write(&intent, &env()).unwrap();
    let before = parts(&folder);
    assert!(store.keep_snapshot(&register, &mut drift).is_err());
    assert_eq!(parts(&folder), before, "nothing of it stays");
}

#[test]
fn a_command_leaves_little_over_and_removes_much() {
    let folder = Folder::new();
    let mut store = folder.create();
    let mut leftovers = Vec::new();
    for _ in 0..3 {
        let values = vec![Value::Notes(vec!["The board notes it. ".repeat(150_000)])];
        store.append(vec![Op::Add { kind: Kind::Plan, values }], &stamp()).unwrap();
        let (register, mut drift) = store.folded(Blocks::AtOnce).unwrap();
        store.keep_snapshot(&register, &mut drift).unwrap();
        let parts = parts(&folder).len();
        leftovers.push(parts - 1);
    }
    assert_eq!(leftovers, [0, 1, 0], "none, 3 and 3 + 6 million bytes");
}

#[test]
fn two_programs_that_both_write_snapshots_leave_a_whole_one() {
    let folder = Folder::new();
    let (mut one, actions) = many_actions(&folder);
    let mut other = Desk::open_in(&folder.register(), Access::ReadWrite, &folder.places()).unwrap();
    let rate = |desk: &mut Desk, times: usize, rating: &str| {
        for round in 0..times {
            let action = actions[(round * 7) % 1000];
            let intent = Intent::Rate { action, rating: Some(rating.into()), note: None };
            desk.write(&intent, &env()).unwrap();
        }
    };
    rate(&mut other, 150, "Red");
    rest(&mut other);
    rate(&mut one, 502, "Amber");
    assert!(!one.verifier().run().unwrap().snapshot_misleads);
    let db = rusqlite::Connection::open(folder.register()).unwrap();
    let named: Vec<u8> = db.query_row("SELECT parts FROM snapshot", [], |row| row.get(0)).unwrap();
    let (named, there) = (named.as_chunks::<32>().0, parts(&folder));
    assert_eq!(named.len(), NAMED);
    assert!(named.iter().all(|part| there.values().any(|other| other == part)), "a whole snapshot, whoever wrote it");
    // What the commands superseded is removed with the screen's next snapshot.
    rate(&mut one, 150, "Green");
    rest(&mut one);
    assert_eq!(parts(&folder).len(), PARTS);
    let log = one.store().log().unwrap();
    assert_eq!(folder.open(Access::ReadWrite).register().unwrap(), Register::fold(&log));
}

#[test]
fn some_actions_are_those_that_all_are_also_where_they_have_changed() {
    let folder = Folder::new();
    let (mut desk, actions) = so_many_actions(&folder, MANY);
    desk.write(&Intent::Rate { action: actions[4100], rating: Some("Red".into()), note: None }, &env()).unwrap();
    drop(desk);
    let desk = Desk::open_in(&folder.register(), Access::ReadOnly, &folder.places()).unwrap();
    let (all, some) = (&desk.register().actions, [3, 4, 700, 4100, 4101, MANY - 1]);
    let read = store::read_some(all, &some);
    assert!((0..all.runs()).all(|run| all.is_read(run) == (run == 4100 / 256)), "only what has changed is in memory");
    assert!(read.iter().eq(some.iter().map(|at| &all[*at])) && read[3].rating() == Some("Red"));
}

#[test]
fn what_was_spared_is_read_again_also_after_another_snapshot() {
    let folder = Folder::new();
    drop(so_many_actions(&folder, MANY));
    let mut desk = Desk::open_in(&folder.register(), Access::ReadWrite, &folder.places()).unwrap();
    let honest = desk.register().clone();
    assert_eq!(honest.actions.iter().count(), MANY);
    let mut actions = desk.register().actions.clone();
    actions.spare(0);
    assert!((0..actions.runs()).all(|run| !actions.is_read(run)));
    let first = desk.register().actions[0].id;
    for round in 0..120 {
        let rating = ["Red", "Green"][round % 2];
        desk.write(&Intent::Rate { action: first, rating: Some(rating.into()), note: None }, &env()).unwrap();
    }
    rest(&mut desk);
    desk.spare_memory();
    assert!(actions == honest.actions, "as at the snapshot that it came from");
    assert!(!actions.watch().is_lost());
}

/// So many that not all of them are fetched when the register is opened.
const MANY: usize = 5000;

#[test]
fn actions_whose_part_of_the_snapshot_is_gone_or_damaged_are_read_from_the_log() {
    let folder = Folder::new();
    let (desk, actions) = so_many_actions(&folder, MANY);
    let log = desk.store().log().unwrap();
    drop(desk);
    let mut honest = Register::fold(&log);
    for harm in ["DELETE FROM snapshot_part", "UPDATE snapshot_part SET state = zeroblob(length(state))"] {
        let mut desk = Desk::open_in(&folder.register(), Access::ReadWrite, &folder.places()).unwrap();
        rusqlite::Connection::open(folder.register()).unwrap().execute_batch(harm).unwrap();
        let rate = Intent::Rate { action: actions[MANY - 1], rating: Some("Amber".into()), note: None };
        assert_eq!(desk.register().outline(actions[MANY - 1]).unwrap().rating, None);
        let some = [0, 255, 256, 4097, MANY - 1];
        let read = store::read_some(&desk.register().actions, &some);
        assert!(read.iter().eq(some.iter().map(|at| &honest.actions[*at])), "some after {harm}");
        assert!(*desk.register() == honest, "after {harm}");
        desk.write(&rate, &env()).unwrap();
        assert_eq!(desk.register().outline(actions[MANY - 1]).unwrap().rating, Some("Amber"));
        assert!(!desk.register().actions.watch().is_lost());
        desk.undo(&env()).unwrap();
        honest = desk.register().clone();
        rest(&mut desk);
    }
}

#[test]
#[cfg(unix)]
fn actions_that_can_no_longer_be_read_are_not_left_out_without_a_word() {
    let folder = Folder::new();
    drop(so_many_actions(&folder, MANY));
    let desk = Desk::open_in(&folder.register(), Access::ReadOnly, &folder.places()).unwrap();
    std::fs::remove_file(folder.register()).unwrap();
    let register = desk.register();
    assert!(!register.actions.watch().is_lost());
    assert_eq!((register.visible_outlines().count(), register.actions.iter().count()), (MANY, 16 * 256));
    assert!(register.actions.watch().is_lost());
    let packed = arising::store::Drift::default().pack_next(register).unwrap();
    assert!(packed.is_none(), "no snapshot says that the rest is not there");
}
