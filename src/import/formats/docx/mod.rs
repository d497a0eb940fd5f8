//! Word documents (.docx) → paragraphs and tables.
//!
//! Word keeps what a reader sees in many places: list numbers in one part, comments in another, a text box twice.
//! What is shown on the page becomes text, exactly once; what is beside the page becomes notes.

mod inline;
mod lists;
mod parts;
mod story;
mod styles;
mod table_styles;
mod tables;
#[cfg(test)]
mod tests;
mod theme;

use std::collections::HashMap;

use self::parts::Parts;
use self::story::Story;
use self::styles::Styles;
use self::theme::Theme;
use super::list_rules::Lists;
use super::notices::{Comment, add_page, says_something, tidy};
use super::zip_parts::{OLE, Package, damaged};
use super::{Named, flow, xml};
use crate::import::table::{Block, Document, Footnote};
use crate::problem::Problem;

/// Whether the bytes are a zip file with a Word document in it.
pub fn is_one(bytes: &[u8]) -> bool {
    Package::of(bytes).is_some_and(|package| package.has_folder("word/"))
}

/// Whether a file looks like an Office document from outside: damaged, locked, or from before 2007.
pub fn is_like_one(named: Named, bytes: &[u8]) -> bool {
    // Plain text is read as plain text, whatever its name says.
    let is_binary = bytes.contains(&0);
    (named == Named::Word && is_binary)
        || bytes.starts_with(b"PK\x03\x04")
        || bytes.starts_with(b"PK\x05\x06")
        || bytes.starts_with(&OLE)
}

/// Reads a Word document; a problem where it is not one, or is locked, damaged or far too large.
pub fn read(bytes: &[u8]) -> Result<Document, Problem> {
    let mut package = Package::open(bytes)?;
    let parts = Parts::find(&mut package)?;
    let text = package.text(&parts.document)?.ok_or_else(damaged)?;
    let styles = Styles::read(&mut package, parts.one("styles"))?;
    let context = Context {
        lists: lists::read(&mut package, parts.one("numbering"), &styles)?,
        theme: Theme::read(&mut package, parts.one("theme"))?,
        styles,
    };
    let tree = xml::parse(&text)?;
    let body = xml::child(tree.root_element(), "body").ok_or_else(damaged)?;
    let mut story = Story::new(&context);
    let mut blocks = story.blocks(body)?;
    blocks.retain(|block| !matches!(block, Block::Paragraph(text) if text.trim().is_empty()));
    let (notices, unread) = (story.notices.sentences(), story.notices.unread());
    let mut notes = notices.clone();
    let commented = story.commented;
    drop(tree);
    let headers = pages(&mut package, &parts, &context, "header")?;
    let feet = pages(&mut package, &parts, &context, "footer")?;
    notes.extend(feet.into_iter().map(|text| format!("Footer: {text}")));
    notes.extend(comments(&mut package, &parts, &context, &commented)?);
    let footnotes = footnotes(&mut package, &parts, &context)?;
    notes.extend(footnotes.iter().map(Footnote::sentence));
    Ok(Document { blocks, headers, notes, notices, footnotes, unread, ..Document::default() })
}

/// What the other parts say about any text.
struct Context {
    styles: Styles,
    lists: Lists,
    theme: Theme,
}

/// The lines in the headers or footers of pages, without repeats.
fn pages(package: &mut Package, parts: &Parts, context: &Context, kind: &str) -> Result<Vec<String>, Problem> {
    let mut all = Vec::new();
    for part in parts.all(kind) {
        let said = remarks(package, part, context, |_| true)?;
        for (_, remark) in said {
            add_page(&mut all, &remark.text);
        }
    }
    Ok(all)
}

fn comments(
    package: &mut Package,
    parts: &Parts,
    context: &Context,
    commented: &HashMap<String, String>,
) -> Result<Vec<String>, Problem> {
    let mut notes = Vec::new();
    for part in parts.all("comments") {
        for (id, comment) in remarks(package, part, context, |name| name == "comment")? {
            let place = commented.get(&id).cloned();
            notes.push(Comment { place, ..comment }.sentence());
        }
    }
    Ok(notes)
}

fn footnotes(package: &mut Package, parts: &Parts, context: &Context) -> Result<Vec<Footnote>, Problem> {
    let mut notes = Vec::new();
    for kind in ["footnote", "endnote"] {
        for part in parts.all(&format!("{kind}s")) {
            let said = remarks(package, part, context, |name| matches!(name, "footnote" | "endnote"))?;
            let footnote = |(at, (id, remark)): (usize, (String, Comment))| {
                Footnote::new(format!("{kind}Reference{id}"), kind, at + 1, remark.text)
            };
            notes.extend(said.into_iter().enumerate().map(footnote));
        }
    }
    Ok(notes)
}

/// The remarks in a part, with their ids: its elements of these names, or, where the root itself has paragraphs, the whole.
fn remarks(
    package: &mut Package,
    part: &str,
    context: &Context,
    is_remark: impl Fn(&str) -> bool,
) -> Result<Vec<(String, Comment)>, Problem> {
    let Some(text) = package.text(part)? else { return Ok(Vec::new()) };
    let tree = xml::parse(&text)?;
    let root = tree.root_element();
    let is_page = matches!(xml::name(root), "hdr" | "ftr");
    let nodes = if is_page { vec![root] } else { root.children().filter(|node| is_remark(xml::name(*node))).collect() };
    let mut remarks = Vec::new();
    for node in nodes {
        let text = tidy(&flow::text(&Story::new(context).blocks(node)?));
        let said = |name: &str| xml::attribute(node, name).unwrap_or_default().to_owned();
        if says_something(&text) {
            remarks.push((said("id"), Comment { author: said("author"), date: said("date"), place: None, text }));
        }
    }
    Ok(remarks)
}
