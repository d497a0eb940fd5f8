//! `arising`: reviews safeguarding action plans in meetings.
pub mod cli;
pub mod desk;
pub mod domain;
pub mod env;
pub mod import;
pub mod problem;
pub mod run;
pub mod store;
pub mod text;
pub mod wire;
