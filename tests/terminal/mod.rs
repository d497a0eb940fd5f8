//! The program in a real terminal, and what survives when it or its disk fails.

#[cfg(windows)]
mod console;
mod endurance;
#[cfg(unix)]
mod module;
mod program;
