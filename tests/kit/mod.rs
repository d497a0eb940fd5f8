//! What the tests share.

pub mod board;
pub mod demo;
pub mod desk;
#[cfg(windows)]
pub mod driver;
pub mod folder;
pub mod headless;
#[cfg(unix)]
pub mod pty;
#[cfg(windows)]
#[path = "console.rs"]
pub mod pty;
pub mod published;
#[cfg(all(feature = "hub", unix))]
pub mod server;
pub mod snapshot;
pub mod story;
pub mod svg;
