//! The register itself: merging copies, and the format in which changes are written.

mod convergence;
mod format;
