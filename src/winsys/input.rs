//! What the console reports: keys, the mouse, and a window of another size.

use std::fs::File;
use std::io;
use std::os::windows::io::AsRawHandle;
use std::time::Duration;

use windows_sys::Win32::Foundation::{WAIT_OBJECT_0, WAIT_TIMEOUT};
use windows_sys::Win32::System::Console::{
    CONSOLE_SCREEN_BUFFER_INFO, GetConsoleScreenBufferInfo, INPUT_RECORD, KEY_EVENT, KEY_EVENT_RECORD, MOUSE_EVENT,
    MOUSE_EVENT_RECORD, ReadConsoleInputW, WINDOW_BUFFER_SIZE_EVENT,
};
use windows_sys::Win32::System::Threading::WaitForSingleObject;

use crate::console;
use crate::wide::checked;

/// Something that happened at the console.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Report {
    Key(Stroke),
    Pointer(Pointer),
    /// The window or its buffer has another size.
    Size,
}

/// A key that goes down or comes up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stroke {
    pub is_down: bool,
    /// How often it counts while it is held down.
    pub times: u16,
    /// The virtual key; 0 for a character that is on no key.
    pub key: u16,
    /// The unit of UTF-16 that it types; 0 for none.
    pub character: u16,
    /// Ctrl, Alt, Shift and others.
    pub state: u32,
}

/// The mouse: a button, or the wheel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pointer {
    /// Counted from the window's corner.
    pub column: i16,
    pub row: i16,
    /// The buttons that are down; for the wheel, how far it was turned, in the upper half.
    pub buttons: u32,
    pub flags: u32,
}

/// The console's input.
#[derive(Debug)]
pub struct Input(File);

impl Input {
    pub fn open() -> io::Result<Input> {
        console::input().map(Input)
    }

    /// Waits until something has happened, and returns it with all that has happened since. May be empty.
    pub fn read(&self) -> io::Result<Vec<Report>> {
        const MOST: usize = 256;
        let mut records = vec![INPUT_RECORD::default(); MOST];
        let (into, room) = (records.as_mut_ptr(), u32::try_from(MOST).unwrap_or(0));
        let mut count = 0;
        // SAFETY: the handle is open while `self` is borrowed, `into` leads to `room` records, and `count` is a place for
        // one number.
        checked(unsafe { ReadConsoleInputW(self.0.as_raw_handle(), into, room, &raw mut count) })?;
        Ok(records.iter().take(count as usize).filter_map(report).collect())
    }

    /// Whether something more happens within this time.
    pub fn has_more(&self, within: Duration) -> io::Result<bool> {
        let time = u32::try_from(within.as_millis()).unwrap_or(0);
        // SAFETY: the handle is open while `self` is borrowed.
        match unsafe { WaitForSingleObject(self.0.as_raw_handle(), time) } {
            WAIT_OBJECT_0 => Ok(true),
            WAIT_TIMEOUT => Ok(false),
            _ => Err(io::Error::last_os_error()),
        }
    }
}

fn report(record: &INPUT_RECORD) -> Option<Report> {
    match u32::from(record.EventType) {
        // SAFETY: the type says that it is a key.
        KEY_EVENT => Some(Report::Key(stroke(unsafe { &record.Event.KeyEvent }))),
        // SAFETY: the type says that it is the mouse.
        MOUSE_EVENT => pointer(unsafe { &record.Event.MouseEvent }).map(Report::Pointer),
        WINDOW_BUFFER_SIZE_EVENT => Some(Report::Size),
        _ => None,
    }
}

fn stroke(event: &KEY_EVENT_RECORD) -> Stroke {
    Stroke {
        is_down: event.bKeyDown != 0,
        times: event.wRepeatCount,
        key: event.wVirtualKeyCode,
        // SAFETY: the functions for UTF-16 fill in this half of the union.
        character: unsafe { event.uChar.UnicodeChar },
        state: event.dwControlKeyState,
    }
}

/// A mouse that only moves says nothing.
fn pointer(event: &MOUSE_EVENT_RECORD) -> Option<Pointer> {
    const MOVED: u32 = 1;
    if event.dwEventFlags & MOVED != 0 {
        return None;
    }
    let place = event.dwMousePosition;
    // It is counted from the corner of a buffer that may be thousands of rows high.
    let row = place.Y.saturating_sub(top().unwrap_or(0));
    Some(Pointer { column: place.X, row, buttons: event.dwButtonState, flags: event.dwEventFlags })
}

fn top() -> io::Result<i16> {
    let output = console::output()?;
    let mut about = CONSOLE_SCREEN_BUFFER_INFO::default();
    // SAFETY: the handle is open while `output` lives, and `about` is a writable structure of the type that the call fills
    // in.
    checked(unsafe { GetConsoleScreenBufferInfo(output.as_raw_handle(), &raw mut about) })?;
    Ok(about.srWindow.Top)
}
