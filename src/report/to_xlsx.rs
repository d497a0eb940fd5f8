//! A report as an Excel workbook: a sheet for each kind of table, with every cell as text, so that none is a formula.
//!
//! Cells are not merged, because filtering shows only the first row of a merged cell. Embedded times are those of the
//! report's date, so that the same report gives the same bytes.

use rust_xlsxwriter::{
    Color, DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet,
    XlsxError,
};

use super::document::{Cell, Document, SECTION, Table};
use super::xml::colours;
use crate::domain::date_words;
use crate::domain::rating::Hue;
use crate::problem::Problem;
use crate::text;

/// The characters that Excel allows in a cell.
const CELL: usize = 32_767;
/// The row of the column titles, below the title of the sheet.
const HEAD: u32 = 1;
/// The width of a sheet, in characters.
const WIDTH: usize = 180;

pub fn render(document: &Document) -> Result<Vec<u8>, Problem> {
    made(document).map_err(|error| Problem::new("Could not create the workbook", error.to_string(), ""))
}

fn made(document: &Document) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let time = ExcelDateTime::parse_from_str(&format!("{}T00:00:00", document.day))?;
    book.set_properties(&DocProperties::new().set_title(cut(&document.title, 200)).set_creation_datetime(&time));
    let sheets = document.sheets();
    if sheets.is_empty() {
        sheet(book.add_worksheet(), document, ("Report", &[]))?;
    }
    let mut names: Vec<String> = Vec::new();
    for tables in &sheets {
        let name = sheet_name(&holds(document, tables));
        let is_taken = |name: &str| names.iter().any(|other| other.eq_ignore_ascii_case(name));
        let name = if is_taken(&name) { numbered(&name, names.len() + 1) } else { name };
        sheet(book.add_worksheet(), document, (&name, tables))?;
        names.push(name);
    }
    book.save_to_buffer()
}

fn sheet(
    sheet: &mut Worksheet,
    document: &Document,
    (name, tables): (&str, &[(String, &Table)]),
) -> Result<(), XlsxError> {
    sheet.set_name(name)?.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    sheet.set_header(format!("&C{}", plain(&document.marking)));
    let record =
        if document.record.is_empty() { String::new() } else { format!("&CRecord: {}", plain(&document.record)) };
    sheet.set_footer(format!("&L{}{record}&RPage &P of &N", plain(&date_words::day(document.day))));
    let Some((_, first)) = tables.first() else { return Ok(()) };
    let wide = u16::try_from(first.columns.len()).unwrap_or(u16::MAX);
    title(sheet, document, tables)?;
    let head = plain_format()
        .set_bold()
        .set_text_wrap()
        .set_background_color(Color::RGB(0x00E7_E6E6))
        .set_border(FormatBorder::Thin);
    sheet.write_string_with_format(HEAD, 0, SECTION, &head)?.set_column_width(0, 20)?;
    let widths: Vec<usize> = first.widths(WIDTH).into_iter().map(|width| width.clamp(10, 80)).collect();
    for ((at, column), width) in (1..=wide).zip(&first.columns).zip(&widths) {
        sheet.write_string_with_format(HEAD, at, safe(&column.title), &head)?;
        sheet.set_column_width(at, f64::from(u16::try_from(*width).unwrap_or(20)))?;
    }
    let counts = plain_format().set_align(FormatAlign::Top).set_border(FormatBorder::Thin);
    let mut row = HEAD;
    for (under, table) in tables {
        for cells in &table.rows {
            row += 1;
            sheet.set_row_height(row, height(cells, &widths))?;
            sheet.write_string_with_format(row, 0, safe(under), &format(None))?;
            for (at, cell) in (1..=wide).zip(cells) {
                match whole(&cell.text) {
                    Some(number) => sheet.write_number_with_format(row, at, number, &counts)?,
                    None => sheet.write_string_with_format(row, at, safe(&cell.text), &format(cell.hue))?,
                };
            }
        }
    }
    for (at, column) in (1..=wide).zip(&first.columns) {
        if let Some(choices) = drop_down(&column.choices) {
            sheet.add_data_validation(HEAD + 1, at, row.max(HEAD + 1), at, &choices)?;
        }
    }
    sheet.set_freeze_panes(HEAD + 1, 0)?.set_repeat_rows(HEAD, HEAD)?.autofilter(HEAD, 0, row, wide)?;
    Ok(())
}

/// The first row: what the sheet holds.
fn title(sheet: &mut Worksheet, document: &Document, tables: &[(String, &Table)]) -> Result<(), XlsxError> {
    let (report, held) = (document.title.as_str(), holds(document, tables));
    let words = if held == report { report.to_owned() } else { format!("{report}: {held}") };
    sheet.write_string_with_format(0, 0, safe(&words), &plain_format().set_bold().set_font_size(12))?;
    Ok(())
}

/// What its only table is under, or its caption; what its few tables are under; else a part of the report under every heading.
fn holds(document: &Document, tables: &[(String, &Table)]) -> String {
    const FEW: usize = 3;
    let mut named: Vec<&str> = Vec::new();
    for (under, table) in tables {
        let is_own = tables.len() == 1 && table.section.is_empty() && !table.caption.is_empty();
        let words = if is_own { table.caption.as_str() } else { under };
        if !named.contains(&words) {
            named.push(words);
        }
    }
    if named.is_empty() || named.len() > FEW { document.title.clone() } else { named.join(" and ") }
}

/// A list to choose from in each cell of a column; none where Excel could not hold it.
fn drop_down(choices: &[String]) -> Option<DataValidation> {
    let listed = DataValidation::new().allow_list_strings(choices).ok().filter(|_| !choices.is_empty())?;
    let listed = listed.set_error_title("Not a rating of this plan").ok()?;
    listed.set_error_message("Choose one from the list, or leave the cell empty.").ok()
}

/// A font that every computer has.
fn plain_format() -> Format {
    Format::new().set_font_name("Arial").set_font_size(10)
}

/// A row's height in points: not every spreadsheet program calculates it.
fn height(cells: &[Cell], widths: &[usize]) -> f64 {
    const LINE: usize = 13;
    const MOST: usize = 409;
    let lines = |(cell, width): (&Cell, &usize)| {
        cell.text.lines().map(|line| text::width(line).div_ceil(width * 6 / 5).max(1)).sum::<usize>()
    };
    let lines = cells.iter().zip(widths).map(lines).max().unwrap_or(1).max(1);
    f64::from(u16::try_from((lines * LINE + 4).min(MOST)).unwrap_or(u16::MAX))
}

/// Always text: Excel shows "@" cells as they are and calculates nothing in them.
fn format(hue: Option<Hue>) -> Format {
    let base =
        plain_format().set_text_wrap().set_align(FormatAlign::Top).set_border(FormatBorder::Thin).set_num_format("@");
    let colour = |digits: &str| Color::RGB(u32::from_str_radix(digits, 16).unwrap_or(0));
    match hue.map(colours) {
        Some((fill, ink)) => base.set_bold().set_background_color(colour(fill)).set_font_color(colour(ink)),
        None => base,
    }
}

/// A count, which can be added up; a reference like 7.10 is not one.
fn whole(words: &str) -> Option<u32> {
    words.parse::<u32>().ok().filter(|number| number.to_string() == words)
}

fn safe(words: &str) -> String {
    cut(&text::harmless(words), CELL)
}

fn cut(words: &str, letters: usize) -> String {
    words.chars().take(letters).collect()
}

/// An ampersand starts a code in a page header.
fn plain(words: &str) -> String {
    cut(&text::harmless(words).replace('&', "&&"), 200)
}

/// A name that Excel allows for a sheet: what comes before a colon.
fn sheet_name(words: &str) -> String {
    let words = words.split(": ").next().unwrap_or("");
    let allowed: String =
        words.chars().map(|c| if "[]:*?/\\'".contains(c) || c.is_control() { ' ' } else { c }).collect();
    let one_line = allowed.split_whitespace().collect::<Vec<_>>().join(" ");
    let name = cut(&one_line, 31).trim_end().to_owned();
    if name.is_empty() || name.eq_ignore_ascii_case("history") { "Report".into() } else { name }
}

/// Sheet names must be unique.
fn numbered(name: &str, number: usize) -> String {
    format!("{} {number}", cut(name, 27).trim_end())
}
