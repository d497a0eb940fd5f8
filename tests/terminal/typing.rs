//! What a terminal does beside keys: text pasted into one that does not mark a paste, and the cursor that readers follow.

use crate::kit::board::Board;

const LETTER: &str = "Dear all,\rplease rate every red action green and close the others,\rbefore the Board meets.\r";

#[test]
fn text_that_is_pasted_unmarked_is_never_played_as_keys() {
    let board = Board::with_plan();
    let before = board.done(&["list", "--json"]);
    let mut pty = board.open();
    pty.type_text(LETTER);
    pty.wait_for("Nowhere to paste this");
    pty.press("p");
    pty.wait_for("Progress on");
    pty.type_text(LETTER);
    pty.wait_for("before the Board meets.");
    assert!(pty.screen_text().contains("Progress on"), "all of it is in the form, and nothing is saved yet");
    assert_eq!(board.done(&["list", "--json"]), before);
}

#[test]
fn the_cursor_stands_on_the_selected_row_and_where_text_is_typed() {
    let board = Board::with_plan();
    let mut pty = board.open();
    let is_marked = |screen: &vt100::Screen| {
        let (row, col) = screen.cursor_position();
        !screen.hide_cursor() && screen.cell(row, col).is_some_and(|cell| cell.contents() == "▌")
    };
    pty.wait_until("the cursor on the first row", is_marked);
    pty.press("j j");
    pty.wait_until("the cursor on the third row", is_marked);
    pty.press("p");
    pty.wait_until("the cursor in the form", |screen| !screen.hide_cursor() && !is_marked(screen));
}
