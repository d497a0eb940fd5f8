//! The user's name is asked for once, before the first change, where the computer gives none.

use std::fs;

use crate::kit::folder::Folder;
use crate::kit::headless::{Headless, env};
use arising::app::layout::Size;
use arising::app::model::ThemeChoice;
use arising::desk::Desk;
use arising::env::{Env, UNNAMED};
use arising::keys::Keys;
use arising::run::seat::Seat;
use arising::run::stage::Stage;

/// A register in a file, on a computer that gives no name.
fn nameless(folder: &Folder) -> Headless {
    fs::create_dir_all(folder.path("data")).unwrap();
    let desk = Desk::create_in(&folder.register(), &folder.places()).unwrap();
    drop(desk);
    let desk = Desk::open_in(&folder.register(), arising::store::Access::ReadWrite, &folder.places()).unwrap();
    let env = Env { author: UNNAMED.into(), ..env() };
    let mut seat = Seat::over(desk);
    arising::demo::fill(&mut seat.desk, &env).unwrap();
    let mut stage = Stage::new(seat, Size { cols: 120, rows: 40 }, ThemeChoice::Dark, Keys::built_in(), env);
    stage.taught = Some(folder.path("data"));
    Headless { stage, is_over: false, clipboard: String::new() }
}

fn newest(app: &Headless) -> String {
    app.stage.seat.desk.log().unwrap().last().map(|entry| entry.author.clone()).unwrap_or_default()
}

#[test]
fn the_name_is_asked_for_once_and_the_change_that_waited_is_saved() {
    let folder = Folder::new();
    let mut app = nameless(&folder);
    app.press("p").type_text("Heard from the ward").press("Enter").see("Your name, for the record of who changed what");
    app.press("Enter").see("there is no name");
    app.type_text("Ann Lee").press("Enter").see("Heard from the ward").see("saved").not_see("Your name");
    assert_eq!(newest(&app), "Ann Lee");
    app.press("g").see("saved");
    assert_eq!(newest(&app), "Ann Lee");
    assert_eq!(arising::files::own_name(&folder.path("data")).as_deref(), Some("Ann Lee"));
    // Each key takes the time anew, and the name stays.
    app.stage.set_env(Env { author: UNNAMED.into(), ..env() });
    app.press("r").see("saved").not_see("Your name");
}

#[test]
fn without_a_name_nothing_is_saved_and_nothing_typed_is_lost() {
    let folder = Folder::new();
    let mut app = nameless(&folder);
    let before = app.stage.seat.desk.log().unwrap().len();
    app.press("p").type_text("Heard from the ward").press("Enter Esc").see("Heard from the ward").see("Progress on");
    assert_eq!(app.stage.seat.desk.log().unwrap().len(), before);
    app.press("Enter").type_text("Ann Lee").press("Enter").see("saved");
    assert_eq!(app.stage.seat.desk.log().unwrap().len(), before + 1);
}

#[test]
fn the_name_is_changed_by_a_command() {
    let folder = Folder::new();
    let mut app = nameless(&folder);
    app.press(":").type_text("your name").press("Enter").type_text("Bo Day").press("Enter").see("recorded as Bo Day");
    app.press("g").see("saved").not_see("Your name");
    assert_eq!(newest(&app), "Bo Day");
}

#[test]
fn agreeing_minutes_names_their_meeting() {
    let mut app = Headless::demo((120, 40));
    app.press("m").type_text("POS").press("Enter Enter").see("saved");
    app.press("m").type_text("end").press("Enter Enter");
    app.press("m").see("Agree the minutes of POS, 21 Nov 2026");
    app.type_text("agree").press("Enter").see("meeting of POS, 21 Nov 2026: minutes agreed, saved");
}

#[test]
fn the_plan_that_begins_a_register_is_imported_under_a_name_too() {
    let folder = Folder::new();
    std::fs::create_dir_all(folder.path("data")).unwrap();
    let env = Env { author: UNNAMED.into(), ..env() };
    let seat = Seat::take(&folder.register()).unwrap();
    let mut stage = Stage::new(seat, Size { cols: 120, rows: 40 }, ThemeChoice::Dark, Keys::built_in(), env);
    stage.taught = Some(folder.path("data"));
    stage.reader = crate::kit::headless::read;
    let mut app = Headless { stage, is_over: false, clipboard: String::new() };
    let plan = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/demo/riverside.txt");
    app.press("2 Ctrl-U").type_text(plan).press("Enter").see("riverside.txt");
    app.press("A").see("Your name, for the record of who changed what");
    app.type_text("Ann Lee").press("Enter").see("imported from riverside.txt");
    assert_eq!(newest(&app), "Ann Lee");
}
