//! The texts of an old Excel workbook in which passages have fonts of their own, which calamine leaves out.
//!
//! All texts are in one record, which is continued in others. Wherever that happens inside the letters of a text, the continuation says
//! again whether they take one byte or two.

use std::collections::HashMap;

use super::fonts::Fonts;
use super::passages::Passages;
use super::records::{END, Records, long};

/// Kinds of records.
const STRINGS: u16 = 0x00fc;
const CONTINUED: u16 = 0x003c;
/// The bits in front of a text: its letters take two bytes; it has notes on pronunciation; it has fonts of its own.
const WIDE: u8 = 0x01;
const SPOKEN: u8 = 0x04;
const RICH: u8 = 0x08;

/// By their place in the workbook's list.
pub type Texts = HashMap<usize, Passages>;

/// Reads the texts in which a passage says whether it is struck through.
pub fn read(stream: &[u8], fonts: &Fonts) -> Texts {
    let own = Records::new(stream).take_while(|(_, kind, _)| *kind != END);
    let mut parts = own.skip_while(|(_, kind, _)| *kind != STRINGS);
    let first = parts.next().map(|(_, _, data)| data).unwrap_or_default();
    let rest = parts.take_while(|(_, kind, _)| *kind == CONTINUED).map(|(_, _, data)| data);
    let count = first.get(4..).and_then(long).unwrap_or(0);
    let mut strings = Strings { part: first.get(8..).unwrap_or_default(), rest: rest.collect() };
    strings.rest.reverse();
    let mut texts = Texts::new();
    for at in 0..count {
        let Some(text) = strings.text(fonts) else { break };
        texts.extend(Some(text).filter(Passages::differ).map(|text| (at, text)));
    }
    texts
}

/// What is still to be read.
struct Strings<'a> {
    part: &'a [u8],
    /// Later parts, the last first.
    rest: Vec<&'a [u8]>,
}

impl Strings<'_> {
    /// The passages of the next text; `None` where there is no further text.
    fn text(&mut self, fonts: &Fonts) -> Option<Passages> {
        let length = self.short()?;
        let flags = self.byte()?;
        let runs = if flags & RICH == 0 { 0 } else { self.short()? };
        let spoken = if flags & SPOKEN == 0 { 0 } else { self.long()? };
        let letters = self.letters(length.into(), flags & WIDE != 0)?;
        let mut changes = Vec::new();
        for _ in 0..runs {
            changes.push((usize::from(self.short()?), fonts.is_struck(self.short()?)));
        }
        self.skip(spoken)?;
        Some(passages(&letters, &changes))
    }

    fn letters(&mut self, length: usize, mut is_wide: bool) -> Option<Vec<u16>> {
        let mut letters = Vec::new();
        while letters.len() < length {
            if self.part.is_empty() {
                self.part = self.rest.pop()?;
                is_wide = self.byte()? & WIDE != 0;
            }
            let letter = if is_wide { self.short()? } else { self.byte()?.into() };
            letters.push(letter);
        }
        Some(letters)
    }

    fn byte(&mut self) -> Option<u8> {
        if self.part.is_empty() {
            self.part = self.rest.pop()?;
        }
        let (first, rest) = self.part.split_first()?;
        self.part = rest;
        Some(*first)
    }

    fn short(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes([self.byte()?, self.byte()?]))
    }

    fn long(&mut self) -> Option<usize> {
        let bytes = [self.byte()?, self.byte()?, self.byte()?, self.byte()?];
        usize::try_from(u32::from_le_bytes(bytes)).ok()
    }

    fn skip(&mut self, mut count: usize) -> Option<()> {
        while count > self.part.len() {
            count -= self.part.len();
            self.part = self.rest.pop()?;
        }
        self.part = self.part.get(count..)?;
        Some(())
    }
}

/// The passages of a text, given where each begins; what comes before the first looks as the cell does.
fn passages(letters: &[u16], changes: &[(usize, bool)]) -> Passages {
    let mut passages = Passages::default();
    let mut add = |from: usize, to: usize, is_struck: Option<bool>| {
        if let Some(letters) = letters.get(from..to.min(letters.len())).filter(|letters| !letters.is_empty()) {
            passages.push(String::from_utf16_lossy(letters), is_struck);
        }
    };
    add(0, changes.first().map_or(letters.len(), |(from, _)| *from), None);
    let ends = changes.iter().skip(1).map(|(from, _)| *from).chain([letters.len()]);
    for ((from, is_struck), end) in changes.iter().zip(ends) {
        add(*from, end, Some(*is_struck));
    }
    passages
}
