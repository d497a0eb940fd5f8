//! List numbers, which a Word document keeps as rules in a separate part.

use std::collections::BTreeMap;

use roxmltree::Node;

use super::styles::Styles;
use crate::import::formats::list_label::Count;
use crate::import::formats::list_rules::{LEVELS, Level, List, Lists, PATTERN};
use crate::import::formats::xml;
use crate::import::formats::zip_parts::Package;
use crate::problem::Problem;

/// The rules in a part; none where the document has no such part.
pub fn read(package: &mut Package, part: Option<&str>, styles: &Styles) -> Result<Lists, Problem> {
    let Some(text) = part.map(|part| package.text(part)).transpose()?.flatten() else {
        return Ok(Lists::default());
    };
    let tree = xml::parse(&text)?;
    let (mut lists, mut linked) = (Lists::default(), Vec::new());
    for node in tree.root_element().children() {
        match (xml::name(node), xml::attribute(node, "abstractNumId"), xml::attribute(node, "numId")) {
            ("abstractNum", Some(id), _) => {
                lists.rules.insert(id.to_owned(), levels(node));
                linked.extend(xml::value(node, "numStyleLink").map(|style| (id.to_owned(), style.to_owned())));
            }
            ("num", _, Some(id)) => drop(lists.lists.insert(id.to_owned(), list(node))),
            _ => {}
        }
    }
    for (id, style) in linked {
        let other = styles.list(Some(&style)).and_then(|(list, _)| lists.lists.get(list));
        let rules = other.and_then(|other| lists.rules.get(&other.rules)).cloned();
        lists.rules.extend(rules.map(|rules| (id, rules)));
    }
    Ok(lists)
}

fn levels(node: Node) -> BTreeMap<u8, Level> {
    let levels = node.children().filter(|node| xml::name(*node) == "lvl");
    levels.filter_map(|node| Some((place(node)?, level(node)))).collect()
}

fn place(node: Node) -> Option<u8> {
    xml::number::<u8>(node, "ilvl").filter(|at| *at < LEVELS)
}

fn list(node: Node) -> List {
    let mut list = List { rules: xml::value(node, "abstractNumId").unwrap_or_default().to_owned(), ..List::default() };
    for change in node.children().filter(|node| xml::name(*node) == "lvlOverride") {
        let Some(at) = place(change) else { continue };
        list.starts.extend(parsed(change, "startOverride").map(|start| (at, start)));
        list.levels.extend(xml::child(change, "lvl").map(|node| (at, level(node))));
    }
    list
}

fn level(node: Node) -> Level {
    let count = match xml::value(node, "numFmt").unwrap_or("decimal") {
        "bullet" => Count::Bullet,
        "none" => Count::Nothing,
        "lowerLetter" => Count::LowerLetter,
        "upperLetter" => Count::UpperLetter,
        "lowerRoman" => Count::LowerRoman,
        "upperRoman" => Count::UpperRoman,
        "decimalZero" => Count::Padded,
        "ordinal" => Count::Ordinal,
        _ => Count::Decimal,
    };
    Level {
        start: parsed(node, "start").unwrap_or(1),
        count,
        pattern: xml::value(node, "lvlText").unwrap_or_default().chars().take(PATTERN).collect(),
        restart: parsed(node, "lvlRestart"),
        has_gap: xml::value(node, "suff") != Some("nothing"),
        is_legal: xml::is_on(node, "isLgl"),
        style: xml::value(node, "pStyle").map(str::to_owned),
    }
}

fn parsed<T: std::str::FromStr>(node: Node, name: &str) -> Option<T> {
    xml::value(node, name)?.parse().ok()
}
