//! What one cell says: who leads, how it is rated, by when, and what has happened so far.

pub mod action_words;
pub mod answers;
pub mod leads;
pub mod progress;
pub mod ratings;
pub mod targets;
