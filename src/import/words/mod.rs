//! The words by which plans are understood: the built-in vocabulary, your own, and what was said about columns.

pub mod clean;
pub mod column_choices;
pub mod mappings;
pub mod number;
pub mod own_words;
pub mod roles;
pub mod spelling;
pub mod taught;
pub mod vocabulary;
