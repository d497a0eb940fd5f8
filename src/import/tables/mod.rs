//! Paragraphs and tables → rows whose columns are understood.

pub mod columns;
pub mod gather;
pub mod gathered;
pub mod headings;
pub mod inferred;
pub mod inline;
pub mod inventory;
pub mod minutes;
pub mod overlong;
pub mod remnant;
pub mod sections;
pub mod shapes;
pub mod unread;
pub mod vertical;
