//! `arising`: reviews safeguarding action plans in meetings.
pub mod desk;
pub mod domain;
pub mod env;
pub mod import;
pub mod problem;
pub mod store;
pub mod stub;
pub mod text;
pub mod wire;
