//! Word documents (.docx) → paragraphs and tables.
//!
//! Word keeps what a reader sees in many places: numbers of lists in one part, comments in another, a text box twice.
//! What is shown on the page becomes text, exactly once; what stands beside the page becomes notes.

mod inline;
mod lists;
mod parts;
mod story;
mod styles;
mod symbols;
mod tables;
#[cfg(test)]
mod tests;
mod theme;

use self::lists::Lists;
use self::parts::Parts;
use self::story::{Notices, Story};
use self::styles::Styles;
use self::theme::Theme;
use super::flow;
use super::table::{Block, Document};
use super::xml;
use super::zip_parts::{Package, damaged};
use crate::problem::Problem;

/// Reads a Word document; a problem where it is none, or is locked, damaged or far too large.
pub fn read(bytes: &[u8]) -> Result<Document, Problem> {
    let mut package = Package::open(bytes)?;
    let parts = Parts::find(&mut package)?;
    let text = package.text(&parts.document)?.ok_or_else(damaged)?;
    let styles = Styles::read(&mut package, parts.one("styles"))?;
    let context = Context {
        lists: Lists::read(&mut package, parts.one("numbering"), &styles)?,
        theme: Theme::read(&mut package, parts.one("theme"))?,
        styles,
    };
    let tree = xml::parse(&text)?;
    let body = xml::child(tree.root_element(), "body").ok_or_else(damaged)?;
    let mut story = Story::new(&context);
    let mut blocks = story.blocks(body)?;
    blocks.retain(|block| !matches!(block, Block::Paragraph(text) if text.trim().is_empty()));
    let notices = story.notices;
    drop(tree);
    let notes = notes(&mut package, &parts, &context, &notices)?;
    Ok(Document { blocks, notes })
}

/// What the other parts say about any text.
struct Context {
    styles: Styles,
    lists: Lists,
    theme: Theme,
}

/// Page headers first, because the title often stands there; then what was changed or hidden; then remarks.
fn notes(package: &mut Package, parts: &Parts, context: &Context, notices: &Notices) -> Result<Vec<String>, Problem> {
    let mut notes = Vec::new();
    for (kind, label) in [("header", "Header"), ("footer", "Footer")] {
        for part in parts.all(kind) {
            let said = remarks(package, part, context, |_| true)?;
            notes.extend(said.into_iter().map(|remark| format!("{label}: {}", remark.text)));
        }
    }
    notes.extend(notices.sentences());
    for part in parts.all("comments") {
        let said = remarks(package, part, context, |name| name == "comment")?;
        notes.extend(said.into_iter().map(|remark| remark.comment(notices)));
    }
    for (kind, label) in [("footnotes", "Footnote"), ("endnotes", "Endnote")] {
        for part in parts.all(kind) {
            let said = remarks(package, part, context, |name| matches!(name, "footnote" | "endnote"))?;
            notes.extend(
                said.into_iter().enumerate().map(|(at, remark)| format!("{label} {}: {}", at + 1, remark.text)),
            );
        }
    }
    let mut seen = std::collections::HashSet::new();
    notes.retain(|note| seen.insert(note.clone()));
    Ok(notes)
}

/// One comment, footnote, or page header.
struct Remark {
    id: String,
    author: String,
    date: String,
    text: String,
}

impl Remark {
    fn comment(self, notices: &Notices) -> String {
        let by = if self.author.is_empty() { String::new() } else { format!(" by {}", self.author) };
        let day = self.date.get(..10).map(|day| format!(", {day}")).unwrap_or_default();
        let place = notices.commented.get(&self.id).map(|place| format!(", on “{place}”")).unwrap_or_default();
        format!("Comment{by}{day}{place}: {}", self.text)
    }
}

/// The remarks in a part: its elements of these names, or, where the root itself has paragraphs, the whole.
fn remarks(
    package: &mut Package,
    part: &str,
    context: &Context,
    is_remark: impl Fn(&str) -> bool,
) -> Result<Vec<Remark>, Problem> {
    let Some(text) = package.text(part)? else { return Ok(Vec::new()) };
    let tree = xml::parse(&text)?;
    let root = tree.root_element();
    let is_page = matches!(xml::name(root), "hdr" | "ftr");
    let nodes = if is_page { vec![root] } else { root.children().filter(|node| is_remark(xml::name(*node))).collect() };
    let mut remarks = Vec::new();
    for node in nodes {
        let text = flow::text(&Story::new(context).blocks(node)?).replace('\t', " ");
        let text = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
        let said = |name: &str| xml::attribute(node, name).unwrap_or_default().to_owned();
        if says_something(&text) {
            remarks.push(Remark { id: said("id"), author: said("author"), date: said("date"), text });
        }
    }
    Ok(remarks)
}

/// A page number alone says nothing about a plan.
fn says_something(text: &str) -> bool {
    let words = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    words.into_iter().any(|word| !matches!(word.to_ascii_lowercase().as_str(), "page" | "of"))
}
