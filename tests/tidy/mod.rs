//! The rules of the house, read off the source: who may use whom, how long things may be, and what may not be written.
//!
//! A reader of docs/ARCHITECTURE.md may rely on every statement there about layers, because a breach fails here.

mod circles;
mod house;
mod layers;
mod map;
mod named;
// Under Wine there is no cargo to ask; what it says of the usual build is the same everywhere.
#[cfg(unix)]
mod network;
mod pipeline;
mod source;
mod twins;

fn assert_none(breaches: &[String]) {
    assert!(breaches.is_empty(), "\n{}\n", breaches.join("\n"));
}
