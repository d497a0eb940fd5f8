//! A screen as an SVG picture, so that the README can show the program itself.

use std::fmt::Write as _;

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};

const CELL_WIDTH: f32 = 9.0;
const CELL_HEIGHT: f32 = 20.0;

/// The buffer drawn with a monospaced font; runs of one style are one piece of text.
pub fn picture(title: &str, buffer: &Buffer) -> String {
    let (cols, rows) = (f32::from(buffer.area.width), f32::from(buffer.area.height));
    let (width, height) = (cols * CELL_WIDTH, rows * CELL_HEIGHT);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" \
         font-family=\"DejaVu Sans Mono, Menlo, Consolas, monospace\" font-size=\"15\" xml:space=\"preserve\">\n\
         <title>{title}</title>\n<rect width=\"100%\" height=\"100%\" fill=\"#0B0C0C\"/>\n"
    );
    for (y, row) in buffer.content.chunks(usize::from(buffer.area.width.max(1))).enumerate() {
        let mut x = 0;
        for run in row.chunk_by(|a, b| a.style() == b.style()) {
            draw(&mut svg, run, x, y);
            x += run.len();
        }
    }
    svg.push_str("</svg>\n");
    svg
}

fn draw(svg: &mut String, run: &[Cell], x: usize, y: usize) {
    let words: String = run.iter().map(Cell::symbol).collect();
    let cells = |count: usize| f32::from(u16::try_from(count).expect("a screen"));
    let (left, top) = (cells(x) * CELL_WIDTH, cells(y) * CELL_HEIGHT);
    let width = cells(run.len()) * CELL_WIDTH;
    let Some(first) = run.first() else { return };
    if let Some(ground) = hex(first.bg).filter(|ground| ground != "#0B0C0C") {
        writeln!(svg, "<rect x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"{CELL_HEIGHT}\" fill=\"{ground}\"/>")
            .expect("a string");
    }
    if words.trim().is_empty() {
        return;
    }
    let bold = if first.modifier.contains(Modifier::BOLD) { " font-weight=\"bold\"" } else { "" };
    let fill = hex(first.fg).unwrap_or_else(|| "#F3F2F1".into());
    let base = top + 15.0;
    let escaped = words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    writeln!(svg, "<text x=\"{left}\" y=\"{base}\" fill=\"{fill}\"{bold} textLength=\"{width}\">{escaped}</text>")
        .expect("a string");
}

fn hex(colour: Color) -> Option<String> {
    match colour {
        Color::Rgb(r, g, b) => Some(format!("#{r:02X}{g:02X}{b:02X}")),
        _ => None,
    }
}
