//! The written form of the domain: log lines and drafts as JSON, the snapshot as compact bytes.
//!
//! In reading order: how a domain type gets a written form (`mirror`), ids and dates (`scalar`), the other types (`noun`),
//! a field with its value (`value`), a line of the log ([`mod@line`]), a batch's cause ([`cause`]), a [`bundle`], a draft ([`draft`]) and
//! the cache of a whole register ([`snapshot`]). docs/FORMAT.md shows each of them.

pub mod bundle;
pub mod cause;
pub mod draft;
mod ids;
pub mod line;
mod mirror;
mod noun;
mod outlines;
pub mod renamed;
mod runs;
mod scalar;
pub mod snapshot;
pub mod value;
mod words;

pub use scalar::partial_date;
