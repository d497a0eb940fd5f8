//! Merging, sharing and erasing, each killed at any moment, on a full disk, and while another program holds the register: done
//! as a whole or not at all.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use crate::kit::board::{ACTIONS, Board, errors};

/// What the erasure is about.
const NAME: &str = "Philomena Hartwright";
const ERASE: [&str; 6] = ["erase", "--words", NAME, "--ground", "Request of 3 Nov", "--yes"];

/// How often each is killed; more when asked to.
fn rounds() -> u32 {
    let asked = std::env::var("ARISING_TEST_KILLS").ok().and_then(|rounds| rounds.parse().ok());
    asked.unwrap_or(6)
}

/// A board's register, the chair's bundle of changes to it, and both as they were before the command that is killed.
struct Apart {
    board: Board,
    before: Vec<u8>,
}

/// What can be seen of a register from outside.
type State = (serde_json::Value, Vec<String>);

impl Apart {
    fn new() -> Apart {
        let board = Board::with_plan();
        board.done(&["progress", "1.1", &format!("{NAME} rang.")]);
        fs::copy(board.register(), board.path("chair.sqlite")).unwrap();
        for number in 0..40 {
            let text =
                format!("The chair's note {number}, long enough to need pages of its own. {}", "words ".repeat(60));
            let reference = ["1.1", "1.2", "2.1"][number % 3];
            Self::chair(&board, &["progress", reference, &text]);
        }
        Self::chair(&board, &["share", "-o", "back.arising"]);
        let before = fs::read(board.register()).unwrap();
        Apart { board, before }
    }

    fn chair(board: &Board, arguments: &[&str]) {
        let path = board.path("chair.sqlite");
        let mut command = board.command(arguments);
        command.env("ARISING_REGISTER", &path).env("ARISING_DATA", board.path("chair's laptop"));
        let said = command.output().unwrap();
        assert!(said.status.success(), "{}", errors(&said));
    }

    /// The register as it was, with nothing left of an earlier round beside it.
    fn put_back(&self) {
        for leftover in [self.board.journal(), self.given()] {
            fs::remove_file(leftover).ok();
        }
        fs::write(self.board.register(), &self.before).unwrap();
        // What this computer remembers of later states would be missing from the file.
        fs::remove_dir_all(self.board.path("data")).ok();
        self.state();
    }

    fn given(&self) -> PathBuf {
        self.board.path("given.arising")
    }

    /// The register is whole; what it says.
    fn state(&self) -> State {
        let head = self.board.json(&["check", "--json"])["head"].clone();
        assert_eq!(self.board.actions(), ACTIONS);
        (head, self.board.progress("1.1"))
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = self.board.command(arguments);
        command.env("ARISING_DATA", self.board.path("data")).stdout(Stdio::null()).stderr(Stdio::piped());
        command
    }

    /// Runs a command that is killed after a while, if it has not ended by then.
    fn killed(&self, arguments: &[&str], after: Duration) {
        let mut running = self.command(arguments).spawn().expect("arising runs");
        let begun = Instant::now();
        while begun.elapsed() < after && running.try_wait().expect("a state").is_none() {
            std::thread::yield_now();
        }
        running.kill().expect("it can be killed");
        running.wait().expect("it ends");
    }

    /// Kills a command at moments all over the time that it takes, and hands each outcome over: as before, or done.
    fn kill_at_any_moment(&self, arguments: &[&str], mut whole: impl FnMut(&State, bool, &str)) {
        self.put_back();
        let before = self.state();
        let begun = Instant::now();
        let said = self.command(arguments).output().expect("arising runs");
        assert!(said.status.success(), "{}", errors(&said));
        let took = begun.elapsed();
        let done = self.state();
        for round in 0..rounds() {
            self.put_back();
            // Moments that no earlier run has had, spread over all of it.
            let jitter = u32::from(Instant::now().elapsed().subsec_nanos().to_le_bytes()[0]);
            let after = took * (256 * round + jitter) / (256 * rounds());
            self.killed(arguments, after);
            let when = format!("round {round}, killed after {after:?} of {took:?}");
            let state = self.state();
            assert!(state.1 == before.1 || state.1 == done.1, "{when}: neither as before nor done: {state:?}");
            whole(&state, state.1 != before.1, &when);
            // Whatever happened, the command can be given again.
            fs::remove_file(self.given()).ok();
            let again = self.command(arguments).output().expect("arising runs");
            let nothing_left = errors(&again).contains("stand nowhere in the register");
            assert!(again.status.success() || nothing_left, "{when}: {}", errors(&again));
            assert_eq!(self.state().1, done.1, "{when}");
        }
    }
}

#[test]
fn a_merge_that_is_killed_is_whole_or_absent() {
    let apart = Apart::new();
    apart.kill_at_any_moment(&["merge", "back.arising"], |state, is_done, when| {
        let notes = state.1.iter().filter(|text| text.starts_with("The chair's note")).count();
        assert_eq!(notes, if is_done { 14 } else { 0 }, "{when}");
        let merges = apart.board.json(&["log", "--merges", "--json"]).as_array().unwrap().len();
        assert_eq!(merges, usize::from(is_done), "{when}: and so is its line in the history");
    });
}

#[test]
fn a_bundle_whose_writing_is_killed_is_whole_or_absent() {
    let apart = Apart::new();
    let given = apart.given();
    apart.kill_at_any_moment(&["share", "--to", "police", "-o", "given.arising"], |_, _, when| {
        let name = given.to_str().unwrap();
        if given.exists() {
            let looked = apart.command(&["--register", "fresh.sqlite", "merge", "--dry-run", name]).output().unwrap();
            assert!(looked.status.success(), "{when}: {}", errors(&looked));
        } else {
            // What was not given is in the next bundle.
            let again = apart.board.json(&["share", "--to", "police", "-o", name, "--json"]);
            assert!(again["changes"].as_u64() > Some(20), "{when}: {again}");
        }
    });
}

#[test]
fn an_erasure_that_is_killed_is_whole_or_absent() {
    let apart = Apart::new();
    let holds = |path: &Path| memchr::memmem::find(&fs::read(path).unwrap(), NAME.as_bytes()).is_some();
    apart.kill_at_any_moment(&ERASE, |state, is_done, when| {
        assert_eq!(state.1.iter().any(|text| text.contains(NAME)), !is_done, "{when}");
        assert_eq!(holds(&apart.board.register()), !is_done, "{when}: the bytes say what the program says");
    });
}

/// A command that fails, in one sentence, and changes nothing.
#[cfg(target_os = "linux")]
fn refused(apart: &Apart, arguments: &[&str], run: impl FnOnce(&Apart) -> Output) {
    apart.put_back();
    let before = fs::read(apart.board.register()).unwrap();
    let said = run(apart);
    assert_eq!(said.status.code(), Some(1), "{arguments:?}: {}", errors(&said));
    assert_eq!(errors(&said).lines().count(), 1, "{arguments:?}: {}", errors(&said));
    assert_eq!(fs::read(apart.board.register()).unwrap(), before, "{arguments:?}");
    assert!(!apart.given().exists(), "{arguments:?}");
    apart.state();
    let again = apart.command(arguments).output().unwrap();
    assert!(again.status.success(), "{arguments:?}: {}", errors(&again));
}

#[cfg(target_os = "linux")]
const COMMANDS: [&[&str]; 3] = [&["merge", "back.arising"], &["share", "-o", "given.arising"], &ERASE];

#[cfg(target_os = "linux")]
#[test]
fn a_disk_that_is_full_at_any_moment_of_a_merge_a_share_or_an_erasure_changes_nothing() {
    let apart = Apart::new();
    let program = env!("CARGO_BIN_EXE_arising");
    for arguments in COMMANDS {
        // No file may be longer than so many blocks of 512 bytes: the first write fails, or a later one.
        for blocks in ["0", "4"] {
            refused(&apart, arguments, |apart| {
                let quoted: Vec<String> = arguments.iter().map(|argument| format!("'{argument}'")).collect();
                let script = format!("ulimit -f {blocks}; exec '{program}' {}", quoted.join(" "));
                let mut shell = apart.board.command_of("/bin/sh".as_ref(), &["-c", &script]);
                shell.env("ARISING_DATA", apart.board.path("data")).output().unwrap()
            });
        }
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_register_that_another_program_holds_is_neither_merged_into_nor_erased_from() {
    let apart = Apart::new();
    for arguments in [COMMANDS[0], COMMANDS[2]] {
        refused(&apart, arguments, |apart| {
            let other = rusqlite::Connection::open(apart.board.register()).unwrap();
            other.execute_batch("BEGIN IMMEDIATE").unwrap();
            let said = apart.command(arguments).output().unwrap();
            drop(other);
            said
        });
    }
}
