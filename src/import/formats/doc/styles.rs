//! The styles of an old Word document: property changes on which others build.

use super::bytes::Bytes;
use super::face::Face;
use super::form::Form;

/// How far to follow styles based on styles; a circle of them ends here.
const CHAIN: usize = 12;
/// Style numbers have twelve bits.
const MOST: usize = 0x0fff;
/// The numbers of the nine styles for lines of a table of contents.
const CONTENTS: std::ops::RangeInclusive<u16> = 19..=27;
/// The kinds of style whose properties are read.
const PARAGRAPH: u16 = 1;
const CHARACTER: u16 = 2;

/// The styles by their number.
#[derive(Clone, Debug, Default)]
pub struct Styles<'a> {
    all: Vec<Style<'a>>,
    forms: Vec<Form>,
    faces: Vec<Face>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Style<'a> {
    /// The same in every language version of Word.
    number: u16,
    based_on: u16,
    paragraph: Bytes<'a>,
    characters: Bytes<'a>,
}

impl<'a> Styles<'a> {
    pub fn read(part: Bytes<'a>) -> Styles<'a> {
        let head = usize::from(part.u16(0).unwrap_or(0));
        let base = usize::from(part.u16(4).unwrap_or(0));
        let (mut all, mut rest) = (Vec::new(), part.from(2 + head));
        while let Some(length) = rest.u16(0).map(usize::from).filter(|_| all.len() < MOST) {
            let style = rest.part(2, length).and_then(|bytes| style(bytes, base));
            all.push(style.unwrap_or_default());
            // Each begins at an even position.
            rest = rest.from(2 + length + length % 2);
        }
        let mut styles = Styles { all, ..Styles::default() };
        for (_, number) in (0..styles.all.len()).zip(0_u16..) {
            let forms: Vec<Bytes> = styles.chain(number).into_iter().rev().map(|style| style.paragraph).collect();
            let mut face = Face::default();
            styles.characters(number).for_each(|list| face.change_by_style(list));
            styles.forms.push(Form::default().changed(&forms));
            styles.faces.push(face);
        }
        styles
    }

    /// For a paragraph of a style, before its own changes.
    pub fn form(&self, style: u16) -> Form {
        self.forms.get(usize::from(style)).copied().unwrap_or_default()
    }

    /// For characters in a paragraph of a style, before their own changes.
    pub fn face(&self, style: u16) -> Face {
        self.faces.get(usize::from(style)).copied().unwrap_or_default()
    }

    /// What a style changes about its characters, starting with the style it is based on.
    pub fn characters(&self, style: u16) -> impl Iterator<Item = Bytes<'a>> {
        self.chain(style).into_iter().rev().map(|style| style.characters)
    }

    /// Whether paragraphs of this style are lines of a table of contents.
    pub fn is_contents(&self, style: u16) -> bool {
        self.all.get(usize::from(style)).is_some_and(|style| CONTENTS.contains(&style.number))
    }

    fn chain(&self, style: u16) -> Vec<Style<'a>> {
        let find = |number: u16| self.all.get(usize::from(number)).copied();
        std::iter::successors(find(style), |style| find(style.based_on)).take(CHAIN).collect()
    }
}

/// `base` is the length of what comes before the name.
fn style(bytes: Bytes<'_>, base: usize) -> Option<Style<'_>> {
    let (number, kind, next) = (bytes.u16(0)? & 0x0fff, bytes.u16(2)?, bytes.u16(4)?);
    let mut style = Style { number, based_on: kind >> 4, ..Style::default() };
    let name = usize::from(bytes.u16(base)?) * 2;
    let mut at = base + 2 + name + 2;
    for part in 0..next & 0xf {
        at += at % 2;
        let length = usize::from(bytes.u16(at)?);
        let changes = bytes.part(at + 2, length)?;
        match (kind & 0xf, part) {
            // The number of the style itself comes first.
            (PARAGRAPH, 0) => style.paragraph = changes.from(2),
            (PARAGRAPH, 1) | (CHARACTER, 0) => style.characters = changes,
            (_, _) => {}
        }
        at += 2 + length;
    }
    Some(style)
}
