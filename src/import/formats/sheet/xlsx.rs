//! Excel workbooks (.xlsx, .xlsm): cells through calamine one by one, so that no claim of the file allocates more room.

use std::io::Cursor;

use chrono::{NaiveDate, NaiveDateTime};

use calamine::{DataRef, ExcelDateTime, FillPattern, Font, Reader, SheetVisible, Style, Xlsx, XlsxError};

use super::archive::Archive;
use super::grid::{Sheet, Visibility};
use super::{SheetChoice, guard, layout, rich, shown, trouble};
use crate::import::formats::{marks, shade};
use crate::import::limits;
use crate::problem::Problem;

/// The sheets that were asked for.
pub fn read(bytes: &[u8], choice: &SheetChoice) -> Result<Vec<Sheet>, Problem> {
    let mut archive = Archive::open(bytes)?;
    guard::check(&mut archive)?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| problem(&error))?;
    let known: Vec<_> = book.sheets_metadata().to_vec();
    let names: Vec<String> = known.iter().map(|sheet| sheet.name.clone()).collect();
    let paths = layout::paths(&mut archive)?;
    let texts = rich::texts(&mut archive)?;
    let mut sheets = Vec::new();
    let mut room = limits::CELLS;
    for (at, about) in choice.of(&names)?.into_iter().filter_map(|at| known.get(at).map(|about| (at, about))) {
        let mut sheet = Sheet { name: about.name.clone(), ..Sheet::default() };
        if about.visible != SheetVisible::Visible {
            sheet.visibility = Visibility::Hidden;
        }
        cells(&mut book, &mut sheet, &mut room)?;
        if let Some(path) = paths.get(at) {
            layout::read(&mut archive, path, &texts, &mut sheet)?;
        }
        sheets.push(sheet);
    }
    Ok(sheets)
}

/// Fills in a sheet's cells; a chart or a dialog has none.
fn cells(book: &mut Xlsx<Cursor<&[u8]>>, sheet: &mut Sheet, room: &mut usize) -> Result<(), Problem> {
    let mut reader = match book.worksheet_cells_reader(&sheet.name) {
        Ok(reader) => reader,
        Err(XlsxError::NotAWorksheet(_) | XlsxError::WorksheetNotFound(_)) => return Ok(()),
        Err(error) => return Err(problem(&error)),
    };
    let styles: Vec<Look> = reader.styles().iter().map(Look::of).collect();
    let plain = Look::default();
    while let Some((cell, style)) = reader.next_cell_with_style_id().map_err(|error| problem(&error))? {
        *room = room.checked_sub(1).ok_or_else(|| limits::cells(usize::MAX).err().unwrap_or_else(trouble::damaged))?;
        let look = styles.get(style).unwrap_or(&plain);
        let text = text(cell.get_value(), look.format.as_deref());
        let text = if look.is_struck { marks::struck(&text) } else { text };
        sheet.put(cell.get_position(), &text, look.shade)?;
    }
    Ok(())
}

/// How the cells of a style look, as far as it matters.
#[derive(Default)]
struct Look {
    shade: Option<&'static str>,
    format: Option<String>,
    is_struck: bool,
}

impl Look {
    fn of(style: &Style) -> Look {
        Look {
            shade: colour(style),
            format: style.number_format.as_ref().map(|format| format.format_code.clone()),
            is_struck: style.font.as_ref().is_some_and(Font::has_strikethrough),
        }
    }
}

fn text(value: &DataRef, format: Option<&str>) -> String {
    match value {
        DataRef::Int(number) => shown::number(precise(*number), format.unwrap_or("")),
        DataRef::Float(number) => shown::number(*number, format.unwrap_or("")),
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(yes) => super::truth(*yes).to_owned(),
        DataRef::DateTime(when) => date(when, format),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => super::iso(text),
        DataRef::Error(error) => error.to_string(),
        DataRef::Empty => String::new(),
    }
}

/// A date; blank for the zero that a formula gives when it points at a blank cell.
pub fn date(when: &ExcelDateTime, format: Option<&str>) -> String {
    let value = when.as_f64();
    // Excel's last day is 31 December 9999.
    if !(0.0..2_958_466.0).contains(&value) {
        return shown::number(value, "");
    }
    if value == 0.0 {
        return String::new();
    }
    match moment(when) {
        Some(day) if when.is_datetime() => shown::date(day, format),
        Some(_) | None => shown::plain(value),
    }
}

fn moment(when: &ExcelDateTime) -> Option<NaiveDateTime> {
    let (year, month, day, hour, minute, second, _) = when.to_ymd_hms_milli();
    let date = NaiveDate::from_ymd_opt(year.into(), month.into(), day.into())?;
    date.and_hms_opt(hour.into(), minute.into(), second.into())
}

#[allow(clippy::cast_precision_loss, reason = "a spreadsheet's numbers are all floating, whole ones too")]
fn precise(number: i64) -> f64 {
    number as f64
}

fn colour(style: &Style) -> Option<&'static str> {
    let fill = style.fill.as_ref().filter(|fill| fill.pattern == FillPattern::Solid)?;
    let colour = fill.foreground_color?;
    shade::of_rgb((colour.red, colour.green, colour.blue))
}

fn problem(error: &XlsxError) -> Problem {
    match error {
        XlsxError::Password => trouble::locked(),
        // Whatever else is wrong with it, its owner can only save it again.
        _ => trouble::damaged(),
    }
}
