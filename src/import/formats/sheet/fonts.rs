//! Which cells of an old Excel workbook are struck through: by the font of their format, which calamine leaves out.

use super::grid::Address;
use super::records::{BEGIN, CELLS, END, MANY_NUMBERS, Records, sheets, short, stream};

/// Kinds of records.
const FONT: u16 = 0x0031;
const FORMAT: u16 = 0x00e0;
/// The bit of a font that strikes its text through.
const STRUCK: u16 = 0x0008;
/// A font that the format has no record of, so that later ones have numbers one higher.
const NO_FONT: u16 = 4;

/// The struck-through cells of each sheet; none where the workbook is damaged.
pub fn struck(bytes: &[u8]) -> Vec<Vec<Address>> {
    let Ok(stream) = stream(bytes) else { return Vec::new() };
    let formats = formats(&stream);
    if !formats.contains(&true) {
        return Vec::new();
    }
    let of = |at: usize| cells(stream.get(at..).unwrap_or_default(), &formats);
    sheets(&stream).into_iter().map(of).collect()
}

/// For each format of cells: whether its font is struck through.
fn formats(stream: &[u8]) -> Vec<bool> {
    let own = || Records::new(stream).take_while(|(_, kind, _)| *kind != END);
    let is_struck = |data: &[u8]| data.get(2..).and_then(short).is_some_and(|style| style & STRUCK != 0);
    let fonts: Vec<bool> = own().filter(|(_, kind, _)| *kind == FONT).map(|(_, _, data)| is_struck(data)).collect();
    let font = |data: &[u8]| {
        let number = short(data)?;
        fonts.get(usize::from(number - u16::from(number > NO_FONT))).copied()
    };
    own().filter(|(_, kind, _)| *kind == FORMAT).map(|(_, _, data)| font(data).unwrap_or(false)).collect()
}

/// The places of struck-through cells in the sheet that begins here.
fn cells(sheet: &[u8], formats: &[bool]) -> Vec<Address> {
    let (mut depth, mut found) = (0_u32, Vec::new());
    for (_, kind, data) in Records::new(sheet) {
        match kind {
            BEGIN => depth += 1,
            END if depth <= 1 => break,
            END => depth -= 1,
            // Several numbers in a row have a format each; numbers say little, and are left as they are.
            MANY_NUMBERS => {}
            _ if CELLS.contains(&kind) => found.extend(cell(data, formats)),
            _ => {}
        }
    }
    found
}

fn cell(data: &[u8], formats: &[bool]) -> Option<Address> {
    let number = |at: usize| data.get(at..).and_then(short);
    let format = usize::from(number(4)?);
    formats.get(format).filter(|is_struck| **is_struck)?;
    Some((number(0)?.into(), number(2)?.into()))
}
