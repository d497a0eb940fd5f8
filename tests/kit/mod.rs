//! What the tests share.
#![allow(dead_code, reason = "each test binary uses a part of the kit")]

pub mod board;
pub mod headless;
pub mod pty;
pub mod story;
pub mod svg;
