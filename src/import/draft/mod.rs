//! Gathered rows → a draft; and drafts that a document holds ready-made: JSON and returns.

pub mod assemble;
pub mod json;
pub mod returned;
