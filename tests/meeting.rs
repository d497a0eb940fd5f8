//! A meeting on the screen, beyond what its story tells.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod kit;

use kit::headless::Headless;

/// A meeting with this agenda, of which one item is discussed.
fn begun(agenda: &str) -> Headless {
    let mut app = Headless::demo((120, 36));
    app.press("m").type_text("POS").press("Enter Tab Tab Tab Tab Tab").type_text(agenda).press("Enter");
    app.see("meeting of POS, 21 Nov 2026 begun").see("0 of");
    app.press("Home Space").see("1 of");
    app
}

#[test]
fn a_meeting_that_was_broken_off_goes_on_at_the_first_item_not_discussed() {
    let app = begun("overdue");
    let place = |app: &Headless| app.screen().lines().find(|line| line.starts_with('▌')).expect("a cursor").to_owned();
    let discussed = place(&app);
    let app = Headless::over(app.stage.seat.desk, (120, 36));
    app.see("The meeting of POS, 21 Nov 2026 goes on").see("▼ agenda").see("1 of");
    assert_ne!(place(&app), discussed);
}

/// Whoever skipped an item and was interrupted at a later one stands at the later one again.
#[test]
fn a_meeting_that_was_broken_off_goes_on_at_the_item_last_spoken_of() {
    let mut app = begun("everything");
    app.press("n n g").see("saved");
    let place = |app: &Headless| app.screen().lines().find(|line| line.starts_with('▌')).expect("a cursor").to_owned();
    let spoken_of = place(&app);
    let app = Headless::over(app.stage.seat.desk, (120, 36));
    assert_eq!(place(&app), spoken_of);
}

#[test]
fn a_challenge_is_put_aside_with_its_reason_and_does_not_come_back() {
    let mut app = Headless::demo((120, 36));
    app.press("/").type_text("pathway, with").press("Enter");
    let screen = app.screen();
    assert!(screen.contains("Why this") || screen.contains('?'), "{screen}");
    app.press("y").see("Why this does not count for 1.1");
    app.type_text("Seen by the board in May").press("Enter").see("challenge put aside (Seen by the board in May)");
    app.press("u").see("undone");
}
