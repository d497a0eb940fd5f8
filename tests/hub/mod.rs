//! The hub, on a real PostgreSQL.

mod kit;
mod laid;
mod views;
