//! The end of the user's session, and sleep: Windows reports them to windows only, so there is one that is never shown.
//!
//! A console program that uses windows at all, through whichever library, gets no `CTRL_LOGOFF_EVENT`.

use std::io;
use std::ptr;
use std::sync::OnceLock;
use std::thread;

use windows_sys::Win32::Foundation::{HINSTANCE, HWND, LPARAM, LRESULT, WPARAM};
use windows_sys::Win32::System::LibraryLoader::GetModuleHandleW;
use windows_sys::Win32::UI::WindowsAndMessaging::{
    CreateWindowExW, DefWindowProcW, DispatchMessageW, ENDSESSION_LOGOFF, GetMessageW, MSG, PBT_APMSUSPEND,
    RegisterClassW, WM_CLOSE, WM_ENDSESSION, WM_POWERBROADCAST, WM_QUERYENDSESSION, WNDCLASSW, WS_EX_TOOLWINDOW,
    WS_POPUP,
};

use crate::console::Ending;
use crate::wide::wide;

/// The name of the window's class.
pub(crate) const CLASS: &str = "arising-session";

/// What happens to the session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// It is about to end, unless another program objects.
    MayEnd,
    Ends(Ending),
    /// The computer goes to sleep.
    Sleeps,
}

type Handler = Box<dyn Fn(Notice) + Send + Sync>;

static HANDLER: OnceLock<Handler> = OnceLock::new();

/// Has `handle` called, on a thread of its own, before the session ends or the computer sleeps. Windows waits for it to return,
/// for about five seconds at the end and two before sleep.
///
/// # Errors
/// It has been called before.
pub fn on_session(handle: impl Fn(Notice) + Send + Sync + 'static) -> io::Result<()> {
    HANDLER.set(Box::new(handle)).map_err(|_| io::ErrorKind::AlreadyExists)?;
    // Where there is no desktop there is no window, and nothing to hear.
    thread::spawn(|| open().map(listen));
    Ok(())
}

/// The window, of the thread that calls this.
fn open() -> io::Result<HWND> {
    let class = wide(CLASS.as_ref());
    // SAFETY: no name means the program itself, which is there as long as it runs.
    let program: HINSTANCE = unsafe { GetModuleHandleW(ptr::null()) };
    let about = WNDCLASSW {
        lpfnWndProc: Some(on_message),
        hInstance: program,
        lpszClassName: class.as_ptr(),
        ..WNDCLASSW::default()
    };
    // SAFETY: the structure and the name in it live through the call, which copies them; the function is there as long as
    // the program.
    unsafe { RegisterClassW(&raw const about) };
    let (name, style) = (class.as_ptr(), WS_POPUP);
    let (parent, menu) = (ptr::null_mut(), ptr::null_mut());
    // SAFETY: both names end with zero and live through the call; what may be left out is null.
    let window =
        unsafe { CreateWindowExW(WS_EX_TOOLWINDOW, name, name, style, 0, 0, 0, 0, parent, menu, program, ptr::null()) };
    if window.is_null() { Err(io::Error::last_os_error()) } else { Ok(window) }
}

/// Waits for messages, as long as the program runs.
fn listen(_window: HWND) {
    let mut message = MSG::default();
    // SAFETY: `message` is a writable structure; null means all windows of this thread.
    while unsafe { GetMessageW(&raw mut message, ptr::null_mut(), 0, 0) } > 0 {
        // SAFETY: the message came from the call above.
        unsafe { DispatchMessageW(&raw const message) };
    }
}

/// Called by the system. A panic cannot leave it: it would end the program at this border.
unsafe extern "system" fn on_message(window: HWND, message: u32, first: WPARAM, second: LPARAM) -> LRESULT {
    let is_log_off = usize::try_from(ENDSESSION_LOGOFF).is_ok_and(|flag| second.cast_unsigned() & flag != 0);
    let ending = if is_log_off { Ending::LogOff } else { Ending::ShutDown };
    let notice = match (message, first) {
        (WM_QUERYENDSESSION, _) => Notice::MayEnd,
        // From `taskkill` and the like.
        (WM_CLOSE, _) => Notice::Ends(Ending::WindowClosed),
        (WM_ENDSESSION, 1..) => Notice::Ends(ending),
        (WM_POWERBROADCAST, event) if u32::try_from(event) == Ok(PBT_APMSUSPEND) => Notice::Sleeps,
        // SAFETY: these are the arguments that the system gave.
        _ => return unsafe { DefWindowProcW(window, message, first, second) },
    };
    if let Some(handle) = HANDLER.get() {
        handle(notice);
    }
    // Yes, it may end; and for the others, this has been dealt with.
    LRESULT::from(message != WM_ENDSESSION)
}
