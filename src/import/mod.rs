//! Documents → drafts. Nothing here writes; a document that cannot be read ends in one sentence.

pub mod clean;
pub mod columns;
pub mod decode;
pub mod headings;
pub mod limits;
pub mod number;
pub mod table;
pub mod text;
pub mod vocabulary;
