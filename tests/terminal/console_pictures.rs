//! Five screens as a console of Windows shows them, kept as pictures in `docs/windows`.

use std::fs;

use crate::kit::board::{Board, WALK};
use crate::kit::pty::{Pty, Start};
use crate::kit::svg;

#[test]
fn five_screens_in_a_console_are_those_of_every_other_system() {
    let board = Board::empty();
    fs::copy(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/review/harbour.csv"), board.path("harbour.csv"))
        .unwrap();
    let mut pty = Start::arising(board.folder(), &["demo"]).run();
    pty.wait_for(WALK);
    pty.press("f a c c <enter> n n g");
    pty.wait_for(", saved");
    keep(&pty, "walk", "The walk through an action plan");

    pty.press("?");
    pty.wait_for("Running a meeting");
    keep(&pty, "help", "Help: the keys that work here");
    pty.press("<esc>");
    pty.wait_gone("Running a meeting");

    pty.press("x");
    pty.wait_for("Show which report?");
    pty.type_text("exc\r");
    pty.wait_gone("Show which report?");
    pty.wait_for("save");
    keep(&pty, "report", "A report on the screen");
    pty.press("<esc> <backspace> m");
    pty.wait_for("Start a meeting");
    pty.type_text("POS");
    pty.press("<enter> <enter>");
    pty.wait_for("started, saved");
    pty.press("<home> <space>");
    pty.wait_for("1 of");
    keep(&pty, "meeting", "A meeting");

    pty.press("I");
    pty.wait_for("Document to read");
    pty.type_text("harbour.csv\r");
    pty.wait_for("nothing is written yet");
    pty.press("<down> <down>");
    keep(&pty, "review", "The review of a document");
}

/// With `UPDATE_PICTURE=1` the picture is updated.
fn keep(pty: &Pty, name: &str, title: &str) {
    println!("{}", pty.screen_text());
    if std::env::var_os("UPDATE_PICTURE").is_some() {
        let folder = format!("{}/docs/windows", env!("CARGO_MANIFEST_DIR"));
        fs::create_dir_all(&folder).unwrap();
        fs::write(format!("{folder}/{name}.svg"), svg::picture(title, &pty.buffer())).unwrap();
    }
}
