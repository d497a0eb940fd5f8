//! The clipboard.

use std::io;
use std::ptr;

use windows_sys::Win32::Foundation::{GlobalFree, HGLOBAL};
use windows_sys::Win32::System::DataExchange::{
    CloseClipboard, EmptyClipboard, OpenClipboard, RegisterClipboardFormatW, SetClipboardData,
};
use windows_sys::Win32::System::Memory::{GMEM_MOVEABLE, GlobalAlloc, GlobalLock, GlobalUnlock};

use crate::wide::{checked, wide};

pub(crate) const TEXT: u32 = 13;

/// Puts a text on the clipboard, and asks Windows to keep it out of the clipboard's history and away from the user's other
/// devices.
pub fn copy(text: &str) -> io::Result<()> {
    let _open = Open::now()?;
    // SAFETY: takes nothing; the clipboard is open.
    checked(unsafe { EmptyClipboard() })?;
    for wish in ["CanIncludeInClipboardHistory", "CanUploadToCloudClipboard"] {
        let name = wide(wish.as_ref());
        // SAFETY: the name ends with zero and lives through the call.
        let format = unsafe { RegisterClipboardFormatW(name.as_ptr()) };
        put(format, &0_u32.to_ne_bytes())?;
    }
    let units = wide(text.replace('\n', "\r\n").as_ref());
    put(TEXT, &units.iter().flat_map(|unit| unit.to_ne_bytes()).collect::<Vec<u8>>())
}

/// The clipboard, open for this process until it is dropped.
pub(crate) struct Open;

impl Open {
    pub fn now() -> io::Result<Open> {
        // SAFETY: no window need own it.
        checked(unsafe { OpenClipboard(ptr::null_mut()) })?;
        Ok(Open)
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        // SAFETY: this process has it open.
        unsafe { CloseClipboard() };
    }
}

fn put(format: u32, bytes: &[u8]) -> io::Result<()> {
    let memory = shared(bytes)?;
    // SAFETY: the clipboard is open, and the memory is the system's own, which it takes over.
    if unsafe { SetClipboardData(format, memory) }.is_null() {
        let error = io::Error::last_os_error();
        // SAFETY: refused, the memory is still ours, and is used nowhere else afterwards.
        unsafe { GlobalFree(memory) };
        return Err(error);
    }
    Ok(())
}

/// A copy in memory that the system can hand to other programs.
fn shared(bytes: &[u8]) -> io::Result<HGLOBAL> {
    // SAFETY: takes numbers only.
    let memory = unsafe { GlobalAlloc(GMEM_MOVEABLE, bytes.len()) };
    // SAFETY: no memory is null, which the call refuses.
    let place = unsafe { GlobalLock(memory) };
    if place.is_null() {
        return Err(io::Error::last_os_error());
    }
    // SAFETY: the place has room for so many bytes, and no one else knows it yet.
    unsafe { ptr::copy_nonoverlapping(bytes.as_ptr(), place.cast(), bytes.len()) };
    // SAFETY: it was locked above.
    unsafe { GlobalUnlock(memory) };
    Ok(memory)
}
