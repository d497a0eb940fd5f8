//! `arising`: reviews safeguarding action plans in meetings.
pub mod app;
pub mod cli;
pub mod demo;
pub mod desk;
pub mod domain;
pub mod env;
pub mod import;
pub mod intake;
pub mod problem;
pub mod run;
pub mod store;
pub mod term;
pub mod text;
pub mod view;
pub mod wire;
