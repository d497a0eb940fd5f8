//! The body of a Word document: its blocks as paragraphs and tables.

use super::super::document::{Block, Cell, Chart, Column, Document, Merge, Run, Table, Weight};
use super::super::xml::{colours, escaped};
use super::page::{self, Page};
use crate::domain::form::PROMPT;

pub fn xml(document: &Document) -> String {
    let page = Page::of(document);
    let mut out = String::from(super::parts::DECLARATION);
    out.push_str(&format!("<w:document {}><w:body>", super::parts::NAMESPACES));
    out.push_str(&styled("Title", &run(&document.title, "")));
    for block in &document.blocks {
        match block {
            Block::Heading(heading) => {
                let style = format!("Heading{}", heading.level.clamp(1, 3));
                out.push_str(&styled(&style, &run(&heading.text, "")));
            }
            Block::Paragraph(words) => out.push_str(&format!("<w:p>{}</w:p>", runs(words))),
            Block::List(points) => points.iter().for_each(|point| out.push_str(&styled("ListBullet", &runs(point)))),
            // Word would join two tables with no paragraph between them.
            Block::Table(table) | Block::Chart(Chart { table, .. }) => {
                out.push_str(&(self::table(table, page) + "<w:p/>"));
            }
            Block::PageBreak => out.push_str("<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>"),
        }
    }
    out.push_str(&page.section());
    out.push_str("</w:body></w:document>");
    out
}

fn table(table: &Table, page: Page) -> String {
    let widths = page::widths(table, page.width());
    let mut out = String::from("<w:tbl><w:tblPr><w:tblStyle w:val=\"TableGrid\"/>");
    out.push_str(&format!(
        "<w:tblW w:w=\"{}\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/>",
        widths.iter().sum::<usize>()
    ));
    out.push_str("<w:tblLook w:val=\"0020\" w:firstRow=\"1\" w:lastRow=\"0\" w:firstColumn=\"0\" w:lastColumn=\"0\"/>");
    out.push_str(&format!("<w:tblCaption w:val=\"{}\"/></w:tblPr><w:tblGrid>", escaped(&table.caption)));
    for width in &widths {
        out.push_str(&format!("<w:gridCol w:w=\"{width}\"/>"));
    }
    out.push_str("</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
    for (column, width) in table.columns.iter().zip(&widths) {
        let shade = "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"E7E6E6\"/>";
        out.push_str(&cell((*width, shade), &lines(&column.title, "<w:rPr><w:b/></w:rPr>")));
    }
    out.push_str("</w:tr>");
    for row in &table.rows {
        let keep = if page::is_low(row, &widths) { "<w:trPr><w:cantSplit/></w:trPr>" } else { "" };
        out.push_str(&format!("<w:tr>{keep}"));
        for ((value, column), width) in row.iter().zip(&table.columns).zip(&widths) {
            let is_open = value.text.is_empty() && !column.choices.is_empty();
            out.push_str(&if is_open { to_choose(column, *width) } else { filled(value, *width) });
        }
        out.push_str("</w:tr>");
    }
    out + "</w:tbl>"
}

fn filled(value: &Cell, width: usize) -> String {
    let merge = match value.merge {
        Merge::Alone => "",
        Merge::Begins => "<w:vMerge w:val=\"restart\"/>",
        Merge::GoesOn => return cell((width, "<w:vMerge/>"), &lines("", "")),
    };
    let Some((fill, ink)) = value.hue.map(colours) else {
        return cell((width, merge), &lines(&value.text, ""));
    };
    let shade = format!("{merge}<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"{fill}\"/>");
    cell((width, &shade), &lines(&value.text, &format!("<w:rPr><w:b/><w:color w:val=\"{ink}\"/></w:rPr>")))
}

/// A drop-down list. What it shows until something is chosen is a prompt, which is not read back.
fn to_choose(column: &Column, width: usize) -> String {
    let item = |text: &str| format!("<w:listItem w:displayText=\"{0}\" w:value=\"{0}\"/>", escaped(text));
    let items: String = column.choices.iter().map(|choice| item(choice)).collect();
    let properties = format!(
        "<w:sdtPr><w:alias w:val=\"{}\"/><w:showingPlcHdr/><w:dropDownList>{items}</w:dropDownList></w:sdtPr>",
        escaped(&column.title)
    );
    let prompt = run(PROMPT, "<w:rPr><w:color w:val=\"767676\"/></w:rPr>");
    let control = format!("<w:sdt>{properties}<w:sdtContent>{prompt}</w:sdtContent></w:sdt>");
    cell((width, ""), &styled("TableText", &control))
}

/// The lines of a cell, each a paragraph; Word requires at least one.
fn lines(text: &str, properties: &str) -> String {
    let mut lines = text.lines().peekable();
    if lines.peek().is_none() {
        return styled("TableText", "");
    }
    lines.map(|line| styled("TableText", &run(line, properties))).collect()
}

/// A cell of the given width and properties.
fn cell((width, properties): (usize, &str), runs: &str) -> String {
    let properties = format!("<w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>{properties}</w:tcPr>");
    format!("<w:tc>{properties}{runs}</w:tc>")
}

fn styled(style: &str, runs: &str) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{runs}</w:p>")
}

fn runs(runs: &[Run]) -> String {
    let one = |words: &Run| match words.weight {
        Weight::Plain => run(&words.text, ""),
        Weight::Bold => run(&words.text, "<w:rPr><w:b/></w:rPr>"),
    };
    runs.iter().map(one).collect()
}

/// Text with its properties; a line end becomes a break.
fn run(text: &str, properties: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    let lines: Vec<String> =
        text.lines().map(|line| format!("<w:t xml:space=\"preserve\">{}</w:t>", escaped(line))).collect();
    format!("<w:r>{properties}{}</w:r>", lines.join("<w:br/>"))
}
