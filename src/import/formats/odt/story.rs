//! A run of text of an OpenDocument text, block by block: the body, a cell, a text box, a note.

use std::collections::HashMap;

use roxmltree::Node;

use super::inline::OpenParagraph;
use super::lists::{Counted, LEVELS, Lists};
use super::styles::Styles;
use crate::import::formats::flow::{self, Budget, Ink};
use crate::import::formats::notices::{Notices, shortened, tidy};
use crate::import::formats::{marks, xml};
use crate::import::table::{Block, Footnote};
use crate::problem::Problem;

/// What the styles say about any text.
pub struct Context {
    pub styles: Styles,
    pub lists: Lists,
}

/// Reads on through the document; list numbers can continue from one block to the next.
pub struct Story<'a> {
    pub context: &'a Context,
    pub notices: Notices,
    /// Comments and footnotes, as sentences.
    pub remarks: Vec<String>,
    pub footnotes: Vec<Footnote>,
    pub budget: Budget,
    /// The colours of the text since the cell began.
    pub ink: Ink,
    /// The ticks of a form, by id.
    pub ticks: HashMap<String, bool>,
    /// How far lists have counted, by the name of their style and by their id.
    counted: HashMap<String, Counted>,
}

/// The position of a paragraph in its list.
struct ListItem {
    style: String,
    /// From 0.
    level: usize,
    counted: Counted,
}

impl<'a> Story<'a> {
    pub fn new(context: &'a Context) -> Story<'a> {
        Story {
            context,
            notices: Notices::default(),
            remarks: Vec::new(),
            footnotes: Vec::new(),
            budget: Budget::default(),
            ink: Ink::default(),
            ticks: HashMap::new(),
            counted: HashMap::new(),
        }
    }

    /// Counts the tracked changes. Deleted text is kept apart from the text, inserted text is in it.
    pub fn changes(&mut self, body: Node) {
        for region in xml::all(body, "changed-region").flat_map(|region| region.children()) {
            match xml::name(region) {
                "insertion" => self.notices.insertions += 1,
                "deletion" => self.notices.deletions += 1,
                _ => {}
            }
        }
    }

    /// Learns which check boxes of a form are ticked.
    pub fn forms(&mut self, body: Node) {
        for node in xml::all(body, "checkbox") {
            let state = xml::attribute(node, "current-state").or_else(|| xml::attribute(node, "state"));
            if let Some(id) = xml::attribute(node, "id") {
                self.ticks.insert(id.to_owned(), state == Some("checked"));
            }
        }
    }

    /// The paragraphs and tables inside an element, in order; empty paragraphs too: they separate what a cell stacks.
    pub fn blocks(&mut self, node: Node) -> Result<Vec<Block>, Problem> {
        let mut blocks = Vec::new();
        for child in node.children() {
            self.block(child, &mut blocks)?;
        }
        Ok(blocks)
    }

    fn block(&mut self, node: Node, blocks: &mut Vec<Block>) -> Result<(), Problem> {
        match xml::name(node) {
            "p" | "h" => self.paragraph(node, "", blocks)?,
            "list" => {
                let style = xml::attribute(node, "style-name").unwrap_or_default().to_owned();
                let counted = self.resumed(node, &style);
                let mut place = ListItem { style, level: 0, counted };
                self.list(node, &mut place, blocks)?;
                self.remember(node, place);
            }
            "table" => blocks.extend(self.table(node)?),
            "section" if xml::attribute(node, "display") == Some("none") => {
                let hidden = self.blocks(node)?;
                self.notices.hide(&flow::text(&hidden));
            }
            "section" if is_elsewhere(node) => self.notices.parts += 1,
            "object" | "object-ole" => self.notices.embedded += 1,
            "tracked-changes" | "table-of-content" | "alphabetical-index" | "illustration-index" | "table-index"
            | "forms" | "title" | "desc" | "annotation" | "" => {}
            _ => blocks.extend(self.blocks(node)?),
        }
        Ok(())
    }

    /// Where a separate list begins to count.
    fn resumed(&self, node: Node, style: &str) -> Counted {
        let other = xml::attribute(node, "continue-list");
        let goes_on = xml::attribute(node, "continue-numbering") == Some("true");
        let key = other.or(Some(style).filter(|_| goes_on));
        key.and_then(|key| self.counted.get(key)).copied().unwrap_or_default()
    }

    fn remember(&mut self, node: Node, place: ListItem) {
        if let Some(id) = xml::attribute(node, "id") {
            self.counted.insert(id.to_owned(), place.counted);
        }
        self.counted.insert(place.style, place.counted);
    }

    fn list(&mut self, node: Node, place: &mut ListItem, blocks: &mut Vec<Block>) -> Result<(), Problem> {
        for item in node.children() {
            let mut is_first = match xml::name(item) {
                "list-item" => true,
                "list-header" => false,
                _ => continue,
            };
            let start = xml::number(item, "start-value");
            for child in item.children() {
                match xml::name(child) {
                    "p" | "h" => {
                        let label = if is_first { self.label(child, place, start) } else { String::new() };
                        is_first = false;
                        self.paragraph(child, &label, blocks)?;
                    }
                    "list" => self.inner_list(child, place, blocks)?,
                    _ => self.block(child, blocks)?,
                }
            }
        }
        Ok(())
    }

    fn inner_list(&mut self, node: Node, place: &mut ListItem, blocks: &mut Vec<Block>) -> Result<(), Problem> {
        let level = (place.level + 1).min(LEVELS - 1);
        let style = xml::attribute(node, "style-name").unwrap_or(&place.style).to_owned();
        let goes_on = xml::attribute(node, "continue-numbering") == Some("true");
        let mut inner = ListItem { style, level, counted: place.counted };
        if !goes_on {
            inner.counted.iter_mut().skip(level).for_each(|value| *value = 0);
        }
        self.list(node, &mut inner, blocks)?;
        if inner.style == place.style {
            place.counted = inner.counted;
        }
        Ok(())
    }

    fn label(&self, paragraph: Node, place: &mut ListItem, start: Option<u32>) -> String {
        let by_style = self.context.styles.list(xml::attribute(paragraph, "style-name"));
        let style = if place.style.is_empty() { by_style.unwrap_or_default() } else { &place.style };
        self.context.lists.label(style, place.level, start, &mut place.counted)
    }

    fn paragraph(&mut self, node: Node, label: &str, blocks: &mut Vec<Block>) -> Result<(), Problem> {
        let styles = &self.context.styles;
        let look = styles.look("paragraph", xml::attribute(node, "style-name"), styles.plain());
        let mut line = OpenParagraph::default();
        self.inline(node, look, &mut line)?;
        for mut comment in std::mem::take(&mut line.comments) {
            comment.place = Some(shortened(&line.text)).filter(|place| !place.is_empty());
            self.remarks.push(comment.sentence());
        }
        let is_empty = line.text.trim().is_empty();
        let text =
            if is_empty { label.trim_matches([' ', '•']).to_owned() } else { marks::labelled(label, &line.text) };
        blocks.push(Block::Paragraph(text));
        blocks.append(&mut line.boxes);
        Ok(())
    }

    /// The text of a note or comment.
    pub fn aside(&mut self, node: Node) -> Result<String, Problem> {
        let ink = self.ink;
        let blocks = self.blocks(node)?;
        self.ink = ink;
        Ok(tidy(&flow::text(&blocks)))
    }
}

/// Whether a section only names the file that its text is in.
fn is_elsewhere(section: Node) -> bool {
    let source = xml::child(section, "section-source");
    let has_text =
        || section.descendants().any(|node| node.is_text() && node.text().is_some_and(|text| !text.trim().is_empty()));
    source.is_some_and(|source| xml::attribute(source, "href").is_some()) && !has_text()
}
