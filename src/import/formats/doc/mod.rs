//! Old Word documents (.doc, Word 97 to 2003) → paragraphs and tables.
//!
//! The format is Microsoft's [MS-DOC]: a compound file of streams. The text is stored in pieces, and the look of each
//! stretch is stored separately, by position in the file. No length or position in the file is trusted.

mod beside;
mod boxes;
mod bytes;
mod colour;
mod face;
mod file;
mod form;
mod form_field;
mod grid;
mod lists;
mod paragraph;
mod pieces;
mod plc;
mod row;
mod runs;
#[cfg(test)]
mod sample;
mod sprm;
mod story;
mod styles;
#[cfg(test)]
mod tests;

use self::boxes::Boxes;
use self::bytes::Bytes;
use self::face::Face;
use self::file::{File, Part, Text};
use self::pieces::{Changes, Pieces, Spot};
use self::plc::Places;
use self::runs::{Run, RunKind, Runs};
use self::sprm::{Change, changes};
use self::story::Story;
use self::styles::Styles;
use super::list_rules::Lists;
use crate::import::table::{Block, Document, Footnote};
use crate::problem::Problem;

pub use self::file::{calmly, is_one, open};

/// Fonts of a document. Word's own list of all installed fonts seldom reaches five hundred.
const FONTS: usize = 4_000;
/// Table paragraphs name properties that are kept elsewhere with these codes.
const ELSEWHERE: [u16; 3] = [0x6645, 0x6646, 0x646b];

/// Reads an old Word document; a problem where it is not one, or is locked, damaged or far too large.
pub fn read(bytes: &[u8]) -> Result<Document, Problem> {
    let file = File::open(bytes)?;
    let context = Context::read(&file)?;
    let mut story = Story::new(&context);
    let mut blocks = story.blocks(file.text(Text::Main))?;
    for range in &context.boxes.all {
        if story.boxes.insert(range.start) {
            blocks.extend(story.blocks(range.clone())?);
        }
    }
    blocks.retain(|block| !matches!(block, Block::Paragraph(text) if text.trim().is_empty()));
    let notices = story.notices.sentences();
    let mut notes = notices.clone();
    let (headers, feet) = beside::pages(&file, &context)?;
    notes.extend(feet.into_iter().map(|text| format!("Footer: {text}")));
    notes.extend(beside::comments(&file, &context, &story.commented)?);
    let footnotes = beside::footnotes(&file, &context)?;
    notes.extend(footnotes.iter().map(Footnote::sentence));
    Ok(Document { blocks, headers, notes, notices, footnotes, ..Document::default() })
}

/// What the parts of the file say about any text.
struct Context<'a> {
    pieces: Pieces<'a>,
    characters: Runs<'a>,
    paragraphs: Runs<'a>,
    styles: Styles<'a>,
    lists: Lists,
    boxes: Boxes,
    fonts: Vec<String>,
    /// The stream for anything too large to be stored in place.
    data: Bytes<'a>,
}

impl<'a> Context<'a> {
    fn read(file: &'a File) -> Result<Context<'a>, Problem> {
        let word = Bytes(&file.word);
        let runs = |kind: RunKind, part: Part| Runs { kind, pages: Places::new(file.part(part), 4), word };
        Ok(Context {
            pieces: Pieces::read(file.part(Part::Pieces), word)?,
            characters: runs(RunKind::Characters, Part::Characters),
            paragraphs: runs(RunKind::Paragraphs, Part::Paragraphs),
            styles: Styles::read(file.part(Part::Styles)),
            lists: lists::read(file),
            boxes: Boxes::read(file),
            fonts: fonts(file.part(Part::Fonts)),
            data: Bytes(&file.data),
        })
    }

    /// The lists of changes that apply to a paragraph besides those of its style, in order.
    fn changes(&self, run: Run<'a>, spot: Spot<'a>) -> Vec<Bytes<'a>> {
        let mut lists = vec![run.changes];
        let elsewhere = changes(run.changes).filter(|change| ELSEWHERE.contains(&change.code));
        lists.extend(elsewhere.filter_map(|change| {
            let place = change.value.size(0)?;
            let length = usize::from(self.data.u16(place)?);
            self.data.part(place.checked_add(2)?, length)
        }));
        if let Changes::Many(list) = spot.changes {
            lists.push(list);
        }
        lists
    }

    /// How the characters at a place look, in a paragraph of a given style, and for how many bytes.
    fn face(&self, style: u16, spot: Spot) -> (Face, usize) {
        let mut face = self.styles.face(style);
        let run = self.characters.at(spot.offset);
        if let Some(run) = run {
            face.change_all(run.changes, &self.styles);
        }
        match spot.changes {
            Changes::One(code, value) => face.change(Change { code, value: Bytes(&[value]) }, face),
            Changes::Many(list) => face.change_all(list, &self.styles),
        }
        (face, run.map_or(usize::MAX, |run| run.end.saturating_sub(spot.offset)))
    }
}

/// The names of the fonts, by number.
fn fonts(part: Bytes) -> Vec<String> {
    let (mut fonts, mut rest) = (Vec::new(), part.from(4));
    while let Some(length) = rest.u8(0).map(usize::from).filter(|_| fonts.len() < FONTS) {
        // The name comes after 39 bytes about the font.
        let name = rest.part(1, length).unwrap_or_default().from(39).wide();
        fonts.push(name.split('\0').next().unwrap_or_default().to_owned());
        rest = rest.from(1 + length);
    }
    fonts
}
