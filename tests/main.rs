//! Every test from outside the program, in one binary: what users, scripts and other programs rely on, and the rules of
//! the house.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test fails by panicking"
)]

mod cli;
#[cfg(all(feature = "hub", unix))]
mod hub;
mod kit;
mod reading;
mod register;
mod reports;
mod screen;
mod store;
mod terminal;
mod tidy;
mod whole;
