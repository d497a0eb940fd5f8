//! The walk: moving in it, changing the action under the cursor, finding others.

pub mod adding;
pub mod doubts;
pub mod editing;
pub mod finding;
pub mod moving;
pub mod plan;
pub mod rating;
