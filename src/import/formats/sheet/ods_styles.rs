//! The styles of an `OpenDocument` workbook: the colour behind cells, how dates show, which sheets are hidden.

use std::collections::HashMap;

use super::tags::{Piece, Tag, Tags};
use crate::import::formats::shade;

/// How far to follow styles based on styles.
const DEPTH: usize = 8;

/// Styles by their names.
#[derive(Debug, Default)]
pub struct Styles {
    styles: HashMap<String, Style>,
    /// Which parts of a date each of the date formats shows, as Excel would write it.
    dates: HashMap<String, String>,
}

#[derive(Clone, Debug, Default)]
struct Style {
    parent: Option<String>,
    colour: Colour,
    date: Option<String>,
    is_hidden: bool,
    is_struck: Option<bool>,
}

/// What a style says about the colour behind its cells.
#[derive(Clone, Copy, Debug, Default)]
enum Colour {
    /// Nothing: the parent style decides.
    #[default]
    Inherited,
    /// White, a grey or a tint.
    Plain,
    Word(&'static str),
}

impl Styles {
    /// Adds the styles that a part declares; later ones win.
    pub fn add(&mut self, part: &str) {
        let (mut name, mut date) = (String::new(), String::new());
        for piece in Tags::new(part) {
            match piece {
                Piece::Open(tag) if tag.name == "style" => name = self.begin(&tag),
                Piece::Open(tag) if tag.name == "date-style" => date = text(&tag, "name").unwrap_or_default(),
                Piece::Open(tag) => self.detail(&name, &date, &tag),
                Piece::Close("style") => name.clear(),
                Piece::Close("date-style") => date.clear(),
                // Styles come before the cells; only those matter.
                Piece::Close("automatic-styles") => return,
                Piece::Close(_) | Piece::Text(_) => {}
            }
        }
    }

    fn begin(&mut self, tag: &Tag) -> String {
        let name = text(tag, "name").unwrap_or_default();
        let style =
            Style { parent: text(tag, "parent-style-name"), date: text(tag, "data-style-name"), ..Style::default() };
        self.styles.insert(name.clone(), style);
        name
    }

    fn detail(&mut self, style: &str, date: &str, tag: &Tag) {
        if let (false, Some(letter)) = (date.is_empty(), date_letter(tag.name)) {
            self.dates.entry(date.to_owned()).or_default().push(letter);
        }
        let Some(style) = self.styles.get_mut(style) else { return };
        match tag.name {
            "table-cell-properties" => {
                if let Some(colour) = tag.get("background-color") {
                    style.colour = shade::of_hex(&colour).map_or(Colour::Plain, Colour::Word);
                }
            }
            "text-properties" => style.is_struck = struck(tag).or(style.is_struck),
            "table-properties" => style.is_hidden = tag.get("display").is_some_and(|display| display == "false"),
            _ => {}
        }
    }

    /// The word for the colour behind cells of a style.
    pub fn shade(&self, name: &str) -> Option<&'static str> {
        self.chain(name).find_map(|style| match style.colour {
            Colour::Inherited => None,
            Colour::Plain => Some(None),
            Colour::Word(word) => Some(Some(word)),
        })?
    }

    /// The parts of dates that a style shows, as letters of Excel's formats.
    pub fn date_format(&self, name: &str) -> Option<&str> {
        let format = self.chain(name).find_map(|style| style.date.as_deref())?;
        self.dates.get(format).map(String::as_str)
    }

    pub fn is_hidden(&self, name: &str) -> bool {
        self.styles.get(name).is_some_and(|style| style.is_hidden)
    }

    /// Whether text inside text that looks like `around` is struck through.
    pub fn is_struck(&self, name: &str, around: bool) -> bool {
        self.chain(name).find_map(|style| style.is_struck).unwrap_or(around)
    }

    /// A style and those that it is based on.
    fn chain(&self, name: &str) -> impl Iterator<Item = &Style> {
        let next = |style: &&Style| style.parent.as_ref().and_then(|parent| self.styles.get(parent));
        std::iter::successors(self.styles.get(name), next).take(DEPTH)
    }
}

/// Whether a style puts a line through its text; `None` where it does not say.
fn struck(tag: &Tag) -> Option<bool> {
    let mut said =
        ["text-line-through-style", "text-line-through-type"].into_iter().filter_map(|name| tag.get(name)).peekable();
    said.peek().is_some().then(|| said.all(|line| line != "none"))
}

fn date_letter(element: &str) -> Option<char> {
    match element {
        "day" | "day-of-week" => Some('d'),
        "month" | "quarter" | "week-of-year" => Some('m'),
        "year" => Some('y'),
        "hours" => Some('h'),
        _ => None,
    }
}

fn text(tag: &Tag, name: &str) -> Option<String> {
    tag.get(name).map(std::borrow::Cow::into_owned).filter(|value| !value.is_empty())
}
