//! A person at a terminal: starts a program in a pseudo-terminal, presses keys, and waits for what the screen shows.
//!
//! Nothing here sleeps. Every wait is for a text, for the end of the program or for a state, and fails after [`PATIENCE`]
//! with the screen in its message.

use std::cell::{Cell, RefCell};
use std::fs;
use std::io::{Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, TryRecvError, channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use arising::app::key::{Key, KeyCode};
use portable_pty::{CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};
use rustix::termios::{OptionalActions, SpecialCodeIndex, tcgetattr, tcsetattr};

/// The longest that anything may take on a busy machine.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// The size of the terminal at first.
const COLS: u16 = 120;
const ROWS: u16 = 36;

/// What to start in a terminal.
pub struct Start {
    command: CommandBuilder,
}

/// A program running in a pseudo-terminal.
pub struct Pty {
    master: Option<Box<dyn MasterPty + Send>>,
    writer: Option<Box<dyn Write + Send>>,
    reads: Option<Reads>,
    screen: RefCell<vt100::Parser>,
    written: RefCell<Vec<u8>>,
    ended: Receiver<ExitStatus>,
    pid: Pid,
    cooked: String,
}

/// Reads on demand: one read a request, so that nothing holds the terminal open while the test is not looking.
struct Reads {
    wanted: Sender<()>,
    bytes: Receiver<Vec<u8>>,
    /// Whether an answer is still owed.
    pending: Cell<bool>,
    thread: JoinHandle<()>,
}

impl Start {
    /// The program itself, with a private home and without the user's settings.
    pub fn arising(home: &Path, args: &[&str]) -> Start {
        let mut start = Start::program(Path::new(env!("CARGO_BIN_EXE_arising")), args);
        for name in ["XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"] {
            start.command.env_remove(name);
        }
        start.command.env("HOME", home);
        start.command.cwd(home);
        start.env("ARISING_TODAY", "2026-11-21").env("ARISING_AUTHOR", "Test").without_env("ARISING_REGISTER")
    }

    pub fn program(path: &Path, args: &[&str]) -> Start {
        let mut command = CommandBuilder::new(path);
        command.args(args);
        command.env("TERM", "xterm-256color");
        command.env_remove("NO_COLOR");
        Start { command }
    }

    pub fn env(mut self, name: &str, value: &str) -> Start {
        self.command.env(name, value);
        self
    }

    pub fn without_env(mut self, name: &str) -> Start {
        self.command.env_remove(name);
        self
    }

    pub fn run(self) -> Pty {
        let pair = native_pty_system().openpty(size(COLS, ROWS)).expect("a pseudo-terminal");
        let cooked = modes(&*pair.master);
        let mut child = pair.slave.spawn_command(self.command).expect("the program starts");
        let pid = child.process_id().and_then(|pid| Pid::from_raw(pid.cast_signed())).expect("a process id");
        let (end, ended) = channel();
        thread::spawn(move || child.wait().map(|status| end.send(status)));
        Pty {
            reads: Some(Reads::start(pair.master.try_clone_reader().expect("a reader"))),
            writer: Some(pair.master.take_writer().expect("a writer")),
            master: Some(pair.master),
            screen: RefCell::new(vt100::Parser::new(ROWS, COLS, 0)),
            written: RefCell::default(),
            ended,
            pid,
            cooked,
        }
    }
}

impl Pty {
    /// Waits until `text` is on the screen.
    pub fn wait_for(&self, text: &str) {
        self.wait_until(&format!("{text:?}"), |screen| screen.contents().contains(text));
    }

    /// Waits until `text` is no longer on the screen.
    pub fn wait_gone(&self, text: &str) {
        self.wait_until(&format!("the end of {text:?}"), |screen| !screen.contents().contains(text));
    }

    /// Waits until `done` accepts the screen; `what` is reported if that never happens.
    pub fn wait_until(&self, what: &str, done: impl Fn(&vt100::Screen) -> bool) {
        let begun = Instant::now();
        let is_done = || !self.is_half_drawn() && done(self.screen.borrow().screen());
        while !is_done() {
            let left = PATIENCE.saturating_sub(begun.elapsed());
            assert!(self.pump(left) || is_done(), "{what} never came. The screen:\n{}", self.screen_text());
        }
    }

    /// Whether the last bytes read begin a frame whose end has not arrived.
    fn is_half_drawn(&self) -> bool {
        let written = self.written.borrow();
        let last = |mark: &[u8]| memchr::memmem::rfind(&written, mark);
        last(b"\x1b[?2026h") > last(b"\x1b[?2026l")
    }

    /// What a person sees, lines without trailing spaces.
    pub fn screen_text(&self) -> String {
        self.screen.borrow().screen().contents()
    }

    /// All bytes that the program has written.
    pub fn written(&self) -> Vec<u8> {
        self.written.borrow().clone()
    }

    /// Presses keys, named as the program names them or as `<enter>`, `<esc>`, `ctrl-r`, separated by spaces.
    pub fn press(&mut self, keys: &str) {
        for name in keys.split_whitespace() {
            self.send(&key_bytes(name));
        }
    }

    /// Types a text as it is.
    pub fn type_text(&mut self, text: &str) {
        self.send(text.as_bytes());
    }

    /// Pastes a text as terminals with bracketed paste do.
    pub fn paste(&mut self, text: &str) {
        self.send(format!("\x1b[200~{text}\x1b[201~").as_bytes());
    }

    pub fn send(&mut self, bytes: &[u8]) {
        let writer = self.writer.as_mut().expect("the window is open");
        writer.write_all(bytes).and_then(|()| writer.flush()).expect("the terminal takes keys");
    }

    pub fn resize(&mut self, cols: u16, rows: u16) {
        self.screen.borrow_mut().screen_mut().set_size(rows.max(1), cols.max(1));
        self.master.as_ref().expect("the window is open").resize(size(cols, rows)).expect("a new size");
    }

    pub fn signal(&self, signal: Signal) {
        kill_process(self.pid, signal).expect("the program lives");
    }

    /// Ends the program on the spot.
    pub fn kill(&self) {
        self.signal(Signal::KILL);
    }

    /// Lets the program write files of at most this many bytes from now on, as a full disk would; `None` lifts that.
    #[cfg(target_os = "linux")]
    pub fn limit_file_size(&self, bytes: Option<u64>) {
        use rustix::process::{Resource, Rlimit, prlimit};
        prlimit(Some(self.pid), Resource::Fsize, Rlimit { current: bytes, maximum: None }).expect("a limit");
    }

    /// Closes the window under the program.
    pub fn close_window(&mut self) {
        if let Some(reads) = self.reads.take() {
            assert!(!reads.pending.get(), "wait for a text before closing the window");
            drop(reads.wanted);
            reads.thread.join().expect("the reader ends");
        }
        self.press_nothing_when_dropped();
        self.writer = None;
        self.master = None;
    }

    /// The writer of portable-pty types a line end and the terminal's end-of-file when it is dropped, which would save a
    /// form. It types neither where the terminal has no such character.
    fn press_nothing_when_dropped(&self) {
        let name = self.master.as_ref().and_then(|master| master.tty_name()).expect("a terminal");
        let flags = i32::try_from(rustix::fs::OFlags::NOCTTY.bits()).expect("a flag");
        let terminal = fs::File::options().read(true).custom_flags(flags).open(name).expect("the terminal");
        let mut modes = tcgetattr(&terminal).expect("its modes");
        modes.special_codes[SpecialCodeIndex::VEOF] = 0;
        tcsetattr(&terminal, OptionalActions::Now, &modes).expect("its modes are set");
    }

    /// Waits for the program's end, for at most `within`; its exit code. Being killed by a signal is no such end.
    pub fn exit_code(&self, within: Duration) -> u32 {
        let begun = Instant::now();
        // The program may need its output read to come to an end.
        while self.reads.is_some() && self.pump(within.saturating_sub(begun.elapsed())) {}
        let left = within.saturating_sub(begun.elapsed()).max(Duration::from_millis(50));
        let Ok(status) = self.ended.recv_timeout(left) else {
            panic!("still running after {within:?}. The screen:\n{}", self.screen_text());
        };
        assert_eq!(status.signal(), None, "the program was killed. The screen:\n{}", self.screen_text());
        status.exit_code()
    }

    /// Fails unless the terminal is as it was before the program started.
    pub fn assert_restored(&self) {
        let master = self.master.as_ref().expect("the window is open");
        assert_eq!(modes(&**master), self.cooked, "the terminal's modes");
        let parser = self.screen.borrow();
        let screen = parser.screen();
        assert!(!screen.alternate_screen(), "still on the alternate screen");
        assert!(!screen.hide_cursor(), "the cursor is hidden");
        assert!(!screen.bracketed_paste(), "pastes are still bracketed");
        assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None, "the mouse is still captured");
    }

    /// Whether the terminal passes keys on one by one now.
    pub fn is_raw(&self) -> bool {
        self.master.as_ref().is_some_and(|master| modes(&**master) != self.cooked)
    }

    /// Reads once; false when the program has closed the terminal or nothing came in time.
    fn pump(&self, patience: Duration) -> bool {
        let Some(reads) = &self.reads else { return false };
        match reads.next(patience) {
            Some(bytes) if !bytes.is_empty() => {
                self.written.borrow_mut().extend_from_slice(&bytes);
                self.screen.borrow_mut().process(&bytes);
                true
            }
            Some(_) | None => false,
        }
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        // The program is gone already, unless the test has failed.
        if matches!(self.ended.try_recv(), Err(TryRecvError::Empty)) {
            let _ = kill_process(self.pid, Signal::KILL);
        }
    }
}

impl Reads {
    fn start(mut reader: Box<dyn Read + Send>) -> Reads {
        let (wanted, requests) = channel();
        let (answers, bytes) = channel();
        let thread = thread::spawn(move || {
            let mut buffer = vec![0; 64 * 1024];
            while requests.recv().is_ok() {
                // On Linux a terminal that nobody holds open any more fails to read; that is its end.
                let count = reader.read(&mut buffer).unwrap_or(0);
                if answers.send(buffer[..count].to_vec()).is_err() {
                    return;
                }
            }
        });
        Reads { wanted, bytes, pending: Cell::new(false), thread }
    }

    /// The next bytes; none at the end; `None` if nothing came in time.
    fn next(&self, patience: Duration) -> Option<Vec<u8>> {
        if !self.pending.replace(true) {
            self.wanted.send(()).expect("the reader lives");
        }
        match self.bytes.recv_timeout(patience) {
            Ok(bytes) => {
                self.pending.set(false);
                Some(bytes)
            }
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => None,
        }
    }
}

fn size(cols: u16, rows: u16) -> PtySize {
    PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }
}

fn modes(master: &(dyn MasterPty + Send)) -> String {
    format!("{:?}", master.get_termios())
}

/// What a terminal sends for a key.
fn key_bytes(name: &str) -> Vec<u8> {
    let bare = if name.len() > 2 { name.trim_start_matches('<').trim_end_matches('>') } else { name };
    let key: Key = bare.parse().unwrap_or_else(|problem| panic!("{problem}"));
    let mut bytes = match key.code {
        KeyCode::Char(' ') if key.ctrl() => vec![0],
        KeyCode::Char(c) if key.ctrl() => vec![u8::try_from(c).expect("an ASCII letter") & 0x1f],
        KeyCode::Char(c) => c.to_string().into_bytes(),
        KeyCode::Enter => b"\r".to_vec(),
        KeyCode::Esc => b"\x1b".to_vec(),
        KeyCode::Tab => b"\t".to_vec(),
        KeyCode::BackTab => b"\x1b[Z".to_vec(),
        KeyCode::Backspace => b"\x7f".to_vec(),
        KeyCode::Delete => b"\x1b[3~".to_vec(),
        KeyCode::Insert => b"\x1b[2~".to_vec(),
        KeyCode::Up => b"\x1b[A".to_vec(),
        KeyCode::Down => b"\x1b[B".to_vec(),
        KeyCode::Right => b"\x1b[C".to_vec(),
        KeyCode::Left => b"\x1b[D".to_vec(),
        KeyCode::Home => b"\x1b[H".to_vec(),
        KeyCode::End => b"\x1b[F".to_vec(),
        KeyCode::PageUp => b"\x1b[5~".to_vec(),
        KeyCode::PageDown => b"\x1b[6~".to_vec(),
        KeyCode::F(n @ 1..=4) => vec![0x1b, b'O', b'O' + n],
        KeyCode::F(n) => format!("\x1b[{}~", [15, 17, 18, 19, 20, 21, 23, 24][usize::from(n) - 5]).into_bytes(),
    };
    if key.alt() {
        bytes.insert(0, 0x1b);
    }
    bytes
}
