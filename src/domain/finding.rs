//! A finding: what the review found.

pub use super::thing::Finding;

impl Finding {
    pub fn number(&self) -> &str {
        self.number.get().map_or("", String::as_str)
    }

    pub fn text(&self) -> &str {
        self.text.get().map_or("", String::as_str)
    }
}
