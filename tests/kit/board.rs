//! A board's folder: a register with the fictional plan in it, the screen on it, and the command line beside it.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

use super::pty::{Pty, Start};

/// The document that the register was read from.
pub const PLAN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/demo/riverside.txt");
/// How many actions it has.
pub const ACTIONS: usize = 24;
/// On the screen once the walk of the plan is.
pub const WALK: &str = "1.1";

pub struct Board {
    folder: tempfile::TempDir,
}

impl Board {
    /// A folder without a register.
    pub fn empty() -> Board {
        Board { folder: tempfile::tempdir().expect("a folder") }
    }

    /// A folder with the plan read in.
    pub fn with_plan() -> Board {
        let board = Board::empty();
        board.done(&["import", PLAN]);
        board
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub fn register(&self) -> PathBuf {
        self.folder().join("board.sqlite")
    }

    /// Holds something while a write is under way, and nothing otherwise.
    pub fn journal(&self) -> PathBuf {
        self.folder().join("board.sqlite-journal")
    }

    /// The screen, once the walk is on it.
    pub fn open(&self) -> Pty {
        let register = self.register();
        let pty = Start::arising(self.folder(), &["open", register.to_str().expect("a plain path")]).run();
        pty.wait_for(WALK);
        pty
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        self.command_of(Path::new(env!("CARGO_BIN_EXE_arising")), arguments)
    }

    /// As [`Board::command`], with the program found elsewhere.
    pub fn command_of(&self, program: &Path, arguments: &[&str]) -> Command {
        let mut command = Command::new(program);
        command.args(arguments).current_dir(self.folder()).env_clear().stdin(Stdio::null());
        command.env("HOME", self.folder()).env("ARISING_REGISTER", self.register());
        command.env("XDG_DATA_HOME", self.folder()).env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("ARISING_TODAY", "2026-11-21").env("ARISING_AUTHOR", "Test");
        command
    }

    /// Runs a command that must succeed; what it printed.
    #[track_caller]
    pub fn done(&self, arguments: &[&str]) -> String {
        let said = self.command(arguments).output().expect("arising runs");
        assert!(said.status.success(), "{arguments:?}: {}", errors(&said));
        String::from_utf8(said.stdout).expect("text")
    }

    #[track_caller]
    pub fn json(&self, arguments: &[&str]) -> Value {
        serde_json::from_str(&self.done(arguments)).expect("JSON")
    }

    /// The texts of all progress entries of an action, oldest first.
    #[track_caller]
    pub fn progress(&self, action: &str) -> Vec<String> {
        let shown = self.json(&["show", action, "--json"]);
        let entries = shown["progress"].as_array().expect("entries").iter();
        entries.map(|entry| entry["text"].as_str().expect("a text").to_owned()).collect()
    }

    /// How many actions the register has.
    #[track_caller]
    pub fn actions(&self) -> usize {
        self.json(&["list", "--json"]).as_array().expect("a list").len()
    }
}

pub fn errors(said: &Output) -> String {
    String::from_utf8_lossy(&said.stderr).into_owned()
}
