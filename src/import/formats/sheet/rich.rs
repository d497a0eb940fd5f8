//! What calamine leaves out of the cells of an .xlsx sheet: struck-through words, and formulas without a result.

use std::collections::HashMap;

use super::archive::Archive;
use super::grid::{Sheet, place};
use super::passages::{Around, Passages};
use super::tags::{Piece, Tag, Tags};
use crate::import::formats::marks;
use crate::problem::Problem;

/// The texts of a workbook in which passages look different, by their place in its list.
pub type Texts = HashMap<usize, Passages>;

pub fn texts(archive: &mut Archive) -> Result<Texts, Problem> {
    let part = named(archive, "sharedstrings.xml")?;
    let mut texts = Texts::new();
    // Few workbooks strike anything through.
    if !strikes(&part) && !strikes(&named(archive, "styles.xml")?) {
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

fn named(archive: &mut Archive, end: &str) -> Result<String, Problem> {
    let name = archive.names().iter().find(|name| name.to_ascii_lowercase().ends_with(end)).cloned();
    Ok(name.map(|name| archive.part(&name)).transpose()?.flatten().unwrap_or_default())
}

fn strikes(part: &str) -> bool {
    memchr::memmem::find(part.as_bytes(), b"strike").is_some()
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
    let Some(at) = tag.get("r").and_then(|reference| place(&reference)) else { return Ok(()) };
    let known = sheet.cells.get(&at);
    let around = known.map_or(Around::Plain, |known| Around::of(&known.text));
    let shared = || if kind == "s" { texts.get(&value.trim().parse().ok()?) } else { None };
    let passages = inline.as_ref().or_else(shared).and_then(|passages| passages.marked(around));
    // A formula can give an empty text, and says so.
    let open = || formula.filter(|_| value.trim().is_empty() && kind != "str").map(|formula| marks::formula(&formula));
    let Some(text) = passages.or_else(open) else { return Ok(()) };
    let shade = known.and_then(|known| known.shade.clone());
    sheet.put(at, &text, shade.as_deref())
}

/// Reads to the end of a text; its passages where they look different.
fn text(tags: &mut Tags, end: &str) -> Option<Passages> {
    let (mut passages, mut is_struck) = (Passages::default(), None);
    while let Some(piece) = tags.next() {
        match piece {
            Piece::Close(name) if name == end => break,
            Piece::Open(tag) if tag.name == "r" => is_struck = None,
            // The properties of a passage are all that it has: what they do not name it is without.
            Piece::Open(tag) if tag.name == "rPr" => is_struck = Some(false),
            // How a text is pronounced is no part of it.
            Piece::Open(tag) if tag.name == "rPh" => tags.leave("rPh"),
            Piece::Open(tag) if tag.name == "strike" => {
                is_struck = Some(tag.get("val").is_none_or(|value| !matches!(value.trim(), "0" | "false" | "off")));
            }
            Piece::Open(tag) if tag.name == "t" => passages.push(tags.text_of("t"), is_struck),
            Piece::Open(_) | Piece::Close(_) | Piece::Text(_) => {}
        }
    }
    passages.differ().then_some(passages)
}
