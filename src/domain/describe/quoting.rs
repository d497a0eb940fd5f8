//! How much of a text a sentence quotes.

use crate::text::{harmless, truncate};

/// How much of a text a short sentence quotes, in columns.
const QUOTED: usize = 60;

/// How much of a text a sentence quotes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quoting {
    /// The beginning: for a line on the screen.
    Beginning,
    Whole,
}

impl Quoting {
    /// A text on one line, in quotes.
    pub(super) fn quote(self, text: &str) -> String {
        let words: Vec<&str> = text.split_whitespace().collect();
        format!("“{}”", self.cut(&words.join(" ")))
    }

    pub(super) fn short(self, text: &str) -> String {
        self.cut(&text.replace('\n', " "))
    }

    fn cut(self, text: &str) -> String {
        match self {
            Quoting::Beginning => truncate(&harmless(text), QUOTED),
            Quoting::Whole => harmless(text).into_owned(),
        }
    }
}
