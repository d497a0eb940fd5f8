//! A plan: one review's action plan, with its own rating scheme, key, glossary and source.

pub use super::thing::Plan;

impl Plan {
    pub fn slug(&self) -> &str {
        self.slug.get().map_or("", String::as_str)
    }

    /// Empty for none.
    pub fn marking(&self) -> &str {
        self.marking.get().map_or(super::marking::USUAL, String::as_str)
    }

    pub fn title(&self) -> &str {
        self.title.get().map_or_else(|| self.slug(), String::as_str)
    }
}
