//! Text boxes: their text is kept separately, and a drawing in the main text says where they belong.

use std::collections::HashMap;
use std::ops::Range;

use super::file::{File, Part, Text};
use super::plc::Places;

/// Bytes of a drawing's entry, and of a box's.
const SHAPE: usize = 26;
const BOX: usize = 22;
/// Where a box's entry says which drawing it belongs to.
const OWNER: usize = 14;

/// Where the text of the text boxes is.
#[derive(Clone, Debug, Default)]
pub struct Boxes {
    pub all: Vec<Range<usize>>,
    /// By the character that represents the drawing.
    pub anchored: HashMap<usize, Range<usize>>,
}

impl Boxes {
    pub fn read(file: &File) -> Boxes {
        let (main, own) = (file.text(Text::Main), file.text(Text::Boxes));
        let texts = Places::new(file.part(Part::BoxTexts), BOX);
        let (mut boxes, mut owned): (Boxes, HashMap<u32, Range<usize>>) = Default::default();
        for (at, range) in texts.ranges().enumerate() {
            let range = own.start.saturating_add(range.start)..own.start.saturating_add(range.end).min(own.end);
            if range.start < range.end {
                if let Some(owner) = texts.record(at).and_then(|entry| entry.u32(OWNER)) {
                    owned.entry(owner).or_insert_with(|| range.clone());
                }
                boxes.all.push(range);
            }
        }
        let shapes = Places::new(file.part(Part::Shapes), SHAPE);
        for at in 0..shapes.count() {
            let anchor = shapes.position(at).filter(|anchor| main.contains(anchor));
            let shape = shapes.record(at).and_then(|entry| entry.u32(0));
            let range = shape.and_then(|shape| owned.get(&shape));
            boxes.anchored.extend(anchor.zip(range.cloned()));
        }
        boxes
    }
}
