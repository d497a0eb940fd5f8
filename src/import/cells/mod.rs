//! What one cell says: who leads, how it is rated, by when, and what has happened so far.

pub mod deeds;
pub mod leads;
pub mod progress;
pub mod ratings;
pub mod targets;
