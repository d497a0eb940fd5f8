//! A report as one HTML file, for reading, printing and screen readers.

use super::document::{Block, Cell, Document, Merge, Run, Table, Weight};
use super::svg;
use super::xml::{colours, escaped};
use crate::domain::date_words;
use crate::problem::Problem;

/// Table headings repeat on every printed page, rows are not split, and colours are printed.
const STYLE: &str = "body{font:11pt/1.4 Arial,sans-serif;margin:2rem auto;max-width:75rem;padding:0 1rem;color:#0b0c0c;\
background:#fff}h1{font-size:1.6rem}h2{font-size:1.3rem;break-after:avoid}h3{font-size:1.1rem;break-after:avoid}\
table{border-collapse:collapse;width:100%;margin:0 0 1.5rem;font-size:.9rem}caption{text-align:left;font-weight:bold;\
padding:.4rem 0}th,td{border:1px solid #505a5f;padding:.35rem .5rem;vertical-align:top;text-align:left;\
white-space:pre-line;overflow-wrap:break-word}thead{display:table-header-group}thead th{background:#e7e6e6}\
tr{break-inside:avoid}.marking{text-align:center;font-weight:bold}.break{break-after:page}\
@page{size:A4 landscape;margin:15mm}\
@media print{body{margin:0;max-width:none;padding:0}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}";

pub fn render(document: &Document) -> Result<Vec<u8>, Problem> {
    let (title, day) = (escaped(&document.title), escaped(&date_words::day(document.day)));
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n\
<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
<style>{STYLE}{}</style>\n</head>\n<body>\n",
        page_margins(document)
    );
    if !document.marking.is_empty() {
        out.push_str(&format!("<p class=\"marking\">{}</p>\n", escaped(&document.marking)));
    }
    out.push_str(&format!("<main>\n<h1>{title}</h1>\n<p>{day}</p>\n"));
    document.blocks.iter().for_each(|block| out.push_str(&self::block(block)));
    out.push_str("</main>\n</body>\n</html>\n");
    Ok(out.into_bytes())
}

/// Marking, date and page number in the margins of every printed page.
fn page_margins(document: &Document) -> String {
    let quoted = |text: &str| {
        // Only characters that cannot end the string, the rule or the style element.
        let plain: String = text.chars().filter(|c| c.is_alphanumeric() || " -–:.,/()".contains(*c)).collect();
        format!("\"{plain}\"")
    };
    format!(
        "@page{{@top-center{{content:{}}}@bottom-left{{content:{}}}@bottom-right{{content:\"Page \" counter(page) \" of \" counter(pages)}}}}",
        quoted(&document.marking),
        quoted(&date_words::day(document.day))
    )
}

fn block(block: &Block) -> String {
    match block {
        Block::Heading(heading) => {
            let level = heading.level.clamp(1, 5) + 1;
            format!("<h{level}>{}</h{level}>\n", escaped(&heading.text))
        }
        Block::Paragraph(words) => format!("<p>{}</p>\n", runs(words)),
        Block::List(points) => {
            let points: Vec<String> = points.iter().map(|point| format!("<li>{}</li>\n", runs(point))).collect();
            format!("<ul>\n{}</ul>\n", points.concat())
        }
        Block::Table(table) => self::table(table),
        Block::Chart(chart) => svg::figure(chart),
        Block::PageBreak => "<div class=\"break\"></div>\n".into(),
    }
}

fn table(table: &Table) -> String {
    let widths = table.widths(100);
    let mut out = format!("<table>\n<caption>{}</caption>\n<colgroup>", escaped(&table.caption));
    for width in &widths {
        out.push_str(&format!("<col style=\"width:{width}%\">"));
    }
    out.push_str("</colgroup>\n<thead><tr>");
    table.columns.iter().for_each(|column| out.push_str(&format!("<th scope=\"col\">{}</th>", escaped(&column.title))));
    out.push_str("</tr></thead>\n<tbody>\n");
    for (at, row) in table.rows.iter().enumerate() {
        out.push_str("<tr>");
        for (place, cell) in row.iter().enumerate() {
            out.push_str(&self::cell(cell, table.height(at, place)));
        }
        out.push_str("</tr>\n");
    }
    out + "</tbody>\n</table>\n"
}

fn cell(cell: &Cell, height: usize) -> String {
    let text = escaped(&cell.text);
    let style =
        cell.hue.map(colours).map(|(fill, ink)| format!(" style=\"background:#{fill};color:#{ink};font-weight:bold\""));
    match cell.merge {
        Merge::GoesOn => String::new(),
        Merge::Begins if height > 1 => format!("<td rowspan=\"{height}\">{text}</td>"),
        Merge::Begins | Merge::Alone => format!("<td{}>{text}</td>", style.unwrap_or_default()),
    }
}

fn runs(runs: &[Run]) -> String {
    let one = |run: &Run| match run.weight {
        Weight::Plain => escaped(&run.text).replace('\n', "<br>"),
        Weight::Bold => format!("<strong>{}</strong>", escaped(&run.text)),
    };
    runs.iter().map(one).collect()
}
