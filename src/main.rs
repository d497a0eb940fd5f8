//! The program. Everything it does is in the library, so that tests can do it too; here the command line is given the
//! screen.

use std::process::ExitCode;

use arising::{cli, run};

fn main() -> ExitCode {
    cli::main(cli::Screen { open: run::open, look_back: run::look_back, demo: run::demo })
}
