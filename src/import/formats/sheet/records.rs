//! What an old workbook claims about itself, checked before a reader allocates room for it.

use std::io::{Cursor, Read, Write};

use cfb::{CompoundFile, Version};

use super::trouble;
use crate::import::limits;
use crate::problem::Problem;

/// Sheets of a workbook.
const SHEETS: usize = 200;
/// Cells between the first and the last of each sheet, blank ones included: all of them take room.
const AREA: u64 = 4 * limits::CELLS as u64;

/// Kinds of records.
const SHEET: u16 = 0x0085;
pub const BEGIN: u16 = 0x0809;
const LOCK: u16 = 0x002f;
pub const END: u16 = 0x000a;
const DIMENSIONS: u16 = 0x0200;
const BLANK: u16 = 0x0201;
/// A text of the workbook's list.
pub const TEXT: u16 = 0x00fd;
pub const MANY_NUMBERS: u16 = 0x00bd;
/// Records with a cell at their beginning: row, then column.
pub const CELLS: [u16; 9] = [0x0006, 0x00bd, 0x00d6, 0x00fd, 0x0203, 0x0204, 0x0205, 0x0207, 0x027e];

/// Only the workbook, taken out of its file, without what it says about its size: readers trust that.
pub fn checked(bytes: &[u8]) -> Result<Vec<u8>, Problem> {
    let mut stream = stream(bytes)?;
    if Records::new(&stream).take_while(|(_, kind, _)| *kind != END).any(is_lock) {
        return Err(trouble::locked());
    }
    let sheets = sheets(&stream);
    if sheets.len() > SHEETS {
        return Err(trouble::too_large("it has more than 200 sheets"));
    }
    for at in &sheets {
        forget_dimensions(&mut stream, *at);
    }
    let mut area = 0;
    for at in sheets {
        area += extent(stream.get(at..).unwrap_or_default())?;
        if area > AREA {
            limits::cells(usize::MAX)?;
        }
    }
    file(&stream).map_err(|_| trouble::damaged())
}

/// The stream of records that is the workbook.
pub fn stream(bytes: &[u8]) -> Result<Vec<u8>, Problem> {
    let mut file = CompoundFile::open(Cursor::new(bytes)).map_err(|_| trouble::damaged())?;
    let name = ["/Workbook", "/Book"].into_iter().find(|name| file.is_stream(name)).ok_or_else(trouble::damaged)?;
    let stream = file.open_stream(name).map_err(|_| trouble::damaged())?;
    let mut all = Vec::new();
    stream.take(bytes.len() as u64).read_to_end(&mut all).map_err(|_| trouble::damaged())?;
    Ok(all)
}

/// Whether the rest can be read only with a password.
fn is_lock((_, kind, data): (usize, u16, &[u8])) -> bool {
    kind == LOCK && short(data).is_some_and(|method| method != 0)
}

/// A file with nothing in it but this workbook.
fn file(stream: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut file = CompoundFile::create_with_version(Version::V3, Cursor::new(Vec::new()))?;
    file.create_stream("/Workbook")?.write_all(stream)?;
    file.flush()?;
    Ok(file.into_inner().into_inner())
}

/// Where each sheet begins.
pub fn sheets(stream: &[u8]) -> Vec<usize> {
    let own = Records::new(stream).take_while(|(_, kind, _)| *kind != END);
    own.filter(|(_, kind, _)| *kind == SHEET).filter_map(|(_, _, data)| long(data)).collect()
}

/// How many cells lie between the first and the last of the sheet that begins here.
fn extent(sheet: &[u8]) -> Result<u64, Problem> {
    let (mut depth, mut count) = (0_u32, 0);
    let mut bounds: Option<[u16; 4]> = None;
    for (_, kind, data) in Records::new(sheet) {
        match kind {
            BEGIN => depth += 1,
            END if depth <= 1 => break,
            END => depth -= 1,
            // Overlapping sheets: no program writes that.
            DIMENSIONS => return Err(trouble::damaged()),
            _ if CELLS.contains(&kind) => {
                let Some((row, column, last)) = cell(kind, data) else { continue };
                count += usize::from(last.saturating_sub(column)) + 1;
                let [top, bottom, left, right] = bounds.unwrap_or([row, row, column, last]);
                bounds = Some([top.min(row), bottom.max(row), left.min(column), right.max(last)]);
            }
            _ => {}
        }
    }
    limits::cells(count)?;
    Ok(bounds.map_or(0, |[top, bottom, left, right]| {
        (u64::from(bottom - top) + 1) * (u64::from(right.max(left) - left) + 1)
    }))
}

/// Row, first and last column.
fn cell(kind: u16, data: &[u8]) -> Option<(u16, u16, u16)> {
    let (row, column) = (short(data)?, short(data.get(2..)?)?);
    let last = if kind == MANY_NUMBERS { short(data.get(data.len().checked_sub(2)?..)?)? } else { column };
    Some((row, column, last))
}

/// Makes each record of dimensions say nothing.
fn forget_dimensions(stream: &mut [u8], sheet: usize) {
    let Some(sheet) = stream.get_mut(sheet..) else { return };
    let places: Vec<usize> =
        Records::new(sheet).filter(|(_, kind, _)| *kind == DIMENSIONS).map(|found| found.0).collect();
    for at in places {
        if let Some(kind) = sheet.get_mut(at..at + 2) {
            kind.copy_from_slice(&BLANK.to_le_bytes());
        }
    }
}

/// The records of a stream: where each begins, its kind, and its content. Ends before an incomplete one.
pub struct Records<'a> {
    stream: &'a [u8],
    at: usize,
}

impl<'a> Records<'a> {
    pub fn new(stream: &'a [u8]) -> Records<'a> {
        Records { stream, at: 0 }
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = (usize, u16, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let head = self.stream.get(self.at..)?;
        let (kind, length) = (short(head)?, short(head.get(2..)?)?);
        let end = 4 + usize::from(length);
        let data = head.get(4..end)?;
        let begin = self.at;
        self.at += end;
        Some((begin, kind, data))
    }
}

pub fn short(data: &[u8]) -> Option<u16> {
    data.first_chunk().map(|bytes| u16::from_le_bytes(*bytes))
}

pub fn long(data: &[u8]) -> Option<usize> {
    data.first_chunk().and_then(|bytes| usize::try_from(u32::from_le_bytes(*bytes)).ok())
}
