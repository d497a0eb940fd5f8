//! A chart in a web page: its table with a drawn bar for each row, each segment labelled with its letter.

use super::chart::shares;
use super::document::{Cell, Chart, Part, Shape};
use super::xml::{colours, escaped};

/// The width and height of a bar, in pixels.
const WIDTH: usize = 320;
const HEIGHT: usize = 18;
/// A narrower segment has no room for its letter; the numbers beside it and the accessible label give it.
const LETTER: usize = 14;

/// The chart's table, with a bar after each row's name; a chart over time has a sparkline for each part above it.
pub fn figure(chart: &Chart) -> String {
    let mut out = if chart.shape == Shape::Lines { courses(chart) } else { String::new() };
    out.push_str(&table(chart));
    out
}

fn table(chart: &Chart) -> String {
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

/// The segments side by side, with the accessible label "Red 2, Amber 5".
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

/// A sparkline for each part over all points in time, each on its own scale, with its numbers.
fn courses(chart: &Chart) -> String {
    let points: Vec<String> = chart.parts.iter().filter_map(|part| course(chart, part)).collect();
    if points.is_empty() { String::new() } else { format!("<ul>\n{}</ul>\n", points.concat()) }
}

fn course(chart: &Chart, part: &Part) -> Option<String> {
    let numbers: Vec<usize> = chart.table.rows.iter().map(|row| chart.number(row, part)).collect();
    let most = numbers.iter().copied().max().filter(|most| *most > 0)?;
    let steps = numbers.len().checked_sub(1).filter(|steps| *steps > 0)?;
    let point = |(at, number): (usize, &usize)| {
        let (x, y) = (at * WIDTH / steps, HEIGHT - 2 - number * (HEIGHT - 4) / most);
        format!("{x},{y}")
    };
    let line: Vec<String> = numbers.iter().enumerate().map(point).collect();
    let (word, (fill, _)) = (escaped(chart.word(part)), colours(part.hue));
    let (first, last) = (numbers.first()?, numbers.last()?);
    Some(format!(
        "<li>{word}: from {first} to {last}, peak {most} <svg width=\"{WIDTH}\" height=\"{HEIGHT}\" aria-hidden=\"true\">\
<polyline points=\"{}\" fill=\"none\" stroke=\"#{fill}\" stroke-width=\"2\"/></svg></li>\n",
        line.join(" ")
    ))
}
