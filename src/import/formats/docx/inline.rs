//! The text of one paragraph of a Word document: runs, fields, symbols, changes, boxes.

use roxmltree::Node;

use super::story::{Story, chosen, content};
use super::styles::{self, Styles};
use crate::import::formats::{marks, shade, symbols, xml};
use crate::import::table::Block;
use crate::problem::Problem;

/// A paragraph as far as it has been read.
#[derive(Debug, Default)]
pub struct OpenParagraph {
    pub text: String,
    /// The content of text boxes that are anchored here.
    pub boxes: Vec<Block>,
    /// Ids of comments made here.
    pub comments: Vec<String>,
    /// Fields that have begun and not ended, the innermost last.
    fields: Vec<Field>,
    is_hidden: bool,
    is_struck: bool,
}

/// Where in a field the text is: first comes the field's instruction, then what it shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    Instruction,
    Result,
}

impl OpenParagraph {
    /// An empty paragraph of a style, in a cell whose table strikes it through or not.
    pub fn of(style: Option<&str>, styles: &Styles, in_cell: bool) -> OpenParagraph {
        let (is_hidden, is_struck) = (styles.is_hidden(style), styles.strikes_paragraph(style, in_cell));
        OpenParagraph { is_hidden, is_struck, ..OpenParagraph::default() }
    }

    fn is_shown(&self) -> bool {
        !self.fields.contains(&Field::Instruction)
    }
}

impl Story<'_> {
    /// Adds what an element inside a paragraph shows.
    pub fn inline(&mut self, node: Node, line: &mut OpenParagraph) -> Result<(), Problem> {
        for child in node.children() {
            match xml::name(child) {
                "r" => self.run(child, line)?,
                "del" | "moveFrom" => self.notices.deletions += 1,
                "ins" | "moveTo" => {
                    self.notices.insertions += 1;
                    self.inline(child, line)?;
                }
                "sdt" => self.control(child, line)?,
                "AlternateContent" => {
                    if let Some(chosen) = chosen(child) {
                        self.inline(chosen, line)?;
                    }
                }
                "subDoc" => self.notices.parts += 1,
                "pPr" | "rPr" | "sdtPr" | "" => {}
                _ => self.inline(child, line)?,
            }
        }
        Ok(())
    }

    /// A content control: its text, or its tick if it has a tick and no text.
    fn control(&mut self, node: Node, line: &mut OpenParagraph) -> Result<(), Problem> {
        let before = line.text.len();
        if let Some(content) = content(node) {
            self.inline(content, line)?;
        }
        let tick = xml::at(node, &["sdtPr", "checkbox"]);
        if let Some(tick) = tick.filter(|_| line.text.len() == before) {
            line.text.push(if xml::is_on(tick, "checked") { '☒' } else { '☐' });
        }
        Ok(())
    }

    fn run(&mut self, node: Node, line: &mut OpenParagraph) -> Result<(), Problem> {
        let properties = xml::child(node, "rPr");
        let style = properties.and_then(|properties| xml::value(properties, "rStyle"));
        let says_hidden = properties.filter(|properties| xml::child(*properties, "vanish").is_some());
        let is_hidden = match says_hidden {
            Some(properties) => xml::is_on(properties, "vanish"),
            None => line.is_hidden || self.context.styles.is_hidden(style),
        };
        let before = line.text.len();
        self.pieces(node, properties, line)?;
        let added = line.text.get(before..).unwrap_or_default().to_owned();
        let says_struck = properties.and_then(styles::struck);
        if is_hidden {
            line.text.truncate(before);
            self.notices.hide(&marks::shown(&added));
        } else if says_struck.unwrap_or_else(|| self.context.styles.strikes_text(style, line.is_struck)) {
            line.text.truncate(before);
            line.text.push_str(&marks::struck(&added));
        } else if !added.trim().is_empty() {
            self.colour(properties);
        }
        Ok(())
    }

    fn pieces(&mut self, node: Node, properties: Option<Node>, line: &mut OpenParagraph) -> Result<(), Problem> {
        for child in node.children() {
            match xml::name(child) {
                "t" if line.is_shown() => line.text.push_str(&letters(child.text().unwrap_or_default(), properties)),
                "tab" | "ptab" if line.is_shown() => line.text.push('\t'),
                "br" | "cr" if line.is_shown() => line.text.push('\n'),
                "noBreakHyphen" if line.is_shown() => line.text.push('-'),
                "sym" if line.is_shown() => line.text.extend(symbol(child)),
                "fldChar" => field(child, line),
                "footnoteReference" | "endnoteReference" if line.is_shown() => {
                    let id = xml::attribute(child, "id").unwrap_or_default();
                    line.text.push_str(&marks::note(&format!("{}{id}", xml::name(child))));
                }
                "commentReference" => line.comments.extend(xml::attribute(child, "id").map(str::to_owned)),
                "ruby" => {
                    if let Some(base) = xml::child(child, "rubyBase") {
                        self.inline(base, line)?;
                    }
                }
                "AlternateContent" => {
                    if let Some(chosen) = chosen(child) {
                        self.pieces(chosen, properties, line)?;
                    }
                }
                "drawing" | "pict" | "object" => self.boxes(child, line)?,
                _ => {}
            }
        }
        Ok(())
    }

    /// Text boxes are beside the text; they are read after the paragraph in which they are anchored.
    fn boxes(&mut self, node: Node, line: &mut OpenParagraph) -> Result<(), Problem> {
        for child in node.children() {
            match xml::name(child) {
                "txbxContent" => line.boxes.extend(self.blocks(child)?),
                "OLEObject" if !is_formula(child) => self.notices.embedded += 1,
                "AlternateContent" => {
                    if let Some(chosen) = chosen(child) {
                        self.boxes(chosen, line)?;
                    }
                }
                _ => self.boxes(child, line)?,
            }
        }
        Ok(())
    }

    fn colour(&mut self, properties: Option<Node>) {
        let theme = &self.context.theme;
        let marked = properties.and_then(|run| xml::value(run, "highlight")).and_then(shade::of_highlight);
        let filled = || properties.and_then(|run| xml::child(run, "shd")).and_then(|shading| theme.fill(shading));
        self.ink.behind.add(marked.or_else(filled));
        self.ink.own.add(properties.and_then(|run| xml::child(run, "color")).and_then(|colour| theme.ink(colour)));
    }
}

/// An object that is only mathematics says nothing about a plan.
fn is_formula(object: Node) -> bool {
    xml::attribute(object, "ProgID").is_some_and(|program| program.starts_with("Equation"))
}

/// Letters, or the symbols that a font shows for them.
fn letters(text: &str, properties: Option<Node>) -> String {
    let font = properties.and_then(|run| xml::child(run, "rFonts")).and_then(|fonts| xml::attribute(fonts, "ascii"));
    let text = text.replace('\u{ad}', "");
    match font.filter(|font| symbols::is_pictures(font)) {
        Some(font) => text.chars().map(|c| symbols::wingdings(font, u32::from(c)).unwrap_or(c)).collect(),
        None => text,
    }
}

fn symbol(node: Node) -> Option<char> {
    let code = u32::from_str_radix(xml::attribute(node, "char")?, 16).ok()?;
    let font = xml::attribute(node, "font").unwrap_or_default();
    let is_private = (0xf000..0xf100).contains(&code);
    symbols::wingdings(font, code).or_else(|| char::from_u32(code).filter(|_| !is_private))
}

/// Where a field begins, shows its result, and ends; a form field shows what was ticked or chosen.
fn field(node: Node, line: &mut OpenParagraph) {
    match xml::attribute(node, "fldCharType") {
        Some("begin") => {
            if line.is_shown() {
                line.text.push_str(&chosen_in_form(node).unwrap_or_default());
            }
            line.fields.push(Field::Instruction);
        }
        Some("separate") => {
            if let Some(last) = line.fields.last_mut() {
                *last = Field::Result;
            }
        }
        Some("end") => drop(line.fields.pop()),
        Some(_) | None => {}
    }
}

fn chosen_in_form(node: Node) -> Option<String> {
    let form = xml::child(node, "ffData")?;
    if let Some(tick) = xml::child(form, "checkBox") {
        let name = if xml::child(tick, "checked").is_some() { "checked" } else { "default" };
        return Some(if xml::is_on(tick, name) { "☒" } else { "☐" }.to_owned());
    }
    let list = xml::child(form, "ddList")?;
    let chosen = xml::value(list, "result").or_else(|| xml::value(list, "default"));
    let at = chosen.and_then(|at| at.parse().ok()).unwrap_or(0);
    let entry = list.children().filter(|entry| xml::name(*entry) == "listEntry").nth(at)?;
    xml::attribute(entry, "val").map(str::to_owned)
}
