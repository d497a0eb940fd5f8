//! What only the console of Windows has: its events for keys, mouse and size, and its ways of ending a program.

use std::time::Duration;

use crate::kit::board::{Board, WALK};
use crate::kit::pty::{Pty, Start};

const SOON: Duration = Duration::from_secs(2);

fn demo(board: &Board) -> Pty {
    let pty = Start::arising(board.folder(), &["demo"]).run();
    pty.wait_for(WALK);
    pty
}

/// The line with the cursor's mark.
fn place(pty: &Pty) -> String {
    pty.screen_text().lines().find(|line| line.starts_with('▌')).unwrap_or_default().to_owned()
}

#[test]
fn a_pasted_text_with_line_ends_is_one_text_and_saves_nothing() {
    let board = Board::with_plan();
    let mut pty = board.open();
    pty.press("p");
    pty.wait_for("Progress on");
    pty.paste("First line of the minutes.\rSecond line, £5 and “quotes”.\rx");
    pty.wait_for("Second line, £5 and “quotes”.");
    assert!(!pty.screen_text().contains(", saved"), "{}", pty.screen_text());
    pty.press("<enter>");
    pty.wait_for(", saved");
    assert_eq!(board.progress("1.1").last().unwrap(), "First line of the minutes.\nSecond line, £5 and “quotes”.\nx");
}

#[test]
fn the_mouse_moves_the_cursor_and_is_given_back_on_request() {
    let board = Board::with_plan();
    let mut pty = demo(&board);
    let first = place(&pty);
    pty.click(10, 13);
    pty.wait_until("another line", |_| place(&pty) != first);
    let clicked = place(&pty);
    pty.wheel(1);
    pty.wait_until("a line below", |_| place(&pty) != clicked);
    pty.press("<f8>");
    pty.wait_for("mouse");
    let kept = place(&pty);
    assert_eq!((pty.has_mouse(), pty.selects()), (false, true), "the window selects text");
    pty.press("<f8>");
    pty.wait_until("the mouse back", |_| pty.has_mouse() && !pty.selects());
    assert_eq!(place(&pty), kept);
    pty.wheel(-1);
    pty.wait_until("a line above", |_| place(&pty) != kept);
    pty.press("q");
    assert_eq!(pty.exit_code(SOON), 0);
    pty.assert_restored();
}

#[test]
fn a_window_of_another_size_is_filled() {
    let board = Board::with_plan();
    let mut pty = demo(&board);
    pty.resize(80, 24);
    let fills = |screen: &vt100::Screen| screen.contents().lines().count() == 24 && screen.contents().contains("1.1");
    pty.wait_until("24 lines", fills);
    pty.press("q");
    assert_eq!(pty.exit_code(SOON), 0);
}

#[test]
fn ctrl_c_is_a_key_and_ends_nothing_while_a_form_is_open() {
    let board = Board::with_plan();
    let mut pty = board.open();
    pty.press("p");
    pty.wait_for("Progress on");
    pty.type_text("Kept");
    pty.press("ctrl-c");
    pty.wait_gone("Progress on");
    pty.press("q");
    assert_eq!(pty.exit_code(SOON), 0);
    pty.assert_restored();
}

/// The old console types its path, in quotes where it has spaces; some programs give its address.
#[test]
fn a_document_dropped_on_the_window_is_read() {
    let board = Board::with_plan();
    std::fs::create_dir(board.path("our papers")).unwrap();
    let plan = board.path(r"our papers\harbour.csv");
    std::fs::copy(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/review/harbour.csv"), &plan).unwrap();
    let path = plan.display().to_string();
    let address = format!("file:///{}", path.replace('\\', "/").replace(' ', "%20"));
    for dropped in [format!("\"{path}\""), address] {
        let mut pty = board.open();
        pty.paste(&dropped);
        pty.wait_for("harbour.csv");
        pty.wait_for("nothing is written yet");
    }
}

#[test]
fn a_copy_is_on_the_clipboard() {
    let board = Board::with_plan();
    let mut pty = board.open();
    pty.press("Y");
    pty.wait_for("to the clipboard");
    let copied = pty.copied();
    assert!(copied.contains('“') && copied.ends_with('.') && copied.contains("target"), "{copied:?}");
}

#[test]
fn with_sixteen_colours_no_others_are_used() {
    let board = Board::with_plan();
    let pty = Start::arising(board.folder(), &["demo"]).env("ARISING_THEME", "16").run();
    pty.wait_for(WALK);
    let written = String::from_utf8(pty.written()).expect("text");
    assert!(!written.contains("8;2;"), "no colour by its parts: {written:?}");
    let numbers: Vec<u32> =
        written.split("8;5;").skip(1).filter_map(|rest| rest.split([';', 'm']).next()?.parse().ok()).collect();
    assert!(!numbers.is_empty() && numbers.iter().all(|number| *number < 16), "{numbers:?}");
}

/// With nothing to do it waits for the system, without a tick. The least of several looks counts: on a busy machine a start may
/// still be under way.
#[test]
fn an_idle_program_uses_no_processor_time() {
    const LOOK: Duration = Duration::from_secs(2);
    let board = Board::with_plan();
    let pty = board.open();
    let used = (0..6).map(|_| {
        let before = pty.processor_time();
        std::thread::sleep(LOOK);
        pty.processor_time().saturating_sub(before)
    });
    let least = used.min().expect("a look");
    assert!(least <= Duration::from_millis(10), "{least:?} in {LOOK:?}");
}

#[test]
fn the_command_line_is_coloured_without_term() {
    let board = Board::with_plan();
    let register = board.register();
    let arguments = ["--register", register.to_str().expect("a plain path"), "list"];
    let pty = Start::arising(board.folder(), &arguments).run();
    assert_eq!(pty.exit_code(SOON), 0);
    assert!(pty.written().windows(2).any(|code| code == b"\x1b["), "{}", pty.screen_text());
    let pty = Start::arising(board.folder(), &arguments).env("NO_COLOR", "1").run();
    assert_eq!(pty.exit_code(SOON), 0);
    assert!(!pty.written().contains(&0x1b), "{}", pty.screen_text());
}
