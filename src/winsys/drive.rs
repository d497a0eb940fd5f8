//! Drives a program in a console, as a user at its keyboard would. For the tests only.

use std::ffi::c_void;
use std::fs::File;
use std::io;
use std::mem;
use std::os::windows::io::{AsRawHandle, FromRawHandle, OwnedHandle};
use std::process::Child;
use std::ptr;
use std::thread;
use std::time::{Duration, Instant};

use windows_sys::Win32::Foundation::{FILETIME, HWND};
use windows_sys::Win32::System::Console::{
    AllocConsole, CONSOLE_SCREEN_BUFFER_INFO, COORD, FreeConsole, GetConsoleScreenBufferInfo, GetConsoleWindow,
    GetNumberOfConsoleInputEvents, INPUT_RECORD, INPUT_RECORD_0, KEY_EVENT, KEY_EVENT_RECORD, KEY_EVENT_RECORD_0,
    MOUSE_EVENT, MOUSE_EVENT_RECORD, ReadConsoleOutputCharacterW, SMALL_RECT, SetConsoleScreenBufferSize,
    SetConsoleWindowInfo, WINDOW_BUFFER_SIZE_EVENT, WINDOW_BUFFER_SIZE_RECORD, WriteConsoleInputW,
};
use windows_sys::Win32::System::DataExchange::GetClipboardData;
use windows_sys::Win32::System::LibraryLoader::{GetModuleHandleW, GetProcAddress};
use windows_sys::Win32::System::Memory::{GlobalLock, GlobalUnlock};
use windows_sys::Win32::System::Threading::{CreateRemoteThread, GetProcessTimes};
use windows_sys::Win32::UI::WindowsAndMessaging::{
    FindWindowExW, GetWindowThreadProcessId, PostMessageW, SMTO_NORMAL, SendMessageTimeoutW, WM_CLOSE,
};

use crate::clipboard::{Open, TEXT};
use crate::console::{input, output};
use crate::input::Stroke;
use crate::session::CLASS;
use crate::wide::{checked, ended_by_zero, wide};

/// The rows of the buffer. Wine's console obeys no codes but keeps them as characters, so that its buffer is a record of all
/// that was written, as long as that fits.
const ROWS: i16 = 9000;

type ThreadStart = unsafe extern "system" fn(*mut c_void) -> u32;

/// A console of this process's own.
#[derive(Debug)]
pub struct Console {
    input: File,
    output: File,
    width: i16,
}

impl Console {
    /// Leaves this process's console, if any, and opens another with a window of this size.
    pub fn open(columns: i16, rows: i16) -> io::Result<Console> {
        // SAFETY: takes nothing; without a console it fails, which is as well.
        unsafe { FreeConsole() };
        // SAFETY: takes nothing.
        checked(unsafe { AllocConsole() })?;
        let mut console = Console { input: input()?, output: output()?, width: columns };
        console.set_window(1, 1)?;
        let size = COORD { X: columns, Y: ROWS };
        // SAFETY: the handle is open while `console` lives.
        checked(unsafe { SetConsoleScreenBufferSize(console.output.as_raw_handle(), size) })?;
        console.set_window(columns, rows)?;
        console.width = columns;
        Ok(console)
    }

    /// The streams of a program that is to run in it: input and output.
    pub fn streams(&self) -> io::Result<(File, File)> {
        Ok((self.input.try_clone()?, self.output.try_clone()?))
    }

    /// What was written from this place on, and the place after it. Places count the cells of the buffer.
    pub fn text_from(&self, place: usize) -> io::Result<(Vec<u16>, usize)> {
        const MOST: usize = 8192;
        let about = self.about()?;
        let width = usize::try_from(self.width).unwrap_or(1);
        let cell = |at: i16| usize::try_from(at).unwrap_or(0);
        let end = cell(about.dwCursorPosition.Y) * width + cell(about.dwCursorPosition.X);
        let (mut text, mut at) = (Vec::new(), place);
        while at < end {
            let mut cells = vec![0_u16; (end - at).min(MOST)];
            let length = u32::try_from(cells.len()).unwrap_or(0);
            let coordinate = |cell: usize| i16::try_from(cell).unwrap_or(0);
            let from = COORD { X: coordinate(at % width), Y: coordinate(at / width) };
            let mut read = 0;
            let (handle, into) = (self.output.as_raw_handle(), cells.as_mut_ptr());
            // SAFETY: the handle is open, `into` leads to `length` writable characters, and `read` is a place for one number.
            checked(unsafe { ReadConsoleOutputCharacterW(handle, into, length, from, &raw mut read) })?;
            cells.truncate(read as usize);
            if cells.is_empty() {
                break;
            }
            at += cells.len();
            text.append(&mut cells);
        }
        Ok((text, at))
    }

    /// Reports these keys, all at once.
    pub fn strike(&self, strokes: &[Stroke]) -> io::Result<()> {
        self.send(&strokes.iter().copied().map(key).collect::<Vec<_>>())
    }

    /// Gives all these characters at once, as a paste does.
    pub fn paste(&self, text: &str) -> io::Result<()> {
        const RETURN: u16 = 0x0d;
        let under = |character| if character == RETURN { RETURN } else { 0 };
        let typed = text.encode_utf16().flat_map(|character| {
            [true, false].map(|is_down| Stroke { is_down, times: 1, key: under(character), character, state: 0 })
        });
        self.strike(&typed.collect::<Vec<_>>())
    }

    /// Clicks, or turns the wheel if `flags` says so, in a cell of the window.
    pub fn mouse(&self, column: i16, row: i16, buttons: u32, flags: u32) -> io::Result<()> {
        let top = self.about()?.srWindow.Top;
        let place = COORD { X: column, Y: top.saturating_add(row) };
        let event = |buttons| MOUSE_EVENT_RECORD {
            dwMousePosition: place,
            dwButtonState: buttons,
            dwControlKeyState: 0,
            dwEventFlags: flags,
        };
        let record = |buttons| record(MOUSE_EVENT, INPUT_RECORD_0 { MouseEvent: event(buttons) });
        self.send(&[record(buttons), record(0)])
    }

    /// Gives the window another size and reports it as the console does: with the size of its buffer.
    pub fn resize(&self, columns: i16, rows: i16) -> io::Result<()> {
        self.set_window(columns, rows)?;
        let size = WINDOW_BUFFER_SIZE_RECORD { dwSize: COORD { X: self.width, Y: ROWS } };
        self.send(&[record(WINDOW_BUFFER_SIZE_EVENT, INPUT_RECORD_0 { WindowBufferSizeEvent: size })])
    }

    /// Whether everything sent has been read.
    pub fn is_read(&self) -> io::Result<bool> {
        let mut waiting = 0;
        // SAFETY: the handle is open, and `waiting` is a place for one number.
        checked(unsafe { GetNumberOfConsoleInputEvents(self.input.as_raw_handle(), &raw mut waiting) })?;
        Ok(waiting == 0)
    }

    /// Closes the window, as its cross does, under the program alone: this process leaves the console first.
    pub fn close(&self) -> io::Result<()> {
        // SAFETY: takes nothing.
        let window = unsafe { GetConsoleWindow() };
        // SAFETY: takes nothing.
        checked(unsafe { FreeConsole() })?;
        // SAFETY: the window is the console's; this message carries nothing.
        checked(unsafe { PostMessageW(window, WM_CLOSE, 0, 0) })
    }

    /// Sends a message to the program's window that is never shown, as the system does, and returns once it has been heeded.
    pub fn announce(&self, program: &Child, message: u32, first: usize, second: isize) -> io::Result<()> {
        const PATIENCE: u32 = 10_000;
        let window = awaited_window(program.id())?;
        let mut answer = 0;
        // SAFETY: these messages carry numbers only, and `answer` is a place for one number.
        let sent =
            unsafe { SendMessageTimeoutW(window, message, first, second, SMTO_NORMAL, PATIENCE, &raw mut answer) };
        let error = io::Error::last_os_error();
        // A program that ended at the message has heeded it.
        if sent == 0 && session_window(program.id()).is_ok() { Err(error) } else { Ok(()) }
    }

    fn send(&self, records: &[INPUT_RECORD]) -> io::Result<()> {
        let count = u32::try_from(records.len()).unwrap_or(0);
        let mut written = 0;
        let (handle, from) = (self.input.as_raw_handle(), records.as_ptr());
        // SAFETY: the handle is open, `from` leads to `count` records, and `written` is a place for one number.
        checked(unsafe { WriteConsoleInputW(handle, from, count, &raw mut written) })
    }

    fn about(&self) -> io::Result<CONSOLE_SCREEN_BUFFER_INFO> {
        let mut about = CONSOLE_SCREEN_BUFFER_INFO::default();
        // SAFETY: the handle is open, and `about` is a writable structure of the type that the call fills in.
        checked(unsafe { GetConsoleScreenBufferInfo(self.output.as_raw_handle(), &raw mut about) })?;
        Ok(about)
    }

    fn set_window(&self, columns: i16, rows: i16) -> io::Result<()> {
        let top = self.about()?.srWindow.Top.max(0);
        let window = SMALL_RECT { Left: 0, Top: top, Right: columns - 1, Bottom: top.saturating_add(rows - 1) };
        // SAFETY: the handle is open, and the rectangle lives through the call.
        checked(unsafe { SetConsoleWindowInfo(self.output.as_raw_handle(), 1, &raw const window) })
    }
}

/// The program makes its window on a thread of its own, so on a busy machine it may come late; and a search ends where
/// another program's window, from which it was to go on, has just gone.
fn awaited_window(program: u32) -> io::Result<HWND> {
    const PATIENCE: Duration = Duration::from_secs(10);
    let begun = Instant::now();
    loop {
        match session_window(program) {
            Err(_) if begun.elapsed() < PATIENCE => thread::sleep(Duration::from_millis(10)),
            found => return found,
        }
    }
}

/// The window of that program that is never shown, as far as it is found now.
fn session_window(program: u32) -> io::Result<HWND> {
    let class = wide(CLASS.as_ref());
    let (mut window, mut owner) = (ptr::null_mut(), 0);
    while owner != program {
        // SAFETY: the class's name ends with zero and lives through the call; the rest may be null.
        window = unsafe { FindWindowExW(ptr::null_mut(), window, class.as_ptr(), ptr::null()) };
        if window.is_null() {
            return Err(io::ErrorKind::NotFound.into());
        }
        // SAFETY: `owner` is a place for one number; a window that has gone meanwhile is no danger.
        unsafe { GetWindowThreadProcessId(window, &raw mut owner) };
    }
    Ok(window)
}

/// Tells a program of Ctrl-Break or the like in the way of the system: on a new thread in it, by the function that calls its
/// handlers. That function is at the same place in every program.
pub fn control(program: &Child, event: u32) -> io::Result<()> {
    let library = wide("kernelbase.dll".as_ref());
    // SAFETY: the name ends with zero and lives through the call.
    let library = unsafe { GetModuleHandleW(library.as_ptr()) };
    // SAFETY: the library stays as long as the program, and the name ends with zero.
    let routine = unsafe { GetProcAddress(library, c"CtrlRoutine".as_ptr().cast()) };
    let routine = routine.ok_or(io::ErrorKind::NotFound)?;
    // SAFETY: the system itself starts threads at this function, with the event as their argument.
    let start = unsafe { mem::transmute::<unsafe extern "system" fn() -> isize, ThreadStart>(routine) };
    let (argument, handle) = (ptr::without_provenance(event as usize), program.as_raw_handle());
    // SAFETY: the handle is open while `program` is borrowed and allows this to its parent; the rest may be null.
    let thread = unsafe { CreateRemoteThread(handle, ptr::null(), 0, Some(start), argument, 0, ptr::null_mut()) };
    if thread.is_null() {
        return Err(io::Error::last_os_error());
    }
    // SAFETY: the handle was made for us alone, and nothing else closes it.
    drop(unsafe { OwnedHandle::from_raw_handle(thread) });
    Ok(())
}

/// The text on the clipboard.
pub fn copied() -> io::Result<String> {
    let _open = Open::now()?;
    // SAFETY: the clipboard is open; what it returns is the clipboard's own.
    let memory = unsafe { GetClipboardData(TEXT) };
    // SAFETY: no memory is null, which the call refuses.
    let text = unsafe { GlobalLock(memory) };
    if text.is_null() {
        return Err(io::Error::last_os_error());
    }
    // SAFETY: text on the clipboard is UTF-16 that ends with zero, and it stays while the clipboard is open.
    let words = unsafe { ended_by_zero(text.cast()) };
    // SAFETY: it was locked above.
    unsafe { GlobalUnlock(memory) };
    Ok(words)
}

/// The processor time that a program has used.
pub fn processor_time(program: &Child) -> io::Result<Duration> {
    let [mut created, mut ended, mut kernel, mut user] = [FILETIME::default(); 4];
    let handle = program.as_raw_handle();
    // SAFETY: the handle is open while `program` is borrowed, and the rest are places for one time each.
    checked(unsafe { GetProcessTimes(handle, &raw mut created, &raw mut ended, &raw mut kernel, &raw mut user) })?;
    let units = [kernel, user].map(|time| (u64::from(time.dwHighDateTime) << 32) | u64::from(time.dwLowDateTime));
    Ok(Duration::from_nanos(units.iter().sum::<u64>() * 100))
}

fn key(stroke: Stroke) -> INPUT_RECORD {
    let event = KEY_EVENT_RECORD {
        bKeyDown: i32::from(stroke.is_down),
        wRepeatCount: stroke.times,
        wVirtualKeyCode: stroke.key,
        wVirtualScanCode: 0,
        uChar: KEY_EVENT_RECORD_0 { UnicodeChar: stroke.character },
        dwControlKeyState: stroke.state,
    };
    record(KEY_EVENT, INPUT_RECORD_0 { KeyEvent: event })
}

fn record(kind: u32, event: INPUT_RECORD_0) -> INPUT_RECORD {
    INPUT_RECORD { EventType: u16::try_from(kind).unwrap_or(0), Event: event }
}
