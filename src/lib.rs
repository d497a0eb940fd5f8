//! `arising`: reviews safeguarding action plans in meetings.
pub mod problem;
pub mod text;
pub mod env;
pub mod domain;
pub mod wire;
pub mod store;
pub mod stub;
pub mod desk;
pub mod app;
pub mod view;
pub mod term;
