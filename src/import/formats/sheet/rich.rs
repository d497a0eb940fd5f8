//! What calamine leaves out of the cells of an .xlsx sheet: struck-through words, and formulas without a result.

use std::collections::HashMap;

use super::archive::Archive;
use super::grid::{Sheet, place};
use super::tags::{Piece, Tag, Tags};
use crate::import::formats::marks;
use crate::problem::Problem;

/// The texts of a workbook in which words are struck through, with their marks, by their place in its list.
pub type Texts = HashMap<usize, String>;

pub fn texts(archive: &mut Archive) -> Result<Texts, Problem> {
    let name = archive.names().iter().find(|name| name.to_ascii_lowercase().ends_with("sharedstrings.xml")).cloned();
    let part = name.map(|name| archive.part(&name)).transpose()?.flatten().unwrap_or_default();
    let mut texts = Texts::new();
    // Few workbooks have any.
    if memchr::memmem::find(part.as_bytes(), b"strike").is_none() {
        return Ok(texts);
    }
    let (mut tags, mut at) = (Tags::new(&part), 0);
    while let Some(piece) = tags.next() {
        if matches!(piece, Piece::Open(tag) if tag.name == "si") {
            texts.extend(text(&mut tags, "si").map(|text| (at, text)));
            at += 1;
        }
    }
    Ok(texts)
}

/// Reads to the end of a cell, and changes what the sheet has there.
pub fn cell(tag: &Tag, tags: &mut Tags, texts: &Texts, sheet: &mut Sheet) -> Result<(), Problem> {
    let kind = tag.get("t").unwrap_or_default();
    let (mut formula, mut value, mut inline) = (None, String::new(), None);
    while let Some(piece) = tags.next() {
        match piece {
            Piece::Close("c") => break,
            Piece::Open(tag) if tag.name == "f" => formula = Some(tags.text_of("f")),
            Piece::Open(tag) if tag.name == "v" => value = tags.text_of("v"),
            Piece::Open(tag) if tag.name == "is" => inline = text(tags, "is"),
            Piece::Open(_) | Piece::Close(_) | Piece::Text(_) => {}
        }
    }
    let shared = || if kind == "s" { texts.get(&value.trim().parse().ok()?).cloned() } else { None };
    // A formula can give an empty text, and says so.
    let open = || formula.filter(|_| value.trim().is_empty() && kind != "str").map(|formula| marks::formula(&formula));
    let found = inline.or_else(shared).or_else(open);
    let Some((at, text)) = tag.get("r").and_then(|reference| place(&reference)).zip(found) else { return Ok(()) };
    let known = sheet.cells.get(&at);
    if known.is_some_and(|known| marks::is_marked(&known.text)) {
        return Ok(());
    }
    let shade = known.and_then(|known| known.shade.clone());
    sheet.put(at, &text, shade.as_deref())
}

/// Reads to the end of a text; the text where words of it are struck through.
fn text(tags: &mut Tags, end: &str) -> Option<String> {
    let (mut text, mut is_struck, mut has_struck) = (String::new(), false, false);
    while let Some(piece) = tags.next() {
        match piece {
            Piece::Close(name) if name == end => break,
            Piece::Open(tag) if tag.name == "r" => is_struck = false,
            // How a text is pronounced is no part of it.
            Piece::Open(tag) if tag.name == "rPh" => tags.leave("rPh"),
            Piece::Open(tag) if tag.name == "strike" => {
                is_struck = tag.get("val").is_none_or(|value| !matches!(value.trim(), "0" | "false" | "off"));
            }
            Piece::Open(tag) if tag.name == "t" => {
                let words = tags.text_of("t");
                has_struck |= is_struck;
                text.push_str(&if is_struck { marks::struck(&words) } else { words });
            }
            Piece::Open(_) | Piece::Close(_) | Piece::Text(_) => {}
        }
    }
    has_struck.then_some(text)
}
