//! Runs the built program as a user's machine would, in a private folder.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// A private folder with a register in it, and the day on which everything happens.
pub struct Desk {
    folder: tempfile::TempDir,
}

/// What one command printed.
#[derive(Debug)]
pub struct Said {
    pub out: String,
    pub err: String,
    pub code: i32,
}

pub const TODAY: &str = "2026-09-12";

impl Desk {
    /// A folder without a register.
    pub fn empty() -> Desk {
        Desk { folder: tempfile::tempdir().unwrap() }
    }

    /// A register with both fictional plans.
    pub fn with_plans() -> Desk {
        let desk = Desk::empty();
        desk.run(&["import", &fixture("adult-m.txt"), &fixture("dhr9.txt")]).expect_done();
        desk
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn register(&self) -> PathBuf {
        self.path("board.sqlite")
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The command, unable to find anything elsewhere on this machine.
    pub fn command(&self, arguments: &[&str]) -> Command {
        self.command_of(Path::new(env!("CARGO_BIN_EXE_arising")), arguments)
    }

    /// As [`Desk::command`], with another copy of the program.
    pub fn command_of(&self, program: &Path, arguments: &[&str]) -> Command {
        let mut command = Command::new(program);
        command.args(arguments).current_dir(self.folder.path()).env_clear().stdin(Stdio::null());
        command.env("HOME", self.folder.path()).env("ARISING_REGISTER", self.register());
        command.env("ARISING_TODAY", TODAY).env("ARISING_AUTHOR", "Ann Other").env("TERM", "xterm-256color");
        // Windows asks the account for its folders, not the environment.
        #[cfg(windows)]
        command.env("ARISING_DATA", self.path("data")).env("SystemRoot", r"C:\windows");
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Said {
        Said::from(self.command(arguments).output().unwrap())
    }

    pub fn json(&self, arguments: &[&str]) -> Value {
        let said = self.run(arguments).expect_done();
        serde_json::from_str(&said.out).unwrap_or_else(|error| panic!("{arguments:?}: {error}: {}", said.out))
    }

    /// The references of a list, with their plan where `list` is over several.
    pub fn references(&self, filter: &[&str]) -> Vec<String> {
        let list = self.json(&[&["list", "--json"], filter].concat());
        let actions = list.as_array().unwrap().iter();
        actions.map(|action| action["ref"].as_str().unwrap().to_owned()).collect()
    }

    /// One action of `show --json`.
    pub fn action(&self, reference: &str) -> Value {
        self.json(&["show", reference, "--json"])
    }
}

impl From<Output> for Said {
    fn from(output: Output) -> Said {
        Said {
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
            code: output.status.code().unwrap_or(-1),
        }
    }
}

impl Said {
    /// Asserts that it succeeded without complaint.
    #[track_caller]
    pub fn expect_done(self) -> Said {
        assert_eq!((self.code, self.err.as_str()), (0, ""), "{}", self.out);
        self
    }

    /// Asserts that it was refused with one line that holds all of these words.
    #[track_caller]
    pub fn expect_refused(self, words: &[&str]) -> Said {
        assert_eq!(self.code, 1, "{self:?}");
        assert_eq!(self.err.lines().count(), 1, "{}", self.err);
        for word in words {
            assert!(self.err.contains(word), "no `{word}` in: {}", self.err);
        }
        self
    }
}

pub fn fixture(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name).display().to_string()
}
