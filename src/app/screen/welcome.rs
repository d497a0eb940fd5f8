//! The first screen of all: a register without plans offers three ways on.

/// What the start offers, in the order shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offer {
    Demo,
    Import,
    Empty,
}

impl Offer {
    pub const ALL: [Offer; 3] = [Offer::Demo, Offer::Import, Offer::Empty];
}

/// Which offer the cursor is on.
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
