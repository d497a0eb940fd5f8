//! The past on the screen: what others do meanwhile, what a report then says, and the return.

use crate::kit::demo;
use crate::kit::headless::{Headless, env};
use arising::app::scope::Scope;
use arising::app::table;
use arising::desk::Desk;
use arising::domain::id::Id;
use arising::domain::intent::Intent;
use arising::domain::register::Register;
use arising::store::{Access, Places};
use tempfile::TempDir;

fn action(register: &Register, reference: &str) -> Id {
    register.visible_actions().find(|action| register.reference(action) == reference).unwrap().id
}

/// The screen on a register in a file, and another user of the same file.
fn two() -> (Headless, Desk, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("board.sqlite");
    let mut desk = Desk::create_in(&path, &Places::default()).unwrap();
    demo::fill(&mut desk, &env());
    let other = Desk::open_in(&path, Access::ReadWrite, &Places::default()).unwrap();
    (Headless::over(desk, (120, 40)), other, folder)
}

fn rate(desk: &mut Desk, reference: &str, rating: &str) {
    let action = action(desk.register(), reference);
    let mut env = env();
    env.author = "Ben Elsewhere".into();
    desk.write(&Intent::Rate { action, rating: Some(rating.into()), note: None }, &env).unwrap();
}

#[test]
fn others_changes_while_viewing_the_past_are_reported_and_shown_on_return() {
    let (mut app, mut other, _folder) = two();
    app.press("n n @").type_text("yesterday").press("Enter");
    app.see("As at the end of 20 Nov 2026 ·").see("AMBER");
    rate(&mut other, "2.1", "Red");
    app.stage.take_news();
    app.see("Changed elsewhere: Ben Elsewhere: 2.1 Amber → Red").see("As at the end of 20 Nov 2026 ·").see("AMBER");
    app.press("Esc").see("RED").not_see("As at");
    app.press("H").see("Ben Elsewhere").see("Amber → Red");
    rate(&mut other, "2.1", "Green");
    app.stage.take_news();
    app.see("Red → Green");
}

#[test]
fn returning_from_the_past_selects_the_same_row_whatever_happened_meanwhile() {
    let (mut app, mut other, _folder) = two();
    app.press("n n g r H Down").see("2 of");
    app.press("Enter").see("As at").see("GREEN");
    rate(&mut other, "2.1", "Blue");
    app.stage.take_news();
    app.press("Esc").see("History of 2.1").see("3 of").see("Ben Elsewhere");
    app.press("Esc").see("BLUE");
}

#[test]
fn a_report_made_in_the_past_shows_that_position() {
    let mut app = Headless::demo((120, 60));
    app.press("n n r @").type_text("yesterday").press("Enter");
    app.press("x").type_text("audit").press("Enter");
    app.press("End").not_see("2.1 Amber → Red");
    app.press("Esc").see("As at");
    app.press("Esc");
    app.press("x").type_text("audit").press("Enter");
    app.press("End").see("2.1 Amber → Red");
}

#[test]
fn a_dropped_document_is_not_read_into_the_past() {
    let mut app = Headless::demo((120, 40));
    app.press("@").type_text("yesterday").press("Enter");
    app.input(arising::app::key::Input::Paste("tests/fixtures/review/harbour.csv".into()));
    app.see("Nothing can be changed here").see("As at");
}

#[test]
fn a_click_selects_a_change_and_the_history_is_unavailable_in_the_past() {
    let mut app = Headless::demo((120, 40));
    app.press("n n g r g H");
    app.input(arising::app::key::Input::Click { col: 20, row: 6 });
    app.see("2 of");
    app.press("Enter").see("As at");
    app.press("H").see("where the history is");
}

/// Whatever a key of the walk opens, nothing is written to the log.
#[test]
fn no_key_writes_into_the_past() {
    let commands = table::all()
        .filter(|command| command.scopes.iter().any(|scope| matches!(scope, Scope::Walk | Scope::Everywhere)));
    for key in commands.flat_map(|command| command.keys).filter(|key| !["Esc", "u", "Ctrl-Z"].contains(key)) {
        let mut app = Headless::demo((120, 40));
        app.press("n n g @").type_text("18 jun 2026").press("Enter");
        let before = app.log();
        app.see("As at the end of 18 Jun 2026");
        app.press(key);
        app.type_text("xyz").press("Enter Enter");
        assert_eq!(app.log(), before, "{key} wrote");
        assert!(app.stage.model.past.is_some() || app.is_over, "{key} left the past:\n{}", app.screen());
    }
}
