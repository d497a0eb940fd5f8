//! What a register's file survives, refuses and says about it.

use std::fs;
use std::io;

#[cfg(unix)]
use crate::kit::folder::walk;
use crate::kit::folder::{Folder, rate, stamp, two_actions};
use arising::domain::change::Op;
use arising::store::{Access, Store};

#[test]
fn what_was_saved_is_there_after_opening_again() {
    let folder = Folder::new();
    let mut store = folder.create();
    let first = store.append(two_actions(), &stamp()).unwrap();
    let second = store.append(vec![rate(first.changes[1].id, "Amber", &[])], &stamp()).unwrap();
    let origin = store.origin();
    drop(store);
    let store = folder.open(Access::ReadWrite);
    assert_eq!(store.log().unwrap(), vec![first, second]);
    assert_eq!(store.origin(), origin, "the same copy goes on under the same name");
    assert_eq!(store.notice(), None);
}

#[cfg(unix)]
#[test]
fn files_and_folders_are_private() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new();
    let path = folder.path("boards/ours/register.sqlite");
    let mut store = Store::create_in(&path, &folder.places()).unwrap();
    store.append(two_actions(), &stamp()).unwrap();
    store.append(vec![rate(store.log().unwrap()[0].changes[1].id, "Red", &[])], &stamp()).unwrap();
    drop(store);
    let mut store = Store::open_in(&path, Access::ReadWrite, &folder.places()).unwrap();
    store.append(vec![rate(store.log().unwrap()[0].changes[1].id, "Green", &[])], &stamp()).unwrap();
    let mut seen = 0;
    for entry in walk(folder.root()) {
        let mode = fs::metadata(&entry).unwrap().permissions().mode() & 0o777;
        let wanted = if entry.is_dir() { 0o700 } else { 0o600 };
        assert_eq!(mode, wanted, "{}", entry.display());
        seen += 1;
    }
    assert!(seen > 6, "register, journal, origin note, backup and their folders: {seen}");
}

#[test]
fn a_file_that_is_not_a_register_is_refused_and_left_alone() {
    let folder = Folder::new();
    for (name, bytes) in
        [("letter.txt", b"Dear all, please find attached".as_slice()), ("empty", b""), ("zeros", &[0; 8192])]
    {
        let path = folder.path(name);
        fs::write(&path, bytes).unwrap();
        let problem = folder.open_problem(&path);
        assert!(problem.contains("it is not a register"), "{name}: {problem}");
        assert_eq!(fs::read(&path).unwrap(), bytes);
    }
    let path = folder.path("other.sqlite");
    rusqlite::Connection::open(&path).unwrap().execute_batch("CREATE TABLE t (a)").unwrap();
    assert!(folder.open_problem(&path).contains("it is not a register"));
    assert!(folder.open_problem(&folder.path("none.sqlite")).contains("does not exist"));
    assert!(folder.open_problem(folder.root()).contains("is not a file"));
}

#[test]
fn a_truncated_register_is_refused_or_found_not_whole() {
    let folder = Folder::new();
    folder.create().append(two_actions(), &stamp()).unwrap();
    let whole = fs::read(folder.register()).unwrap();
    for keep in [1, 99, 512, 4096, whole.len() / 2, whole.len() - 4096] {
        fs::write(folder.register(), &whole[..keep]).unwrap();
        let opened = Store::open_in(&folder.register(), Access::ReadWrite, &folder.places());
        let result = opened.and_then(|mut store| store.append(two_actions(), &stamp()));
        let problem = result.expect_err(&format!("{keep} bytes of {}", whole.len()));
        assert!(!problem.what.is_empty());
    }
}

#[test]
fn a_newer_major_version_is_refused_with_both_versions_named_and_unchanged_bytes() {
    let folder = Folder::new();
    folder.create().append(two_actions(), &stamp()).unwrap();
    folder.edit("PRAGMA user_version = 20003");
    let before = fs::read(folder.register()).unwrap();
    let problem = folder.open_problem(&folder.register());
    assert!(problem.contains("format 2.3") && problem.contains("up to 1.x"), "{problem}");
    assert_eq!(fs::read(folder.register()).unwrap(), before);
}

#[test]
fn a_newer_minor_version_is_read_and_not_written() {
    let folder = Folder::new();
    let batch = folder.create().append(two_actions(), &stamp()).unwrap();
    folder.edit("ALTER TABLE about ADD COLUMN newer TEXT; PRAGMA user_version = 10007");
    let before = fs::read(folder.register()).unwrap();
    let mut store = folder.open(Access::ReadWrite);
    assert_eq!(store.access(), Access::ReadOnly);
    let notice = store.notice().unwrap().to_owned();
    assert!(notice.contains("1.7") && notice.contains("1.0"), "{notice}");
    assert_eq!(store.log().unwrap(), vec![batch]);
    assert!(store.append(two_actions(), &stamp()).unwrap_err().to_string().starts_with("NOT SAVED"));
    drop(store);
    assert_eq!(fs::read(folder.register()).unwrap(), before);
}

#[test]
fn planted_triggers_and_views_are_refused() {
    for planted in [
        "CREATE TRIGGER x AFTER INSERT ON draft BEGIN DELETE FROM snapshot; END",
        "CREATE VIEW x AS SELECT 1",
        "CREATE TABLE x (a)",
        "DROP TRIGGER change_keeps_its_words",
    ] {
        let folder = Folder::new();
        folder.create().append(two_actions(), &stamp()).unwrap();
        folder.edit(planted);
        let problem = folder.open_problem(&folder.register());
        assert!(problem.contains("that arising did not put there"), "{planted}: {problem}");
    }
}

#[test]
fn an_analyst_may_let_sqlite_gather_statistics() {
    let folder = Folder::new();
    folder.create().append(two_actions(), &stamp()).unwrap();
    folder.edit("ANALYZE");
    folder.open(Access::ReadWrite).append(two_actions(), &stamp()).unwrap();
}

#[test]
fn create_refuses_an_existing_file() {
    let folder = Folder::new();
    drop(folder.create());
    let problem = Store::create_in(&folder.register(), &folder.places()).err().unwrap().to_string();
    assert!(problem.contains("exists"), "{problem}");
}

#[cfg(unix)]
#[test]
fn a_link_is_refused() {
    let folder = Folder::new();
    drop(folder.create());
    let link = folder.path("link.sqlite");
    std::os::unix::fs::symlink(folder.register(), &link).unwrap();
    assert!(folder.open_problem(&link).contains("it is a link"));
}

#[test]
fn a_name_that_sqlite_would_take_for_an_address_is_just_a_name() {
    let folder = Folder::new();
    let path = folder.path("file:x?mode=memory");
    if cfg!(windows) {
        let problem = Store::create_in(&path, &folder.places()).err().unwrap().to_string();
        assert!(problem.contains("no “:” in a file name"), "{problem}");
        return;
    }
    let mut store = Store::create_in(&path, &folder.places()).unwrap();
    store.append(two_actions(), &stamp()).unwrap();
    assert!(fs::metadata(&path).unwrap().len() > 0);
}

#[test]
fn opened_for_reading_it_is_never_written() {
    let folder = Folder::new();
    folder.create().append(two_actions(), &stamp()).unwrap();
    let before = fs::read(folder.register()).unwrap();
    let mut store = folder.open(Access::ReadOnly);
    assert!(store.append(two_actions(), &stamp()).is_err());
    assert!(store.save_draft("note", "text").is_err());
    assert_eq!(store.log().unwrap().len(), 1);
    drop(store);
    assert_eq!(fs::read(folder.register()).unwrap(), before);
}

#[test]
fn a_file_that_is_swapped_moved_or_cut_is_noticed_before_the_next_write() {
    type Swap = (&'static str, fn(&Folder) -> io::Result<()>);
    let swaps: [Swap; 5] = [
        ("removed", |folder| fs::remove_file(folder.register())),
        ("moved", |folder| fs::rename(folder.register(), folder.path("elsewhere.sqlite"))),
        ("replaced", |folder| {
            fs::copy(folder.register(), folder.path("copy"))?;
            fs::rename(folder.path("copy"), folder.register())
        }),
        ("cut", |folder| fs::OpenOptions::new().write(true).open(folder.register())?.set_len(4096)),
        ("written over by an older state", |folder| fs::write(folder.register(), fs::read(folder.path("old"))?)),
    ];
    for (how, swap) in swaps {
        let folder = Folder::new();
        drop(folder.create());
        let mut store = folder.open(Access::ReadWrite);
        let first = store.append(two_actions(), &stamp()).unwrap();
        fs::copy(folder.register(), folder.path("old")).unwrap();
        store.append(vec![rate(first.changes[1].id, "Green", &[])], &stamp()).unwrap();
        store.append(vec![rate(first.changes[1].id, "Red", &[])], &stamp()).unwrap();
        if let Err(error) = swap(&folder) {
            // Windows moves and removes no file that is open, so nothing is lost either.
            assert!(cfg!(windows) && matches!(error.raw_os_error(), Some(5 | 32)), "{how}: {error}");
            store.append(two_actions(), &stamp()).unwrap();
            continue;
        }
        let problem = store.append(two_actions(), &stamp()).expect_err(how).to_string();
        assert!(problem.starts_with("NOT SAVED"), "{how}: {problem}");
        assert!(store.append(two_actions(), &stamp()).is_err(), "{how}: and it stays so");
    }
}

#[test]
fn a_batch_without_changes_is_refused() {
    let folder = Folder::new();
    assert!(folder.create().append(Vec::<Op>::new(), &stamp()).is_err());
}

/// As after `kill -9` in the middle of a commit: the journal holds what must be put back.
#[test]
fn a_write_that_was_cut_off_is_taken_back_even_when_opened_for_reading() {
    let folder = Folder::new();
    let first = folder.create().append(two_actions(), &stamp()).unwrap();
    let db = rusqlite::Connection::open(folder.register()).unwrap();
    db.execute_batch("PRAGMA cache_size = 1; BEGIN IMMEDIATE").unwrap();
    for key in 0..400 {
        let text = "half ".repeat(200);
        db.execute("INSERT INTO draft VALUES (?1, ?2)", (format!("{key}"), text)).unwrap();
    }
    let journal = folder.path("register.sqlite-journal");
    assert!(fs::metadata(&journal).unwrap().len() > 0, "the cut comes after the journal was written");
    for path in [folder.register(), journal] {
        let name = path.file_name().unwrap().to_str().unwrap().replace("register", "cut");
        fs::copy(&path, folder.path(&name)).unwrap();
    }
    for access in [Access::ReadOnly, Access::ReadWrite] {
        let store = Store::open_in(&folder.path("cut.sqlite"), access, &folder.places()).unwrap();
        assert_eq!(store.log().unwrap(), vec![first.clone()]);
        assert_eq!(store.drafts().unwrap(), vec![]);
        store.check().unwrap();
    }
}

#[test]
fn a_journal_that_would_delete_another_file_is_refused() {
    let folder = Folder::new();
    folder.create().append(two_actions(), &stamp()).unwrap();
    let mut journal = b"somebody's".repeat(100);
    journal.extend([0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7]);
    fs::write(folder.path("register.sqlite-journal"), &journal).unwrap();
    assert!(folder.open_problem(&folder.register()).contains("the journal beside it"));
}
