//! The fields of forms in old Word documents: what was ticked or chosen is kept beside the text.

use super::bytes::Bytes;

/// The value of a field that was never changed.
const UNTOUCHED: u16 = 25;
/// What the entry of a field holds: the length of its own head stands here.
const HEAD: usize = 4;
const BOX: u16 = 1;

/// The tick of a box; nothing for a field of text, whose words stand in the text itself.
pub fn chosen(entry: Bytes) -> Option<char> {
    let head = usize::from(entry.u16(HEAD)?);
    let form = entry.from(head);
    let bits = form.u16(4).filter(|_| form.u32(0) == Some(u32::MAX))?;
    let (kind, value) = (bits & 3, bits >> 2 & 0x1f);
    if kind != BOX {
        return None;
    }
    let is_ticked = if value == UNTOUCHED { usual(form)? } else { value };
    Some(if is_ticked == 0 { '☐' } else { '☒' })
}

/// The value that a box begins with, behind its name.
fn usual(form: Bytes) -> Option<u16> {
    let name = usize::from(form.u16(10)?) * 2;
    form.u16(12 + name + 2)
}
