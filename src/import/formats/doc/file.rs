//! The compound file around an old Word document, and the header of the document, which says where everything is.

use std::io::{Cursor, Read};
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::bytes::Bytes;
use crate::import::formats::zip_parts::{OLE, damaged, protected};
use crate::problem::Problem;

/// How the main stream begins in Word 97 and later, and in all earlier versions.
const WORD_97: u16 = 0xa5ec;
const WORD_95: [u16; 3] = [0xa5dc, 0xa59b, 0xa697];
/// The oldest version with the format read here.
const VERSION: u16 = 0x00c1;
/// Where the pairs of place and length begin, if the parts before them have the usual length.
const PAIRS: usize = 0x9a;
/// Where the lengths of the texts are.
const LENGTHS: usize = 0x4c;

/// The streams of a Word document.
#[derive(Clone, Debug, Default)]
pub struct File {
    pub word: Vec<u8>,
    pub table: Vec<u8>,
    pub data: Vec<u8>,
}

/// The texts of a document in order, by number; the fourth is no longer used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Text {
    Main = 0,
    Footnotes = 1,
    Pages = 2,
    Comments = 4,
    Endnotes = 5,
    Boxes = 6,
}

/// What is kept outside the text, by its number in the header of the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Styles = 1,
    FootnotePlaces = 2,
    FootnoteTexts = 3,
    CommentPlaces = 4,
    CommentTexts = 5,
    PageTexts = 11,
    Characters = 12,
    Paragraphs = 13,
    Fonts = 15,
    Pieces = 33,
    Authors = 36,
    Shapes = 40,
    EndnotePlaces = 46,
    EndnoteTexts = 47,
    BoxTexts = 56,
    Lists = 73,
    ListUses = 74,
    CommentDates = 112,
}

/// Whether the bytes are a compound file with an old Word document as its main content.
pub fn is_one(bytes: &[u8]) -> bool {
    bytes.starts_with(&OLE) && calmly(|| open(bytes)?.is_stream("/WordDocument").then_some(())).is_some()
}

impl File {
    pub fn open(bytes: &[u8]) -> Result<File, Problem> {
        let mut file = File { word: stream(bytes, "/WordDocument").ok_or_else(damaged)?, ..File::default() };
        let flags = file.check()?;
        let table = if flags & 0x0200 == 0 { "/0Table" } else { "/1Table" };
        file.table = stream(bytes, table).ok_or_else(damaged)?;
        file.data = stream(bytes, "/Data").unwrap_or_default();
        Ok(file)
    }

    /// Where a text is among all characters of the document.
    pub fn text(&self, text: Text) -> Range<usize> {
        let length = |at: usize| Bytes(&self.word).size(LENGTHS + at * 4).unwrap_or(0);
        let before = (0..text as usize).map(length).fold(0, usize::saturating_add);
        before..before.saturating_add(length(text as usize))
    }

    /// A part of the table stream; empty where the document has none.
    pub fn part(&self, part: Part) -> Bytes<'_> {
        let found = self.range(part).and_then(|range| self.table.get(range));
        Bytes(found.unwrap_or_default())
    }

    /// A part with everything after it in the stream, and the length of the part itself.
    pub fn part_and_more(&self, part: Part) -> (Bytes<'_>, usize) {
        let range = self.range(part).unwrap_or_default();
        (Bytes(&self.table).from(range.start), range.len())
    }

    fn range(&self, part: Part) -> Option<Range<usize>> {
        let at = part as usize;
        let count = usize::from(Bytes(&self.word).u16(PAIRS - 2)?);
        let (place, length) = (Bytes(&self.word).size(PAIRS + at * 8)?, Bytes(&self.word).size(PAIRS + at * 8 + 4)?);
        let range = place..place.checked_add(length)?;
        (at < count && length > 0).then_some(range)
    }

    /// Refuses what is locked or in another format, and returns the flags of the document.
    fn check(&self) -> Result<u16, Problem> {
        let head = Bytes(&self.word);
        let (mark, version) = (head.u16(0).ok_or_else(damaged)?, head.u16(2).ok_or_else(damaged)?);
        if WORD_95.contains(&mark) || (mark == WORD_97 && version < VERSION) {
            return Err(older());
        }
        let flags = head.u16(10).ok_or_else(damaged)?;
        match mark {
            WORD_97 if flags & 0x0100 != 0 => Err(protected()),
            WORD_97 => Ok(flags),
            _ => Err(damaged()),
        }
    }
}

fn older() -> Problem {
    Problem::new(
        "Could not read this file",
        "it is a Word document in a format from before 1997",
        "Please open it in Word, save it as .docx, and import that.",
    )
}

fn stream(bytes: &[u8], name: &str) -> Option<Vec<u8>> {
    calmly(|| {
        // The streams of a file end with it, so it must be kept.
        let mut file = open(bytes)?;
        let stream = file.open_stream(name).ok()?;
        // No stream is longer than its file, whatever it claims.
        let mut content = Vec::new();
        stream.take(bytes.len() as u64).read_to_end(&mut content).ok()?;
        Some(content)
    })
}

/// A compound file, if it is sound.
pub fn open(bytes: &[u8]) -> Option<cfb::CompoundFile<Cursor<&[u8]>>> {
    if is_table_sound(bytes) { cfb::CompoundFile::open(Cursor::new(bytes)).ok() } else { None }
}

/// The library that reads compound files can panic on a damaged one; that counts as damage like any other.
pub fn calmly<T>(read: impl FnOnce() -> Option<T>) -> Option<T> {
    catch_unwind(AssertUnwindSafe(read)).ok().flatten()
}

/// Whether the file's sector table has no more parts than the file has sectors. The library allocates room for each
/// part that is listed, and one can be listed a million times.
fn is_table_sound(bytes: &[u8]) -> bool {
    let head = Bytes(bytes);
    let sector: usize = if head.u16(26) == Some(4) { 4096 } else { 512 };
    let most = bytes.len() / sector;
    let named =
        |part: Bytes, count: usize| (0..count).filter(|at| part.u32(at * 4).is_some_and(|id| id < 0xffff_fffa)).count();
    let (mut parts, mut next) = (named(head.from(76), 109), head.size(68));
    for _ in 0..=most {
        let Some(list) = next.and_then(|next| head.part(next.checked_add(1)?.checked_mul(sector)?, sector)) else {
            return parts <= most;
        };
        parts += named(list, sector / 4 - 1);
        next = list.size(sector - 4);
    }
    false
}
