//! Synthetic plans of any length in the formats that boards use, with the same text in each.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::write::{SimpleFileOptions, ZipWriter};

const HEADER: [&str; 6] = ["Recommendation", "Key action", "Lead", "Target date", "RAG", "Progress"];
const LEADS: [&str; 7] = [
    "Fenwick Police",
    "HR",
    "Head of Adult Safeguarding (FCC)",
    "ICB / FCC",
    "Fenwick Borough Council, Haven House and ICB",
    "CSP via Training Group",
    "Designated Nurse (ICB)",
];
const TARGETS: [&str; 5] = ["Oct 2025", "31/03/2026", "Ongoing", "Q2 25/26", "Early 2026"];
const WORDS: [&str; 12] = [
    "review", "records", "of", "partner", "agencies", "and", "training", "audit", "the", "referral", "pathway", "board",
];
/// Rows per page of a PDF file.
const ON_PAGE: usize = 9;
/// The column edges in a PDF file, in points.
const EDGES: [usize; 7] = [30, 130, 240, 330, 400, 450, 570];

/// The cells of a plan with this many actions, four per recommendation.
pub fn plan(actions: usize) -> Vec<[String; 6]> {
    let row = |at: usize| {
        let recommendation =
            if at.is_multiple_of(4) { format!("{}. {}", at / 4 + 1, sentence(at, 18)) } else { String::new() };
        let progress = format!("November 2025: {} {}", sentence(at * 3, 30), sentence(at * 5, 12));
        let rating = ["Red", "Amber", "Green", "Blue"][at % 4];
        let cells = [LEADS[at % 7], TARGETS[at % 5], rating].map(str::to_owned);
        let [lead, target, rating] = cells;
        [recommendation, sentence(at * 7, 22), lead, target, rating, progress]
    };
    std::iter::once(HEADER.map(str::to_owned)).chain((0..actions).map(row)).collect()
}

pub fn csv(rows: &[[String; 6]]) -> Vec<u8> {
    let line = |row: &[String; 6]| row.iter().map(|cell| format!("\"{cell}\"")).collect::<Vec<_>>().join(",") + "\r\n";
    rows.iter().map(line).collect::<String>().into_bytes()
}

pub fn docx(rows: &[[String; 6]]) -> Vec<u8> {
    let cell = |cell: &String| format!("<w:tc><w:p><w:r><w:t>{cell}</w:t></w:r></w:p></w:tc>");
    let body = table(rows, "w:tbl", "w:tr", cell);
    let document = format!("<w:document xmlns:w='w'><w:body>{body}</w:body></w:document>");
    zipped(&[("word/document.xml", &document)])
}

pub fn odt(rows: &[[String; 6]]) -> Vec<u8> {
    let cell = |cell: &String| format!("<table:table-cell><text:p>{cell}</text:p></table:table-cell>");
    let body = table(rows, "table:table", "table:table-row", cell);
    let content = format!(
        "<o:content xmlns:o='o' xmlns:text='t' xmlns:table='tb'><o:body><o:text>{body}</o:text></o:body></o:content>"
    );
    zipped(&[("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", &content)])
}

pub fn xlsx(rows: &[[String; 6]]) -> Vec<u8> {
    let names = "xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main' \
                 xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'";
    let cell = |cell: &String| format!("<c t='inlineStr'><is><t>{cell}</t></is></c>");
    let relations = |kind: &str, target: &str| {
        format!(
            "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'><Relationship Id='r1' \
             Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}' Target='{target}'/>\
             </Relationships>"
        )
    };
    zipped(&[
        ("_rels/.rels", &relations("officeDocument", "xl/workbook.xml")),
        ("xl/_rels/workbook.xml.rels", &relations("worksheet", "worksheets/sheet1.xml")),
        (
            "xl/workbook.xml",
            &format!("<workbook {names}><sheets><sheet name='Plan' sheetId='1' r:id='r1'/></sheets></workbook>"),
        ),
        (
            "xl/worksheets/sheet1.xml",
            &format!("<worksheet {names}>{}</worksheet>", table(rows, "sheetData", "row", cell)),
        ),
    ])
}

/// A PDF file with ruled tables and the header on every page.
pub fn pdf(rows: &[[String; 6]]) -> Vec<u8> {
    let (header, rows) = rows.split_first().expect("a header");
    let pages: Vec<String> = rows.chunks(ON_PAGE).map(|rows| page(std::iter::once(header).chain(rows))).collect();
    let kids = (0..pages.len()).map(|at| format!("{} 0 R", 4 + at * 2)).collect::<Vec<_>>().join(" ");
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!("<< /Type /Pages /Kids [{kids}] /Count {} >>", pages.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>".to_owned(),
    ];
    for (at, content) in pages.iter().enumerate() {
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {} 0 R \
             /Resources << /Font << /F1 3 0 R >> >> >>",
            5 + at * 2
        ));
        objects.push(format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()));
    }
    file(&objects)
}

fn page<'a>(rows: impl Iterator<Item = &'a [String; 6]>) -> String {
    let (mut drawn, mut top) = (String::new(), 800);
    for row in rows {
        let cells: Vec<Vec<String>> = row
            .iter()
            .zip(EDGES.windows(2))
            .map(|(cell, edge)| wrapped(cell, (edge[1] - edge[0] - 6) * 5 / 18))
            .collect();
        let bottom = top - cells.iter().map(Vec::len).max().unwrap_or(1) * 8 - 6;
        for (lines, edge) in cells.iter().zip(EDGES.windows(2)) {
            let (left, right) = (edge[0], edge[1]);
            for [x0, y0, x1, y1] in [[left, top, right, top], [left, top, left, bottom], [right, top, right, bottom]] {
                write!(drawn, "0.5 w {x0} {y0} m {x1} {y1} l S ").expect("memory");
            }
            for (at, line) in lines.iter().enumerate() {
                let line = line.replace(['(', ')'], "");
                writeln!(drawn, "BT /F1 6 Tf 1 0 0 1 {} {} Tm ({line}) Tj ET", left + 3, top - 8 - at * 8)
                    .expect("memory");
            }
        }
        top = bottom;
    }
    drawn + &format!("{} {top} m {} {top} l S", EDGES[0], EDGES[6])
}

fn file(objects: &[String]) -> Vec<u8> {
    let (mut file, mut places) = ("%PDF-1.5\n".to_owned(), String::new());
    for (at, object) in objects.iter().enumerate() {
        writeln!(places, "{:010} 00000 n ", file.len()).expect("memory");
        write!(file, "{} 0 obj\n{object}\nendobj\n", at + 1).expect("memory");
    }
    let (start, size) = (file.len(), objects.len() + 1);
    write!(file, "xref\n0 {size}\n0000000000 65535 f \n{places}trailer\n<< /Size {size} /Root 1 0 R >>\n")
        .expect("memory");
    (file + &format!("startxref\n{start}\n%%EOF\n")).into_bytes()
}

fn table(rows: &[[String; 6]], table: &str, row: &str, cell: impl Fn(&String) -> String) -> String {
    let row = |cells: &[String; 6]| format!("<{row}>{}</{row}>", cells.iter().map(&cell).collect::<String>());
    format!("<{table}>{}</{table}>", rows.iter().map(row).collect::<String>())
}

fn wrapped(text: &str, letters: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        if lines.last().is_some_and(|line| !line.is_empty() && line.len() + 1 + word.len() > letters) {
            lines.push(String::new());
        }
        let line = lines.last_mut().expect("a line");
        line.push_str(if line.is_empty() { "" } else { " " });
        line.push_str(word);
    }
    lines
}

/// Deterministic words: the same arguments give the same sentence.
fn sentence(from: usize, words: usize) -> String {
    let word = |at: usize| WORDS[(from * 31 + at * at * 7 + at) % WORDS.len()];
    format!("Part {from}: {}.", (0..words).map(word).collect::<Vec<_>>().join(" "))
}

fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).expect("a name");
        zip.write_all(text.as_bytes()).expect("memory");
    }
    zip.finish().expect("a whole file").into_inner()
}
