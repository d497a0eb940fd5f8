//! A passphrase, typed at a real terminal: asked for, never shown, and asked twice where it seals.

use std::fs;
use std::time::Duration;

use crate::kit::desk::{Desk, fixture};
use crate::kit::pty::{Pty, Start};

const SOON: Duration = Duration::from_secs(10);

fn start(desk: &Desk, register: &str, arguments: &[&str]) -> Pty {
    let register = desk.path(register);
    let arguments = [&["--register", register.to_str().unwrap()], arguments].concat();
    Start::arising(desk.folder(), &arguments).run()
}

fn type_secret(pty: &mut Pty, asked: &str, words: &str) {
    pty.wait_for(asked);
    pty.type_text(words);
    pty.press("<enter>");
}

#[test]
fn a_passphrase_is_asked_twice_to_seal_once_to_open_and_never_shown() {
    let desk = Desk::empty();
    desk.run(&["import", &fixture("adult-m.txt")]).expect_done();
    let mut pty = start(&desk, "board.sqlite", &["share", "--seal", "-o", "b.arising"]);
    type_secret(&mut pty, "Passphrase for the bundle: ", "tidal lantern");
    type_secret(&mut pty, "again: ", "tidal lantern");
    pty.wait_for("sealed with the passphrase");
    assert_eq!(pty.exit_code(SOON), 0);
    assert!(!pty.screen_text().contains("tidal"), "{}", pty.screen_text());
    let mut pty = start(&desk, "chair.sqlite", &["merge", "b.arising"]);
    type_secret(&mut pty, "Passphrase of b.arising: ", "tidal lanternn");
    pty.wait_for("the passphrase is wrong");
    assert_eq!(pty.exit_code(SOON), 1);
    let mut pty = start(&desk, "chair.sqlite", &["merge", "b.arising"]);
    type_secret(&mut pty, "Passphrase of b.arising: ", "tidal lanternn\u{7f}");
    pty.wait_for("Merged ");
    assert_eq!(pty.exit_code(SOON), 0);
    assert!(!pty.screen_text().contains("tidal"), "{}", pty.screen_text());
}

#[test]
fn two_passphrases_that_differ_and_a_key_that_stops_write_nothing_and_leave_the_terminal_as_it_was() {
    let desk = Desk::empty();
    desk.run(&["import", &fixture("adult-m.txt")]).expect_done();
    let mut pty = start(&desk, "board.sqlite", &["share", "--seal", "-o", "b.arising"]);
    type_secret(&mut pty, "Passphrase for the bundle: ", "tidal lantern");
    type_secret(&mut pty, "again: ", "tidal lamp");
    pty.wait_for("the two passphrases differ");
    assert_eq!(pty.exit_code(SOON), 1);
    let mut pty = start(&desk, "board.sqlite", &["share", "--seal", "-o", "b.arising"]);
    pty.wait_for("Passphrase for the bundle: ");
    pty.send(b"tid\x03");
    pty.wait_for("no passphrase was given");
    assert_eq!(pty.exit_code(SOON), 1);
    pty.assert_restored();
    assert!(fs::metadata(desk.path("b.arising")).is_err());
}
