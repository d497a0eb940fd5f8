//! What a process can give up for good: privileges, changes to files of others, and the streams that its children would get.

use std::io;
use std::os::windows::io::{AsRawHandle, OwnedHandle};
use std::ptr;

use windows_sys::Win32::Foundation::{HANDLE_FLAG_INHERIT, LocalFree, SetHandleInformation};
use windows_sys::Win32::Security::Authorization::ConvertStringSidToSidW;
use windows_sys::Win32::Security::{
    AdjustTokenPrivileges, LUID_AND_ATTRIBUTES, PSID, SE_PRIVILEGE_REMOVED, SID_AND_ATTRIBUTES, SetTokenInformation,
    TOKEN_ADJUST_DEFAULT, TOKEN_ADJUST_PRIVILEGES, TOKEN_MANDATORY_LABEL, TOKEN_PRIVILEGES, TOKEN_QUERY,
    TokenIntegrityLevel, TokenPrivileges,
};
use windows_sys::Win32::System::Console::{GetStdHandle, STD_ERROR_HANDLE, STD_INPUT_HANDLE, STD_OUTPUT_HANDLE};

use crate::token;
use crate::wide::{checked, wide};

/// Lowers this process to low integrity, from where it can change next to nothing that belongs to its user, and takes all
/// privileges from it but the one that walking through folders takes. Neither can be had back.
pub fn withdraw() -> io::Result<()> {
    let token = token::open(TOKEN_QUERY | TOKEN_ADJUST_DEFAULT | TOKEN_ADJUST_PRIVILEGES)?;
    // Each counts, whether or not the other is granted.
    remove_privileges(&token).and(lower(&token))
}

fn lower(token: &OwnedHandle) -> io::Result<()> {
    const SE_GROUP_INTEGRITY: u32 = 0x20;
    let low = Sid::low_integrity()?;
    let label = TOKEN_MANDATORY_LABEL { Label: SID_AND_ATTRIBUTES { Sid: low.0, Attributes: SE_GROUP_INTEGRITY } };
    let size = u32::try_from(size_of::<TOKEN_MANDATORY_LABEL>()).unwrap_or(0);
    // SAFETY: the handle is open, the structure belongs to the class, and both it and the identifier live through the call.
    checked(unsafe {
        SetTokenInformation(token.as_raw_handle(), TokenIntegrityLevel, ptr::from_ref(&label).cast(), size)
    })
}

fn remove_privileges(token: &OwnedHandle) -> io::Result<()> {
    const SE_CHANGE_NOTIFY: u32 = 23;
    let mut bytes = token::information(token, TokenPrivileges)?;
    let list = bytes.as_mut_ptr().cast::<TOKEN_PRIVILEGES>();
    // SAFETY: the bytes begin with this structure, and are aligned for it.
    let count = unsafe { (*list).PrivilegeCount } as usize;
    // SAFETY: the place of the first entry lies in the bytes.
    let first: *mut LUID_AND_ATTRIBUTES = unsafe { &raw mut (*list).Privileges }.cast();
    // SAFETY: the call that filled the bytes put so many entries there, and nothing else uses them meanwhile.
    let entries = unsafe { std::slice::from_raw_parts_mut(first, count) };
    for entry in entries.iter_mut().filter(|entry| entry.Luid.LowPart != SE_CHANGE_NOTIFY) {
        entry.Attributes = SE_PRIVILEGE_REMOVED;
    }
    // SAFETY: the handle is open, and the list lives through the call; what was before is not asked for.
    checked(unsafe { AdjustTokenPrivileges(token.as_raw_handle(), 0, list, 0, ptr::null_mut(), ptr::null_mut()) })
}

/// A security identifier that the system allocated.
struct Sid(PSID);

impl Sid {
    fn low_integrity() -> io::Result<Sid> {
        let name = wide("S-1-16-4096".as_ref());
        let mut found = ptr::null_mut();
        // SAFETY: the name ends with zero and lives through the call, and `found` is a place for one pointer.
        checked(unsafe { ConvertStringSidToSidW(name.as_ptr(), &raw mut found) })?;
        Ok(Sid(found))
    }
}

impl Drop for Sid {
    fn drop(&mut self) {
        // SAFETY: the pointer came from the call above, which asks for this, and is used nowhere else afterwards.
        unsafe { LocalFree(self.0) };
    }
}

/// Has this process's own input and output go to no child unasked.
pub fn keep_streams() {
    for stream in [STD_INPUT_HANDLE, STD_OUTPUT_HANDLE, STD_ERROR_HANDLE] {
        // SAFETY: takes a number.
        let handle = unsafe { GetStdHandle(stream) };
        // SAFETY: a stream that is missing is an invalid handle, which the call refuses.
        unsafe { SetHandleInformation(handle, HANDLE_FLAG_INHERIT, 0) };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::process::Command;

    fn privileges() -> u32 {
        let bytes = token::information(&token::open(TOKEN_QUERY).unwrap(), TokenPrivileges).unwrap();
        u32::try_from(bytes[0] & 0xffff_ffff).unwrap()
    }

    /// Run by the test below, in a process of its own.
    #[test]
    #[ignore = "a program for another test, not a test"]
    fn withdrawn() {
        assert!(privileges() > 1);
        withdraw().unwrap();
        assert_eq!(privileges(), 1);
        println!("it still reads and writes its streams");
    }

    #[test]
    fn privileges_are_gone_for_good() {
        let mut command = Command::new(std::env::current_exe().unwrap());
        let said = command.args(["withdrawn", "--ignored", "--nocapture"]).output().unwrap();
        let words = String::from_utf8_lossy(&said.stdout);
        assert!(said.status.success() && words.contains("it still reads"), "{words}");
    }
}
