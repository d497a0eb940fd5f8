//! The token of this process: who it works for, and with which rights.

use std::io;
use std::os::windows::io::{AsRawHandle, FromRawHandle, OwnedHandle};
use std::ptr;

use windows_sys::Win32::Security::{GetTokenInformation, TOKEN_ACCESS_MASK, TOKEN_INFORMATION_CLASS};
use windows_sys::Win32::System::Threading::{GetCurrentProcess, OpenProcessToken};

use crate::wide::{aligned, checked};

pub fn open(access: TOKEN_ACCESS_MASK) -> io::Result<OwnedHandle> {
    // SAFETY: takes nothing and returns a handle that needs no closing.
    let process = unsafe { GetCurrentProcess() };
    let mut token = ptr::null_mut();
    // SAFETY: the handle is that of this process, and `token` is a place for one handle.
    checked(unsafe { OpenProcessToken(process, access, &raw mut token) })?;
    // SAFETY: the handle was made for us alone, and nothing else closes it.
    Ok(unsafe { OwnedHandle::from_raw_handle(token) })
}

/// What the system says about the token: the structure of that class, and what it leads to.
pub fn information(token: &OwnedHandle, class: TOKEN_INFORMATION_CLASS) -> io::Result<Vec<u64>> {
    let handle = token.as_raw_handle();
    let mut needed = 0;
    // SAFETY: the handle is open; with a length of 0 the call writes only how many bytes it needs.
    unsafe { GetTokenInformation(handle, class, ptr::null_mut(), 0, &raw mut needed) };
    let mut bytes = aligned(needed);
    // SAFETY: the handle is open, and the pointer leads to at least `needed` writable bytes.
    checked(unsafe { GetTokenInformation(handle, class, bytes.as_mut_ptr().cast(), needed, &raw mut needed) })?;
    Ok(bytes)
}
