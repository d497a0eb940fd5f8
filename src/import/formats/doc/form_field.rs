//! The fields of forms in old Word documents: what was ticked or chosen is kept beside the text.

use super::bytes::Bytes;

/// The value of a field that was never changed.
const UNTOUCHED: u16 = 25;
/// Where the entry of a field says how long its own head is.
const HEAD: usize = 4;
/// The kinds of field whose value is kept; the words of a field for text stand in the text itself.
const BOX: u16 = 1;
const CHOICE: u16 = 2;
/// Words about a field between its usual value and its choices: their form, two helps, two macros.
const ABOUT: usize = 5;

/// The tick of a box, or what was chosen from a list.
pub fn chosen(entry: Bytes) -> Option<String> {
    let head = usize::from(entry.u16(HEAD)?);
    let form = entry.from(head);
    let bits = form.u16(4).filter(|_| form.u32(0) == Some(u32::MAX))?;
    let (kind, own) = (bits & 3, bits >> 2 & 0x1f);
    let (_, name) = form.words(10)?;
    let value = || if own == UNTOUCHED { form.u16(name + 2) } else { Some(own) };
    match kind {
        BOX => Some(if value()? == 0 { "☐" } else { "☒" }.to_owned()),
        CHOICE => choice(form, name + 4, usize::from(value()?)),
        _ => None,
    }
}

/// One of the words that can be chosen; `at` is where the words about the field begin.
fn choice(form: Bytes, mut at: usize, wanted: usize) -> Option<String> {
    for _ in 0..ABOUT {
        // Two bytes of nothing stand behind each.
        at = form.words(at)?.1 + 2;
    }
    // A mark, the number of choices, and how much stands beside each, which is nothing.
    at += 6;
    for _ in 0..wanted {
        at = form.words(at)?.1;
    }
    form.words(at).map(|(words, _)| words)
}
