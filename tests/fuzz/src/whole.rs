//! Whole files around the part that is fuzzed: most random changes of a zip file end at its checksums.

use std::fmt::Write as _;
use std::io::{Cursor, Write};

use cfb::{CompoundFile, Version};
use zip::CompressionMethod;
use zip::write::{SimpleFileOptions, ZipWriter};

/// Between two parts of one input.
const NEXT: u8 = 0x1e;

const WORD: &str = "xmlns:w='w' xmlns:w14='w14' xmlns:mc='mc' xmlns:wps='wps' xmlns:v='v' xmlns:a='a'";
const OPEN: &str = "xmlns:office='o' xmlns:text='t' xmlns:table='tb' xmlns:style='s' xmlns:fo='f' xmlns:draw='d' \
                    xmlns:calcext='c' xmlns:dc='dc' xmlns:xlink='x'";
const EXCEL: &str = "xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main' \
                     xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'";
const RELATIONS: &str = "xmlns='http://schemas.openxmlformats.org/package/2006/relationships'";

/// A Word document: its body, numbering, styles, comments, a header, theme.
pub fn docx(bytes: &[u8]) -> Vec<u8> {
    let relation = |kind: &str| format!("<Relationship Type='x/{kind}' Target='{kind}.xml'/>");
    let kinds = ["numbering", "styles", "comments", "header", "theme"];
    let relations = format!("<Relationships>{}</Relationships>", kinds.map(relation).concat());
    let roots = ["w:document", "w:numbering", "w:styles", "w:comments", "w:hdr", "a:theme"];
    let mut parts = vec![("word/_rels/document.xml.rels".to_owned(), relations.into_bytes())];
    for (at, part) in pieces(bytes).take(roots.len()).enumerate() {
        let (root, name) = (roots[at], if at == 0 { "document" } else { kinds[at - 1] });
        let part = if at == 0 { [b"<w:body>", part, b"</w:body>"].concat() } else { part.to_vec() };
        parts.push((format!("word/{name}.xml"), within(root, WORD, &part)));
    }
    zipped(&parts)
}

/// An `OpenDocument` text: its body, its styles, and the part of styles.
pub fn odt(bytes: &[u8]) -> Vec<u8> {
    open_document("text", bytes)
}

/// An `OpenDocument` workbook: its tables, its styles, and the part of styles.
pub fn ods(bytes: &[u8]) -> Vec<u8> {
    open_document("spreadsheet", bytes)
}

fn open_document(kind: &str, bytes: &[u8]) -> Vec<u8> {
    let mut pieces = pieces(bytes);
    let body = pieces.next().unwrap_or_default();
    let styles = pieces.next().unwrap_or_default();
    let body = within("office:body", "", &within(&format!("office:{kind}"), "", body));
    let content = [within("office:automatic-styles", "", styles), body].concat();
    let mut parts = vec![
        ("mimetype".to_owned(), format!("application/vnd.oasis.opendocument.{kind}").into_bytes()),
        ("content.xml".to_owned(), within("office:document-content", OPEN, &content)),
    ];
    parts.extend(pieces.next().map(|part| ("styles.xml".to_owned(), within("office:document-styles", OPEN, part))));
    zipped(&parts)
}

/// An Excel workbook: its first sheet, shared words, formats, and a second sheet.
pub fn xlsx(bytes: &[u8]) -> Vec<u8> {
    let relation = |(id, kind, target): (&str, &str, &str)| {
        format!(
            "<Relationship Id='{id}' Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}' \
             Target='{target}'/>"
        )
    };
    let root = relation(("r1", "officeDocument", "xl/workbook.xml"));
    let around = [
        ("r1", "worksheet", "worksheets/sheet1.xml"),
        ("r2", "worksheet", "worksheets/sheet2.xml"),
        ("r3", "sharedStrings", "sharedStrings.xml"),
        ("r4", "styles", "styles.xml"),
    ];
    let sheets =
        "<sheets><sheet name='Plan' sheetId='1' r:id='r1'/><sheet name='More' sheetId='2' r:id='r2'/></sheets>";
    let mut parts = vec![
        ("_rels/.rels".to_owned(), within("Relationships", RELATIONS, root.as_bytes())),
        ("xl/workbook.xml".to_owned(), within("workbook", EXCEL, sheets.as_bytes())),
        (
            "xl/_rels/workbook.xml.rels".to_owned(),
            within("Relationships", RELATIONS, around.map(relation).concat().as_bytes()),
        ),
    ];
    let roots = [
        ("worksheet", "worksheets/sheet1"),
        ("sst", "sharedStrings"),
        ("styleSheet", "styles"),
        ("worksheet", "worksheets/sheet2"),
    ];
    let given = pieces(bytes).chain(std::iter::repeat(&[][..]));
    parts.extend(
        roots.iter().zip(given).map(|((root, name), part)| (format!("xl/{name}.xml"), within(root, EXCEL, part))),
    );
    zipped(&parts)
}

/// A page with this drawing; bytes that say that they are a PDF file are one as they stand.
pub fn pdf(bytes: &[u8]) -> Vec<u8> {
    if bytes.starts_with(b"%PDF") {
        return bytes.to_vec();
    }
    let objects: [&[u8]; 5] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Resources << /Font << /F1 3 0 R >> >> >>",
        &[format!("<< /Length {} >>\nstream\n", bytes.len()).as_bytes(), bytes, b"\nendstream"].concat(),
    ];
    let mut file = b"%PDF-1.5\n".to_vec();
    let mut places = String::new();
    for (at, object) in objects.iter().enumerate() {
        writeln!(places, "{:010} 00000 n ", file.len()).expect("room in memory");
        file.extend(format!("{} 0 obj\n", at + 1).bytes());
        file.extend([object, &b"\nendobj\n"[..]].concat());
    }
    let start = file.len();
    file.extend(format!("xref\n0 6\n0000000000 65535 f \n{places}trailer\n<< /Size 6 /Root 1 0 R >>\n").bytes());
    file.extend(format!("startxref\n{start}\n%%EOF\n").bytes());
    file
}

/// An old workbook: its stream of records.
pub fn xls(stream: &[u8]) -> Vec<u8> {
    compound(&[("/Workbook", stream)])
}

/// An old Word document: two bytes that say how long its main stream is, that, and its stream of tables.
pub fn doc(bytes: &[u8]) -> Vec<u8> {
    let (length, streams) = bytes.split_at(bytes.len().min(2));
    let length = length.iter().rev().fold(0, |length, byte| length << 8 | usize::from(*byte));
    let (word, table) = streams.split_at(length.min(streams.len()));
    compound(&[("/WordDocument", word), ("/1Table", table)])
}

/// The container of old Office files.
fn compound(streams: &[(&str, &[u8])]) -> Vec<u8> {
    // The longer sectors of the newer version are not for streams of a few bytes.
    let mut file = CompoundFile::create_with_version(Version::V3, Cursor::new(Vec::new())).expect("room in memory");
    for (name, bytes) in streams {
        file.create_stream(name).and_then(|mut stream| stream.write_all(bytes)).expect("room in memory");
    }
    file.into_inner().into_inner()
}

fn pieces(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    bytes.split(|byte| *byte == NEXT)
}

/// An element with these attributes around a part.
fn within(root: &str, attributes: &str, part: &[u8]) -> Vec<u8> {
    [format!("<{root} {attributes}>").as_bytes(), part, format!("</{root}>").as_bytes()].concat()
}

fn zipped(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, bytes) in parts {
        zip.start_file(name.as_str(), options).expect("a name");
        zip.write_all(bytes).expect("room in memory");
    }
    zip.finish().expect("a whole file").into_inner()
}
