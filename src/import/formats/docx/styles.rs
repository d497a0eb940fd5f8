//! What the styles of a Word document say that affects its text: lists, hidden text, and tables of contents.

use std::collections::HashMap;

use roxmltree::Node;

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
}

impl Styles {
    pub fn read(package: &mut Package, part: Option<&str>) -> Result<Styles, Problem> {
        let Some(text) = part.map(|part| package.text(part)).transpose()?.flatten() else {
            return Ok(Styles::default());
        };
        let tree = xml::parse(&text)?;
        let mut styles = Styles::default();
        for node in tree.root_element().children().filter(|node| xml::name(*node) == "style") {
            let Some(id) = xml::attribute(node, "styleId") else { continue };
            let is_default = xml::attribute(node, "default").is_some_and(|value| value != "0" && value != "false");
            if is_default && xml::attribute(node, "type") == Some("paragraph") {
                styles.default = Some(id.to_owned());
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

    /// Whether text in this style is struck through.
    pub fn is_struck(&self, id: Option<&str>) -> bool {
        self.chain(id).find_map(|(_, style)| style.is_struck).unwrap_or(false)
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
    }
}

/// Whether the properties of some text strike it through, with one line or two; `None` where they say neither.
pub fn struck(run: Node) -> Option<bool> {
    let lines = ["strike", "dstrike"];
    let says = lines.into_iter().any(|line| xml::child(run, line).is_some());
    says.then(|| lines.into_iter().any(|line| xml::is_on(run, line)))
}
