//! The program at a terminal: what a person sees, and that the terminal is whole again after every kind of end.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::kit::pty::{Pty, Start};
#[cfg(unix)]
use rustix::process::Signal;

const SOON: Duration = Duration::from_secs(2);
/// On the screen once the walk of the demonstration plan is.
const WALK: &str = "1.1";

fn home() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder")
}

fn demo(home: &Path) -> Pty {
    let pty = Start::arising(home, &["demo"]).run();
    pty.wait_for(WALK);
    pty
}

/// A register with the demonstration plan imported.
fn register(home: &Path) -> PathBuf {
    let file = home.join("board.sqlite");
    let plan = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/demo/riverside.txt");
    let read = arising(home).arg("--register").arg(&file).args(["import", plan]).output().expect("arising runs");
    assert!(read.status.success(), "{}", String::from_utf8_lossy(&read.stderr));
    file
}

fn arising(home: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_arising"));
    for name in ["XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"] {
        command.env_remove(name);
    }
    command.env("HOME", home);
    #[cfg(windows)]
    command.env("ARISING_DATA", home.join("data"));
    command.env("ARISING_TODAY", "2026-11-21").env("ARISING_AUTHOR", "Test").env_remove("ARISING_REGISTER");
    command
}

fn open(home: &Path, file: &Path) -> Pty {
    let pty = Start::arising(home, &["open", file.to_str().expect("a plain path")]).run();
    pty.wait_for(WALK);
    pty
}

#[test]
fn quitting_restores_the_terminal() {
    let home = home();
    let mut pty = demo(home.path());
    pty.press("j j k q");
    assert_eq!(pty.exit_code(SOON), 0);
    pty.assert_restored();
}

#[cfg(unix)]
#[test]
fn every_fatal_signal_restores_the_terminal() {
    for signal in [Signal::TERM, Signal::INT, Signal::QUIT, Signal::HUP] {
        let home = home();
        let pty = demo(home.path());
        pty.signal(signal);
        assert_eq!(pty.exit_code(SOON), 128 + signal.as_raw().cast_unsigned(), "{signal:?}");
        pty.assert_restored();
    }
}

#[test]
fn a_panic_restores_the_terminal_and_quotes_nothing() {
    let home = home();
    let pty = Start::arising(home.path(), &["demo"]).env("ARISING_TEST_PANIC", "1").run();
    assert_ne!(pty.exit_code(SOON * 3), 0);
    pty.assert_restored();
    let text = pty.screen_text();
    assert!(text.contains("report"), "{text}");
    assert!(!text.contains("asked to panic"), "the panic's own words may quote a document: {text}");
}

#[test]
fn a_closed_window_ends_the_program_and_keeps_what_was_half_typed() {
    let home = home();
    let file = register(home.path());
    let mut pty = open(home.path(), &file);
    pty.press("p");
    pty.wait_for("Progress on 1.1");
    pty.type_text("Triage starts in Jan");
    pty.wait_for("Triage starts in Jan");
    pty.close_window();
    let code = pty.exit_code(SOON);
    // Windows, which ends the program as soon as it has saved, may give a code of its own.
    assert!(cfg!(windows) || code == 129, "{code}");

    let mut pty = open(home.path(), &file);
    pty.press("p");
    pty.wait_for("Triage starts in Jan");
    pty.press("esc");
    // An Esc with a letter close behind it would be that letter with Alt.
    pty.wait_gone("Triage starts in Jan");
    pty.press("q");
    assert_eq!(pty.exit_code(SOON), 0);
}

#[cfg(unix)]
#[test]
fn ctrl_z_and_back_shows_the_same_screen() {
    let home = home();
    let mut pty = Start::program(Path::new("/bin/sh"), &["-i"])
        .env("PS1", "$ ")
        .env("ENV", "")
        .env("HOME", home.path().to_str().expect("a plain path"))
        .env("ARISING_TODAY", "2026-11-21")
        .run();
    pty.wait_for("$");
    pty.type_text(&format!("'{}' demo\r", env!("CARGO_BIN_EXE_arising")));
    pty.wait_until("the walk", |screen| screen.alternate_screen() && screen.contents().contains(WALK));
    let before = pty.screen_text();
    pty.press("ctrl-z");
    pty.wait_until("the shell", |screen| !screen.alternate_screen() && !screen.hide_cursor());
    pty.wait_for("Stopped");
    pty.type_text("fg\r");
    pty.wait_until("the same screen", |screen| screen.alternate_screen() && screen.contents() == before);
    pty.press("q");
    pty.wait_until("the shell", |screen| !screen.alternate_screen());
    pty.type_text("exit\r");
    assert_eq!(pty.exit_code(SOON), 0);
    pty.assert_restored();
}

#[test]
fn a_file_that_is_no_register_is_refused_before_the_screen_opens() {
    let home = home();
    let file = home.path().join("letter.sqlite");
    std::fs::write(&file, "Dear board,").expect("a file");
    let pty = Start::arising(home.path(), &["open", file.to_str().expect("a plain path")]).run();
    assert_eq!(pty.exit_code(SOON), 1);
    pty.assert_restored();
    assert!(!pty.written().contains(&0x1b), "no screen was opened");
    assert!(!pty.screen_text().trim().is_empty());
}

#[test]
fn without_a_terminal_one_line_says_so() {
    let home = home();
    for arguments in [&["demo"][..], &["open"], &[]] {
        let answer = arising(home.path()).args(arguments).stdin(Stdio::null()).output().expect("arising runs");
        let said = String::from_utf8_lossy(&answer.stderr).into_owned();
        assert_eq!((answer.status.code(), said.lines().count()), (Some(1), 1), "{arguments:?}: {said}");
        assert!(said.contains("terminal") && answer.stdout.is_empty(), "{said}");
    }
}

#[test]
#[cfg(unix)]
fn a_terminal_that_cannot_place_text_gets_lines_and_q_leaves_at_once() {
    let home = home();
    let dumb = || Start::arising(home.path(), &["demo"]).env("TERM", "dumb");
    for leave in ["q", "quit\r"] {
        let mut pty = dumb().run();
        pty.wait_for("1.1. Blue. 1 of 24.");
        pty.type_text(leave);
        assert_eq!(pty.exit_code(SOON), 0, "{leave:?}");
        assert!(!pty.written().contains(&0x1b), "nothing is painted");
        pty.assert_restored();
    }
    // A word with that letter in it is a line like any other.
    let mut pty = dumb().run();
    pty.wait_for("1.1. Blue. 1 of 24.");
    pty.type_text("/\r");
    pty.wait_for("Words to find?");
    pty.type_text("quiet quarter\r");
    pty.wait_for("No action is listed");
    // Who wants no lines is told what cannot be shown.
    let pty = dumb().env("ARISING_PLAIN", "0").run();
    assert_eq!(pty.exit_code(SOON), 1);
    let said = pty.screen_text().split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains("TERM=dumb") && said.contains("arising plain"), "{said}");
}

#[test]
fn a_user_who_hears_is_given_lines() {
    let home = home();
    let heard = Start::arising(home.path(), &["demo"]).env("ARISING_PLAIN", "1");
    // Also where the terminal can do no more.
    let dumb = Start::arising(home.path(), &["demo"]).env("ARISING_PLAIN", "1").env("TERM", "dumb");
    for start in [heard, dumb] {
        let mut pty = start.run();
        pty.wait_for("1.1. Blue. 1 of 24.");
        pty.press("a <enter>");
        pty.wait_for("1.1 Blue to Amber, saved");
        pty.type_text("quit");
        pty.press("<enter>");
        assert_eq!(pty.exit_code(SOON), 0);
        #[cfg(unix)]
        assert!(!pty.written().contains(&0x1b), "nothing is painted");
        pty.assert_restored();
    }
}

#[test]
fn lines_can_be_piped_in_and_what_is_saved_is_in_the_register() {
    let board = crate::kit::board::Board::with_plan();
    let said = |lines: &str| {
        let mut plain = board.command(&["plain"]);
        let mut child = plain.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("arising runs");
        std::io::Write::write_all(&mut child.stdin.take().expect("its input"), lines.as_bytes()).expect("it listens");
        let said = child.wait_with_output().expect("it ends");
        assert_eq!(said.status.code(), Some(0), "{said:?}");
        String::from_utf8(said.stdout).expect("text")
    };
    let heard = said("1.2\np\nThe tenants have agreed.\n\n\n\nquit\n");
    assert!(heard.contains("1.2 progress added: “The tenants have agreed.”, saved"), "{heard}");
    assert_eq!(board.progress("1.2").last().map(String::as_str), Some("The tenants have agreed."));
    // A byte that is no text ends nothing.
    let mut plain = board.command(&["plain"]);
    let mut child = plain.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("arising runs");
    std::io::Write::write_all(&mut child.stdin.take().expect("its input"), b"\xff\n1.2\na\nquit\n")
        .expect("it listens");
    let said_of_bytes = child.wait_with_output().expect("it ends");
    assert_eq!(said_of_bytes.status.code(), Some(0), "{said_of_bytes:?}");
    // What was being asked when the input ended is kept, and offered again.
    said("1.2\np\nHalf a sente");
    assert!(said("1.2\np\n").contains("You typed here earlier: “Half a sente”"));
}

#[test]
fn any_window_size_is_survived_and_the_original_size_shows_the_original_screen() {
    let home = home();
    let mut pty = demo(home.path());
    pty.wait_until("what is counted at rest", |screen| screen.contents().contains("challenged"));
    let before = pty.screen_text();
    // A window of Windows has at least one cell and fits its screen.
    let sizes = if cfg!(windows) {
        [(1, 1), (20, 5), (80, 24), (100, 40), (30, 36), (120, 2)]
    } else {
        [(1, 1), (20, 5), (0, 0), (500, 200), (3, 60), (200, 2)]
    };
    for (cols, rows) in sizes {
        pty.resize(cols, rows);
        pty.press("j k");
    }
    pty.resize(120, 36);
    // Keys count for nothing while a window is too small to show anything, so it may be another action by now.
    pty.wait_for("challenged");
    pty.press("<home>");
    pty.wait_until("the first screen", |screen| screen.contents() == before);
    pty.press("q");
    assert_eq!(pty.exit_code(SOON), 0);
    pty.assert_restored();
}

#[test]
fn what_the_screen_calls_saved_is_there_after_a_kill() {
    let home = home();
    let file = register(home.path());
    let mut pty = open(home.path(), &file);
    pty.press("r");
    pty.wait_for("saved");
    pty.kill();
    let list = arising(home.path()).arg("--register").arg(&file).args(["list", "rating:red", "--json"]).output();
    let list = String::from_utf8(list.expect("arising runs").stdout).expect("text");
    assert!(list.contains("\"ref\":\"1.1\""), "{list}");
}

#[test]
fn another_programs_changes_appear_without_a_key() {
    let home = home();
    let file = register(home.path());
    let mut pty = open(home.path(), &file);
    let mut command = arising(home.path());
    command.env("ARISING_AUTHOR", "Board manager").arg("--register").arg(&file);
    let rated = command.args(["rate", "1.2", "red"]).output().expect("arising runs");
    assert!(rated.status.success(), "{}", String::from_utf8_lossy(&rated.stderr));
    pty.wait_for("Changed elsewhere: Board manager");
    pty.press("n");
    pty.wait_for("RED");
    // The last thing done from here, the import, is not taken back over what the others did since.
    pty.press("u");
    pty.wait_for("Could not undo: the rating of 1.2 has changed since");
}

/// Windows lets no one move a register that is open: see `tests/store/files.rs`.
#[cfg(unix)]
#[test]
fn a_register_swapped_underneath_is_noticed_before_anything_is_called_saved() {
    let home = home();
    let file = register(home.path());
    let mut pty = open(home.path(), &file);
    std::fs::rename(&file, home.path().join("moved.sqlite")).expect("it can be moved");
    std::fs::write(&file, b"something else").expect("another file can take its place");
    pty.press("r");
    // The verification in the background may notice it too, and then says the same in the same place.
    let is_told = |text: &str| text.contains("NOT SAVED") || text.contains("has not been saved");
    pty.wait_until("it is noticed", |screen| is_told(&screen.contents()));
    assert!(!pty.screen_text().contains(", saved"));
}

#[test]
fn a_half_typed_text_survives_a_kill() {
    let home = home();
    let file = register(home.path());
    let mut pty = open(home.path(), &file);
    pty.press("p");
    pty.wait_for("Progress on");
    pty.type_text("Half a sentence that nobody saved");
    let kept = || {
        let store = arising::store::Store::open(&file, arising::store::Access::ReadOnly).expect("it opens");
        store.drafts().expect("drafts").iter().any(|(_, text)| text.contains("nobody saved"))
    };
    pty.wait_until("the draft is on the disk", |_| kept());
    pty.kill();
    let mut again = open(home.path(), &file);
    again.wait_for("Unsaved text from earlier");
    again.press("p");
    again.wait_for("unsaved from earlier: “Half a sentence that");
    again.press("ctrl-y");
    again.wait_gone("unsaved from earlier");
    again.wait_for("Half a sentence that nobody saved");
}

/// From an empty start: a document dropped on the window, its review, one key, and it is on disk.
#[test]
fn a_document_dropped_on_the_window_is_reviewed_and_imported() {
    let home = home();
    let file = home.path().join("board.sqlite");
    let document = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/review/harbour.csv");
    let mut pty = Start::arising(home.path(), &["open", file.to_str().expect("a plain path")]).run();
    pty.wait_for("Import a plan");
    pty.paste(&format!("'{document}'"));
    pty.wait_for("nothing is written yet");
    pty.wait_for("3 doubts");
    assert!(!file.exists(), "nothing is written before it is taken in");
    pty.press("A");
    pty.wait_for("saved");
    pty.press("q");
    assert_eq!(pty.exit_code(SOON), 0);
    let said =
        arising(home.path()).arg("--register").arg(&file).args(["list", "--json"]).output().expect("arising runs");
    let said = String::from_utf8_lossy(&said.stdout).into_owned();
    assert_eq!(said.matches("\"ref\":").count(), 6, "{said}");
    assert!(said.contains("Oct 2026"), "the suggestion was taken: {said}");
}

/// While a document is slow to read, the screen says so, and Esc stops it, the reading child too.
#[test]
fn slow_reading_is_stopped_by_a_key() {
    let home = home();
    let file = register(home.path());
    let long = home.path().join("long.csv");
    let row = "1,\"Agree a pathway and publish it, with the point at which a meeting is called and by whom\",Police,May 2026,G\n";
    std::fs::write(&long, format!("Nr,Action,Lead,Target,RAG\n{}", row.repeat(90_000))).expect("a file");
    let mut pty = open(home.path(), &file);
    pty.press("I");
    pty.type_text(&format!("{}\r", long.display()));
    pty.wait_for("Esc stops");
    pty.press("esc");
    pty.wait_for("Stopped; nothing was changed");
    pty.wait_gone("Esc stops");
    pty.press("q");
    assert_eq!(pty.exit_code(SOON), 0);
}

/// The sentence leaves the program as OSC 52, which is how a terminal is asked to put it on the clipboard.
#[cfg(unix)]
#[test]
fn a_copy_is_sent_as_the_terminals_clipboard_command() {
    let home = home();
    let file = register(home.path());
    let mut pty = open(home.path(), &file);
    pty.press("Y");
    pty.wait_for("to the clipboard");
    let bytes = pty.written();
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let (_, rest) = text.split_once("\x1b]52;c;").expect("the clipboard's command");
    let coded = rest.split(['\x1b', '\x07']).next().unwrap_or_default();
    let sentence = String::from_utf8(decoded(coded)).expect("UTF-8");
    assert!(sentence.contains('“') && sentence.ends_with('.') && sentence.contains("target"), "{sentence}");
    pty.press("q");
    assert_eq!(pty.exit_code(SOON), 0);
}

/// Base 64, as RFC 4648 describes it.
#[cfg(unix)]
fn decoded(coded: &str) -> Vec<u8> {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let places = coded.bytes().filter_map(|letter| LETTERS.iter().position(|known| *known == letter));
    let bits: Vec<u8> = places.flat_map(|place| (0..6).rev().map(move |bit| u8::from(place >> bit & 1 == 1))).collect();
    bits.chunks_exact(8).map(|byte| byte.iter().fold(0, |value, bit| value << 1 | bit)).collect()
}

#[test]
fn at_a_terminal_a_restore_that_would_lose_changes_asks_first() {
    let home = home();
    let file = register(home.path());
    let run = |words: &[&str]| {
        let done = arising(home.path()).arg("--register").arg(&file).args(words).output().expect("arising runs");
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8_lossy(&done.stdout).into_owned()
    };
    let copy = home.path().join("copy.sqlite").display().to_string();
    run(&["backup", "-o", &copy]);
    run(&["progress", "1.1", "The rota was agreed."]);
    for (answer, code) in [("\r", 1), ("n\r", 1), ("y\r", 0)] {
        let register = file.to_str().expect("a plain path");
        let mut pty = Start::arising(home.path(), &["--register", register, "restore", &copy]).run();
        pty.wait_for("[y/N]");
        assert!(pty.screen_text().contains("1 change made today by"), "{}", pty.screen_text());
        pty.type_text(answer);
        assert_eq!(pty.exit_code(SOON), code);
        assert_eq!(run(&["show", "1.1"]).contains("The rota was agreed"), code == 1);
    }
}
