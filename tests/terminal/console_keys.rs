//! Keys as the console of Windows reports them: by key, by AltGr, by Alt code, with Ctrl and Shift.

use crate::kit::board::Board;
use crate::kit::pty::{ALT, ALT_GR, CTRL, Pty, SHIFT, Struck};

const KEY_OF_ALT: u16 = 0x12;
const RETURN: u16 = 0x0d;
const TAB: u16 = 0x09;

fn form(board: &Board) -> Pty {
    let mut pty = board.open();
    pty.press("p");
    pty.wait_for("Progress on");
    pty
}

fn unit(c: char) -> u16 {
    u16::try_from(u32::from(c)).expect("one unit")
}

/// A key that is pressed and comes up.
fn stroke(key: u16, c: char, state: u32) -> [Struck; 2] {
    [true, false].map(|is_down| (is_down, key, unit(c), state))
}

/// Alt is held, the digits are typed on their block, and Alt comes up with the character.
fn alt_code(digits: &str, c: char) -> Vec<Struck> {
    let block = |digit: char| 0x60 + u16::try_from(digit.to_digit(10).expect("a digit")).expect("a key");
    let mut struck = vec![(true, KEY_OF_ALT, 0, ALT)];
    struck.extend(digits.chars().flat_map(|digit| stroke(block(digit), '\0', ALT)));
    struck.push((false, KEY_OF_ALT, unit(c), 0));
    struck
}

fn saves(board: &Board, mut pty: Pty, text: &str) {
    pty.wait_for(text.lines().last().expect("a line"));
    pty.press("<enter>");
    pty.wait_for(", saved");
    assert_eq!(board.progress("1.1").last().unwrap(), text);
}

#[test]
fn letters_beyond_ascii_are_typed_by_their_keys() {
    let board = Board::with_plan();
    let mut pty = form(&board);
    pty.type_text("£ € é “ ” ŵ");
    saves(&board, pty, "£ € é “ ” ŵ");
}

#[test]
fn alt_gr_types_a_character_and_is_no_command() {
    let board = Board::with_plan();
    let mut pty = form(&board);
    for (key, c) in [(0x34, '€'), (0x45, 'é'), (0x51, '@'), (0x32, '“')] {
        // Windows reports AltGr itself as two keys.
        pty.strike(&[(true, 0x11, 0, CTRL), (true, KEY_OF_ALT, 0, ALT_GR)]);
        pty.strike(&stroke(key, c, ALT_GR));
        pty.strike(&[(false, 0x11, 0, 1), (false, KEY_OF_ALT, 0, 0)]);
    }
    saves(&board, pty, "€é@“");
}

#[test]
fn an_alt_code_types_its_character_alone() {
    let board = Board::with_plan();
    let mut pty = form(&board);
    for (digits, c) in [("0163", '£'), ("0128", '€'), ("130", 'é'), ("0147", '“'), ("0148", '”'), ("64", '@')] {
        pty.strike(&alt_code(digits, c));
    }
    saves(&board, pty, "£€é“”@");
}

#[test]
fn a_key_that_comes_up_under_shift_types_nothing_more() {
    let board = Board::with_plan();
    let mut pty = form(&board);
    pty.strike(&[(true, 0x33, unit('3'), 0), (true, 0x10, 0, SHIFT)]);
    pty.strike(&[(false, 0x33, unit('£'), SHIFT), (true, 0x42, unit('B'), SHIFT), (false, 0x42, unit('B'), SHIFT)]);
    saves(&board, pty, "3B");
}

/// The old console pastes a character that is on no key as an Alt code, among the keys of the others.
#[test]
fn a_paste_with_characters_that_are_on_no_key_is_one_text() {
    let board = Board::with_plan();
    let mut pty = form(&board);
    let mut struck: Vec<Struck> = "Costs ".chars().flat_map(|c| stroke(0x41, c, 0)).collect();
    struck.extend(alt_code("0128", '€'));
    struck.extend(stroke(0x35, '5', 0));
    struck.extend(stroke(RETURN, '\r', 0));
    struck.extend(alt_code("0147", '“'));
    struck.extend("agreed".chars().flat_map(|c| stroke(0x41, c, 0)));
    struck.extend(alt_code("0148", '”'));
    pty.strike(&struck);
    saves(&board, pty, "Costs €5\n“agreed”");
}

#[test]
fn ctrl_enter_starts_a_line_and_shift_tab_goes_back() {
    let board = Board::with_plan();
    let mut pty = form(&board);
    pty.type_text("First line");
    pty.strike(&stroke(RETURN, '\n', CTRL));
    pty.type_text("second line");
    saves(&board, pty, "First line\nsecond line");

    let mut pty = form(&board);
    pty.type_text("Sent");
    // To the date and back.
    pty.strike(&stroke(TAB, '\t', 0));
    pty.strike(&stroke(TAB, '\t', SHIFT));
    pty.type_text(" to partners");
    saves(&board, pty, "Sent to partners");
}
