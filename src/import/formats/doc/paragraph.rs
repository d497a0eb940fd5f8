//! The text of one paragraph of an old Word document: fields, symbols, changes, marks.

use std::ops::Range;

use super::face::{Colours, Face, Revision};
use super::form_field;
use super::story::Story;
use crate::import::formats::{marks, symbols};

/// A paragraph as far as it has been read.
#[derive(Debug, Default)]
pub struct OpenParagraph {
    pub text: String,
    /// Characters that represent drawings, where a text box may be anchored.
    pub boxes: Vec<usize>,
    /// Marks of comments.
    pub comments: Vec<usize>,
    /// The colours of each run of its text.
    pub colours: Vec<Colours>,
    /// Fields that have begun and not ended, the innermost last.
    fields: Vec<Field>,
    revision: Revision,
}

/// Where in a field the text is: first comes the field's instruction, then what it shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    Instruction,
    Result,
}

impl OpenParagraph {
    fn is_shown(&self) -> bool {
        !self.fields.contains(&Field::Instruction)
    }

    /// Whether the text is in the instruction of a field that would itself be shown.
    fn is_form(&self) -> bool {
        self.fields
            .split_last()
            .is_some_and(|(last, rest)| *last == Field::Instruction && !rest.contains(&Field::Instruction))
    }
}

impl Story<'_> {
    /// What a range of characters shows, in a paragraph of a given style.
    pub fn line(&mut self, range: Range<usize>, style: u16) -> OpenParagraph {
        let (mut line, mut at) = (OpenParagraph::default(), range.start);
        while at < range.end {
            let Some(spot) = self.context.pieces.spot(at) else { break };
            let (face, bytes) = self.context.face(style, spot);
            let same = bytes.div_ceil(spot.width).max(1);
            let end = range.end.min(spot.end).min(at.saturating_add(same));
            self.run(at..end, face, &mut line);
            at = end;
        }
        line
    }

    fn run(&mut self, range: Range<usize>, face: Face, line: &mut OpenParagraph) {
        if face.revision != line.revision {
            self.notices.deletions += usize::from(face.revision == Revision::Deleted);
            self.notices.insertions += usize::from(face.revision == Revision::Inserted);
            line.revision = face.revision;
        }
        if face.revision == Revision::Deleted {
            return;
        }
        let before = line.text.len();
        self.characters(range, face, line);
        let added = line.text.get(before..).unwrap_or_default();
        if face.is_hidden {
            self.notices.hide(&marks::shown(added));
            line.text.truncate(before);
        } else if face.is_struck() {
            let added = marks::struck(added);
            line.text.truncate(before);
            line.text.push_str(&added);
        } else if !added.trim().is_empty() {
            line.colours.push(face.colours());
        }
    }

    fn characters(&self, range: Range<usize>, face: Face, line: &mut OpenParagraph) {
        let units = self.context.pieces.units.get(range.clone()).unwrap_or_default();
        let mut at = range.start;
        for c in char::decode_utf16(units.iter().copied()) {
            let c = c.unwrap_or(char::REPLACEMENT_CHARACTER);
            self.character(c, at, face, line);
            at += c.len_utf16();
        }
    }

    fn character(&self, c: char, at: usize, face: Face, line: &mut OpenParagraph) {
        match c {
            '\u{13}' => line.fields.push(Field::Instruction),
            '\u{14}' => {
                if let Some(last) = line.fields.last_mut() {
                    *last = Field::Result;
                }
            }
            '\u{15}' => drop(line.fields.pop()),
            '\u{1}' if line.is_form() => {
                let chosen = face.object.and_then(|at| form_field::chosen(self.context.data.from(at)));
                line.text.push_str(&chosen.unwrap_or_default());
            }
            _ if !line.is_shown() => {}
            '\u{2}' if face.is_special => line.text.push_str(&marks::note(&at.to_string())),
            '\u{5}' => line.comments.push(at),
            '\u{8}' => line.boxes.push(at),
            '\t' => line.text.push('\t'),
            '\u{b}' | '\u{c}' | '\u{e}' => line.text.push('\n'),
            '\u{1e}' => line.text.push('-'),
            '\u{ad}' => {}
            c if c < ' ' => {}
            c => line.text.extend(self.letter(c, face)),
        }
    }

    /// A letter, or the symbol that its font shows for it.
    fn letter(&self, c: char, face: Face) -> Option<char> {
        let font = |number: u16| self.context.fonts.get(usize::from(number)).map_or("", String::as_str);
        if let Some(symbol) = face.symbol.filter(|_| face.is_special) {
            let code = u32::from(symbol.code);
            let is_private = (0xf000..0xf100).contains(&code);
            let known = symbols::wingdings(font(symbol.font), code);
            return known.or_else(|| char::from_u32(code).filter(|_| !is_private));
        }
        let is_picture = symbols::is_pictures(font(face.font)) || ('\u{f000}'..'\u{f100}').contains(&c);
        let known = if is_picture { symbols::wingdings(font(face.font), u32::from(c)) } else { None };
        Some(known.unwrap_or(c))
    }
}
