//! Which properties apply where: Word keeps them in pages of 512 bytes, each a list of places in the file.

use super::bytes::Bytes;
use super::plc::Places;

const PAGE: usize = 512;
/// The significant bits of a page's number.
const NUMBER: u32 = 0x003f_ffff;

/// The properties of all characters, or of all paragraphs.
#[derive(Clone, Copy, Debug)]
pub struct Runs<'a> {
    pub kind: RunKind,
    pub pages: Places<'a>,
    /// The stream that holds the pages and the text.
    pub word: Bytes<'a>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunKind {
    Characters,
    Paragraphs,
}

/// A stretch of the file with the same properties.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Run<'a> {
    /// Where it ends in the stream.
    pub end: usize,
    /// The style, for a paragraph.
    pub style: u16,
    pub changes: Bytes<'a>,
}

impl<'a> Runs<'a> {
    /// The run that a place in the stream belongs to.
    pub fn at(self, offset: usize) -> Option<Run<'a>> {
        let number = self.pages.record(self.pages.find(offset)?)?.u32(0)? & NUMBER;
        let page = self.word.part(usize::try_from(number).ok()?.checked_mul(PAGE)?, PAGE)?;
        let count = usize::from(page.u8(PAGE - 1)?);
        let record = if self.kind == RunKind::Characters { 1 } else { 13 };
        let list = page.part(0, 4 + count * (4 + record))?;
        let places = Places::new(list, record);
        let at = places.find(offset)?;
        let run = Run { end: places.position(at + 1)?, ..Run::default() };
        let place = usize::from(places.record(at)?.u8(0)?) * 2;
        if place == 0 {
            return Some(run);
        }
        match self.kind {
            RunKind::Characters => {
                let length = usize::from(page.u8(place)?);
                Some(Run { changes: page.part(place + 1, length).unwrap_or_default(), ..run })
            }
            RunKind::Paragraphs => Some(paragraph(page, place, run)),
        }
    }
}

/// The length counts pairs of bytes, less one byte where it is stored in a single byte.
fn paragraph<'a>(page: Bytes<'a>, place: usize, run: Run<'a>) -> Run<'a> {
    let (first, second) = (page.u8(place).unwrap_or(0), page.u8(place + 1).unwrap_or(0));
    let content = if first == 0 {
        page.part(place + 2, usize::from(second) * 2)
    } else {
        page.part(place + 1, usize::from(first) * 2 - 1)
    };
    let content = content.unwrap_or_default();
    Run { style: content.u16(0).unwrap_or(0), changes: content.from(2), ..run }
}
