//! The console: its modes, and the ways in which Windows tells a program in it to end.

use std::fs::{File, OpenOptions};
use std::io;
use std::os::windows::io::AsRawHandle;
use std::sync::OnceLock;

use windows_sys::Win32::System::Console::{
    CTRL_BREAK_EVENT, CTRL_C_EVENT, CTRL_CLOSE_EVENT, CTRL_LOGOFF_EVENT, CTRL_SHUTDOWN_EVENT, ENABLE_EXTENDED_FLAGS,
    ENABLE_MOUSE_INPUT, ENABLE_QUICK_EDIT_MODE, ENABLE_WINDOW_INPUT, GetConsoleMode, SetConsoleCtrlHandler,
    SetConsoleMode,
};

use crate::wide::checked;

/// The modes of the console's input and output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Modes {
    pub input: u32,
    pub output: u32,
}

/// Who gets the mouse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mouse {
    Program,
    /// The console, for selecting text.
    Console,
}

/// Why the system asks the program to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    CtrlC,
    CtrlBreak,
    WindowClosed,
    LogOff,
    ShutDown,
}

impl Modes {
    /// The modes as they are now.
    pub fn now() -> io::Result<Modes> {
        Ok(Modes { input: mode(&input()?)?, output: mode(&output()?)? })
    }

    pub fn restore_input(self) -> io::Result<()> {
        // Without this flag, the one for selecting text stays as it is.
        set_mode(&input()?, self.input | ENABLE_EXTENDED_FLAGS)
    }

    pub fn restore_output(self) -> io::Result<()> {
        set_mode(&output()?, self.output)
    }
}

/// Has every key, the window's size and, if so wanted, the mouse reported one by one, and nothing done by the console.
pub fn take_input(mouse: Mouse) -> io::Result<()> {
    let mouse = match mouse {
        Mouse::Program => ENABLE_MOUSE_INPUT,
        Mouse::Console => ENABLE_QUICK_EDIT_MODE,
    };
    set_mode(&input()?, ENABLE_EXTENDED_FLAGS | ENABLE_WINDOW_INPUT | mouse)
}

/// The console itself, even where standard input is something else.
pub(crate) fn input() -> io::Result<File> {
    OpenOptions::new().read(true).write(true).open("CONIN$")
}

pub(crate) fn output() -> io::Result<File> {
    OpenOptions::new().read(true).write(true).open("CONOUT$")
}

fn mode(console: &File) -> io::Result<u32> {
    let mut mode = 0;
    // SAFETY: the handle is open while `console` is borrowed, and `mode` is a writable number.
    checked(unsafe { GetConsoleMode(console.as_raw_handle(), &raw mut mode) })?;
    Ok(mode)
}

fn set_mode(console: &File, mode: u32) -> io::Result<()> {
    // SAFETY: the handle is open while `console` is borrowed.
    checked(unsafe { SetConsoleMode(console.as_raw_handle(), mode) })
}

type Handler = Box<dyn Fn(Ending) + Send + Sync>;

static HANDLER: OnceLock<Handler> = OnceLock::new();

/// Has `handle` called, on a thread of the system's own, when the program is asked to end. Where the window is closed or the
/// session ends, Windows ends the program as soon as `handle` returns, and after about five seconds in any case.
///
/// # Errors
/// It has been called before, or there is no console.
pub fn on_ending(handle: impl Fn(Ending) + Send + Sync + 'static) -> io::Result<()> {
    HANDLER.set(Box::new(handle)).map_err(|_| io::ErrorKind::AlreadyExists)?;
    // SAFETY: the function has the signature that the call asks for, and is there as long as the program.
    checked(unsafe { SetConsoleCtrlHandler(Some(on_control), 1) })
}

/// Called by the system. A panic cannot leave it: it would end the program at this border.
unsafe extern "system" fn on_control(control: u32) -> i32 {
    let ending = match control {
        CTRL_C_EVENT => Ending::CtrlC,
        CTRL_BREAK_EVENT => Ending::CtrlBreak,
        CTRL_CLOSE_EVENT => Ending::WindowClosed,
        CTRL_LOGOFF_EVENT => Ending::LogOff,
        CTRL_SHUTDOWN_EVENT => Ending::ShutDown,
        _ => return 0,
    };
    HANDLER.get().map_or(0, |handle| {
        handle(ending);
        1
    })
}
