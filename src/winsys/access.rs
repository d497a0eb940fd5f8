//! Access lists: who may read a file.

use std::io;
use std::path::Path;
use std::ptr;

use windows_sys::Win32::Foundation::LocalFree;
use windows_sys::Win32::Security::Authorization::{
    ConvertSidToStringSidW, ConvertStringSecurityDescriptorToSecurityDescriptorW, SDDL_REVISION_1,
};
use windows_sys::Win32::Security::{
    DACL_SECURITY_INFORMATION, GetFileSecurityW, PROTECTED_DACL_SECURITY_INFORMATION, PSECURITY_DESCRIPTOR,
    SetFileSecurityW, TOKEN_QUERY, TOKEN_USER, TokenUser,
};

use crate::token;
use crate::wide::{aligned, checked, ended_by_zero, wide};

/// Lets this user, the system and the computer's administrators use a file or folder, and no one else, whatever its folder
/// says. What is put into such a folder inherits that.
pub fn keep_private(path: &Path) -> io::Result<()> {
    let descriptor = Descriptor::parse(&private_list()?)?;
    set(path, DACL_SECURITY_INFORMATION | PROTECTED_DACL_SECURITY_INFORMATION, descriptor.0)
}

/// Protected, which means that nothing is inherited from the folder.
fn private_list() -> io::Result<String> {
    Ok(format!("D:P(A;OICI;FA;;;{})(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)", this_user()?))
}

/// Gives `to` the access list of `from`.
pub fn copy_access(from: &Path, to: &Path) -> io::Result<()> {
    let name = wide(from.as_os_str());
    let mut needed = 0;
    // SAFETY: the name ends with zero; with a length of 0 the call writes only how many bytes it needs.
    unsafe { GetFileSecurityW(name.as_ptr(), DACL_SECURITY_INFORMATION, ptr::null_mut(), 0, &raw mut needed) };
    let mut bytes = aligned(needed);
    let into = bytes.as_mut_ptr().cast();
    // SAFETY: the name ends with zero, and `into` leads to at least `needed` writable bytes.
    checked(unsafe { GetFileSecurityW(name.as_ptr(), DACL_SECURITY_INFORMATION, into, needed, &raw mut needed) })?;
    set(to, DACL_SECURITY_INFORMATION, into)
}

fn set(path: &Path, what: u32, descriptor: PSECURITY_DESCRIPTOR) -> io::Result<()> {
    let name = wide(path.as_os_str());
    // SAFETY: the name ends with zero, and both callers hold a descriptor that the system itself wrote, through the call.
    checked(unsafe { SetFileSecurityW(name.as_ptr(), what, descriptor) })
}

/// A security descriptor that the system allocated.
struct Descriptor(PSECURITY_DESCRIPTOR);

impl Descriptor {
    fn parse(list: &str) -> io::Result<Descriptor> {
        let list = wide(list.as_ref());
        let mut found = ptr::null_mut();
        let into = &raw mut found;
        // SAFETY: the text ends with zero, `into` is a place for one pointer, and the size may be left out.
        checked(unsafe {
            ConvertStringSecurityDescriptorToSecurityDescriptorW(list.as_ptr(), SDDL_REVISION_1, into, ptr::null_mut())
        })?;
        Ok(Descriptor(found))
    }
}

impl Drop for Descriptor {
    fn drop(&mut self) {
        // SAFETY: the pointer came from the call above, which asks for this, and is used nowhere else afterwards.
        unsafe { LocalFree(self.0) };
    }
}

/// The user whom this process works for, in the form of access lists: `S-1-5-21-…`.
fn this_user() -> io::Result<String> {
    let bytes = token::information(&token::open(TOKEN_QUERY)?, TokenUser)?;
    // SAFETY: the call succeeded, so the bytes begin with a `TOKEN_USER`, and they are aligned for it.
    let user = unsafe { bytes.as_ptr().cast::<TOKEN_USER>().read() };
    let mut text = ptr::null_mut();
    // SAFETY: the identifier lies in `bytes`, which live through the call, and `text` is a place for one pointer.
    checked(unsafe { ConvertSidToStringSidW(user.User.Sid, &raw mut text) })?;
    // SAFETY: the call succeeded, so `text` leads to UTF-16 that ends with zero.
    let name = unsafe { ended_by_zero(text) };
    // SAFETY: the pointer came from the call above, which asks for this, and is used nowhere else afterwards.
    unsafe { LocalFree(text.cast()) };
    Ok(name)
}

#[cfg(test)]
mod tests {
    use windows_sys::Win32::Security::Authorization::{
        ConvertSecurityDescriptorToStringSecurityDescriptorW, GetNamedSecurityInfoW, SE_FILE_OBJECT,
    };

    use super::*;

    /// A file's access list as the system prints it: its flags, and its entries.
    fn list_of(path: &Path) -> (String, Vec<String>) {
        let name = wide(path.as_os_str());
        let (mut found, none) = (ptr::null_mut(), ptr::null_mut());
        let (what, into) = (DACL_SECURITY_INFORMATION, &raw mut found);
        // SAFETY: the name ends with zero, `into` is a place for one pointer, and the rest may be null.
        let error = unsafe {
            GetNamedSecurityInfoW(name.as_ptr(), SE_FILE_OBJECT, what, none, none, none.cast(), none.cast(), into)
        };
        assert_eq!(error, 0);
        printed(&Descriptor(found))
    }

    fn printed(descriptor: &Descriptor) -> (String, Vec<String>) {
        let mut text = ptr::null_mut();
        let (what, into) = (DACL_SECURITY_INFORMATION, &raw mut text);
        // SAFETY: the descriptor came from the system, and `into` is a place for one pointer; the length may be null.
        checked(unsafe {
            ConvertSecurityDescriptorToStringSecurityDescriptorW(
                descriptor.0,
                SDDL_REVISION_1,
                what,
                into,
                ptr::null_mut(),
            )
        })
        .unwrap();
        // SAFETY: the call succeeded, so `text` leads to UTF-16 that ends with zero. It is left to the end of the test.
        let list = unsafe { ended_by_zero(text) };
        let mut parts = list.split(['(', ')']).filter(|part| !part.is_empty()).map(str::to_owned);
        (parts.next().unwrap(), parts.collect())
    }

    #[test]
    fn a_private_file_is_for_its_user_the_system_and_administrators_and_inherits_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("register");
        std::fs::write(&file, "words").unwrap();
        for path in [folder.path(), &file] {
            keep_private(path).unwrap();
            let (_, entries) = list_of(path);
            let others = ["SY".to_owned(), this_user().unwrap()];
            let mut who: Vec<&str> = entries.iter().filter_map(|entry| entry.split(';').nth(5)).collect();
            // Wine keeps no administrators and no protection of a list, because Unix has neither.
            who.retain(|who| *who != "BA");
            who.sort_unstable();
            assert!(who.iter().all(|who| others.iter().any(|other| other == who)) && who.len() == 2, "{entries:?}");
            assert!(entries.iter().all(|entry| entry.starts_with("A;") && !entry.contains("ID;")), "{entries:?}");
        }
        let asked = Descriptor::parse(&private_list().unwrap()).unwrap();
        let (flags, entries) = printed(&asked);
        assert_eq!((flags.as_str(), entries.len()), ("D:P", 3), "{entries:?}");
    }

    #[test]
    fn what_is_kept_private_can_still_be_used_by_its_owner_and_copied_to_another_file() {
        let folder = tempfile::tempdir().unwrap();
        let (one, two) = (folder.path().join("one"), folder.path().join("two"));
        std::fs::write(&one, "words").unwrap();
        std::fs::write(&two, "").unwrap();
        assert!(this_user().unwrap().starts_with("S-1-"));
        keep_private(folder.path()).unwrap();
        keep_private(&one).unwrap();
        copy_access(&one, &two).unwrap();
        assert_eq!(std::fs::read(&one).unwrap(), b"words");
        std::fs::write(&two, "more").unwrap();
    }
}
