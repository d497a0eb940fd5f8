//! The register and the welcome screen: choosing a plan to walk.

pub mod plans;
pub mod welcome;
