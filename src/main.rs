//! The program. Everything it does is in the library, so that tests can do it too; here the command line is given the
//! screen.

use std::process::ExitCode;

use arising::{cli, run};

fn main() -> ExitCode {
    with_room(|| {
        cli::main(cli::Screen {
            open: run::open,
            show_past: run::show_past,
            demo: run::demo,
            plain: run::plain::open,
            present: run::room::present,
        })
    })
}

/// A program's first thread has room for 8 MB of nested calls, and so has this.
#[cfg(unix)]
fn with_room(program: fn() -> ExitCode) -> ExitCode {
    program()
}

/// On Windows it has a quarter of that unless the linker is told, each in its own way; a thread is the same everywhere.
#[cfg(windows)]
fn with_room(program: fn() -> ExitCode) -> ExitCode {
    const ROOM: usize = 8 << 20;
    match std::thread::Builder::new().stack_size(ROOM).spawn(program) {
        Ok(thread) => thread.join().unwrap_or(ExitCode::from(101)),
        Err(_) => program(),
    }
}
