//! Code shared by the benchmarks.

pub mod commit;
pub mod hello;
pub mod ledger;
pub mod register;
pub mod screen;
