//! Wakes the screen when another program writes the register, without ever asking in between.

use std::path::Path;

use crate::term::Waker;

/// Watches on a thread of its own for as long as the program runs. Where the system cannot tell, others' changes are
/// still taken in with the next key.
#[cfg(target_os = "linux")]
pub fn start(register: &Path, waker: Waker) {
    use rustix::fs::inotify::{self, CreateFlags, WatchFlags};

    let Ok(watch) = inotify::init(CreateFlags::CLOEXEC) else { return };
    let written = WatchFlags::MODIFY | WatchFlags::MOVE_SELF | WatchFlags::DELETE_SELF | WatchFlags::ATTRIB;
    if inotify::add_watch(&watch, register, written).is_err() {
        return;
    }
    let thread = std::thread::Builder::new().name("watch".into()).spawn(move || {
        let mut buffer = [std::mem::MaybeUninit::uninit(); 1024];
        let mut reader = inotify::Reader::new(watch, &mut buffer);
        while reader.next().is_ok() {
            waker.wake();
        }
    });
    drop(thread);
}

#[cfg(not(target_os = "linux"))]
pub fn start(_: &Path, _: Waker) {}
