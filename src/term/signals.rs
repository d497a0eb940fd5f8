//! Signals and the closing of the window, heard on a thread of their own.
//!
//! A flag that the main thread looks at would not do: while it reads or writes, nobody looks, and a window closed under
//! a reading program makes it spin. This thread sleeps in `poll` on two things, the signals and the terminal's end.

use std::io;
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, poll};
use rustix::process::{Signal, getpid, getsid, kill_current_process_group};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::iterator::backend::SignalDelivery;
use signal_hook::iterator::exfiltrator::SignalOnly;
use signal_hook::low_level::emulate_default_handler;

use super::session::Shared;
use crate::problem::Problem;

/// How long the program may take to end by itself once it was told to.
const GRACE: Duration = Duration::from_secs(1);

type Signals = SignalDelivery<UnixStream, SignalOnly>;

/// Starts the thread.
pub(super) fn listen(shared: Arc<Shared>) -> io::Result<()> {
    let (read, write) = UnixStream::pair()?;
    read.set_nonblocking(true)?;
    write.set_nonblocking(true)?;
    let wanted = [SIGTERM, SIGINT, SIGQUIT, SIGHUP, SIGTSTP, SIGCONT, SIGWINCH];
    let mut signals = Signals::with_pipe(read, write, SignalOnly, wanted)?;
    thread::Builder::new().name("signals".into()).spawn(move || {
        loop {
            if window_is_gone(&signals) {
                end(&shared, SIGHUP);
            }
            signals.pending().for_each(|signal| on_signal(&shared, signal));
        }
    })?;
    Ok(())
}

/// Waits for a signal or the end of the terminal; answers whether it was the latter.
fn window_is_gone(signals: &Signals) -> bool {
    let terminal = rustix::stdio::stdin();
    // No event is asked for on the terminal: that it has been hung up is told unasked, and its keys are not for us.
    let mut fds = [PollFd::new(signals.get_read(), PollFlags::IN), PollFd::new(&terminal, PollFlags::empty())];
    match poll(&mut fds, None) {
        Ok(_) => fds[1].revents().intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL),
        // Interrupted by the signal itself, which is pending now.
        Err(_) => false,
    }
}

fn on_signal(shared: &Arc<Shared>, signal: i32) {
    match signal {
        SIGWINCH => shared.tell(|news| news.resized = true),
        SIGTSTP => {
            shared.give_back();
            // Stops every thread; from here on it goes when somebody sends SIGCONT, which is the next signal we hear.
            let _ = emulate_default_handler(SIGTSTP);
        }
        SIGCONT => {
            // Where taking it fails, the window is gone, and the next poll says so.
            let _ = shared.take();
            shared.tell(|news| news.redraw = true);
        }
        fatal => end(shared, fatal),
    }
}

/// Gives the terminal back at once, lets the main thread keep what is half typed, and ends the program if that takes long.
fn end(shared: &Arc<Shared>, signal: i32) {
    let code = 128 + signal;
    if !shared.is_over() {
        shared.give_back();
        shared.tell(|news| news.leave = u8::try_from(code).ok());
        thread::sleep(GRACE);
    }
    std::process::exit(code);
}

/// Stops the whole foreground job, as the terminal itself does on Ctrl-Z outside raw mode.
pub(super) fn stop_program() -> Result<(), Problem> {
    let cannot = |why: &str| Problem::new("Could not be put aside", why, "Press q to leave.");
    if getsid(None).is_ok_and(|leader| leader == getpid()) {
        return Err(cannot("no shell waits behind this window"));
    }
    kill_current_process_group(Signal::TSTP).map_err(|error| cannot(&error.to_string()))
}
