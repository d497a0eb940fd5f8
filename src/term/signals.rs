//! Waits for signals and the closing of the window on a separate thread.
//!
//! A flag checked by the main thread would not do: it goes unchecked while that thread reads or writes, and a window
//! that closes under a reading program makes it spin. This thread sleeps in `poll` on two things: signals and the
//! terminal's hang-up.

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

/// How long the program may take to end by itself once asked to.
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

/// Waits for a signal or the terminal's hang-up; returns whether it was the latter.
fn window_is_gone(signals: &Signals) -> bool {
    let terminal = rustix::stdio::stdin();
    // No events are requested for the terminal: a hang-up is reported anyway, and its keys are not for this thread.
    let mut fds = [PollFd::new(signals.get_read(), PollFlags::IN), PollFd::new(&terminal, PollFlags::empty())];
    match poll(&mut fds, None) {
        Ok(_) => fds[1].revents().intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL),
        // Interrupted by the signal itself, which is now pending.
        Err(_) => false,
    }
}

fn on_signal(shared: &Arc<Shared>, signal: i32) {
    match signal {
        SIGWINCH => shared.notify(|news| news.resized = true),
        SIGTSTP => {
            shared.give_back();
            // Stops every thread until SIGCONT arrives, which is the next signal received here.
            let _ = emulate_default_handler(SIGTSTP);
        }
        SIGCONT => {
            // If this fails, the window has gone, and the next poll reports that.
            let _ = shared.take();
            shared.notify(|news| news.redraw = true);
        }
        fatal => end(shared, fatal),
    }
}

/// Restores the terminal at once, lets the main thread save drafts, and ends the program if that takes too long.
fn end(shared: &Arc<Shared>, signal: i32) {
    let code = 128 + signal;
    if !shared.is_over() {
        shared.give_back();
        shared.notify(|news| news.leave = u8::try_from(code).ok());
        thread::sleep(GRACE);
    }
    std::process::exit(code);
}

/// Suspends the whole foreground job, as the terminal does on Ctrl-Z outside raw mode.
pub(super) fn stop_program() -> Result<(), Problem> {
    let cannot = |why: &str| Problem::new("Could not suspend the program", why, "Press q to quit.");
    if getsid(None).is_ok_and(|leader| leader == getpid()) {
        return Err(cannot("no shell is waiting behind this window"));
    }
    kill_current_process_group(Signal::TSTP).map_err(|error| cannot(&error.to_string()))
}
