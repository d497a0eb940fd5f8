//! The hub, on a real PostgreSQL.

mod kit;
mod office;
mod story;
