//! Registers that builds before format 1.0 wrote are opened, carried over with every hash, and kept as they were.

use std::fs;

use crate::kit::folder::{Folder, stamp, two_actions};
use arising::domain::register::Register;
use arising::store::{Access, Store};

/// What the minutes of these registers cite.
const CODE: &str = "4AA1-06E2-D4D1-D105-C25B";

/// A folder with the register of an earlier format.
fn earlier(format: &str) -> Folder {
    let folder = Folder::new();
    let fixture = format!("{}/tests/fixtures/formats/{format}.sqlite", env!("CARGO_MANIFEST_DIR"));
    fs::copy(fixture, folder.register()).unwrap();
    folder
}

const FORMATS: [&str; 4] = ["0.0", "0.1", "0.2", "0.3"];

#[test]
fn a_register_of_an_earlier_build_is_read_without_being_altered() {
    for format in FORMATS {
        let folder = earlier(format);
        let before = fs::read(folder.register()).unwrap();
        let store = Store::open_in(&folder.register(), Access::ReadOnly, &folder.places()).unwrap();
        assert_eq!((store.head().as_str(), store.check().unwrap().changes), (CODE, 13), "{format}");
        assert_eq!(store.verifier().run().unwrap().changes, 13, "{format}");
        drop(store);
        assert_eq!(fs::read(folder.register()).unwrap(), before, "{format}");
    }
}

#[test]
fn a_register_of_an_earlier_build_is_carried_over_with_its_hashes_after_a_backup() {
    for format in FORMATS {
        let folder = earlier(format);
        let before = fs::read(folder.register()).unwrap();
        let mut store = folder.open(Access::ReadWrite);
        assert_eq!(store.head(), CODE, "{format}: what is printed on paper is still found");
        let log = store.log().unwrap();
        let register = Register::fold(&log);
        assert_eq!(register.visible_actions().count(), 3, "{format}");
        store.append(two_actions(), &stamp()).unwrap();
        assert_ne!(store.origin(), log[0].id.origin, "{format}: what is written from now on is signed");
        assert!(store.moment(CODE).unwrap().is_some_and(|moment| moment.changes_since == 3), "{format}");
        drop(store);
        let store = folder.open(Access::ReadWrite);
        assert_eq!((store.check().unwrap().changes, store.notice()), (16, None), "{format}");
        let shelves = fs::read_dir(folder.path("data/backups")).unwrap().flatten();
        let kept =
            shelves.map(|shelf| shelf.path().join(format!("as format {format}.sqlite"))).find(|path| path.exists());
        let kept = kept.unwrap_or_else(|| panic!("{format}: no backup"));
        assert_ne!(fs::read(&kept).unwrap(), before, "a copy by SQLite differs in its header");
        let kept = Store::open_in(&kept, Access::ReadOnly, &folder.places()).unwrap();
        assert_eq!(kept.log().unwrap(), log, "{format}");
    }
}

#[test]
fn a_damaged_register_of_an_earlier_build_is_not_carried_over() {
    for format in FORMATS {
        let folder = earlier(format);
        let mut bytes = fs::read(folder.register()).unwrap();
        let place = memchr::memmem::find(&bytes, b"Three chairs are trained").unwrap();
        bytes[place] ^= 1;
        fs::write(folder.register(), &bytes).unwrap();
        let problem = folder.open_problem(&folder.register());
        assert!(problem.contains("damaged") && problem.contains("its content was altered"), "{format}: {problem}");
        assert_eq!(fs::read(folder.register()).unwrap(), bytes, "{format}");
    }
}

/// What minutes of the registers of format 1.0 cite: the full one, and the copy of an agency that has given back what it wrote.
const NOW: &str = "2270-DC26-35C8-702E-E877";

#[test]
fn a_register_of_this_format_is_read_as_it_was_written_and_so_is_an_agency_copy() {
    for (format, withheld) in [("1.0", 0), ("1.0-agency", 11)] {
        let folder = earlier(format);
        let before = fs::read(folder.register()).unwrap();
        let store = Store::open_in(&folder.register(), Access::ReadOnly, &folder.places()).unwrap();
        assert_eq!((store.head().as_str(), store.check().unwrap().changes), (NOW, 18), "{format}");
        assert_eq!(store.withheld().unwrap(), withheld, "{format}");
        let register = store.register().unwrap();
        let texts =
            register.visible_actions().flat_map(|action| action.progress().map(|entry| entry.said.text.clone()));
        let texts: Vec<String> = texts.collect();
        assert!(texts.contains(&"[erased]".to_owned()), "{format}: {texts:?}");
        assert!(texts.contains(&"The agency has done its part.".to_owned()), "{format}: {texts:?}");
        drop(store);
        assert_eq!(fs::read(folder.register()).unwrap(), before, "{format}");
        let mut store = folder.open(Access::ReadWrite);
        store.append(two_actions(), &stamp()).unwrap();
        assert_eq!((store.check().unwrap().changes, store.notice()), (21, None), "{format}");
    }
}
