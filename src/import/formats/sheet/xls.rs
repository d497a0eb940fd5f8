//! Old Excel workbooks (.xls), through calamine: text, numbers, dates and merged cells; what is struck through; colours and formats are lost.

use std::io::Cursor;

use calamine::{Data, Reader, SheetVisible, Xls, XlsError};

use super::fonts::Looks;
use super::grid::{Area, Sheet, Visibility};
use super::{SheetChoice, records, shown, trouble, xlsx};
use crate::import::limits;
use crate::problem::Problem;

/// The sheets that were asked for.
pub fn read(bytes: &[u8], choice: &SheetChoice) -> Result<Vec<Sheet>, Problem> {
    let checked = records::checked(bytes)?;
    let mut book: Xls<_> = Xls::new(Cursor::new(checked.as_slice())).map_err(|error| problem(&error))?;
    let known: Vec<_> = book.sheets_metadata().to_vec();
    let names: Vec<String> = known.iter().map(|sheet| sheet.name.clone()).collect();
    let mut sheets = Vec::new();
    let looks = Looks::of(bytes);
    for (at, about) in choice.of(&names)?.into_iter().filter_map(|at| known.get(at).map(|about| (at, about))) {
        let mut sheet = Sheet { name: about.name.clone(), ..Sheet::default() };
        if about.visible != SheetVisible::Visible {
            sheet.visibility = Visibility::Hidden;
        }
        cells(&mut book, &mut sheet)?;
        looks.mark(at, &mut sheet);
        sheets.push(sheet);
    }
    Ok(sheets)
}

fn cells(book: &mut Xls<Cursor<&[u8]>>, sheet: &mut Sheet) -> Result<(), Problem> {
    // A macro module is listed among the sheets and has no cells.
    let Ok(range) = book.worksheet_range(&sheet.name) else { return Ok(()) };
    let start = range.start().unwrap_or_default();
    for (row, column, value) in range.used_cells() {
        let place = (start.0 + index(row), start.1 + index(column));
        sheet.put(place, &text(value), None)?;
        limits::cells(sheet.cells.len())?;
    }
    let merges = book.merge_cells_by_sheet_name(&sheet.name).unwrap_or_default();
    sheet.merges = merges.iter().map(|area| Area { first: area.start, last: area.end }).collect();
    Ok(())
}

fn text(value: &Data) -> String {
    match value {
        Data::Int(number) => number.to_string(),
        Data::Float(number) => shown::number(*number, ""),
        Data::String(text) => text.clone(),
        Data::Bool(yes) => super::truth(*yes).to_owned(),
        Data::DateTime(when) => xlsx::date(when, None),
        Data::DateTimeIso(text) | Data::DurationIso(text) => super::iso(text),
        Data::Error(error) => error.to_string(),
        Data::Empty => String::new(),
    }
}

/// No range of an old workbook is longer than its 65,536 rows.
fn index(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX >> 1)
}

fn problem(error: &XlsError) -> Problem {
    match error {
        XlsError::Password => trouble::locked(),
        // Whatever else is wrong with it, its owner can only save it again.
        _ => trouble::damaged(),
    }
}
