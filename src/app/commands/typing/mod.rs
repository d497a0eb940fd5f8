//! What lies over a screen and takes the keys: forms, lists to choose from, the line at the foot, help.

pub mod choice;
pub mod form;
pub mod help;
pub mod line;
