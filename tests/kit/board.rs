//! A board's folder: a register with the fictional plan in it, the screen on it, and the command line beside it.

use std::ops::Deref;
use std::path::PathBuf;
use std::process::Output;

use super::desk::Desk;
use super::pty::{Pty, Start};

/// The document that was imported.
pub const PLAN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/demo/riverside.txt");
/// How many actions it has.
pub const ACTIONS: usize = 24;
/// On the screen once the walk of the plan is.
pub const WALK: &str = "1.1";

/// A desk whose register holds one plan.
pub struct Board {
    desk: Desk,
}

impl Deref for Board {
    type Target = Desk;

    fn deref(&self) -> &Desk {
        &self.desk
    }
}

impl Board {
    /// A folder without a register.
    pub fn empty() -> Board {
        Board { desk: Desk::empty() }
    }

    /// A folder with the plan imported.
    pub fn with_plan() -> Board {
        let board = Board::empty();
        board.done(&["import", PLAN]);
        board
    }

    /// Holds something while a write is under way, and nothing otherwise.
    pub fn journal(&self) -> PathBuf {
        self.path("board.sqlite-journal")
    }

    /// The screen, once the walk is on it.
    pub fn open(&self) -> Pty {
        let register = self.register();
        let pty = Start::arising(self.folder(), &["open", register.to_str().expect("a plain path")]).run();
        pty.wait_for(WALK);
        pty
    }

    /// Runs a command that must succeed; what it printed.
    #[track_caller]
    pub fn done(&self, arguments: &[&str]) -> String {
        let said = self.command(arguments).output().expect("arising runs");
        assert!(said.status.success(), "{arguments:?}: {}", errors(&said));
        String::from_utf8(said.stdout).expect("text")
    }

    /// The texts of all progress entries of an action, oldest first.
    #[track_caller]
    pub fn progress(&self, action: &str) -> Vec<String> {
        let shown = self.action(action);
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
