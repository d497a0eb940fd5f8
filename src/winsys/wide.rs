//! Text, results and room in the form in which Windows takes and gives them.

use std::ffi::OsStr;
use std::io;
use std::os::windows::ffi::OsStrExt;

/// The text in UTF-16 with the zero that ends it.
pub fn wide(text: &OsStr) -> Vec<u16> {
    text.encode_wide().chain([0]).collect()
}

/// The result of a call that returns zero when it fails and leaves the reason with the thread.
pub fn checked(result: i32) -> io::Result<()> {
    if result == 0 { Err(io::Error::last_os_error()) } else { Ok(()) }
}

/// At least so many bytes, at an address that suits every structure of the system.
pub fn aligned(bytes: u32) -> Vec<u64> {
    vec![0; (bytes as usize).div_ceil(size_of::<u64>())]
}

/// Text that the system gave.
///
/// # Safety
/// `text` leads to UTF-16 that ends with zero and lives through the call.
pub unsafe fn ended_by_zero(text: *const u16) -> String {
    let mut characters = Vec::new();
    let mut at = text;
    loop {
        // SAFETY: `at` leads to the text or to the zero at its end.
        match unsafe { at.read() } {
            0 => return String::from_utf16_lossy(&characters),
            character => characters.push(character),
        }
        // SAFETY: the character was not the zero, so the text goes on.
        at = unsafe { at.add(1) };
    }
}
