//! The walk: moving, changing the selected action, and finding others.

pub mod adding;
pub mod closing;
pub mod doubts;
pub mod editing;
pub mod finding;
pub mod marks;
pub mod moving;
pub mod plan;
pub mod rating;
pub mod target;
pub mod under;
