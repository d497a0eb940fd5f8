//! Whole means whole: damage, forgery and an older file put back are each reported, and nothing hostile is believed.

use std::fs;
use std::path::Path;

use crate::kit::folder::{self, Folder, Forger, rate, stamp, stamp_at, two_actions};
use arising::domain::change::Batch;
use arising::store::{Access, Missing, Other, Places, Store, left_of, restore};

/// A register whose last batch holds two changes.
fn small(folder: &Folder) -> Vec<Batch> {
    let mut store = folder.create();
    let first = store.append(two_actions(), &stamp()).unwrap();
    let (one, two) = (first.changes[1].id, first.changes[2].id);
    store.append(vec![rate(one, "Red", &[]), rate(two, "Quite green indeed", &[])], &stamp()).unwrap();
    store.log().unwrap()
}

/// Everything that a register says; `None` if it, or its check, reports damage.
fn said(path: &Path) -> Option<(String, String, Vec<Batch>)> {
    let store = Store::open_in(path, Access::ReadOnly, &Places::default()).ok()?;
    store.verifier().run().ok().filter(|verified| !verified.snapshot_misleads)?;
    Some((store.uuid().to_owned(), store.head(), store.log().ok()?))
}

/// Flips each of these bits of the file in turn; returns those after which the check is content and something else is said.
fn silent(path: &Path, bits: impl Iterator<Item = usize>) -> Vec<usize> {
    let whole = fs::read(path).unwrap();
    let honest = said(path).expect("it is whole");
    let copy = path.with_file_name("flipped.sqlite");
    let mut silent = Vec::new();
    for bit in bits.filter(|bit| *bit < 8 * whole.len()) {
        let mut flipped = whole.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        fs::write(&copy, &flipped).unwrap();
        fs::remove_file(path.with_file_name("flipped.sqlite-journal")).ok();
        if said(&copy).is_some_and(|said| said != honest) {
            silent.push(bit);
        }
    }
    silent
}

fn places_of(haystack: &[u8], needle: &[u8]) -> Vec<usize> {
    haystack.windows(needle.len()).enumerate().filter(|(_, window)| *window == needle).map(|(at, _)| at).collect()
}

/// The bits of the last change's row and of its entry in the index, with what stands around them.
fn last_row_and_index(path: &Path, log: &[Batch]) -> Vec<usize> {
    let bytes = fs::read(path).unwrap();
    let origin = log[0].id.origin.to_string();
    let row = places_of(&bytes, b"Quite green indeed")[0];
    let page = row / 4096;
    // SQLite puts each new cell before the one before it: the newest of a page begins first.
    let entries = places_of(&bytes, origin.as_bytes());
    let entry = entries.iter().find(|at| **at / 4096 != page && !is_batch(&bytes, **at, origin.len())).unwrap();
    let bits = |from: usize, to: usize| (8 * from)..(8 * to);
    bits(row - 160, row + 160).chain(bits(entry - 12, entry + 32)).collect()
}

/// Whether the origin found is the beginning of a batch's name, `origin.seq`.
fn is_batch(bytes: &[u8], at: usize, length: usize) -> bool {
    bytes.get(at + length) == Some(&b'.')
}

#[test]
fn no_bit_of_the_last_row_or_of_its_index_entry_is_flipped_in_silence() {
    let folder = Folder::new();
    let log = small(&folder);
    let bits = last_row_and_index(&folder.register(), &log);
    assert_eq!(silent(&folder.register(), bits.into_iter()), Vec::<usize>::new());
}

/// A part of all bits, and a different part every time; all of them with `ARISING_ALL_BITS=1`.
#[test]
fn no_bit_of_a_small_register_is_flipped_in_silence() {
    let folder = Folder::new();
    small(&folder);
    let bits = 8 * usize::try_from(fs::metadata(folder.register()).unwrap().len()).unwrap();
    let every = if std::env::var_os("ARISING_ALL_BITS").is_some() { 1 } else { 499 };
    let start =
        folder.root().as_os_str().as_encoded_bytes().iter().map(|byte| usize::from(*byte) * 37).sum::<usize>() % every;
    assert_eq!(silent(&folder.register(), (start..bits).step_by(every)), Vec::<usize>::new());
}

/// Rewrites a word of the past and recomputes every hash after it, as whoever has the file can.
fn forge(folder: &Folder, from: &str, to: &str, forger: Forger) {
    let db = rusqlite::Connection::open(folder.register()).unwrap();
    folder::without_triggers(&db, |db| {
        assert_eq!(db.execute("UPDATE change SET body = replace(body, ?1, ?2)", [from, to]).unwrap(), 5);
        folder::rechain(db, forger);
    });
}

#[test]
fn a_rebuilt_chain_lacks_the_signature_of_the_copy_that_wrote_it() {
    let folder = Folder::new();
    small(&folder);
    forge(&folder, "Quite green indeed", "Completely blue now", Forger::Careless);
    // Another computer, which knows nothing of this register.
    let elsewhere = Places { data: Some(folder.path("elsewhere")) };
    let store = Store::open_in(&folder.register(), Access::ReadOnly, &elsewhere).unwrap();
    let problem = store.check().unwrap_err().to_string();
    assert!(problem.contains("do not bear the signature of the copy that is said to have written them"), "{problem}");
}

#[test]
fn a_signature_or_what_a_copy_knew_cannot_be_altered() {
    for sql in [
        "UPDATE batch SET signature = zeroblob(64)",
        "UPDATE batch SET signature = NULL",
        "UPDATE batch SET salt = zeroblob(16)",
        "UPDATE batch SET digest = zeroblob(32)",
        "UPDATE origin SET key = zeroblob(32)",
        "UPDATE origin SET computer = 'another'",
        "UPDATE origin SET at = '2020-01-01T00:00:00+00:00'",
        "UPDATE origin SET known = 'x'",
        "DELETE FROM origin",
        "UPDATE change SET body = NULL, salt = NULL WHERE seq = 3",
    ] {
        let folder = Folder::new();
        small(&folder);
        let db = rusqlite::Connection::open(folder.register()).unwrap();
        folder::without_triggers(&db, |db| db.execute_batch(sql).unwrap());
        let problem = folder.open(Access::ReadOnly).check().expect_err(sql).to_string();
        assert!(problem.starts_with("The register is damaged"), "{sql}: {problem}");
    }
}

#[test]
fn a_forged_history_that_is_whole_in_itself_is_reported_until_it_is_explained() {
    let folder = Folder::new();
    small(&folder);
    forge(&folder, "Quite green indeed", "Completely blue now", Forger::WithAnotherKey);
    let store = folder.open(Access::ReadWrite);
    assert!(store.notice().unwrap().contains("changes saved on this computer are missing"), "{:?}", store.notice());
    let verified = store.verifier().run().unwrap();
    assert_eq!(verified.changes, 5, "in itself it is whole");
    assert_eq!(verified.missing.len(), 1, "but this computer knew another end of it");
    drop(store);
    let store = folder.open(Access::ReadWrite);
    let missing = store.verifier().run().unwrap().missing;
    assert_eq!(missing.len(), 1, "what it knew is not overwritten by looking");
    store.explain(&missing, &stamp().at, "IT put a corrected file in its place").unwrap();
    drop(store);
    let store = folder.open(Access::ReadWrite);
    assert_eq!((store.notice(), store.verifier().run().unwrap().missing), (None, vec![]));
}

#[test]
fn a_forged_history_does_not_fit_its_backups() {
    let folder = Folder::new();
    small(&folder);
    let mut store = folder.open(Access::ReadWrite);
    store.backup(&stamp().at).unwrap();
    drop(store);
    fs::remove_dir_all(folder.path("data/origins")).unwrap();
    forge(&folder, "Quite green indeed", "Completely blue now", Forger::WithAnotherKey);
    let missing = folder.open(Access::ReadWrite).verifier().run().unwrap().missing;
    assert_eq!(missing.len(), 1);
    assert!(missing[0].backup.as_ref().unwrap().to_string_lossy().contains("5 changes"), "{missing:?}");
}

#[test]
fn yesterdays_file_put_over_todays_is_reported_and_a_restore_is_not() {
    let folder = Folder::new();
    small(&folder);
    let yesterday = fs::read(folder.register()).unwrap();
    let mut store = folder.open(Access::ReadWrite);
    let action = store.log().unwrap()[0].changes[1].id;
    let backup = store.backup(&stamp_at("2026-03-12T09:00:00+00:00").at).unwrap();
    store.append(vec![rate(action, "Amber", &[])], &stamp()).unwrap();
    drop(store);
    fs::write(folder.register(), &yesterday).unwrap();
    let store = folder.open(Access::ReadWrite);
    let missing = store.verifier().run().unwrap().missing;
    assert_eq!(missing.iter().map(Missing::changes).collect::<Vec<_>>(), [6]);
    store.explain(&missing, &stamp().at, "the stick").unwrap();
    drop(store);

    let mut store = folder.open(Access::ReadWrite);
    store.append(vec![rate(action, "Amber", &[])], &stamp()).unwrap();
    drop(store);
    restore(&backup, &folder.register(), &stamp().at, Other::Refuse, &folder.places()).unwrap();
    let store = folder.open(Access::ReadWrite);
    assert_eq!((store.notice(), store.verifier().run().unwrap().missing), (None, vec![]));
}

#[test]
fn a_write_that_was_cut_off_is_not_missed() {
    let folder = Folder::new();
    small(&folder);
    // The note before COMMIT goes first; what was confirmed stays on its second line.
    let notes = folder::walk(&folder.path("data/origins"));
    let note = notes.into_iter().find(|path| path.extension().is_none()).unwrap();
    let text = fs::read_to_string(&note).unwrap();
    let confirmed = text.lines().nth(1).unwrap();
    let coming = confirmed.replacen("0000000005", "0000000006", 1);
    fs::write(&note, text.replacen(confirmed, &coming, 1)).unwrap();
    let store = folder.open(Access::ReadWrite);
    assert_eq!((store.notice(), store.verifier().run().unwrap().missing), (None, vec![]));
}

#[test]
fn the_code_of_an_earlier_state_is_found_and_what_came_since() {
    let folder = Folder::new();
    let mut store = folder.create();
    let first = store.append(two_actions(), &stamp()).unwrap();
    let code = store.head();
    store.append(vec![rate(first.changes[1].id, "Red", &[])], &stamp()).unwrap();
    assert_ne!(store.head(), code);
    let moment = store.moment(&code.to_lowercase().replace('-', " ")).unwrap().unwrap();
    assert_eq!((moment.changes, moment.changes_since, moment.author.as_str()), (3, 1, "J. Lee"));
    assert_eq!(store.moment(&code[..9]).unwrap().unwrap().changes, 3, "its first two groups will do");
    assert_eq!(store.moment("0000-0000-0000-0000-0000").unwrap(), None);
    assert!(store.moment("7.1").unwrap_err().to_string().contains("is not a fingerprint"));
}

#[test]
fn an_identity_that_is_a_path_is_refused_and_writes_nothing() {
    let folder = Folder::new();
    small(&folder);
    fs::remove_dir_all(folder.path("data")).unwrap();
    for uuid in ["../../../evil", "../evil0000000000000000000000000", "ABCDEF0123456789ABCDEF0123456789", ""] {
        folder.edit(&format!("UPDATE about SET value = '{uuid}' WHERE name = 'uuid'"));
        let problem = folder.open_problem(&folder.register());
        assert!(problem.contains("its identity is not one that arising creates"), "{problem}");
    }
    assert_eq!(folder::walk(folder.root()).len(), 1, "only the register is there");
}

#[test]
fn a_time_beyond_what_can_have_been_written_is_refused() {
    for lamport in ["6", "9223372036854775807"] {
        let folder = Folder::new();
        small(&folder);
        let db = rusqlite::Connection::open(folder.register()).unwrap();
        folder::without_triggers(&db, |db| {
            db.execute(&format!("UPDATE change SET lamport = {lamport} WHERE lamport = 5"), []).unwrap();
            folder::rechain(db, Forger::WithAnotherKey);
        });
        drop(db);
        let problem = folder.open_problem(&folder.register());
        assert!(problem.contains("a higher number than there are changes"), "{problem}");
    }
}

#[test]
fn a_backup_of_another_register_is_not_restored_unasked() {
    let (folder, other) = (Folder::new(), Folder::new());
    small(&folder);
    small(&other);
    let backup = other.open(Access::ReadWrite).backup(&stamp().at).unwrap();
    let before = fs::read(folder.register()).unwrap();
    let problem =
        restore(&backup, &folder.register(), &stamp().at, Other::Refuse, &folder.places()).unwrap_err().to_string();
    assert!(problem.contains("a backup of a different register"), "{problem}");
    assert_eq!(fs::read(folder.register()).unwrap(), before);
    let done = restore(&backup, &folder.register(), &stamp().at, Other::Replace, &folder.places()).unwrap();
    assert_eq!(fs::read(done.kept.unwrap()).unwrap(), before);
    assert_eq!(folder.open(Access::ReadOnly).uuid(), other.open(Access::ReadOnly).uuid());
}

#[test]
fn where_a_register_is_missing_what_is_left_of_it_is_offered() {
    let folder = Folder::new();
    small(&folder);
    let backup = folder.open(Access::ReadWrite).backup(&stamp().at).unwrap();
    fs::remove_file(folder.register()).unwrap();
    assert_eq!(left_of(&folder.register(), &folder.places()).unwrap().path, backup);
    let problem = folder.open_problem(&folder.register());
    assert!(
        problem.contains("12 Mar 2026 10:15 with 5 changes") && problem.contains("arising restore \""),
        "{problem}"
    );
    Store::create_in(&folder.register(), &folder.places()).map(drop).unwrap();
    assert!(backup.exists(), "the backups stay");
    fs::remove_file(folder.register()).unwrap();

    let aside = folder.path("register before 2026-03-12T101500.sqlite");
    fs::copy(&backup, &aside).unwrap();
    assert_eq!(left_of(&folder.register(), &folder.places()).unwrap().path, aside, "the file as it last was");
    let refused = Store::create_in(&folder.register(), &folder.places()).err().unwrap().to_string();
    assert!(refused.contains("arising init --anew"), "{refused}");
    Store::create_anew(&folder.register(), &folder.places()).map(drop).unwrap();
    assert_eq!(left_of(&folder.register(), &folder.places()), None);
}

#[test]
fn a_text_larger_than_any_that_is_written_is_refused_without_being_read() {
    let folder = Folder::new();
    small(&folder);
    let db = rusqlite::Connection::open(folder.register()).unwrap();
    let sql = "SELECT sql FROM sqlite_schema WHERE name = 'change_keeps_its_words'";
    let trigger: String = db.query_row(sql, [], |row| row.get(0)).unwrap();
    db.execute_batch("DROP TRIGGER change_keeps_its_words").unwrap();
    db.execute("UPDATE change SET body = '\"' || hex(zeroblob(9000000)) || '\"' WHERE lamport = 5", []).unwrap();
    db.execute_batch(&trigger).unwrap();
    drop(db);
    let store = Store::open_in(&folder.register(), Access::ReadOnly, &folder.places()).unwrap();
    let problem = store.verifier().run().unwrap_err().to_string();
    assert!(problem.contains("it is larger than any change that arising writes"), "{problem}");
    store.register().unwrap_err();
}
