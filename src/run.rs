//! Opens the screen.

use std::io::IsTerminal;
use std::path::Path;

use crate::cli::context::Clock;
use crate::problem::Problem;

/// The screen on a register; where there is none yet, it offers to make one.
pub fn open(_register: &Path, _clock: &Clock) -> Result<String, Problem> {
    needs_a_terminal()?;
    Err(not_yet())
}

/// The screen on a fresh private copy of the fictional plan.
pub fn demo(_clock: &Clock) -> Result<String, Problem> {
    needs_a_terminal()?;
    Err(not_yet())
}

/// A screen that nobody sees or that hears no keys must not start.
fn needs_a_terminal() -> Result<(), Problem> {
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    if std::io::stdin().is_terminal() && std::io::stdout().is_terminal() && !dumb {
        return Ok(());
    }
    Err(Problem::new(
        "The screen needs a terminal",
        "keyboard or screen is not one here",
        "In scripts use `arising list`, `arising show` and the other commands of `arising --help`.",
    ))
}

fn not_yet() -> Problem {
    Problem::new("The screen could not open", "this build has none", "")
}
