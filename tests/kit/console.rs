//! A person at a console of Windows: as `pty.rs`, with the same names, so that the same tests run on both systems.
//!
//! A process has one console, so each program gets a process of its own that drives it: this test binary again, running
//! [`super::driver`]. It is given one command a line and answers each with one line.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use arising::app::key::{Key, KeyCode};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};
use serde::{Deserialize, Serialize};

pub use super::driver::{Announcement, Struck};
use super::driver::{Answer, Order};

/// The longest that anything may take on a busy machine.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// The size of the window at first.
pub const COLS: u16 = 120;
pub const ROWS: u16 = 36;
/// Between two looks.
const PAUSE: Duration = Duration::from_millis(20);

/// Without news for so long, no frame is under way.
const QUIET: Duration = Duration::from_millis(500);

pub const ALT: u32 = 0x2;
pub const CTRL: u32 = 0x8;
pub const SHIFT: u32 = 0x10;
/// AltGr is reported as the right Alt with the left Ctrl.
pub const ALT_GR: u32 = 0x1 | CTRL;

/// What to start in a console.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Start {
    program: String,
    args: Vec<String>,
    folder: Option<String>,
    env: BTreeMap<String, Option<String>>,
}

/// A program running in a console.
pub struct Pty {
    driver: Child,
    line: RefCell<(Option<ChildStdin>, BufReader<ChildStdout>)>,
    screen: RefCell<vt100::Parser>,
    written: RefCell<Vec<u8>>,
    last: RefCell<Answer>,
}

impl Start {
    /// The program itself, with a private home and without the user's settings.
    pub fn arising(home: &Path, args: &[&str]) -> Start {
        let mut start = Start::program(Path::new(env!("CARGO_BIN_EXE_arising")), args);
        start.folder = Some(home.display().to_string());
        let start = start.env("ARISING_DATA", &home.join("data").display().to_string());
        start.env("ARISING_TODAY", "2026-11-21").env("ARISING_AUTHOR", "Test").without_env("ARISING_REGISTER")
    }

    pub fn program(path: &Path, args: &[&str]) -> Start {
        let args = args.iter().map(|&arg| arg.to_owned()).collect();
        let start = Start { program: path.display().to_string(), args, folder: None, env: BTreeMap::new() };
        start.without_env("NO_COLOR").without_env("TERM")
    }

    pub fn env(mut self, name: &str, value: &str) -> Start {
        self.env.insert(name.into(), Some(value.into()));
        self
    }

    pub fn without_env(mut self, name: &str) -> Start {
        self.env.insert(name.into(), None);
        self
    }

    pub fn run(self) -> Pty {
        const DRIVE: [&str; 5] = ["kit::driver::drive", "--exact", "--ignored", "--nocapture", "--test-threads=1"];
        let mut command = Command::new(std::env::current_exe().expect("this test binary"));
        command.args(DRIVE).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut driver = command.spawn().expect("the driving process starts");
        let mut orders = driver.stdin.take().expect("its input");
        let answers = BufReader::new(driver.stdout.take().expect("its output"));
        writeln!(orders, "{}", serde_json::to_string(&self).expect("JSON")).expect("it listens");
        let screen = RefCell::new(vt100::Parser::new(ROWS, COLS, 0));
        let (line, written) = (RefCell::new((Some(orders), answers)), RefCell::default());
        let pty = Pty { driver, line, screen, written, last: RefCell::default() };
        pty.order(&Order::Look);
        pty
    }

    /// The program as it is to be started.
    pub fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command.args(&self.args);
        if let Some(folder) = &self.folder {
            command.current_dir(folder);
        }
        for (name, value) in &self.env {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            };
        }
        command
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
        let (mut length, mut changed) = (0, Instant::now());
        loop {
            self.order(&Order::Look);
            if std::mem::replace(&mut length, self.written.borrow().len()) != length {
                changed = Instant::now();
            }
            // A frame that ends in a row's last cell leaves the cursor on that cell, and its last character unread.
            let is_quiet = changed.elapsed() > QUIET;
            if (is_quiet || !self.is_half_drawn()) && done(self.screen.borrow().screen()) {
                return;
            }
            assert!(begun.elapsed() < PATIENCE, "{what} never came. The screen:\n{}", self.screen_text());
            thread::sleep(PAUSE);
        }
    }

    fn is_half_drawn(&self) -> bool {
        let written = self.written.borrow();
        let last = |mark: &[u8]| memchr::memmem::rfind(&written, mark);
        last(b"\x1b[?2026h") > last(b"\x1b[?2026l")
    }

    /// What a person sees, lines without trailing spaces.
    pub fn screen_text(&self) -> String {
        self.screen.borrow().screen().contents()
    }

    /// The screen, cell by cell.
    pub fn buffer(&self) -> Buffer {
        let parser = self.screen.borrow();
        let (rows, cols) = parser.screen().size();
        let mut buffer = Buffer::empty(Rect::new(0, 0, cols, rows));
        let places = (0..rows).flat_map(|row| (0..cols).map(move |col| (row, col)));
        for (row, col) in places {
            let Some(cell) = parser.screen().cell(row, col) else { continue };
            let [front, back] = [cell.fgcolor(), cell.bgcolor()].map(colour);
            let style = if cell.inverse() { Style::new().fg(back).bg(front) } else { Style::new().fg(front).bg(back) };
            let style = if cell.bold() { style.add_modifier(Modifier::BOLD) } else { style };
            let shown = &mut buffer[(col, row)];
            shown.set_symbol(if cell.has_contents() { cell.contents() } else { " " }).set_style(style);
        }
        buffer
    }

    /// All that the program has written.
    pub fn written(&self) -> Vec<u8> {
        self.written.borrow().clone()
    }

    /// Presses keys, named as the program names them or as `<enter>`, `<esc>`, `ctrl-r`, separated by spaces.
    pub fn press(&mut self, keys: &str) {
        for name in keys.split_whitespace() {
            let bare = if name.len() > 2 { name.trim_start_matches('<').trim_end_matches('>') } else { name };
            let key: Key = bare.parse().unwrap_or_else(|problem| panic!("{problem}"));
            self.strike(&strokes(key));
        }
    }

    /// Reports exactly these keys, together.
    pub fn strike(&mut self, struck: &[Struck]) {
        self.order(&Order::Strike(struck.to_vec()));
    }

    /// Types a text, one key after the other.
    pub fn type_text(&mut self, text: &str) {
        for c in text.chars() {
            let key = if c == '\r' { Key::plain(KeyCode::Enter) } else { Key::char(c) };
            self.strike(&strokes(key));
        }
    }

    /// Gives a text all at once, as the console does with what is pasted or dropped.
    pub fn paste(&mut self, text: &str) {
        self.order(&Order::Paste(text.into()));
    }

    pub fn click(&mut self, column: i16, row: i16) {
        self.order(&Order::Click { column, row });
    }

    /// Turns the wheel so many notches towards the user.
    pub fn wheel(&mut self, down: i16) {
        self.order(&Order::Wheel { down });
    }

    pub fn resize(&mut self, cols: u16, rows: u16) {
        self.screen.borrow_mut().screen_mut().set_size(rows, cols);
        let number = |size: u16| i16::try_from(size).expect("a small number");
        self.order(&Order::Resize { columns: number(cols), rows: number(rows) });
    }

    /// What the system reports to every program in a console: 1 is Ctrl-Break, 2 that the window closes, 5 a log-off, 6 a
    /// shutdown. Wine's own console reports none of them.
    pub fn control(&mut self, event: u32) {
        self.must(&Order::Control(event));
    }

    /// Says this to the program's window, and returns once the program has heeded it.
    pub fn announce(&mut self, announcement: Announcement) {
        self.must(&Order::Announce(announcement));
    }

    /// The text on the clipboard.
    pub fn copied(&self) -> String {
        self.must(&Order::Clipboard);
        self.last.borrow().copied.clone().expect("a text")
    }

    /// The processor time that the program has used.
    pub fn processor_time(&self) -> Duration {
        self.must(&Order::Measure);
        self.last.borrow().used.expect("a time")
    }

    /// Whether the mouse is the program's.
    pub fn has_mouse(&self) -> bool {
        const ENABLE_MOUSE_INPUT: u32 = 0x10;
        self.last.borrow().modes[1].0 & ENABLE_MOUSE_INPUT != 0
    }

    /// Whether the mouse selects text in the window.
    pub fn selects(&self) -> bool {
        const ENABLE_QUICK_EDIT_MODE: u32 = 0x40;
        self.last.borrow().modes[1].0 & ENABLE_QUICK_EDIT_MODE != 0
    }

    fn must(&self, order: &Order) {
        self.order(order);
        let refused = self.last.borrow_mut().refused.take();
        assert!(refused.is_none(), "{order:?}: {refused:?}");
    }

    /// Ends the program on the spot.
    pub fn kill(&self) {
        self.order(&Order::Kill);
    }

    /// Closes the window under the program.
    pub fn close_window(&mut self) {
        self.order(&Order::Close);
    }

    /// Waits for the program's end, for at most `within` and as long again as Wine takes; its exit code.
    pub fn exit_code(&self, within: Duration) -> u32 {
        let begun = Instant::now();
        loop {
            self.order(&Order::Look);
            if let Some(code) = self.last.borrow().code {
                return code.cast_unsigned();
            }
            let is_late = begun.elapsed() > within + Duration::from_secs(8);
            assert!(!is_late, "still running after {within:?}. The screen:\n{}", self.screen_text());
            thread::sleep(PAUSE);
        }
    }

    /// Fails unless the console is as it was before the program started.
    pub fn assert_restored(&self) {
        let [before, now] = self.last.borrow().modes;
        assert_eq!(now, before, "the console's modes");
        let parser = self.screen.borrow();
        assert!(!parser.screen().alternate_screen(), "still on the alternate screen");
        assert!(!parser.screen().hide_cursor(), "the cursor is hidden");
    }

    fn order(&self, order: &Order) {
        let mut line = self.line.borrow_mut();
        let orders = line.0.as_mut().expect("it has not been dropped");
        writeln!(orders, "{}", serde_json::to_string(order).expect("JSON")).expect("the driving process listens");
        let mut said = String::new();
        // The test harness of that process prints lines of its own.
        while !said.starts_with('{') {
            said.clear();
            assert_ne!(line.1.read_line(&mut said).expect("text"), 0, "the driving process has ended");
        }
        let answer: Answer = serde_json::from_str(&said).expect("an answer");
        self.written.borrow_mut().extend_from_slice(answer.text.as_bytes());
        self.screen.borrow_mut().process(answer.text.as_bytes());
        *self.last.borrow_mut() = answer;
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        // Without further orders the driver ends the program and itself; it may have ended with its console.
        drop(self.line.borrow_mut().0.take());
        for _ in 0..100 {
            if let Ok(Some(_)) = self.driver.try_wait() {
                return;
            }
            thread::sleep(PAUSE);
        }
        let _ = self.driver.kill();
    }
}

fn colour(colour: vt100::Color) -> Color {
    match colour {
        vt100::Color::Rgb(r, g, b) => Color::Rgb(r, g, b),
        vt100::Color::Idx(number) => Color::Indexed(number),
        vt100::Color::Default => Color::Reset,
    }
}

/// What the console reports for a key. A capital is typed with Shift.
fn strokes(key: Key) -> Vec<Struck> {
    let mut state = 0;
    state |= if key.ctrl() { CTRL } else { 0 };
    state |= if key.alt() { ALT } else { 0 };
    let (code, text) = match key.code {
        KeyCode::Char(c) => {
            state |= if c.is_uppercase() && !key.ctrl() { SHIFT } else { 0 };
            let upper = c.to_ascii_uppercase();
            let code = if upper.is_ascii_alphanumeric() { u32::from(upper) } else { 0 };
            (code, if key.ctrl() { char::from(u8::try_from(c).unwrap_or(0) & 0x1f) } else { c })
        }
        KeyCode::Enter => (0x0d, '\r'),
        KeyCode::Esc => (0x1b, '\u{1b}'),
        KeyCode::Tab => (0x09, '\t'),
        KeyCode::BackTab => {
            state |= SHIFT;
            (0x09, '\t')
        }
        KeyCode::Backspace => (0x08, '\u{8}'),
        KeyCode::PageUp => (0x21, '\0'),
        KeyCode::PageDown => (0x22, '\0'),
        KeyCode::End => (0x23, '\0'),
        KeyCode::Home => (0x24, '\0'),
        KeyCode::Left => (0x25, '\0'),
        KeyCode::Up => (0x26, '\0'),
        KeyCode::Right => (0x27, '\0'),
        KeyCode::Down => (0x28, '\0'),
        KeyCode::Insert => (0x2d, '\0'),
        KeyCode::Delete => (0x2e, '\0'),
        KeyCode::F(n) => (0x6f + u32::from(n), '\0'),
    };
    let code = u16::try_from(code).unwrap_or(0);
    let mut units = [0; 2];
    let units = text.encode_utf16(&mut units).iter();
    units.flat_map(|&character| [true, false].map(|is_down| (is_down, code, character, state))).collect()
}
