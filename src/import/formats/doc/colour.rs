//! The colours of old Word documents: by number, or as red, green and blue → the word of a rating.

use super::bytes::Bytes;
use crate::import::formats::shade;

/// The sixteen numbered colours, from 1; the first means none.
const NUMBERED: [(u8, u8, u8); 17] = [
    (0xff, 0xff, 0xff),
    (0x00, 0x00, 0x00),
    (0x00, 0x00, 0xff),
    (0x00, 0xff, 0xff),
    (0x00, 0xff, 0x00),
    (0xff, 0x00, 0xff),
    (0xff, 0x00, 0x00),
    (0xff, 0xff, 0x00),
    (0xff, 0xff, 0xff),
    (0x00, 0x00, 0x80),
    (0x00, 0x80, 0x80),
    (0x00, 0x80, 0x00),
    (0x80, 0x00, 0x80),
    (0x80, 0x00, 0x00),
    (0x80, 0x80, 0x00),
    (0x80, 0x80, 0x80),
    (0xc0, 0xc0, 0xc0),
];
/// The pattern that shows only the foreground colour.
const SOLID: u16 = 1;

/// A colour by its number.
pub fn numbered(number: u16) -> Option<&'static str> {
    shade::of_rgb(*NUMBERED.get(usize::from(number))?)
}

/// Red, green and blue; a fourth byte marks that there is none.
pub fn mixed(colour: Bytes) -> Option<&'static str> {
    let is_none = colour.u8(3)? != 0;
    if is_none { None } else { shade::of_rgb((colour.u8(0)?, colour.u8(1)?, colour.u8(2)?)) }
}

/// What a shading fills with: foreground, background and pattern.
pub fn shading(shading: Bytes) -> Option<&'static str> {
    let pattern = shading.u16(8)?;
    mixed(if pattern == SOLID { shading } else { shading.from(4) })
}

/// The same in two bytes.
pub fn short_shading(shading: u16) -> Option<&'static str> {
    let (front, behind, pattern) = (shading & 0x1f, shading >> 5 & 0x1f, shading >> 10);
    numbered(if pattern == SOLID { front } else { behind })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shadings_of_both_forms_are_words() {
        assert_eq!(shading(Bytes(&[0, 0, 0, 0xff, 0x92, 0xd0, 0x50, 0, 0, 0])), Some("Green"));
        assert_eq!(shading(Bytes(&[0xff, 0, 0, 0, 0, 0, 0, 0xff, 1, 0])), Some("Red"));
        assert_eq!(shading(Bytes(&[0, 0, 0, 0xff, 0, 0, 0, 0xff, 0, 0])), None);
        assert_eq!(short_shading(7 << 5), Some("Amber"));
        assert_eq!(short_shading(1 << 10 | 6), Some("Red"));
        assert_eq!(short_shading(0x7fff), None);
    }
}
