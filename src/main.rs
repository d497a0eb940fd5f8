//! The program. Everything it does is in the library, so that tests can do it too; here the command line is given the
//! screen.

use std::process::ExitCode;

use arising::{cli, run};

fn main() -> ExitCode {
    cli::main(cli::Screen { open: run::open, show_past: run::show_past, demo: run::demo })
}
