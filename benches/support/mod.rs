//! What the measurements share.

pub mod commit;
pub mod hello;
pub mod ledger;
pub mod register;
pub mod screen;
