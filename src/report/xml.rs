//! What the tag-based formats share: escaped text, and the background colours of ratings.

use crate::domain::rating::Hue;
use crate::text;

/// Text that cannot be read as a tag, an entity or the end of an attribute, and holds nothing that XML forbids.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text::harmless(text).chars() {
        match letter {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(letter),
        }
    }
    out
}

/// A rating's background and text colours as six hexadecimal digits; their contrast is at least 6.
pub fn colours(hue: Hue) -> (&'static str, &'static str) {
    match hue {
        Hue::Red => ("B10E1E", "FFFFFF"),
        Hue::Amber => ("FFB000", "000000"),
        Hue::Green => ("00703C", "FFFFFF"),
        Hue::Blue => ("1D70B8", "FFFFFF"),
        Hue::Grey => ("D9D9D9", "000000"),
    }
}
