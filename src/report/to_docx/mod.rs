//! A report as a Word document: real styles, table headings repeated on every page, merged and shaded cells, the
//! marking at the head of each page and the page number at the foot.
//!
//! Written by hand, because no library writes repeated table headings. Embedded times are those of the report's date,
//! so that the same report gives the same bytes.

mod body;
mod page;
mod parts;

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::document::Document;
use crate::problem::Problem;

pub fn render(document: &Document) -> Result<Vec<u8>, Problem> {
    let parts = [
        ("[Content_Types].xml", parts::TYPES.to_owned()),
        ("_rels/.rels", parts::RELATIONS.to_owned()),
        ("docProps/core.xml", parts::core(document)),
        ("word/document.xml", body::xml(document)),
        ("word/_rels/document.xml.rels", parts::DOCUMENT_RELATIONS.to_owned()),
        ("word/styles.xml", parts::STYLES.to_owned()),
        ("word/numbering.xml", parts::NUMBERING.to_owned()),
        ("word/settings.xml", parts::SETTINGS.to_owned()),
        ("word/header1.xml", parts::header(document)),
        ("word/footer1.xml", parts::footer(document)),
    ];
    packed(&parts).map_err(|error| Problem::new("Could not create the Word document", error.to_string(), ""))
}

fn packed(parts: &[(&str, String)]) -> zip::result::ZipResult<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    for (name, content) in parts {
        zip.start_file(*name, options)?;
        zip.write_all(content.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}
