//! The help overlay: what works here now, and why the rest does not.

use crate::app::key::{Key, KeyCode};

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Help {
    /// Lines scrolled away.
    pub top: u16,
}

impl Help {
    /// Scrolls; only the view knows the limit, so this does not check it.
    pub fn press(&mut self, key: Key) {
        let by: i16 = match key.code {
            KeyCode::Down | KeyCode::Char('j') => 1,
            KeyCode::Up | KeyCode::Char('k') => -1,
            KeyCode::PageDown | KeyCode::Char(' ') => 10,
            KeyCode::PageUp => -10,
            _ => 0,
        };
        self.top = self.top.saturating_add_signed(by);
    }
}
