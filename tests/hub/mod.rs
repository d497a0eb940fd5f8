//! The hub, on a real PostgreSQL.

mod agencies;
mod erasing;
mod killed;
mod kit;
mod laid;
mod office;
mod page;
mod passwords;
mod proxy;
mod random;
mod server;
mod story;
mod trouble;
mod views;
