//! The process that drives a console of Windows for a test: it is given one order a line, and answers each with one line.

use std::io::{BufRead, BufReader, Write};
use std::os::windows::io::AsHandle;
use std::process::Child;
use std::thread;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use winsys::{Console, Modes, Stroke};

use super::pty::{COLS, ROWS};

/// A key that goes down or comes up: which it does, the key, its character and what is held with it.
pub type Struck = (bool, u16, u16, u32);

/// What the driving process is told.
#[derive(Debug, Serialize, Deserialize)]
pub enum Order {
    Strike(Vec<Struck>),
    Paste(String),
    Click { column: i16, row: i16 },
    Wheel { down: i16 },
    Resize { columns: i16, rows: i16 },
    Look,
    Control(u32),
    Announce(Announcement),
    Measure,
    Clipboard,
    Close,
    Kill,
}

/// What the system says to windows: the session may end, it does, the computer goes to sleep.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub enum Announcement {
    MayEnd,
    LogOff,
    ShutDown,
    Sleep,
    /// From another program, such as `taskkill`.
    End,
}

/// What it answers.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Answer {
    /// Written since the last answer.
    pub text: String,
    /// The exit code, once the program has ended.
    pub code: Option<i32>,
    /// Of input and output, before the program started and now.
    pub modes: [(u32, u32); 2],
    /// The processor time that the program has used, if it was asked for.
    pub used: Option<Duration>,
    /// The text on the clipboard, if it was asked for.
    pub copied: Option<String>,
    /// Why the order could not be obeyed.
    pub refused: Option<String>,
}

/// Run by [`super::pty::Start::run`] in a process of its own.
#[test]
#[ignore = "a program for the other tests, not a test"]
fn drive() {
    // A new console may take the place of the streams, so they are put aside.
    let mut orders =
        BufReader::new(std::fs::File::from(std::io::stdin().as_handle().try_clone_to_owned().unwrap())).lines();
    let mut answers = std::fs::File::from(std::io::stdout().as_handle().try_clone_to_owned().unwrap());
    let start: super::pty::Start = serde_json::from_str(&orders.next().unwrap().unwrap()).unwrap();
    let console = Console::open(COLS.cast_signed(), ROWS.cast_signed()).unwrap();
    // What is sent to every program in the console would end this one too.
    winsys::on_ending(|_| ()).unwrap();
    let found = Modes::now().unwrap();
    let (input, output) = console.streams().unwrap();
    let mut command = start.command();
    command.stdin(input).stdout(output.try_clone().unwrap()).stderr(output);
    let mut child = command.spawn().unwrap();
    drop(command);
    let (mut place, mut now) = (0, found);
    for order in orders.map_while(Result::ok) {
        let order = serde_json::from_str(&order).unwrap();
        let copied = matches!(order, Order::Clipboard).then(|| winsys::copied().unwrap());
        let used = matches!(order, Order::Measure).then(|| winsys::processor_time(&child).unwrap());
        let refused = obey(&console, &mut child, order).err().map(|error| error.to_string());
        // The code first: what was written before the end is then all there is. A console that was closed has nothing more.
        let code = child.try_wait().unwrap().and_then(|status| status.code());
        let (text, end) = console.text_from(place).unwrap_or((Vec::new(), place));
        (place, now) = (end, Modes::now().unwrap_or(now));
        let modes = [found, now].map(|modes| (modes.input, modes.output));
        let answer = Answer { text: String::from_utf16_lossy(&text), code, modes, used, copied, refused };
        writeln!(answers, "\n{}", serde_json::to_string(&answer).unwrap()).unwrap();
    }
    let _ = child.kill();
}

fn obey(console: &Console, child: &mut Child, order: Order) -> std::io::Result<()> {
    match order {
        Order::Strike(struck) => {
            let stroke = |(is_down, key, character, state)| Stroke { is_down, times: 1, key, character, state };
            console.strike(&struck.into_iter().map(stroke).collect::<Vec<_>>())?;
            // As a person does, not as a paste: the next key only when this one has been read.
            // A program that reads lines reads nothing before the line is complete.
            let begun = Instant::now();
            while !console.is_read().unwrap_or(true) && begun.elapsed() < Duration::from_millis(500) {
                thread::sleep(Duration::from_millis(1));
            }
            thread::sleep(Duration::from_millis(8));
            Ok(())
        }
        Order::Paste(text) => console.paste(&text),
        Order::Click { column, row } => console.mouse(column, row, 1, 0),
        Order::Wheel { down } => {
            const WHEELED: u32 = 4;
            let turned = u32::from((-120 * down).cast_unsigned()) << 16;
            console.mouse(1, 1, turned, WHEELED)
        }
        Order::Resize { columns, rows } => console.resize(columns, rows),
        Order::Look | Order::Measure | Order::Clipboard => Ok(()),
        Order::Control(event) => winsys::control(child, event),
        Order::Announce(announcement) => {
            const LOG_OFF: isize = 0x8000_0000;
            let (message, first, second) = match announcement {
                Announcement::MayEnd => (0x11, 0, 0),
                Announcement::LogOff => (0x16, 1, LOG_OFF),
                Announcement::ShutDown => (0x16, 1, 0),
                Announcement::Sleep => (0x218, 4, 0),
                Announcement::End => (0x10, 0, 0),
            };
            console.announce(child, message, first, second)
        }
        Order::Close => console.close(),
        Order::Kill => {
            let _ = child.kill();
            child.wait().map(drop)
        }
    }
}
