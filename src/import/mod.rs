//! Documents → drafts. Nothing here writes; a document that cannot be read ends in one sentence.

pub mod clean;
pub mod columns;
pub mod decode;
pub mod gather;
pub mod headings;
pub mod limits;
pub mod number;
pub mod progress;
pub mod ratings;
mod remnant;
pub mod sections;
pub mod table;
pub mod targets;
pub mod text;
pub mod vocabulary;
