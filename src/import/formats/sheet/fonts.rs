//! What is struck through in an old Excel workbook: by the font of a cell's format or of a passage, which calamine leaves out.

use super::grid::{Address, Sheet};
use super::passages::Around;
use super::records::{BEGIN, CELLS, END, MANY_NUMBERS, Records, TEXT, sheets, short, stream};
use super::strings::{self, Texts};
use crate::import::formats::marks;

/// Kinds of records.
const FONT: u16 = 0x0031;
const FORMAT: u16 = 0x00e0;
/// The bit of a font that strikes its text through.
const STRUCK: u16 = 0x0008;
/// A font that the format has no record of, so that later ones have numbers one higher.
const NO_FONT: u16 = 4;

/// For each font: whether it strikes its text through.
#[derive(Clone, Debug, Default)]
pub struct Fonts(Vec<bool>);

impl Fonts {
    /// By the number that formats and passages use.
    pub fn is_struck(&self, number: u16) -> bool {
        self.0.get(usize::from(number - u16::from(number > NO_FONT))).copied().unwrap_or(false)
    }
}

/// What the workbook says about the look of its cells.
#[derive(Clone, Debug, Default)]
pub struct Looks {
    stream: Vec<u8>,
    sheets: Vec<usize>,
    /// For each format of cells: whether its font strikes through.
    formats: Vec<bool>,
    texts: Texts,
}

impl Looks {
    /// Nothing is struck through where the workbook is damaged, or has no font that does it.
    pub fn of(bytes: &[u8]) -> Looks {
        let Ok(stream) = stream(bytes) else { return Looks::default() };
        let of_kind = |wanted: u16| {
            Records::new(&stream).take_while(|(_, kind, _)| *kind != END).filter(move |(_, kind, _)| *kind == wanted)
        };
        let is_struck = |data: &[u8]| data.get(2..).and_then(short).is_some_and(|style| style & STRUCK != 0);
        let fonts = Fonts(of_kind(FONT).map(|(_, _, data)| is_struck(data)).collect());
        if !fonts.0.contains(&true) {
            return Looks::default();
        }
        let by_font = |data: &[u8]| short(data).is_some_and(|number| fonts.is_struck(number));
        let formats = of_kind(FORMAT).map(|(_, _, data)| by_font(data)).collect();
        Looks { sheets: sheets(&stream), formats, texts: strings::read(&stream, &fonts), stream }
    }

    /// Marks what is struck through in the cells of a sheet, given its position in the workbook.
    pub fn mark(&self, at: usize, sheet: &mut Sheet) {
        let Some(records) = self.sheets.get(at).and_then(|at| self.stream.get(*at..)) else { return };
        let mut depth = 0_u32;
        for (_, kind, data) in Records::new(records) {
            match kind {
                BEGIN => depth += 1,
                END if depth <= 1 => break,
                END => depth -= 1,
                MANY_NUMBERS => self.numbers(data, sheet),
                _ if CELLS.contains(&kind) => drop(self.cell(kind, data, sheet)),
                _ => {}
            }
        }
    }

    /// Several numbers in a row have a format each.
    fn numbers(&self, data: &[u8], sheet: &mut Sheet) {
        let Some((row, first)) = short(data).zip(data.get(2..).and_then(short)) else { return };
        let formats = data.get(4..).unwrap_or_default().chunks_exact(6).map_while(short);
        for (column, format) in (first..).zip(formats) {
            if self.around(format) == Around::Struck {
                strike((row.into(), column.into()), sheet);
            }
        }
    }

    fn cell(&self, kind: u16, data: &[u8], sheet: &mut Sheet) -> Option<()> {
        let number = |at: usize| data.get(at..).and_then(short);
        let (place, around) = ((number(0)?.into(), number(2)?.into()), self.around(number(4)?));
        let of_text = || self.texts.get(&number(6)?.into()).filter(|_| kind == TEXT && number(8) == Some(0));
        match of_text().and_then(|passages| passages.marked(around)) {
            Some(text) => sheet.put(place, &text, None).ok()?,
            None if around == Around::Struck => strike(place, sheet),
            None => {}
        }
        Some(())
    }

    fn around(&self, format: u16) -> Around {
        let is_struck = self.formats.get(usize::from(format)).is_some_and(|is_struck| *is_struck);
        if is_struck { Around::Struck } else { Around::Plain }
    }
}

fn strike(place: Address, sheet: &mut Sheet) {
    sheet.cells.get_mut(&place).into_iter().for_each(|cell| cell.text = marks::struck(&cell.text));
}
