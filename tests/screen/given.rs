//! A register where the screen expects a document: it says what it is, and changes nothing.

use crate::kit::folder::{Folder, rate, stamp_at, two_actions};
use crate::kit::headless::Headless;
use arising::desk::Desk;
use arising::store::Access;

#[test]
fn a_copy_in_which_nothing_is_new_changes_nothing() {
    let folder = Folder::new();
    let mut store = folder.create();
    let first = store.append(two_actions(), &stamp_at("2026-11-20T09:00:00+00:00")).unwrap();
    store.backup_to(&folder.path("copy.db")).unwrap();
    store.append(vec![rate(first.changes[1].id, "Red", &[])], &stamp_at("2026-11-21T09:00:00+00:00")).unwrap();
    drop(store);
    let desk = Desk::open_in(&folder.register(), Access::ReadWrite, &folder.places()).unwrap();
    let head = desk.store().head();
    let mut app = Headless::over(desk, (160, 30));
    let path = folder.path("copy.db").display().to_string();
    app.press("I").type_text(&path).press("Enter");
    app.see("Nothing new in copy.db: everything in it is here already");
    assert_eq!(app.stage.seat.desk.store().head(), head);
    app.press("I").type_text(&path).press("Enter Esc j k");
    app.not_see("Reading");
}

#[test]
fn another_register_is_named_on_the_screen() {
    let folder = Folder::new();
    folder.create().append(two_actions(), &stamp_at("2026-11-20T09:00:00+00:00")).unwrap();
    let mut app = Headless::demo((160, 30));
    app.press("I").type_text(&folder.register().display().to_string()).press("Enter");
    app.see("register.sqlite was not imported: it is another register, with the plan adult-q");
}
