//! A chart in a web page: its table with a picture of each row's bar, in which each part carries its letter.

use super::chart::shares;
use super::document::{Cell, Chart};
use super::xml::{colours, escaped};

/// The width and height of a bar, in pixels.
const WIDTH: usize = 320;
const HEIGHT: usize = 18;
/// A narrower part has no room for its letter; the numbers beside it and the spoken text say it.
const LETTER: usize = 14;

/// The chart's table, with a bar after each row's name.
pub fn figure(chart: &Chart) -> String {
    let mut out = format!("<table>\n<caption>{}</caption>\n<thead><tr>", escaped(&chart.table.caption));
    for (at, column) in chart.table.columns.iter().enumerate() {
        out.push_str(&format!("<th scope=\"col\">{}</th>", escaped(&column.title)));
        out.push_str(if at == 0 { "<th scope=\"col\">Bar</th>" } else { "" });
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for row in &chart.table.rows {
        out.push_str("<tr>");
        for (at, cell) in row.iter().enumerate() {
            out.push_str(&format!("<td>{}</td>", escaped(&cell.text)));
            out.push_str(&if at == 0 { format!("<td>{}</td>", bar(chart, row)) } else { String::new() });
        }
        out.push_str("</tr>\n");
    }
    out + "</tbody>\n</table>\n"
}

/// The parts side by side; spoken as "Red 2, Amber 5".
fn bar(chart: &Chart, row: &[Cell]) -> String {
    let counts: Vec<usize> = chart.parts.iter().map(|part| chart.number(row, part)).collect();
    let said: Vec<String> =
        chart.parts.iter().zip(&counts).map(|(part, count)| format!("{} {count}", chart.word(part))).collect();
    let mut out = format!(
        "<svg width=\"{WIDTH}\" height=\"{HEIGHT}\" role=\"img\" aria-label=\"{}\">",
        escaped(&said.join(", "))
    );
    let mut from = 0;
    for (part, length) in chart.parts.iter().zip(shares(&counts, chart.longest(), WIDTH)) {
        let (fill, ink) = colours(part.hue);
        if length > 0 {
            out.push_str(&format!("<rect x=\"{from}\" width=\"{length}\" height=\"{HEIGHT}\" fill=\"#{fill}\"/>"));
        }
        if length >= LETTER {
            let (at, mark) = (from + 4, escaped(&part.mark));
            out.push_str(&format!("<text x=\"{at}\" y=\"13\" font-size=\"11\" fill=\"#{ink}\">{mark}</text>"));
        }
        from += length;
    }
    out + "</svg>"
}
