//! A folder in which everything happens, and the program run there.

use std::cell::Cell;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::CommandBuilder;
use tempfile::TempDir;

use super::proc;
use super::session::{Session, ms};
use super::wanted::Size;

const PROGRAM: &str = env!("CARGO_BIN_EXE_arising");
const REMOVED: [&str; 6] =
    ["XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "ARISING_REGISTER", "NO_COLOR"];

pub struct Place {
    folder: TempDir,
    pub sizes: Vec<Size>,
}

/// A register, and which rating its first action has.
pub struct Register {
    pub file: PathBuf,
    pub size: Size,
    is_amber: Cell<bool>,
}

impl Place {
    /// Beside the compiled program rather than in /tmp, which may be in memory, where saving costs nothing.
    pub fn new(sizes: Vec<Size>) -> Place {
        Place { folder: tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder"), sizes }
    }

    /// Another in memory, with everything that the program writes; none on a computer without such a folder.
    pub fn in_memory(&self) -> Option<Place> {
        let folder = tempfile::tempdir_in("/dev/shm").ok()?;
        Some(Place { folder, sizes: self.sizes.clone() })
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Whether a size is measured in this sitting.
    pub fn has(&self, name: &str) -> bool {
        self.sizes.iter().any(|size| size.name == name)
    }

    /// A made-up register that this computer knows: it was opened and changed here before.
    pub fn register(&self, size: Size) -> Register {
        let file = self.made(size.name, size.actions, size.changes);
        self.attempt(&file, &["rate", "1.1", "red"]);
        let mut session = self.open(&file);
        session.shown("help");
        session.rest();
        session.leave();
        Register { file, size, is_amber: Cell::new(false) }
    }

    pub fn made(&self, name: &str, actions: usize, changes: usize) -> PathBuf {
        let file = self.path(&format!("{name}.sqlite"));
        let own = std::env::current_exe().expect("this program");
        let mut command = Command::new(own);
        command.arg("make").arg(&file).args([actions.to_string(), changes.to_string()]);
        assert!(command.status().expect("this program runs").success(), "making {name}");
        file
    }

    /// The screen of a register.
    pub fn open(&self, file: &Path) -> Session {
        self.at_terminal(Path::new(PROGRAM), &["--register", &file.to_string_lossy(), "open"])
    }

    pub fn hello(&self) -> Session {
        self.at_terminal(&std::env::current_exe().expect("this program"), &["hello", "1000"])
    }

    fn at_terminal(&self, program: &Path, arguments: &[&str]) -> Session {
        let mut command = CommandBuilder::new(program);
        command.args(arguments);
        command.cwd(self.folder.path());
        for name in REMOVED {
            command.env_remove(name);
        }
        self.environment().iter().for_each(|(name, value)| command.env(name, value));
        Session::start(command)
    }

    fn environment(&self) -> [(&'static str, String); 5] {
        let folder = self.folder.path().to_string_lossy().into_owned();
        let data = format!("{folder}/data");
        [
            ("HOME", folder),
            ("ARISING_DATA", data),
            ("ARISING_TODAY", "2026-11-21".into()),
            ("ARISING_AUTHOR", "The Chair".into()),
            ("TERM", "xterm-256color".into()),
        ]
    }

    fn command(&self, file: &Path, arguments: &[&str]) -> Command {
        let mut command = Command::new(PROGRAM);
        for name in REMOVED {
            command.env_remove(name);
        }
        command.arg("--register").arg(file).args(arguments).envs(self.environment()).current_dir(self.folder.path());
        command.stdin(Stdio::null()).stdout(Stdio::null());
        command.stderr(File::create(self.path("said.txt")).expect("a file"));
        command
    }

    /// Milliseconds from the start of a command to its end.
    pub fn run(&self, file: &Path, arguments: &[&str]) -> f64 {
        let begun = Instant::now();
        let status = self.command(file, arguments).status().expect("the program runs");
        let taken = ms(begun.elapsed());
        self.assert_success(status, arguments);
        taken
    }

    /// Runs a command that may refuse.
    pub fn attempt(&self, file: &Path, arguments: &[&str]) {
        self.command(file, arguments).status().expect("the program runs");
    }

    /// Milliseconds, and the greatest memory of a command's largest process, looked at every two milliseconds.
    pub fn run_and_peak(&self, file: &Path, arguments: &[&str]) -> (f64, f64) {
        let begun = Instant::now();
        let mut child = self.command(file, arguments).spawn().expect("the program runs");
        let mut peak = 0.0_f64;
        let status = loop {
            if let Some(status) = child.try_wait().expect("a process") {
                break status;
            }
            peak = peak.max(proc::peak(child.id()));
            thread::sleep(Duration::from_millis(2));
        };
        let taken = ms(begun.elapsed());
        self.assert_success(status, arguments);
        (taken, peak)
    }

    fn assert_success(&self, status: ExitStatus, arguments: &[&str]) {
        let said = || fs::read_to_string(self.path("said.txt")).unwrap_or_default();
        assert!(status.success(), "{arguments:?}: {}", said());
    }
}

impl Register {
    /// Rates the first action Red or Amber in turn; to the frame that says “saved”.
    pub fn save(&self, session: &mut Session) -> f64 {
        let (key, rating) = if self.is_amber.replace(!self.is_amber.get()) { ("r", "Red") } else { ("a", "Amber") };
        session.until(key, &format!("{rating}, saved"))
    }
}

/// A published plan, which is not part of the project: in `ARISING_SHARED` or a folder `shared` beside it or its parent.
pub fn published(name: &str) -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let given = std::env::var_os("ARISING_SHARED").map(PathBuf::from);
    let places = [given, Some(root.join("../shared")), Some(root.join("../../shared"))];
    let found = places.into_iter().flatten().map(|place| place.join("plans").join(name)).find(|path| path.is_file());
    found.and_then(|path| fs::canonicalize(path).ok())
}
