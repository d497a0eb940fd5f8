//! The text of one paragraph of an OpenDocument text: spans, spaces, notes, boxes.

use roxmltree::Node;

use super::story::Story;
use super::styles::Look;
use crate::import::formats::notices::Comment;
use crate::import::formats::{marks, xml};
use crate::import::table::{Block, Footnote};
use crate::problem::Problem;

/// The most spaces that one element can represent.
const SPACES: usize = 200;

/// A paragraph as far as it has been read.
#[derive(Debug, Default)]
pub struct OpenParagraph {
    pub text: String,
    /// The content of text boxes that are anchored here.
    pub boxes: Vec<Block>,
    pub comments: Vec<Comment>,
    /// The last character was a space from the file; further spaces after it show nothing.
    is_spaced: bool,
}

impl OpenParagraph {
    /// Adds text from the file, in which any run of white space is one space.
    fn words(&mut self, words: &str) {
        for c in words.chars() {
            let is_space = matches!(c, ' ' | '\t' | '\n' | '\r');
            if is_space && (self.is_spaced || self.text.is_empty()) {
                continue;
            }
            match c {
                _ if is_space => self.text.push(' '),
                '\u{ad}' => {}
                c => self.text.push(c),
            }
            self.is_spaced = is_space;
        }
    }

    fn push(&mut self, c: char) {
        self.text.push(c);
        self.is_spaced = false;
    }
}

impl Story<'_> {
    /// Adds what an element inside a paragraph shows.
    pub fn inline(&mut self, node: Node, look: Look, line: &mut OpenParagraph) -> Result<(), Problem> {
        for child in node.children() {
            if child.is_text() {
                self.words(child.text().unwrap_or_default(), look, line);
            } else {
                self.element(child, look, line)?;
            }
        }
        Ok(())
    }

    fn words(&mut self, words: &str, look: Look, line: &mut OpenParagraph) {
        if look.is_hidden {
            self.notices.hide(words);
            return;
        }
        let before = line.text.len();
        line.words(words);
        if look.is_struck {
            let added = line.text.split_off(before);
            line.text.push_str(&marks::struck(&added));
        } else if !words.trim().is_empty() {
            self.ink.behind.add(look.behind);
            self.ink.own.add(look.own);
        }
    }

    fn element(&mut self, node: Node, look: Look, line: &mut OpenParagraph) -> Result<(), Problem> {
        match xml::name(node) {
            "s" => (0..xml::number(node, "c").unwrap_or(1).min(SPACES)).for_each(|_| line.push(' ')),
            "tab" => line.push('\t'),
            "line-break" => line.push('\n'),
            "span" => {
                let look = self.context.styles.look("text", xml::attribute(node, "style-name"), look);
                self.inline(node, look, line)?;
            }
            "note" => self.note(node, line)?,
            "annotation" => {
                let comment = self.comment(node)?;
                line.comments.extend(comment);
            }
            "ruby" => {
                if let Some(base) = xml::child(node, "ruby-base") {
                    self.inline(base, look, line)?;
                }
            }
            "control" => self.tick(node, line),
            "content-control" if xml::attribute(node, "showing-place-holder") == Some("true") => {}
            "hidden-text" | "hidden-paragraph" | "conditional-text" if is_false(node) => {
                self.notices.hide(xml::attribute(node, "string-value").unwrap_or_default());
            }
            "frame" | "text-box" | "custom-shape" | "rect" | "g" | "ellipse" | "line" | "connector" | "polygon" => {
                line.boxes.extend(self.blocks(node)?);
            }
            "placeholder" | "script" | "title" | "desc" | "tracked-changes" | "" => {}
            _ => self.inline(node, look, line)?,
        }
        Ok(())
    }

    fn note(&mut self, node: Node, line: &mut OpenParagraph) -> Result<(), Problem> {
        let Some(body) = xml::child(node, "note-body") else { return Ok(()) };
        let text = self.aside(body)?;
        if !text.is_empty() {
            let number = self.footnotes.len() + 1;
            let kind = if xml::attribute(node, "note-class") == Some("endnote") { "endnote" } else { "footnote" };
            line.text.push_str(&marks::note(&number.to_string()));
            let footnote = Footnote::new(number.to_string(), kind, number, text);
            self.remarks.push(footnote.sentence());
            self.footnotes.push(footnote);
        }
        Ok(())
    }

    fn comment(&mut self, node: Node) -> Result<Option<Comment>, Problem> {
        let said = |name: &str| xml::child(node, name).and_then(|node| node.text()).unwrap_or_default().to_owned();
        let mut words = Vec::new();
        for child in node.children().filter(|child| matches!(xml::name(*child), "p" | "list")) {
            words.push(self.comment_part(child)?);
        }
        let text = words.join("\n").trim().to_owned();
        let comment = Comment { author: said("creator"), date: said("date"), place: None, text };
        Ok(Some(comment).filter(|comment| !comment.text.is_empty()))
    }

    fn comment_part(&mut self, node: Node) -> Result<String, Problem> {
        if xml::name(node) == "list" {
            return self.aside(node);
        }
        let ink = self.ink;
        let mut line = OpenParagraph::default();
        self.inline(node, Look::default(), &mut line)?;
        self.ink = ink;
        Ok(line.text)
    }

    /// A form's check box, ticked or not.
    fn tick(&self, node: Node, line: &mut OpenParagraph) {
        let state = xml::attribute(node, "control").and_then(|id| self.ticks.get(id));
        if let Some(is_ticked) = state {
            line.push(if *is_ticked { '☒' } else { '☐' });
        }
    }
}

fn is_false(node: Node) -> bool {
    xml::attribute(node, "is-hidden").is_some_and(|hidden| hidden == "true") || xml::name(node) == "hidden-text"
}
