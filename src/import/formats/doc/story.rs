//! A run of text of an old Word document, paragraph by paragraph: the body, a text box, a comment.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::Context;
use super::bytes::Bytes;
use super::face::Revision;
use super::form::{Ends, Form};
use super::grid::{Flow, Joined};
use super::pieces::Changes;
use super::row::RowForm;
use super::sprm::Change;
use crate::import::formats::flow::Budget;
use crate::import::formats::list_rules::Counters;
use crate::import::formats::marks;
use crate::import::formats::notices::{Notices, shortened};
use crate::import::limits;
use crate::import::table::Block;
use crate::problem::Problem;

/// The characters that end paragraphs.
pub const CELL: u16 = 0x07;
const PARAGRAPH: u16 = 0x0d;
/// The end of a section, or only of a page.
const SECTION: u16 = 0x0c;

/// Reads on through the document; list numbers continue from one block to the next.
pub struct Story<'a> {
    pub context: &'a Context<'a>,
    pub notices: Notices,
    /// The text that a comment was made on, by the place of its mark.
    pub commented: HashMap<usize, String>,
    /// Text boxes that have been read.
    pub boxes: HashSet<usize>,
    counters: Counters,
    budget: Budget,
    paragraphs: usize,
}

impl<'a> Story<'a> {
    pub fn new(context: &'a Context<'a>) -> Story<'a> {
        Story {
            context,
            notices: Notices::default(),
            commented: HashMap::new(),
            boxes: HashSet::new(),
            counters: Counters::default(),
            budget: Budget::default(),
            paragraphs: 0,
        }
    }

    /// The paragraphs and tables of a range of characters, in order; empty paragraphs too: they separate what is
    /// stacked in a cell.
    pub fn blocks(&mut self, range: Range<usize>) -> Result<Vec<Block>, Problem> {
        let end = range.end.min(self.context.pieces.units.len());
        let (mut flow, mut first) = (Flow::default(), range.start);
        for at in range.start..end {
            let unit = self.context.pieces.units.get(at).copied().unwrap_or(PARAGRAPH);
            if self.is_end(at, unit) || at + 1 == end {
                // The last character of a range need not be a mark.
                let is_mark = matches!(unit, PARAGRAPH | CELL | SECTION);
                self.paragraph(first..if is_mark { at } else { at + 1 }, at, &mut flow)?;
                first = at + 1;
            }
        }
        flow.finish(&mut self.budget)
    }

    fn is_end(&self, at: usize, unit: u16) -> bool {
        match unit {
            PARAGRAPH | CELL => true,
            SECTION => self.context.pieces.spot(at).is_some_and(|spot| {
                let run = self.context.paragraphs.at(spot.offset);
                run.is_some_and(|run| run.end <= spot.offset + spot.width)
            }),
            _ => false,
        }
    }

    /// A paragraph of these characters, and the mark that ends it.
    fn paragraph(&mut self, range: Range<usize>, mark: usize, flow: &mut Flow) -> Result<(), Problem> {
        self.paragraphs += 1;
        limits::cells(self.paragraphs)?;
        let Some(spot) = self.context.pieces.spot(mark) else { return Ok(()) };
        let run = self.context.paragraphs.at(spot.offset).unwrap_or_default();
        let lists = self.context.changes(run, spot);
        let mut form = self.context.styles.form(run.style).changed(&lists);
        if let Changes::One(code, value) = spot.changes {
            form.change(Change { code, value: Bytes(&[value]) });
        }
        flow.go(form.depth(), &mut self.budget)?;
        let is_deleted = self.context.face(run.style, spot).0.revision == Revision::Deleted;
        let joined = if is_deleted { Joined::WithNext } else { Joined::No };
        match form.ends(self.context.pieces.units.get(mark).copied().unwrap_or(PARAGRAPH)) {
            // Some programs mark the end of the row above; what still has text was not deleted.
            Ends::Row if is_deleted && flow.is_row_empty() => {
                self.notices.deletions += 1;
                flow.drop_row();
            }
            Ends::Row => flow.end_row(RowForm::of(&lists)),
            Ends::Paragraph => self.words(range, run.style, form, joined, flow)?,
            Ends::Cell => {
                self.words(range, run.style, form, Joined::No, flow)?;
                flow.end_cell()?;
            }
        }
        Ok(())
    }

    /// Adds the text of a paragraph, with the number that its list gives it.
    fn words(
        &mut self,
        range: Range<usize>,
        style: u16,
        form: Form,
        joined: Joined,
        flow: &mut Flow,
    ) -> Result<(), Problem> {
        if self.context.styles.is_contents(style) {
            return Ok(());
        }
        let line = self.line(range, style);
        let is_gone = joined == Joined::WithNext && line.text.is_empty();
        let label = if is_gone { None } else { self.label(form) };
        for mark in &line.comments {
            self.commented.entry(*mark).or_insert_with(|| shortened(&line.text));
        }
        let text = marks::labelled(&label.unwrap_or_default(), &line.text);
        let is_empty = line.text.trim().is_empty();
        let text = if is_empty { text.trim_matches([' ', '•']) } else { text.as_str() };
        line.colours.iter().for_each(|colours| flow.colour(*colours));
        flow.paragraph(text, joined);
        for anchor in line.boxes {
            let content = self.text_box(anchor)?;
            flow.add(content);
        }
        Ok(())
    }

    fn label(&mut self, form: Form) -> Option<String> {
        self.context.lists.label(&form.list()?.to_string(), form.level, &mut self.counters)
    }

    /// What is in the box anchored at a character, unless it has been read.
    fn text_box(&mut self, anchor: usize) -> Result<Vec<Block>, Problem> {
        let Some(range) = self.context.boxes.anchored.get(&anchor).cloned() else { return Ok(Vec::new()) };
        if self.boxes.insert(range.start) { self.blocks(range) } else { Ok(Vec::new()) }
    }
}
