//! A plan: one review's action plan, with its own rating scheme, key, glossary and source.

use chrono::NaiveDate;

pub use super::thing::Plan;

impl Plan {
    pub fn slug(&self) -> &str {
        self.slug.get().map_or("", String::as_str)
    }

    /// Empty for none.
    pub fn marking(&self) -> &str {
        self.marking.get().map_or(super::marking::USUAL, String::as_str)
    }

    /// When the board decides whether it is still needed.
    pub fn review_on(&self) -> Option<NaiveDate> {
        self.review_on.get().copied().flatten()
    }

    /// From when it is no longer kept.
    pub fn dispose_on(&self) -> Option<NaiveDate> {
        self.dispose_on.get().copied().flatten()
    }

    pub fn title(&self) -> &str {
        self.title.get().map_or_else(|| self.slug(), String::as_str)
    }
}
