//! What is beside the text of an old Word document: page headers and footers, footnotes, comments.

use std::collections::HashMap;
use std::ops::Range;

use super::Context;
use super::file::{File, Part, Text};
use super::plc::Places;
use super::story::Story;
use crate::import::formats::flow;
use crate::import::formats::notices::{Comment, add_page, says_something, tidy};
use crate::import::table::Footnote;
use crate::problem::Problem;

/// The most texts of one kind to read.
const MOST: usize = 5_000;
/// Bytes of a comment's entry, and of its date.
const COMMENT: usize = 30;
const DATE: usize = 18;
/// Bytes of the entry of a reference to a note.
const REFERENCE: usize = 2;
/// Where a comment's entry has the number of its author.
const AUTHOR: usize = 20;
/// The first texts of the pages only separate footnotes from the text; six follow for each section.
const SEPARATORS: usize = 6;

/// The lines of the page headers, and those of the footers.
pub fn pages(file: &File, context: &Context) -> Result<(Vec<String>, Vec<String>), Problem> {
    let (mut heads, mut feet) = (Vec::new(), Vec::new());
    for (at, text) in texts(file, context, Part::PageTexts, Text::Pages)?.into_iter().enumerate().skip(SEPARATORS) {
        // Even and odd header, even and odd footer, and those of the first page.
        let page = if matches!(at % 6, 0 | 1 | 4) { &mut heads } else { &mut feet };
        add_page(page, &text);
    }
    Ok((heads, feet))
}

/// The footnotes and endnotes; the text refers to each by the place of its mark.
pub fn footnotes(file: &File, context: &Context) -> Result<Vec<Footnote>, Problem> {
    let mut notes = Vec::new();
    let kinds = [
        ("footnote", Part::FootnotePlaces, Part::FootnoteTexts, Text::Footnotes),
        ("endnote", Part::EndnotePlaces, Part::EndnoteTexts, Text::Endnotes),
    ];
    for (kind, places, part, text) in kinds {
        let places = Places::new(file.part(places), REFERENCE);
        let key = |at: usize| places.position(at).map(|place| place.to_string()).unwrap_or_default();
        let said = texts(file, context, part, text)?.into_iter().enumerate().filter(|(_, text)| says_something(text));
        let numbered = said.enumerate();
        notes.extend(numbered.map(|(at, (place, text))| Footnote::new(key(place), kind, at + 1, text)));
    }
    Ok(notes)
}

/// The comments; `commented` has the text that each was made on, by the place of its mark.
pub fn comments(file: &File, context: &Context, commented: &HashMap<usize, String>) -> Result<Vec<String>, Problem> {
    let places = Places::new(file.part(Part::CommentPlaces), COMMENT);
    let (authors, dates) = (authors(file), file.part(Part::CommentDates));
    let mut notes = Vec::new();
    for (at, text) in texts(file, context, Part::CommentTexts, Text::Comments)?.into_iter().enumerate() {
        let author = places.record(at).and_then(|entry| authors.get(usize::from(entry.u16(AUTHOR)?)).cloned());
        let comment = Comment {
            author: author.unwrap_or_default(),
            date: dates.u32(at * DATE).and_then(date).unwrap_or_default(),
            place: places.position(at).and_then(|place| commented.get(&place).cloned()),
            text,
        };
        if says_something(&comment.text) {
            notes.push(comment.sentence());
        }
    }
    Ok(notes)
}

/// The text of everything of one kind. A list of places counts from where the first of them is.
fn texts(file: &File, context: &Context, part: Part, text: Text) -> Result<Vec<String>, Problem> {
    let all = file.text(text);
    let mut texts = Vec::new();
    for range in Places::new(file.part(part), 0).ranges().take(MOST) {
        let range = within(&all, &range);
        texts.push(tidy(&flow::text(&Story::new(context).blocks(range)?)));
    }
    Ok(texts)
}

fn within(all: &Range<usize>, range: &Range<usize>) -> Range<usize> {
    let place = |at: usize| all.start.saturating_add(at).min(all.end);
    place(range.start)..place(range.end)
}

fn authors(file: &File) -> Vec<String> {
    let part = file.part(Part::Authors);
    let (mut authors, mut at) = (Vec::new(), 0);
    while let Some((name, end)) = part.words(at).filter(|_| authors.len() < MOST) {
        authors.push(name);
        at = end;
    }
    authors
}

/// The date of a moment as Word packs it: minute, hour, day, month and year from the lowest bit up.
fn date(moment: u32) -> Option<String> {
    let (day, month, year) = (moment >> 11 & 0x1f, moment >> 16 & 0xf, (moment >> 20 & 0x1ff) + 1900);
    (day > 0 && (1..=12).contains(&month)).then(|| format!("{year}-{month:02}-{day:02}"))
}
