//! The hub, on a real PostgreSQL.

mod kit;
