//! The ways in which Windows ends a program, or the computer's day: half-typed text is on disk before the program lets go.

use std::thread;
use std::time::{Duration, Instant};

use crate::kit::board::Board;
use crate::kit::pty::{Announcement, Pty};

const SOON: Duration = Duration::from_secs(2);
/// The program saves what is half typed after 700 ms in any case, so what is on disk before that was saved on demand.
const ON_DEMAND: Duration = Duration::from_millis(600);

/// The half-typed text on disk.
fn draft(board: &Board) -> String {
    let register = rusqlite::Connection::open(board.register()).expect("a register");
    let read = register.query_row("SELECT coalesce(max(text), '') FROM draft", [], |row| row.get(0));
    let fields: String = read.unwrap_or_default();
    fields.split('\u{1f}').next().unwrap_or_default().to_owned()
}

fn is_kept(board: &Board, text: &str, within: Duration) -> bool {
    let begun = Instant::now();
    while draft(board) != text {
        if begun.elapsed() > within {
            return false;
        }
        thread::sleep(Duration::from_millis(5));
    }
    true
}

/// Has `happen` happen right after a letter is typed, and returns once that letter is on disk, which must be sooner than the
/// program saves unasked. A machine that is too busy for that gets another try.
fn kept_at_once(happen: impl Fn(&mut Pty)) -> (Board, Pty) {
    for _ in 0..5 {
        let board = Board::with_plan();
        let mut pty = board.open();
        pty.press("p");
        pty.wait_for("Progress on");
        pty.type_text("Half a sentenc");
        assert!(is_kept(&board, "Half a sentenc", SOON * 5), "{:?}", draft(&board));
        let begun = Instant::now();
        pty.type_text("e");
        happen(&mut pty);
        let left = ON_DEMAND.saturating_sub(begun.elapsed());
        if is_kept(&board, "Half a sentence", left) && begun.elapsed() < ON_DEMAND {
            return (board, pty);
        }
    }
    panic!("the last letter was not saved on demand");
}

fn is_offered_again(board: &Board) {
    let mut pty = board.open();
    pty.press("p");
    pty.wait_for("Half a sentence");
}

#[test]
fn ctrl_break_and_a_closing_window_restore_the_console_and_keep_the_last_letter() {
    const LOG_OFF: u32 = 5;
    for (event, code) in [(1, 130), (2, 129), (LOG_OFF, 143)] {
        let (board, pty) = kept_at_once(|pty| pty.control(event));
        assert_eq!(pty.exit_code(SOON), code);
        pty.assert_restored();
        is_offered_again(&board);
    }
}

#[test]
fn log_off_and_shutdown_restore_the_console_and_keep_the_last_letter() {
    for (end, code) in [(Announcement::LogOff, 143), (Announcement::ShutDown, 143), (Announcement::End, 129)] {
        let (board, pty) = kept_at_once(|pty| pty.announce(end));
        assert_eq!(pty.exit_code(SOON), code);
        pty.assert_restored();
        is_offered_again(&board);
    }
}

/// The computer may lose its power asleep, and a program that is asked whether the session may end may not be asked again.
#[test]
fn before_sleep_and_before_the_end_of_a_session_the_last_letter_is_saved_and_the_program_continues() {
    for announcement in [Announcement::Sleep, Announcement::MayEnd] {
        let (board, mut pty) = kept_at_once(|pty| pty.announce(announcement));
        pty.type_text(" and more");
        pty.wait_for("Half a sentence and more");
        pty.kill();
        is_offered_again(&board);
    }
}
