//! `arising`: reviews safeguarding action plans in meetings.
pub mod domain;
pub mod import;
pub mod problem;
pub mod text;
