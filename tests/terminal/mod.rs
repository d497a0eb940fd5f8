//! The program in a real terminal, and what survives when it or its disk fails.

#[cfg(windows)]
mod console;
#[cfg(windows)]
mod console_ends;
#[cfg(windows)]
mod console_keys;
#[cfg(windows)]
mod console_pictures;
mod copies;
mod endurance;
#[cfg(unix)]
mod first_screen;
#[cfg(unix)]
mod killed;
#[cfg(unix)]
mod manual;
#[cfg(unix)]
mod module;
#[cfg(unix)]
mod opening;
mod program;
#[cfg(unix)]
mod quarter;
#[cfg(unix)]
mod room;
#[cfg(unix)]
mod sealing;
#[cfg(unix)]
mod typing;
