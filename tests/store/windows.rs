//! What only Windows does with files: long paths, names in another case, files that are not shared.

use std::fs;
use std::os::windows::fs::OpenOptionsExt;

use arising::store::{Access, Store, backups};

use crate::kit::folder::{Folder, stamp, two_actions};

#[test]
fn a_register_may_lie_three_hundred_characters_deep() {
    let folder = Folder::new();
    let deep =
        (0..6).fold(folder.root().to_owned(), |path, _| path.join("a folder of fifty characters for a board's papers"));
    let path = deep.join("register.sqlite");
    assert!(path.as_os_str().len() > 300);
    let mut store = Store::create_in(&path, &folder.places()).unwrap();
    store.append(two_actions(), &stamp()).unwrap();
    store.append(two_actions(), &stamp()).unwrap();
    store.backup(&stamp().at).unwrap();
    drop(store);
    let store = Store::open_in(&path, Access::ReadWrite, &folder.places()).unwrap();
    assert_eq!(store.log().unwrap().len(), 2);
}

#[test]
fn a_name_in_another_case_is_the_same_register_with_the_same_backups() {
    let folder = Folder::new();
    let mut store = folder.create();
    store.append(two_actions(), &stamp()).unwrap();
    store.backup(&stamp().at).unwrap();
    let origin = store.origin();
    drop(store);
    let other = folder.path("REGISTER.SQLITE");
    let mut store = Store::open_in(&other, Access::ReadWrite, &folder.places()).unwrap();
    assert_eq!(store.origin(), origin);
    store.backup(&stamp().at).unwrap();
    assert_eq!(fs::read_dir(folder.path("data").join("backups")).unwrap().count(), 1, "one shelf");
    assert_eq!(backups(&other, &folder.places()), backups(&folder.register(), &folder.places()));
}

#[test]
fn a_register_that_another_program_holds_is_waited_for_and_then_said_to_be_held() {
    let folder = Folder::new();
    drop(folder.create());
    let held = fs::OpenOptions::new().read(true).share_mode(0).open(folder.register()).unwrap();
    let problem = folder.open_problem(&folder.register());
    assert!(problem.contains("another program has the file open") && problem.contains("OneDrive"), "{problem}");
    let brief = std::thread::spawn(move || {
        std::thread::sleep(std::time::Duration::from_millis(300));
        drop(held);
    });
    folder.open(Access::ReadWrite).append(two_actions(), &stamp()).unwrap();
    brief.join().unwrap();
}

#[test]
fn a_name_that_is_no_file_is_refused_and_a_dot_at_its_end_is_left_out() {
    let folder = Folder::new();
    for name in ["nul", "con.sqlite", "plan:1.sqlite", "COM1"] {
        let problem = Store::create_in(&folder.path(name), &folder.places()).err().unwrap().to_string();
        assert!(problem.contains("choose another name"), "{name}: {problem}");
    }
    drop(Store::create_in(&folder.path("board.sqlite."), &folder.places()).unwrap());
    let store = Store::open_in(&folder.path("board.sqlite"), Access::ReadOnly, &folder.places()).unwrap();
    assert!(!store.path().unwrap().display().to_string().contains('?'), "no prefix is shown");
}
