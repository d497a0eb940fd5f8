//! Process-wide protection, set up before anything else: no core dumps, no plan content in crash messages.

use std::panic;

use super::gate;

/// Called once, first thing.
pub fn install() {
    no_core_dumps();
    survive_file_size_limit();
    // A panic message may quote a document. The source location is enough to fix the bug.
    panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(|at| format!(" ({}:{})", at.file(), at.line())).unwrap_or_default();
        // Not `eprintln!`, which would panic again, and so abort, if standard error has closed with its window.
        gate::error(&format!(
            "arising: Something went wrong inside the program{place}. What was saved is safe; please report it."
        ));
    }));
}

#[cfg(unix)]
fn no_core_dumps() {
    use rustix::process::{Resource, Rlimit, setrlimit};
    // If the system refuses even this, dumps are no worse than for any other program.
    setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) }).ok();
}

/// Makes exceeding a file-size limit a write error instead of a fatal signal.
#[cfg(unix)]
fn survive_file_size_limit() {
    let noticed = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
    signal_hook::flag::register(rustix::process::Signal::XFSZ.as_raw(), noticed).ok();
}

#[cfg(windows)]
fn no_core_dumps() {
    winsys::no_reports();
}

#[cfg(windows)]
fn survive_file_size_limit() {}
