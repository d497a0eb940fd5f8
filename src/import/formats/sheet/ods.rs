//! `OpenDocument` workbooks (.ods): cells as shown, with merged areas, colours, comments, and what is hidden.
//!
//! calamine only gives the values of such a file, so the one part that has its cells is read here.

use std::borrow::Cow;
use std::ops::RangeInclusive;

use super::archive::Archive;
use super::grid::{Area, Sheet, Visibility, column_name};
use super::ods_styles::Styles;
use super::tags::{Piece, Tag, Tags};
use super::{SheetChoice, moment, shown, trouble};
use crate::import::formats::marks;
use crate::import::limits;
use crate::problem::Problem;

/// The sheets that were asked for.
pub fn read(bytes: &[u8], choice: &SheetChoice) -> Result<Vec<Sheet>, Problem> {
    let mut archive = Archive::open(bytes)?;
    let manifest = archive.part("META-INF/manifest.xml")?.unwrap_or_default();
    if manifest.contains("encryption-data") {
        return Err(trouble::locked());
    }
    let mut styles = Styles::default();
    if let Some(part) = archive.part("styles.xml")? {
        styles.add(&part);
    }
    let content = archive.part("content.xml")?.ok_or_else(trouble::damaged)?;
    if !content.trim_end().ends_with('>') {
        return Err(trouble::damaged());
    }
    styles.add(&content);
    let mut reader = Reader { tags: Tags::new(&content), styles: &styles, room: limits::CELLS };
    let mut sheets = reader.sheets()?;
    let names: Vec<String> = sheets.iter().map(|sheet| sheet.name.clone()).collect();
    let chosen = choice.of(&names)?;
    let mut at = 0;
    sheets.retain(|_| {
        at += 1;
        chosen.contains(&(at - 1))
    });
    Ok(sheets)
}

struct Reader<'a> {
    tags: Tags<'a>,
    styles: &'a Styles,
    /// Cells that may still come.
    room: usize,
}

/// Where the reader is in a sheet.
#[derive(Default)]
struct At {
    row: u32,
    column: u32,
    /// How many rows the current one represents.
    rows: u32,
    columns: u32,
    /// The style of the cells of some columns, and of this row, that name none themselves.
    styles: Vec<(RangeInclusive<u32>, String)>,
    row_style: Option<String>,
}

impl At {
    fn style(&self) -> Option<&str> {
        let of_column = || self.styles.iter().find(|(columns, _)| columns.contains(&self.column));
        self.row_style.as_deref().or_else(|| of_column().map(|(_, style)| style.as_str()))
    }
}

/// A cell according to its tag and what follows.
#[derive(Default)]
struct Found {
    text: String,
    comment: String,
}

impl<'a> Reader<'a> {
    fn sheets(&mut self) -> Result<Vec<Sheet>, Problem> {
        let mut sheets = Vec::new();
        while let Some(piece) = self.tags.next() {
            match piece {
                Piece::Open(tag) if tag.name == "table" => sheets.push(self.sheet(&tag)?),
                // Earlier states of the document contain tables too.
                Piece::Open(tag) if tag.name == "tracked-changes" => self.tags.leave("tracked-changes"),
                Piece::Open(_) | Piece::Close(_) | Piece::Text(_) => {}
            }
        }
        Ok(sheets)
    }

    fn sheet(&mut self, tag: &Tag) -> Result<Sheet, Problem> {
        let mut sheet = Sheet { name: tag.get("name").unwrap_or_default().into_owned(), ..Sheet::default() };
        if self.styles.is_hidden(&tag.get("style-name").unwrap_or_default()) {
            sheet.visibility = Visibility::Hidden;
        }
        let mut at = At::default();
        while let Some(piece) = self.tags.next() {
            match piece {
                Piece::Open(tag) => self.inside(&tag, &mut at, &mut sheet)?,
                Piece::Close("table-row") => at.row = at.row.saturating_add(at.rows),
                Piece::Close("table") => break,
                Piece::Close(_) | Piece::Text(_) => {}
            }
        }
        Ok(sheet)
    }

    fn inside(&mut self, tag: &Tag<'a>, at: &mut At, sheet: &mut Sheet) -> Result<(), Problem> {
        let is_hidden = tag.get("visibility").is_some_and(|visibility| visibility != "visible");
        match tag.name {
            "table-column" => {
                let first = at.columns;
                at.columns = first.saturating_add(repeated(tag, "number-columns-repeated"));
                if let Some(style) = tag.get("default-cell-style-name") {
                    at.styles.push((first..=at.columns.saturating_sub(1), style.into_owned()));
                }
                if is_hidden {
                    sheet.layout.hidden_columns.push(first..=at.columns.saturating_sub(1));
                }
            }
            "table-row" => {
                at.rows = repeated(tag, "number-rows-repeated");
                at.column = 0;
                at.row_style = tag.get("default-cell-style-name").map(Cow::into_owned);
                if is_hidden {
                    sheet.layout.hidden_rows.push(at.row..=at.row.saturating_add(at.rows - 1));
                }
            }
            "table-cell" | "covered-table-cell" => self.cell(tag, at, sheet)?,
            // Pictures and charts have tables and text of their own.
            "shapes" | "forms" => self.tags.leave(tag.name),
            _ => {}
        }
        Ok(())
    }

    fn cell(&mut self, tag: &Tag<'a>, at: &mut At, sheet: &mut Sheet) -> Result<(), Problem> {
        let style = tag.get("style-name").map(Cow::into_owned).or_else(|| at.style().map(str::to_owned));
        let style = style.unwrap_or_default();
        let is_struck = self.styles.is_struck(&style, false);
        let found = self.found(tag.name, is_struck);
        let text = value(tag, found.text, self.styles.date_format(&style));
        let text = if is_struck && !marks::is_marked(&text) { marks::struck(&text) } else { text };
        let columns = repeated(tag, "number-columns-repeated");
        let place = (at.row, at.column);
        at.column = at.column.saturating_add(columns);
        if !found.comment.is_empty() {
            sheet
                .layout
                .comments
                .push((format!("{}{}", column_name(place.1.min(1 << 14)), place.0 + 1), found.comment));
        }
        merge(tag, place, sheet);
        // A cell that has only a style represents whole blank columns and rows, so only text is repeated.
        let shade = self.styles.shade(&style);
        let (rows, columns) = if text.trim().is_empty() { (1, columns.min(64)) } else { (at.rows, columns) };
        if text.trim().is_empty() && shade.is_none() {
            return Ok(());
        }
        let count = rows as usize * columns as usize;
        self.room =
            self.room.checked_sub(count).ok_or_else(|| trouble::too_large("it holds more than 500,000 cells"))?;
        for row in place.0..place.0.saturating_add(rows) {
            for column in place.1..place.1.saturating_add(columns) {
                sheet.put((row, column), &text, shade)?;
            }
        }
        Ok(())
    }

    /// Reads to the end of a cell.
    fn found(&mut self, cell: &str, is_struck: bool) -> Found {
        let mut found = Found::default();
        // Whether the text is struck through, for each span that is open.
        let mut spans = vec![is_struck];
        let mut paragraphs = 0;
        while let Some(piece) = self.tags.next() {
            match piece {
                Piece::Close(name) if name == cell => break,
                Piece::Open(tag) => match tag.name {
                    "p" | "h" => {
                        paragraphs += 1;
                        found.text.push_str(if paragraphs > 1 { "\n" } else { "" });
                    }
                    "span" => {
                        let around = spans.last().is_some_and(|around| *around);
                        spans.push(self.styles.is_struck(&tag.get("style-name").unwrap_or_default(), around));
                    }
                    "line-break" => found.text.push('\n'),
                    "tab" => found.text.push('\t'),
                    "s" => found.text.extend(spaces(&tag)),
                    "annotation" => found.comment = self.comment(),
                    "frame" | "custom-shape" => self.tags.leave(tag.name),
                    _ => {}
                },
                Piece::Close("span") if spans.len() > 1 => drop(spans.pop()),
                Piece::Text(words) if paragraphs > 0 && spans.last() == Some(&true) => {
                    found.text.push_str(&marks::struck(&words));
                }
                Piece::Text(words) if paragraphs > 0 => found.text.push_str(&words),
                Piece::Close(_) | Piece::Text(_) => {}
            }
        }
        found
    }

    /// The text of a comment without the date in front of it.
    fn comment(&mut self) -> String {
        let mut words: Vec<String> = Vec::new();
        while let Some(piece) = self.tags.next() {
            match piece {
                Piece::Close("annotation") => break,
                Piece::Open(tag) if tag.name == "date" => self.tags.leave("date"),
                Piece::Open(tag) if tag.name == "creator" => words.push(self.tags.text_of("creator") + ":"),
                Piece::Text(text) => words.extend(text.split_whitespace().map(str::to_owned)),
                Piece::Open(_) | Piece::Close(_) => {}
            }
        }
        words.join(" ")
    }
}

fn spaces(tag: &Tag) -> impl Iterator<Item = char> + use<> {
    std::iter::repeat_n(' ', tag.number("c").unwrap_or(1).min(1_000) as usize)
}

fn repeated(tag: &Tag, name: &str) -> u32 {
    tag.number(name).unwrap_or(1).clamp(1, 1 << 20)
}

fn merge(tag: &Tag, place: (u32, u32), sheet: &mut Sheet) {
    let (rows, columns) = (repeated(tag, "number-rows-spanned"), repeated(tag, "number-columns-spanned"));
    if rows > 1 || columns > 1 {
        let last = (place.0.saturating_add(rows - 1), place.1.saturating_add(columns - 1));
        sheet.merges.push(Area { first: place, last });
    }
}

/// A date is written in words, whatever order of day and month the sheet shows; everything else is as shown.
fn value(tag: &Tag, text: String, date_format: Option<&str>) -> String {
    let kinds: Vec<_> = tag.attributes_called("value-type").collect();
    let is = |kind: &str| kinds.iter().any(|value| value == kind);
    if is("error") || (text.starts_with("Err:") || text.starts_with('#')) && tag.get("formula").is_some() {
        return text;
    }
    if let Some(formula) = tag.get("formula").filter(|_| kinds.is_empty() && text.is_empty()) {
        return marks::formula(&formula);
    }
    let date = tag.get("date-value").filter(|_| is("date")).and_then(|date| moment(&date));
    match date {
        Some(when) => shown::date(when, date_format),
        None if text.is_empty() => {
            tag.get("value").and_then(|value| value.parse().ok()).map(shown::plain).unwrap_or_default()
        }
        None => text,
    }
}
