//! Overlays that take the keys: forms, lists to choose from, the entry line, help.

pub mod choice;
pub mod form;
pub mod help;
pub mod line;
pub mod splitting;
