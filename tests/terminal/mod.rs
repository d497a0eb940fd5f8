//! The program in a real terminal, and what survives when it or its disk fails.
#![cfg(unix)]

mod endurance;
mod module;
mod program;
