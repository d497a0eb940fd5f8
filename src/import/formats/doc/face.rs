//! How characters of an old Word document look: changed, hidden, coloured, and in which font.

use super::bytes::Bytes;
use super::colour;
use super::sprm::{Change, changes};
use super::styles::Styles;

/// The code that names a character style.
const STYLE: u16 = 0x4a30;

/// What matters about the look of some characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Face {
    pub revision: Revision,
    pub is_hidden: bool,
    through: Through,
    /// Whether control characters represent something that Word draws there.
    pub is_special: bool,
    marked: Option<&'static str>,
    filled: Option<&'static str>,
    own: Option<&'static str>,
    pub font: u16,
    /// A character of a font, in place of the one in the text.
    pub symbol: Option<Symbol>,
    /// Where in the data stream an object is.
    pub object: Option<usize>,
}

/// Whether one line is drawn through some characters, and whether two are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Through {
    one: bool,
    two: bool,
}

/// The colour behind some characters, and their own colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Colours {
    pub behind: Option<&'static str>,
    pub own: Option<&'static str>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Symbol {
    pub font: u16,
    pub code: u16,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Revision {
    #[default]
    None,
    Inserted,
    Deleted,
}

impl Face {
    /// Applies a list of changes to some characters, after those of the style that the list names.
    pub fn change_all(&mut self, list: Bytes, styles: &Styles) {
        let named = changes(list).filter(|change| change.code == STYLE).last();
        if let Some(style) = named.and_then(|change| change.number()) {
            styles.characters(style).for_each(|list| self.change_by_style(list));
        }
        self.change_by_style(list);
    }

    /// Applies a list of changes. Where a change refers to the style, that is the face so far.
    pub fn change_by_style(&mut self, list: Bytes) {
        let base = *self;
        changes(list).for_each(|change| self.change(change, base));
    }

    pub fn change(&mut self, change: Change, base: Face) {
        let value = change.value;
        match change.code {
            0x0800 if change.is_on() => self.revision = Revision::Deleted,
            0x0801 if change.is_on() && self.revision == Revision::None => self.revision = Revision::Inserted,
            0x083c => self.is_hidden = toggled(change, base.is_hidden),
            0x0837 => self.through.one = toggled(change, base.through.one),
            0x2a53 => self.through.two = toggled(change, base.through.two),
            0x0855 => self.is_special = change.is_on(),
            0x2a0c => self.marked = change.number().filter(|number| *number != 0).and_then(colour::numbered),
            0x4866 => self.filled = value.u16(0).and_then(colour::short_shading),
            0xca71 => self.filled = colour::shading(value),
            0x2a42 => self.own = change.number().filter(|number| *number != 0).and_then(colour::numbered),
            0x6870 => self.own = colour::mixed(value),
            0x4a4f => self.font = change.number().unwrap_or(0),
            0x6a09 => self.symbol = value.u16(0).zip(value.u16(2)).map(|(font, code)| Symbol { font, code }),
            0x6a03 => self.object = value.size(0),
            _ => {}
        }
    }

    /// Whether a line or two are drawn through the characters.
    pub fn is_struck(self) -> bool {
        self.through.one || self.through.two
    }

    pub fn colours(self) -> Colours {
        Colours { behind: self.marked.or(self.filled), own: self.own }
    }
}

/// 0x80 means as in the style, 0x81 the opposite.
fn toggled(change: Change, base: bool) -> bool {
    match change.number() {
        Some(0x80) => base,
        Some(0x81) => !base,
        Some(0) | None => false,
        Some(_) => true,
    }
}
