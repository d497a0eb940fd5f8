//! `arising`: reviews safeguarding action plans in meetings.
pub mod app;
pub mod demo;
pub mod domain;
pub mod problem;
pub mod term;
