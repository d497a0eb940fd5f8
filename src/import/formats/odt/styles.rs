//! What the styles of an OpenDocument text say that affects its text or its tables.

use std::collections::HashMap;

use roxmltree::Node;

use crate::import::formats::{shade, xml};

/// How far to follow styles based on styles; a circle of them ends here.
const CHAIN: usize = 12;

/// The styles by family ("paragraph", "table-cell") and name; the text's own come before those of its template.
#[derive(Clone, Debug, Default)]
pub struct Styles {
    all: HashMap<(String, String), Style>,
    /// Whether text is struck through where no style says.
    is_struck: bool,
}

/// How text looks, as far as it matters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Look {
    pub behind: Option<&'static str>,
    pub own: Option<&'static str>,
    pub is_hidden: bool,
    pub is_struck: bool,
}

/// The word for a colour that a style names; `None` for white, grey and "transparent", which hide what is around.
#[derive(Clone, Copy, Debug)]
struct Colour(Option<&'static str>);

#[derive(Clone, Debug, Default)]
struct Style {
    parent: Option<String>,
    list: Option<String>,
    behind: Option<Colour>,
    own: Option<Colour>,
    is_hidden: Option<bool>,
    is_struck: Option<bool>,
    cell: Option<&'static str>,
    /// Of a column, in twentieths of a point.
    width: Option<u32>,
}

impl Styles {
    /// Adds the styles of a part.
    pub fn add(&mut self, root: Node) {
        for node in xml::all(root, "style") {
            if let (Some(family), Some(name)) = (xml::attribute(node, "family"), xml::attribute(node, "name")) {
                self.all.insert((family.to_owned(), name.to_owned()), style(node));
            }
        }
        let paragraphs = |node: &Node| xml::attribute(*node, "family") == Some("paragraph");
        let default = xml::all(root, "default-style").find(paragraphs);
        self.is_struck = default.and_then(|node| style(node).is_struck).unwrap_or(self.is_struck);
    }

    /// How text of a style looks inside text that looks like `around`.
    pub fn look(&self, family: &str, name: Option<&str>, around: Look) -> Look {
        let find = |wanted: fn(&Style) -> Option<Colour>| self.chain(family, name).find_map(wanted);
        Look {
            behind: find(|style| style.behind).map_or(around.behind, |colour| colour.0),
            own: find(|style| style.own).map_or(around.own, |colour| colour.0),
            is_hidden: self.chain(family, name).find_map(|style| style.is_hidden).unwrap_or(around.is_hidden),
            is_struck: self.chain(family, name).find_map(|style| style.is_struck).unwrap_or(around.is_struck),
        }
    }

    /// How text outside all styles looks.
    pub fn plain(&self) -> Look {
        Look { is_struck: self.is_struck, ..Look::default() }
    }

    /// The list that paragraphs of a style belong to.
    pub fn list(&self, name: Option<&str>) -> Option<&str> {
        self.chain("paragraph", name).find_map(|style| style.list.as_deref()).filter(|list| !list.is_empty())
    }

    /// The word for the colour of a cell.
    pub fn cell(&self, name: Option<&str>) -> Option<&'static str> {
        self.chain("table-cell", name).find_map(|style| style.cell)
    }

    pub fn width(&self, name: Option<&str>) -> u32 {
        self.chain("table-column", name).find_map(|style| style.width).unwrap_or(0)
    }

    fn chain<'a>(&'a self, family: &str, name: Option<&str>) -> impl Iterator<Item = &'a Style> {
        let family = family.to_owned();
        let first = name.and_then(|name| self.all.get(&(family.clone(), name.to_owned())));
        let next = move |style: &&'a Style| self.all.get(&(family.clone(), style.parent.clone()?));
        std::iter::successors(first, next).take(CHAIN)
    }
}

fn style(node: Node) -> Style {
    let said = |properties: &str, name: &str| xml::child(node, properties).and_then(|of| xml::attribute(of, name));
    Style {
        parent: xml::attribute(node, "parent-style-name").map(str::to_owned),
        list: xml::attribute(node, "list-style-name").map(str::to_owned),
        behind: said("text-properties", "background-color").map(shade::of_hex).map(Colour),
        own: said("text-properties", "color").map(shade::of_hex).map(Colour),
        is_hidden: said("text-properties", "display").map(|display| display == "none"),
        is_struck: xml::child(node, "text-properties").and_then(struck),
        cell: said("table-cell-properties", "background-color").and_then(shade::of_hex),
        width: said("table-column-properties", "column-width").and_then(twentieths),
    }
}

/// Whether the properties of some text put a line through it; `None` where they do not say.
fn struck(properties: Node) -> Option<bool> {
    let names = ["text-line-through-style", "text-line-through-type"];
    let mut said = names.into_iter().filter_map(|name| xml::attribute(properties, name)).peekable();
    said.peek().is_some().then(|| said.all(|line| line != "none"))
}

/// "2.5cm" in twentieths of a point.
fn twentieths(length: &str) -> Option<u32> {
    let unit = length.find(|c: char| c.is_ascii_alphabetic())?;
    let (number, unit) = length.split_at_checked(unit)?;
    let one = match unit {
        "in" => 1440.0,
        "cm" => 567.0,
        "mm" => 56.7,
        "pt" => 20.0,
        _ => return None,
    };
    let value = number.parse::<f64>().ok()? * one;
    // No column on a page is twenty metres wide.
    (0.0..1_000_000.0).contains(&value).then(|| rounded(value))
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the caller has checked the range")]
fn rounded(value: f64) -> u32 {
    value.round() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_measured_in_any_unit() {
        assert_eq!(["1in", "1cm", "10mm", "10pt"].map(twentieths), [Some(1440), Some(567), Some(567), Some(200)]);
        assert_eq!(["", "cm", "9e99cm", "-1cm", "1em", "NaNcm"].map(twentieths), [None; 6]);
    }
}
