//! A region on one hub: boards of 50 plans with 30 actions each, after five years: `cargo bench --bench hub --features hub`,
//! and with `-- 13` only that many boards. Needs PostgreSQL's server programs; runs them itself, in a temporary folder.
//!
//! One board's log is written by the program and pushed by its client; the other boards get the same rows under other
//! identities, copied by the server, with triggers and foreign keys off.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a measurement")]

#[cfg(unix)]
#[path = "hub/measured.rs"]
mod measured;
#[cfg(unix)]
#[path = "support/region.rs"]
mod region;
#[cfg(unix)]
#[path = "support/register.rs"]
#[allow(dead_code, reason = "some of it is for other measurements only")]
mod register;
#[cfg(unix)]
#[path = "../tests/kit/server.rs"]
#[allow(dead_code, reason = "some of it is for the tests only")]
mod server;

fn main() {
    #[cfg(unix)]
    if std::env::args().any(|argument| argument == "--bench") {
        measured::run();
    }
}
