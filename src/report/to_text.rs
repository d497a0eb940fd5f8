//! A report as plain text at most 100 columns wide, with headings underlined.

use super::document::Document;
use super::lines::{self, Line, Tone};
use crate::problem::Problem;
use crate::text;

/// The width of a line.
const WIDTH: usize = 100;

pub fn render(document: &Document) -> Result<Vec<u8>, Problem> {
    let mut out = Vec::new();
    if !document.marking.is_empty() {
        out.push(text::harmless(&document.marking).into_owned());
        out.push(String::new());
    }
    let lines = lines::of(document, WIDTH);
    for (at, line) in lines.iter().enumerate() {
        out.push(line.text());
        let goes_on = lines.get(at + 1).is_some_and(|next| underline(next).is_some());
        if let Some(mark) = underline(line).filter(|_| !goes_on) {
            out.push(mark.to_string().repeat(text::width(&line.text())));
        }
    }
    let lines: Vec<&str> = out.iter().map(|line| line.trim_end()).collect();
    Ok((lines.join("\n") + "\n").into_bytes())
}

/// The underline of a title or heading.
fn underline(line: &Line) -> Option<char> {
    match line.pieces.first()?.tone {
        Tone::Title => Some('='),
        Tone::Heading(..2) => Some('-'),
        Tone::Heading(_) => Some('.'),
        Tone::Plain | Tone::Strong | Tone::Dim | Tone::Rating(_) => None,
    }
}
