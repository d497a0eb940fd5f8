//! A register moved to another folder: whole, with its unfinished text, and never two that are not known to be one.

use std::fs;
use std::path::PathBuf;

use crate::kit::folder::{Folder, rate, stamp, two_actions};
use arising::problem::Problem;
use arising::store::{Access, Moved, Store, move_to};

/// A register in a synced folder, and the place to which it is moved.
fn synced() -> (Folder, PathBuf, PathBuf) {
    let folder = Folder::new();
    let from = folder.path("OneDrive").join("register.sqlite");
    let mut store = Store::create_in(&from, &folder.places()).unwrap();
    store.append(two_actions(), &stamp()).unwrap();
    store.save_draft("1.1", "half a sen").unwrap();
    let to = folder.path("home").join("register.sqlite");
    (folder, from, to)
}

fn moved(folder: &Folder, from: &std::path::Path, to: &std::path::Path) -> Result<Moved, Problem> {
    move_to(from, to, &stamp().at, &folder.places())
}

#[test]
fn a_moved_register_is_whole_with_its_drafts_and_the_old_file_is_kept() {
    let (folder, from, to) = synced();
    let head = Store::open_in(&from, Access::ReadOnly, &folder.places()).unwrap().head();
    let done = moved(&folder, &from, &to).unwrap();
    assert_eq!(
        (done.changes, done.kept.file_name().unwrap().to_str()),
        (3, Some("register moved 2026-03-12T101500.sqlite"))
    );
    assert!(!from.exists());
    let mut store = Store::open_in(&to, Access::ReadWrite, &folder.places()).unwrap();
    assert_eq!((store.head(), store.draft("1.1").unwrap().as_deref()), (head.clone(), Some("half a sen")));
    let action = store.log().unwrap()[0].changes[1].id;
    store.append(vec![rate(action, "Green", &[])], &stamp()).unwrap();
    assert_eq!(Store::open_in(&done.kept, Access::ReadOnly, &folder.places()).unwrap().head(), head);
    let problem = folder.open_problem(&from);
    assert!(
        problem.contains("was moved by arising move-home") && problem.contains("leave --register out"),
        "{problem}"
    );
    assert!(Store::create_in(&from, &folder.places()).is_err(), "nor is another begun there");
}

#[test]
fn a_move_that_was_stopped_is_finished_and_another_register_is_never_replaced() {
    let (folder, from, to) = synced();
    // Killed after the copy had its name.
    fs::create_dir(folder.path("home")).unwrap();
    Store::open_in(&from, Access::ReadOnly, &folder.places()).unwrap().backup_to(&to).unwrap();
    let mut store = Store::open_in(&to, Access::ReadWrite, &folder.places()).unwrap();
    let action = store.log().unwrap()[0].changes[1].id;
    let before = fs::read(&to).unwrap();
    moved(&folder, &from, &to).unwrap();
    assert_eq!(fs::read(&to).unwrap(), before);
    // Both went on: which one is right is not for the program to say.
    let (folder, from, other) = synced();
    fs::create_dir(folder.path("home")).unwrap();
    fs::copy(&to, &other).unwrap();
    store.append(vec![rate(action, "Green", &[])], &stamp()).unwrap();
    let problem = moved(&folder, &from, &other).unwrap_err().to_string();
    let (here, there) = (from.display().to_string(), other.display().to_string());
    assert!(problem.contains(&here) && problem.contains(&there) && problem.contains("merge"), "{problem}");
    assert!(from.exists());
}
