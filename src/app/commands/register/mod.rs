//! The register and the start: which plan to walk.

pub mod plans;
pub mod welcome;
