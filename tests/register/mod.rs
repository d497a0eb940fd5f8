//! The register itself: copies that are brought together, and the form in which changes are written.

mod convergence;
mod format;
