//! Numbers in a block of bytes, by position: beyond its end there is nothing, and no length is trusted.

/// A block of a Word file. Its numbers have the lowest byte first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bytes<'a>(pub &'a [u8]);

impl<'a> Bytes<'a> {
    pub fn len(self) -> usize {
        self.0.len()
    }

    pub fn u8(self, at: usize) -> Option<u8> {
        self.0.get(at).copied()
    }

    pub fn u16(self, at: usize) -> Option<u16> {
        self.array(at).map(u16::from_le_bytes)
    }

    pub fn i16(self, at: usize) -> Option<i16> {
        self.array(at).map(i16::from_le_bytes)
    }

    pub fn u32(self, at: usize) -> Option<u32> {
        self.array(at).map(u32::from_le_bytes)
    }

    /// A number that says where something is or how long it is.
    pub fn size(self, at: usize) -> Option<usize> {
        usize::try_from(self.u32(at)?).ok()
    }

    /// This many bytes; `None` where there are fewer.
    pub fn part(self, at: usize, length: usize) -> Option<Bytes<'a>> {
        self.0.get(at..at.checked_add(length)?).map(Bytes)
    }

    /// Everything from a position on.
    pub fn from(self, at: usize) -> Bytes<'a> {
        Bytes(self.0.get(at..).unwrap_or_default())
    }

    /// Text with two bytes per letter and its length in front; and where it ends.
    pub fn words(self, at: usize) -> Option<(String, usize)> {
        let length = usize::from(self.u16(at)?) * 2;
        let letters = self.part(at + 2, length)?;
        Some((letters.wide(), at + 2 + length))
    }

    /// All of it as letters of two bytes each.
    pub fn wide(self) -> String {
        let units: Vec<u16> = self.0.chunks_exact(2).filter_map(|pair| Bytes(pair).u16(0)).collect();
        String::from_utf16_lossy(&units)
    }

    fn array<const N: usize>(self, at: usize) -> Option<[u8; N]> {
        self.part(at, N)?.0.try_into().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_beyond_the_end_is_absent() {
        let bytes = Bytes(&[1, 2, 3, 4, 5]);
        assert_eq!((bytes.u16(0), bytes.u32(1), bytes.u8(4)), (Some(0x0201), Some(0x0504_0302), Some(5)));
        assert_eq!((bytes.u16(4), bytes.u32(usize::MAX), bytes.u8(5)), (None, None, None));
        assert_eq!((bytes.part(3, 2), bytes.part(3, usize::MAX)), (Some(Bytes(&[4, 5])), None));
        assert_eq!(Bytes(&[2, 0, b'o', 0, b'k', 0]).words(0), Some(("ok".into(), 6)));
        assert_eq!(Bytes(&[3, 0, b'o', 0]).words(0), None);
    }
}
