//! `arising`: reviews safeguarding action plans in meetings.
pub mod cli;
pub mod domain;
pub mod import;
pub mod problem;
pub mod run;
