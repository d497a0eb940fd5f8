//! XML from a stranger → a tree: no entities of its own, bounded depth and size, and names without their prefixes.

use roxmltree::{Document, Error, Node, ParsingOptions};

use super::zip_parts::{damaged, too_large};
use crate::problem::Problem;

/// Nested elements. A table in a table in a table has sixty levels; walks over the tree recurse this deep.
const DEPTH: usize = 200;
/// Elements and pieces of text: about 200 MB as a tree.
const NODES: u32 = 2_000_000;
/// Attributes of one element; checking them is quadratic work.
const ATTRIBUTES: usize = 150;

/// The tree of a part.
pub fn parse(text: &str) -> Result<Document<'_>, Problem> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    survey(text)?;
    let options = ParsingOptions { allow_dtd: false, nodes_limit: NODES, ..ParsingOptions::default() };
    Document::parse_with_options(text, options).map_err(|error| match error {
        Error::DtdDetected => entities(),
        Error::NodesLimitReached => too_large("it holds more than two million pieces"),
        _ => damaged(),
    })
}

/// The name without prefix; empty for text.
pub fn name<'a>(node: Node<'a, '_>) -> &'a str {
    if node.is_element() { node.tag_name().name() } else { "" }
}

/// An attribute by its name without prefix.
pub fn attribute<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    node.attributes().find(|attribute| attribute.name() == name).map(|attribute| attribute.value())
}

/// An attribute that is a number.
pub fn number<T: std::str::FromStr>(node: Node, name: &str) -> Option<T> {
    attribute(node, name)?.trim().parse().ok()
}

pub fn child<'a, 'i>(node: Node<'a, 'i>, wanted: &str) -> Option<Node<'a, 'i>> {
    node.children().find(|child| name(*child) == wanted)
}

/// The element at the end of a path of names.
pub fn at<'a, 'i>(node: Node<'a, 'i>, path: &[&str]) -> Option<Node<'a, 'i>> {
    path.iter().try_fold(node, |node, wanted| child(node, wanted))
}

/// The `val` of a child: how Word writes most properties.
pub fn value<'a>(node: Node<'a, '_>, wanted: &str) -> Option<&'a str> {
    child(node, wanted).and_then(|child| attribute(child, "val"))
}

/// Whether one of Word's switches is on: the element is there and does not say off.
pub fn is_on(node: Node, wanted: &str) -> bool {
    child(node, wanted).is_some_and(|child| !matches!(attribute(child, "val"), Some("0" | "false" | "off" | "none")))
}

pub fn all<'a, 'i>(node: Node<'a, 'i>, wanted: &'static str) -> impl Iterator<Item = Node<'a, 'i>> {
    node.descendants().filter(move |found| name(*found) == wanted)
}

fn entities() -> Problem {
    Problem::new(
        "Could not read this file",
        "it declares its own abbreviations within its text, which no word processor writes",
        "Open it in the program that made it, save it again, and import that.",
    )
}

/// Walks over the tags before the parser sees them, so that neither depth nor attributes can exhaust it.
fn survey(text: &str) -> Result<(), Problem> {
    let mut depth = 0_usize;
    let mut rest = text;
    while let Some(at) = memchr::memchr(b'<', rest.as_bytes()) {
        let tag = rest.get(at..).unwrap_or("");
        let (length, step) = measure(tag)?;
        depth = match step {
            Step::In => depth + 1,
            Step::Out => depth.saturating_sub(1),
            Step::Beside => depth,
        };
        if depth > DEPTH {
            return Err(too_large("its parts are nested more than 200 deep"));
        }
        rest = tag.get(length..).unwrap_or("");
    }
    Ok(())
}

enum Step {
    In,
    Out,
    Beside,
}

/// How long the tag at the beginning is, and where it leads.
fn measure(tag: &str) -> Result<(usize, Step), Problem> {
    let until = |end: &str| memchr::memmem::find(tag.as_bytes(), end.as_bytes()).map(|at| at + end.len());
    let beside = |length: Option<usize>| length.map(|length| (length, Step::Beside)).ok_or_else(damaged);
    if tag.starts_with("<!--") {
        return beside(until("-->"));
    }
    if tag.starts_with("<![CDATA[") {
        return beside(until("]]>"));
    }
    if tag.starts_with("<?") {
        return beside(until("?>"));
    }
    if tag.starts_with("<!") {
        return Err(entities());
    }
    element(tag)
}

fn element(tag: &str) -> Result<(usize, Step), Problem> {
    let bytes = tag.as_bytes();
    let (mut at, mut attributes) = (1, 0);
    loop {
        let rest = bytes.get(at..).unwrap_or(&[]);
        let Some(step) = memchr::memchr3(b'>', b'"', b'\'', rest) else { return Err(damaged()) };
        let found = rest.get(step).copied().unwrap_or(b'>');
        at += step + 1;
        if found == b'>' {
            break;
        }
        let value = bytes.get(at..).unwrap_or(&[]);
        at += memchr::memchr(found, value).ok_or_else(damaged)? + 1;
        attributes += 1;
    }
    if attributes > ATTRIBUTES {
        return Err(too_large("one of its elements has more than 150 properties"));
    }
    let step = if tag.starts_with("</") {
        Step::Out
    } else if tag.get(..at).is_some_and(|tag| tag.ends_with("/>")) {
        Step::Beside
    } else {
        Step::In
    };
    Ok((at, step))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn why(text: &str) -> String {
        parse(text).unwrap_err().to_string()
    }

    #[test]
    fn names_and_attributes_are_found_without_prefix() {
        let text = "<w:a xmlns:w='x'><!-- <b> --><w:b w:val='1 > 0'/><w:i w:val='off'/></w:a>";
        let tree = parse(text).unwrap();
        let root = tree.root_element();
        assert_eq!(value(root, "b"), Some("1 > 0"));
        assert!(is_on(root, "b") && !is_on(root, "i") && !is_on(root, "u"));
    }

    #[test]
    fn entities_depth_and_heaps_of_attributes_are_refused() {
        assert!(why("<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>").contains("abbreviations"));
        assert!(why(&"<a>".repeat(1_000_000)).contains("nested"));
        let attributes = (0..200_000).map(|at| format!(" a{at}=''")).collect::<Vec<_>>().concat();
        assert!(why(&format!("<x{attributes}/>")).contains("properties"));
    }

    #[test]
    fn anything_but_xml_is_damaged() {
        for text in ["", "words", "<a", "<a b='", "<a><b></a>", "<!-- ", "<a>&b;</a>", "<a b='1' b='2'/>"] {
            assert!(why(text).contains("damaged"), "{text}");
        }
    }
}
