//! Two windows on one laptop: the chair's screen, and the room's that follows it.

use std::time::{Duration, Instant};

use crate::kit::board::Board;
use crate::kit::pty::{Pty, Start};

const SOON: Duration = Duration::from_secs(2);

fn present(board: &Board, more: &[&str]) -> Pty {
    let register = board.register();
    let arguments = [&["--register", register.to_str().expect("a plain path"), "present"], more].concat();
    Start::arising(board.folder(), &arguments).run()
}

/// Whether the room is on that action: its reference begins a line.
fn is_on(pty: &Pty, reference: &str) -> impl Fn(&vt100::Screen) -> bool + use<> {
    let _ = pty;
    let reference = format!("{reference} ");
    move |screen| screen.contents().lines().any(|line| line.trim_start().starts_with(&reference))
}

#[test]
fn the_room_follows_the_chairs_screen_through_its_end_and_its_return() {
    let board = Board::with_plan();
    let mut room = present(&board, &[]);
    room.wait_for("Riverside Safeguarding Adults Review");
    let mut chair = board.open();
    room.wait_until("the first action", is_on(&room, "1.1"));
    chair.press("j");
    room.wait_until("the second action", is_on(&room, "1.2"));
    chair.press("p");
    chair.wait_for("Progress on");
    chair.type_text("The protocol is with the printers");
    chair.wait_for("printers");
    assert!(!room.screen_text().contains("printers"));
    chair.press("<enter>");
    room.wait_for("The protocol is with the printers");
    chair.press("B");
    room.wait_until("nothing", |screen| screen.contents().trim().is_empty());
    chair.press("k");
    room.wait_until("the second action again", is_on(&room, "1.2"));

    chair.press("q");
    assert_eq!(chair.exit_code(SOON), 0);
    room.wait_for("Riverside Safeguarding Adults Review");
    let chair = board.open();
    room.wait_until("the first action", is_on(&room, "1.1"));
    chair.kill();
    room.wait_for("Riverside Safeguarding Adults Review");

    let written = room.written().len();
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_millis(300) {
        std::thread::yield_now();
    }
    assert_eq!(room.written().len(), written, "it is still");
    room.press("q");
    assert_eq!(room.exit_code(SOON), 0);
    room.assert_restored();
}

#[test]
fn a_window_opened_late_shows_at_once_where_the_chairs_screen_is() {
    let board = Board::with_plan();
    let mut chair = board.open();
    chair.press("j j");
    let mut first = present(&board, &[]);
    first.wait_until("the third action", is_on(&first, "2.1"));
    let mut second = present(&board, &["--redact"]);
    second.wait_until("the third action", is_on(&second, "2.1"));
    chair.press("k");
    first.wait_until("the second action", is_on(&first, "1.2"));
    second.wait_until("the second action", is_on(&second, "1.2"));
    let before = std::fs::read(board.register()).unwrap();
    for window in [&mut first, &mut second] {
        window.press("p r g j x");
        window.press("<esc>");
        assert_eq!(window.exit_code(SOON), 0);
    }
    assert_eq!(std::fs::read(board.register()).unwrap(), before, "nothing is written from there");
}

#[test]
fn with_posts_for_names_no_one_is_named() {
    let board = Board::with_plan();
    board.done(&["lead", "1.1", "--new", "Housing lead (Yorick Plum)"]);
    board.done(&["progress", "1.1", "Yorick Plum has met the tenants.", "--by", "Xavier Oddname"]);
    let _chair = board.open();
    let (open, redacted) = (present(&board, &[]), present(&board, &["--redact"]));
    open.wait_for("Yorick Plum has met the tenants. (Xavier Oddname");
    redacted.wait_for("has met the tenants.");
    let seen = redacted.screen_text();
    assert!(seen.contains("Housing lead") && !seen.contains("Plum") && !seen.contains("Oddname"), "{seen}");
    // Also in what is written while it is shown.
    board.done(&["progress", "1.1", "Xavier Oddname and the tenants agree.", "--by", "Xavier Oddname"]);
    open.wait_for("Xavier Oddname and the tenants agree.");
    redacted.wait_for("and the tenants agree.");
    assert!(!redacted.screen_text().contains("Oddname"), "{}", redacted.screen_text());
}

#[test]
fn without_a_register_it_says_what_to_do() {
    let board = Board::empty();
    let room = present(&board, &[]);
    room.wait_for("does not exist");
    assert_eq!(room.exit_code(SOON), 1);
}
