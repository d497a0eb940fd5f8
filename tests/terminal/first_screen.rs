//! A register opens with the screen that was kept of it, before it has been read.

use std::time::{Duration, Instant};

use crate::kit::desk::{Desk, fixture};
use crate::kit::pty::{Pty, Start};

const SOON: Duration = Duration::from_secs(5);

fn board() -> Desk {
    let desk = Desk::empty();
    desk.run(&["import", &fixture("adult-m.txt")]).expect_done();
    desk
}

fn open(desk: &Desk) -> Pty {
    let pty = Start::arising(desk.folder(), &["open", desk.register().to_str().unwrap()]).run();
    pty.wait_for("1.1");
    pty
}

/// Opens it and rests until its first screen is kept.
fn rested(desk: &Desk) -> Pty {
    let pty = open(desk);
    let screens =
        || crate::kit::folder::walk(desk.folder()).into_iter().find(|path| path.extension() == Some("screen".as_ref()));
    let is_kept = || screens().is_some_and(|path| std::fs::metadata(path).is_ok_and(|file| file.len() > 0));
    assert!(is_soon(is_kept), "no first screen was kept: {}", pty.screen_text());
    pty
}

/// Whether this comes true within a few seconds.
fn is_soon(is_so: impl Fn() -> bool) -> bool {
    let since = Instant::now();
    while !is_so() && since.elapsed() < SOON {
        std::thread::sleep(Duration::from_millis(20));
    }
    is_so()
}

#[test]
fn a_register_opens_with_the_screen_that_was_kept_and_keys_typed_at_once_count() {
    let desk = board();
    let mut pty = rested(&desk);
    let first = pty.screen_text();
    pty.press("q");
    assert_eq!(pty.exit_code(SOON), 0);
    let mut pty = open(&desk);
    pty.press("j r a");
    pty.wait_for("saved");
    pty.press("q");
    assert_eq!(pty.exit_code(SOON), 0);
    pty.assert_restored();
    let mut pty = open(&desk);
    assert_ne!(pty.screen_text(), first, "one action is Amber now");
    pty.press("q");
    assert_eq!(pty.exit_code(SOON), 0);
    pty.assert_restored();
}

#[test]
fn what_another_program_wrote_meanwhile_is_on_the_screen() {
    let desk = board();
    let mut pty = rested(&desk);
    pty.press("q");
    assert_eq!(pty.exit_code(SOON), 0);
    desk.run(&["rate", "1.1", "red", "--note", "The rota failed."]).expect_done();
    let mut pty = open(&desk);
    pty.wait_for("Red");
    pty.press("q");
    assert_eq!(pty.exit_code(SOON), 0);
}

/// How many changes the newest whole backup holds.
fn backed_up(desk: &Desk) -> u64 {
    let name = |path: std::path::PathBuf| path.file_name()?.to_str().map(str::to_owned);
    let changes =
        |name: String| name.strip_suffix(".sqlite")?.split_once(" changes")?.0.split(' ').nth(1)?.parse().ok();
    crate::kit::folder::walk(desk.folder()).into_iter().filter_map(name).filter_map(changes).max().unwrap_or(0)
}

#[test]
fn a_change_typed_with_the_first_screen_is_saved_and_only_then_is_the_register_verified_and_backed_up() {
    let desk = board();
    let mut pty = rested(&desk);
    assert!(is_soon(|| backed_up(&desk) > 0), "there is a backup of the day");
    pty.press("q");
    assert_eq!(pty.exit_code(SOON), 0);
    let before = backed_up(&desk);
    let mut pty = open(&desk);
    pty.press("r");
    pty.wait_for("saved");
    is_soon(|| backed_up(&desk) > before);
    assert_eq!(backed_up(&desk), before + 1, "with the change: {}", pty.screen_text());
    pty.press("q");
    assert_eq!(pty.exit_code(SOON), 0);
    desk.run(&["check"]).expect_done();
}
