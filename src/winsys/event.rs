//! Named events: one process waits without costing anything, another wakes it.

use std::ffi::OsStr;
use std::io;
use std::os::windows::io::{AsRawHandle, FromRawHandle, OwnedHandle};
use std::ptr;

use windows_sys::Win32::Foundation::{HANDLE, WAIT_OBJECT_0};
use windows_sys::Win32::System::Threading::{
    CreateEventW, EVENT_MODIFY_STATE, INFINITE, OpenEventW, SetEvent, WaitForSingleObject,
};

use crate::wide::{checked, wide};

/// An event that lets one waiting thread through each time it is set.
#[derive(Debug)]
pub struct Event(OwnedHandle);

impl Event {
    /// Creates the event, or opens it where it exists. Only this user can open it: that is what a process's default access
    /// list says.
    pub fn create(name: &str) -> io::Result<Event> {
        let name = wide(OsStr::new(name));
        // SAFETY: the name ends with zero and lives through the call; no security attributes means the default ones.
        owned(unsafe { CreateEventW(ptr::null(), 0, 0, name.as_ptr()) })
    }

    /// Opens an event that another process has created, to set it.
    pub fn open(name: &str) -> io::Result<Event> {
        let name = wide(OsStr::new(name));
        // SAFETY: the name ends with zero and lives through the call.
        owned(unsafe { OpenEventW(EVENT_MODIFY_STATE, 0, name.as_ptr()) })
    }

    pub fn try_clone(&self) -> io::Result<Event> {
        self.0.try_clone().map(Event)
    }

    pub fn set(&self) -> io::Result<()> {
        // SAFETY: the handle is open while `self` is borrowed.
        checked(unsafe { SetEvent(self.0.as_raw_handle()) })
    }

    /// Blocks until the event is set.
    pub fn wait(&self) -> io::Result<()> {
        // SAFETY: the handle is open while `self` is borrowed.
        let woken = unsafe { WaitForSingleObject(self.0.as_raw_handle(), INFINITE) };
        if woken == WAIT_OBJECT_0 { Ok(()) } else { Err(io::Error::last_os_error()) }
    }
}

fn owned(handle: HANDLE) -> io::Result<Event> {
    if handle.is_null() {
        return Err(io::Error::last_os_error());
    }
    // SAFETY: the call that returned this handle made it for us alone, and nothing else closes it.
    Ok(Event(unsafe { OwnedHandle::from_raw_handle(handle) }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_is_heard_by_name_once_each_time_it_is_set() {
        let name = format!("Global\\winsys-test-{}", std::process::id());
        assert!(Event::open(&name).is_err(), "there is none yet");
        let event = Event::create(&name).unwrap();
        let ear = event.try_clone().unwrap();
        let heard = std::thread::spawn(move || ear.wait().and_then(|()| ear.wait()));
        Event::open(&name).unwrap().set().unwrap();
        while !heard.is_finished() {
            event.set().unwrap();
            std::thread::yield_now();
        }
        heard.join().unwrap().unwrap();
    }
}
