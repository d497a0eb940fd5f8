//! Small PDF files for tests: words at places, rules, colours, pages.

/// The left edges of four columns and the right edge of the last.
pub const EDGES: [f32; 5] = [40.0, 180.0, 320.0, 420.0, 540.0];
/// Points from line to line, and of the letters.
const PITCH: f32 = 12.0;
const SIZE: f32 = 10.0;

/// A page under construction, in points from its lower left corner.
#[derive(Clone, Default)]
pub struct Sheet {
    pub content: String,
    pub extra: String,
}

impl Sheet {
    pub fn words(&mut self, x: f32, y: f32, text: &str) -> &mut Sheet {
        let text = text.replace('\\', "\\\\").replace('(', "\\(").replace(')', "\\)");
        self.draw(&format!("BT /F1 {SIZE} Tf 1 0 0 1 {x} {y} Tm ({text}) Tj ET"))
    }

    /// Words in letters of another size.
    pub fn sized(&mut self, size: f32, x: f32, y: f32, text: &str) -> &mut Sheet {
        self.draw(&format!("BT /F1 {size} Tf 1 0 0 1 {x} {y} Tm ({text}) Tj ET"))
    }

    pub fn rule(&mut self, x0: f32, y0: f32, x1: f32, y1: f32) -> &mut Sheet {
        self.draw(&format!("0.5 w {x0} {y0} m {x1} {y1} l S"))
    }

    pub fn fill(&mut self, colour: &str, x: f32, y: f32, width: f32, height: f32) -> &mut Sheet {
        self.draw(&format!("{colour} rg {x} {y} {width} {height} re f 0 g"))
    }

    pub fn draw(&mut self, operators: &str) -> &mut Sheet {
        self.content.push_str(operators);
        self.content.push('\n');
        self
    }

    /// Lines below each other in a cell whose upper left corner is here.
    pub fn cell(&mut self, x: f32, top: f32, text: &str) -> &mut Sheet {
        let mut base = top - PITCH;
        for line in wrapped(x, text) {
            if !line.is_empty() {
                self.words(x + 4.0, base, &line);
            }
            base -= PITCH;
        }
        self
    }

    /// A row of ruled cells from this height down; gives the height of its lower rule. `rows` of "^" have no rule above.
    pub fn row(&mut self, top: f32, cells: &[&str]) -> f32 {
        let lines = cells.iter().zip(EDGES).map(|(cell, x)| wrapped(x, cell).len()).max().unwrap_or(1);
        let mut bottom = top - 6.0;
        (0..lines).for_each(|_| bottom -= PITCH);
        for ((cell, left), right) in cells.iter().zip(EDGES).zip(EDGES.into_iter().skip(1)) {
            let text = cell.strip_prefix('^').unwrap_or(cell);
            if text == *cell {
                self.rule(left, top, right, top);
            }
            self.rule(left, top, left, bottom).rule(right, top, right, bottom).cell(left, top, text);
        }
        bottom
    }

    /// Rows below each other, closed by a rule; gives its height.
    pub fn table(&mut self, top: f32, rows: &[&[&str]]) -> f32 {
        let mut at = top;
        for row in rows {
            at = self.row(at, row);
        }
        self.rule(EDGES[0], at, EDGES[4], at);
        at
    }
}

/// Lines as a word processor breaks them in the column that begins here, with letters of one width.
fn wrapped(x: f32, text: &str) -> Vec<String> {
    let column = EDGES.iter().position(|edge| (edge - x).abs() < 1.0).unwrap_or(0);
    let most = [22, 22, 15, 18, 90][column];
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        let mut line = String::new();
        for word in paragraph.split(' ') {
            if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > most {
                lines.push(std::mem::take(&mut line));
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        lines.push(line);
    }
    lines
}

/// The file of these pages.
pub fn pdf(sheets: &[Sheet]) -> Vec<u8> {
    let streams: Vec<Vec<u8>> =
        sheets.iter().map(|sheet| sheet.content.chars().map(|c| u8::try_from(c).unwrap_or(b'?')).collect()).collect();
    let pages = streams.iter().zip(sheets).map(|(stream, sheet)| (sheet.extra.as_str(), "", stream.as_slice()));
    file(&pages.collect::<Vec<_>>(), &[], "")
}

/// A file of pages (entries of the page, entries of its stream, the stream), further objects and entries of the trailer.
pub fn file(pages: &[(&str, &str, &[u8])], objects: &[Vec<u8>], trailer: &str) -> Vec<u8> {
    let mut parts: Vec<Vec<u8>> = Vec::new();
    let first = 4 + objects.len();
    let kids = (0..pages.len()).map(|at| format!("{} 0 R", first + at * 2)).collect::<Vec<_>>().join(" ");
    parts.push(b"<< /Type /Catalog /Pages 2 0 R >>".to_vec());
    parts.push(format!("<< /Type /Pages /Kids [{kids}] /Count {} >>", pages.len()).into_bytes());
    parts.push(b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>".to_vec());
    parts.extend(objects.iter().cloned());
    for (at, (extra, filter, content)) in pages.iter().enumerate() {
        let page = format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {} 0 R {extra} \
             /Resources << /Font << /F1 3 0 R >> /XObject << /X1 4 0 R >> >> >>",
            first + at * 2 + 1
        );
        parts.push(page.into_bytes());
        parts.push(stream(filter, content));
    }
    assemble(&parts, trailer)
}

/// An object that is a stream.
pub fn stream(entries: &str, content: &[u8]) -> Vec<u8> {
    let mut object = format!("<< /Length {} {entries} >>\nstream\n", content.len()).into_bytes();
    object.extend(content);
    object.extend(b"\nendstream");
    object
}

fn assemble(parts: &[Vec<u8>], trailer: &str) -> Vec<u8> {
    let mut file = b"%PDF-1.5\n".to_vec();
    let mut places = Vec::new();
    for (at, part) in parts.iter().enumerate() {
        places.push(file.len());
        file.extend(format!("{} 0 obj\n", at + 1).bytes());
        file.extend(part);
        file.extend(b"\nendobj\n");
    }
    let start = file.len();
    file.extend(format!("xref\n0 {}\n0000000000 65535 f \n", parts.len() + 1).bytes());
    for place in places {
        file.extend(format!("{place:010} 00000 n \n").bytes());
    }
    let size = parts.len() + 1;
    file.extend(format!("trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n").bytes());
    file
}
