//! Waits, on Windows, for the system to ask the program to end: the window is closed, Ctrl-Break, log-off, shutdown.
//!
//! Windows calls a function of ours on a thread of its own, and ends the program when that function returns. So it stays
//! there until the main thread has saved what was half typed and has ended the program itself. Before a log-off, a shutdown or
//! sleep it waits for the main thread to save.

use std::io;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use winsys::{Ending, Notice};

use super::session::Shared;

/// How long the main thread may take. Windows waits five seconds.
const GRACE: Duration = Duration::from_secs(4);

/// Registers the functions.
pub(super) fn listen(shared: Arc<Shared>) -> io::Result<()> {
    let here = Arc::clone(&shared);
    winsys::on_session(move |notice| heed(&here, notice))?;
    winsys::on_ending(move |ending| end(&shared, ending))
}

fn heed(shared: &Shared, notice: Notice) {
    match notice {
        // Another program may still object, so this one goes on.
        Notice::MayEnd | Notice::Sleeps => shared.keep(GRACE),
        Notice::Ends(ending) => end(shared, ending),
    }
}

/// The console has gone without a word. There is nothing left to wait for.
pub(super) fn window_gone(shared: &Shared) {
    if !shared.is_over() {
        end(shared, Ending::WindowClosed);
    }
}

fn end(shared: &Shared, ending: Ending) {
    let code = code(ending);
    if !shared.is_over() {
        shared.give_back();
        shared.notify(|news| news.leave = Some(code));
        thread::sleep(GRACE);
    }
    std::process::exit(i32::from(code));
}

/// The exit code that the corresponding signal gives elsewhere.
fn code(ending: Ending) -> u8 {
    match ending {
        Ending::WindowClosed => 128 + 1,
        Ending::CtrlC | Ending::CtrlBreak => 128 + 2,
        Ending::LogOff | Ending::ShutDown => 128 + 15,
    }
}
