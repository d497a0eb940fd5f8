//! The hub, on a real PostgreSQL.

mod agencies;
mod kit;
mod office;
mod server;
mod story;
