//! Word's lists of single property changes, "sprms": a code (what changes, how long the value is) and the value.

use super::bytes::Bytes;

/// Codes whose lengths follow no rule.
const TABLE_SHAPE: u16 = 0xd608;
const TAB_STOPS: u16 = 0xc615;
/// Changes in one list. Word writes some fifty about a table row.
const MOST: usize = 1_000;

/// One change: what is changed, and the value without its length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change<'a> {
    pub code: u16,
    pub value: Bytes<'a>,
}

impl Change<'_> {
    /// The value as a small number.
    pub fn number(&self) -> Option<u16> {
        self.value.u16(0).or_else(|| self.value.u8(0).map(u16::from))
    }

    pub fn is_on(&self) -> bool {
        self.value.u8(0).is_some_and(|value| value != 0)
    }
}

/// The changes of a list, up to its end or the first that is cut off.
pub fn changes(list: Bytes<'_>) -> impl Iterator<Item = Change<'_>> {
    let mut rest = list;
    std::iter::from_fn(move || {
        let code = rest.u16(0)?;
        let (before, length) = extent(code, rest.from(2))?;
        let value = rest.part(2 + before, length)?;
        rest = rest.from(2 + before + length);
        Some(Change { code, value })
    })
    .take(MOST)
}

/// How many bytes give the length of a value, and the length.
fn extent(code: u16, rest: Bytes) -> Option<(usize, usize)> {
    match (code, code >> 13) {
        // It also counts one of the two bytes of the length.
        (TABLE_SHAPE, _) => Some((2, usize::from(rest.u16(0)?).checked_sub(1)?)),
        (TAB_STOPS, _) if rest.u8(0)? == 255 => {
            let gone = usize::from(rest.u8(1)?) * 4;
            Some((1, 2 + gone + usize::from(rest.u8(2 + gone)?) * 3))
        }
        (_, 0 | 1) => Some((0, 1)),
        (_, 2 | 4 | 5) => Some((0, 2)),
        (_, 3) => Some((0, 4)),
        (_, 7) => Some((0, 3)),
        (_, _) => Some((1, usize::from(rest.u8(0)?))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_of_every_length_are_distinguished() {
        let list = [
            &[0x16, 0x24, 1][..],
            &[0x0b, 0x46, 7, 0],
            &[0x49, 0x66, 2, 0, 0, 0],
            &[0x08, 0xd6, 3, 0, 9, 9],
            &[0x15, 0xc6, 255, 1, 0, 0, 0, 0, 1, 0, 0, 0],
            &[0x12, 0xd6, 2, 5, 6],
            &[0x17, 0x24, 1],
            &[0x12, 0xd6, 200, 5],
        ]
        .concat();
        let found: Vec<(u16, usize)> = changes(Bytes(&list)).map(|change| (change.code, change.value.len())).collect();
        let wanted = [(0x2416, 1), (0x460b, 2), (0x6649, 4), (0xd608, 2), (0xc615, 9), (0xd612, 2), (0x2417, 1)];
        assert_eq!(found, wanted);
    }
}
