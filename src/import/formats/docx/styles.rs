//! What the styles of a Word document say that affects its text: lists, hidden and struck-through text, and tables of contents.

use std::collections::HashMap;

use roxmltree::Node;

use super::table_styles::{self, Parts};
use crate::import::formats::xml;
use crate::import::formats::zip_parts::Package;
use crate::problem::Problem;

/// How far to follow styles based on styles; a circle of them ends here.
const CHAIN: usize = 12;

/// The styles by their id.
#[derive(Clone, Debug, Default)]
pub struct Styles {
    all: HashMap<String, Style>,
    /// The style of paragraphs that name none.
    default: Option<String>,
    /// The style of tables that name none.
    default_table: Option<String>,
    /// Whether text is struck through where no style says.
    is_struck: bool,
}

#[derive(Clone, Debug, Default)]
struct Style {
    based_on: Option<String>,
    /// "heading 1", "toc 2": the same in every language version of Word.
    name: String,
    list: Option<String>,
    level: Option<u8>,
    is_hidden: Option<bool>,
    is_struck: Option<bool>,
    /// What it says about the parts of a table.
    parts: Parts,
}

impl Styles {
    pub fn read(package: &mut Package, part: Option<&str>) -> Result<Styles, Problem> {
        let Some(text) = part.map(|part| package.text(part)).transpose()?.flatten() else {
            return Ok(Styles::default());
        };
        let tree = xml::parse(&text)?;
        let mut styles = Styles::default();
        let default = xml::at(tree.root_element(), &["docDefaults", "rPrDefault", "rPr"]);
        styles.is_struck = default.and_then(struck).unwrap_or(false);
        for node in tree.root_element().children().filter(|node| xml::name(*node) == "style") {
            let Some(id) = xml::attribute(node, "styleId") else { continue };
            let is_default = xml::attribute(node, "default").is_some_and(|value| value != "0" && value != "false");
            match xml::attribute(node, "type").filter(|_| is_default) {
                Some("paragraph") => styles.default = Some(id.to_owned()),
                Some("table") => styles.default_table = Some(id.to_owned()),
                Some(_) | None => {}
            }
            styles.all.insert(id.to_owned(), style(node));
        }
        Ok(styles)
    }

    /// The list that paragraphs of a style belong to, and the level if the style gives it.
    pub fn list<'a>(&'a self, id: Option<&'a str>) -> Option<(&'a str, Option<u8>)> {
        let chain = || self.chain(id.or(self.default.as_deref()));
        let list = chain().find_map(|(_, style)| style.list.as_deref())?;
        Some((list, chain().find_map(|(_, style)| style.level)))
    }

    /// The styles that this one is built on, itself first.
    pub fn family<'a>(&'a self, id: Option<&'a str>) -> impl Iterator<Item = &'a str> {
        self.chain(id).map(|(id, _)| id)
    }

    /// Whether text in this style is hidden.
    pub fn is_hidden(&self, id: Option<&str>) -> bool {
        self.chain(id).find_map(|(_, style)| style.is_hidden).unwrap_or(false)
    }

    /// Whether text in paragraphs of this style is struck through, in a cell that its table strikes through or not.
    /// A style that strikes through what is struck through already takes the line away again, as in Word.
    pub fn strikes_paragraph(&self, id: Option<&str>, in_cell: bool) -> bool {
        let own = self.chain(id.or(self.default.as_deref())).find_map(|(_, style)| style.is_struck);
        own.map_or(in_cell || self.is_struck, |own| own != in_cell)
    }

    /// The same for text of a character style in such a paragraph.
    pub fn strikes_text(&self, id: Option<&str>, in_paragraph: bool) -> bool {
        self.chain(id).find_map(|(_, style)| style.is_struck).unwrap_or(false) != in_paragraph
    }

    /// What the style of a table strikes through, by its parts.
    pub fn table(&self, id: Option<&str>) -> Parts {
        let chain: Vec<&Style> = self.chain(id.or(self.default_table.as_deref())).map(|(_, style)| style).collect();
        chain.iter().rev().flat_map(|style| style.parts.clone()).collect()
    }

    /// Whether paragraphs of this style are lines of a table of contents.
    pub fn is_contents(&self, id: Option<&str>) -> bool {
        let name = id.and_then(|id| self.all.get(id)).map(|style| style.name.to_ascii_lowercase());
        name.is_some_and(|name| name.strip_prefix("toc ").is_some_and(|level| level.parse::<u8>().is_ok()))
    }

    fn chain<'a>(&'a self, id: Option<&'a str>) -> impl Iterator<Item = (&'a str, &'a Style)> {
        let find = |id: &'a str| self.all.get_key_value(id).map(|(id, style)| (id.as_str(), style));
        let next = move |(_, style): &(&'a str, &'a Style)| style.based_on.as_deref().and_then(find);
        std::iter::successors(id.and_then(find), next).take(CHAIN)
    }
}

fn style(node: Node) -> Style {
    let list = xml::at(node, &["pPr", "numPr"]);
    Style {
        based_on: xml::value(node, "basedOn").map(str::to_owned),
        name: xml::value(node, "name").unwrap_or_default().to_owned(),
        list: list.and_then(|list| xml::value(list, "numId")).map(str::to_owned),
        level: list.and_then(|list| xml::value(list, "ilvl")).and_then(|level| level.parse().ok()),
        is_hidden: xml::child(node, "rPr")
            .filter(|run| xml::child(*run, "vanish").is_some())
            .map(|run| xml::is_on(run, "vanish")),
        is_struck: xml::child(node, "rPr").and_then(struck),
        parts: table_styles::parts(node),
    }
}

/// Whether the properties of some text strike it through, with one line or two; `None` where they say neither.
pub fn struck(run: Node) -> Option<bool> {
    let lines = ["strike", "dstrike"];
    let says = lines.into_iter().any(|line| xml::child(run, line).is_some());
    says.then(|| lines.into_iter().any(|line| xml::is_on(run, line)))
}
