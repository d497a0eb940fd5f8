//! A copy of the register on the screen: a look at what it brings, the merge, and a conflict settled by a key.

use std::path::PathBuf;

use crate::kit::folder::{Folder, rate, stamp_at, two_actions};
use crate::kit::headless::{Headless, env};
use arising::app::Msg;
use arising::desk::Desk;
use arising::domain::id::Id;
use arising::domain::intent::Intent;
use arising::run::seat;
use arising::store::{Access, Places, Store};

/// A register and a copy of it: both rated the first action, the copy's user also wrote about the second.
fn apart(folder: &Folder) -> (Desk, PathBuf) {
    let mut store = folder.create();
    let first = store.append(two_actions(), &stamp_at("2026-11-20T09:00:00+00:00")).unwrap();
    let action: Id = first.changes[1].id;
    let copy = folder.path("register-LAPTOP2.sqlite");
    store.backup_to(&copy).unwrap();
    store.append(vec![rate(action, "Red", &[])], &stamp_at("2026-11-21T09:00:00+00:00")).unwrap();
    drop(store);
    let elsewhere = Places { data: Some(folder.path("elsewhere")) };
    let mut other = Store::open_in(&copy, Access::ReadWrite, &elsewhere).unwrap();
    let mut stamp = stamp_at("2026-11-22T09:00:00+00:00");
    stamp.author = "D. Okoro".into();
    other.append(vec![rate(action, "Green", &[])], &stamp).unwrap();
    drop(other);
    (Desk::open_in(&folder.register(), Access::ReadWrite, &folder.places()).unwrap(), copy)
}

#[test]
fn a_copy_is_merged_after_a_look_and_its_conflict_is_settled_by_a_key() {
    let folder = Folder::new();
    let (desk, copy) = apart(&folder);
    let mut app = Headless::over(desk, (140, 36));
    let head = app.stage.seat.desk.store().head();
    app.press("I").type_text(&copy.display().to_string()).press("Enter");
    app.see("register-LAPTOP2.sqlite is a copy of this register")
        .see("Merge 1 change")
        .see("by D. Okoro")
        .see("1 conflict");
    app.see("≠ 1 rating: Red, by J. Lee on 21 Nov 2026").see("≠ 1 rating: Green, by D. Okoro on 22 Nov 2026");
    app.press("Esc");
    assert_eq!(app.stage.seat.desk.store().head(), head, "looking writes nothing");
    app.press("I").type_text(&copy.display().to_string()).press("Enter Enter");
    app.see("Merged 1 change by D. Okoro").see("conflicts 1");
    app.press("Enter");
    app.see("≠ rating: ").see("Green (22 Nov").see("recorded separately").see("y settles");
    app.press("y");
    app.see("1 rating: keep which?").see("Red, by J. Lee on 21 Nov 2026");
    app.type_text("Red").press("Enter");
    app.see("■ R 1").not_see("recorded separately");
    assert!(app.log().last().unwrap().contains("Red"), "{:?}", app.log());
    app.press("u");
    app.see("≠ rating");
}

/// Which of the two is shown until then follows from their ids.
#[test]
fn settling_a_conflict_and_undoing_that_each_say_one_thing() {
    let folder = Folder::new();
    let (desk, copy) = apart(&folder);
    let mut app = Headless::over(desk, (140, 36));
    app.press("I").type_text(&copy.display().to_string()).press("Enter Enter Enter");
    let is_red = app.stage.seat.desk.register().actions[0].rating() == Some("Red");
    let (shown, other) = if is_red { ("Red", "Green") } else { ("Green", "Red") };
    let told = [(shown, format!("1 rating stays {shown}, saved")), (other, format!("1 {shown} → {other}, saved"))];
    for (kept, words) in told {
        app.press("y").type_text(kept).press("Enter").see(&words);
        app.press("u").see(&format!("undone: {words}")).see("≠ rating");
    }
}

#[test]
fn a_copy_of_which_everything_is_here_and_a_damaged_one_say_so() {
    let folder = Folder::new();
    let (desk, copy) = apart(&folder);
    let mut app = Headless::over(desk, (140, 36));
    let damaged = folder.path("cut.arising");
    std::fs::write(&damaged, "arising bundle 1\nnothing\n").unwrap();
    app.press("I").type_text(&damaged.display().to_string()).press("Enter");
    app.see("cut.arising was not merged: it is damaged or incomplete");
    app.press("Esc Esc");
    app.press("I").type_text(&copy.display().to_string()).press("Enter Enter");
    app.press("I").type_text(&copy.display().to_string()).press("Enter");
    app.see("Nothing new in register-LAPTOP2.sqlite");
}

#[test]
fn a_copy_that_a_sync_program_left_is_noticed_offered_and_never_merged_silently() {
    let folder = Folder::new();
    let (desk, _) = apart(&folder);
    let kept = folder.path("register before 2026-03-12T101500.sqlite");
    std::fs::copy(folder.path("register-LAPTOP2.sqlite"), kept).unwrap();
    let verified = desk.verifier().run().unwrap();
    let names: Vec<_> = verified.beside.iter().map(|copy| copy.path.file_name().unwrap()).collect();
    assert_eq!(names, ["register-LAPTOP2.sqlite"], "what a restore kept is no such copy");
    let mut app = Headless::over(desk, (140, 36));
    let head = app.stage.seat.desk.store().head();
    app.stage.send(Msg::Waiting(seat::waiting(&verified.beside).unwrap()));
    app.see("register-LAPTOP2.sqlite beside it has 1 change that is not here: I merges it");
    assert_eq!(app.stage.seat.desk.store().head(), head);
    app.press("I").press("Enter");
    app.see("register-LAPTOP2.sqlite is a copy of this register");
    app.press("Enter");
    app.see("Merged 1 change by D. Okoro").not_see("beside it has");
    assert_eq!(app.stage.seat.desk.store().beside(), []);
}

#[test]
fn the_history_of_the_register_shows_a_merge_at_its_time() {
    let folder = Folder::new();
    let (desk, copy) = apart(&folder);
    let mut app = Headless::over(desk, (140, 36));
    app.press("I").type_text(&copy.display().to_string()).press("Enter Enter H A");
    app.see("Merged 1 change from register-LAPTOP2.sqlite");
    app.press("/").type_text("merged").press("Enter");
    app.see("1 of 1").see("When this file received them");
    app.press("Space Enter").see("No change is selected");
    app.press("Backspace A").not_see("Merged 1 change");
}

#[test]
fn undo_on_the_screen_leaves_alone_what_the_same_name_wrote_elsewhere() {
    let folder = Folder::new();
    let (desk, copy) = apart(&folder);
    let mut there = Desk::open_in(&copy, Access::ReadWrite, &Places { data: Some(folder.path("elsewhere")) }).unwrap();
    let second = there.register().actions[1].id;
    let intent = Intent::Rate { action: second, rating: Some("Blue".into()), note: None };
    let same_name = there.write(&intent, &env()).unwrap();
    drop(there);
    let mut app = Headless::over(desk, (140, 36));
    app.press("u").see("Nothing to undo: you have made no changes on this computer");
    app.press("I").type_text(&copy.display().to_string()).press("Enter Enter");
    app.see("The Chair (");
    app.press("u").see("you have made no changes on this computer");
    app.press("Home a u").see("undone");
    app.press("u").see("Nothing more to undo").not_see("you have made no changes");
    app.press("Ctrl-R Ctrl-R").see("Nothing more to redo").not_see("you have undone nothing");
    app.press("u");
    let register = app.stage.seat.desk.register();
    assert_eq!(register.action(second).unwrap().rating(), Some("Blue"), "{}", same_name.sentence);
}

#[test]
fn a_second_history_is_offered_with_both_sides_and_merged_only_when_chosen() {
    let folder = Folder::new();
    let mut store = folder.create();
    let first = store.append(two_actions(), &stamp_at("2026-11-20T09:00:00+00:00")).unwrap();
    let copy = folder.path("register-LAPTOP2.sqlite");
    store.backup_to(&copy).unwrap();
    store.append(vec![rate(first.changes[1].id, "Red", &[])], &stamp_at("2026-11-21T09:00:00+00:00")).unwrap();
    drop(store);
    // The data folder was copied with the file: the note of the other path has the same name and key in it.
    let elsewhere = Places { data: Some(folder.path("elsewhere")) };
    drop(Store::open_in(&copy, Access::ReadWrite, &elsewhere).unwrap());
    let notes = |data: &str| {
        let inside = std::fs::read_dir(folder.path(data).join("origins")).unwrap().flatten().map(|file| file.path());
        let mut notes: Vec<_> = inside.filter(|path| path.to_str().unwrap().contains('-')).collect();
        notes.sort();
        notes
    };
    for (from, to) in notes("data").iter().zip(notes("elsewhere")) {
        std::fs::copy(from, to).unwrap();
    }
    let note = notes("elsewhere").remove(0);
    let origin = first.id.origin;
    let db = rusqlite::Connection::open(&copy).unwrap();
    let end: Vec<u8> = db.query_row("SELECT hash FROM change ORDER BY seq DESC LIMIT 1", [], |row| row.get(0)).unwrap();
    drop(db);
    let digits = end.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat();
    let line = format!("{origin} {:020} {digits}\n", first.changes.len());
    std::fs::write(note, format!("{line}{line}{}\n", copy.display())).unwrap();
    let mut other = Store::open_in(&copy, Access::ReadWrite, &elsewhere).unwrap();
    assert_eq!(other.origin(), origin);
    let mut stamp = stamp_at("2026-11-22T09:00:00+00:00");
    stamp.author = "D. Okoro".into();
    other.append(vec![rate(first.changes[1].id, "Green", &[])], &stamp).unwrap();
    drop(other);
    let desk = Desk::open_in(&folder.register(), Access::ReadWrite, &folder.places()).unwrap();
    let mut app = Headless::over(desk, (160, 36));
    let head = app.stage.seat.desk.store().head();
    app.press("I").type_text(&copy.display().to_string()).press("Enter");
    app.see("register-LAPTOP2.sqlite has another history of one copy").see("Merge 1 change as a new copy's");
    app.see(" has written two different histories").see("Here 1 change since 21 Nov 2026, the first by J. Lee");
    app.see("In that file 1 change since 22 Nov 2026, the first by D. Okoro");
    app.press("Esc");
    assert_eq!(app.stage.seat.desk.store().head(), head);
    app.press("I").type_text(&copy.display().to_string()).press("Enter Enter");
    app.see("Merged 1 change by D. Okoro").see("conflicts 1");
    app.press("I").type_text(&copy.display().to_string()).press("Enter").see("Nothing new in register-LAPTOP2.sqlite");
}
