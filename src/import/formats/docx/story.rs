//! A run of text of a Word document, block by block: the body, a cell, a text box, a comment.

use std::collections::HashMap;

use roxmltree::Node;

use super::Context;
use super::inline::OpenParagraph;
use crate::import::formats::flow::{Budget, Ink};
use crate::import::formats::list_rules::Counters;
use crate::import::formats::marks;
use crate::import::formats::notices::{Notices, shortened};
use crate::import::formats::xml;
use crate::import::table::Block;
use crate::problem::Problem;

/// Reads on through the document; list numbers continue from one block to the next.
pub struct Story<'a> {
    pub context: &'a Context,
    pub counters: Counters,
    pub notices: Notices,
    /// The text that a comment was made on, by the comment's id.
    pub commented: HashMap<String, String>,
    pub budget: Budget,
    /// The colours of the text since the cell began.
    pub ink: Ink,
    /// Whether the style of the table strikes through what is in this cell.
    pub is_struck: bool,
}

impl<'a> Story<'a> {
    pub fn new(context: &'a Context) -> Story<'a> {
        Story {
            context,
            counters: Counters::default(),
            notices: Notices::default(),
            commented: HashMap::new(),
            budget: Budget::default(),
            ink: Ink::default(),
            is_struck: false,
        }
    }

    /// The paragraphs and tables inside an element, in order; empty paragraphs too: they separate what a cell stacks.
    pub fn blocks(&mut self, node: Node) -> Result<Vec<Block>, Problem> {
        let (mut blocks, mut held) = (Vec::new(), None);
        self.add_blocks(node, &mut blocks, &mut held)?;
        blocks.extend(held.map(Block::Paragraph));
        Ok(blocks)
    }

    /// `held` is a paragraph whose end was deleted, so that the next one continues it.
    fn add_blocks(&mut self, node: Node, blocks: &mut Vec<Block>, held: &mut Option<String>) -> Result<(), Problem> {
        for child in node.children() {
            match xml::name(child) {
                "p" => self.paragraph(child, blocks, held)?,
                "tbl" => blocks.extend(self.table(child)?),
                "del" | "moveFrom" => self.notices.deletions += 1,
                "ins" | "moveTo" => {
                    self.notices.insertions += 1;
                    self.add_blocks(child, blocks, held)?;
                }
                "altChunk" | "subDoc" => self.notices.parts += 1,
                "AlternateContent" => {
                    if let Some(chosen) = chosen(child) {
                        self.add_blocks(chosen, blocks, held)?;
                    }
                }
                "sdt" => {
                    if let Some(content) = content(child) {
                        self.add_blocks(content, blocks, held)?;
                    }
                }
                "sdtPr" | "sectPr" | "pPr" | "tcPr" | "tblPr" | "rPr" | "" => {}
                _ => self.add_blocks(child, blocks, held)?,
            }
        }
        Ok(())
    }

    fn paragraph(&mut self, node: Node, blocks: &mut Vec<Block>, held: &mut Option<String>) -> Result<(), Problem> {
        let properties = xml::child(node, "pPr");
        let style = properties.and_then(|properties| xml::value(properties, "pStyle"));
        if self.context.styles.is_contents(style) {
            return Ok(());
        }
        let mut line = OpenParagraph::of(style, &self.context.styles, self.is_struck);
        self.inline(node, &mut line)?;
        let mark = properties.and_then(|properties| xml::child(properties, "rPr"));
        let is_joined = mark.is_some_and(|mark| xml::child(mark, "del").is_some());
        let is_gone = is_joined && line.text.is_empty();
        let label = if is_gone { None } else { self.label(properties, style) };
        self.comments(&line);
        let mut text = marks::labelled(&label.unwrap_or_default(), &line.text);
        if line.text.trim().is_empty() {
            text = text.trim_matches([' ', '•']).to_owned();
        }
        let text = held.take().unwrap_or_default() + &text;
        if is_joined {
            *held = Some(text).filter(|text| !text.is_empty());
        } else {
            blocks.push(Block::Paragraph(text));
        }
        blocks.extend(line.boxes);
        Ok(())
    }

    /// The number or bullet that a paragraph's list puts in front of it.
    fn label(&mut self, properties: Option<Node>, style: Option<&str>) -> Option<String> {
        let context = self.context;
        let own = properties.and_then(|properties| xml::child(properties, "numPr"));
        let own_list = own.and_then(|own| xml::value(own, "numId"));
        let by_style = context.styles.list(style);
        let list = own_list.or(by_style.map(|(list, _)| list))?;
        let own_level = own.and_then(|own| xml::value(own, "ilvl")).and_then(|level| level.parse().ok());
        let of_list = || context.styles.family(style).find_map(|style| context.lists.level_of_style(list, style));
        let level = own_level.or_else(of_list).or(by_style.and_then(|(_, level)| level)).unwrap_or(0);
        // List 0 is how Word says that a paragraph is in none, whatever its style.
        if list == "0" { None } else { context.lists.label(list, level, &mut self.counters) }
    }

    fn comments(&mut self, line: &OpenParagraph) {
        for id in &line.comments {
            self.commented.entry(id.clone()).or_insert_with(|| shortened(&line.text));
        }
    }
}

/// What a content control holds; nothing while it still shows its placeholder. Some programs leave the mark of one in place
/// when a person has filled it in, so that only what reads as a prompt counts as one.
pub fn content<'a, 'i>(control: Node<'a, 'i>) -> Option<Node<'a, 'i>> {
    let is_marked = xml::child(control, "sdtPr").is_some_and(|properties| xml::is_on(properties, "showingPlcHdr"));
    xml::child(control, "sdtContent").filter(|content| !(is_marked && is_prompt(*content)))
}

/// The words with which prompts begin: "Choose an item.", "Click or tap here to enter text."
const PROMPTS: [&str; 7] = ["choose", "click", "tap", "enter", "select", "type", "insert"];

fn is_prompt(content: Node<'_, '_>) -> bool {
    let words: String =
        content.descendants().filter(|node| xml::name(*node) == "t").filter_map(|node| node.text()).collect();
    let first = words.split(|letter: char| !letter.is_alphabetic()).find(|word| !word.is_empty());
    first.is_none_or(|first| PROMPTS.contains(&first.to_lowercase().as_str()))
}

/// Of the alternatives that Word wrote for the same thing, the one that says something; they are never read together.
pub fn chosen<'a, 'i>(alternatives: Node<'a, 'i>) -> Option<Node<'a, 'i>> {
    let says = |node: &Node| node.descendants().any(|node| matches!(xml::name(node), "t" | "sym"));
    let choice = xml::child(alternatives, "Choice");
    choice.filter(says).or_else(|| xml::child(alternatives, "Fallback")).or(choice)
}
