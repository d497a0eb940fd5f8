//! A document being read: the time taken so far, out of the time allowed.

/// Shorter waits, in milliseconds, show nothing: a box that flashes up is only distracting.
const PATIENCE: u64 = 300;

/// The time limit for reading a document, in milliseconds.
const LIMIT: u64 = 10_000;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The document's file name.
    pub name: String,
    /// In milliseconds.
    pub taken: u64,
}

impl Reading {
    pub fn new(name: String) -> Reading {
        Reading { name, taken: 0 }
    }

    pub fn is_shown(&self) -> bool {
        self.taken >= PATIENCE
    }

    /// The percentage of the allowed time used.
    pub fn share(&self) -> u64 {
        self.taken.min(LIMIT) * 100 / LIMIT
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_box_comes_late_and_its_bar_never_overflows() {
        let mut reading = Reading::new("x.docx".into());
        assert!(!reading.is_shown());
        reading.taken = 2_500;
        assert!(reading.is_shown());
        assert_eq!(reading.share(), 25);
        reading.taken = 60_000;
        assert_eq!(reading.share(), 100);
    }
}
