//! The welcome screen: an empty register offers three ways to begin.

/// The options on the welcome screen, in the order shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offer {
    Demo,
    Import,
    Empty,
}

impl Offer {
    pub const ALL: [Offer; 3] = [Offer::Demo, Offer::Import, Offer::Empty];
}

/// The selected option.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Welcome {
    pub cursor: usize,
}

impl Welcome {
    pub fn offer(self) -> Offer {
        Offer::ALL.get(self.cursor).copied().unwrap_or(Offer::Demo)
    }

    pub fn step(&mut self, by: isize) {
        self.cursor = self.cursor.saturating_add_signed(by).min(Offer::ALL.len() - 1);
    }
}
