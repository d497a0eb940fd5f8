//! The pieces that make up the text of a Word document, each with one or two bytes per character.

use std::ops::Range;

use super::bytes::Bytes;
use super::plc::Places;
use crate::import::formats::zip_parts::{damaged, too_large};
use crate::problem::Problem;

/// Characters of a document. A plan has a hundred thousand.
const CHARACTERS: usize = 8 << 20;
/// Where a piece with one byte per character has its mark, in the number that gives its position.
const NARROW: u32 = 0x4000_0000;

/// The text of all parts of a document, and where each of its characters is in the file.
#[derive(Clone, Debug, Default)]
pub struct Pieces<'a> {
    pub units: Vec<u16>,
    list: Vec<Piece<'a>>,
}

#[derive(Clone, Debug)]
struct Piece<'a> {
    range: Range<usize>,
    offset: usize,
    width: usize,
    changes: Changes<'a>,
}

/// What a fast-saving Word changed in a piece as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Changes<'a> {
    /// The code of a property, and its value.
    One(u16, u8),
    Many(Bytes<'a>),
}

/// Where a character is.
#[derive(Clone, Copy, Debug)]
pub struct Spot<'a> {
    /// In the stream, in bytes.
    pub offset: usize,
    /// Bytes per character.
    pub width: usize,
    /// The first character after the piece.
    pub end: usize,
    pub changes: Changes<'a>,
}

impl<'a> Pieces<'a> {
    /// Reads the table of pieces, and the text itself out of `word`.
    pub fn read(table: Bytes<'a>, word: Bytes<'_>) -> Result<Pieces<'a>, Problem> {
        let (groups, places) = split(table).ok_or_else(damaged)?;
        let mut pieces = Pieces::default();
        for at in 0..places.count() {
            let piece = piece(places, at, &groups).ok_or_else(damaged)?;
            if piece.range.start != pieces.units.len() || piece.range.end < piece.range.start {
                return Err(damaged());
            }
            if piece.range.end > CHARACTERS {
                return Err(too_large("its text has more than 8 million characters"));
            }
            let text = word.part(piece.offset, piece.range.len() * piece.width).ok_or_else(damaged)?;
            pieces.units.extend(units(text, piece.width));
            pieces.list.push(piece);
        }
        Ok(pieces)
    }

    pub fn spot(&self, character: usize) -> Option<Spot<'a>> {
        let at = self.list.partition_point(|piece| piece.range.end <= character);
        let piece = self.list.get(at)?;
        let offset = piece.offset + (character - piece.range.start) * piece.width;
        Some(Spot { offset, width: piece.width, end: piece.range.end, changes: piece.changes })
    }
}

/// The groups of changes before the table, and the table.
fn split(table: Bytes<'_>) -> Option<(Vec<Bytes<'_>>, Places<'_>)> {
    let (mut groups, mut rest) = (Vec::new(), table);
    while rest.u8(0)? == 1 {
        let length = usize::from(rest.u16(1)?);
        groups.push(rest.part(3, length)?);
        rest = rest.from(3 + length);
    }
    let length = rest.size(1).filter(|_| rest.u8(0) == Some(2))?;
    Some((groups, Places::new(rest.part(5, length)?, 8)))
}

fn piece<'a>(places: Places<'a>, at: usize, groups: &[Bytes<'a>]) -> Option<Piece<'a>> {
    let record = places.record(at)?;
    let (place, change) = (record.u32(2)?, record.u16(6)?);
    let offset = usize::try_from(place & !NARROW & 0x7fff_ffff).ok()?;
    let (offset, width) = if place & NARROW == 0 { (offset, 2) } else { (offset / 2, 1) };
    let [low, value] = change.to_le_bytes();
    let changes = if low & 1 == 0 {
        Changes::One(code(low >> 1), value)
    } else {
        Changes::Many(groups.get(usize::from(change >> 1)).copied().unwrap_or_default())
    };
    Some(Piece { range: places.position(at)?..places.position(at + 1)?, offset, width, changes })
}

/// The code of a property named by a small number, if it is one of those read here.
fn code(number: u8) -> u16 {
    match number {
        0x0c => 0x260a,
        0x18 => 0x2416,
        0x19 => 0x2417,
        0x41 => 0x0800,
        0x42 => 0x0801,
        0x4d => 0x2a0c,
        0x5c => 0x083c,
        0x62 => 0x2a42,
        _ => 0,
    }
}

fn units(text: Bytes<'_>, width: usize) -> Vec<u16> {
    if width == 2 {
        return text.0.chunks_exact(2).filter_map(|pair| Bytes(pair).u16(0)).collect();
    }
    // Every character of Windows-1252 is one unit.
    let (letters, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(text.0);
    letters.encode_utf16().collect()
}
