//! A sealed bundle on the screen: its passphrase is typed unseen, kept nowhere, and asked for again if it is wrong.

use std::fs;
use std::path::PathBuf;

use crate::kit::folder::{Folder, rate, stamp_at, two_actions};
use crate::kit::headless::Headless;
use crate::kit::snapshot::snapshot;
use arising::app::Msg;
use arising::desk::Desk;
use arising::seal::{Lock, Secret};
use arising::store::{Access, Places, Store, Target};

/// A register, and a sealed bundle of a copy in which one action was rated.
fn apart(folder: &Folder) -> (Desk, PathBuf) {
    let mut store = folder.create();
    let first = store.append(two_actions(), &stamp_at("2026-11-20T09:00:00+00:00")).unwrap();
    let copy = folder.path("copy.sqlite");
    store.backup_to(&copy).unwrap();
    drop(store);
    let mut other = Store::open_in(&copy, Access::ReadWrite, &Places { data: Some(folder.path("elsewhere")) }).unwrap();
    let stamp = stamp_at("2026-11-22T09:00:00+00:00");
    other.append(vec![rate(first.changes[1].id, "Green", &[])], &stamp).unwrap();
    let bundle = folder.path("from-chair.arising");
    let lock = Lock::Passphrase(Secret::new("harbour lantern tidal"));
    other.share(Target { path: &bundle, lock: Some(&lock) }, None, &stamp.at).unwrap();
    drop(other);
    fs::remove_file(copy).unwrap();
    (Desk::open_in(&folder.register(), Access::ReadWrite, &folder.places()).unwrap(), bundle)
}

#[test]
fn a_sealed_bundle_is_merged_once_its_passphrase_is_typed_which_is_never_seen_and_never_kept() {
    let folder = Folder::new();
    let (desk, bundle) = apart(&folder);
    let mut app = Headless::over(desk, (110, 30));
    let head = app.stage.seat.desk.store().head();
    app.press("I").type_text(&bundle.display().to_string()).press("Enter");
    app.see("from-chair.arising is sealed with a passphrase");
    app.type_text("harbour lamp");
    app.see("••••••••••••").not_see("harbour");
    snapshot("screens", "sealed", &app.screen());
    app.stage.send(Msg::Pause);
    assert_eq!(app.stage.seat.drafts().len(), 0, "it is no draft");
    app.press("Enter").see("the passphrase is wrong").not_see("•");
    app.press("Enter").see("no passphrase was typed");
    assert_eq!(app.stage.seat.desk.store().head(), head);
    app.type_text("harbour lantern tidal").press("Enter");
    app.see("from-chair.arising is a copy of this register").see("Merge 1 change").not_see("sealed with");
    app.press("Enter").see("Merged 1 change by J. Lee");
    assert!(app.stage.seat.drafts().is_empty());
    app.press("I").type_text(&bundle.display().to_string()).press("Enter");
    app.type_text("harbour lantern tidal").press("Enter").see("Nothing new in from-chair.arising").not_see("•");
}

#[test]
fn closing_the_form_keeps_nothing_of_the_passphrase() {
    let folder = Folder::new();
    let (desk, bundle) = apart(&folder);
    let mut app = Headless::over(desk, (110, 30));
    for _ in 0..2 {
        app.press("I").type_text(&bundle.display().to_string()).press("Enter");
        app.see("from-chair.arising is sealed").not_see("unsaved from earlier").not_see("•");
        app.type_text("harbour").press("Esc");
        assert!(app.stage.seat.drafts().is_empty());
    }
    let bytes = fs::read(folder.register()).unwrap();
    assert!(!bytes.windows(7).any(|window| window == b"harbour"));
}
