//! The hub, on a real PostgreSQL.

mod admitting;
mod agencies;
mod erasing;
mod forged;
mod killed;
mod kit;
mod laid;
mod office;
mod page;
mod passwords;
mod proxy;
mod random;
mod screen;
mod server;
mod story;
mod trouble;
mod views;
