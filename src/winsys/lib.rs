//! The calls to Windows that the standard library does not make, each behind a safe function; empty on other systems.
//!
//! This is the one crate with unsafe code, so it holds nothing else: no rules, no sentences, no decisions.
#![cfg(windows)]

mod access;
mod clipboard;
mod console;
mod crash;
#[cfg(feature = "drive")]
mod drive;
mod event;
mod file;
mod input;
mod job;
mod session;
mod token;
mod wide;
mod withdraw;

pub use access::{copy_access, keep_private};
pub use clipboard::copy;
pub use console::{Ending, Modes, Mouse, on_ending, take_input};
pub use crash::no_reports;
#[cfg(feature = "drive")]
pub use drive::{Console, control, copied, processor_time};
pub use event::Event;
pub use file::{Identity, identity};
pub use input::{Input, Pointer, Report, Stroke};
pub use job::{Job, Limits, memory};
pub use session::{Notice, on_session};
pub use withdraw::{keep_streams, withdraw};
