//! OpenDocument texts (.odt) → paragraphs and tables.

mod inline;
mod lists;
mod story;
mod styles;
mod tables;
#[cfg(test)]
mod tests;

use roxmltree::Node;

use self::lists::Lists;
use self::story::{Context, Story};
use self::styles::Styles;
use super::notices::tidy;
use super::zip_parts::{Package, damaged, protected};
use super::{flow, xml};
use crate::import::table::{Block, Document};
use crate::problem::Problem;

/// How the type of an OpenDocument text begins; templates and master documents have longer types.
const TEXT: &str = "application/vnd.oasis.opendocument.text";

/// Whether the bytes are a zip file with an OpenDocument text in it.
pub fn is_one(bytes: &[u8]) -> bool {
    let Some(mut package) = Package::of(bytes) else { return false };
    match package.text("mimetype") {
        Ok(Some(kind)) => kind.trim().starts_with(TEXT),
        Ok(None) | Err(_) => package.has("content.xml") && !package.has_folder("word/"),
    }
}

/// Reads an OpenDocument text; a problem where it is not one, or is locked, damaged or far too large.
pub fn read(bytes: &[u8]) -> Result<Document, Problem> {
    let mut package = Package::open(bytes)?;
    let manifest = package.text("META-INF/manifest.xml")?.unwrap_or_default();
    if manifest.contains("encryption-data") || package.has("encrypted-package") {
        return Err(protected());
    }
    let text = package.text("content.xml")?.ok_or_else(damaged)?;
    let (mut styles, mut lists) = (Styles::default(), Lists::default());
    let around = package.text("styles.xml")?.unwrap_or_else(|| "<none/>".to_owned());
    let around = xml::parse(&around)?;
    let tree = xml::parse(&text)?;
    for root in [around.root_element(), tree.root_element()] {
        styles.add(root);
        lists.add(root);
    }
    let context = Context { styles, lists };
    let body = xml::at(tree.root_element(), &["body", "text"]).ok_or_else(no_text)?;
    let mut story = Story::new(&context);
    story.changes(body);
    story.forms(body);
    let mut blocks = story.blocks(body)?;
    blocks.retain(|block| !matches!(block, Block::Paragraph(text) if text.trim().is_empty()));
    let notices = story.notices.sentences();
    let mut notes = notices.clone();
    notes.extend(story.remarks);
    let (headers, unread) = (headers(around.root_element(), &context)?, story.notices.unread());
    Ok(Document { blocks, headers, notes, notices, footnotes: story.footnotes, unread, ..Document::default() })
}

/// The lines of the page headers, without repeats.
fn headers(root: Node, context: &Context) -> Result<Vec<String>, Problem> {
    let mut all = Vec::new();
    for page in xml::all(root, "master-page") {
        for node in page.children().filter(|node| xml::name(*node).starts_with("header")) {
            let text = tidy(&flow::text(&Story::new(context).blocks(node)?));
            for line in text.lines().filter(|line| line.chars().any(char::is_alphabetic)) {
                if !all.iter().any(|known| known == line) {
                    all.push(line.to_owned());
                }
            }
        }
    }
    Ok(all)
}

fn no_text() -> Problem {
    Problem::new(
        "Could not read this file",
        "it is an OpenDocument file, but not a text",
        "Save the plan as a text document (.odt) or a spreadsheet (.ods), and import that.",
    )
}
