//! Form fields in old Word documents: what was ticked or chosen is kept outside the text.

use super::bytes::Bytes;

/// The value of a field that was never changed.
const UNTOUCHED: u16 = 25;
/// Where a field's entry gives the length of its header.
const HEAD: usize = 4;
/// The kinds of field whose value is kept; the text of a text field is in the main text.
const BOX: u16 = 1;
const CHOICE: u16 = 2;
/// Texts about a field between its default and its choices: format, two help texts, two macros.
const ABOUT: usize = 5;

/// The tick of a box, or the choice from a list.
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

/// One of the texts to choose from; `at` is where the texts about the field begin.
fn choice(form: Bytes, mut at: usize, wanted: usize) -> Option<String> {
    for _ in 0..ABOUT {
        // Two zero bytes follow each.
        at = form.words(at)?.1 + 2;
    }
    // A mark, the number of choices, and the size of extra data for each, which is zero.
    at += 6;
    for _ in 0..wanted {
        at = form.words(at)?.1;
    }
    form.words(at).map(|(words, _)| words)
}
